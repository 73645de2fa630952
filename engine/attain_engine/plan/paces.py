"""Limits in time of changes: `at most N each month`, `each year`, `at a time`, `for each p`."""

from __future__ import annotations

import datetime
from collections.abc import Collection, Iterator, Sequence
from typing import Any

from attain_compiler.model import program as model
from attain_compiler.model.calendar import month_of, shifted
from attain_compiler.model.types import Duration
from attain_engine.open import quantities
from attain_engine.open.conditions import Condition
from attain_engine.plan.candidates import Candidate, settled
from attain_engine.plan.timeline import Timeline
from attain_engine.solve.deadline import look


def paces(timeline: Timeline, found: Sequence[Candidate]) -> Iterator[Condition]:
    """That the candidates that are found keep to the limits."""
    for pace, most, group in paced(timeline, found):
        for together_ in _periods(pace.span_of, group):
            units = quantities.total(each.quantity() for each in together_)
            yield quantities.compare("<=", units, most)


def paced(timeline: Timeline, found: Sequence[Candidate]) -> Iterator[tuple[model.Pace, Any, list[Candidate]]]:
    """The limits in time of changes, each with its number and the candidates that it limits together."""
    changes = {each.change.id: each.change for each in found}
    for change in changes.values():
        mine = [each for each in found if each.change.id == change.id]
        for pace in change.paces:
            most = settled(timeline.now, change, pace.number, ())
            apart: dict[Any, list[Candidate]] = {}
            for each in mine:
                apart.setdefault(None if pace.parameter is None else each.arguments[pace.parameter], []).append(each)
            for group in apart.values():
                yield pace, most, group


def _periods(span_of: str, group: Sequence[Candidate]) -> Iterator[list[Candidate]]:
    times = [(each, each.timing) for each in group if each.timing is not None]
    if span_of == "plan":
        yield list(group)
    elif span_of == "at a time":
        for begin in sorted({(timing.start, timing.begun) for _, timing in times}):
            yield [each for each, timing in times if (timing.start, timing.begun) <= begin < (timing.end, timing.done)]
    else:
        periods: dict[int, list[Candidate]] = {}
        for each, timing in times:
            period = month_of(timing.start) if span_of == "month" else timing.start.year
            periods.setdefault(period, []).append(each)
        yield from periods.values()


def most_done(
    day: datetime.date,
    begin: datetime.date,
    lengths: Collection[Duration],
    limits: Sequence[tuple[str, int]],
    enough: int,
) -> int:
    """How many steps may be made by a day, of so many (`enough`), that begin on a day or later and take one of these
    lengths, within limits for spans of time: each is begun as soon as those before it let it. No plan makes more: the
    later one is begun, the later is the next."""
    starts: list[datetime.date] = []
    for number in range(enough):
        look()
        start = starts[-1] if starts else begin
        for span, most in limits:
            if number < most:
                continue
            if span == "plan" or most <= 0:
                return number
            start = max(start, _next(span, starts[number - most], lengths))
        if all(shifted(start, each, 1) > day for each in lengths):
            return number
        starts.append(start)
    return enough


def _next(span: str, start: datetime.date, lengths: Collection[Duration]) -> datetime.date:
    """The first day on which a step may begin in whose span no other may that began on a day."""
    if span == "at a time":
        return min(shifted(start, each, 1) for each in lengths)
    year = span == "year"
    return shifted(datetime.date(start.year, 1 if year else start.month, 1), Duration(12 if year else 1, 0), 1)
