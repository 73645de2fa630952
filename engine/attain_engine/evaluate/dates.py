"""Dates, months and durations: what moves, takes apart and measures them."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from typing import Any, assert_never

from attain_compiler.model import calendar
from attain_compiler.model import program as model
from attain_compiler.model.types import MONTH, NEVER, NEVER_MONTH, Duration
from attain_compiler.model.walk import nodes
from attain_engine.evaluate import numbers
from attain_engine.evaluate.missing import WorkedOut
from attain_engine.evaluate.moved import PARTS, Moved
from attain_engine.evaluate.problems import NoAnswer
from attain_engine.evaluate.provenance import with_rows
from attain_engine.evaluate.state import MISSING, Closure, Compile, Context, Frame
from attain_engine.evaluate.values import NO_VALUE, OPEN, SETTLED, Found, Unknown, lifted, unknown_of
from attain_engine.open.quantities import Linear, Stairs, range_of

MOST_IN_A_RANGE = 12_000
"""So many months, or days, one can run over at the most, less one."""

DateForm = model.Shift | model.Repeated | model.DatePart | model.Elapsed | model.Range


def dates(program: model.Program, closure_of: Compile, expression: DateForm) -> Closure:
    """The closure of one of the forms on dates. One that has no variables is worked out once in each context."""
    inner = _on_settled(program, closure_of, expression)
    if not _depends_on_the_date_alone(expression):
        return inner
    place = object()

    def once(frame: Frame, context: Context) -> Any:
        known = context.settled.get(place, MISSING)
        if known is MISSING:
            known = context.settled[place] = inner(frame, context)
        return known

    return once


def _depends_on_the_date_alone(expression: model.Expression) -> bool:
    return all(isinstance(each, DateForm | model.AssessmentDate | model.Constant) for each in nodes(expression))


def _on_settled(program: model.Program, closure_of: Compile, expression: DateForm) -> Closure:
    match expression:
        case model.Shift(direction=direction, length=length, anchor=anchor):
            move: Callable[..., Any] = calendar.shifted_month if expression.type == MONTH else calendar.shifted
            return _of_two(
                program, expression, lambda by, at: move(at, by, direction), closure_of(length), closure_of(anchor)
            )
        case model.Repeated(times=times, length=length):
            return _of_two(
                program, expression, lambda number, once: once.times(number), closure_of(times), closure_of(length)
            )
        case model.DatePart(part=part, subject=subject):
            return _of_one(program, expression, PARTS[part], closure_of(subject))
        case model.Elapsed(unit=unit, first=first, last=last):
            ends = closure_of(first), closure_of(last)
            return _of_two(program, expression, lambda start, end: _elapsed(unit, start, end), *ends)
        case model.Range(first=first, last=last):
            kinds = _months if first.type == MONTH else _days
            return _of_two(program, expression, kinds, closure_of(first), closure_of(last))
        case _:
            assert_never(expression)


def _elapsed(unit: str, first: Any, last: Any) -> Found:
    """How many whole units lie between two dates; to or from `never` there is no such number."""
    ends = (first, last)
    return NO_VALUE if NEVER in ends or NEVER_MONTH in ends else calendar.elapsed(unit, first, last)


def _months_apart(expression: DateForm, first: Any, last: Any) -> Any:
    """The months from one month to another where one of them rests on what is decided; None for other dates."""
    if isinstance(expression, model.Elapsed) and expression.unit == "months" and _is_month(first) and _is_month(last):
        return numbers.arithmetic("-", last, first)
    return None


def _is_month(month: Any) -> bool:
    """Whether something is a month, or one of several, and none of them is `never`."""
    if not isinstance(month, int | Linear | Stairs):
        return False
    high = range_of(month)[1]
    return high is not None and high < NEVER_MONTH


def _months(first: int, last: int) -> frozenset[int]:
    if last - first > MOST_IN_A_RANGE:
        raise calendar.OutsideTheCalendar
    return frozenset(range(first, last + 1))


def _days(first: datetime.date, last: datetime.date) -> frozenset[datetime.date]:
    start, end = first.toordinal(), last.toordinal()
    if end - start > MOST_IN_A_RANGE:
        raise calendar.OutsideTheCalendar
    return frozenset(map(datetime.date.fromordinal, range(start, end + 1)))


def _of_one(program: model.Program, expression: DateForm, function: Callable[[Any], Any], inner: Closure) -> Closure:
    def of_one(frame: Frame, context: Context) -> Any:
        value = inner(frame, context)
        if type(value) in SETTLED:
            try:
                return function(value)
            except calendar.OutsideTheCalendar:
                raise with_rows(_outside(expression), program, expression, frame, context) from None
        return _lifted(expression, function, (value,))

    return of_one


def _of_two(
    program: model.Program, expression: DateForm, function: Callable[[Any, Any], Any], first: Closure, second: Closure
) -> Closure:
    def of_two(frame: Frame, context: Context) -> Any:
        one, other = first(frame, context), second(frame, context)
        if type(one) in SETTLED and type(other) in SETTLED:
            try:
                return function(one, other)
            except calendar.OutsideTheCalendar:
                raise with_rows(_outside(expression), program, expression, frame, context) from None
        apart = _months_apart(expression, one, other)
        return _lifted(expression, function, (one, other)) if apart is None else apart

    return of_two


def _lifted(expression: DateForm, function: Callable[..., Any], values: tuple[Any, ...]) -> Any:
    """A function of settled values for each of their cases; of something unknown it is unknown, of no value there is
    none."""

    def apply(*values: Any) -> Any:
        if any(value is NO_VALUE for value in values):
            return NO_VALUE
        if any(map(numbers.is_decided, values)):
            return numbers.for_each_decided(apply, values, expression)
        if any(isinstance(value, OPEN) for value in values):
            moved = _moved(expression, values)
            return unknown_of(expression.type, WorkedOut(expression.span, values) if moved is None else moved)
        try:
            return function(*values)
        except calendar.OutsideTheCalendar:
            raise _outside(expression) from None

    return lifted(apply, values)


def _moved(expression: DateForm, values: tuple[Any, ...]) -> Moved | None:
    """What comes from one unknown date or month alone; None of anything else."""
    match expression, values:
        case model.Shift(direction=direction), (Duration() as length, Unknown() as of):
            return Moved(of, (length, direction))
        case model.DatePart(part=part), (Unknown() as of,):
            return Moved(of, part)
        case _:
            return None


def _outside(expression: model.Typed) -> NoAnswer:
    return NoAnswer(
        "outside-the-calendar",
        "a date here lies outside the years 1 to 9998",
        expression.span,
        "check the dates and durations that lead to it",
    )
