"""Scores: each part becomes one expression, its points, with the cutting off and the gates in it."""

from __future__ import annotations

from fractions import Fraction

from attain_compiler.diagnostics.model import Label
from attain_compiler.model import program as model
from attain_compiler.model.constants import folded
from attain_compiler.model.declarations.notes import notes, puts, title
from attain_compiler.model.declarations.signatures import inside
from attain_compiler.model.env import Env
from attain_compiler.model.expressions.arithmetic import never_empty
from attain_compiler.model.expressions.literals import must_be_alike, pair
from attain_compiler.model.expressions.none import where
from attain_compiler.model.expressions.rows import bound
from attain_compiler.model.heads import Head
from attain_compiler.model.types import PERCENT, POINTS, EnumType, Quantity
from attain_compiler.model.units import described, is_broken, plain
from attain_compiler.source import Span
from attain_compiler.syntax import ast


def score(env: Env, head: Head, node: ast.Score) -> model.Score:
    body = inside(env, head.formals, tuple(each.name for each in node.parameters))
    out_of = body.wanted(node.out_of, POINTS)
    parts: dict[str, model.Part] = {}
    places: dict[str, ast.Name] = {}
    for each in node.parts:
        first = places.setdefault(each.name.text, each.name)
        if first is not each.name:
            env.findings.error(
                "duplicate-name",
                f"`{node.name.text}` has two parts `{each.name.text}`",
                each.name.span,
                secondary=(Label(first.span, "the first one"),),
                help="rename one of them",
            )
        part = _part(body, each)
        parts.setdefault(part.name, part)
    return model.Score(
        head.id,
        title(node.title, node.name),
        notes(node.notes),
        head.formals,
        out_of,
        tuple(parts.values()),
        span=node.span,
    )


def _part(env: Env, node: ast.Part) -> model.Part:
    maximum = env.wanted(node.maximum, POINTS)
    worth = folded(maximum)
    if isinstance(worth, int | Fraction) and worth < 0:
        env.findings.error(
            "out-of-bounds", "a part is worth 0 or more", node.maximum.span, help="write a maximum of 0 or more"
        )
    points = _scoring(where(env, node.gate), node.scoring, maximum)
    if node.gate is not None:
        gate = env.condition(node.gate)
        nothing: model.Expression = _zero(node.gate.span)
        if node.gate_else is not None:
            instead = env.wanted(node.gate_else, POINTS)
            nothing = model.Clamped(instead, maximum, type=POINTS, span=node.gate_else.span)
        branch = model.Branch(gate, points, span=node.gate.span)
        points = model.Case((branch,), nothing, type=POINTS, span=node.scoring.span.to(node.gate.span))
    return model.Part(
        node.name.text,
        title(node.title, node.name),
        maximum,
        points,
        notes(node.notes),
        puts(env, node.title),
        _gates(env, node.scoring, where(env, node.gate)),
        span=node.span,
    )


def _gates(env: Env, node: ast.Scoring, place: Env) -> tuple[model.Gate, ...]:
    """The gates of a part that is scored step by step, each of another name; `place` is that of the first condition.
    Titles are shown whether the gates hold or not."""
    written = [each for each in node.lines if isinstance(each, ast.StepGate)] if isinstance(node, ast.Steps) else []
    places: dict[str, ast.Name] = {}
    for each in written:
        first = places.setdefault(each.name.text, each.name)
        if first is not each.name:
            env.findings.error(
                "duplicate-name",
                f"two gates are called `{each.name.text}`",
                each.name.span,
                secondary=(Label(first.span, "the first one"),),
                help="rename one of them",
            )
    found = []
    for each in written:
        condition = place.condition(each.condition)
        place = where(place, each.condition)
        found.append(model.Gate(each.name.text, title(each.title, each.name), condition, puts(env, each.title)))
    return tuple(found)


def _zero(span: Span) -> model.Expression:
    return model.Constant(Fraction(0), type=POINTS, span=span)


def _scoring(env: Env, node: ast.Scoring, maximum: model.Expression) -> model.Expression:
    """The points of a scoring, from 0 to `maximum`."""
    match node:
        case ast.Proportion(value=value, full=full):
            reached, needed = pair(env, value, full)
            _check_proportion(env, node, reached, needed)
            return model.InProportion(reached, needed, maximum, type=POINTS, span=node.span)
        case ast.PerUnit(points=points, value=value):
            worth, number = env.wanted(points, POINTS), env.typed(value)
            if not plain(number.type) and number.type != PERCENT and not is_broken(number.type):
                env.findings.error(
                    "unit-mismatch" if isinstance(number.type, Quantity) else "type-mismatch",
                    f"points are given for each of a count or number, and this is {described(number.type)}",
                    value.span,
                    f"this is {described(number.type)}",
                    help="divide by what one unit is, as in `revenue / 1_000 USD`",
                )
            product = model.Arithmetic("*", worth, number, type=POINTS, span=node.span)
            return model.Clamped(product, maximum, type=POINTS, span=node.span)
        case ast.AllOrNothing(condition=condition):
            branch = model.Branch(env.condition(condition), maximum, span=node.span)
            return model.Case((branch,), _zero(node.span), type=POINTS, span=node.span)
        case ast.Worth(value=value):
            return model.Clamped(env.wanted(value, POINTS), maximum, type=POINTS, span=node.span)
        case ast.BestFor(binder=binder, scoring=scoring):
            within, bound_ = bound(env, binder)
            best = model.Aggregate("max", _scoring(within, scoring, maximum), bound_, None, type=POINTS, span=node.span)
            if isinstance(bound_.type, EnumType) and (bound_.domain is None or never_empty(env, bound_.domain)):
                return best
            return model.Fallback(best, _zero(node.span), type=POINTS, span=node.span)
        case ast.Steps(lines=lines):
            return model.Clamped(_stepped(env, lines, maximum, node.span), maximum, type=POINTS, span=node.span)
        case ast.BestOf(scorings=scorings):
            each = tuple(_scoring(env, one, maximum) for one in scorings)
            return model.Extreme("max", each, type=POINTS, span=node.span)


def _stepped(
    env: Env, lines: tuple[ast.StepGate | ast.Scoring, ...], maximum: model.Expression, span: Span
) -> model.Expression:
    """What the lines are worth together: those below a gate nothing where it does not hold."""
    if not lines:
        return _zero(span)
    first, *others = lines
    if isinstance(first, ast.StepGate):
        inside_ = where(env, first.condition)
        below = _stepped(inside_, tuple(others), maximum, first.span)
        condition = env.condition(first.condition)
        if first.worth is not None:
            worth = inside_.wanted(first.worth, POINTS)
            below = model.Arithmetic("+", worth, below, type=POINTS, span=first.span)
        branch = model.Branch(condition, below, span=first.condition.span)
        return model.Case((branch,), _zero(first.span), type=POINTS, span=first.span)
    points = _scoring(env, first, maximum)
    if not others:
        return points
    return model.Arithmetic("+", points, _stepped(env, tuple(others), maximum, span), type=POINTS, span=first.span)


def _check_proportion(env: Env, node: ast.Proportion, reached: model.Expression, needed: model.Expression) -> None:
    if not must_be_alike(env, "compare", node.value, node.full, reached.type, needed.type):
        return
    if not isinstance(reached.type, Quantity) and not is_broken(reached.type):
        env.findings.error(
            "type-mismatch",
            f"points are in proportion to a quantity, and this is {described(reached.type)}",
            node.value.span,
            f"this is {described(reached.type)}",
        )
    values: tuple[object, ...] = (folded(needed),)
    if isinstance(needed, model.Lookup):
        values = env.heads.constants.get(needed.table, ())
    if any(isinstance(each, int | Fraction) and each <= 0 for each in values):
        env.findings.error(
            "full-not-positive",
            "full points must be reached above 0",
            node.full.span,
            "this may be 0 or less" if isinstance(needed, model.Lookup) else "this is 0 or less",
            help="write a value above 0",
        )
