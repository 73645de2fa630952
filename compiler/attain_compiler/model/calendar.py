"""Dates and months: the one rule for month ends, for the compiler and the engine alike.

Months are `year * 12 + month - 1`. Moving a date by months keeps the day of the month, or takes the last day of a month
that lacks it; days are added after. `never` moves nowhere. A date outside the years 1 to 9998 is refused.
"""

from __future__ import annotations

import datetime
from calendar import monthrange

from attain_compiler.model.types import NEVER, NEVER_MONTH, Duration

LAST_YEAR = 9998
"""The last year that dates are reckoned in: the one after it holds `never`."""


class OutsideTheCalendar(Exception):
    """A date or month was moved beyond the years 1 to 9998."""


def month_of(day: datetime.date) -> int:
    """The month of a date."""
    return NEVER_MONTH if day == NEVER else day.year * 12 + day.month - 1


def first_day(month: int) -> datetime.date:
    """The first day of a month."""
    return NEVER if month == NEVER_MONTH else datetime.date(*_year_and_month(month), 1)


def last_day(month: int) -> datetime.date:
    """The last day of a month."""
    if month == NEVER_MONTH:
        return NEVER
    year, number = _year_and_month(month)
    return datetime.date(year, number, monthrange(year, number)[1])


def _year_and_month(month: int) -> tuple[int, int]:
    year, index = divmod(month, 12)
    if not 1 <= year <= LAST_YEAR:
        raise OutsideTheCalendar
    return year, index + 1


def shifted(day: datetime.date, length: Duration, direction: int) -> datetime.date:
    """The date `length` after (direction 1) or before (-1) a date."""
    if day == NEVER:
        return NEVER
    if length.months:
        year, number = _year_and_month(month_of(day) + direction * length.months)
        day = datetime.date(year, number, min(day.day, monthrange(year, number)[1]))
    try:
        moved = day + datetime.timedelta(days=direction * length.days)
    except OverflowError:
        raise OutsideTheCalendar from None
    if moved.year > LAST_YEAR:
        raise OutsideTheCalendar
    return moved


def shifted_month(month: int, length: Duration, direction: int) -> int:
    """The month `length` (whole months) after or before a month."""
    if month == NEVER_MONTH:
        return month
    moved = month + direction * length.months
    _year_and_month(moved)
    return moved


def elapsed(unit: str, first: datetime.date | int, last: datetime.date | int) -> int:
    """How many whole days, months or years lie from one date (or month, where there are no days) to another; negative
    if `last` is earlier."""
    if isinstance(first, int) or isinstance(last, int):
        assert isinstance(first, int)
        assert isinstance(last, int)
        years, months = divmod(abs(last - first), 12)
        whole = years if unit == "years" else years * 12 + months
        return whole if first <= last else -whole
    if unit == "days":
        return (last - first).days
    if last < first:
        return -elapsed(unit, last, first)
    months = month_of(last) - month_of(first)
    # The months are whole once `first` moved by them is no later than `last` (month ends included).
    if shifted(first, Duration(months, 0), 1) > last:
        months -= 1
    return months // 12 if unit == "years" else months
