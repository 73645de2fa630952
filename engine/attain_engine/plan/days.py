"""The days on which something may change: between two of them one judgement serves all days."""

from __future__ import annotations

import datetime
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import product

from attain_compiler.model.calendar import OutsideTheCalendar, first_day, last_day, month_of, shifted
from attain_compiler.model.types import NEVER, Duration
from attain_engine.evaluate import Evaluator
from attain_engine.solve.deadline import look

Shift = tuple[int, int]
"""Months and days, both of one sign: how far a date is moved."""

ONE = datetime.timedelta(days=1)
MOST_SHIFTS = 30
"""With more shifts than these, only single ones and no two after each other are followed; any day may then matter."""


@lru_cache(maxsize=200_000)
def moved(day: datetime.date, shift: Shift) -> datetime.date:
    """A date moved by a shift; beyond the calendar it is its first or last day."""
    try:
        if shift[0] < 0 or shift[1] < 0:
            return shifted(day, Duration(-shift[0], -shift[1]), -1)
        return shifted(day, Duration(*shift), 1)
    except (OutsideTheCalendar, ValueError):
        return datetime.date.min if min(shift) < 0 else NEVER - ONE


def first(holds: Callable[[datetime.date], bool], low: datetime.date, high: datetime.date) -> datetime.date | None:
    """The first day from `low` to `high` on which something that once true stays true is true."""
    span = range((high - low).days + 1)
    at = bisect_left(span, True, key=lambda days: holds(low + days * ONE))
    return low + at * ONE if at < len(span) else None


def flips(
    bases: Collection[datetime.date], shifts: Collection[Shift], low: datetime.date, high: datetime.date
) -> set[datetime.date]:
    """The days after `low`, up to `high`, from which on a comparison with one of the bases is decided otherwise: of the
    day, or of the day or the base moved by up to two of the shifts."""
    if low >= high:
        return set()
    found: set[datetime.date] = set()
    tables = _tables(frozenset(shifts), low, high)
    moved_once: dict[int, set[datetime.date]] = {0: set(), 1: set()}
    for base in bases:
        look()
        if base != NEVER:
            for chain in tables:
                to = _along(base, chain)
                found.update(_two_days(to))
                if len(chain) < 2:
                    moved_once[len(chain)].add(to)
    bases_only = sorted(moved_once[0])
    either = sorted(moved_once[0] | moved_once[1])
    for chain, table in tables.items():
        if chain:
            targets = either if len(chain) == 1 else bases_only
            found.update(table.crossed(targets[bisect_left(targets, table.first) : bisect_right(targets, table.last)]))
    return {day for day in found if low < day <= high}


def crossed(
    targets: Collection[datetime.date], shifts: Collection[Shift], low: datetime.date, high: datetime.date
) -> set[datetime.date]:
    """The days from `low` to `high` from which on the day, moved by one of the shifts, reaches one of the dates, and is
    past it."""
    found: set[datetime.date] = set()
    ordered = sorted(targets)
    for chain, table in _tables(frozenset(shifts), low, high).items():
        if len(chain) == 1:
            found.update(table.crossed(ordered[bisect_left(ordered, table.first) : bisect_right(ordered, table.last)]))
    return found


@dataclass(slots=True)
class _Table:
    """Where shifts one after another move the days from one to another."""

    chain: tuple[Shift, ...]
    low: datetime.date
    high: datetime.date
    first: datetime.date = field(init=False)
    last: datetime.date = field(init=False)
    to: list[datetime.date] | None = None

    def __post_init__(self) -> None:
        self.first, self.last = _along(self.low, self.chain), _along(self.high, self.chain)

    def crossed(self, bases: Sequence[datetime.date]) -> Iterator[datetime.date]:
        """The days from which on one that is moved reaches one of the dates, and is past it."""
        if not bases:
            return
        if self.to is None:
            days = _moved_days(self.chain[0], self.low, self.high)
            self.to = days if len(self.chain) == 1 else [moved(day, self.chain[1]) for day in days]
        for base in bases:
            for place in (bisect_left(self.to, base), bisect_right(self.to, base)):
                if place < len(self.to):
                    yield self.low + place * ONE


@lru_cache(maxsize=64)
def _moved_days(shift: Shift, low: datetime.date, high: datetime.date) -> list[datetime.date]:
    return [moved(day, shift) for day in every_day(low, high)]


@lru_cache(maxsize=16)
def _tables(shifts: frozenset[Shift], low: datetime.date, high: datetime.date) -> dict[tuple[Shift, ...], _Table]:
    """For none to two of the shifts, one after another, where they move the days from one to another."""
    chains: list[tuple[Shift, ...]] = [(), *((each,) for each in shifts)]
    if len(shifts) <= MOST_SHIFTS:
        chains += product(shifts, repeat=2)
    return {chain: _Table(chain, low, high) for chain in chains}


def _two_days(day: datetime.date) -> tuple[datetime.date, ...]:
    return (day, day + ONE) if day < NEVER - ONE else ()


def _along(day: datetime.date, chain: tuple[Shift, ...]) -> datetime.date:
    for shift in chain:
        day = moved(day, shift)
    return day


def every_day(low: datetime.date, high: datetime.date) -> list[datetime.date]:
    """All days from one to another, both included."""
    return [low + days * ONE for days in range((high - low).days + 1)]


def month_starts(low: datetime.date, high: datetime.date, shifts: Iterable[Shift] = ()) -> list[datetime.date]:
    """The first days of the months from one date to another, and of those that a shift of either end reaches."""
    ends = [low, high]
    for shift in shifts:
        ends += [moved(low, shift), moved(high, shift)]
    ends = [max(min(each, datetime.date(9990, 1, 1)), datetime.date(2, 1, 1)) for each in ends]
    return [first_day(month) for month in range(month_of(min(ends)), month_of(max(ends)) + 2)]


def fact_dates(evaluator: Evaluator, record: str) -> set[datetime.date]:
    """Every date in the rows of a record, and the ends of every month."""
    program = evaluator.program
    found: set[datetime.date] = set()
    for each in program.records[record].fields:
        kind = str(each.type)
        if kind not in ("date", "month"):
            continue
        for row, _ in evaluator.world.tables.get(record, ()):
            value = row.values[each.name]
            if isinstance(value, datetime.date):
                found.add(value)
            elif kind == "month" and isinstance(value, int):
                found.update((first_day(value), last_day(value)))
    return found - {NEVER}
