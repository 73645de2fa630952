"""Scores: the points of each part, then their sum.

The parts of a score are in one unit, the least in which every step of every part is whole. A part whose points are a
fraction (growth divided by last year's) is numerator and divisor; the sum is then steps and a rest (`Mixed`).
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from math import lcm

from attain_compiler.asp import calls, declarations, numbers, predicates
from attain_compiler.asp.body import Body
from attain_compiler.asp.compiler import Compiler
from attain_compiler.asp.depends import Variant
from attain_compiler.asp.names import plain
from attain_compiler.asp.rules import Atom, Symbol, Term, Variable
from attain_compiler.asp.shapes import Scope, Shape, Value
from attain_compiler.asp.units import Exact, Mixed, NoRuleForm, Numeric, Ratio, add, exact
from attain_compiler.frozen import frozen
from attain_compiler.model import program as model

FINEST = 10_000_000
"""A score has no finer steps."""


@frozen
class ScoreShape:
    """The shapes of a score's total and of its parts, by name; where one has none, why."""

    total: Shape | str
    parts: dict[str, Shape | str]


def value(c: Compiler, expression: model.ScoreCall, body: Body, scope: Scope) -> Value:
    """The points of a score or of a part of it."""
    declared = c.program.scores[expression.score]
    shapes = declare(c, declared, c.depends.variant(declared, scope.inside, scope.raw))
    shape = shapes.total if expression.part is None else shapes.parts[expression.part]
    if isinstance(shape, str):
        raise NoRuleForm(shape)
    args: list[Term] = [c.now(body, scope)] if c.depends.takes_date(declared) else []
    for formal, argument in zip(declared.parameters, expression.arguments, strict=True):
        args.append(calls.passed(c, formal, argument, body, scope))
    if expression.part is None:
        c.demand(shape.predicate, args, body, declared.id)
    else:
        args.append(Symbol(plain(expression.part)))
        c.demand(shape.predicate, args, body, declared.id)
    return predicates.read(shape, args, body)


def maximum(c: Compiler, expression: model.MaximumOf, body: Body, scope: Scope) -> Value:
    """The sum of the maxima of a score's parts."""
    declared = c.program.scores[expression.score]
    values: dict[int, Value] = {
        formal.number: c.value(argument, body, scope)
        for formal, argument in zip(declared.parameters, expression.arguments, strict=False)  # there may be none
    }
    inner = Scope(values, scope.now, scope.inside, scope.raw)
    total: Numeric = numbers.ZERO
    for part in declared.parts:
        total = add(total, numbers.number(c, part.maximum, body, inner))
    return total


def declare(c: Compiler, score: model.Score, variant: Variant) -> ScoreShape:
    """Compile a score, once for each variant."""
    key = ("score", score.id, variant)
    known = c.known(key)
    if known is not None:
        return known  # type: ignore[no-any-return]
    name = c.names.predicate(score.id, declarations.suffix_of(variant), key=variant.inside or None)
    c.block.append(score.id)
    c.spans[score.id] = score.span
    try:
        shapes = _score(c, score, name, variant)
    finally:
        c.block.pop()
    return c.remember(key, shapes)  # type: ignore[no-any-return]


@frozen
class Written:
    """A part: its ways, or why it has none."""

    part: model.Part
    found: Sequence[predicates.Found] | str


def _score(c: Compiler, score: model.Score, name: str, variant: Variant) -> ScoreShape:
    parts_name = c.names.predicate(score.id, f"{declarations.suffix_of(variant)}_part", key=variant.inside or None)
    written = [_part(c, score, part, parts_name, variant) for part in score.parts]
    unit = lcm(
        1,
        *(each.value.unit for one in written if not isinstance(one.found, str) for each in one.found
          if isinstance(each.value, Exact)),
    )  # fmt: skip
    shapes: dict[str, Shape | str] = {}
    for one in written:
        if isinstance(one.found, str):
            shapes[one.part.name] = one.found
            continue
        params = one.found[0].args
        mark = c.mark()
        try:
            if unit > FINEST:
                raise NoRuleForm("its points come in too fine steps")
            made = predicates.heads(c, parts_name, one.found, Atom(f"open_{parts_name}", params), unit)
        except NoRuleForm as why:
            c.back(mark)
            shapes[one.part.name] = str(why)
        else:
            shapes[one.part.name] = Shape(made.predicate, made.form, made.unit, made.ends, c.opened(parts_name))
    mark = c.mark()
    total: Shape | str
    try:
        total = _total(c, score, name, variant, shapes, unit)
    except NoRuleForm as why:
        c.back(mark)
        total = str(why)
        c.note(f"the total comes from outside wherever it is asked: {why}")
    if unit > 1:
        c.note(f"unit: 1/{unit} of a point, the least in which every step of every part is whole")
    if not isinstance(total, str) and total.form == "mixed":
        c.note("the total is steps of the unit, and a rest (numerator, divisor) of a step")
    return ScoreShape(total, shapes)


def _start(
    c: Compiler, score: model.Score, predicate: str, last: tuple[Term, ...], variant: Variant
) -> tuple[Body, Scope, tuple[Term, ...]]:
    body = Body()
    now = body.fresh("On") if c.depends.takes_date(score) else None
    own = tuple(body.fresh(each.name) for each in score.parameters)
    args: tuple[Term, ...] = own if now is None else (now, *own)
    body.fact(Atom(f"in_{predicate}", (*args, *last)))
    values = {each.number: predicates.formal_value(each, arg) for each, arg in zip(score.parameters, own, strict=True)}
    return body, Scope(values, now, variant.inside, variant.raw), (*args, *last)


def _part(c: Compiler, score: model.Score, part: model.Part, predicate: str, variant: Variant) -> Written:
    mark = c.mark()
    found = []
    try:
        for way in c.ways(part.points):
            body, scope, args = _start(c, score, predicate, (Symbol(plain(part.name)),), variant)
            found.append(predicates.Found(args, body, way(body, scope)))
        if any(isinstance(each.value, Mixed) for each in found):
            raise NoRuleForm("the total of another score, with a rest, is added")
    except NoRuleForm as why:
        c.back(mark)
        c.note(f"part {part.name} comes from outside wherever it is asked: {why}")
        return Written(part, str(why))
    return Written(part, found)


def _total(
    c: Compiler, score: model.Score, name: str, variant: Variant, shapes: dict[str, Shape | str], unit: int
) -> Shape:
    for part in score.parts:
        shape = shapes[part.name]
        if isinstance(shape, str):
            raise NoRuleForm(f"part {part.name}: {shape}")
    body, _, args = _start(c, score, name, (), variant)
    opens = Atom(f"open_{name}", args)
    total: Numeric = numbers.ZERO
    fractions: list[tuple[model.Part, Ratio]] = []
    for part in score.parts:
        shape = shapes[part.name]
        assert isinstance(shape, Shape)
        asked = (*args, Symbol(plain(part.name)))
        c.demand(shape.predicate, asked, body)
        found = predicates.read(shape, asked, body)
        if isinstance(found, Ratio):
            fractions.append((part, found))
        elif isinstance(found, Exact):
            total = add(total, found)
    if len(fractions) > 1:
        raise NoRuleForm("two of its parts are fractions whose divisors are not fixed")
    if fractions:
        part, fraction = fractions[0]
        total = add(numbers.in_steps(fraction, _most(c, part), unit, body), total)
    if isinstance(total, Exact):
        ends = exact(total.term, total.unit, total.low, total.high)
        total = Exact(ends.term, ends.unit, ends.low, ends.high)
    made = predicates.heads(c, name, [predicates.Found(args, body, total)], opens, unit)
    return Shape(made.predicate, made.form, made.unit, made.ends, c.opened(name))


def _most(c: Compiler, part: model.Part) -> Exact:
    fixed = numbers.possible(c, part.maximum)
    if not fixed:
        raise NoRuleForm(f"the most that part {part.name} gives is worked out")
    most = Fraction(max(fixed))
    return exact(Variable("_"), most.denominator, 0, int(most * most.denominator))
