"""Candidates at a time: each change with its arguments, for each start that may matter to a plan that is judged on
given days."""

from __future__ import annotations

import datetime
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from math import isqrt
from typing import Any

from attain_compiler.frozen import frozen
from attain_compiler.model import program as model
from attain_compiler.model.calendar import shifted
from attain_compiler.model.types import Duration
from attain_engine.evaluate import Evaluator
from attain_engine.facts.model import Row
from attain_engine.open import quantities
from attain_engine.open.conditions import Condition, disjunction, negation
from attain_engine.open.normal_form import without
from attain_engine.plan.candidates import Candidate, Timing, together
from attain_engine.plan.counts import counted
from attain_engine.plan.days import ONE, Shift, every_day, first, flips, month_starts
from attain_engine.plan.looked import Instance
from attain_engine.plan.paces import paces
from attain_engine.plan.soonest import soonest
from attain_engine.plan.timeline import Timeline
from attain_engine.plan.turns import turns_of
from attain_engine.solve.deadline import look

MOST_TIMED = 4_000
"""So many candidates with a time are opened for one ready day at the most; with more, only some starts are tried."""

MOST_CHOSEN = 8_000
"""Where none waits for another: with more candidates than these, each is only begun as soon or as late as it can."""

FEW_DAYS = 31
"""Where one waits for another, all of so few days are looked at with as many candidates as MOST_CHOSEN."""

MOST_APART = 24
"""A change that takes longer the more units are made is told apart by their number up to so many."""

MOST_OPENED = 100_000
"""So many times a step that is done is looked at, of a few starts, each of which looks at all steps begun before."""

FEW_STARTS = 8
"""Where one waits for another, so many starts are tried where a few are asked for."""

MOST_MOMENTS = 4
"""So many changes that take no time are put one after the other on one day at the most."""


@frozen
class Timed:
    """The candidates for some judged days, and what they must keep to beside the effects. `exact`: no start that could
    make a difference is missing."""

    candidates: tuple[Candidate, ...]
    constraints: tuple[Condition, ...]
    exact: bool


def too_many(timeline: Timeline, day: datetime.date) -> bool:
    """Whether there are so many candidates with their times, for a plan that is judged on a day, that only a `few` are
    gone through."""
    versions = _Versions(timeline, (day,))
    number = 0
    for change in timeline.changes:
        kinds = 1 + len(versions.marks(change)) if timeline.dated(change) or timeline.continues(change) else 1
        number += kinds * len(timeline.instances(change))
    return number > MOST_CHOSEN


def timed(timeline: Timeline, judged: Sequence[datetime.date], few: bool = False) -> Timed:
    """The candidates with their times for a plan that is judged on these days. Where `few` are asked for, each begins
    as soon as it can, or so late that it is done just then; where steps wait for one another, on one of the first days
    on which some may begin."""
    versions = _Versions(timeline, tuple(judged), few)
    found, exact = versions.in_order() if timeline.ordered else versions.independent()
    constraints = list(versions.constraints)
    instances: dict[Any, list[Candidate]] = {}
    for each in found:
        instances.setdefault(each.instance, []).append(each)
    for same in instances.values():
        if len(same) > 1:
            made = quantities.weighted((each.unit(1), 1) for each in same)
            constraints.append(quantities.compare("<=", made, 1))
    constraints += (disjunction((negation(each.unit(1)), each.unit(each.most))) for each in found if each.entire)
    constraints += paces(timeline, found)
    return Timed(tuple(found), tuple(each for each in constraints if each is not True), exact)


def marks(timeline: Timeline, last: datetime.date) -> Callable[[model.Change], list[datetime.date]]:
    """For a change the days up to a last one from which on it makes a difference that it is done."""
    return _Versions(timeline, (last,)).marks


def at_each_month(
    timeline: Timeline, instance: Instance, start: datetime.date, last: datetime.date
) -> Iterator[Candidate]:
    """An instance as it is when it is begun on a day or later and done in each of the months from then to a last day:
    as soon as that month allows."""
    versions = _Versions(timeline, (last,))
    for units in versions.numbers(instance):
        length = timeline.length(instance, units or 1)
        if length is None:
            return
        soon = shifted(start, length, 1)
        for month in (soon, *(day for day in timeline.months(soon, last) if day > soon)):
            begin = first(lambda day, month=month, length=length: shifted(day, length, 1) >= month, start, last)  # type: ignore[misc]
            made = None if begin is None else versions.at(instance, begin, moments=2, units=units)
            if made is not None:
                yield made


@dataclass(slots=True)
class _Versions:
    timeline: Timeline
    judged: tuple[datetime.date, ...]
    few: bool = False
    constraints: list[Condition] = field(default_factory=list)
    flipped: dict[tuple[frozenset[Shift], bool], set[datetime.date]] = field(default_factory=dict)
    counted_apart: bool = True
    """Whether candidates are told apart by their numbers of units wherever that matters."""

    @property
    def last(self) -> datetime.date:
        return self.judged[-1]

    def numbers(self, instance: Instance) -> Sequence[int | None]:
        """The numbers of units by which the candidates of an instance are told apart; None: they are not."""
        line, change = self.timeline, instance[0]
        several = len(self.judged) > 1 and any(each.each for each in change.takes)
        if not (several or line.by_unit(change)):
            return (None,)
        plains = [line.candidate(instance, day) for day in (line.on, *line.openings(change))]
        most = max((each.most for each in plains if each is not None), default=1)
        if most > MOST_APART:
            self.counted_apart = False
            return (None,)
        return range(1, most + 1)

    def at(
        self, instance: Instance, start: datetime.date, begun: int = 0, moments: int = 1, units: int | None = None
    ) -> Candidate | None:
        """The candidate that starts then, of just so many `units` if a number is given, if it can be done by the last
        judged day; its `when` is not looked at."""
        look()
        line = self.timeline
        plain = line.candidate(instance, start)
        if plain is None:
            return None
        most = self._most(plain, start)
        if most < (units or 1):
            return None
        most = units or most
        end = shifted(start, together(plain, most), 1)
        done = 0
        if end == start:
            # What nothing waits for, and what waits for nothing, is as good at the first moment.
            in_turn = line.ordered and line.in_turn(plain.change)
            done = begun + 1 if in_turn else begun
            if in_turn and done >= moments:
                return None
        index = line.number(plain.instance, start, begun, units)
        amount = plain.amount
        if amount is not None:
            amount = replace(amount, name=index, high=most)
        timing = Timing(start, begun, end, done)
        return replace(plain, index=index, amount=amount, timing=timing, entire=units is not None and most > 1)

    def _most(self, plain: Candidate, start: datetime.date) -> int:
        if plain.takes_each == Duration(0, 0):
            return plain.most if shifted(start, together(plain, 1), 1) <= self.last else 0
        return bisect_right(
            range(1, plain.most + 1), self.last, key=lambda units: shifted(start, together(plain, units), 1)
        )

    def _any_day(self) -> bool:
        """Whether it may make a difference on any day that something is done, and all can be looked at."""
        line = self.timeline
        if self.few or not (line.unfollowed or line.tangled):
            return False
        number = sum(len(line.instances(each)) for each in line.changes if line.dated(each))
        return number * (self.last - line.on).days <= line.most_timed

    def marks(self, change: model.Change, any_day: bool = False) -> list[datetime.date]:
        """The days from which on it makes a difference that a change is done: to the judged days, and to what the
        policy names; on request, all."""
        line = self.timeline
        if any_day:
            return every_day(line.on, self.last)
        bases = {*self.judged, *line.goal.dates, *line.effect_dates}
        if line.crossing:
            bases |= line.dates_in_facts
        steps, by_month, before = line.steps(change), change.id in line.seen_by_month, line.on - ONE
        known = self.flipped.get((steps, by_month))
        if known is None:
            if by_month:
                bases.update(month_starts(line.on, self.last, line.all_shifts))
            known = flips(bases, line.all_shifts, before, self.last)
            known |= counted(bases, line.all_shifts, steps, before, self.last)
            self.flipped[steps, by_month] = known
        found = set(known)
        if line.continues(change):
            found.update(line.months(line.on, self.last))
        if line.tangled:
            found |= {day for day in line.ends() if line.on <= day <= self.last}
        return sorted(found)

    # ------------------------------------------------------------ none waits for another

    def independent(self) -> tuple[list[Candidate], bool]:
        """Where no `when` rests on what is done, and nothing limits what is done at once: for each kind of end the
        earliest start."""
        line = self.timeline
        any_day = self._any_day()
        whole = not self.few and (any_day or not (line.unfollowed or line.tangled))
        found: list[Candidate] = []
        for change in line.changes:
            aging = line.dated(change) or line.continues(change) or len(self.judged) > 1 or bool(line.effect_dates)
            marks = self.marks(change, any_day) if aging and not self.few else []
            for instance, units in self._numbered(change):
                seen: set[Any] = set()
                for start in self._starts(instance, marks, units or 1):
                    each = self.at(instance, start, units=units)
                    if each is None or each.timing is None:
                        continue
                    place = start if self.few and aging else bisect_right(marks, each.timing.end)
                    kind = place, each.cost_once, each.cost_each, each.most
                    if kind in seen:
                        continue
                    if line.possible(instance, start):
                        seen.add(kind)
                        found.append(each)
        return found, whole and self.counted_apart

    def _numbered(self, change: model.Change) -> list[tuple[Instance, int | None]]:
        """The instances of a change, each once for each number of units that is told apart."""
        return [(each, units) for each in self.timeline.instances(change) for units in self.numbers(each)]

    def _starts(self, instance: Instance, marks: Sequence[datetime.date], units: int) -> list[datetime.date]:
        line = self.timeline
        if self.few:
            marks, starts = self.judged[:1], {line.on}
        else:
            starts = {line.on, *line.openings(instance[0])}
        length = line.length(instance, units)
        if length is not None:
            for mark in marks:
                hit = first(lambda day, mark=mark: shifted(day, length, 1) >= mark, line.on, self.last)  # type: ignore[misc]
                if hit is not None:
                    starts.add(hit)
        return sorted(day for day in starts if day <= self.last)

    # ------------------------------------------------------------ one waits for another

    def in_order(self) -> tuple[list[Candidate], bool]:
        """Where steps wait for one another: every start that may matter, and the `when` of each as a condition."""
        line = self.timeline
        numbered = [each for change in line.changes for each in self._numbered(change)]
        instant = [each for each, _ in numbered if line.length(each) == Duration(0, 0) and line.in_turn(each[0])]
        turns = turns_of(line, instant)
        moments = 1 + min(turns, 1 if self.few else MOST_MOMENTS)
        starts, exact = (self._few_starts(numbered), False) if self.few else self._closure(numbered, moments)
        in_turn = {(change.id, arguments) for change, arguments in instant}
        exact = exact and turns <= MOST_MOMENTS and self.counted_apart
        found: list[Candidate] = []
        same: dict[Any, set[Any]] = defaultdict(set)
        for start in starts:
            for begun in range(moments):
                opened: Evaluator | None = None
                altered: Mapping[Row, Row] = {}
                new: list[Candidate] = []
                for instance, units in numbered:
                    change = instance[0]
                    waits = line.waits(change)
                    if begun and not waits and (change.id, instance[1]) not in in_turn:
                        continue  # what does not look at the others may as well start first
                    each = self.at(instance, start, begun, moments, units)
                    if each is None:
                        continue
                    if not waits:
                        if line.possible(instance, start):
                            new.append(each)
                        continue
                    if opened is None:
                        done = [one for one in found if one.moment <= (start, begun)]
                        opened, world = line.opened(start, done)
                        altered = world.altered
                    # It is made once at most: not at any other time if at this one.
                    truth = without(line.when(opened, instance, start, altered), same[each.instance])
                    if truth is False:
                        continue
                    new.append(each)
                    self.constraints.append(disjunction((negation(each.unit(1)), truth)))
                for each in new:
                    same[each.instance].add(each.name)
                found += new
        return found, exact

    def _few_starts(self, numbered: Sequence[tuple[Instance, int | None]]) -> list[datetime.date]:
        """The first days on which a step may start: those on which steps may begin if others are done as soon as they
        can be, the last on which they are done in time, starts of months or years where paces count by them, and then
        the ends of steps that begin on these."""
        line = self.timeline
        lengths = {length for each, units in numbered if (length := line.length(each, units or 1)) is not None}
        spans = {pace.span_of for change in line.changes for pace in change.paces}
        begins = [day for day in line.months(line.on, self.last) if day.month == 1 or "month" in spans]
        found = {line.on, *soonest(line).values(), *(begins if spans & {"month", "year"} else ())}
        for length in lengths:
            late = first(lambda day, length=length: shifted(day, length, 1) >= self.last, line.on, self.last)  # type: ignore[misc]
            found.add(late or line.on)
        found = {day for day in found if day <= self.last}
        number = max(1, len(numbered))
        most = max(FEW_STARTS, min(MOST_TIMED // number, isqrt(MOST_OPENED // number)))
        enough = most if line.paced else FEW_STARTS
        while len(found) < enough:
            more = {shifted(day, length, 1) for day in found for length in lengths}
            more |= flips(more, line.lags, line.on, self.last) if line.lags else set()
            more = {day for day in more if day <= self.last} - found
            if not more:
                break
            found.update(sorted(more)[: enough - len(found)])
        return sorted(found)[:most]

    def _closure(
        self, numbered: Sequence[tuple[Instance, int | None]], moments: int
    ) -> tuple[list[datetime.date], bool]:
        """The days on which a step may start: all of them where they are few, else those that something else gives:
        facts, judged days, the ends of other steps."""
        line = self.timeline
        width = max(1, len(numbered) * moments)
        days = every_day(line.on, self.last)
        if len(days) * width <= (MOST_CHOSEN if len(days) <= FEW_DAYS else line.most_timed):
            return days, True
        most = max(20, MOST_TIMED // width)
        lengths = {line.length(each, units or 1) for each, units in numbered}
        if None in lengths:
            lengths.discard(None)
        anchors = {line.on, *self.judged, *(day + ONE for day in self.judged)}
        for change in line.changes:
            anchors.update(line.openings(change), self.marks(change) if line.dated(change) else ())
        if line.paced:
            anchors.update(line.months(line.on, self.last))
        found = {day for day in anchors if line.on <= day <= self.last}
        for _ in range(len({each for each, _ in numbered})):
            more = set(found)
            for day in found:
                look()
                for length in lengths:
                    assert length is not None
                    more.add(shifted(day, length, 1))
                    for target in (day, day + ONE):
                        hit = first(
                            lambda one, length=length, target=target: shifted(one, length, 1) >= target,  # type: ignore[misc]
                            line.on,
                            self.last,
                        )
                        if hit is not None:
                            more.add(hit)
            if line.lags or line.lag_steps:
                more |= flips(more, line.lags, line.on, self.last)
                more |= counted(more, line.lags, line.lag_steps, line.on, self.last)
            more = {day for day in more if line.on <= day <= self.last}
            if more == found or len(more) > most:
                break
            found = more
        if len(found) > most:
            found = {line.on, *sorted(found)[:: -(-len(found) // most)]}
        return sorted(found), False
