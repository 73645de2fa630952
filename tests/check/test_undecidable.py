"""What no facts can bring about is proved by what is declared, and no example is missing for it; what some example
brings about is never among it."""

from __future__ import annotations

import json

import pytest

from attain_compiler.pipeline import compile_policy
from attain_engine.check.coverage import coverage
from tests.cli.conftest import Attain, Write, attain, write

__all__ = ["attain", "write"]

POLICY = """\
policy grant "Small grant"
  in force from 2024-01-01 to 2026-12-31

enum Size
  small "Small"
  large "Large"

entity Person

record Member "A member"
  person  Person
  joined  date
  size    Size
  age     count 18 to 120

parameter least for Size number
  otherwise  1
  small      2
  large      3
  from 2024-01-01
    small  4
  from 2025-01-01
    small  5.5
  from 2027-01-01
    small  7

parameter fee for Size count
  small  10
  from 2022-01-01
    small  20
  otherwise  unknown "no figure was published"

measure members(s Size) count 0 to 500
  count of Member m where m.size is s

define grown as count
  count of Member m where m.age at least 18

define paid(s Size, d date) as count
  fee(s) as of d

define opened
  least(small) less than 0

designation grant "Small grant"
  require members "Enough" members(small) at least least(small)
  require large "Large ones" members(large) at least 501
  require grown "Grown" grown at least 2 and not (opened) and paid(small, assessment date) at most 15
"""


def impossible(text: str = POLICY) -> dict[tuple[str, str], set[str]]:
    """What is proved of each place, by its kind and text."""
    program, diagnostics = compile_policy("grant.attain", text, lambda _: None)
    assert program is not None, diagnostics
    found: dict[tuple[str, str], set[str]] = {}
    for each in coverage([program]):
        never = {one for one in ("true", "false", "at", "read", "before", "since") if one in each.impossible}
        text_ = " ".join(text[each.span.start : each.span.end].split())
        if never - set(each.wanted):
            found[each.kind, text_] = never
    return found


PROVED = [
    ("entry", "otherwise 1", {"read"}),  # every size has an entry of its own
    ("entry", "small 2", {"read"}),  # replaced on the first day
    ("entry", "small 7", {"read"}),  # begins when the policy has ended
    ("date", "small 4", {"before"}),
    ("date", "small 7", {"since"}),
    ("comparator", "least(small) less than 0", {"at"}),
    ("threshold", "least(small) less than 0", {"true"}),
    ("threshold", "members(large) at least 501", {"true"}),
    ("comparator", "members(large) at least 501", {"at"}),
    ("threshold", "m.age at least 18", {"false"}),
]


def test_what_no_facts_bring_about_is_proved() -> None:
    found = impossible()
    assert {key: found.get(key) for key in ((kind, text) for kind, text, _ in PROVED)} == {
        (kind, text): never for kind, text, never in PROVED
    }
    assert set(found) == {(kind, text) for kind, text, _ in PROVED}


def test_a_parameter_that_is_asked_for_as_of_another_day_may_be_read_on_any() -> None:
    found = impossible()
    assert ("date", "small 20") not in found
    assert ("entry", "small 10") not in found
    text = POLICY.replace("fee(s) as of d", "fee(s)")
    assert impossible(text)["date", "small 20"] == {"before"}
    assert impossible(text)["entry", "small 10"] == {"read"}


def test_whatever_is_called_as_of_another_day_is_looked_through() -> None:
    text = POLICY.replace("paid(small, assessment date)", "(owed(small) as of assessment date)")
    text = text.replace("fee(s) as of d", "fee(s)").replace(
        "define opened", "define owed(s Size) as count\n  paid(s, assessment date)\n\ndefine opened"
    )
    assert ("entry", "small 10") not in impossible(text)


@pytest.mark.parametrize(
    ("compared", "never"),
    [
        ("members(large) at least least(small)", None),  # a count is 4, and not 5.5
        ("grown at least least(small)", None),  # 4 can be met, 5.5 cannot
        ("members(large) at least 500", None),
        ("members(large) less than 0", {"true"}),
        ("least(small) at least 4", {"false"}),
        ("least(large) at least least(small)", {"true"}),
        ("fee(large) at least 3", None),  # decided by none: it is no place
    ],
)
def test_a_comparison_is_decided_by_bounds_and_entries(compared: str, never: set[str] | None) -> None:
    text = POLICY.replace("least(small) less than 0", compared)
    assert impossible(text).get(("threshold", compared)) == never


def test_without_days_on_which_it_is_in_force_every_day_is_one() -> None:
    found = impossible(POLICY.replace("  in force from 2024-01-01 to 2026-12-31\n", ""))
    assert [key for key in found if key[0] in ("date",)] == []
    assert ("entry", "small 2") not in found
    assert found["entry", "otherwise 1"] == {"read"}


EXAMPLES = """
example "few"
  on 2024-06-01
  given Member
    person  joined      size   age
    "a"     2024-01-01  small  20
  expect members(small) is 1
  expect not (opened)
"""


def test_it_is_left_out_of_the_share_and_said(attain: Attain, write: Write) -> None:
    write("grant.attain", POLICY + EXAMPLES)
    result = attain("test", "grant.attain", "--coverage", "--output-format", "json")
    places = [each for file in json.loads(result.out)["coverage"]["files"] for each in file["places"]]
    assert {"read"} in [set(each["impossible"]) for each in places]
    assert all(not set(each["impossible"]) & {*each["seen"], *each["missing"]} for each in places)
    told = attain("test", "grant.attain", "--coverage").out
    assert "what no facts can bring about is left out" in told
    assert "otherwise  1" not in told
