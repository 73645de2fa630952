"""What the goal of a plan and the policy's changes look at, and what the changes touch, on given facts."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Mapping, Sequence
from typing import Any, TypeAlias

from attain_compiler.model import program as model
from attain_compiler.model.types import MONTH, RecordType
from attain_engine.evaluate import Evaluator
from attain_engine.evaluate.designations import requirements_of
from attain_engine.facts.model import Facts, Row
from attain_engine.plan.candidates import Candidate, combinations
from attain_engine.plan.continued import Continued
from attain_engine.plan.days import Shift, fact_dates, month_starts
from attain_engine.plan.effects import (
    Touches,
    only_its_own,
    raised_at,
    read_of,
    touches,
    unsteady,
    values_of,
    varies,
    written_by_month,
)
from attain_engine.plan.reads import Meeting, Reads, all_of, reads
from attain_engine.solve.deadline import look

Instance: TypeAlias = tuple[model.Change, tuple[Any, ...]]
"""A change with its arguments."""

MANY_STEPS = 12
"""With more possible steps than these, few days and starts are looked at first."""


class Looked:
    """The facts from the assessment date to a horizon, and what the changes touch and wait for.

    `ordered`: steps may wait for one another (a `when` may become true by what is done, two changes set one field, or a
    limit counts what is done at once). `crossing`: a date that a change writes may be compared with that of another
    row; `tangled`: of one that a change writes as well; `seen_by_month`: the changes that write a date of which the
    month makes a difference, or which may be compared with an end of one. `large`: there are so many possible steps
    that a few days and starts are looked at before the others. `unfollowed`: dates are moved or compared in ways
    that are not followed, so that any day may matter. `effect_dates`: the policy's dates by which what a change
    does may change; `written_dates`: those that it may write, but for such as follow the day on which it is done.
    `raised_whenever`: the measures that are raised for what depends on the day. `written_by_month`: the fields of
    records that go on of which only the month makes a difference in which they are written. `unsteady`: what a
    change does, or how long it takes, depends on when it is done in a way of which no bound is known. Where `only`
    is given, changes have no other arguments; `kept` are the measures whose bounds a plan keeps to. `goals` are
    what the goal looks at, of each part of it by itself.
    """

    def __init__(
        self,
        program: model.Program,
        facts: Facts,
        on: datetime.date,
        readings: Mapping[str, str],
        designations: Sequence[model.Designation],
        changes: Sequence[model.Change],
        only: Callable[[model.Change, tuple[Any, ...]], bool] | None = None,
        kept: Sequence[model.Measure] = (),
    ) -> None:
        self._only = only
        self.program = program
        self.facts = facts
        self.on = on
        self.readings = readings
        self.continued = Continued(program, facts, on)
        self.most_timed = 900
        self.horizon = on
        self.latest = on
        self._evaluators: dict[datetime.date, Evaluator] = {}
        self._numbers: dict[Any, int] = {}
        self._instances: dict[str, list[Instance]] = {}
        self._candidates: dict[Any, Candidate | None] = {}
        self._openings: dict[tuple[str, datetime.date], list[datetime.date]] = {}
        self._begins: dict[tuple[str, datetime.date], list[datetime.date]] = {}
        self._possible: dict[Any, bool] = {}
        self._steadies: dict[str, bool] = {}
        self.first_starts: dict[datetime.date, dict[Any, datetime.date]] = {}
        """By the horizon, the first day on which each step may begin (see `soonest`)."""
        self._open: dict[Any, tuple[Evaluator, Mapping[Row, Row]]] = {}
        self.now = self.evaluator(on)
        changes = self.changes = tuple(each for each in changes if self._can_ever(each))
        asked = [reads(self.now, (part,)) for each in designations for part in _parts(each)]
        self.goals = (*asked, *(reads(self.now, (each.body,)) for each in kept))
        self.goal = all_of(self.goals)
        self.goal.quantifiers.extend(each for read in asked for each in read.quantifiers)
        self._touches = {each.id: touches(self.now, each) for each in changes}
        self._whens = {each.id: self._reads_of(each) for each in changes}
        self.dated_fields = frozenset(field for each in self._touches.values() for field in each.dated)
        self._waits = {each.id: self._may_wait(each) for each in changes}
        everything = self.everything = all_of((self.goal, *self._whens.values()))
        self.paced = any(each.paces for each in changes)
        self.rivals = self._rivals()
        self.ordered = self.paced or bool(self.rivals)
        read_dates = self.dated_fields & everything.fields
        self.crossing = any(self._met(each, each.left) or self._met(each, each.right) for each in everything.meetings)
        self.tangled = any(self._met(each, each.left) and self._met(each, each.right) for each in everything.meetings)
        self.dates_in_facts: set[datetime.date] = (
            set().union(*(fact_dates(self.now, record) for record in everything.records)) if self.crossing else set()
        )
        effects = all_of([reads(self.now, values_of(each)) for each in changes])
        by_month = all_of((everything, effects))
        self.seen_by_month = {each.id for each in changes if self._seen_by_month(each, by_month)}
        self.all_shifts = frozenset(self.goal.shifts | effects.shifts)
        self._effect_steps = effects.steps(self.dated_fields)
        self.all_steps = self.goal.steps(self.dated_fields) | self._effect_steps
        copied = (fact_dates(self.now, record) for record in effects.records)
        self.written_dates = effects.dates.union(*copied, *(each.defaults for each in self._touches.values()))
        self.effect_dates = frozenset(day for day in effects.dates if day > on)
        self.written_by_month, months_told = written_by_month(program, self.continued, changes, self._touches)
        self.unsteady = not months_told or any(unsteady(self.now, self.continued, each) for each in changes)
        self.large = sum(len(self.instances(each)) for each in changes) > MANY_STEPS
        self.raised_whenever = frozenset(
            effect.measure
            for each in changes
            if varies(on, reads(self.now, raised_at(each)))
            for effect in each.effects
            if isinstance(effect, model.RaisesMeasure)
        )
        self.lags = frozenset(shift for each in self._whens.values() for shift in each.shifts)
        self.lag_steps = frozenset(step for each in self._whens.values() for step in each.steps(self.dated_fields))
        self.unfollowed = bool(
            (self.goal.irregular and (self.goal.date or read_dates))
            or any(each.irregular and (each.date or read_dates) for each in self._whens.values())
            or (effects.irregular and read_dates)
            or (self.crossing and self.continued.daily & everything.records)
        )

    def goes_on(self, read: Reads) -> bool:
        """Whether a record is read that goes on month by month."""
        return any(each.id in read.records for each in self.continued.records)

    def evaluator(self, day: datetime.date) -> Evaluator:
        """The evaluator of a day on which nothing is done."""
        known = self._evaluators.get(day)
        if known is None:
            look()
            known = self._evaluators[day] = Evaluator(self.program, self.continued.world(day), day, self.readings)
        return known

    def months(self, low: datetime.date, high: datetime.date) -> list[datetime.date]:
        """The first days of the months between two dates."""
        return [day for day in month_starts(low, high) if low <= day <= high]

    def instances(self, change: model.Change) -> list[Instance]:
        """Every combination of a change's parameters but those that its `when` rules out for good: by a part of it that
        neither time nor any change makes another."""
        known = self._instances.get(change.id)
        if known is None:
            for_good = [each for each in _items(change.condition) if self._settled(each)]
            known = self._instances[change.id] = [
                (change, arguments)
                for arguments in combinations(self.now, change)
                if (self._only is None or self._only(change, arguments))
                and not any(self.now.condition(each, arguments) is False for each in for_good)
            ]
        return known

    def _settled(self, condition: model.Expression) -> bool:
        """Whether a condition is the same on every day and after every change."""
        read = reads(self.now, (condition,))
        if read.date or read.dates or self.goes_on(read) or self.continued.daily & read.records:
            return False
        return not any(read_of(each, read) for each in self._touches.values())

    # ------------------------------------------------------------ what is read

    def _can_ever(self, change: model.Change) -> bool:
        """Whether a change has arguments at all, and does not ask for rows of a record that was not given."""
        if not any(True for _ in combinations(self.now, change)):
            return False
        condition = change.condition
        items = _items(condition)
        return not any(
            isinstance(each, model.Exists)
            and isinstance(each.binder.type, RecordType)
            and each.binder.domain is None
            and each.binder.type.id not in self.now.world.tables
            for each in items
        )

    def _met(self, meeting: Meeting, side: frozenset[tuple[str, str]] | None) -> bool:
        """Whether a side of a comparison of dates may be one that a change writes."""
        if side is not None:
            return bool(side & self.dated_fields)
        if not meeting.months or None in self.everything.by_month:
            return bool(self.dated_fields)
        return bool(self._of_months(self.everything))

    def _seen_by_month(self, change: model.Change, read: Reads) -> bool:
        """Whether a change writes a date that is seen otherwise from the first day of a month on."""
        written = self._touches[change.id].dated & self.everything.fields
        if not written or read.month_ends or None in read.by_month:
            return bool(written)
        return bool(written & self._of_months(read))

    def _of_months(self, read: Reads) -> frozenset[tuple[str, str]]:
        """The fields that changes write of which the month is taken, or that are one."""
        taken = {field for fields in read.by_month if fields for field in fields}
        types = {each: self.program.records[each[0]].field(each[1]).type for each in self.dated_fields}
        return frozenset(each for each in self.dated_fields if each in taken or types[each] == MONTH)

    def _reads_of(self, change: model.Change) -> Reads:
        roots: list[model.Node] = [each for each in (change.condition, change.low, change.high) if each is not None]
        roots += [each.amount for each in change.costs]
        roots += [each.duration for each in change.takes]
        return reads(self.now, roots)

    def _may_wait(self, change: model.Change) -> bool:
        if change.condition is None:
            return False
        read = reads(self.now, (change.condition,))
        for other in self.changes:
            if read_of(self._touches[other.id], read):
                if other is change and only_its_own(self.program, change):
                    continue
                return True
        return False

    def _rivals(self) -> set[tuple[str, str]]:
        """The fields that are set, and that two steps may change otherwise: then the order makes a difference."""
        found: set[tuple[str, str]] = set()
        values: dict[tuple[str, str], set[Any]] = {}
        for change in self.changes:
            for effect in change.effects:
                if isinstance(effect, (model.Sets, model.RaisesField)):
                    place = (effect.row.type.id, effect.field)  # type: ignore[union-attr]
                    constant = isinstance(effect, model.Sets) and isinstance(effect.value, model.Constant)
                    values.setdefault(place, set()).add(effect.value.value if constant else object())  # type: ignore[union-attr]
        for change in self.changes:
            for effect in change.effects:
                if isinstance(effect, model.Sets):
                    place = (effect.row.type.id, effect.field)  # type: ignore[union-attr]
                    others = [
                        each
                        for each in self.changes
                        if place in self._touches[each.id].fields and (each is not change or len(each.parameters) > 1)
                    ]
                    if others and len(values[place]) > 1:
                        found.add(place)
        return found

    def in_turn(self, change: model.Change) -> bool:
        """Whether it matters which of two steps comes first where one is of this change: it may wait for others, or
        others for it, or it changes a field that others set."""
        touched = self._touches[change.id]
        return (
            self._waits[change.id]
            or bool(touched.fields & self.rivals)
            or any(self._waits[each.id] and read_of(touched, self._whens[each.id]) for each in self.changes)
        )

    def waits(self, change: model.Change) -> bool:
        """Whether the `when` of a change may read what a change touches."""
        return self._waits[change.id]

    def whens(self, change: model.Change) -> Reads:
        """What the `when` of a change looks at, and what it costs and takes."""
        return self._whens[change.id]

    def touches(self, change: model.Change) -> Touches:
        """What a change touches."""
        return self._touches[change.id]

    def steps(self, change: model.Change) -> frozenset[Shift]:
        """What is counted by from or to a date that a change writes, and in what any of them does."""
        touched = self._touches[change.id]
        return self.goal.steps(touched.dated | touched.fields) | self._effect_steps

    def dated(self, change: model.Change) -> bool:
        """Whether it matters when a change is done: it writes a date that is read."""
        return bool(self._touches[change.id].dated & self.everything.fields)

    def by_unit(self, change: model.Change) -> bool:
        """Whether it may matter that a change which takes longer the more units of it are made is done sooner with
        fewer: others wait for it, it writes dates, it is limited in time, or what it does is another on another day."""
        return any(each.each for each in change.takes) and bool(
            self.dated(change)
            or self.continues(change)
            or self.effect_dates
            or change.paces
            or (self.ordered and self.in_turn(change))
        )

    def continues(self, change: model.Change) -> bool:
        """Whether it makes a difference in which month a change is done: it touches rows that go on, or raises a
        measure for that month."""
        if varies(self.on, reads(self.now, raised_at(change))):
            return True
        touched = self._touches[change.id]
        records = {*touched.records, *(record for record, _ in touched.fields)}
        return any(each.id in records for each in self.continued.records)


def _parts(designation: model.Designation) -> Sequence[model.Node]:
    """The parts of a designation that are judged by themselves: its requirements, but on tracks all together."""
    return [designation] if designation.tracks else [each.condition for each in requirements_of(designation)]


def _items(condition: model.Expression | None) -> tuple[model.Expression, ...]:
    """The conditions that all must hold for a condition to."""
    if condition is None:
        return ()
    return condition.items if isinstance(condition, model.And) else (condition,)
