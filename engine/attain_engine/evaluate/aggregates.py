"""What runs over many rows: quantifiers, counts, sums, extremes, allocations.

A condition that demands equality of a field with something that does not depend on the row is answered from an index.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from fractions import Fraction
from itertools import combinations
from statistics import median
from typing import TYPE_CHECKING, Any, TypeAlias, assert_never

from attain_compiler.model import program as model
from attain_compiler.model.types import EntityType, EnumType, RecordType
from attain_engine.evaluate import numbers
from attain_engine.evaluate.values import NO_VALUE, OPEN, Cases, Unknown, unknown_of
from attain_engine.evaluate.world import Context
from attain_engine.open import quantities
from attain_engine.open.conditions import Amount, Condition, Formula, conjunction, disjunction, negation
from attain_engine.open.quantities import Linear, Stairs

if TYPE_CHECKING:
    from attain_engine.evaluate.evaluator import Closure
    from attain_engine.evaluate.expressions import Compiler

Element: TypeAlias = tuple[Any, Condition]
Selection: TypeAlias = Callable[[list[Any], Context], Iterable[Element]]

MOST_ELEMENTS = 50_000_000
"""So many rows, identifiers and values are looked at in all, in one evaluation of a policy: a minute or so."""

MOST_ROLES = 8
"""An allocation to more roles than this is refused: every set of roles gives a condition."""


class CannotStayOpen(Exception):
    """Something that a change or an unknown would leave open cannot be left open (a median, say)."""

    def __init__(self, message: str, expression: model.Typed) -> None:
        super().__init__(message)
        self.message = message
        self.span = expression.span


class TooMuchWork(Exception):
    """Rows within rows within rows: more of them would have to be looked at than anybody waits for."""

    def __init__(self, binder: model.Binder) -> None:
        super().__init__()
        self.span = binder.span


class Allowance:
    """How many more elements an evaluation may look at."""

    __slots__ = ("left",)

    def __init__(self) -> None:
        self.left = MOST_ELEMENTS


def closure(compiler: Compiler, expression: model.Exists | model.Aggregate | model.Allocation) -> Closure:
    """The closure of a quantifier, an aggregate or an allocation."""
    match expression:
        case model.Exists():
            return _exists(compiler, expression)
        case model.Aggregate():
            return _aggregate(compiler, expression)
        case model.Allocation():
            return _allocation(compiler, expression)
        case _:
            assert_never(expression)


def selection(compiler: Compiler, binder: model.Binder, condition: model.Expression | None) -> Selection:
    """The elements that the binder runs over and the condition does not rule out, each with the condition on which it
    is there and meets it. The frame holds the element while it is yielded."""
    conditions = _conjuncts(condition) if condition is not None else ()
    record = binder.type if binder.domain is None and isinstance(binder.type, RecordType) else None
    keys = {
        field: (each, value)
        for each in conditions
        if record is not None
        for field, value in equalities(compiler.program, each, binder.number)
    }
    # A condition that is nothing but such an equality has been met by what the index gives.
    rest = [each for each in conditions if not any(each is met and _is_equality(each) for met, _ in keys.values())]
    filters = [compiler.closure(each) for each in rest]
    all_filters = [compiler.closure(each) for each in conditions]
    number = binder.number
    evaluator = compiler.evaluator

    def filtered(
        elements: Iterable[Element], tests: list[Closure], frame: list[Any], context: Context
    ) -> Iterable[Element]:
        allowance = evaluator.allowance
        for element, present in elements:
            allowance.left -= 1
            if allowance.left < 0:
                raise TooMuchWork(binder)
            frame[number] = element
            open_parts: list[Formula] | None = None
            for test in tests:
                value = test(frame, context)
                if value is False:
                    break
                if value is not True:
                    open_parts = [*(open_parts or ()), value]
            else:
                yield element, present if open_parts is None else conjunction((present, *open_parts))

    if record is not None and keys:
        fields = tuple(keys)
        wanted = [compiler.closure(value) for _, value in keys.values()]
        record_id = record.id

        def by_index(frame: list[Any], context: Context) -> Iterable[Element]:
            values = tuple(each(frame, context) for each in wanted)
            if any(isinstance(value, OPEN) for value in values):
                yield from filtered(evaluator.rows(record_id, context), all_filters, frame, context)
                return
            index, loose = evaluator.indexed(record_id, fields, context)
            yield from filtered(index.get(values, ()), filters, frame, context)
            if loose:
                yield from filtered(loose, all_filters, frame, context)

        return by_index

    domain = _domain(compiler, binder)
    return lambda frame, context: filtered(domain(frame, context), all_filters, frame, context)


def _domain(compiler: Compiler, binder: model.Binder) -> Selection:
    evaluator = compiler.evaluator
    if binder.domain is not None:
        inner = compiler.closure(binder.domain)

        def of_set(frame: list[Any], context: Context) -> Iterable[Element]:
            found = inner(frame, context)
            if isinstance(found, Unknown):
                raise CannotStayOpen("the set that this runs over is not known", binder.domain)  # type: ignore[arg-type]
            if isinstance(found, Cases):
                elements: dict[Any, list[Condition]] = {}
                for condition, each in found.alternatives:
                    for element in each:
                        elements.setdefault(element, []).append(condition)
                return [(element, disjunction(conditions)) for element, conditions in sorted(elements.items())]
            return [(element, True) for element in sorted(found)]

        return of_set
    match binder.type:
        case RecordType(id=record):
            return lambda frame, context: evaluator.rows(record, context)
        case EntityType(id=entity):
            return lambda frame, context: evaluator.identifiers(entity)
        case EnumType():
            members = [(each, True) for each in evaluator.members(binder.type)]
            return lambda frame, context: members
        case _:
            raise TypeError(binder.type)


def _conjuncts(condition: model.Expression) -> tuple[model.Expression, ...]:
    if isinstance(condition, model.And):
        return tuple(inner for item in condition.items for inner in _conjuncts(item))
    return (condition,)


def equalities(
    program: model.Program, condition: model.Expression, number: int
) -> Iterator[tuple[str, model.Expression]]:
    """The fields of the row in variable `number` that the condition demands a value of, with that value, which does not
    depend on the row. A definition is looked into: what it demands of its parameter is demanded of the row."""
    match condition:
        case model.And(items=items):
            for item in items:
                yield from equalities(program, item, number)
        case model.Compare(operator="==", left=left, right=right):
            for this, other in ((left, right), (right, left)):
                if isinstance(this, model.FieldOf) and _is_variable(this.row, number) and not _mentions(other, number):
                    yield this.field, other
        case model.DefineCall(define=define_id, arguments=arguments):
            define = program.defines[define_id]
            for formal, argument in zip(define.parameters, arguments, strict=True):
                if _is_variable(argument, number):
                    for field, value in equalities(program, define.body, formal.number):
                        outside = _substituted(value, arguments)
                        if outside is not None and not _mentions(outside, number):
                            yield field, outside
        case _:
            return


def _is_equality(condition: model.Expression) -> bool:
    return isinstance(condition, model.Compare)


def _is_variable(expression: model.Expression, number: int) -> bool:
    return isinstance(expression, model.Variable) and expression.number == number


def _mentions(expression: model.Expression, number: int) -> bool:
    from attain_engine.evaluate.expressions import nodes_below

    return any(isinstance(each, model.Variable) and each.number == number for each in nodes_below(expression))


def _substituted(value: model.Expression, arguments: tuple[model.Expression, ...]) -> model.Expression | None:
    """A value of a definition's body with the arguments in place of its parameters; None where it is not simple."""
    match value:
        case model.Variable(number=number):
            return arguments[number] if number < len(arguments) else None
        case model.Constant() | model.AssessmentDate() | model.ReadingValue():
            return value
        case model.FieldOf(row=row):
            inner = _substituted(row, arguments)
            return None if inner is None else replace(value, row=inner)
        case model.DatePart(subject=subject):
            inner = _substituted(subject, arguments)
            return None if inner is None else replace(value, subject=inner)
        case model.Shift(anchor=anchor, length=length):
            moved, by = _substituted(anchor, arguments), _substituted(length, arguments)
            return None if moved is None or by is None else replace(value, anchor=moved, length=by)
        case model.DefineCall(arguments=()):
            return value
        case _:
            return None


def _exists(compiler: Compiler, expression: model.Exists) -> Closure:
    select = selection(compiler, expression.binder, expression.condition)

    def exists(frame: list[Any], context: Context) -> Condition:
        found: list[Condition] = []
        for _, condition in select(frame, context):
            if condition is True:
                return True
            found.append(condition)
        return disjunction(found) if found else False

    return _or_unknown(expression, exists)


def _or_unknown(expression: model.Typed, inner: Closure) -> Closure:
    """Outside a measure, what rests on rows that were not given is an unknown of its own."""
    from attain_engine.evaluate.evaluator import NotGiven

    def guarded(frame: list[Any], context: Context) -> Any:
        try:
            return inner(frame, context)
        except NotGiven as missing:
            if context.measuring:
                raise
            arguments = tuple(each for each in frame if each is not None)
            return unknown_of(expression.type, ("rows", missing.record, expression.span, arguments, *context.mark))

    return guarded


def _aggregate(compiler: Compiler, expression: model.Aggregate) -> Closure:
    select = selection(compiler, expression.binder, expression.condition)
    kind = expression.kind
    if kind == "count":

        def count(frame: list[Any], context: Context) -> Any:
            certain = 0
            open_ones: list[tuple[Condition, int]] = []
            for _, condition in select(frame, context):
                if condition is True:
                    certain += 1
                else:
                    open_ones.append((condition, 1))
            return quantities.add(certain, quantities.weighted(open_ones)) if open_ones else certain

        return _or_unknown(expression, count)

    assert expression.value is not None
    value = compiler.closure(expression.value)
    combine = _COMBINATIONS[kind]

    def aggregate(frame: list[Any], context: Context) -> Any:
        return combine([(condition, value(frame, context)) for _, condition in select(frame, context)], expression)

    return _or_unknown(expression, aggregate)


def _spread(items: list[tuple[Condition, Any]]) -> list[tuple[Condition, Any]]:
    """The items with values that have cases taken apart."""
    if not any(isinstance(value, Cases) for _, value in items):
        return items
    apart: list[tuple[Condition, Any]] = []
    for condition, value in items:
        if isinstance(value, Cases):
            apart.extend((conjunction((condition, this)), each) for this, each in value.alternatives)
        else:
            apart.append((condition, value))
    return [(condition, value) for condition, value in apart if condition is not False]


def _in_cases(value: Any) -> Any:
    """A flag or a number that is open as its cases, so that it can be told apart from others; an unknown number, of
    which nobody knows how many values it can have, stays as it is."""
    if isinstance(value, Formula):
        return Cases(((value, True), (negation(value), False)))
    if isinstance(value, (Linear, Stairs)) and not quantities.unknown_amounts(value):
        return Cases(tuple(quantities.possible_values(value, quantities.MOST_STEPS)))
    return value


def _distinct(items: list[tuple[Condition, Any]], expression: model.Aggregate) -> Any:
    groups: dict[Any, list[Condition]] = {}
    unknown_ones: dict[Any, None] = {}
    for condition, value in _spread([(condition, _in_cases(value)) for condition, value in items]):
        if isinstance(value, (Unknown, Linear)):
            unknown_ones[value] = None
        else:
            groups.setdefault(value, []).append(condition)
    unsettled = len(unknown_ones)
    certain = sum(1 for conditions in groups.values() if True in conditions)
    open_ones = [(disjunction(conditions), 1) for conditions in groups.values() if True not in conditions]
    found = quantities.add(certain, quantities.weighted(open_ones)) if open_ones else certain
    if unsettled:
        # Each of them may be one more, or one that is counted already.
        low = 0 if groups else 1 if any(condition is True for condition, _ in items) else 0
        more = Amount("unknown", ("distinct", expression.span, tuple(value for _, value in items)), low, unsettled)
        return quantities.add(found, quantities.of_amount(more))
    return found


def _sum(items: list[tuple[Condition, Any]], _: model.Aggregate) -> Any:
    if all(condition is True and not isinstance(value, OPEN) for condition, value in items):
        return sum(value for _, value in items)
    spread = _spread(items)
    if any(value is NO_VALUE for _, value in spread):
        return NO_VALUE
    return quantities.total(quantities.times(condition, value) for condition, value in spread)


def _extreme(items: list[tuple[Condition, Any]], expression: model.Aggregate) -> Any:
    spread = [(condition, value) for condition, value in _spread(items) if value is not NO_VALUE]
    kind = expression.kind
    if not any(isinstance(value, OPEN) for _, value in spread):
        if all(condition is True for condition, _ in spread):
            pick = max if kind == "max" else min
            return pick((value for _, value in spread), default=NO_VALUE)
        return numbers.first_present(kind, spread)
    if all(condition is True for condition, _ in spread):
        return numbers.extreme(kind, [value for _, value in spread])
    if all(isinstance(value, (int, Fraction, Linear, Stairs)) for _, value in spread):
        apart: list[tuple[Condition, Any]] = []
        for condition, value in spread:
            if quantities.unknown_amounts(value):
                break
            apart.extend(
                (conjunction((condition, this)), each)
                for this, each in quantities.possible_values(value, quantities.MOST_STEPS)
            )
        else:
            return numbers.first_present(kind, apart)
    raise CannotStayOpen("the values compared here are unknown in rows that may or may not count", expression)


def _average(items: list[tuple[Condition, Any]], expression: model.Aggregate) -> Any:
    sum_ = _sum(items, expression)
    number = quantities.weighted((condition, 1) for condition, _ in items)
    return numbers.divided(sum_, number)


def _median(items: list[tuple[Condition, Any]], expression: model.Aggregate) -> Any:
    if any(condition is not True or isinstance(value, OPEN) for condition, value in items):
        raise CannotStayOpen(
            "a median cannot be left open, and here it rests on unknown values or on changes", expression
        )
    values = [Fraction(value) for _, value in items]
    return median(values) if values else NO_VALUE


_COMBINATIONS: dict[str, Callable[[list[tuple[Condition, Any]], model.Aggregate], Any]] = {
    "distinct": _distinct,
    "sum": _sum,
    "min": _extreme,
    "max": _extreme,
    "average": _average,
    "median": _median,
}


def _allocation(compiler: Compiler, expression: model.Allocation) -> Closure:
    """Hall's condition: disjoint people can be found for all roles exactly when, for every set of roles, at least as
    many people as the roles need together meet the condition of one of them."""
    if len(expression.roles) > MOST_ROLES:
        raise CannotStayOpen(f"more than {MOST_ROLES} roles are allocated at once", expression)
    select = selection(compiler, expression.binder, None)
    roles = [(compiler.closure(role.needed), compiler.closure(role.condition)) for role in expression.roles]
    indexes = range(len(roles))
    subsets = [chosen for size in range(1, len(roles) + 1) for chosen in combinations(indexes, size)]

    def allocation(frame: list[Any], context: Context) -> Condition:
        needed = [need(frame, context) for need, _ in roles]
        able = [
            [conjunction((present, condition(frame, context))) for _, condition in roles]
            for _, present in select(frame, context)
        ]
        return conjunction(
            quantities.compare(
                ">=",
                quantities.weighted((disjunction(person[role] for role in chosen), 1) for person in able),
                quantities.total(needed[role] for role in chosen),
            )
            for chosen in subsets
        )

    return _or_unknown(expression, allocation)
