"""Plans of 70 people for which no plan was found, or none proved, within half a minute: facts that are not known, dates
that go on, amounts that go on from month to month within a limit."""

from __future__ import annotations

import pytest

from tests.regressions.test_plans_in_time import planned, ready

LEVELS = """\
record Person
  price  money EUR
  cert   flag?
  level  count? 0 to 10

designation asked "Asked"
  require people "So many" (count of Person p where p.cert) at least 15
  require level "Level" (sum of p.level among Person p where p.cert) at least 40

change train(p Person) "Train {p}"
  when not p.cert
  sets p.cert to yes
  cost p.price
  takes 10 days
  at most 3 each month

change practise(p Person) by 1 to 5 "Raise {p} by {n}"
  raises p.level by 1
  cost 3 EUR each
  takes 5 days
"""


@pytest.mark.parametrize(
    ("people", "told"),
    [
        # Who may be certified is not trained, and does not count; a level that is not known counts as 0, and cannot be
        # raised, as it may be 10. Ten are certified, and have 30 levels; of those who cost 10 EUR five have 10.
        (70, ("proved", "50", "2024-02-11")),
        # Four are certified, and have 12: eleven are trained, three a month, the last two from 1 April on. The cheapest
        # have 27 for 130 EUR, and 28 for 131 EUR.
        (24, ("proved", "131", "2024-04-11")),
    ],
)
def test_facts_that_are_not_known(people: int, told: tuple[str, str, str]) -> None:
    def person(number: int) -> dict[str, object]:
        known = {"cert": number % 6 == 1} if number % 5 else {}
        return {"price": 10 + number % 7, **known, **({"level": number % 4 + 1} if number % 4 else {})}

    found = planned(LEVELS, "2024-01-31", {"Person": [person(number) for number in range(people)]}, time_limit=120)
    assert ready(found) == told


SEEN = """\
entity Person

record Seen
  person Person
  on_day date
  continues each day

record Employee
  person Person
  price money EUR
  trained flag default no

designation asked "Asked"
  require trained "Trained" (count of Employee e where e.trained) at least 6
  require seen "Seen" (distinct s.person among Seen s where s.on_day within the 30 days to assessment date) at least 35

change train(e Employee) "Train {e.person}"
  when (distinct s.person among Seen s where s.on_day within the 60 days to assessment date) at least 5
  sets e.trained to yes
  cost e.price
  takes 7 days
  at most 2 at a time

change visit(e Employee) "Visit {e.person}"
  adds Seen { person: e.person, on_day: plan date }
  cost 4 EUR
  takes 2 days
"""


def test_rows_that_are_always_as_old() -> None:
    facts = {
        "Employee": [{"person": f"p{number}", "price": 20 + number % 5} for number in range(70)],
        "Seen": [{"person": f"p{number}", "on_day": f"2024-01-{number % 30 + 1:02}"} for number in range(24)],
    }
    # 24 were seen, one of them 30 days ago: 12 visits, and six of the cheapest trained, two at a time.
    assert ready(planned(SEEN, "2024-01-31", facts, time_limit=120)) == ("proved", "168", "2024-02-21")


USED = """\
record Usage
  month    month
  seats    count
  active   count
  continues each month

designation asked "Asked"
  require active "Active users last month" (sum of u.active among Usage u where u.month is last month) at least NEED

change activate(u Usage) by 1 to u.seats - u.active "Activate {n}"
  when u.month is last month
  raises u.active by 1
  cost 2 EUR each
  takes 10 days
  at most 40 each month
"""


@pytest.mark.parametrize(("customers", "need", "cost"), [(20, 600, "286")])
def test_amounts_that_go_on_within_a_limit(customers: int, need: int, cost: str) -> None:
    usage = [
        {"month": month, "seats": 50 + number, "active": 20 + number % 7}
        for number in range(customers)
        for month in ("2023-11", "2023-12")
    ]
    found = planned(USED.replace("NEED", str(need)), "2024-01-31", {"Usage": usage}, time_limit=15)
    assert [each.cost_exact.number for each in found.plans] == [cost], found.status
