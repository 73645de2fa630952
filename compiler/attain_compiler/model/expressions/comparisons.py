"""Comparisons: equal, greater, earlier, in a set or a band, from A to B, for each part of a score."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from attain_compiler.diagnostics.model import Label
from attain_compiler.model import program as model
from attain_compiler.model.env import Env
from attain_compiler.model.expressions import status
from attain_compiler.model.expressions.literals import adapts, must_be_alike, pair
from attain_compiler.model.expressions.names import arguments_for
from attain_compiler.model.expressions.none import is_none, written
from attain_compiler.model.heads import Head
from attain_compiler.model.program.expressions import Comparison
from attain_compiler.model.repairs import repair
from attain_compiler.model.types import FLAG, POINTS, BandType, EnumType, Quantity, SetType, Type
from attain_compiler.model.units import alike, dated, described, is_broken, ordered
from attain_compiler.source import Span
from attain_compiler.syntax import ast

SIGNS: Final[dict[str, Comparison]] = {
    "is": "==",
    "is not": "!=",
    "at least": ">=",
    "more than": ">",
    "at most": "<=",
    "less than": "<",
    "on or after": ">=",
    "later than": ">",
    "on or before": "<=",
    "earlier than": "<",
}
_FOR_DATES = {
    "at least": "on or after",
    "more than": "later than",
    "at most": "on or before",
    "less than": "earlier than",
}
_FOR_QUANTITIES = {dates: quantities for quantities, dates in _FOR_DATES.items()}


def comparison(env: Env, node: ast.Comparison) -> model.Expression:
    env = env.uncovered()
    if is_none(node.right):
        env = replace(env, present=env.present - {written(env, node.left.span)})  # which is what this asks
    asked = status.asked(env, node.left)
    if asked is not None:
        return status.award(env, asked, node)
    if node.operator in ("in", "not in"):
        return _membership(env, node)
    left, right = pair(env, node.left, node.right)
    if not must_be_alike(env, "compare", node.left, node.right, left.type, right.type):
        return model.Constant(True, type=FLAG, span=node.span)
    _must_suit(env, node, left.type if not is_broken(left.type) else right.type)
    return model.Compare(SIGNS[node.operator], left, right, type=FLAG, span=node.span)


def _must_suit(env: Env, node: ast.Comparison, type_: Type) -> None:
    """Report `at least` between dates, `earlier than` between quantities, any order between what has none."""
    if node.operator in ("is", "is not") or is_broken(type_):
        return
    words = _FOR_DATES if dated(type_) else _FOR_QUANTITIES
    if not ordered(type_):
        env.findings.error(
            "type-mismatch",
            f"{described(type_)} is never `{node.operator}` another",
            node.span,
            f"this compares {described(type_)}",
            help=f"only quantities, dates, months and durations have an order: {_instead_of_order(type_)}",
        )
    elif node.operator in words:
        kind = "dates and months" if dated(type_) else "quantities and durations"
        env.findings.error(
            "wrong-comparison",
            f"`{node.operator}` does not compare {kind}",
            node.span,
            help=f"write `{words[node.operator]}`",
        )


def _instead_of_order(type_: Type) -> str:
    if isinstance(type_, EnumType):
        return "write `is`, or name those that count, `in { a, b }`; a `parameter` may give each its rank"
    return "write `is` or `in`"


def _membership(env: Env, node: ast.Comparison) -> model.Expression:
    """`x in S`, S a set or a band."""
    if isinstance(node.right, ast.SetLiteral) or not adapts(env, node.left):
        telling = env.typed(node.left)
        hint: Type = BandType(telling.type) if isinstance(node.right, ast.Band) else SetType(telling.type)
        element, container = telling, env.typed(node.right, hint)
    else:
        container = env.typed(node.right)
        inner = container.type.element if isinstance(container.type, SetType | BandType) else None
        element = env.typed(node.left, inner)
    result: model.Expression = model.Constant(True, type=FLAG, span=node.span)
    if not isinstance(container.type, SetType | BandType):
        if not is_broken(container.type):
            env.findings.error(
                "type-mismatch",
                f"`in` needs a set or a band, and this is {described(container.type)}",
                node.right.span,
                f"this is {described(container.type)}",
                help=_no_set(env, node.right, element.type),
            )
    elif not alike(element.type, container.type.element):
        env.findings.error(
            _code(element.type, container.type.element),
            f"{described(element.type)} is never in {described(container.type)}",
            node.right.span,
            f"this is {described(container.type)}",
            (Label(node.left.span, f"this is {described(element.type)}"),),
        )
    else:
        result = model.Contains(element, container, type=FLAG, span=node.span)
    return model.Not(result, type=FLAG, span=node.span) if node.operator == "not in" else result


def _no_set(env: Env, container: ast.Expression, element: Type) -> str:
    if not isinstance(container, ast.Number | ast.MonthLiteral) or not dated(element):
        return "write `is`, or name a set: `{ a, b }`"
    return repair(container, element, env.source) or "write `is`"


def _code(a: Type, b: Type) -> str:
    return "unit-mismatch" if isinstance(a, Quantity) and isinstance(b, Quantity) else "type-mismatch"


def between(env: Env, node: ast.Between) -> model.Expression:
    """`x from A to B`: both ends included."""
    env = env.uncovered()
    subject, low = pair(env.halved(node.span), node.subject, node.low)
    high = env.typed(node.high, subject.type)
    for given, end in ((node.low, low), (node.high, high)):
        if not must_be_alike(env, "compare", node.subject, given, subject.type, end.type):
            return model.Constant(True, type=FLAG, span=node.span)
    if not ordered(subject.type):
        env.findings.error(
            "type-mismatch",
            f"{described(subject.type)} has no order",
            node.subject.span,
            f"this is {described(subject.type)}",
            help=f"only quantities, dates, months and durations have an order: {_instead_of_order(subject.type)}",
        )
    return in_range(subject, low, ">=", high, "<=", node.span)


def in_range(
    subject: model.Expression,
    low: model.Expression,
    low_sign: Comparison,
    high: model.Expression,
    high_sign: Comparison,
    span: Span,
) -> model.Expression:
    """Two comparisons of one subject, each shown as the whole that was written."""
    return model.And(
        (
            model.Compare(low_sign, subject, low, type=FLAG, span=span),
            model.Compare(high_sign, subject, high, type=FLAG, span=span),
        ),
        type=FLAG,
        span=span,
    )


def each_part(env: Env, node: ast.EachPart) -> model.Expression:
    """`each part of capability(t) more than 0`: the same for every part."""
    env = env.uncovered()
    bound = env.wanted(node.bound, POINTS)
    score = score_of(env, node.score)
    if score is None:
        return model.Constant(True, type=FLAG, span=node.span)
    if node.operator not in SIGNS or node.operator in _FOR_QUANTITIES:
        env.findings.error(
            "wrong-comparison",
            f"`{node.operator}` does not compare points",
            node.span,
            help=f"write `{_FOR_QUANTITIES.get(node.operator, 'at least')}`",
        )
        return model.Constant(True, type=FLAG, span=node.span)
    parts = env.heads.values[score.score].parts
    items = tuple(
        model.Compare(SIGNS[node.operator], replace(score, part=each), bound, type=FLAG, span=node.span)
        for each in parts
    )
    return model.And(items, type=FLAG, span=node.span)


def maximum_of(env: Env, node: ast.MaximumOf) -> model.Expression:
    """`maximum of pci`: without arguments where they make no difference."""
    score = score_of(env, node.score, for_maximum=True)
    if score is None:
        return env.broken(node.span)
    return model.MaximumOf(score.score, score.arguments, type=POINTS, span=node.span)


def score_of(env: Env, node: ast.Expression, for_maximum: bool = False) -> model.ScoreCall | None:
    """The score that is named; None where none is, which is reported."""
    match node:
        case ast.Reference(name=name, qualifier=None):
            arguments: tuple[ast.Expression, ...] = ()
        case ast.Call(name=name, arguments=arguments):
            pass
        case _:
            env.typed(node)
            env.findings.error("not-a-score", "a score must stand here", node.span, help="write its name")
            return None
    declared = env.visible.declarations.get(name.text)
    if declared is None:
        if name.text not in env.visible.broken:
            scores = env.visible.of_kind(ast.Score)
            env.findings.unknown(f"no score is called `{name.text}`", name.span, name.text, scores)
        return None
    env.use(declared.id, name.span)
    head = env.heads.values.get(declared.id)
    if head is None or head.kind != "score":
        env.findings.error(
            "not-a-score",
            f"`{name.text}` is a {declared.kind}, not a score",
            name.span,
            secondary=(Label(declared.span, "declared here"),),
            help="name a score",
        )
        return None
    if for_maximum and not arguments and head.formals and not head.varies:
        return model.ScoreCall(head.id, _any_arguments(env, head, node.span), type=POINTS, span=node.span)
    if for_maximum and not arguments and head.id in env.every:
        return model.ScoreCall(head.id, env.every[head.id], type=POINTS, span=node.span)
    given = arguments_for(env, head, arguments, name.span)
    return model.ScoreCall(head.id, given, type=POINTS, span=node.span)


def _any_arguments(env: Env, head: Head, span: Span) -> tuple[model.Expression, ...]:
    """Arguments where they make no difference: the first value of each enum; none where there is no such value."""
    first: list[model.Expression] = []
    for formal in head.formals:
        enum = env.heads.enums.get(formal.type.id) if isinstance(formal.type, EnumType) else None
        if enum is None or not enum.members:
            return ()
        first.append(model.Constant(enum.members[0].constant, type=formal.type, span=span))
    return tuple(first)
