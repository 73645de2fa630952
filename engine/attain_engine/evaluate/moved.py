"""Dates and months that come from one which is not known: moved by a length, its month, the first or last day of it.

None of these comes earlier for something later. So whether one is on or after a known day says no more and no less than
that what it comes from is on or after some day itself; and by how much a date was moved is known within a few days.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable
from functools import lru_cache
from typing import Any, Final, Literal, TypeAlias

from attain_compiler.frozen import frozen
from attain_compiler.model import calendar
from attain_compiler.model.types import DATE, MONTH, NEVER, NEVER_MONTH, Duration, Type

_BEYOND: Final = NEVER.toordinal() + 1
"""Beyond every date and month."""

Part: TypeAlias = Literal["month", "first day", "last day"]

PARTS: Final[dict[str, Callable[[Any], Any]]] = {
    "month": calendar.month_of,
    "first day": calendar.first_day,
    "last day": calendar.last_day,
}


@frozen
class Moved:
    """What comes from `of`, something unknown: its part, or it moved by a length after (direction 1) or before (-1)."""

    of: Any
    how: Part | tuple[Duration, int]


def in_order(value: Any) -> int | None:
    """The number that a known date, or month, is in the order of all; None of no end."""
    return value.toordinal() if isinstance(value, datetime.date) else value


@lru_cache(maxsize=10_000)
def earliest(how: Part | tuple[Duration, int], of: Type, wanted: int) -> int | None:
    """The number of the earliest date or month which comes to `wanted`, or to what is later; None if none does."""
    low, high = (1, NEVER.toordinal()) if of == DATE else (12, NEVER_MONTH)
    if _comes_to(how, of, high) < wanted:
        return None
    while low < high:
        middle = (low + high) // 2
        if _comes_to(how, of, middle) >= wanted:
            high = middle
        else:
            low = middle + 1
    return low


def _comes_to(how: Part | tuple[Duration, int], of: Type, number: int) -> int:
    """The number of what a date or month comes to; beyond all of them where it lies outside the calendar."""
    value: Any = datetime.date.fromordinal(number) if of == DATE else number
    last = datetime.date(calendar.LAST_YEAR, 12, 31).toordinal() if of == DATE else calendar.LAST_YEAR * 12 + 11
    try:
        if isinstance(how, str):
            found = PARTS[how](value)
        else:
            found = (calendar.shifted_month if of == MONTH else calendar.shifted)(value, *how)
    except calendar.OutsideTheCalendar:
        before = number <= last and isinstance(how, tuple) and how[1] < 0
        return -1 if before else _BEYOND
    number_found = in_order(found)
    assert number_found is not None
    return number_found


def distance(how: Part | tuple[Duration, int], of: Type, *, never: bool) -> tuple[int, int] | None:
    """By how much a date or month is moved, at the least and at the most, in days or months; `never` says that it may
    be `never`, which is moved nowhere. None where it becomes something of another kind."""
    if isinstance(how, str):
        return None
    length, direction = how
    if of == MONTH:
        ends = (length.months, length.months)
    else:  # of so many months in a row, none has fewer than 28 and none more than 31 days
        ends = (28 * length.months + length.days, 31 * length.months + length.days)
    low, high = sorted(direction * each for each in ends)
    return (min(low, 0), max(high, 0)) if never else (low, high)
