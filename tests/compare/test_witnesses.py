"""Where the organisations come from that show a difference."""

from __future__ import annotations

from pathlib import Path

import pytest

from attain_compiler.model.program import Program
from attain_engine.check.examples import run_example
from attain_engine.compare import Comparison, compare
from attain_engine.policies import policies_beside, read_policy

CHOIR = """\
policy choir "Choir"
  in force from 2023-01-01

entity Person

record Singer "Who sings"
  person  Person
  since   date
  paid    flag default no
  unique person

record Fee "Fees"
  on      date
  amount  count 0 to 10_000

parameter fees_needed count
  100

parameter grant_needed count
  unknown "nobody has published it"

measure fees count 0 to 1_000_000 "Fees of the last year"
  sum of f.amount among Fee f where f.on on or before assessment date

define singer(p Person)
  some Singer s where s.person is p and s.since on or before assessment date

designation founded "A choir"
  require money "Fees" fees at least fees_needed
  require leaders "One to lead and one to stand in for them"
    each Person p once for
      1 with singer(p)
      1 with singer(p)

designation granted "A choir with a grant"
  require money "As much as the grant" fees at least grant_needed
"""

EXAMPLE = """
example "two singers"
  on 2024-06-01
  given Singer { person: "ana", since: 2024-01-01 }
  given Singer { person: "bo", since: 2024-01-01 }
  given fees = 100
  given nothing else
  expect founded is met
"""


def program(text: str) -> Program:
    read = read_policy("choir.attain", text)
    assert read.program is not None, [each.message for each in read.diagnostics]
    return read.program


def relations(found: Comparison) -> dict[str, str]:
    return {each.name: each.relation for each in found.findings}


def test_rows_of_a_requirement_are_put_into_an_organisation_that_meets_the_others() -> None:
    base, later = CHOIR + EXAMPLE, "f.on earlier than assessment date"
    head = base.replace("f.on on or before assessment date", later)
    found = compare(program(base), program(head))
    assert relations(found)["founded"] == "stricter"
    example = next(each for each in found.findings if each.name == "founded").witnesses[0].example
    assert "given Fee {" in example
    for text, passes in ((base, False), (head, True)):
        asked = program(f"{text}\n\n{example}\n")
        assert run_example(asked, list(asked.examples.values())[-1]).passed is passes


ROOMS = """\
policy rooms "Rooms"
  in force from 2023-01-01

enum Side { left, right }

record Room
  side  Side
  beds  count 0 to 60

define lefts as count
  count of Room r where r.side is left

designation open
  require some_left lefts at least 1
  require large some Room r where r.side is left and r.beds at least 50

designation graded
  require large some Room r where r.beds at least 50
  tier low
    require some_left lefts at least 1

designation either
  any for s in Side
  require some_rows (count of Room r where r.side is s) at least 1
  require large some Room r where r.side is s and r.beds at least 50
"""


@pytest.mark.parametrize(
    ("old", "new", "differ"),
    [
        ("lefts at least 1", "lefts at least 2", ["open", "graded", "graded at least low"]),
        ("r where r.side is s) at least 1", "r where r.side is s) at least 2", ["either"]),
        ("r where r.side is left\n", "r where r.side is left and r.beds at most 55\n", ["open"]),
    ],
)
def test_rows_that_meet_all_other_requirements_are_searched_for(old: str, new: str, differ: list[str]) -> None:
    """What tells one requirement apart fails another, and no example has an organisation that meets it."""
    assert old in ROOMS
    found = compare(program(ROOMS), program(ROOMS.replace(old, new)))
    assert {name: relations(found)[name] for name in differ} == dict.fromkeys(differ, "stricter")


def test_figures_that_nobody_knows_are_named_where_nothing_is_proved(monkeypatch: pytest.MonkeyPatch) -> None:
    head = CHOIR.replace("f.on on or before assessment date", "f.on earlier than assessment date")
    assert relations(compare(program(CHOIR), program(head)))["granted"] == "equivalent"
    monkeypatch.setattr("attain_engine.compare.search.may_fall", lambda *_: True)
    found = compare(program(CHOIR), program(head))
    finding = next(each for each in found.findings if each.name == "granted")
    assert (finding.relation, finding.bound) == (
        "cannot be told",
        "it rests on figures that are not known: grant_needed",
    )


def test_policies_beside_are_those_that_import_one(tmp_path: Path) -> None:
    (tmp_path / "choir.attain").write_text(CHOIR, "utf-8")
    (tmp_path / "examples.attain").write_text(f'policy examples "E"\nimport choir\n{EXAMPLE}', "utf-8")
    (tmp_path / "other.attain").write_text('policy other "O"\nimport choir-boys\n', "utf-8")
    (tmp_path / "wrong.attain").write_text('policy wrong "W"\nimport choir\nnonsense\n', "utf-8")
    beside = list(policies_beside(str(tmp_path / "choir.attain")))
    assert [each.main for each in beside] == ["examples"]
    assert list(policies_beside(str(tmp_path / "not-there.attain"))) == []


def test_organisations_of_examples_beside_are_tried(tmp_path: Path) -> None:
    (tmp_path / "choir.attain").write_text(CHOIR, "utf-8")
    (tmp_path / "examples.attain").write_text(f'policy examples "E"\nimport choir\n{EXAMPLE}', "utf-8")
    base = program(CHOIR)
    head = program(CHOIR.replace("f.on on or before assessment date", "f.on earlier than assessment date"))
    asked: list[str] = []

    def beside() -> list[Program]:
        asked.append("once")
        return list(policies_beside(str(tmp_path / "choir.attain")))

    assert relations(compare(base, head, beside=beside))["founded"] == "stricter"
    assert asked == ["once"]
    compare(base, base, beside=beside)
    assert asked == ["once"], "they are read although nothing differs"


def test_every_example_says_all_that_it_takes() -> None:
    """An example without `given nothing else` leaves open whether there are rows of the records it does not name."""
    base = CHOIR.replace(
        "1 with singer(p)\n", "1 with singer(p) and no Fee f where f.on later than assessment date\n", 1
    )
    for old, new in (("some Singer s where", "no Singer s where"), ("fees at least fees_needed", "fees at least 0")):
        head = base.replace(old, new, 1)
        shown = [one for each in compare(program(base), program(head)).findings for one in each.witnesses]
        examples = "\n\n".join(each.example for each in shown if "\n  expect " in each.example)
        for text, passes in ((base, False), (head, True)):
            asked = program(f"{text}\n\n{examples}\n")
            assert {run_example(asked, each).passed for each in asked.examples.values()} <= {passes}
