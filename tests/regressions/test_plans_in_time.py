"""Plans that were judged on the day of asking, and not on the day on which they are ready."""

from __future__ import annotations

import datetime
import json
from fractions import Fraction
from typing import Any

import pytest

from attain_engine.api import Plan, Wishes, load_facts, load_policy
from attain_engine.api import plan as plan_program

HEAD = 'policy tried "Tried"\n  in force from 2020-01-01\n\n'


def planned(policy: str, on: str, tables: dict[str, Any], **wishes: Any) -> Plan:
    program = load_policy("tried.attain", HEAD + policy)
    facts = load_facts(program, text=json.dumps({"facts": tables}))
    return plan_program(program, facts, datetime.date.fromisoformat(on), wishes=Wishes(**wishes))


def steps(found: Plan) -> list[tuple[str, str, str]]:
    return [(each.text, each.start.isoformat(), each.ready.isoformat()) for each in found.plans[0].steps]


def ready(found: Plan) -> tuple[str, str, str]:
    assert found.plans, found.reasons
    return found.status, found.plans[0].cost_exact.number, found.plans[0].ready.isoformat()


# ---------------------------------------------------------------- what lapses before the plan is ready

CERTIFICATES = """\
entity Person

record Certificate
  holder  Person
  expires date

define good(c Certificate)
  c.expires on or after assessment date

designation asked "Asked"
  require two "Two people" (distinct c.holder among Certificate c where good(c)) at least 2

change train(p Person) "Train {p}"
  when no Certificate c where c.holder is p and good(c)
  adds Certificate { holder: p, expires: 2 years after plan date }
  cost 10 EUR
  takes 3 months
"""

HELD = {
    "Certificate": [
        {"holder": "a", "expires": "2024-03-15"},
        {"holder": "b", "expires": "2023-12-31"},
        {"holder": "c", "expires": "2022-01-01"},
    ]
}


def test_a_certificate_that_lapses_before_the_plan_is_ready_does_not_count() -> None:
    found = planned(CERTIFICATES, "2024-01-31", HELD)
    assert ready(found) == ("proved", "20", "2024-04-30")
    assert [each.change for each in found.plans[0].steps] == ["train", "train"]
    assert found.plans[0].lapses == ("Certificate (a) counts until 2024-03-15",)


def test_what_lasts_until_the_plan_is_ready_counts_and_what_fails_later_is_said() -> None:
    held = {"Certificate": [{"holder": "a", "expires": "2024-05-15"}, *HELD["Certificate"][1:]]}
    found = planned(CERTIFICATES, "2024-01-31", held)
    assert ready(found) == ("proved", "10", "2024-04-30")
    assert found.plans[0].afterwards == "lasts until 2024-05-15, then `two` fails"


def test_until_a_date_renewals_are_part_of_the_plan() -> None:
    held = {"Certificate": [{"holder": "a", "expires": "2024-05-15"}, *HELD["Certificate"][1:]]}
    found = planned(CERTIFICATES, "2024-01-31", held, until=datetime.date(2024, 12, 31))
    assert ready(found) == ("proved", "20", "2024-04-30")


OPENED = """\
entity Person

record Licence
  holder  Person
  expires date or never

designation asked "Asked"
  require one "One" some Licence l where l.expires on or after assessment date

change borrow "Borrow"
  adds Licence { holder: new Person, expires: 4 days after plan date }
  cost 5 EUR

change train "Train"
  when assessment date on or after 2024-02-01
  adds Licence { holder: new Person, expires: never }
  takes 2 days
"""


@pytest.mark.parametrize(
    ("by", "cost", "day"),
    [("2024-01-31", "5", "2024-01-31"), ("2024-02-02", "5", "2024-02-01"), ("2024-02-03", "0", "2024-02-03")],
)
def test_it_is_ready_by_the_day_also_where_it_is_to_hold_longer(by: str, cost: str, day: str) -> None:
    until, latest = datetime.date(2024, 2, 5), datetime.date.fromisoformat(by)
    found = planned(OPENED, "2024-01-31", {"Licence": []}, by=latest, until=until)
    assert ready(found) == ("proved", cost, day)


@pytest.mark.parametrize(
    ("until", "said"), [("2024-02-02", ("impossible",)), ("2024-02-03", ("proved", "0", "2024-02-03"))]
)
def test_what_is_ready_after_the_day_it_is_to_hold_to_is_no_plan(until: str, said: tuple[str, ...]) -> None:
    found = planned(OPENED, "2024-01-31", {"Licence": []}, until=datetime.date.fromisoformat(until), budget=Fraction(0))
    assert (ready(found) if found.plans else (found.status,)) == said
    assert found.plans or any("2024-02-02" in each for each in found.reasons)


TRAINED = """\
entity Person

record Certificate
  holder  Person
  expires date or never

measure trained count 0 to 100 "Trained people"
  distinct c.holder among Certificate c where c.expires later than assessment date

designation asked "Asked"
  require two "Two" trained at least 2

change train "Train somebody"
  adds Certificate {{ holder: new Person, expires: never }}
  cost 100 USD
  takes {takes}
"""


@pytest.mark.parametrize(
    ("takes", "status"), [("3 months", "impossible"), ("2 months", "impossible"), ("1 month", "proved")]
)
def test_a_plan_holds_on_the_day_it_is_ready_or_there_is_none(takes: str, status: str) -> None:
    found = planned(
        TRAINED.format(takes=takes), "2024-06-30", {"Certificate": [{"holder": "ana", "expires": "2024-08-01"}]}
    )
    assert found.status == status
    assert ("Certificate (ana) counts until 2024-07-31" in found.reasons) is (status == "impossible")


def test_waiting_is_a_plan_without_steps() -> None:
    policy = """\
record Member one row
  since date

designation asked "Asked"
  require year "A year a member" the Member.since on or before 12 months before assessment date
"""
    found = planned(policy, "2024-01-31", {"Member": [{"since": "2023-03-01"}]})
    assert (ready(found), found.plans[0].steps) == (("proved", "0", "2024-03-01"), ())


# ---------------------------------------------------------------- steps that need one another

COURSES = """\
entity Course

record Passed
  course Course
  on     date
  unique course

record Needs
  course Course
  needs  Course

record Offer
  course Course
  unique course

designation asked "Asked"
  require c "C passed" some Passed p where p.course is "C"

change take(o Offer) "Take {o.course}"
  when all of
    no Passed p where p.course is o.course
    every Needs n where n.course is o.course has some Passed q where q.course is n.needs
  adds Passed { course: o.course, on: plan date }
  cost 10 EUR
  takes 4 months
"""


def courses(*needs: tuple[str, str]) -> dict[str, Any]:
    return {
        "Passed": [],
        "Needs": [{"course": course, "needs": needed} for course, needed in needs],
        "Offer": [{"course": each} for each in "ABC"],
    }


def test_steps_that_need_one_another_follow_one_another() -> None:
    found = planned(COURSES, "2024-01-31", courses(("C", "B"), ("B", "A")))
    assert ready(found) == ("proved", "30", "2025-01-30")
    assert steps(found) == [
        ("Take A", "2024-01-31", "2024-05-31"),
        ("Take B", "2024-05-31", "2024-09-30"),
        ("Take C", "2024-09-30", "2025-01-30"),
    ]
    assert [each.needs for each in found.plans[0].steps] == [(), ("Take A",), ("Take B",)]


def test_steps_that_need_one_another_are_not_done_sooner() -> None:
    found = planned(COURSES, "2024-01-31", courses(("C", "B"), ("B", "A")), by=datetime.date(2025, 1, 29))
    assert found.status == "impossible"


def test_steps_that_need_the_same_one_go_on_side_by_side() -> None:
    found = planned(COURSES, "2024-01-31", courses(("C", "A"), ("C", "B")))
    assert ready(found) == ("proved", "30", "2024-09-30")


def test_steps_that_need_each_other_never_begin() -> None:
    assert planned(COURSES, "2024-01-31", courses(("C", "B"), ("B", "C"))).status == "impossible"


LIMITED = """\
entity Person

record Candidate
  person Person

record Passed
  person Person

designation asked "Asked"
  require all "Three" (distinct p.person among Passed p) at least 3

change sit(c Candidate) "{{c.person}} sits"
  adds Passed {{ person: c.person }}
  cost 1 EUR
  takes 10 days
  at most {limit}
"""


@pytest.mark.parametrize(
    ("limit", "day"),
    [
        ("3", "2024-01-20"),
        ("1 at a time", "2024-02-09"),
        ("1 each month", "2024-03-11"),
        ("1 each month for each c", "2024-01-20"),
    ],
)
def test_limits_put_steps_after_one_another(limit: str, day: str) -> None:
    found = planned(
        LIMITED.format(limit=limit), "2024-01-10", {"Candidate": [{"person": each} for each in "abc"], "Passed": []}
    )
    assert ready(found) == ("proved", "3", day)


# ---------------------------------------------------------------- two changes to one value

POINTS = """\
record M one row
  level  text
  points count 0 to 100

designation asked "Asked"
  require level "Gold" the M.level is "gold"
  require points "30" the M.points at least 30

change gold(m M) "Go gold"
  sets m.level to "gold"
  sets m.points to 20
  cost 10 EUR

change points(m M) "Thirty"
  sets m.points to 30
  cost {thirty} EUR

change ten(m M) "Ten more"
  raises m.points by 10
  cost 7 EUR
"""


@pytest.mark.parametrize(
    ("thirty", "cost", "texts"),
    [(5, "15", ["Go gold", "Thirty"]), (8, "17", ["Go gold", "Ten more"]), (1, "11", ["Go gold", "Thirty"])],
)
def test_a_field_is_set_and_then_set_or_raised(thirty: int, cost: str, texts: list[str]) -> None:
    found = planned(POINTS.format(thirty=thirty), "2024-01-01", {"M": [{"level": "none", "points": 5}]})
    assert ready(found) == ("proved", cost, "2024-01-01")
    assert [each.text for each in found.plans[0].steps] == texts


# ---------------------------------------------------------------- the days of months

TIME = """\
record Thing
  name text
  unique name

measure slow count 0 to 100
  count of Thing t where t.name is "x"

measure quick count 0 to 100
  count of Thing t where t.name is "y"

designation asked "Asked"
  require enough "two of the one, or one of the other" slow at least 2 or quick at least 1

change a by 1 to 2 "A {{n}}"
  raises slow by 1
  cost 10 USD each
  takes 1 months each

change b "B"
  raises quick by 1
  cost 20 USD
  takes {days} days
"""


@pytest.mark.parametrize(
    ("on", "days", "day", "change"),
    [
        ("2023-02-01", 60, "2023-04-01", "a"),
        ("2023-02-01", 58, "2023-03-31", "b"),
        ("2023-07-01", 61, "2023-08-31", "b"),
        ("2023-07-01", 63, "2023-09-01", "a"),
    ],
)
def test_the_earliest_plan_is_found_by_exact_dates(on: str, days: int, day: str, change: str) -> None:
    found = planned(TIME.format(days=days), on, {"Thing": []}, minimize=("time", "cost", "changes"))
    assert ready(found) == ("proved", "20", day)
    assert [each.change for each in found.plans[0].steps] == [change]


# ---------------------------------------------------------------- records that continue

USAGE = """\
record Usage "Usage"
  month month
  hours count{continues}

designation asked "Asked"
  require used "Used" (sum of u.hours among Usage u where u.month is last month) at least 10

change more(u Usage) "More use"
  when u.month is last month
  raises u.hours by 5
  cost 1 EUR
  takes 2 months
"""


@pytest.mark.parametrize(("continues", "status"), [("\n  continues each month", "proved"), ("", "impossible")])
def test_a_record_goes_on_only_where_it_says_so(continues: str, status: str) -> None:
    tables = {"Usage": [{"month": "2024-05", "hours": 6}, {"month": "2024-04", "hours": 6}]}
    found = planned(USAGE.format(continues=continues), "2024-06-10", tables)
    assert found.status == status
    assert [each.plans for each in (found,) if each.plans] == [] or ready(found) == ("proved", "1", "2024-08-10")


GROWN = """\
record Usage "Usage"
  month month
  hours count
  continues each month

measure hours_in(m month) count 0 to 1_000
  (sum of u.hours among Usage u where u.month is m)

designation asked "Asked"
  require grown "Grown" (hours_in(last month)) - (hours_in(12 months before last month)) at least 20

change more(u Usage) "More use"
  when u.month is last month
  raises u.hours by {more}
  cost 1 EUR
  takes 2 months
"""

A_YEAR = [*(f"2023-{month:02}" for month in range(5, 13)), *(f"2024-{month:02}" for month in range(1, 5))]


@pytest.mark.parametrize(
    ("months", "now", "more", "status"),
    [
        (["2023-05"], 18, 8, "nothing found"),
        (["2023-05"], 25, 0, "nothing found"),
        (A_YEAR, 18, 8, "impossible"),
        (A_YEAR, 25, 0, "impossible"),
        (A_YEAR, 18, 12, "proved"),
    ],
)
def test_a_month_of_which_nothing_was_told_is_not_one_without_use(
    months: list[str], now: int, more: int, status: str
) -> None:
    """By August the use is compared with that of July a year before."""
    usage = [{"month": each, "hours": 10} for each in months] + [{"month": "2024-05", "hours": now}]
    found = planned(GROWN.format(more=more), "2024-06-10", {"Usage": usage})
    assert found.status == status
    assert any("no Usage of 2023-06, 2023-07" in each for each in found.reasons) is (status == "nothing found")


# ---------------------------------------------------------------- many possible steps


@pytest.mark.parametrize(("expires", "cost"), [("2024-03-15", "20"), ("2024-04-30", "10")])
def test_of_many_possible_steps_the_plan_is_proved_as_well(expires: str, cost: str) -> None:
    lapsed = [{"holder": f"p{number}", "expires": "2022-01-01"} for number in range(70)]
    found = planned(CERTIFICATES, "2024-01-31", {"Certificate": [{"holder": "a", "expires": expires}, *lapsed]})
    assert ready(found) == ("proved", cost, "2024-04-30")


ADOPTION = """\
measure users(m month) count 0 to 1_000
  0

designation asked "Asked"
  require used "Used last month" users(last month) at least {least}

change activate by 1 to 5 "Activate"
  raises users(last month) by 10
  cost 1 EUR each
  takes {takes} days
"""


@pytest.mark.parametrize(("takes", "day"), [(10, "2024-06-20"), (21, "2024-07-01"), (60, "2024-08-09")])
def test_what_is_raised_for_last_month_counts_in_that_month(takes: int, day: str) -> None:
    found = planned(ADOPTION.format(least=30, takes=takes), "2024-06-10", {})
    assert ready(found) == ("proved", "3", day)


# ---------------------------------------------------------------- what counts by the month it is done in

ATTENDED = """\
record Session
  on_day date

designation asked "Asked"
  require attended "Attended" some Session s where {when}

change attend "Attend"
  adds Session {{ on_day: plan date }}
  cost 5 EUR
  takes 1 months
"""


@pytest.mark.parametrize(
    "when",
    [
        "month of s.on_day is last month",
        "s.on_day within the 1 month before first day of month of assessment date",
        "last day of month of s.on_day is 1 days before first day of month of assessment date",
        "month number of s.on_day is month number of assessment date - 1",
    ],
)
def test_a_step_is_done_in_the_month_by_which_it_counts(when: str) -> None:
    """To be ready on the first day that a month makes another, a step is done neither at once nor on a judged day."""
    on, until = "2024-01-29", datetime.date(2024, 4, 1)
    found = planned(ATTENDED.format(when=when), on, {"Session": []}, until=until)
    assert ready(found) == ("proved", "5", "2024-04-01")
    assert steps(found) == [("Attend", "2024-02-01", "2024-03-01")]


APART = """\
record Session
  on_day date

record Seen
  seen_on date
  continues each day

define first_day as date
  earliest of s.on_day among Session s else 2024-01-01

define last_day as date
  latest of s.on_day among Session s else 2024-01-01

designation asked "Asked"
  require apart "Apart" (number of days from first_day to last_day) at least 25

change attend "Attend"
  when some Seen s where s.seen_on on or after 2 days before assessment date
  adds Session { on_day: plan date }
  cost 5 EUR
  takes 2 days
"""


@pytest.mark.parametrize(("last", "said"), [("2024-02-15", "impossible"), ("2024-02-20", "proved")])
def test_a_plan_that_lasts_is_proved_where_any_day_may_matter(last: str, said: str) -> None:
    """Dates that are written, compared with one another and with rows that go on: judged on every day."""
    facts = {"Session": [{"on_day": last}], "Seen": [{"seen_on": "2024-01-24"}]}
    assert planned(APART, "2024-01-24", facts, until=datetime.date(2024, 1, 29)).status == said


AT_ONCE = """\
record Work
  month month
  hours count 0 to 1_000
  continues each month

record Bonus
  n count

designation asked "Asked"
  require hours "Hours" (sum of k.hours among Work k) at least NEED

change work(w Work) "Work"
  raises w.hours by 2
  cost 3 EUR

change bonus "Bonus"
  when (sum of k.hours among Work k) at least 3
  adds Bonus { n: 1 }
  cost 1 EUR
"""


@pytest.mark.parametrize(("need", "day"), [("2", "2024-01-29"), ("4", "2024-02-01")])
def test_a_step_of_no_time_that_goes_on_and_that_others_wait_for(need: str, day: str) -> None:
    """The bound left it out, and so no plan was said to exist."""
    facts = {"Work": [{"month": "2023-12", "hours": 0}], "Bonus": []}
    found = planned(AT_ONCE.replace("NEED", need), "2024-01-29", facts, until=datetime.date(2024, 2, 4))
    assert ready(found) == ("proved", "3", day)
