"""The rules where a value cannot be worked out: as the evaluator says, and never a verdict of chance."""

from __future__ import annotations

import dataclasses
import datetime
from typing import Any

import pytest

from attain_compiler.model.program import Program
from attain_engine.facts.model import UNKNOWN, Facts, Row
from attain_engine.rules.decide import decide
from tests.asp.agreement import disagreements
from tests.oracle.compiled import ON, compiled, facts

POLICY = compiled("""policy p "P"

entity Course

record Passed
  course Course
  unique course

record Member one row
  began   date
  ends    date or never
  need    number 0 to 100
  points  number 0 to 100
  people  count 0 to 100
  course  Course

parameter price for Course count
  "1801" 2

parameter fee for count count
  less than 10 1
  from 20 to 30 2

score half out of 20
  part shared up to 20 in proportion to the Member.points full at the Member.need

define passed(c Course)
  some Passed x where x.course is c

define left as number
  (number of days from assessment date to the Member.ends) else 1_000

designation named "Named"
  require all "All courses" every Course c where c is "1801" or c is "1803" has passed(c)

designation open_ended "Open"
  require long "Long" left at least 500

designation renewed "Renewed"
  require due "Due" assessment date on or before 120_000 months after the Member.began

designation priced "Priced"
  require price "Price" price(the Member.course) at least 1

designation charged "Charged"
  require fee "Fee" fee(the Member.people) at least 1

designation shared "Shared"
  require half "Half" half at least 10
""")
MEMBER: dict[str, Any] = {
    "began": datetime.date(2020, 1, 1),
    "ends": datetime.date(2024, 6, 30),
    "need": 10,
    "points": 5,
    "people": 5,
    "course": "1801",
}


def said(program: Program, passed: list[str], **changed: Any) -> dict[str, str]:
    """What the rules say of each designation, of which the evaluator says no other thing."""
    given = facts(program, {"Passed": [{"course": each} for each in passed], "Member": [MEMBER | changed]})
    assert disagreements(program, given, ON) == []
    decided = decide(program, given, ON).designations
    return {
        id_.partition(".")[2]: "met" if each.met and each.settled else "failed" if each.settled else "open"
        for id_, each in decided.items()
    }


@pytest.mark.parametrize(("passed", "verdict"), [(["1801", "1803"], "met"), (["1801"], "failed")])
def test_a_variable_runs_over_the_identifiers_that_the_policy_names(passed: list[str], verdict: str) -> None:
    assert said(POLICY, passed)["named"] == verdict


@pytest.mark.parametrize(
    ("ends", "verdict"), [(datetime.date(2024, 6, 30), "failed"), (datetime.date.max, "met")], ids=["a date", "never"]
)
def test_the_days_to_never_have_no_value(ends: datetime.date, verdict: str) -> None:
    assert said(POLICY, [], ends=ends)["open_ended"] == verdict


@pytest.mark.parametrize(
    ("designation", "changed", "verdict"),
    [
        ("renewed", {}, "open"),
        ("priced", {}, "met"),
        ("priced", {"course": "1999"}, "open"),
        ("charged", {}, "met"),
        ("charged", {"people": 15}, "open"),
        ("charged", {"people": 25}, "met"),
        ("shared", {}, "met"),
        ("shared", {"need": 0}, "open"),
        ("shared", {"need": 0, "points": 0}, "open"),
    ],
)
def test_what_cannot_be_worked_out_is_open(designation: str, changed: dict[str, Any], verdict: str) -> None:
    assert said(POLICY, ["1801"], **changed)[designation] == verdict


def test_a_row_that_is_not_there_is_missed_only_where_it_is_read() -> None:
    """The condition of a count over no rows reads nothing: the count is 0, whatever the one row of a record says."""
    program = compiled("""policy p "P"

record Sale
  made date

record Member one row
  began date

measure sold count "Sold"
  count of Sale s where s.made on or after the Member.began

designation few "Few"
  require sold "Sold" sold at most 1
""")
    given = facts(program, {"Sale": []})
    assert disagreements(program, given, ON) == []
    decided = decide(program, given, ON).designations["p.few"]
    assert (decided.met, decided.settled) == (True, True)


def test_a_definition_that_no_example_gives_a_value_can_be_given_one() -> None:
    """The rules for usual facts know only the definitions that examples give: others need rules of their own."""
    program = compiled("""policy p "P"

record Sale
  made date

define ready as flag
  some Sale s where s.made on or after 2020-01-01

designation d "D"
  require ready "Ready" ready
""")
    given = dataclasses.replace(facts(program, {"Sale": []}), values={("p.ready", ()): True})
    assert disagreements(program, given, ON) == []
    assert decide(program, given, ON).designations["p.d"].met


BESIDE = """policy b "B"

enum Level { low, high }

record Profile one row
  joined date
  size   count?

parameter need for Level count
  from 2023-01-01  low 1, high 2

score s(v Level) out of 10
  part a up to 10 in proportion to VALUE full at (greatest of (1, (least for w in Level: 0)))

designation d "D"
  require r "R" s(high).a at least 5
"""


@pytest.mark.parametrize("value", ["need(v) as of the Profile.joined", "need(v) * the Profile.size"])
@pytest.mark.parametrize("joined", [datetime.date(2022, 12, 31), datetime.date(2023, 1, 1)])
@pytest.mark.parametrize("size", [UNKNOWN, 0, 1])
def test_what_is_worked_out_beside_it_is_asked_for_as_well(value: str, joined: datetime.date, size: Any) -> None:
    program = compiled(BESIDE.replace("VALUE", f"({value})"))
    given = Facts("f", {"b.Profile": (Row("b.Profile", {"joined": joined, "size": size}),)}, {}, True)
    assert not disagreements(program, given, ON, decided=decide(program, given, ON))
