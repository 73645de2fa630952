"""Expressions as closures: one case for each form of `model.program`."""

from __future__ import annotations

import operator
from collections.abc import Callable, Iterator
from dataclasses import fields as fields_of
from typing import TYPE_CHECKING, Any, Final, assert_never

from attain_compiler.model import calendar
from attain_compiler.model import program as model
from attain_engine.evaluate import aggregates, numbers
from attain_engine.evaluate.values import (
    NO_VALUE,
    OPEN,
    Cases,
    Unknown,
    compare,
    contains,
    lifted,
    merged,
    settled_comparison,
    unknown_of,
)
from attain_engine.evaluate.world import Context
from attain_engine.facts.model import UNKNOWN, Row
from attain_engine.open import quantities
from attain_engine.open.conditions import Condition, Formula, conjunction, disjunction, negation
from attain_engine.open.whatever import rests_on_unknowns

if TYPE_CHECKING:
    from attain_engine.evaluate.evaluator import Closure, Evaluator

_ARITHMETIC: Final[dict[str, Callable[[Any, Any], Any]]] = {"+": operator.add, "-": operator.sub, "*": operator.mul}


def nodes_below(node: object) -> Iterator[model.Node]:
    """The node and every node inside it."""
    stack = [node]
    while stack:
        each = stack.pop()
        if isinstance(each, tuple):
            stack.extend(each)
        elif isinstance(each, model.Node):
            yield each
            stack.extend(getattr(each, field.name) for field in fields_of(each) if field.name != "span")


class Compiler:
    """Turns expressions into closures for one evaluator."""

    def __init__(self, evaluator: Evaluator) -> None:
        self.evaluator = evaluator
        self.program = evaluator.program

    def body(self, expression: model.Expression) -> tuple[Closure, int]:
        """The closure of a declaration's body, and the number of variables that its frame needs."""
        size = 1 + max(
            (each.number for each in nodes_below(expression) if isinstance(each, (model.Variable, model.Binder))),
            default=-1,
        )
        return self.closure(expression), size

    def closure(self, expression: model.Expression) -> Closure:
        match expression:
            case model.Constant(value=value):
                return lambda frame, context: value
            case model.Variable(number=number):
                return lambda frame, context: frame[number]
            case model.AssessmentDate():
                return lambda frame, context: context.date
            case model.FieldOf(row=row, field=field):
                return self._field(row, field)
            case model.SingleRow(type=type_):
                record, span = type_.id, expression.span  # type: ignore[union-attr]
                return lambda frame, context: self.evaluator.single(record, context, span)
            case model.NewEntity(type=type_):
                entity = type_.id  # type: ignore[union-attr]
                return lambda frame, context: self.evaluator.fresh[entity]
            case model.ReadingValue(reading=reading):
                chosen = self.evaluator.readings[reading]
                return lambda frame, context: chosen
            case (
                model.Lookup()
                | model.DefineCall()
                | model.MeasureCall()
                | model.ScoreCall()
                | model.MaximumOf()
                | model.StatusIs()
            ):
                return self._call(expression)
            case model.Negative(operand=operand):
                inner = self.closure(operand)
                return lambda frame, context: numbers.negative(inner(frame, context))
            case model.Arithmetic():
                return self._arithmetic(expression)
            case model.Shift() | model.DatePart() | model.Elapsed() | model.Months():
                return self._dates(expression)
            case model.Compare(operator=symbol, left=left, right=right):
                return self._compare(symbol, left, right)
            case model.Contains(element=element, container=container):
                inner, outer = self.closure(element), self.closure(container)
                return lambda frame, context: contains(inner(frame, context), outer(frame, context))
            case model.Not(operand=operand):
                inner = self.closure(operand)
                return lambda frame, context: negation(inner(frame, context))
            case model.And(items=items):
                return self._junction(items, absorbing=False)
            case model.Or(items=items):
                return self._junction(items, absorbing=True)
            case model.AtLeast(least=least, items=items):
                needed, inners = self.closure(least), [self.closure(each) for each in items]
                return lambda frame, context: quantities.compare(
                    ">=", quantities.weighted((each(frame, context), 1) for each in inners), needed(frame, context)
                )
            case model.SetOf(items=items):
                inners = [self.closure(each) for each in items]
                return lambda frame, context: lifted(
                    lambda *each: frozenset(each), tuple(inner(frame, context) for inner in inners)
                )
            case model.Exists() | model.Aggregate() | model.Allocation():
                return aggregates.closure(self, expression)
            case model.Extreme(kind=kind, items=items):
                inners = [self.closure(each) for each in items]
                return lambda frame, context: numbers.extreme(kind, [each(frame, context) for each in inners])
            case model.Case():
                return self._case(expression)
            case model.Fallback(value=value, fallback=fallback):
                return self._fallback(value, fallback)
            case model.AsOf(value=value, when=when):
                return self._as_of(expression, value, when)
            case model.IsKnown(operand=operand):
                return self._is_known(operand)
            case model.Rounded(value=value, mode=mode, step=step):
                inner, by = self.closure(value), self.closure(step)
                return lambda frame, context: numbers.rounded(inner(frame, context), mode, by(frame, context))
            case model.Clamped(value=value, maximum=maximum):
                inner, most = self.closure(value), self.closure(maximum)
                return lambda frame, context: numbers.clamped(inner(frame, context), most(frame, context))
            case model.InProportion(value=value, full=full, maximum=maximum):
                inner, whole, most = self.closure(value), self.closure(full), self.closure(maximum)
                span = expression.span
                return lambda frame, context: numbers.in_proportion(
                    inner(frame, context), whole(frame, context), most(frame, context), span
                )
            case _:
                assert_never(expression)

    # ------------------------------------------------------------ leaves and calls

    def _field(self, row: model.Expression, field: str) -> Closure:
        cell = self.evaluator.cell
        if isinstance(row, model.Variable):
            number = row.number

            def of_variable(frame: list[Any], _: Context) -> Any:
                value = frame[number].values[field]
                return cell(frame[number], field) if value is UNKNOWN else value

            return of_variable
        inner = self.closure(row)

        def of_expression(frame: list[Any], context: Context) -> Any:
            found = inner(frame, context)
            value = found.values[field]
            return cell(found, field) if value is UNKNOWN else value

        return of_expression

    def _call(
        self,
        expression: (
            model.Lookup | model.DefineCall | model.MeasureCall | model.ScoreCall | model.MaximumOf | model.StatusIs
        ),
    ) -> Closure:
        from attain_engine.evaluate import designations

        evaluator, program = self.evaluator, self.program
        match expression:
            case model.Lookup(table=table_id, keys=keys):
                table, span = program.tables[table_id], expression.span
                inners = [self.closure(each) for each in keys]
                return lambda frame, context: evaluator.lookup(
                    table, tuple(each(frame, context) for each in inners), context, span
                )
            case model.DefineCall(define=define_id, arguments=arguments):
                define = program.defines[define_id]
                inners = [self.closure(each) for each in arguments]
                return lambda frame, context: evaluator.call_define(
                    define, tuple(each(frame, context) for each in inners), context
                )
            case model.MeasureCall(measure=measure_id, arguments=arguments):
                measure = program.measures[measure_id]
                inners = [self.closure(each) for each in arguments]
                return lambda frame, context: evaluator.call_measure(
                    measure, tuple(each(frame, context) for each in inners), context
                )
            case model.ScoreCall(score=score_id, arguments=arguments, part=name):
                score = program.scores[score_id]
                inners = [self.closure(each) for each in arguments]
                part = next((each for each in score.parts if each.name == name), None)
                if part is None:
                    return lambda frame, context: evaluator.score(
                        score, tuple(each(frame, context) for each in inners), context
                    )
                return lambda frame, context: lifted(
                    lambda *each: evaluator.part(score, part, each, context),
                    tuple(each(frame, context) for each in inners),
                )
            case model.MaximumOf(score=score_id, arguments=arguments):
                score = program.scores[score_id]
                inners = [self.closure(each) for each in arguments]
                return lambda frame, context: quantities.total(
                    evaluator.maximum(score, part, tuple(each(frame, context) for each in inners), context)
                    for part in score.parts
                )
            case model.StatusIs():
                track = None if expression.track is None else self.closure(expression.track)
                return lambda frame, context: designations.status_is(
                    evaluator, expression, None if track is None else track(frame, context), context
                )
            case _:
                assert_never(expression)

    def _as_of(self, expression: model.AsOf, value: model.Expression, when: model.Expression) -> Closure:
        inner, day = self.closure(value), self.closure(when)

        def as_of(frame: list[Any], context: Context) -> Any:
            date = day(frame, context)
            if isinstance(date, (Cases, Unknown)):
                arguments = tuple(each for each in frame if each is not None)

                def on(each: Any) -> Any:
                    if isinstance(each, Unknown):
                        return unknown_of(
                            expression.type,
                            ("as of", each.name, expression.span, arguments, *context.mark),
                            members=self.evaluator.members(expression.type),
                        )
                    return inner(frame, self.evaluator.context_for(each, context.inside, context.unfiltered))

                return lifted(on, (date,))
            return inner(frame, self.evaluator.context_for(date, context.inside, context.unfiltered))

        return as_of

    def _is_known(self, operand: model.Expression) -> Closure:
        if isinstance(operand, model.FieldOf):
            row = self.closure(operand.row)
            field = operand.field
            return lambda frame, context: self._field_is_known(row(frame, context), field)
        inner = self.closure(operand)
        return lambda frame, context: _is_known(inner(frame, context))

    def _field_is_known(self, row: Row, field: str) -> Condition:
        by_change = self.evaluator.world.known.get((row, field))
        if by_change is not None:
            return by_change
        value: Any = row.values[field]
        return value is not UNKNOWN and _is_known(value)

    # ------------------------------------------------------------ operators

    def _compare(self, symbol: str, left: model.Expression, right: model.Expression) -> Closure:
        first, second, settled = self.closure(left), self.closure(right), settled_comparison(symbol)

        def comparison(frame: list[Any], context: Context) -> Condition:
            a: Any = first(frame, context)
            b: Any = second(frame, context)
            if isinstance(a, OPEN) or isinstance(b, OPEN):
                return compare(symbol, a, b)
            return settled(a, b)

        return comparison

    def _junction(self, items: tuple[model.Expression, ...], absorbing: bool) -> Closure:
        inners = [self.closure(each) for each in items]
        join = disjunction if absorbing else conjunction

        def junction(frame: list[Any], context: Context) -> Condition:
            unsettled: list[Formula] = []
            for each in inners:
                value: Condition = each(frame, context)
                if value is absorbing:
                    return absorbing
                if not isinstance(value, bool):
                    unsettled.append(value)
            return join(unsettled) if unsettled else not absorbing

        return junction

    def _arithmetic(self, expression: model.Arithmetic) -> Closure:
        first, second = self.closure(expression.left), self.closure(expression.right)
        symbol = expression.operator
        if symbol == "/":
            return lambda frame, context: numbers.divided(first(frame, context), second(frame, context))
        settled, product = _ARITHMETIC[symbol], symbol == "*"

        def arithmetic(frame: list[Any], context: Context) -> Any:
            a, b = first(frame, context), second(frame, context)
            if isinstance(a, OPEN) or isinstance(b, OPEN):
                return numbers.arithmetic(symbol, a, b)
            result = settled(a, b)
            if product and numbers.is_too_large(result):
                raise numbers.TooLong(expression)
            return result

        return arithmetic

    def _case(self, expression: model.Case) -> Closure:
        branches = [(self.closure(each.condition), self.closure(each.value)) for each in expression.branches]
        otherwise = self.closure(expression.otherwise)

        def case(frame: list[Any], context: Context) -> Any:
            rest: Condition = True
            found: list[tuple[Condition, Any]] = []
            for condition, value in branches:
                this = condition(frame, context)
                if this is False:
                    continue
                if this is True and not found:
                    return value(frame, context)
                found.append((conjunction((rest, this)), value(frame, context)))
                rest = conjunction((rest, negation(this)))
                if rest is False:
                    break
            if not found:
                return otherwise(frame, context)
            if rest is not False:
                found.append((rest, otherwise(frame, context)))
            return merged(found)

        return case

    def _fallback(self, value: model.Expression, fallback: model.Expression) -> Closure:
        inner, instead = self.closure(value), self.closure(fallback)

        def otherwise(frame: list[Any], context: Context) -> Any:
            found = inner(frame, context)
            if found is NO_VALUE:
                return instead(frame, context)
            if isinstance(found, Cases) and any(each is NO_VALUE for _, each in found.alternatives):
                return merged(
                    [
                        (condition, instead(frame, context) if each is NO_VALUE else each)
                        for condition, each in found.alternatives
                    ]
                )
            return found

        return otherwise

    # ------------------------------------------------------------ dates

    def _dates(self, expression: model.Shift | model.DatePart | model.Elapsed | model.Months) -> Closure:
        match expression:
            case model.Shift(direction=direction, length=length, anchor=anchor):
                how_long, where = self.closure(length), self.closure(anchor)
                months = str(expression.type) == "month"
                move: Any = calendar.shifted_month if months else calendar.shifted
                return self._settled(expression, lambda by, at: move(at, by, direction), (how_long, where))
            case model.DatePart(part=part, subject=subject):
                function: Any = {
                    "month": calendar.month_of,
                    "first day": calendar.first_day,
                    "last day": calendar.last_day,
                }[part]
                return self._settled(expression, function, (self.closure(subject),))
            case model.Elapsed(unit=unit, first=first, last=last):
                return self._settled(
                    expression,
                    lambda start, end: calendar.elapsed(unit, start, end),
                    (self.closure(first), self.closure(last)),
                )
            case model.Months(first=first, last=last):
                return self._settled(
                    expression, lambda start, end: _months(start, end), (self.closure(first), self.closure(last))
                )
            case _:
                assert_never(expression)

    def _settled(self, expression: model.Typed, function: Callable[..., Any], inners: tuple[Closure, ...]) -> Closure:
        """A function of settled values; of something unknown it is unknown."""

        def apply(*values: Any) -> Any:
            if any(isinstance(value, OPEN) for value in values):
                return unknown_of(expression.type, ("of", expression.span, values))
            try:
                return function(*values)
            except calendar.OutsideTheCalendar:
                from attain_engine.evaluate.evaluator import EvaluationProblem

                raise EvaluationProblem(
                    "outside-the-calendar",
                    "a date here lies outside the years 1 to 9998",
                    expression.span,
                    "check the dates and durations that lead to it",
                ) from None

        return lambda frame, context: lifted(apply, tuple(inner(frame, context) for inner in inners))


def _is_known(value: Any) -> bool:
    """Whether a value rests on no unknown (on decisions it may)."""
    if isinstance(value, Cases):
        return not any(rests_on_unknowns(condition) or not _is_known(each) for condition, each in value.alternatives)
    return not isinstance(value, Unknown) and not rests_on_unknowns(value)


def _months(first: int, last: int) -> frozenset[int]:
    if last - first > 12_000:
        raise calendar.OutsideTheCalendar
    return frozenset(range(first, last + 1))
