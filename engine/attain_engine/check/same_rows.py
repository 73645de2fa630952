"""What aggregates over the same rows say of each other, where nothing is known of the rows.

A row meets some of the conditions that the aggregates ask for, and not the others; rows that meet the same are a class.
Which classes there can be is asked of one row of which no field is known; how many rows are of each is open. A count is
then the sum of its classes, whatever the rows are: `count where a and b` is at most `count where a`.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from fractions import Fraction
from itertools import product
from typing import Any, TypeAlias

from attain_compiler.frozen import frozen
from attain_compiler.model import program as model
from attain_compiler.model.types import RecordType
from attain_compiler.model.walk import nodes
from attain_engine.evaluate import Evaluator
from attain_engine.evaluate.known import fields_given
from attain_engine.evaluate.missing import IsValue, MeasureNotGiven, Place, RowsNotGiven
from attain_engine.evaluate.problems import NotGiven
from attain_engine.evaluate.state import Context
from attain_engine.evaluate.values import NO_VALUE
from attain_engine.evaluate.variables import frame_with, place_of
from attain_engine.facts.model import UNKNOWN, Row
from attain_engine.open.conditions import Amount, Condition, conjunction, disjunction, either, negation, unknown
from attain_engine.open.quantities import (
    Linear,
    Quantity,
    compare,
    identity,
    is_whole,
    of_amount,
    range_of,
    scale,
    total,
)
from attain_engine.open.unknowns import open_parts
from attain_engine.solve.certain import is_possible

MOST_CONDITIONS = 8
"""So many different conditions on the rows of one record are set beside each other at the most."""

Class: TypeAlias = frozenset[int]
"""The places of the conditions that its rows meet."""


@frozen
class RowsOf:
    """How many rows are like this: what is said of a row of which no field is known. Of a value, what it adds up to in
    them."""

    row: Row
    like: Condition
    value: object = None


@frozen
class _Asked:
    """An aggregate or a quantifier over rows: what is open of it, the `condition` on which a row counts, the `value` of
    a row (None where rows are counted), what stands for it where no row counts."""

    binding: model.Exists | model.Aggregate
    name: MeasureNotGiven | RowsNotGiven
    amount: Amount | None
    condition: Condition
    value: Any
    instead: Any


def among_the_same_rows(evaluator: Evaluator, roots: Sequence[Condition]) -> Iterator[Condition]:
    """What holds, whatever the rows are, of the open aggregates that conditions rest on."""
    names: dict[str, dict[MeasureNotGiven | RowsNotGiven, Amount | None]] = {}
    for part in open_parts(roots):
        name = part.name.of if isinstance(part.name, IsValue) else part.name
        if isinstance(name, MeasureNotGiven | RowsNotGiven):
            of_record = names.setdefault(name.record, {})
            of_record[name] = part if isinstance(part, Amount) else of_record.get(name)
    for record, found in names.items():
        if len(found) > 1:
            declared = evaluator.program.records[record]
            row = Row(record, {each.name: UNKNOWN for each in declared.fields})
            world = replace(evaluator.world, known={**evaluator.world.known, **fields_given(declared, row)})
            of_row = Evaluator(evaluator.program, world, evaluator.date)
            of_row.readings = evaluator.readings
            asked = (_asked(of_row, name, amount, row) for name, amount in found.items())
            yield from _related(row, [each for each in asked if each is not None])


# ---------------------------------------------------------------- what is asked of a row


def _asked(
    evaluator: Evaluator, name: MeasureNotGiven | RowsNotGiven, amount: Amount | None, row: Row
) -> _Asked | None:
    """What an open value is of; None where that is not an aggregate over the rows of its record alone."""
    context = evaluator.context_of(name.mark)
    expression: model.Expression | None
    if isinstance(name, MeasureNotGiven):
        expression = evaluator.program.measures[name.measure].body
        if name.measure in evaluator.bodies.limited:
            context = evaluator.context_for(context.date, context.inside | {name.measure}, context.unfiltered)
    else:
        expression = _at(evaluator.program, name.asked) if isinstance(name.asked, Place) else None
    fallback = expression.fallback if isinstance(expression, model.Fallback) else None
    binding = expression.value if isinstance(expression, model.Fallback) else expression
    if not isinstance(binding, model.Exists | model.Aggregate):
        return None
    over = binding.binder.type
    if binding.binder.domain is not None or not isinstance(over, RecordType) or over.id != name.record:
        return None
    arguments: tuple[Any, ...] = name.arguments
    if isinstance(name, RowsNotGiven):
        arguments = frame_with(binding, arguments)
    frame = (*arguments, *[None] * (binding.binder.number - len(arguments)), row)
    counts = [] if binding.condition is None else [evaluator.told(binding.condition, frame, context)]
    counts += [negation(each) for each in _excluded(evaluator, row, context)]
    value = None
    if isinstance(binding, model.Aggregate) and binding.value is not None:
        value = evaluator.told(binding.value, frame, context)
    instead = None if fallback is None else evaluator.told(fallback, arguments, context)
    return _Asked(binding, name, amount, conjunction(counts), value, instead)


def rules_of(program: model.Program) -> tuple[model.Node, ...]:
    """All that a claim may rest on."""
    return (
        *program.defines.values(), *program.measures.values(), *program.scores.values(), *program.designations.values(),
        *program.exclusions.values(),
    )  # fmt: skip


def _at(program: model.Program, place: Place) -> model.Expression | None:
    """The aggregate or quantifier at a place of the policy."""
    for each in (*program.claims.values(), *rules_of(program)):
        for node in nodes(each):
            if isinstance(node, model.Exists | model.Aggregate) and node.span == place.span and place_of(node) == place:
                return node
    return None


def _excluded(evaluator: Evaluator, row: Row, context: Context) -> Iterator[Condition]:
    """Whether each exclusion leaves a row out in a context. What rests on other rows is left open."""
    if context.unfiltered:
        return
    for each in evaluator.program.exclusions_of(RecordType(row.record)):
        if not each.measures or context.inside.intersection(each.measures):
            try:
                yield evaluator.excludes(each, row, context)
            except NotGiven as missing:
                yield unknown(RowsNotGiven(missing.record, each.id, (row,), context.mark))


# ---------------------------------------------------------------- what follows from it


class _Classes:
    """The classes that there can be of rows, by the conditions that are asked of one of which no field is known."""

    def __init__(self, row: Row, conditions: Sequence[Condition]) -> None:
        self.row = row
        self.conditions = conditions
        self.classes = list(self._possible())

    def _possible(
        self, place: int = 0, so_far: tuple[Condition, ...] = (), met: Class = frozenset()
    ) -> Iterator[Class]:
        if not is_possible(conjunction(so_far)):
            return
        if place == len(self.conditions):
            yield met
            return
        this = self.conditions[place]
        yield from self._possible(place + 1, (*so_far, this), met | {place})
        yield from self._possible(place + 1, (*so_far, negation(this)), met)

    def of(self, asked: _Asked) -> list[Class]:
        """The classes whose rows count."""
        place = self.conditions.index(asked.condition)
        return [each for each in self.classes if place in each]

    def number(self, asked: _Asked) -> Quantity:
        """How many rows count."""
        return total(self._rows(each) for each in self.of(asked))

    def _rows(self, class_: Class, value: object = None, *, whole: bool = True, low: Any = 0) -> Quantity:
        like = conjunction(each if place in class_ else negation(each) for place, each in enumerate(self.conditions))
        return of_amount(Amount("unknown", RowsOf(self.row, like, value), low, None, whole))

    def sums(self, asked: _Asked) -> Iterator[Quantity]:
        """What the values of the rows add up to, class by class."""
        for each in self.of(asked):
            if isinstance(asked.value, Linear):
                low = range_of(asked.value)[0]
                least = 0 if low is not None and low >= 0 else None
                yield self._rows(each, identity(asked.value), whole=is_whole(asked.value), low=least)
            else:
                yield scale(self._rows(each), asked.value)

    def ends(self, asked: _Asked) -> Iterator[Condition]:
        """That each row of a class adds what it may."""
        low, high = range_of(asked.value)
        for each, added in zip(self.of(asked), self.sums(asked), strict=True):
            if low is not None:
                yield compare(">=", added, scale(self._rows(each), low))
            if high is not None:
                yield compare("<=", added, scale(self._rows(each), high))


def _related(row: Row, asked: Sequence[_Asked]) -> Iterator[Condition]:
    conditions = list(dict.fromkeys(each.condition for each in asked))
    if len(asked) < 2 or len(conditions) > MOST_CONDITIONS:
        return
    classes = _Classes(row, conditions)
    for each in asked:
        yield from _of_one(classes, each)
    for one, other in product(asked, repeat=2):
        if one is not other and set(classes.of(one)) <= set(classes.of(other)):
            yield from _within(classes, one, other)


def _of_one(classes: _Classes, asked: _Asked) -> Iterator[Condition]:
    """What an aggregate is by the classes of its rows."""
    some = compare(">=", classes.number(asked), 1)
    if isinstance(asked.binding, model.Exists):
        yield either(unknown(asked.name), some, negation(some))
        return
    if isinstance(asked.name, RowsNotGiven) and asked.binding.kind not in ("count", "distinct", "sum"):
        yield either(unknown(IsValue(asked.name, NO_VALUE)), negation(some), some)
    if asked.amount is None:
        return
    it = of_amount(asked.amount)
    match asked.binding.kind:
        case "count":
            yield compare("==", it, classes.number(asked))
        case "distinct":
            yield compare("<=", it, classes.number(asked))
            yield disjunction((negation(some), compare(">=", it, 1)))
        case "sum" if _is_number(asked.value):
            yield compare("==", it, total(classes.sums(asked)))
            yield from classes.ends(asked)
        case "min" | "max" | "average" | "median" if _is_number(asked.instead):
            yield disjunction((some, compare("==", it, asked.instead)))
        case _:
            pass


def _within(classes: _Classes, one: _Asked, other: _Asked) -> Iterator[Condition]:
    """What follows where the rows of one aggregate are among those of another, of the same value."""
    if one.amount is None or other.amount is None or one.value is None or _same(one.value) != _same(other.value):
        return
    this, that = of_amount(one.amount), of_amount(other.amount)
    none = negation(compare(">=", classes.number(one), 1))
    match one.binding.kind, other.binding.kind:  # type: ignore[union-attr]
        case ("distinct", "distinct"):
            yield compare("<=", this, that)
        case ("max", "max") | ("min", "max") | ("average", "max") | ("median", "max"):
            yield disjunction((none, compare("<=", this, that)))
        case ("min", "min") | ("max", "min") | ("average", "min") | ("median", "min"):
            yield disjunction((none, compare(">=", this, that)))
        case ("max" | "min" | "average" | "median", "sum") if _is_number(one.value):
            low = range_of(one.value)[0]
            if low is not None and low >= 0:
                yield disjunction((none, compare("<=", this, that)))
        case _:
            pass


def _is_number(value: object) -> bool:
    return isinstance(value, int | Fraction | Linear) and not isinstance(value, bool)


def _same(value: Any) -> object:
    return identity(value) if isinstance(value, Linear) else value
