"""Dates, durations and rounding, spelled out."""

from __future__ import annotations

import calendar
import datetime
import math
from fractions import Fraction

from attain_compiler.model.types import NEVER, NEVER_MONTH, Duration
from tests.oracle.world import NotAllowedError

FIRST_DAY, LAST_DAY = datetime.date(1, 1, 1).toordinal(), datetime.date(9998, 12, 31).toordinal()


def shift_date(date: datetime.date, length: Duration, direction: int) -> datetime.date:
    """The date moved by the months, then by the days; a day that the target month lacks becomes its last day.

    There are dates of the years 1 to 9998 only: a date moved beyond them has no value.
    """
    if date == NEVER:
        return NEVER
    month = shift_month(month_of(date), Duration(length.months, 0), direction)
    year, month_of_year = month // 12, month % 12 + 1
    day = min(date.day, calendar.monthrange(year, month_of_year)[1])
    number = datetime.date(year, month_of_year, day).toordinal() + direction * length.days
    if not FIRST_DAY <= number <= LAST_DAY:
        raise NotAllowedError("a date outside the years 1 to 9998")
    return datetime.date.fromordinal(number)


def shift_month(month: int, length: Duration, direction: int) -> int:
    if month == NEVER_MONTH:
        return NEVER_MONTH
    assert length.days == 0, "a month is moved by months only"
    moved = month + direction * length.months
    if not 1 <= moved // 12 <= 9998:
        raise NotAllowedError("a month outside the years 1 to 9998")
    return moved


def month_of(date: datetime.date) -> int:
    return date.year * 12 + date.month - 1


def first_day(month: int) -> datetime.date:
    return NEVER if month == NEVER_MONTH else datetime.date(month // 12, month % 12 + 1, 1)


def last_day(month: int) -> datetime.date:
    if month == NEVER_MONTH:
        return NEVER
    year, month_of_year = month // 12, month % 12 + 1
    return datetime.date(year, month_of_year, calendar.monthrange(year, month_of_year)[1])


def elapsed(unit: str, first: datetime.date | int, last: datetime.date | int) -> int:
    """The whole days, months or years from `first` to `last`; the negative of the reverse where `last` is earlier."""
    if last < first:  # type: ignore[operator]
        return -elapsed(unit, last, first)
    if isinstance(first, datetime.date) and isinstance(last, datetime.date):
        if unit == "days":
            return (last - first).days
        months = month_of(last) - month_of(first)
        if shift_date(first, Duration(months, 0), 1) > last:
            months -= 1
    else:
        assert isinstance(first, int)
        assert isinstance(last, int)
        assert unit != "days"
        months = last - first
    return months if unit == "months" else months // 12


def rounded(value: int | Fraction, mode: str, step: int | Fraction) -> Fraction:
    """The multiple of `step` that the mode says."""
    steps = Fraction(value) / step
    below = math.floor(steps)
    rest = steps - below
    half = Fraction(1, 2)
    if mode == "down":
        whole = below
    elif mode == "up":
        whole = math.ceil(steps)
    elif mode == "half up":
        whole = below + 1 if rest > half or (rest == half and steps > 0) else below
    elif mode == "half even":
        whole = below + 1 if rest > half or (rest == half and below % 2 == 1) else below
    else:
        raise AssertionError(mode)
    return whole * Fraction(step)
