"""Of many possible steps some wait for others: no plan was found, or none was said to exist, though there is one.

With so many the orders of steps were not gone through, and steps that only others make possible were left out.
"""

from __future__ import annotations

import datetime
from fractions import Fraction
from typing import Any

import pytest

from attain_engine.api import Plan
from tests.regressions.test_plans_in_time import planned, ready

LICENCES = """\
entity Person

enum Area { one, two, three }

record Employee
  person Person

record Certificate
  holder Person
  area   Area
  since  date

record Strike
  on_day date

record Licence
  area Area

designation asked "Asked"
  require licences "Two licences"
    at least 2 of
      some Licence l where l.area is one
      some Licence l where l.area is two
      some Licence l where l.area is three

change certify(e Employee, a Area) "Certify {e.person} for {a}"
  when no Certificate c where c.holder is e.person and c.area is a
  adds Certificate { holder: e.person, area: a, since: plan date }
  cost by case
    10 EUR when a is one
    12 EUR when a is two
    9 EUR otherwise
  takes 3 days

change clear(s Strike) "Clear {s.on_day}"
  removes s
  cost 1 EUR
  takes 2 days

change apply(a Area) "Apply for {a}"
  when GATE
  adds Licence { area: a }
  cost 5 EUR
  takes 1 days
"""


def licences(gate: str, people: int, strikes: int = 0, **wishes: Any) -> Plan:
    facts = {
        "Employee": [{"person": f"p{number}"} for number in range(people)],
        "Certificate": [],
        "Licence": [],
        "Strike": [{"on_day": f"2023-01-{number + 1:02}"} for number in range(strikes)],
    }
    return planned(LICENCES.replace("GATE", gate), "2024-01-24", facts, **wishes)


@pytest.mark.parametrize("people", [3, 40])
def test_what_the_steps_of_others_make_possible(people: int) -> None:
    found = licences("(distinct c.holder among Certificate c where c.area is a) at least 3", people)
    assert ready(found) == ("proved", "67", "2024-01-28")


@pytest.mark.parametrize("people", [3, 40])
def test_what_is_possible_some_days_after_the_steps_of_others(people: int) -> None:
    gate = (
        "(count of Certificate c where c.area is a and c.since earlier than 5 days before assessment date) at least 3"
    )
    found = licences(gate, people)
    assert ready(found) == ("proved", "67", "2024-02-03")


@pytest.mark.parametrize("strikes", [2, 28])
def test_what_is_possible_once_others_have_taken_away_what_hinders(strikes: int) -> None:
    found = licences("no Strike s", 20, strikes)
    assert ready(found) == ("proved", str(10 + strikes), "2024-01-27")


def test_the_first_ready_day_where_the_time_comes_first() -> None:
    gate = "(count of Certificate c where c.area is a) at least 2 and no Strike s"
    found = licences(gate, 30, 3, minimize=("time", "cost", "changes"), budget=Fraction(60))
    assert ready(found) == ("proved", "51", "2024-01-28")


def test_none_within_too_small_a_budget_or_too_short_a_time() -> None:
    gate = "(count of Certificate c where c.area is a) at least 2"
    assert licences(gate, 40, budget=Fraction(47)).status == "impossible"
    assert licences(gate, 40, by=datetime.date(2024, 1, 27)).status == "impossible"
    assert ready(licences(gate, 40, by=datetime.date(2024, 1, 28), budget=Fraction(48))) == (
        "proved",
        "48",
        "2024-01-28",
    )


def test_what_is_possible_long_after_the_steps_of_others() -> None:
    """Of the days before nothing has to be searched: no written date can be old enough."""
    gate = (
        "(count of Certificate c where c.area is a and c.since earlier than 60 days before assessment date) at least 2"
    )
    assert ready(licences(gate, 4)) == ("proved", "48", "2024-03-29")
