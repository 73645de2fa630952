"""Plans of many steps that are limited in time: each day was gone through by itself, and the time was over before that
of the plan; the days that were tried first of steps that wait some days for others were too few."""

from __future__ import annotations

import datetime
from typing import Any

import pytest

from attain_engine.api import Plan
from tests.regressions.test_plans_in_time import planned, ready

CERTIFICATES = """\
entity Person

enum Kind { a, b, c }

record Employee
  person Person

record Certificate
  holder Person
  kind   Kind
  earned date

measure having(k Kind) count 0 to 5_000
  distinct x.holder among Certificate x where x.kind is k
"""

COURSES = """
designation asked "Asked"
  require some "Some" having(a) at least NEEDED

change take(e Employee, k Kind) "Take {k} with {e.person}"
  when k is a and no Certificate x where x.holder is e.person and x.kind is k
  adds Certificate { holder: e.person, kind: k, earned: plan date }
  cost 10 EUR
  takes TAKES
  at most LIMIT
"""

STAIRS = """
designation asked "Asked"
  require three "Three" having(c) at least 3

change first(e Employee) "A with {e.person}"
  when no Certificate x where x.holder is e.person and x.kind is a
  adds Certificate { holder: e.person, kind: a, earned: plan date }
  cost 10 EUR
  takes 1 month

change second(e Employee) "B with {e.person}"
  when all of
    some Certificate x where x.holder is e.person and x.kind is a and WAITED
    no Certificate x where x.holder is e.person and x.kind is b
  adds Certificate { holder: e.person, kind: b, earned: plan date }
  cost 10 EUR
  takes 10 days

change third(e Employee) "C with {e.person}"
  when all of
    some Certificate x where x.holder is e.person and x.kind is b
    no Certificate x where x.holder is e.person and x.kind is c
  adds Certificate { holder: e.person, kind: c, earned: plan date }
  cost 10 EUR
  takes 5 days
"""


def courses(policy: str, people: int, **wishes: Any) -> Plan:
    facts = {"Employee": [{"person": f"p{number}"} for number in range(people)], "Certificate": []}
    return planned(CERTIFICATES + policy, "2024-01-31", facts, time_limit=120, **wishes)


def limited(people: int, limit: str, needed: int = 20, takes: str = "5 days", **wishes: Any) -> Plan:
    policy = COURSES.replace("NEEDED", str(needed)).replace("TAKES", takes).replace("LIMIT", limit)
    return courses(policy, people, **wishes)


@pytest.mark.parametrize("people", [20, 70])
@pytest.mark.parametrize(
    ("limit", "takes", "day"),
    [
        ("5 each month", "5 days", "2024-04-06"),
        ("3 at a time", "5 days", "2024-03-06"),
        # From 31 January to 29 February, to 29 March, to 29 April, to 29 May.
        ("5 at a time", "1 month", "2024-05-29"),
    ],
)
def test_so_often_in_a_time(people: int, limit: str, takes: str, day: str) -> None:
    assert ready(limited(people, limit, takes=takes)) == ("proved", "200", day)


@pytest.mark.parametrize("people", [20, 70])
def test_too_often_by_a_day(people: int) -> None:
    assert limited(people, "5 each month", by=datetime.date(2024, 4, 5)).status == "impossible"
    found = limited(people, "5 each month", by=datetime.date(2024, 4, 6))
    assert ready(found) == ("proved", "200", "2024-04-06")


def test_each_of_some_by_itself() -> None:
    # Each person takes one: the limit holds for each of the persons, and does not keep them from one another.
    assert ready(limited(70, "1 each month for each e")) == ("proved", "200", "2024-02-05")


def test_a_step_that_waits_days_for_another_of_many() -> None:
    waited = "x.earned on or before 90 days before assessment date"
    assert ready(courses(STAIRS.replace("WAITED", waited), 70)) == ("proved", "90", "2024-06-13")


def test_the_last_of_a_chain_one_at_a_time() -> None:
    policy = STAIRS.replace("WAITED", "x.kind is a") + "  at most 1 at a time\n"
    assert ready(courses(policy, 70)) == ("proved", "90", "2024-03-25")


RENEWALS = """\
entity Person

record Employee
  person Person
  unique person

record Certificate
  holder  Person
  expires date or never

designation asked "Asked"
  require ten "Ten"
    (distinct c.holder among Certificate c where c.expires on or after assessment date) at least 10

change train(e Employee) "Train {e.person}"
  when no Certificate c where c.holder is e.person and c.expires on or after assessment date
  adds Certificate { holder: e.person, expires: 2 years after plan date }
  cost 10 EUR
  takes 3 months

change renew(c Certificate) "Renew {c.holder}"
  when c.expires on or after assessment date
  sets c.expires to 1 year after plan date
  cost 3 EUR
  takes 10 days
"""


@pytest.mark.parametrize(("people", "until"), [(12, None), (70, None), (70, datetime.date(2024, 12, 31))])
def test_what_lapses_before_somebody_is_trained_is_renewed(people: int, until: datetime.date | None) -> None:
    held = ["2024-03-15"] * 9 + ["2023-01-01"] * (people - 9)
    facts = {
        "Employee": [{"person": f"p{number}"} for number in range(people)],
        "Certificate": [{"holder": f"p{number}", "expires": day} for number, day in enumerate(held)],
    }
    found = planned(RENEWALS, "2024-01-31", facts, until=until, time_limit=120)
    assert ready(found) == ("proved", "37", "2024-04-30")


LICENSED = """\
record Person
  price  money EUR
  cert   flag default no

record Licence
  area  count

record Permit
  area  count

designation asked "Asked"
  require permits "A permit" GOAL
  require people "People" (count of Person p where p.cert) at least NEEDED

change train(p Person) "Train {p}"
  when not p.cert
  sets p.cert to yes
  cost p.price
  takes 10 days
  LIMIT

change license "Get the licence"
  when (count of Person p where p.cert) at least 5
  adds Licence { area: 1 }
  cost 30 EUR
  takes 14 days

change permit "Get the permit"
  when some Licence l
  adds Permit { area: 1 }
  cost 1 EUR
  takes 2 days
"""

LICENCE, PERMIT = "some Licence l", "some Permit q"


@pytest.mark.parametrize("people", [12, 70])
@pytest.mark.parametrize(
    ("goal", "needed", "limits", "day"),
    [
        # Two begin on 31 January, two in February, one on 1 March; then the licence, and the permit.
        (LICENCE, 5, ["at most 2 each month"], "2024-03-25"),
        (PERMIT, 5, ["at most 2 each month"], "2024-03-27"),
        # Until 10, 20 February and 1 March.
        (LICENCE, 5, ["at most 2 at a time"], "2024-03-15"),
        (LICENCE, 5, ["at most 2 each year"], "2026-01-25"),
        # Two until 10 and two until 20 February, the third of that month until 1 March, two more until 11 March, one
        # until 21 March.
        (LICENCE, 8, ["at most 3 each month", "at most 2 at a time"], "2024-03-21"),
        (LICENCE, 5, ["at most 2 each month", "at most 1 at a time"], "2024-04-04"),
    ],
)
def test_what_waits_for_steps_that_are_limited_in_time(
    people: int, goal: str, needed: int, limits: list[str], day: str
) -> None:
    policy = LICENSED.replace("GOAL", goal).replace("NEEDED", str(needed)).replace("LIMIT", "\n  ".join(limits))
    facts = {"Person": [{"price": 10 + number % 4} for number in range(people)], "Licence": [], "Permit": []}
    found = planned(policy, "2024-01-31", facts, time_limit=120)
    cost = sum(sorted(10 + number % 4 for number in range(people))[:needed]) + (30 if goal is LICENCE else 31)
    assert ready(found) == ("proved", str(cost), day)


@pytest.mark.parametrize("people", [6, 40])
def test_steps_of_no_time_that_others_wait_for(people: int) -> None:
    """All that are trained are so at once, then the licence is got, then the permit: three turns of one day. Where each
    of the six was taken for one that may have to wait for the others, the plan was not proved."""
    policy = LICENSED.replace("GOAL", PERMIT).replace("NEEDED", "5").replace("  LIMIT\n", "")
    for takes in ("10", "14", "2"):
        policy = policy.replace(f"  takes {takes} days\n", "")
    facts = {"Person": [{"price": 10 + number % 4} for number in range(people)], "Licence": [], "Permit": []}
    cost = sum(sorted(10 + number % 4 for number in range(people))[:5]) + 31
    assert ready(planned(policy, "2024-01-31", facts, time_limit=120)) == ("proved", str(cost), "2024-01-31")
