"""Random policies over fields that may be missing and can then be few things, so that all of them can be tried."""

from __future__ import annotations

import datetime
import itertools
from collections.abc import Iterator
from dataclasses import replace
from random import Random
from typing import Any

from attain_compiler.model import program as model
from attain_compiler.model.types import EnumType, Simple
from attain_engine.facts.model import UNKNOWN, Facts, Row
from tests.oracle.facts_generator import random_rows
from tests.oracle.samples import Samples

VOCABULARY = """\
policy random "A random policy"
  in force from 2020-01-01

enum Level { low, middle, high }

record Firm one row
  staff  count? 0 to 4
  rooms  count? 1 to 3
  level  Level?
  open   flag?

record Deal
  value  count? 0 to 3
  level  Level?
  won    flag?
  price  money USD

parameter worth_of for Level count
  low 0, middle 2, otherwise 3

parameter rate for count points
  less than 2   1 points
  from 2 to 3   4 points
  otherwise     9 points
"""


def random_policy_over_unknowns(rng: Random) -> str:
    """The text of a policy with the designation `goal`."""
    return VOCABULARY + "\n" + _Writer(rng).declarations()


class _Writer:
    def __init__(self, rng: Random) -> None:
        self.rng = rng
        self.measures: list[str] = []
        self.total = False

    def declarations(self) -> str:
        pick = self.rng.choice
        written = []
        for number in range(self.rng.randrange(1, 4)):
            written.append(f"measure m{number} number\n  {self.number('', 2)}\n")
            self.measures.append(f"m{number}")
        parts = []
        for number in range(self.rng.randrange(1, 4)):
            way = pick(
                [
                    f"in proportion to {self.number('', 1)} full at {pick(['3', '2.5', 'the Firm.rooms'])}",
                    f"2.5 points for each {self.number('', 1)}",
                    f"all or nothing when {self.condition('', 1)}",
                    "worth rate(the Firm.staff)",
                ]
            )
            gate = f" only if {self.condition('', 1)}" if self.rng.random() < 0.3 else ""
            parts.append(f"  part p{number} up to {pick([5, 10])} {way}{gate}\n")
        written.append("score total out of 30\n" + "".join(parts))
        self.total = True
        lines = []
        tracked = self.rng.random() < 0.3
        if tracked:
            lines.append(
                pick(
                    [
                        "  any for t in { the Firm.level }\n",
                        f"  best for t in Level by worth_of(t) + {self.number('', 1)}\n",
                        "  best for t in { the Firm.level, middle } by worth_of(t)\n",
                    ]
                )
            )
        for number in range(self.rng.randrange(1, 3)):
            condition = self.condition("", 2)
            if tracked and self.rng.random() < 0.5:
                condition = pick([f"t is {pick(LEVELS)}", f"worth_of(t) at least {self.number('', 1)}"])
            lines.append(f'  require r{number} "R" {condition}\n')
        written.append('designation goal "Goal"\n' + "".join(lines))
        written += self.left_out()
        return "\n".join(written)

    def left_out(self) -> Iterator[str]:
        """Deals that count nowhere, or not in one measure, for something that may not be known."""
        pick, rng = self.rng.choice, self.rng
        for number in range(pick([0, 1, 2])):
            one, other = (_Writer(rng).condition("d", 1) for _ in range(2))
            condition = pick([one, f"{one} and {other}", f"not ({one} and {other})", f"not ({one} or {other})"])
            yield f'excluded Deal d "Reason {number}"{pick(["", "", " from m0"])}\n  when {condition}\n'
        if rng.random() < 0.2:
            yield "precedence Deal d for each d.price by d.level\n  high over middle over low\n"

    def number(self, row: str, depth: int) -> str:
        pick, rng = self.rng.choice, self.rng
        leaves = ["the Firm.staff", "the Firm.rooms", str(rng.randrange(5)), "worth_of(the Firm.level)"]
        leaves += [f"{row}.value", f"worth_of({row}.level)"] if row else self.measures
        if depth == 0:
            return pick(leaves)
        one, other = (self.number(row, depth - 1) for _ in range(2))
        ways = [
            pick(leaves),
            f"({one} {pick(['+', '-', '+'])} {other})",
            f"({one} * {other})",
            f"(greatest of ({one}, {other}))",
            f"(least of ({one}, {other}))",
            f"({one} rounded {pick(['down', 'up', 'half up', 'half even'])} to {pick([2, 3, 0.5])})",
        ]
        if not row:
            inner, where = self.number("d", depth - 1), self.condition("d", depth - 1)
            ways += [
                f"(count of Deal d where {where})",
                f"(sum of {inner} among Deal d where {pick([where, 'd.price at least 5 USD'])})",
                f"(distinct {pick(['d.value', 'd.level'])} among Deal d)",
                f"({pick(['greatest', 'least'])} of {inner} among Deal d where {where} else {rng.randrange(3)})",
                f"(average of {inner} among Deal d else 1)",
            ]
        return pick(ways)

    def condition(self, row: str, depth: int) -> str:
        pick, rng = self.rng.choice, self.rng
        sign = pick(["at least", "at most", "more than", "less than", "is", "is not"])
        compared = f"{self.number(row, max(depth - 1, 0))} {sign} {self.number(row, max(depth - 1, 0))}"
        if row:
            leaves = [f"{row}.won", f"{row}.level is {pick(LEVELS)}", f"{row}.level is the Firm.level", compared]
        else:
            leaves = ["the Firm.open", f"the Firm.level is {pick(LEVELS)}", compared, compared]
            if self.total:
                leaves += [f"total at least {rng.randrange(1, 20)}"] * 2
            fields = ["the Firm.staff", "the Firm.rooms", "worth_of(the Firm.level)"]
            ratio = f"({pick(fields)} + {rng.randrange(3)}) / ({pick(fields)} - {rng.randrange(3)})"
            leaves.append(f"({ratio} else {pick(['0%', '60%'])}) {sign} {pick(['0%', '50%', '100%'])}")
        if depth == 0:
            return f"({pick(leaves)})"
        one, other = self.condition(row, depth - 1), self.condition(row, depth - 1)
        ways = [
            *leaves,
            f"({one} and {other})",
            f"({one} or {other})",
            f"({one} or not ({one}))",
            f"not ({one})",
            f"any of ({one}, {other}, {compared})",
        ]
        if not row:
            where = self.condition("d", depth - 1)
            ways += [f"{pick(['some', 'no'])} Deal d where {where}", f"every Deal d has {where}"]
        return f"({pick(ways)})"


LEVELS = ("low", "middle", "high")


def random_facts_with_unknowns(program: model.Program, on: datetime.date, rng: Random, rows: int) -> Iterator[Facts]:
    """Facts one after the other, with as many rows of a record at the most, half of what may be missing left out."""
    samples = Samples(program, on, rng)
    while True:
        drawn = {record.id: random_rows(record, samples, rows, 0.5) for record in program.records.values()}
        tables = {record: tuple(Row(record, row) for row in rows) for record, rows in drawn.items()}
        yield Facts("a random organisation", tables, {}, True)


def completions(program: model.Program, facts: Facts) -> Iterator[Facts]:
    """The facts with everything that is missing filled in, in every way there is."""
    missing = [
        (row, field)
        for record, rows in facts.tables.items()
        for row in rows
        for field in program.records[record].fields
        if row.values[field.name] is UNKNOWN
    ]
    for values in itertools.product(*(_values(program, field) for _, field in missing)):
        filled: dict[Row, dict[str, Any]] = {}
        for (row, field), value in zip(missing, values, strict=True):
            filled.setdefault(row, {})[field.name] = value
        tables = {
            record: tuple(Row(row.record, {**row.values, **filled.get(row, {})}) for row in rows)
            for record, rows in facts.tables.items()
        }
        yield replace(facts, tables=tables)


def number_of_completions(program: model.Program, facts: Facts) -> int:
    """How many ways there are to fill in what is missing."""
    number = 1
    for record, rows in facts.tables.items():
        for row, field in itertools.product(rows, program.records[record].fields):
            if row.values[field.name] is UNKNOWN:
                number *= len(_values(program, field))
    return number


def _values(program: model.Program, field: model.Field) -> list[Any]:
    match field.type:
        case Simple(kind="flag"):
            return [False, True]
        case EnumType(id=enum):
            return [member.constant for member in program.enums[enum].members]
        case _:
            low: Any = field.low
            high: Any = field.high
            return list(range(low, high + 1))


CHANGES = (
    'change hire(f Firm) by 1 to 2 "Hire {n}"\n  raises f.staff by 1\n  cost {cost} USD each\n',
    'change win(d Deal) "Win"\n  {when}sets d.won to yes\n  cost {cost} USD\n',
    'change deal "Deal"\n  {when_firm}adds Deal { value: 2, level: high, won: yes, price: 9 USD }\n  cost {cost} USD\n',
    'change drop(d Deal) "Drop"\n  {when}removes d\n  cost {cost} USD\n  takes 3 days\n',
    'change rise(d Deal) "Rise"\n  sets d.level to high\n  sets d.value to 3\n  cost {cost} USD\n',
    'change open_up(f Firm) "Open"\n  sets f.open to yes\n  cost {cost} USD\n',
)


def random_planning_policy_over_unknowns(rng: Random) -> str:
    """The text of a policy with the designation `goal`, which a few changes often reach, whatever is unknown."""
    pick, writer = rng.choice, _Writer(rng)
    measures = {
        "won": "count of Deal d where d.won",
        "high": "count of Deal d where d.level is high",
        "value": "sum of d.value among Deal d",
        "best": "greatest of d.value among Deal d where d.won else 0",
        "price": "sum of worth_of(d.level) among Deal d where d.price at least 5 USD",
    }
    written = [f"measure {name} number\n  {body}\n" for name, body in measures.items()]
    written.append(
        "score total out of 20\n"
        f"  part a up to 10 in proportion to {pick(['won', 'high', 'value'])} + the Firm.staff full at {pick([4, 6])}\n"
        f"  part b up to 10 4 points for each (greatest of ({pick(['best', 'won'])}, the Firm.rooms))\n"
    )
    conditions = [f"{name} at least {rng.randrange(1, 5)}" for name in measures]
    conditions += [
        f"total at least {rng.randrange(8, 18)}",
        f"(value + the Firm.staff) at least {rng.randrange(2, 7)}",
        f"(greatest of (best, the Firm.staff)) at least {rng.randrange(2, 4)}",
        "(the Firm.staff + won) at least the Firm.rooms",
        f"any of (the Firm.staff at least 3, high at least {rng.randrange(1, 3)}, the Firm.open)",
        f"every Deal d has (d.won or d.value at most {rng.randrange(2)})",
        "(the Firm.open and won at least 1) or (not (the Firm.open) and high at least 1)",
    ]
    lines = [f'  require r{number} "R" {each}\n' for number, each in enumerate(rng.sample(conditions, pick([1, 2])))]
    written.append('designation goal "Goal"\n' + "".join(lines))
    for text in rng.sample(CHANGES, pick([2, 3])):
        when = pick(["", "", "when not (d.won)\n  ", "when d.value at least 1\n  "])
        when_firm = pick(["", "", f"when {writer.condition('', 0)}\n  "])
        text = text.replace("{cost}", str(rng.randrange(1, 6))).replace("{when}", when)
        written.append(text.replace("{when_firm}", when_firm))
    return VOCABULARY + "\n" + "\n".join(written)
