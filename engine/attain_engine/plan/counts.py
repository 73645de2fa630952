"""The days on which a count of days, months or years changes, or a date that is moved by a length many times."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Collection, Iterable, Iterator

from attain_compiler.frozen import frozen
from attain_compiler.model.types import NEVER
from attain_engine.plan.days import ONE, Shift, crossed, every_day, moved
from attain_engine.solve.deadline import look

DAY: Shift = (0, 1)

AROUND = 4
"""So many days a date that is moved by months and back may be from where it was, at the most."""


@frozen
class Count:
    """A count of steps (a day, a month, a year, or another length) between two dates, or a date that is moved by so
    many steps as a rule says. `fields` are those that the dates come from (None: it may be any); `day`: the assessment
    date is one of them, moved or not; `rows`: whatever the count is, it is so by a date of a row."""

    step: Shift
    fields: frozenset[tuple[str, str]] | None
    day: bool
    rows: bool

    def of(self, fields: Collection[tuple[str, str]]) -> bool:
        """Whether a date may come from one of some fields."""
        return self.fields is None or any(each in self.fields for each in fields)


def counted(
    bases: Iterable[datetime.date],
    shifts: Collection[Shift],
    steps: Collection[Shift],
    low: datetime.date,
    high: datetime.date,
) -> set[datetime.date]:
    """The days after `low`, up to `high`, that are reached from one of the bases in a whole number of one of the steps,
    or from which one of the bases is: with any of these moved by up to one of the shifts."""
    if not steps or low >= high:
        return set()
    if DAY in steps:
        return set(every_day(low + ONE, high))
    chains: list[Shift | None] = [None, *shifts]
    starts = {to for base in bases if base != NEVER for to in _moved(base, chains)}
    reach = max((_length(each) for each in shifts), default=0) + AROUND
    found: set[datetime.date] = set()
    ends: set[datetime.date] = set()
    for step in steps:
        for start in starts:
            look()
            for number in _numbers(start, step, low, high, reach):
                by = (step[0] * number, step[1] * number)
                end = moved(start, by)
                ends.add(end)
                found.update(_around(end, lambda day, by=by, start=start: moved(day, (-by[0], -by[1])), start))  # type: ignore[misc]
    for end in ends:
        for to in _moved(end, chains):
            found.update((to, to + ONE) if to < NEVER - ONE else ())
    found |= crossed(ends, shifts, low, high)
    return {day for day in found if low < day <= high}


def _moved(day: datetime.date, chains: Iterable[Shift | None]) -> Iterator[datetime.date]:
    for shift in chains:
        yield day if shift is None else moved(day, shift)


def _length(shift: Shift) -> int:
    """The most days that a shift may be."""
    return abs(shift[0]) * 31 + abs(shift[1])


def _numbers(start: datetime.date, step: Shift, low: datetime.date, high: datetime.date, reach: int) -> range:
    """The numbers of steps from a date, backwards if negative, that may end between two days, or so near to them."""
    longest = max(_length(step), 1)
    shortest = max(abs(step[0]) * 28 + abs(step[1]), 1)
    first, last = (low - start).days - reach, (high - start).days + reach
    least = first // longest if first > 0 else first // shortest
    most = last // shortest if last > 0 else last // longest
    return range(least - 1, most + 2)


def _around(
    end: datetime.date, back: Callable[[datetime.date], datetime.date], start: datetime.date
) -> Iterator[datetime.date]:
    """The days near one on which, moved back, they reach a date, and are past it."""
    if not datetime.date.min + 2 * AROUND * ONE < end < NEVER - 2 * AROUND * ONE:
        return
    before = back(end - (AROUND + 1) * ONE)
    for days in range(-AROUND, AROUND + 1):
        day = end + days * ONE
        now = back(day)
        if before < start <= now or before <= start < now:
            yield day
        before = now
