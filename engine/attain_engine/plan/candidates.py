"""What an organisation could do: every change of the policy, for every combination of its parameters that is
possible."""

from __future__ import annotations

import datetime
from bisect import bisect_right
from collections.abc import Callable, Collection, Iterator, Sequence
from itertools import product
from math import floor
from typing import Any

from attain_compiler.frozen import frozen
from attain_compiler.model import program as model
from attain_compiler.model.calendar import OutsideTheCalendar, shifted
from attain_compiler.model.types import Duration, EntityType, EnumType, RecordType
from attain_engine import show
from attain_engine.assess.clauses import text_of
from attain_engine.evaluate import EvaluationProblem, Evaluator
from attain_engine.evaluate.aggregates import ends
from attain_engine.evaluate.values import OPEN, Cases, compare
from attain_engine.facts.model import Row
from attain_engine.open.conditions import Amount, Condition, amount_at_least, decision
from attain_engine.open.quantities import Exact, Linear, Quantity, of_amount, times
from attain_engine.solve.certain import is_certain, is_possible

MOST_CANDIDATES = 200_000
"""More combinations of a change's parameters than this are refused before anything is tried."""

MOST_UNITS = 2_000
"""A change that adds rows may be made so many times at the most: each time is a row of its own."""


@frozen
class Timing:
    """When a candidate is made: from `start` to `end`, on the day of its start from moment `begun` of that day on, and
    done at moment `done` of the day of its end. A day has several moments where changes that take no time follow one
    another."""

    start: datetime.date
    begun: int
    end: datetime.date
    done: int


@frozen
class Candidate:
    """One change for one combination of parameters. With a `timing` it is that change at a time: several candidates
    then stand for one instance.

    `index` tells candidates apart; `amount` is how many units of it are made (None: it is made or not), with `entire`
    all of them or none. Costs are in currency units, durations in days: `once` for the change as a whole, `each` for
    every unit.
    """

    index: int
    change: model.Change
    arguments: tuple[Any, ...]
    amount: Amount | None
    cost_once: Exact
    cost_each: Exact
    takes_once: Duration
    takes_each: Duration
    timing: Timing | None = None
    entire: bool = False

    @property
    def name(self) -> Any:
        """The name of its decision, or of its amount."""
        return self.index

    @property
    def instance(self) -> tuple[str, tuple[Any, ...]]:
        """The change and its arguments: each is made once at most in a plan, whenever."""
        return self.change.id, self.arguments

    @property
    def moment(self) -> tuple[datetime.date, int]:
        """When it is done, to tell what comes first; one moment for all where times are left open."""
        return (datetime.date.min, 0) if self.timing is None else (self.timing.end, self.timing.done)

    @property
    def most(self) -> int:
        """How many units can be made at the most."""
        return 1 if self.amount is None else int(self.amount.high)

    def unit(self, number: int) -> Condition:
        """Whether at least `number` units are made (numbered from 1)."""
        return decision(self.index) if self.amount is None else amount_at_least(self.amount, number)

    def quantity(self) -> Quantity:
        """How many units are made."""
        if self.amount is not None:
            return of_amount(self.amount)
        made = decision(self.index)
        return Linear(0, {made: 1}, {})


def days_of(duration: Duration, on: datetime.date) -> int:
    """How many days a duration is that begins on a date."""
    return (shifted(on, duration, 1) - on).days


def together(candidate: Candidate, units: int) -> Duration:
    """How long so many units of a candidate take."""
    once, each = candidate.takes_once, candidate.takes_each
    return Duration(once.months + each.months * units, once.days + each.days * units)


def most_by(candidate: Candidate, on: datetime.date, by: datetime.date) -> int:
    """How many units of a candidate are done by a date, begun on another."""
    if shifted(on, together(candidate, candidate.most), 1) <= by:
        return candidate.most
    return bisect_right(range(1, candidate.most), by, key=lambda units: shifted(on, together(candidate, units), 1))


def days_by_unit(candidate: Candidate, on: datetime.date) -> Callable[[int], int]:
    """The days that so many units of a candidate take, begun on a date."""
    return lambda units: days_of(together(candidate, units), on)


def candidates(
    evaluator: Evaluator,
    changes: Sequence[model.Change],
    untold: list[Condition],
    required: Collection[str] = (),
    only: Callable[[model.Change, tuple[Any, ...]], bool] | None = None,
) -> Iterator[Candidate]:
    """Every change that is possible on the facts as they are, whatever is unknown of them, in as many units. Where that
    cannot be told, the condition is added to `untold`, unless the change (one that is not `required`) could make no
    difference. Where `only` is given, a change with other arguments is left out. Raises EvaluationProblem where there
    are too many."""
    index = 0
    for change in changes:
        matters = change.name in required or _may_matter(evaluator, change)
        for arguments in combinations(evaluator, change):
            if only is not None and not only(change, arguments):
                continue
            if change.condition is not None:
                possible = evaluator.condition(change.condition, arguments)
                if not is_certain(possible):
                    if is_possible(possible) and matters:
                        untold.append(possible)
                    continue
            if change.high is not None and matters:
                high = evaluator.found(change.high, arguments)
                more = compare(">=", high, _surely(high) + 1)
                if not isinstance(more, bool) and is_possible(more):
                    untold.append(more)
            candidate = candidate_of(evaluator, change, arguments, index)
            if candidate is not None:
                yield candidate
                index += 1


def _surely(high: Any) -> int:
    """How many units can be made whatever is not known."""
    if isinstance(high, Cases):
        return min(_surely(each) for _, each in high.alternatives)
    low, _ = ends(high)
    return 0 if low is None else max(0, floor(low))


def _may_matter(evaluator: Evaluator, change: model.Change) -> bool:
    """Whether it makes a difference that a change may be possible. Not if it only adds rows to records that were not
    given: where such rows count, the goal is open by itself, and a measure that was given straight counts none."""
    return any(not isinstance(each, model.Adds) or each.record in evaluator.world.tables for each in change.effects)


def combinations(evaluator: Evaluator, change: model.Change) -> Iterator[tuple[Any, ...]]:
    """Every combination of a change's parameters, possible or not."""
    choices: list[Sequence[Any]] = []
    number = 1
    for formal in change.parameters:
        match formal.type:
            case RecordType(id=record):
                choices.append([row for row, _ in evaluator.world.tables.get(record, ())])
            case EntityType(id=entity):
                choices.append([each for each, _ in evaluator.known_identifiers(entity)])
            case EnumType():
                choices.append(evaluator.members(formal.type))
            case _:
                raise TypeError(formal.type)
        number *= len(choices[-1])
    if number > MOST_CANDIDATES:
        raise EvaluationProblem(
            "too-many-changes",
            f"`{change.name}` can be made in {number:,} ways, more than {MOST_CANDIDATES:,}",
            change.span,
            "give it fewer parameters, or fewer facts to choose among",
        )
    return product(*choices)


def candidate_of(
    evaluator: Evaluator, change: model.Change, arguments: tuple[Any, ...], index: int
) -> Candidate | None:
    """A change for one combination, its costs and durations as on the evaluator's day; None where it has no unit."""
    amount = None
    if change.amount is not None:
        assert change.high is not None
        high = _surely(evaluator.found(change.high, arguments))
        if high < 1:
            return None
        if high > MOST_UNITS and any(isinstance(effect, model.Adds) for effect in change.effects):
            raise EvaluationProblem(
                "too-many-changes",
                f"`{change.name}` can be made {high:,} times, more than the {MOST_UNITS:,} that add a row each",
                change.span,
                "let each time add more, or let it raise a measure",
            )
        amount = Amount("decision", index, 0, high)

    def value(expression: model.Expression) -> Any:
        return settled(evaluator, change, expression, arguments)

    def total(each: bool) -> Exact:
        amounts = [(value(cost.amount), cost.amount) for cost in change.costs if cost.each is each]
        found: Exact = sum(amount for amount, _ in amounts)
        if found < 0:
            _, worst = min(amounts, key=lambda pair: pair[0])
            raise _refused(evaluator, change, worst, arguments, "cost-negative", "costs", "less than nothing")
        # Most are whole, and whole numbers are compared and added up much faster.
        return found.numerator if found.denominator == 1 else found

    def length(found: Duration, duration: model.Expression) -> int:
        try:
            days = days_of(found, evaluator.date)
        except OutsideTheCalendar:
            end = "which ends after the year 9998"
            raise _refused(evaluator, change, duration, arguments, "outside-the-calendar", "takes", end) from None
        if days < 0:
            raise _refused(evaluator, change, duration, arguments, "cost-negative", "takes", "less than nothing")
        return days

    def longest(each: bool) -> Duration:
        durations = [(value(takes.duration), takes.duration) for takes in change.takes if takes.each is each]
        return max(durations, key=lambda one: length(*one))[0] if durations else Duration(0, 0)

    return Candidate(index, change, arguments, amount, total(False), total(True), longest(False), longest(True))


def _refused(
    evaluator: Evaluator,
    change: model.Change,
    expression: model.Expression,
    arguments: Sequence[Any],
    code: str,
    does: str,
    wrong: str,
) -> EvaluationProblem:
    """The refusal of a cost or a duration: the value, the words that say it, and the rows that it is of."""
    found = show.value(evaluator.found(expression, arguments), expression.type)
    return EvaluationProblem(
        code,
        f"`{change.name}` {does} {found}, {wrong}: {_written(evaluator, expression, arguments)}",
        expression.span,
        "mend the facts, bound the field that it is read from, or leave the change out (`--forbid`)",
    )


def _written(evaluator: Evaluator, expression: model.Expression, arguments: Sequence[Any]) -> str:
    """An expression as it stands in the file, and the rows that it is of."""
    rows = [each.origin.name for each in arguments if isinstance(each, Row) and each.origin is not None]
    return ", ".join((f"`{text_of(evaluator.program, expression)}`", *rows))


def settled(evaluator: Evaluator, change: model.Change, expression: model.Expression, arguments: Sequence[Any]) -> Any:
    """What a change costs, or does: it must be known. Raises EvaluationProblem."""
    found = evaluator.found(expression, arguments)
    if isinstance(found, OPEN):
        raise EvaluationProblem(
            "cost-unknown",
            f"what `{change.name}` costs, takes or does is not known: {_written(evaluator, expression, arguments)}",
            expression.span,
            "give the facts that it rests on, or leave the change out (`--forbid`)",
        )
    return found


def scaled(candidate: Candidate, by: Exact) -> Quantity:
    """`by` for each unit that is made."""
    from attain_engine.open.quantities import scale

    if candidate.amount is not None:
        return scale(of_amount(candidate.amount), by)
    return times(decision(candidate.index), by)
