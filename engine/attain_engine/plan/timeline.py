"""What is so on each day from the assessment date on, and what the policy's changes look at."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Mapping, Sequence, Set
from dataclasses import replace
from typing import Any, Final

from attain_compiler.model import program as model
from attain_compiler.model.calendar import OutsideTheCalendar, shifted
from attain_compiler.model.types import Duration
from attain_engine.evaluate import Evaluator, world_of
from attain_engine.evaluate.known import is_left_open
from attain_engine.facts.model import Row
from attain_engine.open.conditions import Condition
from attain_engine.open.unknowns import at_worst
from attain_engine.plan.candidates import Candidate, candidate_of, together
from attain_engine.plan.counts import DAY
from attain_engine.plan.days import ONE, every_day, fact_dates, flips, month_starts
from attain_engine.plan.effects import read_of
from attain_engine.plan.events import event_days
from attain_engine.plan.looked import Instance, Looked
from attain_engine.plan.opened import Opened, open_world
from attain_engine.plan.reads import Reads, reads
from attain_engine.solve.certain import is_certain
from attain_engine.solve.deadline import look

MOST_ASKED = 3_000
"""Whether a change is possible on a later day is asked so many times at the most to find the days that matter."""

NOTHING: Final[Mapping[Row, Row]] = {}


class Timeline(Looked):
    """The days from the assessment date to a horizon, and what changes may be done on them."""

    def timeless(self, options: Sequence[Candidate]) -> bool:
        """Whether a plan is as good on one day as on another, and its steps can be done side by side: neither goal nor
        any `when` reads the date, or an effect by which another step becomes possible. `options` are the candidates
        that are possible as things are."""
        if self.crossing or self.dated_fields & self.everything.fields or self.goes_on(self.everything):
            return False
        if self.everything.date and self._changing(options):
            return False
        if self._changes(replace(self.everything, date=False), self.continued.daily, self.latest):
            return False
        if any(self.continues(each) and read_of(self.touches(each), self.everything) for each in self.changes):
            return False
        if self.paced or self.rivals or any(self.on < day <= self.latest for day in self.everything.dates):
            return False
        return not any(self._waits.values()) or not self._enabled(options)

    def _changing(self, options: Sequence[Candidate]) -> bool:
        """Whether something changes, though nothing is done, by the day on which all that can be done at once is."""
        ends = [shifted(self.on, together(each, each.most), 1) for each in options]
        self.horizon = max((self.on, *ends))
        return bool(self.events()) or any(self.openings(change) for change in self.changes)

    def enabled(
        self,
        instance: Instance,
        start: datetime.date,
        by_then: Sequence[Candidate] | None = None,
        ends: Mapping[Any, datetime.date] | None = None,
    ) -> bool:
        """Whether a change that is not possible on a day as things are may be so by what was done before: by any of the
        other changes, or by some candidates; these are done on any day, or from the one in `ends` on."""
        if not self.waits(instance[0]) or (by_then is not None and not by_then):
            return False
        if self.whens(instance[0]).measures & self.raised_whenever:
            return True  # which of them are raised is not told where times are left open
        return at_worst(self.may_be(instance, start, by_then, ends), is_left_open) is not False

    def may_be(
        self,
        instance: Instance,
        start: datetime.date,
        by_then: Sequence[Candidate] | None = None,
        ends: Mapping[Any, datetime.date] | None = None,
    ) -> Condition:
        """The `when` of a change on a day over what may be done before, as for `enabled`: each change that is made has
        the number of its instance at no time (`untimed`)."""
        if ends is None and self._always(instance[0]):
            start = self.on
        key = (start, None if by_then is None else len(by_then), ends is None, self.horizon)
        if key not in self._open:
            base = self.evaluator(start)
            if by_then is None:
                plains = (self.at_most(each) for change in self.changes for each in self.instances(change))
                by_then = [each for each in plains if each is not None]
            opened = open_world(
                base,
                [self.untimed(each) for each in by_then],
                lambda each: (base, self.standing(each.arguments, start)),
                lambda _, row: self.continued.every(row, start),
                lambda row: self.later(row, start),
                self.dated_fields | self.rivals,
                any_order=True,
                since=self.on,
                between=None if ends is None else lambda each: (self.evaluator(ends[each.instance]), base),
            )
            self._open[key] = (Evaluator(self.program, opened.world, start, self.readings), opened.altered)
        then, altered = self._open[key]
        return self.when(then, instance, start, altered)

    def any_enabled(self) -> bool:
        """Whether a change that is not possible on a day as things are may be so by what was done before."""
        return any(
            not self.possible(each, day) and self.enabled(each, day)
            for change in self.changes
            if self.waits(change)
            for day in (self.on, *self.openings(change))
            for each in self.instances(change)
        )

    def _always(self, change: model.Change) -> bool:
        """Whether the `when` of a change is the same on each day on which nothing was done."""
        read = self._whens[change.id]
        return not read.date and not read.dates and not self.goes_on(read) and not read.records & self.continued.daily

    def untimed(self, plain: Candidate) -> Candidate:
        """A change that may be made whenever."""
        number = self.number(plain.instance, datetime.date.min, 0)
        amount = None if plain.amount is None else replace(plain.amount, name=number)
        return replace(plain, index=number, amount=amount)

    def _enabled(self, options: Sequence[Candidate]) -> bool:
        """Whether a change that is not possible as things are may become so by what is."""
        opened = open_world(self.now, options)
        then = Evaluator(self.program, opened.world, self.on, self.readings)
        return any(
            not self.possible(each, self.on) and self.when(then, each, self.on, opened.altered) is not False
            for change in self.changes
            if self._waits[change.id]
            for each in self.instances(change)
        )

    # ------------------------------------------------------------ days

    def events_to(self, last: datetime.date) -> set[datetime.date]:
        """The days after the assessment date, up to another, on which the goal may change though nothing is done."""
        return self._changes(self.goal, self.goal.records, last)

    def own_days(self, last: datetime.date) -> set[datetime.date]:
        """Those of them that are so whatever dates the rows hold that stay as they are."""
        aging = self._aging(self.continued.daily & self.goal.records, self.goal)
        counts = {each for each in self.goal.counts if not each.rows or each.of(aging)}
        return self._changes(replace(self.goal, counts=counts), self.goal.records & self.continued.daily, last)

    def _changes(self, read: Reads, records: Set[str], last: datetime.date) -> set[datetime.date]:
        """The days on which what is read may change, of the dates in rows by those of some records."""
        daily = self.continued.daily & records
        found = event_days(self.now, replace(read, records=set(records - daily)), self.on, last)
        if self.goes_on(read):
            found.update(day for day in self.months(self.on, last) if day > self.on)
        if daily:
            found |= self._overtaken(read, daily, last)
        return found

    def _overtaken(self, read: Reads, daily: Set[str], last: datetime.date) -> set[datetime.date]:
        """The days on which a date that keeps its age comes to another that stays where it is."""
        fields = self._aging(daily, read)
        if not fields:
            return set()
        # From a row that keeps its age to the day itself it is always as many days.
        if any(each.of(fields) and not (each.rows and each.day and each.step == DAY) for each in read.counts):
            return set(every_day(self.on + ONE, last)) if last > self.on else set()
        if any(side is None or side & fields for each in read.meetings for side in (each.left, each.right)):
            return set(every_day(self.on + ONE, last)) if last > self.on else set()
        found: set[datetime.date] = set()
        for old in {self.on - day for each in daily for day in fact_dates(self.now, each)}:
            bases = set(read.dates)
            if read.months:
                bases.update(month_starts(self.on - old, last - old, read.shifts))
            found.update(day + old for day in flips(bases, read.shifts, self.on - old, last - old))
        return found

    def _aging(self, daily: Set[str], read: Reads) -> set[tuple[str, str]]:
        """The dates that are read of records that keep their age."""
        return {(each, self.program.records[each].day.name) for each in daily} & read.fields

    def begins(self, change: model.Change) -> list[datetime.date]:
        """The days on which a step of a change can begin, and could not the day before: the assessment date, and those
        on which its `when` becomes true though nothing is done."""
        known = self._begins.get((change.id, self.horizon))
        if known is None:
            days = self.openings(change)
            closed = [each for each in self.instances(change) if not self.possible(each, self.on)]
            if len(closed) * len(days) <= MOST_ASKED:
                days = [day for day in days if any(self.possible(each, day) for each in closed)]
            known = self._begins[change.id, self.horizon] = [self.on, *(days if closed else ())]
        return known

    def varies_by_day(self, change: model.Change) -> bool:
        """Whether what a change costs or takes, or how often it can be made, is another on a later day than on the
        assessment date; also where there are too many days and arguments to look at each."""
        if self.steady(change):
            return False
        days, instances = self.openings(change), self.instances(change)
        if len(days) * len(instances) > MOST_ASKED:
            return bool(days)
        return any(
            _terms(self.candidate(each, day)) != _terms(self.candidate(each, self.on))
            for each in instances
            for day in days
        )

    def steady(self, change: model.Change) -> bool:
        """Whether what a change costs and takes, and how often it can be made, is the same on each day."""
        known = self._steadies.get(change.id)
        if known is None:
            roots = [each for each in (change.low, change.high) if each is not None]
            roots += [each.amount for each in change.costs]
            roots += [each.duration for each in change.takes]
            read = reads(self.now, roots)
            aging = {each.id for each in self.continued.records} | self.continued.daily
            of_rows = read.records | {record for record, _ in read.fields}
            known = self._steadies[change.id] = not (read.date or read.dates or aging & of_rows)
        return known

    def ends_at_once(self) -> set[datetime.date]:
        """The days on which changes are done that are begun on the assessment date."""
        lengths = {self.length(each) for change in self.changes for each in self.instances(change)} - {None}
        return {shifted(self.on, each, 1) for each in lengths if each is not None}

    def ends(self) -> set[datetime.date]:
        """The days on which changes are done that are begun as soon as they can be."""
        found: set[datetime.date] = set()
        for change in self.changes:
            starts = self.begins(change)
            for length in {self.length(each) for each in self.instances(change)} - {None}:
                assert length is not None
                found.update(shifted(start, length, 1) for start in starts)
        return found

    def events(self) -> set[datetime.date]:
        """Those up to the horizon."""
        return self.events_to(self.horizon)

    def openings(self, change: model.Change) -> list[datetime.date]:
        """The days after the assessment date on which the `when` of a change, or what it costs, may change though
        nothing is done."""
        known = self._openings.get((change.id, self.horizon))
        if known is None:
            found = self._changes(self._whens[change.id], self._whens[change.id].records, self.horizon)
            known = self._openings[change.id, self.horizon] = sorted(found)
        return known

    # ------------------------------------------------------------ candidates

    def number(self, instance: Any, start: datetime.date, begun: int, units: int | None = None) -> int:
        """The number of a candidate at a time, the same one for every ready day; `units` where it is made just so often
        or not at all."""
        return self._numbers.setdefault((instance, start, begun, units), len(self._numbers))

    def standing(self, arguments: tuple[Any, ...], day: datetime.date) -> tuple[Any, ...]:
        """Arguments as they are on a day: rows that go on by the newest that repeats them."""
        return tuple(self.continued.standing(each, day) if isinstance(each, Row) else each for each in arguments)

    def candidate(self, instance: Instance, start: datetime.date) -> Candidate | None:
        """A change as it would cost and take on the day it starts, whether possible or not."""
        change, arguments = instance
        key = (change.id, arguments, start)
        if key not in self._candidates and self.on < start <= self.latest and self.steady(change):
            same = self.candidate(instance, self.on)
            # Of several lengths another may be the longest on another day.
            if same is None or (len(change.takes) <= 1 and _ends_by(same, self.latest)):
                self._candidates[key] = same
        if key not in self._candidates:
            look()
            then = self.evaluator(start)
            made = candidate_of(then, change, self.standing(arguments, start), 0)
            if made is not None and made.arguments != arguments:
                made = replace(made, arguments=arguments)
            self._candidates[key] = made
        return self._candidates[key]

    def at_most(self, instance: Instance) -> Candidate | None:
        """A change as it is on the day up to the horizon on which it can be made most often; None where on none."""
        days = () if self.steady(instance[0]) else self.openings(instance[0])
        made = (self.candidate(instance, day) for day in (self.on, *days))
        return max((each for each in made if each is not None), key=lambda each: each.most, default=None)

    def length(self, instance: Instance, units: int = 1) -> Duration | None:
        """How long so many units take, begun on the assessment date; None where it cannot be done then."""
        plain = self.candidate(instance, self.on)
        return None if plain is None else together(plain, units)

    def possible(self, instance: Instance, start: datetime.date) -> bool:
        """Whether the `when` holds on a day, nothing done."""
        change, arguments = instance
        if change.condition is None:
            return True
        if self._always(change):
            start = self.on
        key = (change.id, arguments, start)
        if key not in self._possible:
            look()
            self._possible[key] = is_certain(self.when(self.evaluator(start), instance, start))
        return self._possible[key]

    def when(
        self, evaluator: Evaluator, instance: Instance, start: datetime.date, altered: Mapping[Row, Row] = NOTHING
    ) -> Condition:
        """The truth of the `when` of a change in the world of an evaluator. Where changes alter a row of the arguments,
        the altered row stands for it."""
        change, arguments = instance
        assert change.condition is not None
        standing = self.standing(arguments, start)
        standing = tuple(altered.get(each, each) if isinstance(each, Row) else each for each in standing)
        return evaluator.condition(change.condition, standing)

    # ------------------------------------------------------------ worlds

    def opened(
        self, day: datetime.date, done: Sequence[Candidate], base: Evaluator | None = None
    ) -> tuple[Evaluator, Opened]:
        """The evaluator of a day in whose world candidates that are done by then are open, and that world; on other
        facts if an evaluator of them is given."""
        base = base or self.evaluator(day)
        opened = open_world(
            base,
            done,
            self.at,
            lambda candidate, row: self.touched(candidate, row, day),
            lambda row: self.later(row, day),
        )
        return Evaluator(self.program, opened.world, day, self.readings), opened

    def rests_on_untold(
        self, goal: Callable[[Evaluator], Condition], day: datetime.date, truth: Condition, done: Sequence[Candidate]
    ) -> bool:
        """Whether the truth of a goal on a day, with these candidates open, would be another if the months of which the
        facts have no row were as those before them."""
        if self.continued.ahead(day) <= 0 or not self.continued.untold().keys() & self.goal.records:
            return False
        base = Evaluator(self.program, world_of(self.program, self.continued.filled(day)), day, self.readings)
        then, _ = self.opened(day, done, base)
        return goal(then) != truth

    def at(self, candidate: Candidate) -> tuple[Evaluator, tuple[Any, ...]]:
        """The evaluator by which the effects of a candidate are worked out, of the day it is done with no other step,
        and its arguments as they are then."""
        if candidate.timing is None:
            return self.now, candidate.arguments
        end = candidate.timing.end
        return self.evaluator(end), self.standing(candidate.arguments, end)

    def touched(self, candidate: Candidate, row: Row, day: datetime.date) -> tuple[Row, ...]:
        """The rows of a day that a candidate changes."""
        return self.continued.touched(row, self.on if candidate.timing is None else candidate.timing.end, day)

    def later(self, row: Row, day: datetime.date) -> tuple[Row, ...]:
        """A row that a candidate adds, with those that repeat it by a day."""
        return self.continued.later(row, day)


def _ends_by(candidate: Candidate, latest: datetime.date) -> bool:
    """Whether a change that is begun by a day is done before the calendar ends."""
    try:
        shifted(latest, together(candidate, candidate.most), 1)
    except OutsideTheCalendar:
        return False
    return True


def _terms(candidate: Candidate | None) -> Any:
    """What a change costs and takes, and how often it can be made."""
    if candidate is None:
        return None
    return candidate.most, candidate.cost_once, candidate.cost_each, candidate.takes_once, candidate.takes_each
