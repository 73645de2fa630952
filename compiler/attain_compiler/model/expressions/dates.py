"""Dates and months: moved, compared with a window, counted between, taken apart; and `as of` another date."""

from __future__ import annotations

import datetime
from dataclasses import replace
from typing import Final

from attain_compiler.diagnostics.model import Label
from attain_compiler.model import program as model
from attain_compiler.model.env import Env
from attain_compiler.model.expressions.comparisons import in_range
from attain_compiler.model.expressions.literals import must_be_alike, pair
from attain_compiler.model.program.expressions import ArithmeticOperator, DatePartName, ElapsedUnit
from attain_compiler.model.types import COUNT, DATE, DURATION, FLAG, MONTH, NUMBER, YEAR, Duration, Type, Value
from attain_compiler.model.units import dated, described, is_broken
from attain_compiler.source import Span
from attain_compiler.syntax import ast

_PARTS: Final[dict[str, DatePartName]] = {"month": "month", "first day": "first day", "last day": "last day"}
_UNITS: Final[dict[str, ElapsedUnit]] = {"days": "days", "months": "months", "years": "years"}


def shift(env: Env, node: ast.Binary) -> model.Expression:
    """`12 months before D`, `90 days after D`."""
    length = env.typed(node.left, DURATION)
    anchor = env.typed(node.right)
    if dated(length.type) and dated(anchor.type):
        word = "earlier than" if node.operator == "before" else "later than"
        told = f"write `{word}`; `{node.operator}` moves a date, as in `12 months {node.operator} assessment date`"
        env.findings.error("wrong-comparison", f"`{node.operator}` does not compare dates", node.span, help=told)
        return model.Constant(True, type=FLAG, span=node.span)
    if length.type != DURATION and not is_broken(length.type):
        env.mismatch(node.left, length.type, DURATION)
    return moved(env, 1 if node.operator == "after" else -1, length, anchor, node.left, node.right, node.span)


def moved(
    env: Env,
    direction: int,
    length: model.Expression,
    anchor: model.Expression,
    written_length: ast.Expression,
    written_anchor: ast.Expression,
    span: Span,
) -> model.Expression:
    if is_broken(anchor.type):
        return env.broken(span)
    if not dated(anchor.type):
        env.findings.error(
            "type-mismatch",
            f"only dates and months can be moved, and this is {described(anchor.type)}",
            written_anchor.span,
            f"this is {described(anchor.type)}",
            help="name a date or a month",
        )
        return env.broken(span)
    if anchor.type == MONTH and isinstance(length, model.Constant):
        value = length.value
        if isinstance(value, Duration) and value.days:
            env.findings.error(
                "type-mismatch",
                "a month cannot be moved by days",
                written_length.span,
                "this is a number of days",
                (Label(written_anchor.span, "this is a month"),),
                "move it by months or years, or take `first day of` or `last day of` the month",
            )
            return env.broken(span)
    return model.Shift(direction, length, anchor, type=anchor.type, span=span)


def within(env: Env, node: ast.Within) -> model.Expression:
    """`x within the N before D` (D excluded), `to D` (D included), `after D` (D excluded)."""
    env = env.uncovered()
    subject, anchor = pair(env.halved(node.span), node.subject, node.anchor)
    length = env.wanted(node.length, DURATION)
    nothing = model.Constant(True, type=FLAG, span=node.span)
    if not must_be_alike(env, "compare", node.subject, node.anchor, subject.type, anchor.type):
        return nothing
    direction = 1 if node.direction == "after" else -1
    other = moved(env, direction, length, anchor, node.length, node.anchor, node.span)
    if is_broken(other.type) or is_broken(subject.type):
        return nothing
    match node.direction:
        case "before":
            return in_range(subject, other, ">=", anchor, "<", node.span)
        case "to":
            return in_range(subject, other, ">", anchor, "<=", node.span)
        case _:
            return in_range(subject, anchor, ">", other, "<=", node.span)


def date_part(env: Env, node: ast.DatePart) -> model.Expression:
    """`month of D`, `first day of M`, `last day of M`; `year of D` and `month number of D` are numbers."""
    if node.part in ("year", "month number"):
        return _numbered(env, node)
    wanted: Type = DATE if node.part == "month" else MONTH
    subject = env.typed(node.subject, wanted)
    if subject.type != wanted and not is_broken(subject.type):
        repair = ""
        if node.part == "month" and subject.type == MONTH:
            repair = "it is a month already: leave `month of` out"
        elif subject.type == DATE:
            repair = f"write `{node.part} of month of ...`"
        env.findings.error(
            "type-mismatch",
            f"`{node.part} of` needs {described(wanted)}, and this is {described(subject.type)}",
            node.subject.span,
            f"this is {described(subject.type)}",
            help=repair,
        )
    return model.DatePart(_PARTS[node.part], subject, type=MONTH if node.part == "month" else DATE, span=node.span)


_ANCHOR: Final = 2000 * 12
"""A January, from which months are counted, forwards and backwards."""


def _numbered(env: Env, node: ast.DatePart) -> model.Expression:
    """The year, or the number of the month in its year: from how many months have passed."""
    subject = env.typed(node.subject, DATE)
    if not dated(subject.type) and not is_broken(subject.type):
        env.findings.error(
            "type-mismatch",
            f"`{node.part} of` needs a date or a month, and this is {described(subject.type)}",
            node.subject.span,
            f"this is {described(subject.type)}",
        )
        return env.broken(node.span)
    month = subject if subject.type == MONTH else model.DatePart("month", subject, type=MONTH, span=node.span)
    start = model.Constant(_ANCHOR, type=MONTH, span=node.span)
    months = model.Elapsed("months", start, month, type=COUNT, span=node.span)

    def whole(number: int) -> model.Expression:
        return model.Constant(number, type=COUNT, span=node.span)

    def calculated(operator: ArithmeticOperator, left: model.Expression, right: model.Expression) -> model.Expression:
        return model.Arithmetic(operator, left, right, type=NUMBER if operator == "/" else COUNT, span=node.span)

    years = model.Rounded(calculated("/", months, whole(12)), "down", whole(1), type=COUNT, span=node.span)
    if node.part == "year":
        return model.Arithmetic("+", years, whole(_ANCHOR // 12), type=YEAR, span=node.span)
    return calculated("+", calculated("-", months, calculated("*", whole(12), years)), whole(1))


def recurring(env: Env, node: ast.Recurring) -> model.Expression:
    """`last 1 March on or before D`: as many whole years after the first 1 March as have passed until D. `first 1 March
    on or after D` is a year after the last one before D."""
    anchor = env.wanted(node.anchor, DATE)
    if is_broken(anchor.type):
        return env.broken(node.span)

    def constant(value: Value, type_: Type) -> model.Expression:
        return model.Constant(value, type=type_, span=node.span)

    first = constant(datetime.date(4, node.month, node.day), DATE)  # a leap year
    if node.which == "first":
        anchor = model.Shift(-1, constant(Duration(0, 1), DURATION), anchor, type=DATE, span=node.span)
    years: model.Expression = model.Elapsed("years", first, anchor, type=COUNT, span=node.span)
    if node.which == "first":
        years = model.Arithmetic("+", years, constant(1, COUNT), type=COUNT, span=node.span)
    length = model.Repeated(years, constant(Duration(12, 0), DURATION), type=DURATION, span=node.span)
    return model.Shift(1, length, first, type=DATE, span=node.span)


def elapsed(env: Env, node: ast.Elapsed) -> model.Expression:
    """`number of days from A to B`: whole ones."""
    first, last = pair(env, node.first, node.last)
    if must_be_alike(env, "count between", node.first, node.last, first.type, last.type):
        type_ = last.type if is_broken(first.type) else first.type
        wrong = not dated(type_) or (node.unit == "days" and type_ == MONTH)
        if wrong and not is_broken(type_):
            env.findings.error(
                "type-mismatch",
                f"cannot count the {node.unit} from {described(first.type)} to {described(last.type)}",
                node.first.span,
                f"this is {described(first.type)}",
                help="days lie between dates; months and years between dates or months",
            )
    return model.Elapsed(_UNITS[node.unit], first, last, type=COUNT, span=node.span)


def as_of(env: Env, node: ast.AsOf, hint: Type | None) -> model.Expression:
    """`E as of D`: in E, the assessment date is D."""
    value = env.typed(node.value, hint)
    when = replace(env, covered=False).wanted(node.when, DATE)
    return model.AsOf(value, when, type=value.type, span=node.span)
