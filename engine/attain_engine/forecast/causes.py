"""Why something changes from one day to the next though nothing is done."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from attain_compiler.frozen import frozen
from attain_compiler.model import program as model
from attain_compiler.model.calendar import first_day
from attain_compiler.model.types import NEVER
from attain_engine.facts.model import Facts, Row
from attain_engine.plan.counts import counted
from attain_engine.plan.days import ONE, flips
from attain_engine.plan.lapses import named_row
from attain_engine.plan.reads import Reads

MOST_CANDIDATES = 60
"""With more rows than these whose dates it may be, they are not told apart one by one."""


@frozen
class _Dated:
    """A row with the fields whose dates may be what changes something on a day."""

    row: Row
    fields: tuple[str, ...]

    def a_day_later(self) -> Row:
        """The row as if these dates were a day later: as it was to the rules the day before."""
        later: dict[str, Any] = {name: self.row.values[name] + ONE for name in self.fields}  # type: ignore[operator]
        return Row(self.row.record, {**self.row.values, **later}, self.row.origin)


def causes(
    program: model.Program,
    facts: Facts,
    read: Reads,
    day: datetime.date,
    as_before: Callable[[Facts], bool],
) -> tuple[str, ...]:
    """What explains a change on a day; `facts` are those of the day, `as_before` says whether with other facts all that
    changed would be on that day as it was the day before. Rows are a cause where, were their dates a day later, it were
    so; of these the fewest that are found by leaving one after another out."""
    dated = list(_dated(facts, read, program, day))
    if dated and as_before(_later(facts, dated)):
        if len(dated) <= MOST_CANDIDATES:
            for each in list(dated):
                fewer = [one for one in dated if one is not each]
                if fewer and as_before(_later(facts, fewer)):
                    dated = fewer
        told = [_told(program, each) for each in dated[:MOST_CANDIDATES]]
        more = len(dated) - MOST_CANDIDATES
        return (*told, *((f"and {more:,} more",) if more > 0 else ()))
    found = [*_parameters(program, read, day)]
    if not found and day in {each + step for each in read.dates for step in (datetime.timedelta(0), ONE)}:
        found = ["a date that the policy names"]
    if not found and day == first_day(day.year * 12 + day.month - 1):
        year = "a new year: what is asked of a year, and the windows of months, move on"
        found = [year if day.month == 1 else "a new month: the windows of months move on"]
    if not found and dated:
        found = [_told(program, each) for each in dated[:MOST_CANDIDATES]]
    return tuple(found) or ("time that has passed",)


def _dated(facts: Facts, read: Reads, program: model.Program, day: datetime.date) -> Iterator[_Dated]:
    for record in sorted(read.records):
        names = [each.name for each in program.records[record].fields if str(each.type) == "date"]
        for row in facts.tables.get(record, ()) if names else ():
            fields = tuple(name for name in names if _turns(row.values[name], read, day))
            if fields:
                yield _Dated(row, fields)


def _turns(value: object, read: Reads, day: datetime.date) -> bool:
    if not isinstance(value, datetime.date) or value == NEVER:
        return False
    steps = {each.step for each in read.counts if each.day}
    return day in flips({value}, read.shifts, day - ONE, day) | counted({value}, read.shifts, steps, day - ONE, day)


def _later(facts: Facts, dated: Sequence[_Dated]) -> Facts:
    instead: Mapping[int, Row] = {id(each.row): each.a_day_later() for each in dated}
    tables = {
        record: tuple(instead.get(id(row), row) for row in rows) if rows else rows
        for record, rows in facts.tables.items()
    }
    return replace(facts, tables=tables)


def _told(program: model.Program, each: _Dated) -> str:
    dates = ", ".join(f"{name} {each.row.values[name]}" for name in each.fields)
    return f"{named_row(program, each.row)}: {dates}"


def _parameters(program: model.Program, read: Reads, day: datetime.date) -> Iterator[str]:
    """The parameters that are looked up and change on a day."""
    for table in program.tables.values():
        if table.id not in read.tables:
            continue
        begun = {each.force_from for each in table.entries}
        over = {each.force_to for each in table.entries}
        if day in begun or day - ONE in over:
            yield f"`{table.name}` changes"
