"""What a plan that is ready on some day between two dates must cost at the least."""

from __future__ import annotations

import datetime
from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from attain_compiler.model import program as model
from attain_compiler.model.calendar import first_day, last_day, shifted
from attain_engine import optimise
from attain_engine.evaluate import Evaluator, world_of
from attain_engine.evaluate.known import is_left_open
from attain_engine.evaluate.missing import LeftOpen
from attain_engine.evaluate.problems import CannotStayOpen
from attain_engine.evaluate.values import unknown_of
from attain_engine.facts.model import Row
from attain_engine.open.conditions import Condition, Formula, conjunction, disjunction, negation
from attain_engine.open.linear import TooFine, unit_by_unit
from attain_engine.open.normal_form import normal_form
from attain_engine.open.unknowns import at_worst, rests_on_unknowns
from attain_engine.plan.candidates import Candidate, most_by, together
from attain_engine.plan.counts import counted
from attain_engine.plan.days import MOST_SHIFTS, flips
from attain_engine.plan.done_by import DoneBy
from attain_engine.plan.looked import Instance
from attain_engine.plan.opened import open_world
from attain_engine.plan.reads import Reads
from attain_engine.plan.ready import Asked
from attain_engine.plan.soonest import soonest
from attain_engine.plan.timeline import Timeline
from attain_engine.plan.versions import at_each_month
from attain_engine.solve.deadline import look

Field = tuple[str, str]


MOST_UNITS = 30_000
"""With more units of changes than these, their amounts stay whole, as they do where nothing rests on a date that is not
settled yet: of what rests on both no bound is told then."""


class Bounds:
    """Problems whose plans are as cheap as those that are ready on a day between two dates, or cheaper: every change
    may be made from the first day on that its `when` may hold, whatever else is done; dates that it writes, and dates
    of rows that are seen otherwise on one of the days than on another, are as is best; what facts leave open is at its
    worst where it can only help or only harm, else as is best.

    `possible` is False where what a change does or costs depends on when it is done in a way that this does not
    follow: then there are none.
    """

    def __init__(self, line: Timeline, asked: Asked) -> None:
        self.line = line
        self.asked = asked
        self.blurred = frozenset(line.dated_fields | line.rivals) - line.written_by_month
        self.possible = not line.unsteady
        self.by_days = not (line.goal.date and (line.goal.irregular or len(line.goal.shifts) > MOST_SHIFTS))
        self._flips: dict[tuple[datetime.date, str], list[datetime.date]] = {}
        self._soonest = soonest(line) if self.possible else {}
        self._ends: dict[Any, datetime.date] = {}
        """The first day on which each instance may be done."""

    def periods(self) -> list[datetime.date]:
        """The days on which one begins of the periods that a problem may not go beyond: the policy's own dates, and
        starts of months, where these are looked at."""
        return [self.line.on, *sorted(self.line.own_days(self.line.horizon))]

    def problem(self, low: datetime.date, high: datetime.date) -> optimise.Problem | None:
        """The problem of a period, in which no other begins; None where there is none."""
        if not self.possible or (low < high and not self.by_days):
            return None
        options = [each for change in self.line.changes for each in self._options(change, high)]
        found = self._condition(low, high, options)
        units = sum(each.most for each in options)
        if len(options) < units <= MOST_UNITS and (found is None or rests_on_unknowns(found[0])):
            with unit_by_unit():
                found = self._condition(low, high, options)
        if found is None:
            return None
        choices = tuple(
            optimise.Choice(
                name=each.name,
                amount=each.amount,
                cost_once=each.cost_once + (each.cost_each if each.amount is None else 0),
                cost_each=0 if each.amount is None else each.cost_each,
                days_once=0,
                days_each=0,
            )
            for each in options
        )
        condition, more = found
        return optimise.Problem(normal_form(condition, as_is_best), (*choices, *more), budget=self.asked.budget)

    def _condition(
        self, low: datetime.date, high: datetime.date, options: Sequence[Candidate]
    ) -> tuple[Condition, Sequence[optimise.Choice]] | None:
        """What must hold of these steps, and what is decided beside them; None where a date that is not settled yet has
        more consequences than can be said."""
        line, asked = self.line, self.asked
        base, blurred = self._base(low, high)
        opened = open_world(
            base,
            options,
            lambda each: line.at(each) if each.timing else (line.evaluator(high), line.standing(each.arguments, high)),
            lambda each, row: [blurred.get(this, this) for this in line.touched(each, row, high)],
            lambda row: line.later(row, high),
            self.blurred,
            any_order=bool(line.rivals),
            since=line.on,
            between=lambda each: (line.evaluator(self._ends[each.instance]), line.evaluator(high)),
        )
        then = Evaluator(line.program, opened.world, high, line.readings)
        try:
            goal = asked.goal(then)
            altered = {**{row: opened.altered.get(each, each) for row, each in blurred.items()}, **opened.altered}
            whens = dict(self._whens(then, altered, options, high))
        except (TooFine, CannotStayOpen):
            return None
        by = DoneBy(line, options, high, self._soonest, self._ends, whens)
        conditions = [goal, *opened.constraints, *_once(options), *by.conditions()]
        if asked.until is None:
            for name in sorted(asked.require):
                conditions.append(disjunction(each.unit(1) for each in options if each.change.name == name))
            conditions += (each.condition(options) for each in asked.how_often)
        return at_worst(conjunction(conditions), is_left_open), by.choices

    # ------------------------------------------------------------ what may be done

    def _options(self, change: model.Change, high: datetime.date) -> list[Candidate]:
        found: list[Candidate] = []
        for instance in self.line.instances(change):
            look()
            start = self._soonest.get((change.id, instance[1]))
            if start is None or start > high:
                continue
            if self.line.continues(change):
                length = self.line.length(instance)
                self._ends[change.id, instance[1]] = start if length is None else shifted(start, length, 1)
                found += at_each_month(self.line, instance, start, high)
            else:
                found += self._untimed(instance, start, high)
        return found

    def _untimed(self, instance: Instance, start: datetime.date, high: datetime.date) -> list[Candidate]:
        """An instance at the least that it costs, and as often as it can be made by a day; none where it cannot."""
        line = self.line
        first = line.candidate(instance, start)
        later = () if line.steady(instance[0]) else line.openings(instance[0])
        starts = [start, *(day for day in later if start < day <= high)]
        plains = [each for day in starts if (each := line.candidate(instance, day)) is not None]
        if not plains:
            return []
        plain = first or plains[0]
        most = max(each.most for each in plains)
        if plain.amount is not None:
            plain = replace(plain, amount=replace(plain.amount, high=most))
            most = most_by(plain, start, high)
        elif shifted(start, together(plain, 1), 1) > high:
            most = 0
        if not most:
            return []
        self._ends[plain.instance] = shifted(start, together(plain, 1), 1)
        number = line.number(plain.instance, datetime.date.min, 0)
        amount = None if plain.amount is None else replace(plain.amount, name=number, high=most)
        once, by_unit = min(each.cost_once for each in plains), min(each.cost_each for each in plains)
        return [replace(plain, index=number, amount=amount, cost_once=once, cost_each=by_unit)]

    def _whens(
        self, then: Evaluator, altered: Mapping[Row, Row], options: Sequence[Candidate], high: datetime.date
    ) -> Iterator[tuple[Any, Condition]]:
        """What a step that only others make possible waits for, by its name. What may be taken away again does not
        count: a step may begin before."""
        line = self.line
        for each in options:
            instance = (each.change, each.arguments)
            if not line.waits(each.change) or line.possible(instance, line.on):
                continue
            if line.openings(each.change) or line.goes_on(line.whens(each.change)):
                continue
            yield each.name, at_worst(line.when(then, instance, high, altered), is_left_open)

    # ------------------------------------------------------------ what is seen otherwise

    def _base(self, low: datetime.date, high: datetime.date) -> tuple[Evaluator, dict[Row, Row]]:
        """The evaluator of the last day, for which those dates are unknown that make a difference between the days, and
        the rows that stand for others."""
        line = self.line
        if low == high:
            return line.evaluator(high), {}
        facts = line.continued.on_day(high)
        tables = dict(facts.tables)
        blurred: dict[Row, Row] = {}
        for record in sorted(line.goal.records):
            fields = [each for each in line.program.records[record].fields if str(each.type) in ("date", "month")]
            if not fields or record not in tables:
                continue
            for row in tables[record]:
                look()
                values: dict[str, Any] = {
                    each.name: unknown_of(each.type, LeftOpen((row, each.name), is_known=True), each.low, each.high)
                    for each in fields
                    if any(self._flipped(day, record, low, high) for day in _days(row.values[each.name]))
                }
                if values:
                    blurred[row] = Row(row.record, {**row.values, **values}, row.origin)
            tables[record] = tuple(blurred.get(row, row) for row in tables[record])
        if not blurred:
            return line.evaluator(high), {}
        facts = replace(facts, tables=tables)
        return Evaluator(line.program, world_of(line.program, facts), high, line.readings), blurred

    def _flipped(self, day: datetime.date, record: str, low: datetime.date, high: datetime.date) -> bool:
        """Whether a date of a record is seen otherwise on one day after `low`, up to `high`, than on the day before."""
        line = self.line
        known = self._flips.get((day, record))
        if known is None:
            found: set[datetime.date] = set()
            for read in line.goals:
                if record in read.records and not (record in line.continued.daily and _by_age(read)):
                    steps = frozenset(each.step for each in read.counts if each.day)
                    found |= flips({day}, read.shifts, line.on, line.horizon)
                    found |= counted({day}, read.shifts, steps, line.on, line.horizon)
            known = self._flips[day, record] = sorted(found)
        return bisect_right(known, low) < bisect_right(known, high)


def _by_age(read: Reads) -> bool:
    """Whether of dates only how many days ago they are is looked at: a row that continues each day is always as old."""
    other = read.dates or read.counts or read.meetings or read.irregular or read.months or read.month_ends
    return not other and all(months == 0 for months, _ in read.shifts)


def _days(value: Any) -> Sequence[datetime.date]:
    """The days that a date, or a month, may be compared by."""
    if isinstance(value, datetime.date):
        return (value,)
    return (first_day(value), last_day(value)) if isinstance(value, int) else ()


def _once(options: Sequence[Candidate]) -> list[Condition]:
    """That each instance is made once at most."""
    same: dict[Any, list[Condition]] = {}
    for each in options:
        same.setdefault(each.instance, []).append(each.unit(1))
    return [
        negation(conjunction((one, other)))
        for conditions in same.values()
        for place, one in enumerate(conditions)
        for other in conditions[:place]
    ]


def as_is_best(leaf: Formula, sign: bool) -> Condition:
    """A decision as it is; what is not known, as is best."""
    if rests_on_unknowns(leaf):
        return True
    return leaf if sign else negation(leaf)
