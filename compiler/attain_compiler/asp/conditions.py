"""Conditions: what is written into a body so that one holds, or does not."""

from __future__ import annotations

from typing import Final

from attain_compiler.asp import aggregates, calls, designations, enums, recursion, rows, sums, tables
from attain_compiler.asp.body import Body
from attain_compiler.asp.compiler import Compiler, Way
from attain_compiler.asp.rules import (
    Aggregate,
    Atom,
    Comparison,
    Element,
    Falsity,
    Literal_,
    Negation,
    Number,
    Pool,
    Relation,
    Symbol,
)
from attain_compiler.asp.shapes import Scope, Value
from attain_compiler.asp.units import NEGATED, Exact, Mixed, NoRuleForm, Ratio, compared
from attain_compiler.model import program as model
from attain_compiler.model.types import (
    FLAG,
    Band,
    BandType,
    EntityType,
    EnumType,
    Quantity,
    RecordType,
    SetType,
    Simple,
)

RELATIONS: Final[dict[str, Relation]] = {
    "==": "=",
    "!=": "!=",
    "<": "<",
    "<=": "<=",
    ">": ">",
    ">=": ">=",
}


def holds(c: Compiler, expression: model.Expression, body: Body, scope: Scope, sign: bool) -> None:
    """Write that a condition holds (`sign`) or does not."""
    match expression:
        case model.Constant(value=value):
            if value is not sign:
                body.add(Falsity())
        case model.Not(operand=operand):
            holds(c, operand, body, scope, not sign)
        case model.And(items=items) if sign:
            for each in sorted(items, key=lambda item: calls.effort(c, item)):
                holds(c, each, body, scope, True)
        case model.Or(items=items) if not sign:
            for each in sorted(items, key=lambda item: calls.effort(c, item)):
                holds(c, each, body, scope, False)
        case model.And():
            _apart(c, "all", expression, [_way(c, expression)], body, scope, sign)
        case model.Or():
            _apart(c, "any", expression, c.ways(expression), body, scope, sign)
        case model.Case():
            _apart(c, "case", expression, c.ways(expression), body, scope, sign)
        case model.Exists() if not sign:
            _apart(c, "some", expression, [_way(c, expression)], body, scope, sign)
        case model.AsOf(value=inner, when=when):
            c.holds_or_outside(
                expression,
                body,
                scope,
                sign,
                lambda: holds(c, inner, body, scope.at(c.term(when, body, scope)), sign),
            )
        case _:
            c.holds_or_outside(expression, body, scope, sign, lambda: _plain(c, expression, body, scope, sign))


def _way(c: Compiler, expression: model.Expression) -> Way:
    def way(body: Body, scope: Scope) -> None:
        holds(c, expression, body, scope, True)

    return way


def _apart(
    c: Compiler, hint: str, expression: model.Expression, ways: list[Way], body: Body, scope: Scope, sign: bool
) -> None:
    """The condition by a predicate of its own."""

    def write() -> None:
        shape, args = calls.auxiliary(c, hint, [expression], ways, body, scope)
        _atom(body, Atom(shape.predicate, args), shape.opens, sign)

    c.holds_or_outside(expression, body, scope, sign, write)


def _atom(body: Body, atom: Atom, opens: str | None, sign: bool, *, cheap: bool = False) -> None:
    body.add(signed(atom, sign), cheap=cheap)
    if opens is not None:
        body.unknown(Atom(opens, atom.arguments))


def signed(atom: Atom, sign: bool) -> Literal_:
    """The atom, or its negation."""
    return atom if sign else Negation(atom)


def _plain(c: Compiler, expression: model.Expression, body: Body, scope: Scope, sign: bool) -> None:
    match expression:
        case model.Compare():
            _compare(c, expression, body, scope, sign)
        case model.Contains(element=element, container=container):
            _contains(c, expression, element, container, body, scope, sign)
        case model.DefineCall(define=define, arguments=arguments):
            shape, args = calls.call(c, c.program.defines[define], arguments, body, scope)
            _atom(body, Atom(shape.predicate, args), shape.opens, sign)
        case model.SelfCall():
            shape, args = recursion.again(c, expression, body, scope, sign)
            _atom(body, Atom(shape.predicate, args), shape.opens, sign)
        case model.Exists(binder=binder, condition=condition):
            holds(c, condition, body, rows.bind(c, binder, body, scope), True)
        case model.StatusIs():
            designations.status(c, expression, body, scope, sign)
        case model.IsKnown(operand=model.FieldOf() as field) if not rows.may_miss(c, field):
            if not sign:
                body.add(Falsity())
        case model.IsKnown(operand=model.FieldOf() as field):
            value = rows.field(c, field, body, scope, checked=False)
            if rows.has_gaps(c, field):
                said = value.term if isinstance(value, Exact) else value
                body.test(Comparison(said, "!=" if sign else "=", Symbol("unknown")))  # type: ignore[arg-type]
            elif (
                not sign
            ):  # a row that may not be there, but never one without a value: that is what others reckon with
                body.add(Falsity())
        case model.AtLeast(least=least, items=items):
            _at_least(c, least, items, body, scope, sign)
        case model.Binding():
            aggregates.holds(c, expression, body, scope, sign)
        case model.FieldOf() | model.Lookup() | model.Variable() | model.ReadingValue() | model.Fallback():
            value = c.value(expression, body, scope)
            if isinstance(value, Exact | Ratio | Mixed):
                raise NoRuleForm("a number stands where a condition is needed")
            body.test(Comparison(value, "=", Symbol("yes" if sign else "no")))
        case _:
            raise NoRuleForm("a condition of a kind that has no rule")


def _compare(c: Compiler, expression: model.Compare, body: Body, scope: Scope, sign: bool) -> None:
    left, right = expression.left, expression.right
    relation = RELATIONS[expression.operator]
    if not sign:
        relation = NEGATED[relation]
    if left.type == FLAG:
        _flags(c, expression, body, scope, (relation == "="))
        return
    reading = _is_reading(c, left, right)
    if reading is not None and relation in ("=", "!="):
        body.add(signed(reading, relation == "="), cheap=True)
        return
    if not isinstance(left.type, Quantity | EnumType | EntityType | RecordType | Simple):
        raise NoRuleForm("sets are compared")
    if isinstance(left.type, Quantity):
        sides = (sums.Side(left, scope, 1), sums.Side(right, scope, -1))
        if sums.compare(c, sides, relation, body):
            return
    a, b = c.value(left, body, scope), c.value(right, body, scope)
    first, second = _numbers(a), _numbers(b)
    if first is not None and second is not None:
        body.test(compared(first, relation, second), cheap=isinstance(a, Exact) and isinstance(b, Exact))
        return
    if first is not None or second is not None:
        raise NoRuleForm("a number is compared with something else")
    if left.type == Simple("duration") and relation not in ("=", "!="):
        raise NoRuleForm("durations are compared")
    body.test(Comparison(a, relation, b))  # type: ignore[arg-type]


def _numbers(value: Value) -> Exact | Ratio | Mixed | None:
    return value if isinstance(value, Exact | Ratio | Mixed) else None


def _is_reading(c: Compiler, left: model.Expression, right: model.Expression) -> Atom | None:
    for one, other in ((left, right), (right, left)):
        if isinstance(one, model.ReadingValue) and isinstance(other, model.Constant):
            if not isinstance(one.type, EnumType):
                return None
            value = c.constant(other.value, other.type)
            return Atom(enums.reading(c, one.reading).predicate, (value,))  # type: ignore[arg-type]
    return None


def _flags(c: Compiler, expression: model.Compare, body: Body, scope: Scope, same: bool) -> None:
    """Two conditions that are alike, or are not."""
    for one, other in ((expression.left, expression.right), (expression.right, expression.left)):
        if isinstance(one, model.Constant):
            holds(c, other, body, scope, same == one.value)
            return

    def way(left: bool) -> Way:
        def both(inner: Body, there: Scope) -> None:
            holds(c, expression.left, inner, there, left)
            holds(c, expression.right, inner, there, left == same)

        return both

    hint = "same" if same else "apart"
    shape, args = calls.auxiliary(c, hint, [expression], [way(True), way(False)], body, scope)
    _atom(body, Atom(shape.predicate, args), shape.opens, True)


def _at_least(
    c: Compiler, least: model.Expression, items: tuple[model.Expression, ...], body: Body, scope: Scope, sign: bool
) -> None:
    needed = c.value(least, body, scope)
    if not isinstance(needed, Exact):
        raise NoRuleForm("the number of conditions is a fraction")
    elements = []
    for number, item in enumerate(items):
        shape, args = calls.auxiliary(c, "item", [item], [_way(c, item)], body, scope)
        elements.append(Element((Number(number),), (Atom(shape.predicate, args),)))
        if shape.opens is not None:
            body.unknown(Atom(shape.opens, args), last=False)
    bound = body.fresh("N")
    body.add(Aggregate(bound, "=", "count", tuple(elements)), binds=frozenset((bound.name,)))
    relation: Relation = ">=" if sign else "<"
    body.test(compared(Exact(bound, 1, 0, len(items)), relation, needed), cheap=False)


def _contains(
    c: Compiler,
    expression: model.Contains,
    element: model.Expression,
    container: model.Expression,
    body: Body,
    scope: Scope,
    sign: bool,
) -> None:
    match container:
        case model.SetOf(items=items):
            _one_of(c, element, [(each, None) for each in items], body, scope, sign)
        case model.Constant(value=frozenset() as values):
            inner = element.type
            _one_of(
                c, element, [(None, c.constant(each, inner)) for each in sorted(values, key=str)], body, scope, sign
            )
        case model.Constant(value=Band() as band):
            if not sign:
                _negated(c, expression, body, scope)
                return
            value = c.value(element, body, scope)
            tables.within(value, band, body)
        case model.Range(first=first, last=last):
            if not sign:
                _negated(c, expression, body, scope)
                return
            value = c.term(element, body, scope)
            low, high = c.term(first, body, scope), c.term(last, body, scope)
            body.test(Comparison(low, "<=", value))
            body.test(Comparison(value, "<=", high))
        case model.Lookup():
            simple = not isinstance(container.type, BandType) and tables.is_simple(c, container)
            if not sign and not simple:
                _negated(c, expression, body, scope)
                return
            tables.member(c, container, element, body, scope, sign)
        case model.Variable(type=SetType()):
            value = c.value(element, body, scope)
            if isinstance(value, Exact | Ratio | Mixed):
                raise NoRuleForm("a number is looked for in a set that is given")
            body.add(signed(Atom("member", (c.term(container, body, scope), value)), sign), cheap=True)
        case _:
            raise NoRuleForm("a set that is worked out")


def _negated(c: Compiler, expression: model.Expression, body: Body, scope: Scope) -> None:
    def way(inner: Body, there: Scope) -> None:
        holds(c, expression, inner, there, True)

    shape, args = calls.auxiliary(c, "in", [expression], [way], body, scope)
    _atom(body, Atom(shape.predicate, args), shape.opens, False)


def _one_of(
    c: Compiler,
    element: model.Expression,
    items: list[tuple[model.Expression | None, Value | None]],
    body: Body,
    scope: Scope,
    sign: bool,
) -> None:
    value = c.value(element, body, scope)
    found = [given if given is not None else c.value(each, body, scope) for each, given in items]  # type: ignore[arg-type]
    if isinstance(value, Exact) and all(isinstance(each, Exact) for each in found):
        tests = [compared(value, "=" if sign else "!=", each) for each in found]  # type: ignore[arg-type]
    elif any(isinstance(each, Exact | Ratio | Mixed) for each in (value, *found)):
        raise NoRuleForm("fractions in a set")
    else:
        tests = [Comparison(value, "=" if sign else "!=", each) for each in found]  # type: ignore[arg-type]
    if not sign:
        for test in tests:
            body.test(test)
    elif not tests:
        body.add(Falsity())
    elif len(tests) == 1:
        body.test(tests[0])
    elif len({each.left for each in tests}) == 1:
        body.test(Comparison(tests[0].left, "=", Pool(tuple(each.right for each in tests))))
    else:
        raise NoRuleForm("fractions in a set")
