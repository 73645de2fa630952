"""Examples that build on others, and what examples expect of plans."""

from __future__ import annotations

from pathlib import Path

import pytest

from attain_compiler.pipeline import compile_policy
from attain_engine.api import load_policy
from attain_engine.check.examples import run_examples

POLICY = """policy p "P"

enum Track
  smb
  big

entity Person
record Certificate
  holder  Person
  track   Track

measure certs(t Track) count
  count of Certificate c where c.track is t

designation gold "Gold"
  require people "Five people"
    certs(smb) at least 5

change certify(t Track) by 1 to 4 "Certify {n}"
  raises certs(t) by 1
  cost 100 USD each

change hire "Hire"
  raises certs(smb) by 1
  cost 100 USD

example "two people"
  on 2024-01-01
  given Certificate
    holder  track
    "a"     smb
    "b"     smb
  given certs(big) = 7
  given nothing else
  expect certs(big) is 7
"""


def failures(tmp_path: Path, text: str) -> list[str]:
    program = load_policy(tmp_path / "p.attain", POLICY + text)
    return [failure.message for each in run_examples(program) for failure in each.failures]


def mistakes(text: str) -> list[tuple[str, str]]:
    _, diagnostics = compile_policy("p.attain", POLICY + text, lambda *_: None)
    return [(each.code, each.message) for each in diagnostics]


def test_an_example_gives_what_differs_from_another(tmp_path: Path) -> None:
    text = """
example "three" like "two people"
  given also Certificate { holder: "c", track: smb }
  expect certs(smb) is 3 and certs(big) is 7

example "one" like "three"
  given Certificate { holder: "c", track: smb }
  given certs(big) = 8
  expect certs(smb) is 1 and certs(big) is 8
  expect assessment date is 2024-01-01

example "on {day}" like "two people"
  for each day in 2024-02-01, 2024-02-02
  on 2024-02-01
  expect assessment date is day
"""
    assert failures(tmp_path, text) == ["`assessment date` is 2024-02-01, not 2024-02-02"]


@pytest.mark.parametrize(
    ("expected", "instead"),
    [
        ("costs 300 USD", None),
        ("for gold costs 300 USD", None),
        ("costs 200 USD", "the best plan costs 300 USD, not 200 USD"),
        ("has certify(smb) 3 times", None),
        ("has certify 2 times, hire", None),
        ("has certify(big) 0 times, certify", None),
        ("has certify(smb) 4 times", "the best plan is certify(smb) 3 times, for 300 USD"),
    ],
)
def test_what_is_expected_of_a_plan(expected: str, instead: str | None, tmp_path: Path) -> None:
    """Two people have certificates, five are needed; to hire counts as a change more, so that it is not the best."""
    found = failures(tmp_path, f'\nexample "x" like "two people"\n  expect plan {expected}\n')
    if "hire" in expected:
        assert found == ["the best plan is certify(smb) 3 times, for 300 USD"]
    else:
        assert found == ([] if instead is None else [instead])


def test_no_plan_is_expected(tmp_path: Path) -> None:
    nobody = '\nexample "nobody"\n  given certs(smb) = 0\n  given certs(big) = 0\n  expect no plan for gold\n'
    assert failures(tmp_path, nobody) == ["there is a plan: certify(smb) 4 times, hire 1 time, for 500 USD"]
    assert failures(tmp_path, nobody.replace("no plan for gold", "plan costs 0 USD")) == [
        "the best plan costs 500 USD, not 0 USD"
    ]
    more = POLICY.replace("at least 5", "at least 6")
    program = load_policy(tmp_path / "more.attain", more + nobody)
    assert all(each.passed for each in run_examples(program))


@pytest.mark.parametrize(
    ("text", "code", "said"),
    [
        ('example "x" like "two peple"\n  expect yes', "unknown-name", "two peple"),
        ('example "x" like "x"\n  expect yes', "cyclic-definition", "like itself"),
        (
            'example "{n}"\n  for each n in 1, 2\n  expect yes\nexample "y" like "{n}"\n  expect yes',
            "duplicate-name",
            "",
        ),
        ('example "x"\n  given also Certificate { holder: "a", track: smb }\n  expect yes', "not-given", "also"),
        ('example "x"\n  expect plan costs 3 EUR', "mixed-currencies", "EUR"),
        ('example "x"\n  expect plan costs 3', "unit-mismatch", "a cost is money"),
        ('example "x"\n  expect plan for gold at least best costs 3 USD', "unknown-name", "best"),
        ('example "x"\n  expect plan has cerify', "unknown-name", "cerify"),
        ('example "x"\n  expect plan has certify(3)', "type-mismatch", ""),
        ('example "x"\n  expect plan has certify 3 USD times', "unit-mismatch", ""),
    ],
)
def test_a_mistake_is_told(text: str, code: str, said: str) -> None:
    found = mistakes("\n" + text + "\n")
    assert [(each, said in message) for each, message in found] == [(code, True)]


def test_what_is_called_plan_and_also_can_still_be_asked_for(tmp_path: Path) -> None:
    text = """policy q
record plan
  n count
measure also count = 3
example "rows of plan"
  given also = 4
  given plan { n: 3 }
  given nothing else
  expect no plan p where p.n is 4
"""
    program = load_policy(tmp_path / "q.attain", text.replace("measure also count = 3", "measure also count\n  3"))
    assert [each.passed for each in run_examples(program)] == [True]
