"""Values written out: numbers, dates, durations, texts, words, sets, bands. A bare number takes the unit expected."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from attain_compiler.diagnostics.model import Label
from attain_compiler.model import program as model
from attain_compiler.model.constants import band_of
from attain_compiler.model.env import Env
from attain_compiler.model.repairs import apart, field_of_type, repair
from attain_compiler.model.types import (
    COUNT,
    DATE,
    DURATION,
    FLAG,
    MONTH,
    NEVER,
    NUMBER,
    PERCENT,
    POINTS,
    TEXT,
    BandType,
    Duration,
    EntityType,
    Quantity,
    RecordType,
    SetType,
    Type,
)
from attain_compiler.model.units import UNTYPED, alike, described, joined, rates_apart
from attain_compiler.syntax import ast

_DAYS = {"day": 1, "week": 7}
_MONTHS = {"month": 1, "year": 12}


def number(node: ast.Number, hint: Type | None) -> model.Expression:
    """A bare number is a count, a number or points, as expected; without expectation a count where it is whole."""
    match node.unit:
        case "%":
            return model.Constant(node.value / 100, type=PERCENT, span=node.span)
        case "points" | "point":
            return model.Constant(node.value, type=POINTS, span=node.span)
        case "":
            whole = node.value.denominator == 1
            type_ = NUMBER if hint == NUMBER else POINTS if hint == POINTS else COUNT if whole else NUMBER
            value = int(node.value) if type_ == COUNT else node.value
            return model.Constant(value, type=type_, span=node.span)
        case currency:
            return model.Constant(node.value, type=Quantity("money", currency), span=node.span)


def duration(node: ast.DurationLiteral) -> model.Expression:
    value = Duration(node.value * _MONTHS.get(node.unit, 0), node.value * _DAYS.get(node.unit, 0))
    return model.Constant(value, type=DURATION, span=node.span)


def text(node: ast.TextLiteral, hint: Type | None) -> model.Expression:
    """A text names an identifier where an entity is expected."""
    return model.Constant(node.value, type=hint if isinstance(hint, EntityType) else TEXT, span=node.span)


def word(env: Env, node: ast.Word) -> model.Expression:
    """`yes`, `no`, `never` and the dates that the run decides."""
    today = model.AssessmentDate(type=DATE, span=node.span)
    this_month = model.DatePart("month", today, type=MONTH, span=node.span)
    match node.word:
        case "yes" | "no":
            return model.Constant(node.word == "yes", type=FLAG, span=node.span)
        case "never":
            return model.Constant(NEVER, type=DATE, span=node.span)
        case "assessment date":
            return today
        case "plan date":
            if not env.planning:
                env.findings.error(
                    "plan-only",
                    "`plan date` is only known in a `change`",
                    node.span,
                    help="write `assessment date`",
                )
            return today
        case "this month":
            return this_month
        case "last month":
            one = model.Constant(Duration(1, 0), type=DURATION, span=node.span)
            return model.Shift(-1, one, this_month, type=MONTH, span=node.span)
        case other:
            env.findings.error("unknown-name", f"`{other}` is no value here", node.span)
            return env.broken(node.span)


def set_of(env: Env, node: ast.SetLiteral, hint: Type | None) -> model.Expression:
    """`{ a, b }`: all of one type, which the expectation or the first item says."""
    element = hint.element if isinstance(hint, SetType) else None
    if not node.items:
        if element is None:
            env.findings.error("type-mismatch", "an empty set of what?", node.span, help="name at least one element")
        return model.SetOf((), type=SetType(element or UNTYPED), span=node.span)
    items = [env.typed(each, element) for each in node.items]
    result = element or items[0].type
    for written, each in zip(node.items, items, strict=True):
        if not alike(each.type, result):
            env.mismatch(written, each.type, result)
        elif element is None:
            result = joined(result, each.type)
    return model.SetOf(tuple(items), type=SetType(result), span=node.span)


def band(env: Env, node: ast.Band, hint: Type | None) -> model.Expression:
    """A band as a value: its ends must be constants."""
    element = hint.element if isinstance(hint, BandType) else None
    value, found = band_of(env, node, element)
    return model.Constant(value, type=BandType(found), span=node.span)


def range_of(env: Env, node: ast.Range) -> model.Expression:
    """`months from A to B`, `days from A to B`."""
    type_ = MONTH if node.unit == "months" else DATE
    first, last = env.wanted(node.first, type_), env.wanted(node.last, type_)
    return model.Range(first, last, type=SetType(type_), span=node.span)


def adapts(env: Env, node: ast.Expression) -> bool:
    """Whether what the expression is depends on what is expected: a bare number, a value of an enum, a text."""
    match node:
        case ast.Number(unit=unit):
            return not unit
        case ast.TextLiteral() | ast.SetLiteral():
            return True
        case ast.Reference(name=name, qualifier=None):
            if name.text in env.columns:
                return adapts(replace(env, columns={}, locals={}), env.columns[name.text])
            return name.text not in env.locals and name.text not in env.visible.declarations
        case ast.Unary(operator="-", operand=operand):
            return adapts(env, operand)
        case ast.Binary(operator="+" | "-" | "*", left=left, right=right):
            return adapts(env, left) and adapts(env, right)
        case ast.Rounded(value=value) | ast.Otherwise(value=value):
            return adapts(env, value)
        case ast.Case(branches=branches):
            return all(adapts(env, each.value) for each in branches)
        case ast.Extreme(items=items):
            return all(adapts(env, each) for each in items)
        case _:
            return False


def is_bare(node: ast.Expression) -> bool:
    """Whether it is a number written without a unit."""
    match node:
        case ast.Number(unit=unit):
            return not unit
        case ast.Unary(operator="-", operand=operand):
            return is_bare(operand)
        case ast.Binary(operator="+" | "-" | "*" | "/", left=left, right=right):
            return is_bare(left) and is_bare(right)
        case _:
            return False


def pair(
    env: Env, left: ast.Expression, right: ast.Expression, hint: Type | None = None
) -> tuple[model.Expression, model.Expression]:
    """Two expressions that should be alike: the one that says its type tells the other what is expected."""
    if adapts(env, left) and not adapts(env, right):
        told = env.typed(right, hint)
        return env.typed(left, told.type), told
    telling = env.typed(left, hint)
    return telling, env.typed(right, telling.type)


def several(
    env: Env, nodes: Sequence[ast.Expression], hint: Type | None, places: Sequence[Env] = ()
) -> list[model.Expression]:
    """Expressions that should be alike, each read once: the first that says its type tells the others. `places`: where
    each stands, if not all in one."""
    envs = places or [env] * len(nodes)
    told: dict[int, model.Expression] = {}
    type_ = hint
    telling = next((i for i, each in enumerate(nodes) if not adapts(env, each)), None)
    if telling is not None:
        told[telling] = envs[telling].typed(nodes[telling], hint)
        type_ = told[telling].type
    return [told[i] if i in told else envs[i].typed(each, type_) for i, each in enumerate(nodes)]


def must_be_alike(env: Env, what: str, left: ast.Expression, right: ast.Expression, a: Type, b: Type) -> bool:
    """Report two operands that do not go together, both shown."""
    if alike(a, b):
        return True
    units = isinstance(a, Quantity) and isinstance(b, Quantity)
    env.findings.error(
        "unit-mismatch" if units else "type-mismatch",
        f"cannot {what} {described(a)} and {described(b)}",
        right.span,
        f"this is {described(b)}",
        (Label(left.span, f"this is {described(a)}"),),
        repair(right, a, env.source)
        or repair(left, b, env.source)
        or _its_field(env, right, b, a)
        or _its_field(env, left, a, b)
        or rates_apart(a, b)
        or apart(a, b),
    )
    return False


def _its_field(env: Env, node: ast.Expression, found: Type, wanted: Type) -> str:
    """Of a row that stands where a value should: its field of that type."""
    if not isinstance(found, RecordType):
        return ""
    return field_of_type(env.heads.records[found.id], wanted, env.source.slice(node.span))
