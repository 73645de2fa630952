"""Plans that are ready as what a step writes comes to count were said to be impossible, or to be ready later."""

from __future__ import annotations

from typing import Any

import pytest

from tests.regressions.test_plans_in_time import planned, ready

POLICY = """\
parameter worth count
  from 2020-01-01  5
  from 2024-03-01  1

parameter allowed count
  from 2020-01-01  1
  from 2024-06-01  5

record Employee
  since date

record Mark
  day date
  old date default 2024-01-01

record Licence
  day date

measure points count
  0

measure growth(m month) count
  0

designation asked "Asked"
  require goal "Goal" GOAL

change a(e Employee) BY"A"
  EFFECT
  cost 1 EUR
  takes 2 days

change b "B"
  when WHEN
  adds Licence { day: plan date }
  cost 1 EUR
"""

FACTS: dict[str, Any] = {"Employee": [{"since": "2024-01-01"}], "Mark": [], "Licence": []}


def asked(effect: str, goal: str, when: str = "some Mark m", by: str = "") -> tuple[str, str, str]:
    policy = POLICY.replace("EFFECT", effect).replace("GOAL", goal).replace("WHEN", when).replace("BY", by)
    return ready(planned(policy, "2024-01-01", FACTS))


@pytest.mark.parametrize(
    ("effect", "field"),
    [
        ("adds Mark { day: 2024-01-01 }", "day"),
        ("adds Mark { day: e.since }", "day"),
        ("adds Mark { day: plan date }", "old"),
    ],
)
def test_a_written_date_that_is_old_enough_some_months_later(effect: str, field: str) -> None:
    old = f"some Mark m where m.{field} on or before 3 months before assessment date"
    assert asked(effect, "some Licence l", old) == ("proved", "2", "2024-04-01")
    assert asked(effect, old) == ("proved", "1", "2024-04-01")


@pytest.mark.parametrize(
    ("goal", "day"),
    [
        ("some Mark m where (year of m.day) is 2025", "2025-01-01"),
        ("some Mark m where (month number of m.day) is 7", "2024-07-01"),
        ("some Mark m where (month of (10 days after m.day)) is 2024-07", "2024-06-21"),
        ("some Mark m where (first 1 March on or after m.day) is 2025-03-01", "2024-03-02"),
        ("some Mark m where (number of months from month of m.day to 2024-12) is 3", "2024-09-01"),
    ],
)
def test_a_step_is_put_off_until_its_date_is_in_the_month_that_counts(goal: str, day: str) -> None:
    # Where months are reckoned with, any day may matter: then the plan is found, and not always proved.
    status, *found = asked("adds Mark { day: plan date }", goal)
    assert (found, status in ("proved", "best found")) == (
        ["1", day],
        True,
    )


def test_a_measure_is_raised_in_the_month_that_counts() -> None:
    assert asked("raises growth(this month) by 1", "growth(2024-07) at least 1") == ("proved", "1", "2024-07-01")


def test_a_step_waits_for_a_measure_that_was_raised_for_an_earlier_month() -> None:
    when = "growth(2024-02) at least 1 and assessment date on or after 2024-04-01"
    found = asked("raises growth(this month) by 1", "some Licence l", when)
    assert found == ("proved", "2", "2024-04-01")


def test_what_a_step_raises_by_depends_on_its_day_and_counts_later() -> None:
    later = "points at least 5 and assessment date on or after 2024-04-01"
    assert asked("raises points by worth", later) == ("proved", "1", "2024-04-01")
    assert asked("raises points by worth", "some Licence l", later) == ("proved", "2", "2024-04-01")


def test_a_step_waits_for_more_units_than_are_possible_at_first() -> None:
    effect, when = "adds Mark { day: plan date }", "(count of Mark m) at least 3"
    assert asked(effect, "some Licence l", when, "by 1 to allowed ") == ("proved", "2", "2024-06-03")
