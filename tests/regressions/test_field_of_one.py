"""A field of the one row in plans, claims, examples, comparisons and reports."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from attain_engine.api import load_policy
from attain_engine.check.claims import check_claims
from attain_engine.check.examples import run_examples
from tests.regressions.asked import assess, plan, steps

STAFF = """\
enum Grade { junior, senior, lead }

entity Person

record Staff
  person  Person
  grade   Grade?
  hours   count? 0 to 60
  unique person

record Duty
  person  Person
  day     date

parameter pay for Grade money EUR
  junior  10 EUR
  senior  20 EUR
  lead    30 EUR

define grade(p Person) as Grade or none
  the m.grade of Staff m where m.person is p

define paid(p Person) as money EUR
  pay(the m.grade of Staff m where m.person is p else junior)

define hours(p Person) as count
  the m.hours of Staff m where m.person is p else 0
"""
CHANGES = """
change promote(m Staff)
  when m.grade is junior
  sets m.grade to senior
  cost 10 EUR

change train(m Staff) by 1 to 5 "Train {n} hours"
  raises m.hours by 1
  cost 1 EUR each

change hire
  adds Staff { person: "ann", grade: lead, hours: 30 }
  cost 12 EUR
"""
DUTY = (
    CHANGES
    + """
designation duty "Duty"
  require graded "Somebody who is senior"
    some Duty d where (the m.grade of Staff m where m.person is d.person) is senior
  require hours "Hours" hours("ann") at least 8

"""
)
PAID = (
    CHANGES
    + """
designation paid_well "Paid well"
  require paid "20 EUR" paid("ann") at least 20 EUR

"""
)


def staff(*rows: tuple[str, str | None, int | None]) -> list[dict[str, Any]]:
    known = [{"person": person, "grade": grade, "hours": hours} for person, grade, hours in rows]
    return [{name: value for name, value in each.items() if value is not None} for each in known]


DUTIES = [{"person": "ann", "day": "2024-03-01"}]


def test_a_plan_sets_and_raises_the_field(tmp_path: Path) -> None:
    tables = {"Staff": staff(("ann", "junior", 5), ("bo", "senior", 9)), "Duty": DUTIES}
    found = plan(tmp_path, STAFF + DUTY, tables)
    assert steps(found) == {"promote": 1, "train": 3}
    assert found.plans[0].cost == "13 EUR"


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        ([("ann", "junior", 5)], {"promote": 1}),
        ([("bo", "senior", 5)], {"hire": 1}),
        ([], {"hire": 1}),
        ([("ann", "lead", 5)], {}),
    ],
)
def test_a_plan_changes_the_row_or_adds_it(tmp_path: Path, rows: list[Any], expected: dict[str, int]) -> None:
    found = plan(tmp_path, STAFF + PAID, {"Staff": staff(*rows), "Duty": []})
    assert (steps(found) if found.plans else {}) == expected


@pytest.mark.parametrize(
    ("rows", "verdict"),
    [
        ([("ann", "senior", 5)], "met"),
        ([("ann", "junior", 5)], "failed"),
        ([("bo", "senior", 5)], "failed"),
        ([("ann", None, 5)], "undetermined"),
        (None, "undetermined"),
    ],
)
def test_a_verdict_on_what_is_missing(tmp_path: Path, rows: list[Any] | None, verdict: str) -> None:
    tables = {} if rows is None else {"Staff": staff(*rows)}
    assert assess(tmp_path, STAFF + PAID, tables).designations[0].verdict == verdict


@pytest.mark.parametrize(
    ("claim", "standing"),
    [
        ('paid("ann") at least 10 EUR', "holds"),
        ('hours("ann") at most 60', "holds"),
        ('grade("ann") is not none or grade("ann") is none', "holds"),
        ('paid("ann") at least 11 EUR', "not proved"),
        ('hours("ann") at least 1', "not proved"),
    ],
)
def test_a_claim(claim: str, standing: str) -> None:
    policy = load_policy(
        "tried.attain", f'policy tried "Tried"\n  in force from 2000-01-01\n\n{STAFF}\nclaim {claim}\n'
    )
    assert [each.standing for each in check_claims(policy)] == [standing]


def test_values_of_rows_not_given_are_not_taken_for_one_another() -> None:
    example = """
example "nobody knows"
  expect grade("ann") is none or grade("ann") is junior or grade("ann") is lead
"""
    policy = load_policy("tried.attain", f'policy tried "Tried"\n  in force from 2000-01-01\n\n{STAFF}{example}')
    (result,) = run_examples(policy)
    assert ["cannot be told" in each.message for each in result.failures] == [True]
