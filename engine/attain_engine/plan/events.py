"""The days on which what is read may change though nothing is done."""

from __future__ import annotations

import datetime

from attain_engine.evaluate import Evaluator
from attain_engine.plan.counts import counted
from attain_engine.plan.days import MOST_SHIFTS, ONE, every_day, fact_dates, flips, month_starts
from attain_engine.plan.reads import Reads


def event_days(evaluator: Evaluator, reads: Reads, low: datetime.date, high: datetime.date) -> set[datetime.date]:
    """The days after `low`, up to `high`, on which what is read may change though nothing is done: by dates in the
    facts, by the policy's own, and by months."""
    dates = flips(reads.dates, (), low, high)
    if not reads.date:
        return dates
    if reads.irregular or len(reads.shifts) > MOST_SHIFTS:
        return set(every_day(low + ONE, high)) if low < high else set()
    bases = set(reads.dates)
    bases.update(*(fact_dates(evaluator, record) for record in reads.records))
    months = month_starts(low, high, reads.shifts) if reads.months else []
    steps = {each.step for each in reads.counts if each.day}
    found = flips(bases, reads.shifts, low, high) | counted({*bases, *months}, reads.shifts, steps, low, high)
    if reads.months:
        found.update(day for day in month_starts(low, high) if low < day <= high)
        if reads.shifts:
            found |= flips(months, reads.shifts, low, high)
    return found
