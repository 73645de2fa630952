"""The plans that `bench/plan.py` measures: made-up organisations of some sizes, and shapes that are hard in some way.

Each has a policy, facts, and the same problem as a model written by hand: columns with an upper end and a cost, and
rows that say what the sum of some columns must at least be.
"""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence
from typing import Any

from plan_model import Case, Model
from plan_shapes import SHAPES

AREAS = ("data", "infra", "apps", "security", "work", "digital")
INTERMEDIATE = {
    "data": (1, 2, 3),
    "infra": (2, 6, 7),
    "apps": (3, 10, 11),
    "security": (6, 14, 15),
    "work": (10, 14, 18),
    "digital": (1, 7, 15),
}
ADVANCED = {
    "data": (4, 5),
    "infra": (8, 9),
    "apps": (12, 13),
    "security": (16, 17),
    "work": (19, 20),
    "digital": (5, 13),
}


def cases(names: Sequence[str]) -> list[Case]:
    """The cases of these names: `PEOPLE/CUSTOMERS/DESIGNATIONS/SEED`, or a shape."""
    return [_sized(name) if "/" in name else SHAPES[name](name) for name in names]


def _sized(name: str) -> Case:
    people, customers, designations, seed = map(int, name.split("/"))
    return sized(name, people, customers, AREAS[:designations], random.Random(seed))


def sized(name: str, people: int, customers: int, areas: Sequence[str], draw: random.Random) -> Case:
    """Designations with certificates in common, for so many people and customers."""
    advanced = {each for area in areas for each in ADVANCED[area]}
    every = sorted({each for area in areas for each in (*INTERMEDIATE[area], *ADVANCED[area])})
    pace = [draw.choice((6, 8, 10, 12, 15)) for _ in range(people)]
    held = {
        (person, each)
        for person in range(people)
        for each in every
        if draw.random() < (0.007 if each in advanced else 0.02) * 50 / people
    }
    segments: list[tuple[int, str, str, int]] = []
    for customer in range(customers):
        for area in draw.sample(areas, min(len(areas), draw.choice((1, 2)))):
            chance = draw.random()
            won = draw.random() < 0.3
            status = "closed" if chance >= 0.6 else "open"
            if chance < 2 / customers:
                status = "won" if won else "active"
            segments.append((customer, area, status, draw.randint(20, 90) * 10))
    usage = {area: (draw.randint(0, 120), draw.choice((8, 10, 14))) for area in areas}
    facts: dict[str, list[dict[str, Any]]] = {
        "Employee": [{"person": f"p{each}", "pace": of} for each, of in enumerate(pace)],
        "Certificate": [{"holder": f"p{person}", "cert": f"c{each}"} for person, each in sorted(held)],
        "Segment": [{"customer": f"k{c}", "area": a, "status": s, "price": p} for c, a, s, p in segments],
        "Win": [],
        "Consumption": [{"area": area, "base": base, "price": price} for area, (base, price) in usage.items()],
    }
    return Case(
        name, _policy(areas, every, advanced), facts, _model(areas, every, advanced, pace, held, segments, usage)
    )


def _model(
    areas: Sequence[str],
    every: Sequence[int],
    advanced: set[int],
    pace: Sequence[int],
    held: set[tuple[int, int]],
    segments: Sequence[tuple[int, str, str, int]],
    usage: Mapping[str, tuple[int, int]],
) -> Model:
    model = Model()
    certify = {
        (person, each): model.column(1, of * (180 if each in advanced else 60) + 13 * each)
        for person, of in enumerate(pace)
        for each in every
        if (person, each) not in held
    }
    for area in areas:
        opened = [model.column(1, price) for _, a, status, price in segments if (a, status) == (area, "open")]
        won = sum((a, status) == (area, "won") for _, a, status, _ in segments)
        active = sum(a == area and status in ("won", "active") for _, a, status, _ in segments)
        base, price = usage[area]
        points: list[tuple[int, int]] = []

        def part(full: int, weight: int, columns: Sequence[int], have: int, least: int = 0, to: Any = points) -> None:
            column = model.column(full)
            model.at_least([*((each, 1) for each in columns), (column, -1)], -have)
            to.append((column, weight))
            if least:
                model.at_least([(column, 1)], least)

        def certified(several: Sequence[int]) -> tuple[list[int], int]:
            columns, have = [], 0
            for person in range(len(pace)):
                if any((person, each) in held for each in several):
                    have += 1
                else:
                    columns.append(model.column(1))
                    model.at_least([*((certify[person, each], 1) for each in several), (columns[-1], -1)], 0)
            return columns, have

        # In 300ths of a point: 2 a customer, 40/12 and 20/6 a person, 15/500 a unit of usage, 5/25 a deployment.
        part(10, 600, opened, won, 2)
        part(12, 1000, *certified(INTERMEDIATE[area]), 4)
        part(6, 1000, *certified(ADVANCED[area]), 1)
        part(500, 9, [model.column(600, price)], base)
        part(25, 60, opened, active)
        model.at_least(points, 70 * 300)
    return model


def _policy(areas: Sequence[str], every: Sequence[int], advanced: set[int]) -> str:
    def per_area(name: str, of: Mapping[str, tuple[int, ...]]) -> str:
        rows = "".join(f"  {area}  {{ {', '.join(f'c{each}' for each in of[area])} }}\n" for area in areas)
        return f"parameter {name} for Area set of Cert\n{rows}"

    prices = "".join(f"  c{each}  {180 if each in advanced else 60} USD\n" for each in every)
    extras = "".join(f"  c{each}  {13 * each} USD\n" for each in every)
    designations = "".join(
        f"""designation {area} "D {area}"
  require total "70 points" capability({area}) at least 70
  require customers "2 new" won({area}) at least 2
  require people "4 people" certified_i({area}) at least 4
  require experts "1 expert" certified_a({area}) at least 1
"""
        for area in areas
    )
    return f"""policy synth "Synthetic"
enum Area {{ {", ".join(areas)} }}
enum Cert {{ {", ".join(f"c{each}" for each in every)} }}
enum Status {{ won, active, open, closed }}
entity Person
entity Customer
record Employee
  person  Person
  pace    count 1 to 100
  unique person
record Certificate
  holder  Person
  cert    Cert
  unique holder, cert
record Segment
  customer  Customer
  area      Area
  status    Status
  price     count 0 to 100_000
  unique customer, area
record Win
  customer  Customer
  area      Area
  unique customer, area
record Consumption
  area  Area
  base  count 0 to 100_000
  price count 0 to 1_000
  unique area
{per_area("intermediate", INTERMEDIATE)}{per_area("advanced", ADVANCED)}parameter price_of for Cert money USD
{prices}parameter extra_of for Cert money USD
{extras}
measure certified_i(a Area) count 0 to 1_000_000
  distinct c.holder among Certificate c where c.cert in intermediate(a)
measure certified_a(a Area) count 0 to 1_000_000
  distinct c.holder among Certificate c where c.cert in advanced(a)
measure won(a Area) count 0 to 1_000_000
  (count of Segment s where s.area is a and s.status is won) + (count of Win w where w.area is a)
measure active(a Area) count 0 to 1_000_000
  won(a) + (count of Segment s where s.area is a and s.status is active)
measure usage(a Area) count 0 to 1_000_000
  sum of u.base among Consumption u where u.area is a
score capability(a Area) out of 100
  part customers up to 20 in proportion to won(a) full at 10
  part people up to 40 in proportion to certified_i(a) full at 12
  part experts up to 20 in proportion to certified_a(a) full at 6
  part growth up to 15 in proportion to usage(a) full at 500
  part deployed up to 5 in proportion to active(a) full at 25
{designations}change certify(e Employee, c Cert) "Certify {{e.person}}: {{c}}"
  when no Certificate x where x.holder is e.person and x.cert is c
  adds Certificate {{ holder: e.person, cert: c }}
  cost e.pace * price_of(c) + extra_of(c)
  takes 6 weeks
change activate(s Segment) "Activate {{s.customer}} for {{s.area}}"
  when s.status is open
  adds Win {{ customer: s.customer, area: s.area }}
  cost s.price * 1 USD
  takes 4 weeks
change grow(u Consumption) by 1 to 600 "Grow {{u.area}} by {{n}}"
  raises u.base by 1
  cost u.price * 1 USD each
  takes 4 weeks
"""


# ---------------------------------------------------------------- shapes


SIZES = tuple(
    f"{people}/{customers}/{designations}/{seed}"
    for people, customers in ((50, 100), (300, 1_000), (2_000, 10_000))
    for designations in (1, 5, 6)
    for seed in range(3)
)
