"""Calculating: sums, products, quotients, roundings, the greatest of several, and what stands in for no value."""

from __future__ import annotations

from fractions import Fraction
from typing import Final, Literal

from attain_compiler.diagnostics.model import Label
from attain_compiler.model import program as model
from attain_compiler.model.constants import folded
from attain_compiler.model.env import Env
from attain_compiler.model.expressions.literals import adapts, is_bare, must_be_alike, pair, several
from attain_compiler.model.expressions.none import instead_of_none, where
from attain_compiler.model.program.expressions import ArithmeticOperator, RoundingMode
from attain_compiler.model.types import COUNT, DATE, DURATION, NUMBER, PERCENT, Duration, Quantity, SetType, Type, Value
from attain_compiler.model.units import (
    alike,
    dated,
    described,
    is_broken,
    joined,
    ordered,
    plain,
    product,
    quotient,
    summed,
)
from attain_compiler.source import Span
from attain_compiler.syntax import ast

_MODES: Final[dict[str, RoundingMode]] = {"down": "down", "up": "up", "half up": "half up", "half even": "half even"}


def negative(env: Env, node: ast.Unary, hint: Type | None) -> model.Expression:
    operand = env.typed(node.operand, hint)
    if not isinstance(operand.type, Quantity) and not is_broken(operand.type):
        _only_quantities(env, "negate", node.operand, operand.type)
        return env.broken(node.span)
    type_ = COUNT if operand.type == COUNT else operand.type
    return model.Negative(operand, type=type_, span=node.span)


def binary(env: Env, node: ast.Binary, hint: Type | None) -> model.Expression:
    match node.operator:
        case "+" | "-":
            return _sum(env, node, hint)
        case "*":
            return _product(env, node, hint)
        case _:
            return _quotient(env, node, hint)


def _only_quantities(env: Env, what: str, node: ast.Expression, found: Type) -> None:
    env.findings.error(
        "type-mismatch",
        f"cannot {what} {described(found)}",
        node.span,
        f"this is {described(found)}",
        help="write `90 days after D`, `12 months before D` or `(n * 1 year) after D` to move a date, "
        "`number of days from A to B` to count"
        if dated(found)
        else "only counts, numbers, points, percents and money are calculated with",
    )


def _sum(env: Env, node: ast.Binary, hint: Type | None) -> model.Expression:
    left, right = pair(env, node.left, node.right, hint)
    what = "add" if node.operator == "+" else "subtract"
    for written, each in ((node.left, left), (node.right, right)):
        if not isinstance(each.type, Quantity) and not is_broken(each.type):
            _only_quantities(env, what, written, each.type)
            return env.broken(node.span)
    if not must_be_alike(env, what, node.left, node.right, left.type, right.type):
        return env.broken(node.span)
    sign: ArithmeticOperator = "+" if node.operator == "+" else "-"
    return model.Arithmetic(sign, left, right, type=summed(sign, left.type, right.type), span=node.span)


def _product(env: Env, node: ast.Binary, hint: Type | None) -> model.Expression:
    both = adapts(env, node.left) and adapts(env, node.right)
    left, right = env.typed(node.left), env.typed(node.right, hint if both else None)
    for rate, length in ((left, right), (right, left)):
        if isinstance(rate.type, Quantity) and rate.type.period and length.type == DURATION:
            return _paid(env, node, rate, rate.type, length)
    type_ = product(left.type, right.type)
    if type_ is None:
        env.findings.error(
            "unit-mismatch",
            f"{described(left.type)} times {described(right.type)} has no meaning",
            node.right.span,
            f"this is {described(right.type)}",
            (Label(node.left.span, f"this is {described(left.type)}"),),
            _repair_of_product(left.type, right.type),
        )
        return env.broken(node.span)
    if type_ == DURATION:
        count, length = (right, left) if left.type == DURATION else (left, right)
        return model.Repeated(count, length, type=DURATION, span=node.span)
    if hint == PERCENT and type_ == NUMBER and PERCENT in (left.type, right.type):
        type_ = PERCENT
    return model.Arithmetic("*", left, right, type=type_, span=node.span)


def _paid(
    env: Env, node: ast.Binary, rate: model.Expression, unit: Quantity, length: model.Expression
) -> model.Expression:
    """What a rate comes to in a time: so many times as its day, week, month or year is in it."""
    once = length.length if isinstance(length, model.Repeated) else length
    times = _in_it(once.value, unit.period) if isinstance(once, model.Constant) else None
    if times is None:
        env.findings.error(
            "unit-mismatch",
            f"how many {unit.period}s are in this time cannot be told",
            node.span,
            help=f"write it as so many {unit.period}s, as in `12 {unit.period}s`, or `(n * 1 {unit.period})`",
        )
        return env.broken(node.span)
    number: model.Expression = model.Constant(times, type=NUMBER, span=node.span)
    if isinstance(length, model.Repeated):
        number = model.Arithmetic("*", length.times, number, type=NUMBER, span=node.span)
    return model.Arithmetic("*", rate, number, type=unit.paid, span=node.span)


def _in_it(length: Value, period: str) -> Fraction | None:
    """How often a day, week, month or year is in a time; None where it is of other units."""
    assert isinstance(length, Duration)
    if period in ("month", "year"):
        return None if length.days else Fraction(length.months, 12 if period == "year" else 1)
    return None if length.months else Fraction(length.days, 7 if period == "week" else 1)


def _repair_of_product(left: Type, right: Type) -> str:
    if dated(left) or dated(right):
        return "a date is moved by a duration: `(3 * 1 year) after D`"
    if DURATION in (left, right):
        return "a duration is taken a whole number of times: multiply it by a count"
    if not isinstance(left, Quantity) or not isinstance(right, Quantity):
        return "only counts, numbers, points, percents and money are multiplied"
    return "multiply by a count, a number or a percent"


def _quotient(env: Env, node: ast.Binary, hint: Type | None) -> model.Expression:
    left, right = env.typed(node.left, hint), env.typed(node.right)
    type_ = quotient(left.type, right.type)
    if type_ is None:
        env.findings.error(
            "unit-mismatch",
            f"{described(left.type)} divided by {described(right.type)} has no meaning",
            node.right.span,
            f"this is {described(right.type)}",
            (Label(node.left.span, f"this is {described(left.type)}"),),
            "divide by something alike, which gives a percent, or by a count or number",
        )
        return env.broken(node.span)
    if type_ == PERCENT and plain(left.type) and (is_bare(node.right) or (hint is not None and plain(hint))):
        type_ = NUMBER
    if not env.covered and not _never_zero(env, right):
        zero = folded(right) == 0
        env.findings.error(
            "division-by-zero" if zero else "may-have-no-value",
            "a division by 0 has no value" if zero else "this division has no value where the divisor is 0",
            node.span,
            "" if zero else "the divisor may be 0",
            help="divide by something else"
            if zero
            else f"say what stands for it then: `... else {nothing_of(type_)}` if nothing is worth so much",
        )
    return model.Arithmetic("/", left, right, type=type_, span=node.span)


def nothing_of(type_: Type) -> str:
    """What an author would most likely write for nothing of a type."""
    match type_:
        case Quantity(kind="percent"):
            return "0%"
        case Quantity(kind="money", currency=currency):
            return f"0 {currency}"
        case Quantity():
            return "0"
        case _:
            return "never" if type_ == DATE else "..."


def _never_zero(env: Env, divisor: model.Expression) -> bool:
    """Whether it is a constant other than 0, or a parameter that has no other values."""
    if is_broken(divisor.type):
        return True
    if isinstance(divisor, model.Lookup):
        values = env.heads.constants.get(divisor.table, ())
        return bool(values) and 0 not in values
    return folded(divisor) not in (None, 0)


def otherwise(env: Env, node: ast.Otherwise, hint: Type | None) -> model.Expression:
    """`E else F`."""
    if adapts(env, node.value) and not adapts(env, node.fallback):
        fallback = env.typed(node.fallback, hint)
        value = env.covering().typed(node.value, fallback.type)
    else:
        value = env.covering().typed(node.value, hint)
        fallback = env.typed(node.fallback, value.type)
    if not must_be_alike(env, "choose between", node.value, node.fallback, value.type, fallback.type):
        return env.broken(node.span)
    instead = instead_of_none(value, fallback, node.span)
    if instead is not None:
        return instead
    return model.Fallback(value, fallback, type=joined(value.type, fallback.type), span=node.span)


def extreme(env: Env, node: ast.Extreme, hint: Type | None) -> model.Expression:
    """`greatest of (a, b)`: of like things that have an order."""
    items = several(env, node.items, hint)
    result: Type | None = None
    for each, item in zip(node.items, items, strict=True):
        if result is None:
            result = item.type
        elif must_be_alike(env, "compare", node.items[0], each, result, item.type):
            result = joined(result, item.type)
        else:
            return env.broken(node.span)
    if result is None or not must_have_order(env, node.kind, node.items[0].span, result):
        return env.broken(node.span)
    return model.Extreme(extreme_kind(node.kind), tuple(items), type=result, span=node.span)


def extreme_kind(kind: str) -> Literal["min", "max"]:
    return "max" if kind in ("max", "greatest", "latest") else "min"


def must_have_order(env: Env, kind: str, span: Span, type_: Type) -> bool:
    """Report a greatest or least of things without order, a latest or earliest of what is no date."""
    if is_broken(type_) or (ordered(type_) and (kind not in ("latest", "earliest") or dated(type_))):
        return True
    quantity = isinstance(type_, Quantity)
    env.findings.error(
        "type-mismatch",
        f"there is no `{ {'max': 'greatest', 'min': 'least'}.get(kind, kind) }` of {described(type_)}",
        span,
        f"this is {described(type_)}",
        help=f"write `{'greatest' if kind == 'latest' else 'least'} of`" if quantity else "",
    )
    return False


def rounded(env: Env, node: ast.Rounded, hint: Type | None) -> model.Expression:
    """`E rounded down to 0.5`. Rounded to whole numbers, a number is a count."""
    value = env.typed(node.value, NUMBER if hint == COUNT else hint)
    if is_broken(value.type):
        env.typed(node.step)
        return env.broken(node.span)
    if not isinstance(value.type, Quantity):
        _only_quantities(env, "round", node.value, value.type)
        return env.broken(node.span)
    step = env.typed(node.step, NUMBER if plain(value.type) else value.type)
    if not must_be_alike(env, "round", node.value, node.step, value.type, step.type):
        return env.broken(node.span)
    amount = folded(step)
    if not isinstance(amount, int | Fraction):
        env.findings.error(
            "not-constant",
            "the step of a rounding must be known from the text alone",
            node.step.span,
            help="write a number, as in `rounded down to 0.5`",
        )
        return env.broken(node.span)
    if amount <= 0:
        env.findings.error("step-not-positive", "the step of a rounding must be above 0", node.step.span)
        return env.broken(node.span)
    whole = plain(value.type) and amount.denominator == 1
    return model.Rounded(
        value, _MODES[node.mode], step, type=COUNT if whole else joined(value.type, step.type), span=node.span
    )


def case(env: Env, node: ast.Case, hint: Type | None) -> model.Expression:
    """`by case`: the first branch whose condition holds."""
    values = several(
        env, [each.value for each in node.branches], hint, [where(env, each.condition) for each in node.branches]
    )
    branches: list[model.Branch] = []
    last: model.Expression | None = None
    result: Type | None = None
    for position, (each, value) in enumerate(zip(node.branches, values, strict=True)):
        if result is None:
            result = value.type
        elif alike(result, value.type):
            result = joined(result, value.type)
        else:
            must_be_alike(env, "choose between", node.branches[0].value, each.value, result, value.type)
            result = env.broken(node.span).type
        if each.condition is None:
            if position < len(node.branches) - 1:
                env.findings.error(
                    "missing-otherwise",
                    "the lines after `otherwise` are never reached",
                    each.span,
                    help="write `otherwise` on the last line",
                )
            last = value
        else:
            branches.append(model.Branch(env.condition(each.condition), value, span=each.span))
    if last is None or result is None:
        env.findings.error(
            "missing-otherwise",
            "the cases do not say what holds otherwise",
            node.span,
            help="end them with a line `VALUE otherwise`",
        )
        return env.broken(node.span)
    return model.Case(tuple(branches), last, type=result, span=node.span)


def never_empty(env: Env, domain: model.Expression) -> bool:
    """Whether a set surely has an element: written out, or from a parameter whose sets all have one."""
    match domain:
        case model.SetOf(items=items):
            return bool(items)
        case model.Lookup(table=table):
            values = env.heads.constants.get(table, ())
            return bool(values) and all(values)
        case _:
            return not isinstance(domain.type, SetType)
