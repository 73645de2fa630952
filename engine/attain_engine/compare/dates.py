"""The days on which what is in force may change, in either edition."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from itertools import pairwise

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
    """The time from `since` to `until`, cut at each date that occurs in what was reached, in either edition."""
    cuts = {
        each for edition in (editions.base, editions.head) for name in reached for each in _cuts(edition.bare.get(name))
    }
    inside = sorted(each for each in cuts if (since is None or each > since) and (until is None or each <= until))
    starts = [since, *inside]
    found = [Interval(first, second - _DAY, first or second - _DAY) for first, second in pairwise(starts) if second]
    last = starts[-1]
    return [*found, Interval(last, until, last or until or FIRST_DATE)]


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
        match node:
            case model.Constant(type=Simple(kind="date"), value=datetime.date() as date) if date < NEVER:
                yield date
                yield date + _DAY
            case model.Constant(type=Simple(kind="month"), value=int() as month) if 12 < month < NEVER_MONTH - 1:
                yield datetime.date(month // 12, month % 12 + 1, 1)
                yield datetime.date((month + 1) // 12, (month + 1) % 12 + 1, 1)
            case _:
                pass
