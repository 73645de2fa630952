"""Shapes of plans that are hard in some way, each beside the same problem as a model written by hand."""

from __future__ import annotations

import random
from typing import Any

from plan_model import Case, Model


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


def average(name: str) -> Case:
    """An average that is to be just so much, of rows that may be raised and added."""
    rows = [{"n": each % 9} for each in range(100)]
    model = Model()
    terms = [(model.column(50, 1), 1) for _ in rows]
    terms.append((model.column(100, 1), 1 - 7))
    missing = 7 * len(rows) - sum(each["n"] for each in rows)
    model.at_least(terms, missing)
    model.at_least([(column, -weight) for column, weight in terms], -missing)
    policy = """policy p "P"
record Item
  n count 0 to 1_000
designation d "D"
  require seven "Seven" (average of x.n among Item x else 0) is 7
change add by 1 to 100 "Add {n}"
  adds Item { n: 1 }
  cost 1 USD each
change up(i Item) by 1 to 50 "Raise by {n}"
  raises i.n by 1
  cost 1 USD each
"""
    return Case(name, policy, {"Item": rows}, model)


def band(name: str, count: int = 8) -> Case:
    """A sum of those amounts alone that lie in a band, which they may grow out of."""
    rows = [{"tenant": f"t{each}", "year": 2024, "acr": 8_000 + 130 * each} for each in range(count)]
    model = Model()
    counted = []
    for each in rows:
        steps, inside, size = model.column(50, 30), model.column(1), model.column(12_000)
        base = int(each["acr"])
        model.at_least([(steps, 100), (size, -1)], -base)
        model.at_least([(inside, 12_000), (size, -1)], 0)
        model.at_least([(steps, -100), (inside, -(base + 5_000 - 11_999))], -(base + 5_000))
        counted.append((size, 1))
    model.at_least(counted, 10_500 + sum(int(each["acr"]) for each in rows))
    policy = """policy p "P"
  in force from 2024-01-01
entity Tenant
record Usage
  tenant Tenant
  year count 2000 to 2100
  acr money USD 0 USD to 1_000_000 USD
  unique tenant, year
define acr(x Tenant, y count) as money USD
  sum of u.acr among Usage u where u.tenant is x and u.year is y
parameter small band of money USD
  from 1 USD to 12_000 USD
measure small_usage(y count) money USD 0 USD to 1_000_000_000 USD
  sum of acr(x, y) among Tenant x where acr(x, y) in small
score s out of 100
  part growth up to 100 in proportion to small_usage(2024) - small_usage(2023) full at 15_000 USD
designation d "D"
  require points "70" s at least 70
change grow(u Usage) by 1 to 50 "Grow {u.tenant} by {n}00 USD"
  when u.year is 2024
  raises u.acr by 100 USD
  cost 30 USD each
"""
    return Case(name, policy, {"Usage": [*rows, *({**each, "year": 2023} for each in rows)]}, model)


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
    "roles-20": lambda name: roles(name, 20),
    "roles-30": lambda name: roles(name, 30),
    "magnitudes": magnitudes,
    "average-100": average,
    "band-8": band,
}
