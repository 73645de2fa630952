"""Days that one runs over: what is asked of a day changes only on days that the facts and the policy name.

`some d in days from A to B where C` (and `no`, `every`) holds of some day if it does of A, or of a day on which C
changes. C is read for what it compares the day with. Where it does something else with it, every day is looked at.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any, Final, TypeAlias

from attain_compiler.frozen import frozen
from attain_compiler.model import calendar
from attain_compiler.model import program as model
from attain_compiler.model.types import DATE, NEVER, Duration, RecordType
from attain_compiler.model.walk import children, nodes
from attain_engine.evaluate.state import MISSING, Compile, Context, Frame
from attain_engine.evaluate.values import Cases, Found
from attain_engine.open.conditions import Condition

Elements: TypeAlias = "Iterable[tuple[Found, Condition]]"
Domain: TypeAlias = Callable[[Frame, Context], Elements]

FEW = 15
"""So few days are gone through as they are."""

Move: TypeAlias = "tuple[Duration, int] | None"
"""By how much a date is moved, and which way."""


@frozen
class Change:
    """What a day is compared with: a field of a record, or a value, moved; and how the day itself is moved."""

    field: tuple[str, str] | None
    value: model.Expression | None
    moved: Move
    day_moved: Move


class _EveryDay(Exception):
    """The condition does more with the day than compare it."""


def few(
    program: model.Program, closure_of: Compile, binder: model.Binder, condition: model.Expression, domain: Domain
) -> Domain:
    """The days of a domain without those on which nothing changes."""
    reading = _Reading(program)
    try:
        reading.visit(condition, frozenset((binder.number,)), now=False, elsewhere=False)
    except _EveryDay:
        return domain
    changes = tuple(dict.fromkeys(reading.changes))
    values = tuple(closure_of(each.value) if each.value is not None else None for each in changes)
    called = frozenset(reading.called)
    place = object()

    def of_days(frame: Frame, context: Context) -> Elements:
        every: Sequence[tuple[Found, Condition]] = list(domain(frame, context))
        if len(every) <= FEW or called & context.state.fixed or any(there is not True for _, there in every):
            return every
        known = context.settled.get(place, MISSING)
        if known is MISSING:
            moments = [value(frame, context) if value is not None else None for value in values]
            known = context.settled[place] = _days(changes, moments, context)
        return every if known is None else [every[0], *(each for each in every[1:] if each[0] in known)]

    return of_days


def _days(changes: Sequence[Change], moments: Sequence[Any], context: Context) -> frozenset[datetime.date] | None:
    """The days on which something changes; None where they are not known."""
    found: set[datetime.date] = set()
    for each, moment in zip(changes, moments, strict=True):
        for date in (moment,) if each.field is None else _column(each.field, context):
            if not isinstance(date, datetime.date):
                return None
            if date != NEVER:
                found.update(_moved(each, date))
    return frozenset(found)


def _column(field: tuple[str, str], context: Context) -> Iterator[Any]:
    """The values of a field in all rows, counted or not."""
    record, name = field
    for row, _ in context.state.world.tables.get(record, ()):
        value: Any = row.values[name]
        yield from (each for _, each in value.alternatives) if isinstance(value, Cases) else (value,)


def _moved(change: Change, date: datetime.date) -> Iterator[datetime.date]:
    """The days on which a comparison with a date may come out differently than on the day before."""
    try:
        if change.moved is not None:
            date = calendar.shifted(date, *change.moved)
        near = (0, 1)
        if change.day_moved is not None:
            length, direction = change.day_moved
            date = calendar.shifted(date, length, -direction)
            near = (-4, 5) if length.months else near  # a month ends on one of four days
        yield from (date + datetime.timedelta(days=each) for each in range(near[0], near[1] + 1))
    except (calendar.OutsideTheCalendar, OverflowError):
        return


_FIXED: Final = (model.Constant, model.AssessmentDate, model.Shift, model.DatePart, model.ReadingValue)


class _Reading:
    """Reads a condition on a day. `tracked` are the variables that are the day; `now` says that the assessment date is
    it; `elsewhere` that the assessment date is another one than where the condition stands."""

    def __init__(self, program: model.Program) -> None:
        self.program = program
        self.changes: list[Change] = []
        self.called: set[str] = set()
        self._seen: set[tuple[int, frozenset[int], bool, bool]] = set()

    def visit(self, node: model.Node, tracked: frozenset[int], now: bool, elsewhere: bool) -> None:
        def is_day(each: model.Node) -> bool:
            return (isinstance(each, model.Variable) and each.number in tracked) or (
                now and isinstance(each, model.AssessmentDate)
            )

        match node:
            case model.Compare(left=left, right=right) if left.type == DATE and (this := _day(left, is_day)):
                self._change(this, right, is_day, now or elsewhere)
            case model.Compare(left=left, right=right) if left.type == DATE and (this := _day(right, is_day)):
                self._change(this, left, is_day, now or elsewhere)
            case model.Variable() | model.AssessmentDate():
                if is_day(node):
                    raise _EveryDay
            case model.AsOf(value=value, when=when) if is_day(when):
                self.visit(value, tracked, True, elsewhere)
            case model.AsOf(value=value, when=when):
                self.visit(when, tracked, now, elsewhere)
                self.visit(value, tracked, False, True)
            case model.DefineCall(define=called, arguments=arguments):
                self._call(self.program.defines[called], arguments, is_day, tracked, now, elsewhere)
            case model.MeasureCall(measure=called, arguments=arguments):
                self._call(self.program.measures[called], arguments, is_day, tracked, now, elsewhere)
            case model.SelfCall() | model.ScoreCall() | model.MaximumOf() | model.StatusIs():
                if now or any(is_day(each) for each in nodes(node)):
                    raise _EveryDay
            case _:
                if now:
                    self._dated(node, elsewhere)
                for each in children(node):
                    self.visit(each, tracked, now, elsewhere)

    def _change(
        self, moved: tuple[Move], against: model.Expression, is_day: Callable[[model.Node], bool], other: bool
    ) -> None:
        match against:
            case model.FieldOf(row=model.Variable(type=RecordType(id=record)) | model.SingleRow(
                type=RecordType(id=record)), field=name):  # fmt: skip
                self.changes.append(Change((record, name), None, None, moved[0]))
            case model.Shift(
                direction=way,
                length=model.Constant(value=Duration() as by),
                anchor=model.FieldOf(row=model.Variable(type=RecordType(id=record)), field=name),
            ):
                self.changes.append(Change((record, name), None, (by, way), moved[0]))
            case _ if all(isinstance(each, _FIXED) for each in nodes(against)) and not (
                other and any(isinstance(each, model.AssessmentDate) for each in nodes(against))
            ):
                self.changes.append(Change(None, against, None, moved[0]))
            case _:
                raise _EveryDay

    def _call(
        self,
        declared: model.Define | model.Measure,
        arguments: tuple[model.Expression, ...],
        is_day: Callable[[model.Node], bool],
        tracked: frozenset[int],
        now: bool,
        elsewhere: bool,
    ) -> None:
        days = frozenset(n for n, each in enumerate(arguments) if is_day(each))
        for n, each in enumerate(arguments):
            if n not in days:
                self.visit(each, tracked, now, elsewhere)
        if not days and not now:
            return
        self.called.add(declared.id)
        key = (id(declared.body), days, now, elsewhere)
        if key not in self._seen:
            self._seen.add(key)
            self.visit(declared.body, days, now, elsewhere)

    def _dated(self, node: model.Node, elsewhere: bool) -> None:
        """What else depends on the assessment date: entries in force, rows that are left out."""
        match node:
            case model.Lookup(table=table):
                for entry in self.program.tables[table].entries:
                    for end in (entry.force_from, entry.force_to):
                        if end is not None:
                            value = model.Constant(end, type=DATE, span=entry.span)
                            self.changes.append(Change(None, value, None, None))
            case model.Binder(type=RecordType() as record, domain=None) | model.SingleRow(type=RecordType() as record):
                for each in self.program.exclusions_of(record):
                    self.visit(each.condition, frozenset(), True, elsewhere)
            case _:
                pass


def _day(side: model.Expression, is_day: Callable[[model.Node], bool]) -> tuple[Move] | None:
    """Where a side of a comparison is the day: how it is moved."""
    if is_day(side):
        return (None,)
    match side:
        case model.Shift(direction=way, length=model.Constant(value=Duration() as by), anchor=anchor) if is_day(anchor):
            return ((by, way),)
        case _:
            return None
