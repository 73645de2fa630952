"""Counts, sums, extremes, averages, medians; whether roles can be filled."""

from __future__ import annotations

from itertools import combinations
from typing import Literal

from attain_compiler.asp import calls, numbers, predicates, rows
from attain_compiler.asp.body import Body
from attain_compiler.asp.compiler import Compiler
from attain_compiler.asp.rules import (
    Aggregate,
    Atom,
    Comparison,
    Element,
    Literal_,
    Negation,
    Number,
    Operation,
    Relation,
    Rule,
    Symbol,
    Term,
    Variable,
    variables_in,
)
from attain_compiler.asp.shapes import Scope, Value
from attain_compiler.asp.units import Exact, Mixed, NoRuleForm, Numeric, Ratio, add, compared, exact
from attain_compiler.model import program as model

NESTED = (model.Aggregate, model.AtLeast, model.Allocation)
MOST_ROLES = 6
"""An allocation to more roles is decided outside: every set of roles would be a condition."""


def aggregate(c: Compiler, expression: model.Aggregate, body: Body, scope: Scope) -> Value:
    """The value of an aggregate. Raises NoRuleForm.

    The least or greatest has a predicate of its own: of nothing it is `#sup` or `#inf`, with which nothing must
    calculate."""
    if expression.kind in ("min", "max"):

        def way(inner: Body, there: Scope) -> Value:
            return _aggregate(c, expression, inner, there)

        hint = "least" if expression.kind == "min" else "greatest"
        return predicates.read(*c.auxiliary(hint, [expression], [way], body, scope), body)
    return _aggregate(c, expression, body, scope)


def _aggregate(c: Compiler, expression: model.Aggregate, body: Body, scope: Scope) -> Value:
    extreme = expression.kind in ("min", "max")
    if expression.value is not None and not extreme and numbers.may_lack(c, expression.value):
        raise NoRuleForm("it is taken of values that may not exist")
    if extreme and c.altered(expression):
        return _extreme_of_altered(c, expression, body, scope)
    return _of(c, expression, *elements(c, expression, body, scope), body)


def elements(
    c: Compiler, expression: model.Aggregate, body: Body, scope: Scope
) -> tuple[Term, Value | None, tuple[Literal_, ...]]:
    """The elements of an aggregate: what tells them apart, the value of each, and the condition that says which."""
    parts = [each for each in (expression.condition, expression.value) if each is not None]
    nested = any(isinstance(node, NESTED) for each in parts for node in c.depends.nodes(each))
    if nested or expression.kind == "median":
        element, value, condition = _apart(c, expression, body, scope)
    else:
        mark, there = c.mark(), body.mark()
        element, value, condition = _within(c, expression, body, scope)
        outer = {name for each in body.all() for name in each.variables()}
        if value is not None and outer & terms_variables(value):
            # What is aggregated does not depend on the element alone.
            c.back(mark)
            Body.back(there)
            element, value, condition = _apart(c, expression, body, scope)
    return element, value, condition


def _extreme_of_altered(c: Compiler, expression: model.Aggregate, body: Body, scope: Scope) -> Value:
    """The least or greatest of what changes alter: that of an element which no other one goes beyond. (An aggregate
    would name every value for each value that it may have.)"""
    element, value, (atom,) = _apart(c, expression, body, scope)
    assert isinstance(atom, Atom)
    assert isinstance(element, Variable)
    assert value is not None
    own, other, another = term_of(value), body.fresh("Other"), body.fresh("Element")
    assert isinstance(own, Variable)
    relation: Relation = "<" if expression.kind == "min" else ">"
    beyond = Atom(f"beyond_{atom.predicate}", atom.arguments)
    args = tuple(Variable(f"A{index}") for index in range(len(atom.arguments) - 2))
    c.rule(Rule(Atom(beyond.predicate, (*args, element, own)), (
        Atom(atom.predicate, (*args, element, own)), Atom(atom.predicate, (*args, another, other)),
        Comparison(another, "!=", element), Comparison(other, relation, own))))  # fmt: skip
    body.add(atom, binds=frozenset((element.name, own.name)))
    body.add(Negation(beyond))
    return value


def _within(
    c: Compiler, expression: model.Aggregate, body: Body, scope: Scope
) -> tuple[Term, Value | None, tuple[Literal_, ...]]:
    """What is aggregated, as the condition of an element."""
    inner = Body(body)
    there = rows.bind(c, expression.binder, inner, scope)
    if expression.condition is not None:
        c.holds(expression.condition, inner, there)
    value = None if expression.value is None else c.value(expression.value, inner, there)
    return term_of(there.values[expression.binder.number]), value, inner.literals()


def terms_variables(value: Value) -> frozenset[str]:
    """The variables of a value."""
    match value:
        case Exact(term=term):
            return variables_in(term)
        case Ratio() | Mixed():
            return frozenset()
        case _:
            return variables_in(value)


def term_of(value: Value) -> Term:
    """A value as one term. Raises NoRuleForm."""
    if isinstance(value, Exact):
        return value.term
    if isinstance(value, Ratio | Mixed):
        raise NoRuleForm("it runs over fractions")
    return value


def _apart(
    c: Compiler, expression: model.Aggregate, body: Body, scope: Scope
) -> tuple[Term, Value | None, tuple[Literal_, ...]]:
    """What is aggregated in a predicate of its own: an aggregate cannot stand in another one's condition."""
    elements: list[Term] = []

    def each(inner: Body, there: Scope) -> Value | None:
        bound = rows.bind(c, expression.binder, inner, there)
        if expression.condition is not None:
            c.holds(expression.condition, inner, bound)
        value = None if expression.value is None else c.value(expression.value, inner, bound)
        elements.append(term_of(bound.values[expression.binder.number]))
        return value

    shape, args = calls.elements(c, "each", expression, each, elements, body, scope)
    variables = [body.fresh(name) for name in ("Element", *("Value",) * (expression.value is not None))]
    condition = (Atom(shape.predicate, (*args, *variables)),)
    if shape.opens is not None:
        body.unknown(Atom(shape.opens, args), last=False)
    if expression.value is None:
        return variables[0], None, condition
    if shape.form not in ("exact", "term"):
        raise NoRuleForm("an aggregate of fractions")
    return variables[0], predicates.seen(shape, variables[1:]), condition


def _of(
    c: Compiler,
    expression: model.Aggregate,
    element: Term,
    value: Value | None,
    condition: tuple[Literal_, ...],
    body: Body,
) -> Value:
    most = rows.size(c, expression.binder)
    kind = expression.kind
    if isinstance(value, Ratio | Mixed):
        raise NoRuleForm("an aggregate of fractions")
    if kind == "count":
        return _counted("N", "count", (element,), condition, body, most)
    if kind == "distinct":
        assert value is not None
        return _counted("N", "count", (term_of(value),), condition, body, most)
    if kind in ("min", "max"):
        assert value is not None
        return _extreme(kind, value, condition, body)
    if not isinstance(value, Exact):
        raise NoRuleForm("a sum of something that is no number")
    if kind == "median":
        return _median(element, value, condition, body, most)
    low, high = ends_of_sum(c, expression, value)
    total = exact(body.fresh("Sum"), value.unit, low, high)
    _write(total.term, "sum", (value.term, element), condition, body)
    if kind == "sum":
        return total
    number = _counted("N", "count", (element,), condition, body, most)
    return numbers.quotient(total, number, body)


def ends_of_sum(c: Compiler, expression: model.Aggregate, value: Exact) -> tuple[int, int]:
    """The least and the most that a sum comes to, in the unit of the value that it is taken of."""
    assert expression.value is not None
    most = rows.size(c, expression.binder)
    totals = numbers.row_total(c, expression.value, expression.binder.number, value.unit)
    return totals or (min(0, value.low * most), max(0, value.high * most))


def _counted(
    hint: str,
    function: Literal["count"],
    terms: tuple[Term, ...],
    condition: tuple[Literal_, ...],
    body: Body,
    most: int,
) -> Exact:
    variable = body.fresh(hint)
    _write(variable, function, terms, condition, body)
    return exact(variable, 1, 0, most)


def _write(
    bound: Term,
    function: Literal["count", "sum", "min", "max"],
    terms: tuple[Term, ...],
    condition: tuple[Literal_, ...],
    body: Body,
) -> None:
    assert isinstance(bound, Variable)
    body.add(Aggregate(bound, "=", function, (Element(terms, condition),)), binds=frozenset((bound.name,)))


def _extreme(kind: str, value: Value, condition: tuple[Literal_, ...], body: Body) -> Value:
    variable = body.fresh("Least" if kind == "min" else "Greatest")
    term = term_of(value)
    if kind == "min":
        _write(variable, "min", (term,), condition, body)
    else:
        _write(variable, "max", (term,), condition, body)
    body.test(Comparison(variable, "!=", Symbol("#sup" if kind == "min" else "#inf")), cheap=False)
    return Exact(variable, value.unit, value.low, value.high) if isinstance(value, Exact) else variable


def _median(element: Term, value: Exact, condition: tuple[Literal_, ...], body: Body, most: int) -> Exact:
    """The middle one by value, or half the sum of the two in the middle: the least value that at least half of the
    elements do not pass, and the greatest that at least half of them reach."""
    (atom,) = condition
    assert isinstance(atom, Atom)
    number = _counted("N", "count", (element,), condition, body, most)
    middles = []
    for relation in ("<=", ">="):
        middle, other, another = body.fresh("Middle"), body.fresh("Other"), body.fresh("Element")
        body.add(
            Atom(atom.predicate, (*atom.arguments[:-2], Variable("_"), middle)),
            binds=frozenset((middle.name,)),
            unsure=True,
        )
        reach, beyond = body.fresh("Reach"), body.fresh("Beyond")
        others = Atom(atom.predicate, (*atom.arguments[:-2], another, other))
        for bound, comparison in (
            (reach, Comparison(other, "<=" if relation == "<=" else ">=", middle)),
            (beyond, Comparison(other, "<" if relation == "<=" else ">", middle)),
        ):
            _write(bound, "count", (another,), (others, comparison), body)
        # Half of them, rounded up, are reached with it, and were not before it.
        half = number.term
        body.test(Comparison(Operation("*", reach, Number(2)), ">=", half), cheap=False)
        body.test(Comparison(Operation("*", beyond, Number(2)), "<", half), cheap=False)
        middles.append(Exact(middle, value.unit, value.low, value.high))
    low, high = middles
    both = exact(Operation("+", low.term, high.term), 2 * value.unit, 2 * value.low, 2 * value.high)
    exact(Number(0), 1, 0, 2 * most)
    return both


# ---------------------------------------------------------------- conditions


def holds(c: Compiler, expression: model.Binding, body: Body, scope: Scope, sign: bool) -> None:
    """Write that a condition that is none of one element holds (`sign`) or does not. Raises NoRuleForm."""
    match expression:
        case model.Allocation():
            allocation(c, expression, body, scope, sign)
        case _:
            raise NoRuleForm("a condition of a kind that has no rule")


def allocation(c: Compiler, expression: model.Allocation, body: Body, scope: Scope, sign: bool) -> None:
    """Hall's condition: every set of roles finds as many that can take one of them as it needs together."""
    if expression.value is not None or expression.shares:
        raise NoRuleForm("units, or lines that share, are allocated")
    if len(expression.roles) > MOST_ROLES:
        raise NoRuleForm("an allocation to many roles")
    if not sign:

        def way(inner: Body, there: Scope) -> None:
            allocation(c, expression, inner, there, True)

        shape, args = c.auxiliary("allocated", [expression], [way], body, scope)
        body.add(Negation(Atom(shape.predicate, args)))
        if shape.opens is not None:
            body.unknown(Atom(shape.opens, args))
        return
    able: list[tuple[Term, Atom]] = []
    needed: list[Exact] = []
    for role in expression.roles:
        elements: list[Term] = []

        def each(inner: Body, there: Scope, role: model.Role = role, elements: list[Term] = elements) -> None:
            bound = rows.bind(c, expression.binder, inner, there)
            c.holds(role.condition, inner, bound)
            elements.append(term_of(bound.values[expression.binder.number]))

        shape, args = calls.elements(c, "able", expression, each, elements, body, scope, role)
        variable = body.fresh(expression.binder.name)
        able.append((variable, Atom(shape.predicate, (*args, variable))))
        if shape.opens is not None:
            body.unknown(Atom(shape.opens, args), last=False)
        need = numbers.number(c, role.needed, body, scope)
        if not isinstance(need, Exact):
            raise NoRuleForm("a role needs a fraction")
        needed.append(need)
    indexes = range(len(able))
    for size in range(1, len(able) + 1):
        for chosen in combinations(indexes, size):
            number = body.fresh("N")
            elements_of = tuple(Element((able[index][0],), (able[index][1],)) for index in chosen)
            body.add(Aggregate(number, "=", "count", elements_of), binds=frozenset((number.name,)))
            together: Numeric = needed[chosen[0]]
            for index in chosen[1:]:
                together = add(together, needed[index])
            count = exact(number, 1, 0, rows.size(c, expression.binder))
            body.test(compared(count, ">=", together), cheap=False)
