"""The cheapest plan, by trying every one.

A plan is a set of possible changes, each with its number of units. What it leads to does not depend on an order: rows
are added, fields raised by the sum of what raises them, fields set, rows removed. A field that is set twice to
different values, set and raised, or touched in a removed row makes the plan impossible, and so does a field that leaves
its bounds. Among the plans that reach the goal the best has the least cost, then the fewest changes (a change with
these arguments counts as one, however many units), then the earliest end.
"""

from __future__ import annotations

import datetime
import itertools
import math
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Any

from attain_compiler.model import program as model
from attain_compiler.model.types import Duration, Value
from attain_engine.facts.model import UNKNOWN, Row
from tests.oracle import arithmetic
from tests.oracle.expressions import Scope
from tests.oracle.facts_generator import alike
from tests.oracle.interpreter import Interpreter
from tests.oracle.world import NoValueError, RowId

MOST_PLANS = 5_000


class TooManyPlansError(Exception):
    """The instance is too large to try every plan."""


@dataclass(frozen=True, slots=True)
class Possible:
    """A change with these arguments; `amounts` are the numbers of units it can be done in (0 is not among them)."""

    change: model.Change
    arguments: tuple[Any, ...]
    amounts: range


@dataclass(frozen=True, slots=True)
class Step:
    possible: Possible
    amount: int


@dataclass(frozen=True, slots=True)
class Plan:
    """`ends` is the plan date moved by the longest duration."""

    steps: tuple[Step, ...]
    cost: Fraction
    ends: datetime.date


class _ConflictError(Exception):
    """The steps cannot be done together."""


def possible_changes(interpreter: Interpreter) -> list[Possible]:
    """Every combination of arguments for which `when` holds on the facts as they are."""
    found = []
    for change in interpreter.program.changes.values():
        for arguments in itertools.product(*(interpreter.values_of(each.type) for each in change.parameters)):
            scope = interpreter.scope.called(arguments)
            if change.condition is not None and not interpreter.evaluate(change.condition, scope):
                continue
            low = 1 if change.low is None else math.ceil(interpreter.evaluate(change.low, scope))
            high = 1 if change.high is None else math.floor(interpreter.evaluate(change.high, scope))
            amounts = range(max(low, 1), high + 1)
            if amounts:
                found.append(Possible(change, arguments, amounts))
    return found


def apply(interpreter: Interpreter, steps: tuple[Step, ...]) -> Interpreter | None:
    """What the program says once the steps are done; None where they cannot be done together."""
    try:
        return _Application(interpreter).done(steps)
    except _ConflictError:
        return None


class _Application:
    def __init__(self, interpreter: Interpreter) -> None:
        self.before = interpreter
        self.added: dict[str, list[Row]] = defaultdict(list)
        self.removed: set[RowId] = set()
        self.sets: dict[tuple[RowId, str], Any] = {}
        self.raised: dict[tuple[RowId, str], Any] = defaultdict(int)
        self.measures: dict[tuple[str, tuple[Any, ...]], Any] = defaultdict(int, interpreter.raises)

    def done(self, steps: tuple[Step, ...]) -> Interpreter:
        for number, step in enumerate(steps):
            for unit in range(step.amount):
                scope = replace(_scope(self.before, step), fresh=f"new {number}.{unit}")
                for effect in step.possible.change.effects:
                    self.effect(effect, scope)
        facts = replace(self.before.facts, tables={**self.before.facts.tables, **self.tables()})
        return Interpreter(self.before.program, facts, self.before.scope.on, self.before.readings, self.measures)

    def effect(self, effect: model.Effect, scope: Scope) -> None:
        evaluate = self.before.evaluate
        match effect:
            case model.Adds(record=record, values=values):
                row = {name: evaluate(value, scope) for name, value in values}
                self.added[record].append(Row(record, self.with_defaults(record, row)))
            case model.Removes(row=row_variable):
                self.removed.add(scope.variables[row_variable.number])
            case model.Sets(row=row_variable, field=field, value=value):
                place, new = (scope.variables[row_variable.number], field), evaluate(value, scope)
                if self.sets.setdefault(place, new) != new:
                    raise _ConflictError
            case model.RaisesField(row=row_variable, field=field, by=by):
                self.raised[scope.variables[row_variable.number], field] += evaluate(by, scope)
            case model.RaisesMeasure(measure=measure, arguments=arguments, by=by):
                called = tuple(evaluate(each, scope) for each in arguments)
                self.measures[measure, called] += evaluate(by, scope)

    def with_defaults(self, record: str, row: Mapping[str, Value]) -> dict[str, Any]:
        filled: dict[str, Any] = {}
        for field in self.before.program.records[record].fields:
            missing = field.default if field.default is not None else UNKNOWN
            filled[field.name] = row.get(field.name, datetime.date.max if field.or_never else missing)
            self.check_bounds(field, filled[field.name])
        return filled

    def check_bounds(self, field: model.Field, value: Any) -> None:
        if value is not UNKNOWN and (
            (field.low is not None and value < field.low) or (field.high is not None and value > field.high)
        ):
            raise _ConflictError

    def tables(self) -> dict[str, tuple[Row, ...]]:
        touched = {place for place, _ in itertools.chain(self.sets, self.raised)}
        if self.sets.keys() & self.raised.keys() or touched & self.removed:
            raise _ConflictError
        tables = {}
        for record in {*self.added, *(row.record for row in touched | self.removed)}:
            rows = [self.changed(row) for row in self.before.world.rows(record) if row not in self.removed]
            tables[record] = (*rows, *self.added[record])
            self.check_apart(record, tables[record])
        return tables

    def check_apart(self, record: str, rows: tuple[Row, ...]) -> None:
        """No two rows, of which one is new or changed, are alike where none may be."""
        before = {id(row) for row in self.before.facts.tables.get(record, ())}
        declared = self.before.program.records[record]
        for one, other in itertools.combinations(rows, 2):
            if {id(one), id(other)} - before and alike(declared, one.values, other.values):
                raise _ConflictError

    def changed(self, row: RowId) -> Row:
        old = self.before.facts.tables[row.record][row.number]
        values = dict(old.values)
        for (place, name), value in self.sets.items():
            if place == row:
                values[name] = value
        for (place, name), by in self.raised.items():
            if place == row:
                values[name] = self.before.world.value(row, name) + by
        for field in self.before.program.records[row.record].fields:
            if values[field.name] is not old.values[field.name]:
                self.check_bounds(field, values[field.name])
        return replace(old, values=values)


def _scope(interpreter: Interpreter, step: Step) -> Scope:
    scope = interpreter.scope.called(step.possible.arguments)
    amount = step.possible.change.amount
    return scope if amount is None else scope.bind(amount.number, step.amount)


def cost(interpreter: Interpreter, steps: tuple[Step, ...]) -> Fraction:
    total = Fraction(0)
    for step in steps:
        for each in step.possible.change.costs:
            price = interpreter.evaluate(each.amount, _scope(interpreter, step))
            total += price * step.amount if each.each else price
    return total


def ends(interpreter: Interpreter, steps: tuple[Step, ...]) -> datetime.date:
    """When the last step ends, all beginning on the plan date; several durations of one change follow each other."""
    latest = interpreter.scope.on
    for step in steps:
        months = days = 0
        for each in step.possible.change.takes:
            length: Duration = interpreter.evaluate(each.duration, _scope(interpreter, step))
            times = step.amount if each.each else 1
            months, days = months + length.months * times, days + length.days * times
        latest = max(latest, arithmetic.shift_date(interpreter.scope.on, Duration(months, days), 1))
    return latest


def cheapest(interpreter: Interpreter, goal: Callable[[Interpreter], bool], most: int = MOST_PLANS) -> Plan | None:
    """The best plan that reaches the goal (see above), or None where no plan does.

    Raises TooManyPlansError where there are more than `most` to try.
    """
    for plan in sorted(plans([interpreter], most), key=lambda plan: (plan.cost, len(plan.steps), plan.ends)):
        after = apply(interpreter, plan.steps)
        if after is not None and reaches(goal, after):
            return plan
    return None


def goal_of(designation: model.Designation, tier: str | None) -> Callable[[Interpreter], bool]:
    """That the designation is met, or that this tier of it or a higher one is awarded."""
    names = [each.name for each in designation.tiers]

    def reached(interpreter: Interpreter) -> bool:
        status = interpreter.designation(designation.id)
        if tier is None:
            return status.met
        return status.award is not None and names.index(status.award) >= names.index(tier)

    return reached


def reaches(goal: Callable[[Interpreter], bool], after: Interpreter) -> bool:
    """Whether the goal holds; where it has no value it does not."""
    try:
        return goal(after)
    except NoValueError:
        return False


def plans(interpreters: Sequence[Interpreter], most: int) -> Iterator[Plan]:
    """Every plan of changes that are possible in all the worlds; they differ in nothing that a plan costs.

    Raises TooManyPlansError where there are more than `most` to try.
    """
    first, *others = interpreters
    everywhere = [{(each.change.id, each.arguments) for each in possible_changes(other)} for other in others]
    possible = [
        each
        for each in possible_changes(first)
        if all((each.change.id, each.arguments) in there for there in everywhere)
    ]
    if math.prod(len(each.amounts) + 1 for each in possible) > most:
        raise TooManyPlansError(f"{len(possible)} possible changes")
    for amounts in itertools.product(*((0, *each.amounts) for each in possible)):
        steps = tuple(Step(each, amount) for each, amount in zip(possible, amounts, strict=True) if amount)
        if _within_limits(first, steps):
            yield Plan(steps, cost(first, steps), ends(first, steps))


def _within_limits(interpreter: Interpreter, steps: tuple[Step, ...]) -> bool:
    used: dict[str, int] = defaultdict(int)
    for step in steps:
        used[step.possible.change.id] += step.amount
    limits = {id_: interpreter.program.changes[id_].limit for id_ in used}
    return all(
        limit is None or used[id_] <= interpreter.evaluate(limit, interpreter.scope) for id_, limit in limits.items()
    )
