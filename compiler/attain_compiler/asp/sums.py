"""Numbers that changes may alter, compared and not assigned.

`V = #sum{...}` over choices has a value for each of their subsets, and each value needs rules of its own; two such
values in one body need rules for each pair. Where numbers are only held against each other, the aggregate itself is
compared: `70 <= #sum{ V,1,part : points(part,V) }` is one rule, however many points there may be. Measures and
definitions that are sums stand in it as what they add up.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction

from attain_compiler.asp import aggregates, bounds, calls, numbers, predicates, raising, rows, scores
from attain_compiler.asp.body import Body
from attain_compiler.asp.compiler import Compiler
from attain_compiler.asp.names import plain
from attain_compiler.asp.rules import (
    Aggregate,
    Atom,
    Element,
    Literal_,
    Number,
    Relation,
    Symbol,
    Term,
    Variable,
    variables_in,
)
from attain_compiler.asp.shapes import Scope, Value
from attain_compiler.asp.units import (
    TURNED,
    Exact,
    NoRuleForm,
    Numeric,
    constant,
    exact,
    product,
    sum_of,
    together,
)
from attain_compiler.frozen import frozen
from attain_compiler.model import program as model
from attain_compiler.model.types import RecordType

MINUS = constant(-1)
ZERO = constant(0)


@frozen
class Part:
    """What is added: `number` (its term is the weight of each element, its ends those of the sum of all elements). With
    `terms` None it is one number, which the body has."""

    number: Exact
    terms: tuple[Term, ...] | None = None
    condition: tuple[Literal_, ...] = ()

    def times(self, factor: Numeric) -> Part:
        if not isinstance(factor, Exact):
            raise NoRuleForm("what changes alter is multiplied by a fraction")
        return Part(product(factor, self.number), self.terms, self.condition)


@frozen
class Side:
    """An expression in its scope, to be taken a whole number of times."""

    expression: model.Expression
    scope: Scope
    factor: int


def compare(c: Compiler, sides: Sequence[Side], relation: Relation, body: Body) -> bool:
    """Write that the sum of the sides is in a relation to 0, if changes may alter one of them and it can be said so;
    else nothing is written."""
    if not any(c.altered(each.expression) for each in sides):
        return False
    mark, there, names = c.mark(), body.mark(), dict(body.names)
    try:
        parts = [
            part.times(constant(each.factor)) for each in sides for part in _parts(c, each.expression, body, each.scope)
        ]
        _write(parts, relation, body)
    except NoRuleForm:
        c.back(mark)
        Body.back(there)
        body.names.clear()
        body.names.update(names)
        return False
    return True


def _write(parts: Sequence[Part], relation: Relation, body: Body) -> None:
    _, scaled = together(*(each.number for each in parts))
    _whole(scaled)
    bound = ZERO
    elements = []
    for index, (part, number) in enumerate(zip(parts, scaled, strict=True), 1):
        if part.terms is None:
            bound = sum_of(bound, product(MINUS, Exact(number.term, 1, number.low, number.high)))
        else:
            elements.append(Element((number.term, Number(index), *part.terms), part.condition))
    body.add(Aggregate(bound.term, TURNED[relation], "sum", tuple(elements)))


def _whole(numbers: Sequence[Exact]) -> Exact:
    """The ends of a sum of numbers in one unit. Raises NoRuleForm."""
    return exact(Number(0), 1, sum(each.low for each in numbers), sum(each.high for each in numbers))


def _parts(c: Compiler, expression: model.Expression, body: Body, scope: Scope) -> list[Part]:
    """What an expression adds up. Raises NoRuleForm."""
    if not c.altered(expression):
        return [Part(_exact(c.value(expression, body, scope)))]
    match expression:
        case model.Arithmetic(operator="+", left=left, right=right):
            return [*_parts(c, left, body, scope), *_parts(c, right, body, scope)]
        case model.Arithmetic(operator="-", left=left, right=right):
            return [*_parts(c, left, body, scope), *(each.times(MINUS) for each in _parts(c, right, body, scope))]
        case model.Negative(operand=operand):
            return [each.times(MINUS) for each in _parts(c, operand, body, scope)]
        case model.Arithmetic(operator="*", left=left, right=right) if not (c.altered(left) and c.altered(right)):
            once, often = (right, left) if c.altered(right) else (left, right)
            inner = Body(body)
            factor = numbers.number(c, often, inner, scope)
            return [_scaled(each, factor, inner, body) for each in _parts(c, once, body, scope)]
        case model.Arithmetic(operator="/", left=left, right=right) if (divisor := _fixed(c, right)) is not None:
            numbers.number(c, right, body, scope)
            return [each.times(constant(1 / divisor)) for each in _parts(c, left, body, scope)]
        case model.AsOf(value=value, when=when):
            return _parts(c, value, body, scope.at(c.term(when, body, scope)))
        case model.FieldOf(row=model.SingleRow() as row, field=field) if _is_raised(c, expression):
            inner = Body(body)
            column = c.profile.column(_record(expression), field)
            return _field(
                c, expression, c.term(row, inner, scope), (), (column.low, column.high), body, inner.literals()
            )
        case model.Aggregate(
            kind="sum", binder=binder, value=model.FieldOf(row=model.Variable(number=number)) as field
        ) if number == binder.number and _is_raised(c, field):
            rows_ = replace(expression, kind="count", value=None)
            column = c.profile.column(_record(field), field.field)
            element, _, condition = aggregates.elements(c, rows_, body, scope)
            ends = (column.total_low, column.total_high)
            return _field(c, field, element, (element,), ends, body, condition)
        case model.Aggregate(kind="sum" | "count" | "distinct"):
            return [_aggregate(c, expression, body, scope)]
        case model.ScoreCall(part=None):
            return _score(c, expression, body, scope)
        case model.MeasureCall(measure=measure, arguments=arguments) if _is_sum(c, c.program.measures[measure]):
            return _called(c, c.program.measures[measure], arguments, body, scope)
        case model.DefineCall(define=define, arguments=arguments) if _is_sum(c, c.program.defines[define]):
            return _called(c, c.program.defines[define], arguments, body, scope)
        case model.Arithmetic():  # of two numbers that changes alter: as elements they would be as many as their pairs
            return [Part(_exact(numbers.number(c, expression, body, scope)))]
        case _:
            return [_one(c, expression, body, scope)]


def _exact(number: Value) -> Exact:
    if not isinstance(number, Exact):
        raise NoRuleForm("a fraction is held against what changes alter")
    return number


def _scaled(part: Part, factor: Numeric, inner: Body, body: Body) -> Part:
    """A part times a factor, which a body inside that of the rule has: clingo remarks on a variable of the rule in the
    weight of an element."""
    found = part.times(factor)
    if part.terms is None:
        body.entries.extend(each for each in inner.entries if each not in body.entries)
        return found
    return replace(found, condition=(*part.condition, *inner.literals()))


def _fixed(c: Compiler, expression: model.Expression) -> Fraction | None:
    """The divisor, where the policy fixes it."""
    found = numbers.possible(c, expression)
    return None if found is None or len(found) != 1 or 0 in found else next(iter(found))


def _one(c: Compiler, expression: model.Expression, body: Body, scope: Scope) -> Part:
    """A number that has one value, whatever is chosen: an element for each that it may have."""
    if numbers.may_lack(c, expression):
        raise NoRuleForm("it may not exist")  # and would count as 0
    inner = Body(body)
    number = _exact(numbers.number(c, expression, inner, scope))
    around = {name for each in body.all() for name in each.variables()}
    if variables_in(number.term) & around:  # it is read from a row that the rule has
        body.entries.extend(inner.entries)
        return Part(number)
    return Part(number, (), inner.literals())


def _aggregate(c: Compiler, expression: model.Aggregate, body: Body, scope: Scope) -> Part:
    if expression.value is not None and numbers.may_lack(c, expression.value):
        raise NoRuleForm("it is taken of values that may not exist")
    element, value, condition = aggregates.elements(c, expression, body, scope)
    if expression.kind == "count":
        return Part(exact(Number(1), 1, 0, rows.size(c, expression.binder)), (element,), condition)
    assert value is not None
    if expression.kind == "distinct":
        what = aggregates.term_of(value)
        return Part(exact(Number(1), 1, 0, rows.size(c, expression.binder)), (what,), condition)
    if not isinstance(value, Exact):
        raise NoRuleForm("a sum of something that is no whole number of steps")
    low, high = aggregates.ends_of_sum(c, expression, value)
    return Part(exact(value.term, value.unit, low, high), (element,), condition)


def _score(c: Compiler, expression: model.ScoreCall, body: Body, scope: Scope) -> list[Part]:
    score = c.program.scores[expression.score]
    shapes = scores.declare(c, score, c.depends.variant(score, scope.inside, scope.raw))
    args: list[Term] = [c.now(body, scope)] if c.depends.takes_date(score) else []
    for formal, argument in zip(score.parameters, expression.arguments, strict=True):
        args.append(calls.passed(c, formal, argument, body, scope))
    found = []
    for part in score.parts:
        shape = shapes.parts[part.name]
        if isinstance(shape, str) or shape.form != "exact":
            raise NoRuleForm(f"part {part.name} is no whole number of steps")
        asked = (*args, Symbol(plain(part.name)))
        c.demand(shape.predicate, asked, body)
        if numbers.may_lack(c, part.points):
            body.add(Atom(shape.predicate, (*asked, Variable("_"))))  # a part without points counts as 0 in a sum
        inner = Body(body)
        number = predicates.read(shape, asked, inner)
        assert isinstance(number, Exact)
        found.append(Part(number, (), inner.literals()))
    return found


def _is_sum(c: Compiler, declared: model.Measure | model.Define) -> bool:
    """Whether a measure or definition is what it adds up, and no more."""
    gives = declared.id in c.profile.given or c.profile.anything_missing
    if gives or (isinstance(declared, model.Define) and declared.recursive):
        return False
    match declared.body:
        case model.Aggregate(kind="sum" | "count" | "distinct") | model.ScoreCall(part=None):
            return True
        case model.Arithmetic(operator="+" | "-" | "*"):
            return True
        case model.MeasureCall(measure=measure):
            return _is_sum(c, c.program.measures[measure])
        case _:
            return False


def _called(
    c: Compiler,
    declared: model.Measure | model.Define,
    arguments: Sequence[model.Expression],
    body: Body,
    scope: Scope,
) -> list[Part]:
    values: dict[int, Value] = {}
    own: list[Term] = []
    for formal, argument in zip(declared.parameters, arguments, strict=True):
        own.append(calls.passed(c, formal, argument, body, scope))
        values[formal.number] = predicates.formal_value(formal, own[-1])
    variant = c.depends.variant(declared, scope.inside, scope.raw)
    inside = variant.inside
    if isinstance(declared, model.Measure) and declared.id in c.depends.limited and not variant.raw:
        inside = inside | {declared.id}
    now = scope.now if c.depends.takes_date(declared) else None
    parts = _parts(c, declared.body, body, Scope(values, now, inside, variant.raw))
    unit, scaled = together(*(each.number for each in parts))
    ends = replace(_whole(scaled), unit=unit)
    if isinstance(declared, model.Measure) and bounds.may_leave(declared, [ends]):
        raise NoRuleForm(f"`{declared.name}` may leave its bounds")
    more = c.profile.raised.get(declared.id)
    if more is not None:
        predicate = raising.raised(c.names, declared.id)
        parts.append(_units(predicate, own, (), more.unit, (more.total_low, more.total_high), body, ()))
    return parts


def _units(
    predicate: str,
    what: Sequence[Term],
    terms: tuple[Term, ...],
    unit: int,
    ends: tuple[int, int],
    body: Body,
    condition: tuple[Literal_, ...],
) -> Part:
    """What the units of changes add to what is raised, told apart by the terms beside the units."""
    by, change, index, number = (body.fresh(each) for each in ("By", "C", "I", "K"))
    each = (Atom(predicate, (*what, by, change, index)), Atom("unit", (change, number)))
    return Part(exact(by, unit, *ends), (*terms, change, index, number), (*condition, *each))


def _field(
    c: Compiler,
    expression: model.FieldOf,
    row: Term,
    terms: tuple[Term, ...],
    ends: tuple[int, int],
    body: Body,
    condition: tuple[Literal_, ...],
) -> list[Part]:
    """A field to which changes add, of the rows of a condition: what it is before, and what each unit adds. Its values
    would be as many elements as there are amounts."""
    record = _record(expression)
    unit = c.profile.column(record, expression.field).unit
    value = body.fresh(expression.field)
    was = Atom(raising.before(c.names, record, expression.field), (row, value))
    predicate = raising.raises(c.names, record, expression.field)
    return [  # the ends of both together stand with the first
        Part(exact(value, unit, *ends), terms, (*condition, was)),
        _units(predicate, (row,), terms, unit, (0, 0), body, condition),
    ]


def _variable(row: model.Expression) -> int | None:
    return row.number if isinstance(row, model.Variable) else None


def _record(expression: model.FieldOf) -> str:
    assert isinstance(expression.row.type, RecordType)
    return expression.row.type.id


def _is_raised(c: Compiler, expression: model.Expression | None) -> bool:
    """Whether changes add to a field, and do nothing else to it."""
    return isinstance(expression, model.FieldOf) and f"{_record(expression)}.{expression.field}" in c.changed
