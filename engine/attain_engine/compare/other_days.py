"""Other days of an interval on which rules that look at the calendar are compared as well.

A rule that only counts the days from one date to another says the same on each day, of facts that are so many days
older. One that asks for the month, the year, or the day of the month may say something else on any.
"""

from __future__ import annotations

import datetime
from calendar import isleap
from collections.abc import Collection, Iterator

from attain_compiler.model import program as model
from attain_compiler.model.calendar import first_day, last_day, month_of
from attain_compiler.model.types import Duration
from attain_compiler.model.walk import nodes
from attain_engine.compare.dates import Interval
from attain_engine.compare.editions import Editions
from attain_engine.compare.items import Item
from attain_engine.compare.replay import evaluator_of, found_in
from attain_engine.facts.model import Facts
from attain_engine.solve.deadline import look

_DAY = datetime.timedelta(days=1)

MONTHS = 26
"""In so many months some days are tried by themselves."""

YEARS = 30
"""Of so many years the first day and the last are tried."""

LAST_YEAR = 9_000
"""From then on no other days are looked for: the calendar ends."""


def other_days(editions: Editions, item: Item, reached: Collection[str], interval: Interval) -> Iterator[datetime.date]:
    """Days on which the two editions may decide an item otherwise than on the one of an interval that is asked about:
    first those on which they do without any facts, then a few in other months and years."""
    asked = interval.asked
    if asked.year > LAST_YEAR - YEARS or not _looks_at_the_calendar(editions, reached):
        return

    def inside(day: datetime.date) -> bool:
        return (interval.since or day) <= day <= (interval.until or day) and day != asked

    for day in filter(inside, _days_from(asked)):
        look()
        if _without_facts(editions, item, day):
            yield day
            break
    several = [
        _day_of(asked, 6, 15),  # in a month of another length
        last_day(_february(asked)),
        last_day(month_of(asked) + 12 * 3),
        _day_of(asked, 12 * 11, 15),
    ]
    yield from filter(inside, several)


def _looks_at_the_calendar(editions: Editions, reached: Collection[str]) -> bool:
    declared = [each for edition in editions.both for name in reached if (each := edition.bare.get(name)) is not None]
    kinds = (model.DatePart, model.Elapsed, model.Repeated, model.Range)
    for each in declared:
        for node in nodes(each):
            if isinstance(node, kinds):
                return True
            if isinstance(node, model.Shift) and not _is_in_days(node.length):
                return True
    return False


def _is_in_days(length: model.Expression) -> bool:
    value = length.value if isinstance(length, model.Constant) else None
    return isinstance(value, Duration) and value.months == 0


def _days_from(asked: datetime.date) -> Iterator[datetime.date]:
    yield from (asked + number * _DAY for number in range(40))
    for month in range(month_of(asked), month_of(asked) + MONTHS):
        yield from (first_day(month), first_day(month) + 14 * _DAY, last_day(month))
    for year in range(asked.year, asked.year + YEARS):
        yield from (datetime.date(year, 1, 1), datetime.date(year, 12, 31))


def _day_of(asked: datetime.date, months: int, day: int) -> datetime.date:
    return first_day(month_of(asked) + months).replace(day=day)


def _february(asked: datetime.date) -> int:
    """The next February of a leap year."""
    year = asked.year + 1
    while not isleap(year):
        year += 1
    return month_of(datetime.date(year, 2, 1))


def _without_facts(editions: Editions, item: Item, day: datetime.date) -> bool:
    """Whether the two decide an item otherwise on a day for which there are no facts at all."""
    nobody = Facts("nobody", closed=True)
    one, other = (found_in(each, evaluator_of(each, nobody, day), item) for each in editions.both)
    return one is not None and other is not None and bool(one != other)
