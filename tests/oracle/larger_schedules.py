"""Schedules of more people than can be lived through one by one, and their best one by an integer program written by
hand: a column for each step on each day on which it may begin. It shares no code with the planner.

People are trained, at most so many in a month or at a time; with enough of them a licence may be got, and then a
permit; on some days nobody is trained. Of some people it is not known whether they are certified: they are not trained,
and do not count.
"""

from __future__ import annotations

import datetime
import random
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

DAY = datetime.timedelta(1)
Objective = str
Terms = dict[int, int]


@dataclass(frozen=True)
class Person:
    price: int
    days: int
    points: int
    cert: bool | None


@dataclass(frozen=True)
class Training:
    """What is asked, and of whom. `closed`: the first and the last day of a time in which no training begins."""

    on: datetime.date
    last: datetime.date
    people: tuple[Person, ...]
    each_month: int | None
    each_year: int | None
    at_a_time: int | None
    gate: int
    takes: tuple[int, int]
    needed: int
    points: int
    permit: bool
    closed: tuple[datetime.date, datetime.date] | None
    order: tuple[Objective, ...]
    budget: int | None


def training(seed: int) -> Training:
    """The case of a seed."""
    draw = random.Random(seed)
    on = datetime.date(2024, draw.choice((1, 1, 2, 11)), draw.choice((1, 12, 28)))
    at_a_time = draw.choice((None, 1, 2))
    lengths = draw.choice(([5], [10], [3, 8], [0, 4] if at_a_time is None else [4]))
    people = tuple(
        Person(draw.randint(1, 30), draw.choice(lengths), draw.randint(0, 4), draw.choice((False,) * 6 + (True, None)))
        for _ in range(draw.randint(6, 14))
    )
    certain = sum(each.cert is True for each in people)
    could = certain + sum(each.cert is False for each in people)
    needed = draw.randint(min(certain + 1, could), min(certain + 6, could))
    shut = on + draw.randint(0, 20) * DAY
    return Training(
        on,
        on + draw.randint(25, 100) * DAY,
        people,
        each_month=draw.choice((None, 1, 2, 3)),
        each_year=draw.choice((None, None, 4)),
        at_a_time=at_a_time,
        gate=draw.randint(1, needed),
        takes=(draw.choice((0, 7, 14)), draw.choice((0, 2))),
        needed=needed,
        points=draw.choice((0, 0, 2 * needed)),
        permit=draw.random() < 0.5,
        closed=draw.choice((None, None, (shut, shut + draw.randint(0, 15) * DAY))),
        order=draw.choice((("cost", "changes", "time"), ("time", "cost", "changes"), ("changes", "cost", "time"))),
        budget=draw.choice((None, None, None, 60 + 10 * needed)),
    )


def text(this: Training) -> str:
    """The policy."""
    limits = [
        f"  at most {most} {span}"
        for most, span in (
            (this.each_month, "each month"),
            (this.each_year, "each year"),
            (this.at_a_time, "at a time"),
        )
        if most is not None
    ]
    opened = ""
    if this.closed is not None:
        first, last = this.closed
        opened = f"    any of\n      assessment date earlier than {first}\n      assessment date later than {last}\n"
    return f"""\
policy small "Small"

record Person
  price   money EUR
  days    count
  points  count
  cert    flag?

record Licence
  got date

record Permit
  got date

designation goal "Goal"
  require people "People" (count of Person p where p.cert) at least {this.needed}
  require points "Points" (sum of p.points among Person p where p.cert) at least {this.points}
  require papers "Papers" some {"Permit" if this.permit else "Licence"} l

change train(p Person) "Train {{p}}"
  when all of
    not p.cert
{opened}  sets p.cert to yes
  cost p.price
  takes p.days * 1 day
{chr(10).join(limits)}

change license "Get the licence"
  when (count of Person p where p.cert) at least {this.gate}
  adds Licence {{ got: plan date }}
  cost 20 EUR
  takes {this.takes[0]} days

change permit "Get the permit"
  when some Licence l
  adds Permit {{ got: plan date }}
  cost 5 EUR
  takes {this.takes[1]} days
"""


def facts(this: Training) -> dict[str, Any]:
    """The facts, as JSON."""
    rows = [
        {"price": each.price, "days": each.days, "points": each.points}
        | ({} if each.cert is None else {"cert": each.cert})
        for each in this.people
    ]
    return {"facts": {"Person": rows, "Licence": [], "Permit": []}}


def best(this: Training) -> Mapping[Objective, Any] | None:
    """What the best schedule comes to; None where there is none."""
    program = _Program()
    days = [this.on + number * DAY for number in range((this.last - this.on).days + 1)]
    starts: dict[tuple[Any, datetime.date], int] = {}
    lengths: dict[Any, int] = {}
    prices: dict[Any, int] = {}

    def step(name: Any, price: int, length: int, begins: Iterable[datetime.date]) -> None:
        lengths[name], prices[name] = length, price
        mine = [program.column() for day in begins if day + length * DAY <= this.last]
        for day, column in zip(begins, mine, strict=False):
            starts[name, day] = column
        program.most(dict.fromkeys(mine, 1), 1)

    def done_by(name: Any, day: datetime.date) -> list[int]:
        return [column for (of, begin), column in starts.items() if of == name and begin + lengths[name] * DAY <= day]

    open_days = [day for day in days if this.closed is None or not this.closed[0] <= day <= this.closed[1]]
    trained = [number for number, each in enumerate(this.people) if each.cert is False]
    for number in trained:
        step(number, this.people[number].price, this.people[number].days, open_days)
    step("licence", 20, this.takes[0], days)
    step("permit", 5, this.takes[1], days)
    certain = [each for each in this.people if each.cert]
    for day in days:
        begun = {name: column for (name, begin), column in starts.items() if begin == day}
        if "licence" in begun:
            by_now = dict.fromkeys((column for number in trained for column in done_by(number, day)), 1)
            program.least({**by_now, begun["licence"]: -this.gate}, -len(certain))
        if "permit" in begun:
            program.least({**dict.fromkeys(done_by("licence", day), 1), begun["permit"]: -1}, 0)
        if this.at_a_time is not None:
            under_way = {
                column: 1
                for (name, begin), column in starts.items()
                if name in trained and begin <= day < begin + lengths[name] * DAY
            }
            program.most(under_way, this.at_a_time)
    for most, span in ((this.each_month, "%Y-%m"), (this.each_year, "%Y")):
        for period in {f"{day:{span}}" for day in days} if most is not None else ():
            inside = (column for (name, day), column in starts.items() if name in trained and f"{day:{span}}" == period)
            assert most is not None
            program.most(dict.fromkeys(inside, 1), most)
    every = {name: [column for (of, _), column in starts.items() if of == name] for name in lengths}
    program.least({column: 1 for number in trained for column in every[number]}, this.needed - len(certain))
    points = {column: this.people[number].points for number in trained for column in every[number]}
    program.least(points, this.points - sum(each.points for each in certain))
    program.least(dict.fromkeys(every["permit" if this.permit else "licence"], 1), 1)
    cost = {column: prices[name] for (name, _), column in starts.items()}
    if this.budget is not None:
        program.most(cost, this.budget)
    ready = program.column(len(days) - 1)
    for (name, begin), column in starts.items():
        program.least({ready: 1, column: -((begin - this.on).days + lengths[name])}, 0)
    totals = {"cost": cost, "changes": dict.fromkeys(starts.values(), 1), "time": {ready: 1}}
    found: dict[Objective, Any] = {}
    for objective in this.order:
        least = program.minimum(totals[objective])
        if least is None:
            return None
        found[objective] = least
        program.most(totals[objective], least)
    return {**found, "time": this.on + found["time"] * DAY}


class _Program:
    """Rows over whole columns, for HiGHS."""

    def __init__(self) -> None:
        self.ends: list[int] = []
        self.rows: list[tuple[Terms, float, float]] = []

    def column(self, high: int = 1) -> int:
        self.ends.append(high)
        return len(self.ends) - 1

    def most(self, terms: Terms, high: int) -> None:
        self.rows.append((terms, float("-inf"), high))

    def least(self, terms: Terms, low: int) -> None:
        self.rows.append((terms, low, float("inf")))

    def minimum(self, terms: Terms) -> int | None:
        import highspy

        model = highspy.Highs()
        model.setOptionValue("output_flag", False)
        for high in self.ends:
            model.addVar(0, high)
        for column in range(len(self.ends)):
            model.changeColIntegrality(column, highspy.HighsVarType.kInteger)
            model.changeColCost(column, terms.get(column, 0))
        for of, low, high in self.rows:
            model.addRow(low, high, len(of), list(of), list(of.values()))
        model.run()
        if model.getModelStatus() == highspy.HighsModelStatus.kInfeasible:
            return None
        assert model.getModelStatus() == highspy.HighsModelStatus.kOptimal
        return round(model.getInfo().objective_function_value)
