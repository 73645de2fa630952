"""The first day on which each step may begin, whatever else is done."""

from __future__ import annotations

import datetime
from typing import Any

from attain_compiler.model.calendar import shifted
from attain_engine.plan.candidates import Candidate, together
from attain_engine.plan.timeline import Timeline


def soonest(line: Timeline) -> dict[Any, datetime.date]:
    """For each change with its arguments, by its id and these, the first day up to the horizon on which its `when` may
    hold, if each other step is done as soon as it may be and takes nothing away; those missing cannot begin by then."""
    found: dict[Any, datetime.date] = {}
    done: list[tuple[datetime.date, Candidate]] = []
    waiting = [each for change in line.changes for each in line.instances(change)]
    openings = {change.id: frozenset(line.openings(change)) for change in line.changes}
    days = {line.on}.union(*openings.values())
    while days:
        day = min(days)
        days.remove(day)
        again = True
        while again:
            again = False
            ends = {end for end, _ in done}
            still = []
            by_now = [each for end, each in done if end <= day]
            for instance in waiting:
                change = instance[0]
                change_days = openings[change.id]
                if day != line.on and day not in change_days and not (line.waits(change) and day in ends):
                    still.append(instance)
                    continue
                if not (line.possible(instance, day) or line.enabled(instance, day, by_now)):
                    still.append(instance)
                    continue
                plain = line.candidate(instance, day)
                if plain is None:
                    still.append(instance)
                    continue
                found[change.id, instance[1]] = day
                end = shifted(day, together(plain, 1), 1)
                done.append((end, plain))
                if end == day:
                    again = True
                elif end <= line.horizon:
                    days.add(end)
            waiting = still
    return found
