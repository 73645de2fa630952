"""The facts of a later day: records that continue have rows for the months since, and all others stay as they are."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import replace

from attain_compiler.model import program as model
from attain_compiler.model.calendar import month_of
from attain_compiler.model.types import NEVER
from attain_engine.evaluate import World, world_of
from attain_engine.facts.model import Facts, Row


class Continued:
    """The rows of every day from `on`, the assessment date, on.

    Of a record that continues each month or year the newest month L is repeated (or the months of a year before) up to
    the month that is as far before the day as L is before `on`. Of one that continues each day, the `daily` ones, the
    date of each row is as many days before the day as it is before `on`. A row that stands for another is the same one
    each time.
    """

    def __init__(self, program: model.Program, facts: Facts, on: datetime.date) -> None:
        self.program = program
        self.facts = facts
        self.on = on
        self._worlds: dict[object, World] = {}
        self._moved: dict[tuple[Row, int], Row] = {}
        self._copies: dict[tuple[Row, int], Row] = {}
        self.records = tuple(each for each in program.records.values() if each.continues and facts.tables.get(each.id))
        self.daily = frozenset(each.id for each in program.records.values() if each.daily and facts.tables.get(each.id))
        self._newest = {each.id: self._newest_month(each, facts.tables[each.id]) for each in self.records}

    def untold(self) -> dict[str, list[int]]:
        """The months between the oldest and the newest of a record that goes on of which the facts have no row."""
        found = {}
        for record in self.records:
            told = {row.values[record.month.name] for row in self.facts.tables[record.id]}
            months = sorted(each for each in told if isinstance(each, int))
            missing = [each for each in range(months[0], months[-1]) if each not in told]
            if missing:
                found[record.id] = missing
        return found

    def filled(self, day: datetime.date) -> Facts:
        """The facts of a day as they are if each untold month was as the one before it."""
        facts = self.on_day(day)
        tables = dict(facts.tables)
        for record, missing in self.untold().items():
            name = self.program.records[record].month.name
            rows = list(tables[record])
            for month in missing:
                before = [row for row in rows if row.values[name] == month - 1]
                rows += [self.repeated(row, 1) for row in before]
            tables[record] = tuple(rows)
        return replace(facts, tables=tables)

    @staticmethod
    def _newest_month(record: model.Record, rows: Sequence[Row]) -> int:
        return max(month for row in rows if isinstance(month := row.values[record.month.name], int))

    def repeated(self, row: Row, ahead: int) -> Row:
        """The row that repeats another so many months later (0: the row itself)."""
        if not ahead:
            return row
        known = self._copies.get((row, ahead))
        if known is None:
            name = self.program.records[row.record].month.name
            month = row.values[name]
            assert isinstance(month, int)
            known = Row(row.record, {**row.values, name: month + ahead}, row.origin)
            self._copies[row, ahead] = known
        return known

    def moved(self, row: Row, day: datetime.date) -> Row:
        """A row as it is on a day: of a record that continues each day, its date is as long ago as it was."""
        days = (day - self.on).days
        if row.record not in self.daily or not days:
            return row
        known = self._moved.get((row, days))
        if known is None:
            name = self.program.records[row.record].day.name
            date = row.values[name]
            known = row
            if isinstance(date, datetime.date) and date != NEVER:
                known = Row(row.record, {**row.values, name: date + datetime.timedelta(days)}, row.origin)
            self._moved[row, days] = known
        return known

    def ahead(self, day: datetime.date) -> int:
        """How many months a day is after the assessment date."""
        return month_of(day) - month_of(self.on)

    def repeats(self, row: Row, day: datetime.date) -> tuple[int, ...]:
        """How many months ahead a row is repeated by a day, itself (0) included."""
        record = self.program.records[row.record]
        every = record.continues
        newest = self._newest.get(row.record)
        month = row.values[record.month.name] if every else None
        if every is None or newest is None or not isinstance(month, int) or month <= newest - every:
            return (0,)
        return (0, *range(every, newest + self.ahead(day) - month + 1, every))

    def touched(self, row: Row, done: datetime.date, day: datetime.date) -> tuple[Row, ...]:
        """The rows that a change to a row changes, as they are on a day, where the change is done on another: where the
        row is repeated, the newest on the day it is done and all later ones."""
        if row.record in self.daily:
            return (self.moved(row, day),)
        repeats = self.repeats(row, day)
        if len(repeats) == 1:
            return (row,)
        newest = self.repeats(row, done)[-1]
        return tuple(self.repeated(row, ahead) for ahead in repeats if ahead >= newest)

    def every(self, row: Row, day: datetime.date) -> tuple[Row, ...]:
        """A row with those that repeat it by a day."""
        if row.record in self.daily:
            return (self.moved(row, day),)
        return tuple(self.repeated(row, ahead) for ahead in self.repeats(row, day))

    def standing(self, row: Row, day: datetime.date) -> Row:
        """The row that stands for a row of the facts on a day: the newest that repeats it."""
        return self.repeated(self.moved(row, day), self.repeats(row, day)[-1])

    def later(self, added: Row, day: datetime.date) -> tuple[Row, ...]:
        """A row that a change adds, with those that repeat it by a day."""
        record = self.program.records[added.record]
        newest = self._newest.get(added.record)
        month = added.values[record.month.name] if record.continues else None
        if newest is None or not isinstance(month, int) or record.continues is None:
            return (added,)
        aheads = range(0, newest + self.ahead(day) - month + 1, record.continues)
        return tuple(self.repeated(added, each) for each in aheads) or (added,)

    def on_day(self, day: datetime.date) -> Facts:
        """The facts of a day, nothing done."""
        if day <= self.on or not (self.daily or (self.records and self.ahead(day))):
            return self.facts
        tables: dict[str, tuple[Row, ...]] = dict(self.facts.tables)
        for daily in self.daily:
            tables[daily] = tuple(self.moved(row, day) for row in tables[daily])
        for record in self.records:
            rows = tables[record.id]
            tables[record.id] = tuple(self.repeated(row, ahead) for row in rows for ahead in self.repeats(row, day))
        return replace(self.facts, tables=tables)

    def world(self, day: datetime.date) -> World:
        """The world of a day, nothing done."""
        key: object = day if self.daily else self.ahead(day) if self.records else None
        known = self._worlds.get(key)
        if known is None:
            known = self._worlds[key] = world_of(self.program, self.on_day(day))
        return known
