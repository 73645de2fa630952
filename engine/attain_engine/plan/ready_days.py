"""The days on which a best plan may be ready."""

from __future__ import annotations

import datetime
from collections.abc import Iterator

from attain_compiler.model.calendar import shifted
from attain_compiler.model.types import Duration
from attain_engine.plan.candidates import together
from attain_engine.plan.counts import counted
from attain_engine.plan.days import ONE, every_day, first, flips
from attain_engine.plan.timeline import Timeline
from attain_engine.plan.versions import marks

FEW_UNITS = 60
"""The ends of a change that is made more often than so are not told apart: then any day may matter."""

MOST_READY = 400
"""With more days than these to choose among, any may matter."""


def ready_days(line: Timeline, until: datetime.date | None = None) -> list[datetime.date]:
    """The days up to the horizon on which a best plan may be ready: all of them where that cannot be told."""
    days, sure = _marked(line, until)
    return days if sure else every_day(line.on, line.horizon)


def natural_days(line: Timeline) -> list[datetime.date]:
    """The days up to the horizon on which steps are done that are begun as soon as they can be."""
    ends = line.ends_at_once() if line.large else line.ends()
    return sorted(day for day in {line.on, *ends} if line.on <= day <= line.horizon)


def _marked(line: Timeline, until: datetime.date | None) -> tuple[list[datetime.date], bool]:
    if line.ordered and (line.everything.date or line.paced or line.lags or line.lag_steps):
        return [], False
    found = {line.on, *line.events()}
    starts = {line.on}
    lengths: set[Duration] = set()
    ends: set[datetime.date] = set()
    if any(line.varies_by_day(change) for change in line.changes):
        return [], False
    complete = not (line.unfollowed or line.tangled)
    marked = marks(line, line.horizon)
    for change in line.changes:
        mine: set[Duration] = set()
        starts.update(line.openings(change) if line.ordered else ())
        for instance in line.instances(change):
            plain = line.candidate(instance, line.on)
            if plain is None:
                continue
            if plain.takes_each == Duration(0, 0):
                mine.add(together(plain, 1))
            elif plain.most <= FEW_UNITS:
                mine.update(together(plain, units) for units in range(1, plain.most + 1))
            else:
                mine.update(together(plain, units) for units in (1, plain.most))
                complete = False
        lengths |= mine
        ends.update(shifted(start, length, 1) for start in line.begins(change) for length in mine)
        if line.dated(change) or line.continues(change):
            # It may be begun later so that it is done from such a day on.
            ends.update(end for mark in marked(change) for length in mine for end in _first_end(line, length, mark))
    if line.paced:
        starts.update(line.months(line.on, line.horizon))
    if until is not None and until > line.on:
        # What must last to that day must not be done before these.
        for day in {until, *line.events_to(until)}:
            for mark in (day, *_flipped(line, {day})):
                ends.update(mark_end for length in lengths for mark_end in _first_end(line, length, mark))
    found |= ends
    if line.ordered:
        complete = _chained(line, found, starts, lengths) and complete
    if line.dated_fields & line.everything.fields:
        own = found if line.ordered else ends
        found |= _flipped(line, {*line.written_dates, *(day for day in own if day <= line.horizon)})
    days = sorted(day for day in found if line.on <= day <= line.horizon)
    return days, complete


def _flipped(line: Timeline, days: set[datetime.date]) -> set[datetime.date]:
    """The days from which on what is done on some days is seen otherwise."""
    found = flips(days, line.all_shifts, line.on, line.horizon)
    return found | counted(days, line.all_shifts, line.all_steps, line.on, line.horizon)


def _first_end(line: Timeline, length: Duration, mark: datetime.date) -> Iterator[datetime.date]:
    """The first day from a mark on, at which a step that takes so long may be done."""
    start = first(lambda day: shifted(day, length, 1) >= mark, line.on, line.horizon)
    if start is not None:
        yield shifted(start, length, 1)


def _chained(line: Timeline, found: set[datetime.date], starts: set[datetime.date], lengths: set[Duration]) -> bool:
    """Add the ends of steps that begin when others end; whether all are there."""
    number = sum(len(line.instances(change)) for change in line.changes)
    reached = {*found, *starts}
    for _ in range(number):
        more = {shifted(start, length, 1) for start in reached for length in lengths} | reached
        more |= {day + ONE for day in more} if line.rivals else set()
        if line.lags or line.lag_steps:
            more |= flips(more, line.lags, line.on, line.horizon)
            more |= counted(more, line.lags, line.lag_steps, line.on, line.horizon)
        more = {day for day in more if day <= line.horizon}
        if more == reached:
            break
        if len(more) > MOST_READY:
            found |= set(sorted(more)[:MOST_READY])
            return False
        reached = more
    found |= reached
    return True
