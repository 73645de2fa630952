"""Plans of changes that take longer the more is made of them, and of policies that add up days, months and years: they
were not proved, or proved of a later day than could be."""

from __future__ import annotations

import datetime

import pytest

from attain_engine.facts.model import Facts, Row
from attain_engine.optimise.problem import Problem
from attain_engine.plan.bound import Bounds
from attain_engine.plan.counts import DAY
from attain_engine.plan.timeline import Timeline
from attain_engine.plan.versions import timed
from tests.oracle.compiled import compiled
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


TWO = """\
record Job
  begun date

record Course
  done date

define served as count "Days served"
  sum of number of days from j.begun to assessment date among Job j

designation asked "Asked"
  require served "Days served" served at least 100 + (count of Job j)
  require courses "Courses" (count of Course c where c.done within the 12 months before assessment date) at least 2

change work "Buy service"
  adds Job { begun: 60 days before plan date }
  cost 100 EUR
  takes 10 days

change attend by 1 to 6 "Attend {n}"
  adds Course { done: plan date }
  cost 1 EUR each
  takes 1 days each
"""


def test_days_that_are_counted_from_the_dates_of_one_change_matter_to_that_change_alone() -> None:
    program = compiled(f'policy p "P"\n\n{TWO}')
    day = datetime.date(2024, 1, 1)
    given = Facts("f", {"p.Job": (Row("p.Job", {"begun": datetime.date(2023, 11, 1)}),), "p.Course": ()}, {}, True)
    line = Timeline(program, given, day, {}, tuple(program.designations.values()), tuple(program.changes.values()))
    work, attend = (program.changes[f"p.{each}"] for each in ("work", "attend"))
    assert line.steps(work) == {DAY}
    assert line.steps(attend) == frozenset()
    line.horizon = datetime.date(2024, 4, 1)
    starts: dict[str, set[datetime.date]] = {work.name: set(), attend.name: set()}
    for each in timed(line, (line.horizon,)).candidates:
        assert each.timing is not None
        starts[each.change.name].add(each.timing.start)
    assert len(starts["work"]) > 60
    assert len(starts["attend"]) < 20

    found = planned(TWO, "2024-01-01", {"Job": [{"begun": "2023-11-01"}], "Course": []}, by=datetime.date(2024, 3, 15))
    assert ready(found) == ("proved", "2", "2024-02-10")  # waiting for the 101st day is the cheapest


EACH_DAY = """\
record Job
  begun date

record Member one row
  paid    count 0 to 100
  checked date
  exempt  flag default no

define served as count "Days served"
  sum of number of days from latest of (j.begun, 5 years before assessment date) to assessment date among Job j

designation asked "Asked"
  require served "Days served" served at least {days}
  require checked "Checked" the Member.checked within the 4 months to assessment date
  option paid "Paid"
    require paid "Paid" the Member.paid at least 3
  option exempt "Exempt"
    require exempt "Exempt" the Member.exempt

change pay(m Member) by 1 to 5 "Pay {{n}}"
  raises m.paid by 1
  cost 10 EUR each

change check(m Member) "Have it checked"
  sets m.checked to plan date
  cost 7 EUR
  takes 1 month

change ask(m Member) "Ask to be exempt"
  sets m.exempt to yes
  cost 40 EUR
"""


@pytest.mark.parametrize(("days", "day"), [(100, "2024-02-01"), (130, "2024-02-09"), (900, "2026-03-20")])
def test_what_changes_seldom_bounds_what_changes_each_day(monkeypatch: pytest.MonkeyPatch, days: int, day: str) -> None:
    asked: list[tuple[datetime.date, datetime.date]] = []
    problem = Bounds.problem

    def counted(this: Bounds, low: datetime.date, high: datetime.date) -> Problem | None:
        asked.append((low, high))
        return problem(this, low, high)

    monkeypatch.setattr(Bounds, "problem", counted)
    facts = {"Job": [{"begun": "2023-10-02"}], "Member": [{"paid": 0, "checked": "2022-09-15"}]}
    found = planned(EACH_DAY.format(days=days), "2024-01-01", facts, by=datetime.date(2026, 12, 31))
    assert ready(found) == ("proved", "37", day)
    assert len(asked) < 100  # of 1,096 days, each of which is another for the days served
