"""What a variable runs over: rows, identifiers, values of an enum, elements of a set.

A condition that demands equality of a field with something that does not depend on the row is answered from an index,
and one that demands it to be in a set of the policy once for all that ask for this set.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from typing import Any, TypeAlias

from attain_compiler.model import program as model
from attain_compiler.model.types import DATE, EntityType, EnumType, RecordType
from attain_compiler.model.walk import nodes
from attain_engine.evaluate import days
from attain_engine.evaluate.missing import Contained
from attain_engine.evaluate.problems import NoAnswer, NotGiven, SetNotKnown, TooMuchWork, Trouble
from attain_engine.evaluate.state import Closure, Compile, Context, Frame
from attain_engine.evaluate.values import OPEN, SETTLED, Cases, Found, Unknown, unknown_of
from attain_engine.evaluate.variables import free_variables, place_of
from attain_engine.open.conditions import Condition, conjunction, disjunction, unknown

Element: TypeAlias = "tuple[Found, Condition]"
Selection: TypeAlias = Callable[[Frame, Context], Iterable[Element]]


def selection(
    program: model.Program,
    closure_of: Compile,
    binder: model.Binder,
    condition: model.Expression | None,
    *,
    any_will_do: bool = False,
) -> Selection:
    """The elements that the binder runs over and the condition does not rule out, each with the condition on which it
    is there and meets it. The frame holds the element while it is yielded. Of an element whose condition has no answer
    it is not known whether it meets it. Where any one will do, days on which nothing changes are left out, and that a
    condition has no answer is said only after all other elements."""
    conditions = _conjuncts(condition) if condition is not None else ()
    tests = tuple(closure_of(each) if any_will_do else by_itself(closure_of(each), each) for each in conditions)
    if binder.domain is None and isinstance(binder.type, RecordType):
        keys = {
            field: (each, value) for each in conditions for field, value in equalities(program, each, binder.number)
        }
        if keys:
            # A condition that is nothing but such an equality has been met by what the index gives.
            met = {id(each) for each, _ in keys.values() if isinstance(each, model.Compare)}
            rest = tuple(test for each, test in zip(conditions, tests, strict=True) if id(each) not in met)
            wanted = tuple(closure_of(value) for _, value in keys.values())
            return _by_index(binder, tuple(keys), wanted, tests, rest)
        for place, each in enumerate(conditions):
            within = _within(each, binder.number)
            if within is not None:
                field, container = within
                return _by_set(binder, field, closure_of(container), tests, tests[:place] + tests[place + 1 :])
    domain = _domain(closure_of, binder)
    if any_will_do and condition is not None and binder.type == DATE and isinstance(binder.domain, model.Range):
        domain = days.few(program, closure_of, binder, condition, domain)
    return lambda frame, context: _filtered(binder, domain(frame, context), tests, frame, context)


def _by_index(
    binder: model.Binder,
    fields: tuple[str, ...],
    wanted: tuple[Closure, ...],
    tests: tuple[Closure, ...],
    rest: tuple[Closure, ...],
) -> Selection:
    record = binder.type.id  # type: ignore[union-attr]

    def by_index(frame: Frame, context: Context) -> Iterable[Element]:
        rows = context.tables.get(record) or context.state.rows(record, context)
        try:
            values = tuple([each(frame, context) for each in wanted])
        except NoAnswer:  # which matters only for rows that the other conditions do not rule out
            return _filtered(binder, rows.items, tests, frame, context)
        if not SETTLED.issuperset(map(type, values)):
            return _filtered(binder, rows.items, tests, frame, context)
        index, loose = rows.by(fields)
        found = index.get(values)
        if loose:
            return _filtered(binder, (*(found or ()), *loose), tests, frame, context)
        return () if found is None else _filtered(binder, found, rest, frame, context)

    return by_index


def _by_set(
    binder: model.Binder, field: str, wanted: Closure, tests: tuple[Closure, ...], rest: tuple[Closure, ...]
) -> Selection:
    record = binder.type.id  # type: ignore[union-attr]

    def by_set(frame: Frame, context: Context) -> Iterable[Element]:
        rows = context.tables.get(record) or context.state.rows(record, context)
        try:
            values = wanted(frame, context)
        except (NoAnswer, NotGiven):  # which matters only for rows that the other conditions do not rule out
            return _filtered(binder, rows.items, tests, frame, context)
        if type(values) is not frozenset:
            return _filtered(binder, rows.items, tests, frame, context)
        found, settled = rows.within(field, values)
        return _filtered(binder, found, rest if settled else tests, frame, context)

    return by_set


def _filtered(
    binder: model.Binder,
    elements: Iterable[Element],
    tests: tuple[Closure, ...],
    frame: Frame,
    context: Context,
) -> Iterator[Element]:
    number = binder.number
    work = context.state.work
    last: Trouble | None = None
    for element, present in elements:
        work.left -= 1
        if work.left < 0:
            raise TooMuchWork(binder)
        frame[number] = element
        open_parts: list[Condition] = []
        trouble: Trouble | None = None
        for test in tests:
            try:
                value = test(frame, context)
            except (NoAnswer, NotGiven) as problem:
                trouble = trouble or problem
                continue
            if value is False:
                break
            if value is not True:
                open_parts.append(value)
        else:
            if trouble is None:
                yield element, conjunction((present, *open_parts)) if open_parts else present
            else:
                last = last or trouble
    if last is not None:
        raise last


def by_itself(inner: Closure, expression: model.Typed) -> Closure:
    """The closure of what is asked of one element after the other: of one for which it has no answer it is unknown, and
    the others have theirs."""
    free, place = free_variables(expression), place_of(expression)

    def by_itself(frame: Frame, context: Context) -> Any:
        try:
            return inner(frame, context)
        except NoAnswer as problem:
            state = context.state
            arguments = tuple([frame[number] for number in free])  # asked of the same elements it is the same
            name = state.without_answer(problem, place, arguments, context)
            return unknown_of(expression.type, name, members=state.members(expression.type))

    return by_itself


def _domain(closure_of: Compile, binder: model.Binder) -> Selection:
    if binder.domain is not None:
        return _of_set(closure_of(binder.domain), binder, binder.domain)
    match binder.type:
        case RecordType(id=record):
            return lambda frame, context: context.state.rows(record, context).items
        case EntityType(id=entity):
            return lambda frame, context: context.state.identifiers(entity)
        case EnumType() as enum:
            return lambda frame, context: [(each, True) for each in context.state.members(enum)]
        case _:
            raise TypeError(binder.type)


def _of_set(inner: Closure, binder: model.Binder, domain: model.Expression) -> Selection:
    return lambda frame, context: elements(inner(frame, context), domain, context.state.members(binder.type))


def elements(found: Any, expression: model.Expression, members: Sequence[Found]) -> list[Element]:
    """The elements of a set, each with the condition on which it is one; `members` are those that it can have at all,
    where that is known (of an enum). Of these any may be in a set that is not known."""
    if isinstance(found, Unknown):
        if not members:
            raise SetNotKnown(expression)
        return [(each, unknown(Contained(each, found))) for each in members]
    if isinstance(found, Cases):
        there: dict[Found, list[Condition]] = {}
        for condition, each in found.alternatives:
            for element, among in elements(each, expression, members):
                there.setdefault(element, []).append(conjunction((condition, among)))
        return [(element, disjunction(conditions)) for element, conditions in there.items()]
    if any(isinstance(each, OPEN) for each in found):
        return [pair for each in found for pair in _one_of(each)]
    return [(element, True) for element in sorted(found)]


def _one_of(element: Found) -> list[Element]:
    """What an element of a set may be: one of several values, each on its condition."""
    if isinstance(element, Cases):
        return [(value, condition) for condition, value in element.alternatives]
    return [(element, True)]


# ---------------------------------------------------------------- equalities


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


def _within(condition: model.Expression, number: int) -> tuple[str, model.Constant | model.Lookup] | None:
    """The field of the row in variable `number` that the condition demands to be in a set, and that set, if it is
    written in the policy, where it holds nothing open, and does not depend on the row."""
    match condition:
        case model.Contains(
            element=model.FieldOf(row=row, field=field), container=(model.Constant() | model.Lookup()) as container
        ) if _is_variable(row, number) and not _mentions(container, number):
            return field, container
        case _:
            return None


def _is_variable(expression: model.Expression, number: int) -> bool:
    return isinstance(expression, model.Variable) and expression.number == number


def _mentions(expression: model.Expression, number: int) -> bool:
    return any(isinstance(each, model.Variable) and each.number == number for each in nodes(expression))


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
