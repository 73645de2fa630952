"""Facts with other days in them, found by trying: those at the end of a length of time that a rule names, and the days
beside them. An open date with such a length added to it has no condition that a solver could settle."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Set
from contextlib import suppress

from attain_compiler.model import program as model
from attain_compiler.model.calendar import month_of, shifted
from attain_compiler.model.types import NEVER, Duration, Simple
from attain_compiler.model.walk import nodes
from attain_engine.facts.model import Facts, Row

MOST_ENDS = 8
"""So many days that parameters give are tried."""


def days_to_try(program: model.Program, on: datetime.date, looked_at: Set[str]) -> tuple[datetime.date, ...]:
    """The days from which a length of time ends or begins on the assessment date, this date, some days that parameters
    give, and the days beside all of these: as far as the declarations name them that are looked at (ids)."""
    values = [entry.value for table in program.tables.values() if table.id in looked_at for entry in table.entries]
    for declared in _deciding(program):
        if declared.id in looked_at:
            values += [each.value for each in nodes(declared) if isinstance(each, model.Constant)]
    found: dict[datetime.date, None] = {}
    for length in dict.fromkeys(each for each in values if isinstance(each, Duration)):
        for direction in (-1, 1):
            with suppress(OverflowError, ValueError):
                found.setdefault(shifted(on, length, direction), None)
    ends = sorted({each for each in values if isinstance(each, datetime.date) and on <= each < NEVER})
    found |= dict.fromkeys([on, *ends[:MOST_ENDS]])
    day = datetime.timedelta(1)
    return tuple(dict.fromkeys(each + step for each in found for step in (-day, day, 0 * day)))


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
