"""Quantifiers, counts, sums and extremes over what a variable runs over."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from fractions import Fraction
from itertools import pairwise
from statistics import median
from typing import Any, Final

from attain_compiler.model import program as model
from attain_compiler.model.program.expressions import ExtremeKind
from attain_compiler.model.types import EnumType, SetType
from attain_engine.evaluate import numbers
from attain_engine.evaluate.ends import aggregate_ends
from attain_engine.evaluate.missing import IsValue, RowsNotGiven, WorkedOut
from attain_engine.evaluate.problems import CannotStayOpen, NotGiven
from attain_engine.evaluate.selection import by_itself, selection
from attain_engine.evaluate.state import Closure, Compile, Context, Frame
from attain_engine.evaluate.values import NO_VALUE, OPEN, Cases, Found, Unknown, compare, merged, unknown_of
from attain_engine.open import quantities
from attain_engine.open.conditions import Amount, Condition, Formula, conjunction, disjunction, negation, unknown
from attain_engine.open.quantities import Comparison, Linear, Stairs
from attain_engine.open.unknowns import has_decisions

_OF_NOTHING: Final = ("count", "distinct", "sum")
"""What has a value of nothing: it is 0."""

MOST_PAIRS = 10_000
"""So many pairs of values of which one is unknown are compared with each other at the most."""


def exists(program: model.Program, closure_of: Compile, expression: model.Exists) -> Closure:
    """The closure of a quantifier."""
    select = selection(program, closure_of, expression.binder, expression.condition, any_will_do=True)

    def exists(frame: Frame, context: Context) -> Condition:
        try:
            found: list[Condition] = []
            for _, condition in select(frame, context):
                if condition is True:
                    return True
                found.append(condition)
            return disjunction(found) if found else False
        except NotGiven as missing:
            truth: Condition = not_given(missing, expression, frame, context)
            return truth

    return exists


def not_given(missing: NotGiven, expression: model.Typed, frame: Frame, context: Context) -> Any:
    """Outside a measure, what rests on rows that were not given is an unknown of its own: within what the declared
    bounds say of it, or no value where there may be no rows that it could be of."""
    if context.measuring:
        raise missing
    bodies = context.state.bodies
    arguments = tuple([frame[each] for each in bodies.free_in(expression)])
    name = RowsNotGiven(missing.record, bodies.place_of(expression), arguments, context.mark)
    if not isinstance(expression, model.Aggregate):
        return unknown_of(expression.type, name)
    low, high = aggregate_ends(context.state.program, expression)
    found = unknown_of(expression.type, name, low, high)
    if expression.kind in _OF_NOTHING or not _may_be_of_nothing(context.state.program, expression):
        return found
    nothing = unknown(IsValue(name, NO_VALUE))
    return merged([(negation(nothing), found), (nothing, NO_VALUE)])


def _may_be_of_nothing(program: model.Program, aggregate: model.Aggregate) -> bool:
    """Whether there may be nothing that an aggregate is of: only then `else` says what stands for it."""
    binder = aggregate.binder
    if aggregate.condition is not None:
        return True
    match binder.domain:
        case None:
            return not isinstance(binder.type, EnumType)
        case model.SetOf(items=items):
            return not items
        case model.Lookup(table=table):
            return not all(each.value for each in program.tables[table].entries)
        case domain:
            return isinstance(domain.type, SetType)


def aggregate(program: model.Program, closure_of: Compile, expression: model.Aggregate) -> Closure:
    """The closure of a count, sum, extreme or the like."""
    select = selection(program, closure_of, expression.binder, expression.condition)
    if expression.value is None:

        def count(frame: Frame, context: Context) -> Any:
            certain = 0
            open_ones: list[tuple[Condition, int]] = []
            try:
                for _, condition in select(frame, context):
                    if condition is True:
                        certain += 1
                    else:
                        open_ones.append((condition, 1))
            except NotGiven as missing:
                return not_given(missing, expression, frame, context)
            return quantities.add(certain, quantities.weighted(open_ones)) if open_ones else certain

        return count

    value = by_itself(closure_of(expression.value), expression.value)
    combine = _COMBINATIONS[expression.kind]

    def aggregate(frame: Frame, context: Context) -> Any:
        try:
            items = [(condition, value(frame, context)) for _, condition in select(frame, context)]
        except NotGiven as missing:
            return not_given(missing, expression, frame, context)
        return combine(items, expression)

    return aggregate


def worked_out(expression: model.Typed, values: Sequence[Any], message: str, low: Any = None, high: Any = None) -> Any:
    """The value, between `low` and `high`, of what cannot be worked out from values that are not known: unknown itself.
    Raises CannotStayOpen with the message where changes move them."""
    if any(isinstance(each, Formula | Linear | Stairs) and has_decisions(each) for each in values):
        raise CannotStayOpen(message, expression)
    return unknown_of(expression.type, WorkedOut(expression.span, tuple(values)), low, high)


def ends(value: Any) -> tuple[Any, Any]:
    """Between which ends a number lies; None for an end that is open."""
    if isinstance(value, OPEN) and not isinstance(value, (Linear, Stairs)):
        return None, None
    return quantities.range_of(value)


def _spread(items: list[tuple[Condition, Found]]) -> list[tuple[Condition, Any]]:
    """The items with values that have cases taken apart."""
    if not any(isinstance(value, Cases) for _, value in items):
        return items
    apart: list[tuple[Condition, Found]] = []
    for condition, value in items:
        if isinstance(value, Cases):
            apart.extend((conjunction((condition, this)), each) for this, each in value.alternatives)
        else:
            apart.append((condition, value))
    return [(condition, value) for condition, value in apart if condition is not False]


def _in_cases(value: Found) -> Found:
    """A flag or a number that is open as its cases, so that it can be told apart from others; an unknown number, of
    which nobody knows how many values it can have, stays as it is."""
    if isinstance(value, Formula):
        return Cases(((value, True), (negation(value), False)))
    if isinstance(value, (Linear, Stairs)) and not quantities.unknown_amounts(value):
        return Cases(tuple(quantities.possible_values(value, quantities.MOST_STEPS)))
    return value


def _distinct(items: list[tuple[Condition, Found]], expression: model.Aggregate) -> Found:
    groups: dict[Any, list[Condition]] = {}
    unknown_ones: dict[Any, list[Condition]] = {}
    for condition, value in _spread([(condition, _in_cases(value)) for condition, value in items]):
        group = unknown_ones if isinstance(value, (Unknown, Linear)) else groups
        group.setdefault(value, []).append(condition)
    present = [(disjunction(conditions), value) for value, conditions in (*groups.items(), *unknown_ones.items())]
    found = quantities.weighted((condition, 1) for condition, _ in present[: len(groups)])
    if not unknown_ones:
        return found
    if len(unknown_ones) * len(present) > MOST_PAIRS:
        # Each of them may be one more, or one that is counted already.
        low = 0 if groups else 1 if any(condition is True for condition, _ in items) else 0
        name = WorkedOut(expression.span, tuple(each for item in items for each in item))
        return quantities.add(found, quantities.of_amount(Amount("unknown", name, low, len(unknown_ones))))
    more: list[tuple[Condition, int]] = []
    for place in range(len(groups), len(present)):
        condition, value = present[place]
        again = (conjunction((there, compare("==", value, other))) for there, other in present[:place])
        more.append((conjunction((condition, negation(disjunction(again)))), 1))
    return quantities.add(found, quantities.weighted(more))


def _sum(items: list[tuple[Condition, Found]], _: model.Aggregate) -> Any:
    if all(condition is True and not isinstance(value, OPEN) for condition, value in items):
        return sum(value for _, value in items)
    spread = _spread(items)
    if any(value is NO_VALUE for _, value in spread):
        return NO_VALUE
    return quantities.total(quantities.times(condition, value) for condition, value in spread)


def _extreme(items: list[tuple[Condition, Found]], expression: model.Aggregate) -> Any:
    spread = [(condition, value) for condition, value in _spread(items) if value is not NO_VALUE]
    kind: ExtremeKind = "max" if expression.kind == "max" else "min"
    if not any(isinstance(value, OPEN) for _, value in spread):
        if all(condition is True for condition, _ in spread):
            pick = max if kind == "max" else min
            return pick((value for _, value in spread), default=NO_VALUE)
        return numbers.first_present(kind, spread)
    if all(condition is True for condition, _ in spread):
        return numbers.extreme(kind, [value for _, value in spread])
    if len(spread) ** 2 <= MOST_PAIRS:
        return numbers.extreme_present(kind, spread)
    return worked_out(
        expression,
        [part for pair in spread for part in pair],
        "the values compared here are unknown in rows that may or may not count",
    )


def _average(items: list[tuple[Condition, Any]], expression: model.Aggregate) -> Any:
    sum_ = _sum(items, expression)
    number = quantities.weighted((condition, 1) for condition, _ in items)
    return numbers.divided(sum_, number)


def _median(items: list[tuple[Condition, Any]], expression: model.Aggregate) -> Any:
    if all(condition is True and not isinstance(value, OPEN) for condition, value in items):
        return median(Fraction(value) for _, value in items) if items else NO_VALUE
    spread = _spread([(condition, _in_cases(value)) for condition, value in items])
    if any(value is NO_VALUE for _, value in spread):
        return NO_VALUE
    values = sorted({value for _, value in spread if not isinstance(value, OPEN)})
    if any(isinstance(value, OPEN) for _, value in spread) or len(values) * len(spread) > MOST_PAIRS:
        # The median of the least that they may be is the least that it may be.
        spans = [ends(value) for _, value in spread] if all(condition is True for condition, _ in spread) else []
        lows, highs = ([each[end] for each in spans] for end in (0, 1))
        return worked_out(
            expression,
            [part for pair in spread for part in pair],
            "a median of unknown values, or of many that changes move, cannot be left open",
            median(map(Fraction, lows)) if lows and None not in lows else None,
            median(map(Fraction, highs)) if highs and None not in highs else None,
        )
    some = disjunction(condition for condition, _ in spread)
    middle = quantities.scale(
        quantities.add(_middle(spread, values, ">"), _middle(spread, values, ">=")), Fraction(1, 2)
    )
    return merged([(some, middle), (negation(some), NO_VALUE)])


def _middle(items: list[tuple[Condition, Found]], values: list[Any], sign: Comparison) -> Any:
    """The lower (`>`) or upper (`>=`) one of the middle two of what is there: it reaches a value where more (not fewer)
    are at least that than below it."""
    steps: list[tuple[Condition, Any]] = []
    for below, value in pairwise(values):
        reach = quantities.weighted((condition, 1 if each >= value else -1) for condition, each in items)
        steps.append((compare(sign, reach, 0), value - below))
    return quantities.add(values[0], quantities.weighted(steps)) if steps else values[0]


_COMBINATIONS: Final[dict[str, Callable[[list[tuple[Condition, Any]], model.Aggregate], Any]]] = {
    "distinct": _distinct,
    "sum": _sum,
    "min": _extreme,
    "max": _extreme,
    "average": _average,
    "median": _median,
}
