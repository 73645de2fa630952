"""Plans of changes that take longer the more is made of them, and of policies that add up days, months and years: they
were not proved, or proved of a later day than could be."""

from __future__ import annotations

import datetime

import pytest

from tests.regressions.test_plans_in_time import planned, ready, steps

# ---------------------------------------------------------------- what takes longer the more is made

LESSONS = """\
record Lesson
  level count
record Exam
  level count

designation asked "Asked"
  require exam "An exam" (count of Exam e) at least 1

change learn by 1 to {most} "Learn {{n}} levels"
  adds Lesson {{ level: 1 }}
  cost 1 EUR each
  takes 10 days each

change sit "Sit the exam"
  when (count of Lesson l) at least 2
  adds Exam {{ level: 1 }}
  takes 30 days
"""


@pytest.mark.parametrize("most", [2, 3, 4, 6])
def test_a_step_waits_for_as_many_units_as_are_made_and_not_for_more(most: int) -> None:
    found = planned(LESSONS.format(most=most), "2024-01-01", {"Lesson": [], "Exam": []})
    assert ready(found) == ("proved", "2", "2024-02-20")
    assert steps(found) == [
        ("Learn 2 levels", "2024-01-01", "2024-01-21"),
        ("Sit the exam", "2024-01-21", "2024-02-20"),
    ]


def test_a_date_is_that_of_the_units_that_are_made() -> None:
    policy = """\
record Course
  hours count
  done  date

define fresh(c Course)
  c.done on or after 20 days before assessment date

designation asked "Asked"
  require hours "Hours" (count of Course c where fresh(c)) at least 2
  require since "After the window" assessment date on or after 2024-02-01

change attend by 1 to 4 "Attend {n}"
  adds Course { hours: 1, done: plan date }
  cost 1 EUR each
  takes 5 days each
"""
    found = planned(policy, "2024-01-01", {"Course": []})
    assert ready(found) == ("proved", "2", "2024-02-01")
    assert steps(found) == [("Attend 2", "2024-01-02", "2024-01-12")]


# ---------------------------------------------------------------- counts of days, months and years

SERVICE = """\
record Job
  begun date
  ended date or never

define days_of(j Job) as number "Days"
  greatest of (0, number of days from j.begun to earliest of (j.ended, assessment date) else 0)

designation asked "Asked"
  require served "Days served" sum of days_of(j) among Job j at least {days}

change take_leave by 1 to 1 "Buy {{n}} years of service"
  adds Job {{ begun: 365 days before plan date, ended: plan date }}
  cost 100 EUR
"""


@pytest.mark.parametrize(("days", "cost", "day"), [(60, "0", "2024-02-29"), (400, "100", "2024-02-04"), (500, "", "")])
def test_days_that_add_up_are_counted_on_every_day(days: int, cost: str, day: str) -> None:
    jobs = [{"begun": "2024-01-01", "ended": "never"}, {"begun": "2023-01-01", "ended": "2023-01-02"}]
    found = planned(SERVICE.format(days=days), "2024-01-15", {"Job": jobs}, by=datetime.date(2024, 3, 15))
    if day:
        assert ready(found) == ("proved", cost, day)
    else:
        assert found.status == "impossible"
