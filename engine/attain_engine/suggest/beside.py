"""Facts with other days in them, found by trying: those at the end of a length of time that a rule names, and the days
beside them. An open date with such a length added to it has no condition that a solver could settle."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Set
from contextlib import suppress
from fractions import Fraction
from typing import Any

from attain_compiler.model import program as model
from attain_compiler.model.calendar import month_of, shifted
from attain_compiler.model.types import NEVER, Duration, Simple
from attain_compiler.model.walk import nodes
from attain_engine.compare.editions import mentioned
from attain_engine.facts.model import Facts, Row

MOST_ENDS = 8
"""So many days that parameters give are tried."""


MOST_LENGTHS = 12
"""So many lengths of time are made of numbers."""


def days_to_try(program: model.Program, on: datetime.date, looked_at: Set[str]) -> tuple[datetime.date, ...]:
    """The days from which a length of time ends or begins on the assessment date, this date, some days that parameters
    give, and the days beside all of these: as far as the declarations name them that are looked at (ids)."""
    values = [entry.value for table in program.tables.values() if table.id in looked_at for entry in table.entries]
    for declared in _deciding(program):
        if declared.id in looked_at:
            values += [each.value for each in nodes(declared) if isinstance(each, model.Constant)]
    found: dict[datetime.date, None] = {}
    lengths = [each for each in values if isinstance(each, Duration)]
    for length in dict.fromkeys((*lengths, *_elapsed(program, looked_at))):
        for direction in (-1, 1):
            with suppress(OverflowError, ValueError):
                found.setdefault(shifted(on, length, direction), None)
    ends = sorted({each for each in values if isinstance(each, datetime.date) and on <= each < NEVER})
    found |= dict.fromkeys([on, *ends[:MOST_ENDS]])
    day = datetime.timedelta(1)
    return tuple(dict.fromkeys(each + step for each in found for step in (-day, day, 0 * day)))


def _elapsed(program: model.Program, looked_at: Set[str]) -> list[Duration]:
    """The whole numbers that the time between two days is compared with, as lengths: those in what works such a time
    out, in what asks for it, and in the parameters that these read."""
    declared = [each for each in _deciding(program) if each.id in looked_at]
    units = {each.id: [node.unit for node in nodes(each) if isinstance(node, model.Elapsed)] for each in declared}
    found: dict[Duration, None] = {}
    for each in declared:
        read = set(mentioned(each))
        for unit in {*units[each.id], *(unit for name in read for unit in units.get(name, ()))}:
            numbers: list[Any] = [node.value for node in nodes(each) if isinstance(node, model.Constant)]
            numbers += [entry.value for name in read & program.tables.keys() for entry in program.tables[name].entries]
            for number in numbers:
                if isinstance(number, int | Fraction) and not isinstance(number, bool) and number == int(number):
                    months = {"days": 0, "months": 1, "years": 12}[unit] * int(number)
                    found[Duration(abs(months), 0 if months else abs(int(number)))] = None
    return list(found)[:MOST_LENGTHS]


def with_days(
    program: model.Program, facts: Facts, days: tuple[datetime.date, ...], *, far: bool = False
) -> Iterator[Facts]:
    """The facts with one of the days in the place of a date or month of one row, in every way; `far`: only of one that
    is none of these days."""
    for record, rows in facts.tables.items():
        for row in rows:
            for field in program.records[record].fields:
                before = row.values.get(field.name)
                if field.type == Simple("date"):
                    instead: list[datetime.date | int] = list(days)
                elif field.type == Simple("month"):
                    instead = list(dict.fromkeys(month_of(each) for each in days))
                else:
                    continue
                for value in () if far and before in instead else instead:
                    if value != before:
                        other = Row(record, {**row.values, field.name: value})
                        others = tuple(other if each is row else each for each in rows)
                        yield Facts(facts.organisation, {**facts.tables, record: others}, facts.values, facts.closed)


def _deciding(program: model.Program) -> Iterator[model.Declared]:
    yield from program.defines.values()
    yield from program.measures.values()
    yield from program.exclusions.values()
    yield from program.designations.values()
