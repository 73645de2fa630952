"""Constants: what is known before any fact. Bounds, keys, defaults and what examples give are constants."""

from __future__ import annotations

import datetime
from fractions import Fraction
from typing import Any

from attain_compiler.diagnostics.model import Label
from attain_compiler.model import calendar
from attain_compiler.model import program as model
from attain_compiler.model.env import Env
from attain_compiler.model.types import COUNT, NUMBER, Band, Duration, Quantity, Type, Value
from attain_compiler.model.units import UNTYPED, alike, fits, is_broken, joined, ordered
from attain_compiler.source import Span
from attain_compiler.syntax import ast


def folded(node: model.Expression) -> Value | None:
    """The value of an expression without names, None where it has none."""
    match node:
        case model.Constant(value=value):
            return value
        case model.Negative(operand=operand):
            inner = folded(operand)
            return -inner if isinstance(inner, int | Fraction) and not isinstance(inner, bool) else None
        case model.SetOf(items=items):
            values = [folded(each) for each in items]
            return None if None in values else frozenset(each for each in values if each is not None)
        case model.Arithmetic(operator=operator, left=left, right=right):
            a, b = folded(left), folded(right)
            if not isinstance(a, int | Fraction) or not isinstance(b, int | Fraction):
                return None
            return _calculated(operator, a, b, node.type)
        case model.Shift(direction=direction, length=length, anchor=anchor):
            return _shifted(folded(anchor), folded(length), direction)
        case model.Repeated(times=times, length=length):
            number, once = folded(times), folded(length)
            return once.times(number) if isinstance(number, int) and isinstance(once, Duration) else None
        case model.DatePart(part=part, subject=subject):
            return _date_part(part, folded(subject))
        case _:
            return None


def _calculated(operator: str, a: int | Fraction, b: int | Fraction, type_: Type) -> Value | None:
    if operator == "/" and b == 0:
        return None
    result = {"+": a + b, "-": a - b, "*": a * b, "/": Fraction(a) / b if b else Fraction(0)}[operator]
    return int(result) if type_ == COUNT and result == int(result) else Fraction(result)


def _shifted(anchor: Value | None, length: Value | None, direction: int) -> Value | None:
    """A date or month moved by a duration; None where it leaves the calendar."""
    if not isinstance(length, Duration):
        return None
    try:
        if isinstance(anchor, datetime.date):
            return calendar.shifted(anchor, length, direction)
        if isinstance(anchor, int):
            return calendar.shifted_month(anchor, length, direction)
    except calendar.OutsideTheCalendar:
        return None
    return None


def _date_part(part: str, subject: Value | None) -> Value | None:
    try:
        if part == "month" and isinstance(subject, datetime.date):
            return calendar.month_of(subject)
        if part != "month" and isinstance(subject, int):
            return calendar.first_day(subject) if part == "first day" else calendar.last_day(subject)
    except calendar.OutsideTheCalendar:
        return None
    return None


def constant(env: Env, node: ast.Expression, wanted: Type, because: Label | None = None) -> Value | None:
    """The value of an expression that must be a constant of type `wanted`; None where that was reported."""
    found = env.typed(node, wanted)
    if not fits(found.type, wanted):
        env.mismatch(node, found.type, wanted, because)
        return None
    if is_broken(found.type) or is_broken(wanted):
        return None
    value = folded(found)
    if value is None:
        not_constant(env, node.span)
    return as_type(value, wanted)


def as_type(value: Value | None, type_: Type) -> Value | None:
    """Exact numbers other than counts are fractions, whole or not."""
    if isinstance(type_, Quantity) and type_ != COUNT and isinstance(value, int):
        return Fraction(value)
    return value


def not_constant(env: Env, span: Span) -> None:
    env.findings.error(
        "not-constant",
        "a value must stand here that is known from the text alone",
        span,
        help="write the value itself: a number, a date, a name of an enum, a text, a set of these",
    )


def inferred(env: Env, node: ast.Expression) -> tuple[Value | None, Type]:
    """The value of a constant whose type nothing but itself says."""
    found = env.typed(node)
    value = folded(found)
    if value is None and not is_broken(found.type):
        not_constant(env, node.span)
    return value, found.type


def band_of(env: Env, node: ast.Band, element: Type | None) -> tuple[Band, Type]:
    """A band and the type of its ends. An end that is missing is open."""
    ends = [each for each in (node.low, node.high) if each is not None]
    type_ = element
    values: dict[int, Value | None] = {}
    for end in ends:
        if element is not None:
            values[id(end)] = constant(env, end, element)
            continue
        value, found = inferred(env, end)
        if type_ is not None and not alike(type_, found):
            env.mismatch(end, found, type_)
        type_ = found if type_ is None else joined(type_, found)
        values[id(end)] = value
    type_ = type_ or UNTYPED
    if None in values.values():
        return Band(None, None), UNTYPED
    if not ordered(type_):
        env.findings.error(
            "type-mismatch", "a band is of quantities, dates or months", node.span, help="name the values one by one"
        )
        return Band(None, None), UNTYPED
    low = values.get(id(node.low)) if node.low else None
    high = values.get(id(node.high)) if node.high else None
    if type_ == NUMBER:
        low, high = as_type(low, NUMBER), as_type(high, NUMBER)
    if low is not None and high is not None and node.low and node.high and reversed_ends(low, high):
        env.findings.error(
            "bounds-reversed",
            "the band ends before it begins",
            node.high.span,
            secondary=(Label(node.low.span, "it begins here"),),
            help="write `from` the smaller value `to` the larger one",
        )
    return Band(low, high, node.low_included, node.high_included), type_


def reversed_ends(low: Any, high: Any) -> bool:
    """Whether `low` is above `high`, both of one ordered type."""
    try:
        return bool(low > high)
    except TypeError:
        return False


def bounds(
    env: Env, low: ast.Expression | None, high: ast.Expression | None, type_: Type
) -> tuple[Value | None, Value | None]:
    """The declared bounds `A to B` of a field or measure."""
    if low is None and high is None:
        return None, None
    if not ordered(type_):
        at = low or high
        assert at is not None
        env.findings.error(
            "type-mismatch",
            "only quantities, dates and months have bounds",
            at.span,
            help="leave the bounds out",
        )
        return None, None
    first = constant(env, low, type_) if low else None
    last = constant(env, high, type_) if high else None
    if first is not None and last is not None and low and high and reversed_ends(first, last):
        env.findings.error(
            "bounds-reversed",
            "the upper bound is below the lower one",
            high.span,
            secondary=(Label(low.span, "the lower bound"),),
            help="write the smaller bound first",
        )
    return first, last
