"""The first day on which each step may begin, whatever else is done."""

from __future__ import annotations

import datetime
from collections.abc import Collection, Sequence
from typing import Any

from attain_compiler.model.calendar import shifted
from attain_engine.plan.candidates import Candidate, together
from attain_engine.plan.counts import counted
from attain_engine.plan.days import MOST_SHIFTS, flips, month_starts
from attain_engine.plan.looked import Instance
from attain_engine.plan.timeline import Timeline

MOST_SEEN = 100
"""With more days than these on which what was done is seen otherwise, the dates that are written may be any."""


class TooMany(Exception):
    """There are more than MOST_SEEN such days."""


def soonest(line: Timeline) -> dict[Any, datetime.date]:
    """For each change with its arguments, by its id and these, the first day up to the horizon on which its `when` may
    hold, if each other step is done as soon as it may be and takes nothing away; those missing cannot begin by then."""
    known = line.first_starts.get(line.horizon)
    if known is None:
        known = line.first_starts[line.horizon] = _found(line)
    return known


def _found(line: Timeline) -> dict[Any, datetime.date]:
    if not (line.unfollowed or line.tangled) and len(line.lags | line.all_shifts) <= MOST_SHIFTS:
        try:
            return _Soonest(line, followed=True).run()
        except TooMany:
            pass
    return _Soonest(line, followed=False).run()


class _Soonest:
    """Day by day what may begin. `followed`: a date that a step writes lies between the first day on which that may be
    done and the one that is looked at, and so all days are looked at on which such a date is seen otherwise; else it
    may be any."""

    def __init__(self, line: Timeline, followed: bool) -> None:
        self.line = line
        self.followed = followed
        self.shifts = line.lags | line.all_shifts
        self.openings = {change.id: frozenset(line.openings(change)) for change in line.changes}
        self.found: dict[Any, datetime.date] = {}
        self.done: list[Candidate] = []
        self.first_ends: dict[Any, datetime.date] = {}
        """The first day on which each of those that may begin is done."""
        self.again: set[datetime.date] = set()
        """The days on which what was done may let others begin."""
        self.days = {line.on}.union(*self.openings.values())
        if followed:
            months = month_starts(line.on, line.horizon, self.shifts) if line.everything.months else ()
            self._look_again(line.on, {*line.dates_in_facts, *line.everything.dates, *months})

    def run(self) -> dict[Any, datetime.date]:
        """The first day of each."""
        waiting = [each for change in self.line.changes for each in self.line.instances(change)]
        while self.days:
            day = min(self.days)
            self.days.remove(day)
            instantly = True
            while instantly:
                by_now = [each for each in self.done if self.first_ends[each.instance] <= day]
                ends = [self._begun(each, day, by_now) for each in waiting]
                waiting = [each for each, end in zip(waiting, ends, strict=True) if end is None]
                instantly = day in ends
        return self.found

    def _begun(self, instance: Instance, day: datetime.date, by_now: Sequence[Candidate]) -> datetime.date | None:
        """The day on which a change is done that begins on a day; None where it may not, by what is done by now."""
        line, change = self.line, instance[0]
        again = line.waits(change) and day in self.again
        if day != line.on and day not in self.openings[change.id] and not again:
            return None
        ends = self.first_ends if self.followed else None
        if not (line.possible(instance, day) or line.enabled(instance, day, by_now, ends)):
            return None
        plain = line.candidate(instance, day)
        if plain is None:
            return None
        self.found[change.id, instance[1]] = day
        end = shifted(day, together(plain, 1), 1)
        self.done.append(line.at_most(instance) or plain)
        self.first_ends[plain.instance] = end
        if end <= line.horizon and end not in self.again:
            self.again.add(end)
            if end > day:
                self.days.add(end)
            if self.followed:
                self._look_again(day, {end})
        return end

    def _look_again(self, day: datetime.date, dates: Collection[datetime.date]) -> None:
        """Look again on the days after one on which some dates are seen otherwise than on the day before."""
        line = self.line
        found = flips(dates, self.shifts, day, line.horizon)
        found |= counted(dates, self.shifts, line.lag_steps, day, line.horizon)
        self.again |= found
        self.days |= found
        if len(self.again) > MOST_SEEN:
            raise TooMany
