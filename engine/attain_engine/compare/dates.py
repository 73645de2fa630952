"""The days on which what is in force may change, in either edition."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from itertools import pairwise
from typing import Any

from attain_compiler.frozen import frozen
from attain_compiler.model import program as model
from attain_compiler.model.types import NEVER, NEVER_MONTH, Simple
from attain_compiler.model.walk import nodes
from attain_engine.check.judged_on import FIRST_DATE
from attain_engine.compare.editions import Editions

_DAY = datetime.timedelta(days=1)


@frozen
class Interval:
    """Days from `since` to `until` (None: open), all of which are judged alike; `asked` is one of them."""

    since: datetime.date | None
    until: datetime.date | None
    asked: datetime.date


def intervals(
    editions: Editions, reached: set[str], since: datetime.date | None, until: datetime.date | None
) -> list[Interval]:
    """The time from `since` to `until`, cut at each date that occurs in what was reached, in either edition; of the
    dates that a parameter gives, at those that the other edition does not give."""
    both = (editions.base.bare, editions.head.bare)
    cuts = {each for bare in both for name in reached for each in _cuts(bare.get(name))}
    cuts |= {each for name in reached for each in _of_values(*(bare.get(name) for bare in both))}
    inside = sorted(each for each in cuts if (since is None or each > since) and (until is None or each <= until))
    starts = [since, *inside]
    found = [Interval(first, second - _DAY, first or second - _DAY) for first, second in pairwise(starts) if second]
    last = starts[-1]
    return [*found, Interval(last, until, last or until or FIRST_DATE)]


def _of_values(one: Any, other: Any) -> Iterator[datetime.date]:
    """The dates and months that a parameter gives in one edition only."""
    if not isinstance(one, model.Table) or not isinstance(other, model.Table):
        return
    for entry in {*one.entries} ^ {*other.entries}:
        for value in entry.value if isinstance(entry.value, frozenset) else (entry.value,):
            yield from _around(value, one.type)


def _around(value: Any, type_: Any) -> Iterator[datetime.date]:
    """A date, or the first day of a month, and what follows it."""
    if isinstance(value, datetime.date) and value < NEVER:
        yield value
        yield value + _DAY
    elif type_ == Simple("month") and isinstance(value, int) and 12 < value < NEVER_MONTH - 1:
        yield datetime.date(value // 12, value % 12 + 1, 1)
        yield datetime.date((value + 1) // 12, (value + 1) % 12 + 1, 1)


def _cuts(declared: model.Node | None) -> Iterator[datetime.date]:
    if declared is None:
        return
    if isinstance(declared, model.Table):
        for entry in declared.entries:
            if entry.force_from is not None:
                yield entry.force_from
            if entry.force_to is not None and entry.force_to < datetime.date.max:
                yield entry.force_to + _DAY
        return
    for node in nodes(declared):
        if isinstance(node, model.Constant):
            yield from _around(node.value, node.type)
