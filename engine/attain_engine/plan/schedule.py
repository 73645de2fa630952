"""The best plan from the assessment date on, over horizons that are looked at one after another."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterator
from dataclasses import replace

from attain_compiler.model import program as model
from attain_compiler.model.calendar import shifted
from attain_compiler.model.types import Duration
from attain_engine.plan.candidates import together
from attain_engine.plan.days import ONE
from attain_engine.plan.ready import Asked
from attain_engine.plan.search import Found, InOrder, Search
from attain_engine.plan.timeline import Timeline
from attain_engine.solve.deadline import OutOfTime, ending_by, look

MONTHS_AHEAD = 24
"""So far a plan looks ahead where neither `--by` nor the end of force says otherwise, if none is ready sooner."""


def schedule(
    line: Timeline,
    asked: Asked,
    out_of_reach: Callable[[datetime.date], bool] = lambda _: False,
    first: datetime.date | None = None,
) -> Found:
    """The best schedule from the assessment date on. `out_of_reach` says of a day that no plan is ready on it whatever
    is done; `first` is a day that is tried first."""
    found = Found()
    tried: set[datetime.date] = set()
    with ending_by(asked.deadline, asked.interrupted):
        try:
            for horizon in _horizons(line, asked):
                line.horizon = horizon
                before = found
                line.ordered = line.ordered or line.any_enabled()
                search = Search(line, asked, asked.deadline, tried, out_of_reach, first)
                try:
                    found = search.run()
                except InOrder:
                    line.ordered = True
                    tried.clear()
                    found = replace(search, seen={}, solved=set(), open={}, bounded={}).run()
                found.choices = max(before.choices, found.choices)
                found.undecided |= before.undecided
                found.untold |= before.untold
                if found.ready is not None or found.status == "nothing found":
                    break
        except OutOfTime:  # before a day was looked at
            found.status, found.horizon = "nothing found", line.horizon
    return found


def last_day(program: model.Program, on: datetime.date) -> datetime.date:
    """The last day to which plans are looked for at all that are asked for on a day."""
    ends = [shifted(on, Duration(MONTHS_AHEAD, 0), 1), program.policies[program.main].force_to]
    return max(on, min(each for each in ends if each is not None))


def latest(line: Timeline, asked: Asked) -> datetime.date:
    """The last day that a plan may be ready on."""
    ends = [each for each in (asked.by, asked.until, asked.last) if each is not None]
    if asked.by is None:
        ends.append(shifted(line.on, Duration(MONTHS_AHEAD, 0), 1))
    return max(line.on, min(ends))


def _horizons(line: Timeline, asked: Asked) -> Iterator[datetime.date]:
    """First as far as the steps that can begin today take; then twice as far, until there is a plan."""
    last = latest(line, asked)
    line.latest = last
    each_day = [0]
    for change in line.changes:
        for instance in line.instances(change):
            look()
            plain = line.candidate(instance, line.on)
            if plain is not None:
                each_day.append((shifted(line.on, together(plain, plain.most), 1) - line.on).days)
    days = sum(each_day) + len(each_day) if line.ordered else max(each_day)
    days = max(days, 7)
    while asked.by is None and days < (last - line.on).days:
        yield line.on + days * ONE
        days *= 2
    yield last
