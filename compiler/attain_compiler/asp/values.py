"""Values: what is written into a body so that a variable or term is the value of an expression."""

from __future__ import annotations

from attain_compiler.asp import (
    aggregates,
    calls,
    dates,
    enums,
    numbers,
    predicates,
    recursion,
    rows,
    scores,
    tables,
)
from attain_compiler.asp.body import Body
from attain_compiler.asp.compiler import Compiler, Way
from attain_compiler.asp.rules import Atom, Negation, Rule, Symbol, Variable
from attain_compiler.asp.shapes import COLUMNS, Scope, Value
from attain_compiler.asp.units import NoRuleForm, negative
from attain_compiler.model import program as model
from attain_compiler.model.types import FLAG


def value(c: Compiler, expression: model.Expression, body: Body, scope: Scope) -> Value:
    """The value of an expression. Raises NoRuleForm."""
    match expression:
        case model.Constant(value=constant):
            return c.constant(constant, expression.type)
        case model.Variable(number=number):
            return scope.values[number]
        case model.AssessmentDate():
            return c.now(body, scope)
        case model.FieldOf():
            return rows.field(c, expression, body, scope)
        case model.SingleRow():
            return rows.single(c, expression, body)
        case model.Lookup():
            return tables.lookup(c, expression, body, scope)
        case model.ReadingValue(reading=reading):
            shape = enums.reading(c, reading)
            variable = body.fresh("R")
            body.fact(Atom(shape.predicate, (variable,)))
            return predicates.seen(shape, (variable,))
        case model.DefineCall(define=define, arguments=arguments) if expression.type != FLAG:
            return calls.defined(c, c.program.defines[define], arguments, body, scope)
        case model.SelfCall() if expression.type != FLAG:
            return predicates.read(*recursion.again(c, expression, body, scope, True), body)
        case model.MeasureCall(measure=measure, arguments=arguments):
            return predicates.read(*calls.call(c, c.program.measures[measure], arguments, body, scope), body)
        case model.ScoreCall():
            return scores.value(c, expression, body, scope)
        case model.MaximumOf():
            return scores.maximum(c, expression, body, scope)
        case model.Negative(operand=operand):
            return negative(numbers.number(c, operand, body, scope))
        case model.Arithmetic():
            return numbers.arithmetic(c, expression, body, scope)
        case model.Rounded():
            return numbers.rounded(c, expression, body, scope)
        case model.Shift():
            return dates.shift(c, expression, body, scope)
        case model.Repeated():
            raise NoRuleForm("a duration a number of times that differs")
        case model.DatePart():
            return dates.part(c, expression, body, scope)
        case model.Elapsed():
            return dates.elapsed(c, expression, body, scope)
        case model.AsOf(value=inner, when=when):
            return value(c, inner, body, scope.at(c.term(when, body, scope)))
        case model.Aggregate():
            return aggregates.aggregate(c, expression, body, scope)
        case model.Case() | model.InProportion() | model.Clamped() | model.Extreme() if expression.type != FLAG:
            hint = type(expression).__name__.lower()
            hint = {"inproportion": "share", "clamped": "points", "extreme": "best"}.get(hint, hint)
            return predicates.read(*c.auxiliary(hint, [expression], c.ways(expression), body, scope), body)
        case model.Fallback():
            return _fallback(c, expression, body, scope)
        case _ if expression.type == FLAG:
            return predicates.read(*c.auxiliary("truth", [expression], _truths(c, expression), body, scope), body)
        case _:
            raise NoRuleForm("a value of a kind that has no rule")


def _truths(c: Compiler, expression: model.Expression) -> list[Way]:
    def way(sign: bool) -> Way:
        def this(body: Body, scope: Scope) -> Value:
            c.holds(expression, body, scope, sign)
            return Symbol("yes" if sign else "no")

        return this

    return [way(True), way(False)]


def _fallback(c: Compiler, expression: model.Fallback, body: Body, scope: Scope) -> Value:
    """The value, or what stands for it where it has none: a predicate for each, and one that says which there is."""

    def first(inner: Body, there: Scope) -> Value:
        return value(c, expression.value, inner, there)

    def there_is(inner: Body, there: Scope) -> Value:
        return predicates.read(*c.auxiliary("value", [expression.value], [first], inner, there), inner)

    def instead(inner: Body, there: Scope) -> Value:
        shape, args = c.auxiliary("value", [expression.value], [first], inner, there)
        has = f"has_{shape.predicate}"
        anything = tuple(Variable(f"A{index}") for index in range(len(args)))
        columns = (Variable("_"),) * COLUMNS[shape.form]
        c.rule(Rule(Atom(has, anything), (Atom(shape.predicate, (*anything, *columns)),)))
        inner.add(Negation(Atom(has, args)))
        if shape.opens is not None:
            inner.unknown(Atom(shape.opens, args))
        return value(c, expression.fallback, inner, there)

    return predicates.read(*c.auxiliary("else", [expression], [there_is, instead], body, scope), body)
