"""Ranges of one ordered type: whether they overlap, and what lies between them."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from typing import Any

from attain_compiler.frozen import frozen
from attain_compiler.model.types import COUNT, DATE, MONTH, Band, Type, Value

_DAY = datetime.timedelta(days=1)


@frozen
class Interval:
    """A range; None is an open end. Of counts, months and days both ends are included."""

    low: Any
    high: Any
    low_included: bool
    high_included: bool


def interval(key: Value, type_: Type) -> Interval:
    """The range of a band, or of a single value."""
    if not isinstance(key, Band):
        return Interval(key, key, True, True)
    step: Any = _DAY if type_ == DATE else 1 if type_ in (COUNT, MONTH) else None
    low: Any = key.low
    high: Any = key.high
    if step is None:
        return Interval(low, high, key.low_included, key.high_included)
    if low is not None and not key.low_included and low != datetime.date.max:
        low = low + step
    if high is not None and not key.high_included and high != datetime.date.min:
        high = high - step
    return Interval(low, high, True, True)


def overlap(a: Interval, b: Interval) -> bool:
    """Whether some value lies in both."""
    return _starts_before_end(a, b) and _starts_before_end(b, a)


def _starts_before_end(a: Interval, b: Interval) -> bool:
    if a.low is None or b.high is None:
        return True
    return bool(a.low < b.high or (a.low == b.high and a.low_included and b.high_included))


def by_start(intervals: Sequence[Interval]) -> list[int]:
    """The positions of the ranges, ordered by where they start."""
    opened = [i for i, each in enumerate(intervals) if each.low is None]
    closed = [i for i, each in enumerate(intervals) if each.low is not None]
    return opened + sorted(closed, key=lambda i: (intervals[i].low, not intervals[i].low_included))


def touches(before: Interval, after: Interval, type_: Type) -> bool:
    """Whether nothing lies between the end of one range and the start of the next."""
    if before.high is None or after.low is None or overlap(before, after):
        return True
    if type_ == DATE:
        return bool(before.high + _DAY >= after.low)
    if type_ in (COUNT, MONTH):
        return bool(before.high + 1 >= after.low)
    return bool(before.high == after.low and (before.high_included or after.low_included))


def reaches_further(a: Interval, b: Interval) -> bool:
    """Whether `a` ends after `b`."""
    if a.high is None or b.high is None:
        return b.high is not None
    return bool(a.high > b.high or (a.high == b.high and a.high_included and not b.high_included))
