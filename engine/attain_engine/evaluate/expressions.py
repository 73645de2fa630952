"""Expressions as closures: one case for each form of `model.program`."""

from __future__ import annotations

from functools import partial
from typing import Any, assert_never

from attain_compiler.model import program as model
from attain_compiler.model.types import OR_NONE, EnumType, Type
from attain_engine.evaluate import aggregates, allocation, called, dates, numbers, operators
from attain_engine.evaluate.as_of import as_of
from attain_engine.evaluate.known import value_is_known
from attain_engine.evaluate.problems import NoAnswer
from attain_engine.evaluate.provenance import with_rows
from attain_engine.evaluate.state import Bodies, Closure, Compile, Context, Frame
from attain_engine.evaluate.values import Cases, lifted, merged
from attain_engine.facts.model import UNKNOWN, Row
from attain_engine.open.conditions import Condition, disjunction


def closure(bodies: Bodies, expression: model.Expression) -> Closure:
    """The closure of an expression of a program."""
    return closure_with(bodies.program, partial(closure, bodies), expression)


def closure_with(program: model.Program, closure_of: Compile, expression: model.Expression) -> Closure:
    """The closure of an expression of which `closure_of` makes the closures of the parts."""
    found = _closure(program, closure_of, expression)
    declared = _declared_type(program, expression)
    narrower = isinstance(declared, EnumType) and declared.or_none and declared != expression.type
    return _there(found) if narrower else found


def _closure(program: model.Program, closure_of: Compile, expression: model.Expression) -> Closure:
    match expression:
        case model.Constant(value=value):
            return lambda frame, context: value
        case model.Variable(number=number):
            return lambda frame, context: frame[number]
        case model.AssessmentDate():
            return lambda frame, context: context.date
        case model.FieldOf(row=row, field=field):
            return _field(closure_of, row, field)
        case model.SingleRow(type=type_):
            record = type_.id  # type: ignore[union-attr]
            return lambda frame, context: context.state.single(record, context)
        case model.NewEntity():
            return lambda frame, context: context.state.fresh(expression)
        case model.ReadingValue(reading=reading):
            return lambda frame, context: context.state.readings[reading]
        case (
            model.Lookup()
            | model.DefineCall()
            | model.SelfCall()
            | model.MeasureCall()
            | model.ScoreCall()
            | model.MaximumOf()
            | model.StatusIs()
        ):
            return called.called(program, closure_of, expression)
        case model.Negative(operand=operand):
            inner = closure_of(operand)
            return lambda frame, context: numbers.negative(inner(frame, context))
        case model.Arithmetic():
            return operators.arithmetic(closure_of, expression)
        case model.Shift() | model.Repeated() | model.DatePart() | model.Elapsed() | model.Range():
            return dates.dates(program, closure_of, expression)
        case model.Compare():
            return operators.comparison(closure_of, expression)
        case model.Contains():
            return operators.membership(closure_of, expression)
        case model.Not():
            return operators.negated(closure_of, expression)
        case model.And() | model.Or():
            return operators.junction(closure_of, expression)
        case model.AtLeast(least=least, items=items):
            return operators.at_least(closure_of, least, items)
        case model.SetOf(items=items):
            inners = [closure_of(each) for each in items]
            return lambda frame, context: lifted(
                lambda *each: frozenset(each), tuple([inner(frame, context) for inner in inners])
            )
        case model.Exists():
            return aggregates.exists(program, closure_of, expression)
        case model.Aggregate():
            return aggregates.aggregate(program, closure_of, expression)
        case model.Binding():
            return allocation.allocation(program, closure_of, expression)
        case model.Extreme(kind=kind, items=items):
            inners = [closure_of(each) for each in items]
            return lambda frame, context: numbers.extreme(kind, [each(frame, context) for each in inners])
        case model.Case():
            return operators.case(closure_of, expression)
        case model.Fallback():
            return operators.fallback(closure_of, expression)
        case model.AsOf():
            return as_of(program, closure_of, expression)
        case model.IsKnown(operand=operand):
            return _is_known(closure_of, operand)
        case model.Rounded(value=value, mode=mode, step=step):
            inner, by = closure_of(value), closure_of(step)
            return lambda frame, context: numbers.rounded(inner(frame, context), mode, by(frame, context))
        case model.Clamped(value=value, maximum=maximum):
            inner, most = closure_of(value), closure_of(maximum)
            return lambda frame, context: numbers.clamped(inner(frame, context), most(frame, context))
        case model.InProportion():
            return _in_proportion(program, closure_of, expression)
        case _:
            assert_never(expression)


def _in_proportion(program: model.Program, closure_of: Compile, expression: model.InProportion) -> Closure:
    value, full, maximum = (closure_of(each) for each in (expression.value, expression.full, expression.maximum))
    span = expression.span

    def in_proportion(frame: Frame, context: Context) -> Any:
        share, whole, most = value(frame, context), full(frame, context), maximum(frame, context)
        try:
            return numbers.in_proportion(share, whole, most, span)
        except NoAnswer as problem:
            raise with_rows(problem, program, expression.full, frame, context) from None

    return in_proportion


def _declared_type(program: model.Program, expression: model.Expression) -> Type | None:
    """The type of the field, parameter or definition that an expression asks for; None of other expressions."""
    match expression:
        case model.FieldOf(row=row, field=field):
            return program.records[row.type.id].field(field).type  # type: ignore[union-attr]
        case model.Lookup(table=table):
            return program.tables[table].type
        case model.DefineCall(define=define):
            return program.defines[define].type
        case _:
            return None


def _there(inner: Closure) -> Closure:
    """What may be `none`, where a condition beside it or an `else` speaks of that: what it would be as `none` nobody
    asks, so that is taken as one of the other cases."""

    def value(frame: Frame, context: Context) -> Any:
        found = inner(frame, context)
        if not isinstance(found, Cases):
            return found
        others = [each for each in found.alternatives if not each[1].enum.endswith(OR_NONE)]
        nothing = [condition for condition, each in found.alternatives if each.enum.endswith(OR_NONE)]
        if not nothing or not others:
            return found
        condition, last = others.pop()
        return merged([*others, (disjunction((condition, *nothing)), last)])

    return value


def _field(closure_of: Compile, row: model.Expression, field: str) -> Closure:
    if isinstance(row, model.Variable):
        number = row.number

        def of_variable(frame: Frame, context: Context) -> Any:
            value = frame[number].values[field]
            return context.state.cell(frame[number], field) if value is UNKNOWN else value

        return of_variable
    inner = closure_of(row)

    def of_expression(frame: Frame, context: Context) -> Any:
        found = inner(frame, context)
        value = found.values[field]
        return context.state.cell(found, field) if value is UNKNOWN else value

    return of_expression


def _is_known(closure_of: Compile, operand: model.Expression) -> Closure:
    if isinstance(operand, model.FieldOf):
        row = closure_of(operand.row)
        return lambda frame, context: _field_is_known(row(frame, context), operand, context)
    inner = closure_of(operand)
    return lambda frame, context: value_is_known(inner(frame, context), operand)


def _field_is_known(row: Row, asked: model.FieldOf, context: Context) -> Condition:
    by_change = context.state.world.known.get((row, asked.field))
    if by_change is not None:
        return by_change
    value: Any = row.values[asked.field]
    return False if value is UNKNOWN else value_is_known(value, asked)
