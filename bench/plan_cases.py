"""The plans that `bench/plan.py` measures: made-up organisations of some sizes, and shapes that are hard in some way.

Each has a policy, facts, and the same problem as a model written by hand: columns with an upper end and a cost, and
rows that say what the sum of some columns must at least be.
"""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

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


@dataclass
class Model:
    """`high` and `cost` of each whole column, from 0 up; `rows` of terms and what they must at least come to."""

    high: list[int] = field(default_factory=list)
    cost: list[int] = field(default_factory=list)
    rows: list[tuple[list[tuple[int, int]], int]] = field(default_factory=list)
    paid: int = 0
    """What a plan costs in any case."""

    def column(self, high: int, cost: int = 0) -> int:
        self.high.append(high)
        self.cost.append(cost)
        return len(self.high) - 1

    def at_least(self, terms: Sequence[tuple[int, int]], least: int) -> None:
        self.rows.append((list(terms), least))


@dataclass
class Case:
    name: str
    policy: str
    facts: Mapping[str, list[dict[str, Any]]]
    model: Model


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


def levers(name: str, count: int, need: int) -> Case:
    """Amounts that add up to one sum."""
    draw = random.Random(5)
    rows = [
        {"id": f"l{each}", "gain": draw.randint(3, 29), "price": draw.randint(100, 999), "base": 0}
        for each in range(count)
    ]
    model = Model()
    columns = [model.column(60, each["price"]) for each in rows]  # type: ignore[arg-type]
    model.at_least([(column, each["gain"]) for column, each in zip(columns, rows, strict=True)], need)  # type: ignore[misc]
    policy = f"""policy p "P"
entity Lever
record L
  id Lever
  gain count 1 to 1_000
  price count 1 to 100_000
  base count 0 to 1_000
  unique id
measure total count 0 to 10_000_000
  sum of l.gain * l.base among L l
designation d "D"
  require enough "Enough" total at least {need}
change push(l L) by 1 to 60 "Push {{l.id}} by {{n}}"
  raises l.base by 1
  cost l.price * 1 USD each
  takes 3 days each
"""
    return Case(name, policy, {"L": rows}, model)


def growth(name: str, count: int) -> Case:
    """Customers with a growth amount and a threshold each, in a score with a cap."""
    draw = random.Random(5)
    rows: list[dict[str, Any]] = []
    for each in range(count):
        seats, price = draw.randint(20, 400), draw.randint(8, 40)
        rows.append({"tenant": f"k{each}", "seats": seats, "active": draw.randint(0, seats // 2), "price": price})
    full, most = count * 150, count * 4 // 5
    model = Model()
    amounts = [model.column(each["seats"] - each["active"], each["price"]) for each in rows]
    deployed = []
    for column, each in zip(amounts, rows, strict=True):
        deployed.append(model.column(1))
        model.at_least([(column, 1), (deployed[-1], -((2 * each["seats"] + 4) // 5))], -each["active"])
    users, deployments = model.column(full), model.column(most)
    model.at_least([*((each, 1) for each in amounts), (users, -1)], -sum(each["active"] for each in rows))
    model.at_least([*((each, 1) for each in deployed), (deployments, -1)], 0)
    model.at_least([(users, 60 * most), (deployments, 40 * full)], 70 * full * most)
    policy = f"""policy p "P"
entity Tenant
record U
  tenant Tenant
  seats count 0 to 10_000
  active count 0 to 10_000
  price count 1 to 1_000
  unique tenant
measure active count 0 to 10_000_000
  sum of u.active among U u
measure deployed count 0 to 10_000
  count of U u where u.active at least 40% * u.seats
score s out of 100
  part growth up to 60 in proportion to active full at {full}
  part deployments up to 40 in proportion to deployed full at {most}
designation d "D"
  require points "70" s at least 70
change activate(u U) by 1 to u.seats - u.active "Activate {{n}} at {{u.tenant}}"
  raises u.active by 1
  cost u.price * 1 USD each
  takes 3 months
"""
    return Case(name, policy, {"U": rows}, model)


def magnitudes(name: str) -> Case:
    """10^15 dollars, in steps that do not divide each other."""
    draw = random.Random(5)
    rows = [{"id": f"c{each}", "amount": draw.randint(10**12, 2 * 10**13)} for each in range(10)]
    model = Model()
    terms = [(model.column(90, 987_654_321_987), 1_234_567_890_123) for _ in rows]
    terms += [(model.column(999, 6_123_457), 7_654_321) for _ in rows]
    model.at_least(terms, 10**15 - sum(each["amount"] for each in rows))  # type: ignore[misc]
    policy = """policy p "P"
entity Id
record C
  id Id
  amount money USD
  unique id
measure total money USD
  sum of c.amount among C c
designation d "D"
  require enough "Enough" total at least 1_000_000_000_000_000 USD
change sell(c C) by 1 to 90 "Sell {n} to {c.id}"
  raises c.amount by 1_234_567_890_123 USD
  cost 987_654_321_987 USD each
change small(c C) by 1 to 999 "Small {n} to {c.id}"
  raises c.amount by 7_654_321 USD
  cost 6_123_457 USD each
"""
    return Case(name, policy, {"C": rows}, model)


def shares(name: str) -> Case:
    """What is to lie between two shares: customers may be dropped and won."""
    draw = random.Random(5)
    rows: list[dict[str, Any]] = [
        {
            "tenant": f"k{each}",
            "kind": draw.choice(("small", "large")),
            "revenue": draw.randint(10, 900),
            "cost": draw.randint(100, 900),
        }
        for each in range(60)
    ]
    model = Model(paid=sum(each["cost"] for each in rows))
    kept = [model.column(1, -each["cost"]) for each in rows]
    won = {kind: model.column(30, 700) for kind in ("small", "large")}
    small = [(column, int(each["kind"] == "small")) for column, each in zip(kept, rows, strict=True)]
    every = [*((column, 1, of) for column, of in small), (won["small"], 1, 1), (won["large"], 1, 0)]
    model.at_least([(column, 5 * of - 2) for column, _, of in every], 0)
    model.at_least([(column, 9 - 20 * of) for column, _, of in every], 0)
    revenue = [(column, each["revenue"]) for column, each in zip(kept, rows, strict=True)]
    revenue += [(column, 250) for column in won.values()]
    model.at_least(revenue, 14_800)
    model.at_least([(column, -weight) for column, weight in revenue], -15_000)
    policy = """policy p "P"
enum Kind { small, large }
entity Tenant
record T
  tenant Tenant
  kind Kind
  revenue count 0 to 100_000
  cost count 0 to 100_000
  unique tenant
measure small_ones count 0 to 10_000
  count of T t where t.kind is small
measure large_ones count 0 to 10_000
  count of T t where t.kind is large
measure revenue count 0 to 10_000_000
  sum of t.revenue among T t
designation d "D"
  require balance "Between 40 and 45 percent small" all of
    5 * small_ones at least 2 * (small_ones + large_ones)
    20 * small_ones at most 9 * (small_ones + large_ones)
  require even "Not too much" revenue at most 15_000
  require enough "Enough" revenue at least 14_800
change drop(t T) "Drop {t.tenant}"
  removes t
  cost t.cost * 1 USD
change win(k Kind) by 1 to 30 "Win {n} {k}"
  adds T { tenant: new Tenant, kind: k, revenue: 250, cost: 100 }
  cost 700 USD each
"""
    return Case(name, policy, {"T": rows}, model)


def roles(name: str, count: int) -> Case:
    """People who each fill one role at the most."""
    draw = random.Random(5)
    people, skills = range(50), [f"s{each}" for each in range(count)]
    pace = [draw.randint(5, 40) for _ in people]
    able = {(person, skill) for person in people for skill in skills if draw.random() < 0.03}
    model = Model()
    fills = {(person, skill): model.column(1) for person in people for skill in skills}
    for (person, skill), column in fills.items():
        if (person, skill) not in able:
            model.at_least([(model.column(1, pace[person] * 10), 1), (column, -1)], 0)
    for person in people:
        model.at_least([(fills[person, skill], -1) for skill in skills], -1)
    for place, skill in enumerate(skills):
        model.at_least([(fills[person, skill], 1) for person in people], 1 + place % 2)
    wanted = "".join(f"      {1 + place % 2} with can(p, {skill})\n" for place, skill in enumerate(skills))
    policy = f"""policy p "P"
enum Skill {{ {", ".join(skills)} }}
entity Person
record E
  person Person
  pace count 1 to 100
  unique person
record Training
  person Person
  skill Skill
  unique person, skill
define can(p Person, s Skill)
  some Training t where t.person is p and t.skill is s
designation d "D"
  require crew "Crew"
    each Person p once for
{wanted}change train(e E, s Skill) "Train {{e.person}} in {{s}}"
  when not (can(e.person, s))
  adds Training {{ person: e.person, skill: s }}
  cost e.pace * 10 USD
  takes 1 month
"""
    facts: dict[str, list[dict[str, Any]]] = {
        "E": [{"person": f"p{each}", "pace": pace[each]} for each in people],
        "Training": [{"person": f"p{person}", "skill": skill} for person, skill in sorted(able)],
    }
    return Case(name, policy, facts, model)


SHAPES = {
    "levers-20": lambda name: levers(name, 20, 9_973),
    "levers-20-few": lambda name: levers(name, 20, 3_001),
    "levers-60": lambda name: levers(name, 60, 20_011),
    "growth-20": lambda name: growth(name, 20),
    "growth-60": lambda name: growth(name, 60),
    "growth-200": lambda name: growth(name, 200),
    "shares": shares,
    "roles-4": lambda name: roles(name, 4),
    "roles-8": lambda name: roles(name, 8),
    "roles-10": lambda name: roles(name, 10),
    "magnitudes": magnitudes,
}
SIZES = tuple(
    f"{people}/{customers}/{designations}/{seed}"
    for people, customers in ((50, 100), (300, 1_000), (2_000, 10_000))
    for designations in (1, 5, 6)
    for seed in range(3)
)
