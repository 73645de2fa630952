"""Arithmetic on numbers that may be unsettled, unknown, or missing; the scorings of the parts of a score."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from fractions import Fraction
from typing import Any

from attain_compiler.model import program as model
from attain_compiler.source import Span
from attain_engine.evaluate.problems import CannotStayOpen, NoAnswer
from attain_engine.evaluate.values import NO_VALUE, OPEN, Cases, Found, Unknown, compare, lifted, merged
from attain_engine.open import quantities
from attain_engine.open.conditions import Condition, conjunction, disjunction, negation
from attain_engine.open.quantities import Comparison, End, Exact, Linear, Quantity, Rounding, Stairs
from attain_engine.open.unknowns import has_decisions

MOST_VALUES = 300
"""A divisor or factor that is open may have so many values at the most."""


MANY_SUMS = 8
"""A sum that stays a sum is divided by each of so many values of a divisor at the most."""

MANY_QUOTIENTS = 2_000
"""Two open numbers that can have more pairs of values than so many are not divided value by value: the quotient stays
one, and what is asked of it is multiplied out."""

MOST_BITS = 12_000
"""A product may have so many binary digits: some 3,600 decimal ones, before or after the point."""


def is_too_large(number: Any) -> bool:
    """Whether a settled number has too many digits."""
    return number.numerator.bit_length() > MOST_BITS or number.denominator.bit_length() > MOST_BITS  # type: ignore[no-any-return]


def negative(value: Found) -> Any:
    """-value"""
    return lifted(lambda each: each if each is NO_VALUE else quantities.scale(each, -1), (value,))


def arithmetic(symbol: str, left: Any, right: Any) -> Any:
    """left + right, left - right, left * right"""
    if left is NO_VALUE or right is NO_VALUE:
        return NO_VALUE
    if isinstance(left, Cases) or isinstance(right, Cases):
        return lifted(lambda a, b: arithmetic(symbol, a, b), (left, right))
    match symbol:
        case "+":
            return quantities.add(left, right)
        case "-":
            return quantities.add(left, quantities.scale(right, -1))
        case _:
            if isinstance(right, (Linear, Stairs)):
                left, right = right, left
            if not isinstance(right, (Linear, Stairs)):
                return quantities.scale(left, right)
            if _values(left) < _values(right):
                left, right = right, left
            if not (_has_few_values(right) or quantities.has_few_sums(right, MOST_VALUES)):
                return quantities.product(left, right)
            return for_each_value(right, lambda value: quantities.scale(left, value))


def divided(left: Any, right: Any) -> Any:
    """left / right; no value where right is 0."""
    if not isinstance(left, OPEN) and not isinstance(right, OPEN):
        return Fraction(left) / right if right else NO_VALUE
    if left is NO_VALUE or right is NO_VALUE:
        return NO_VALUE
    if isinstance(left, Cases) or isinstance(right, Cases):
        return lifted(divided, (left, right))
    if isinstance(right, (Linear, Stairs)):
        sums = quantities.is_of_its_own(left) and _values(right) > MANY_SUMS
        many = isinstance(left, (Linear, Stairs)) and _values(left) * _values(right) > MANY_QUOTIENTS
        if _has_few_values(right) and not sums and not many:
            return for_each_value(
                right, lambda value: quantities.scale(left, Fraction(1) / value) if value else NO_VALUE
            )
        zero = quantities.compare("==", right, 0)
        return merged([(zero, NO_VALUE), (negation(zero), quantities.quotient(left, right))])
    return quantities.scale(left, Fraction(1) / right) if right else NO_VALUE


def for_each_value(number: Quantity, function: Callable[[Exact], Any]) -> Any:
    """The cases of a function of an open number, one for each value that the number can have."""
    return merged(
        [(condition, function(value)) for condition, value in quantities.possible_values(number, MOST_VALUES)]
    )


def is_decided(value: Any) -> bool:
    """Whether a value is a number that rests on what is decided."""
    return isinstance(value, Linear | Stairs) and has_decisions(value)


def for_each_decided(function: Callable[..., Any], values: Sequence[Any], place: model.Typed) -> Any:
    """A function of values of which some are decided numbers, for each value that these can have: as if they were not
    known it would be taken for what no plan can rely upon. Raises CannotStayOpen where they can have too many."""
    number = next((index for index, each in enumerate(values) if is_decided(each)), None)
    if number is None:
        return function(*values)
    if not _has_few_values(values[number]):
        raise CannotStayOpen("a number here may be any of too many while changes may be made", place)
    before, after = values[:number], values[number + 1 :]
    return for_each_value(values[number], lambda each: for_each_decided(function, (*before, each, *after), place))


def _values(number: Quantity) -> int:
    """How many values a number has; of what has no known number of them, more than can be gone through."""
    count = quantities.number_of_values(number)
    return quantities.MOST_STEPS if count is None else count


def _has_few_values(number: Quantity) -> bool:
    return quantities.has_few_values(number, MOST_VALUES)


def extreme(kind: End, values: list[Any]) -> Any:
    """The greatest (`max`) or least (`min`) of the values: numbers, dates or months."""
    pick = max if kind == "max" else min
    if not any(isinstance(value, OPEN) for value in values):
        return pick(values)
    if any(isinstance(value, Cases) for value in values):
        return lifted(lambda *each: extreme(kind, list(each)), tuple(values))
    if any(value is NO_VALUE for value in values):
        return NO_VALUE
    if any(isinstance(value, Unknown) for value in values):
        return extreme_present(kind, [(True, value) for value in values])
    return quantities.extreme(kind, values)


def extreme_present(kind: End, items: list[tuple[Condition, Found]]) -> Any:
    """The greatest or least of the values whose condition holds, settled or not; no value where none does."""
    beats: Comparison = ">=" if kind == "max" else "<="
    found: list[tuple[Condition, Found]] = []
    for place, (present, value) in enumerate(items):
        others = [(there, other) for index, (there, other) in enumerate(items) if index != place]
        best = conjunction(disjunction((negation(there), compare(beats, value, other))) for there, other in others)
        earlier = disjunction(condition for condition, _ in found)
        found.append((conjunction((present, best, negation(earlier))), value))
    found.append((negation(disjunction(present for present, _ in items)), NO_VALUE))
    return merged(found)


def first_present(kind: str, items: list[tuple[Condition, Any]]) -> Any:
    """The greatest or least of the settled values whose condition holds; no value where none does."""
    ordered = sorted(items, key=lambda item: item[1], reverse=kind == "max")
    rest: Condition = True
    found: list[tuple[Condition, Found]] = []
    for condition, value in ordered:
        found.append((conjunction((rest, condition)), value))
        rest = conjunction((rest, negation(condition)))
        if rest is False:
            break
    if rest is not False:
        found.append((rest, NO_VALUE))
    return merged(found)


def rounded(value: Any, mode: Rounding, step: Any) -> Any:
    """The value as a multiple of `step`."""
    if value is NO_VALUE:
        return NO_VALUE
    if isinstance(value, Cases) or isinstance(step, Cases):
        return lifted(lambda number, by: rounded(number, mode, by), (value, step))
    if isinstance(value, (int, Fraction)):
        return quantities.rounded(value, mode, step)
    found = _mapped(value, lambda number: quantities.rounded(number, mode, step))
    return quantities.rounded_number(value, mode, step) if found is None else found


def _mapped(
    value: Quantity, function: Callable[[Exact], Exact], low: Exact | None = None, high: Exact | None = None
) -> Quantity | None:
    """A function of a number, value by value, cut off before; None where the number has too many values for that."""
    if quantities.is_of_its_own(value):
        return None
    try:
        return quantities.mapped(value, function, low, high)
    except quantities.TooFine:
        return None


def clamped(value: Any, maximum: Any) -> Any:
    """The value, cut off at 0 and at the maximum."""
    if isinstance(value, Cases) or isinstance(maximum, Cases):
        return lifted(clamped, (value, maximum))
    if isinstance(maximum, (Linear, Stairs)):
        return quantities.extreme("min", [quantities.extreme("max", [value, 0]), maximum])
    if isinstance(value, (int, Fraction)):
        return min(max(value, 0), maximum)
    low, high = quantities.range_of(value)
    if low is not None and high is not None and low >= 0 and high <= maximum:
        return value
    found = _mapped(value, lambda number: min(max(number, 0), maximum), 0, maximum)
    return quantities.extreme("min", [quantities.extreme("max", [value, 0]), maximum]) if found is None else found


def in_proportion(value: Any, full: Any, maximum: Any, span: Span) -> Any:
    """maximum * value / full, cut off at 0 and at the maximum."""
    if isinstance(value, Cases) or isinstance(full, Cases) or isinstance(maximum, Cases):
        return lifted(lambda number, whole, most: in_proportion(number, whole, most, span), (value, full, maximum))
    if isinstance(full, (Linear, Stairs)):
        return _of_an_open_full(value, full, maximum, span)
    if full <= 0:
        raise NoAnswer(
            "full-not-positive",
            f"full points are given at {full}, which is not above 0",
            span,
            "give full points at a number above 0",
        )
    if isinstance(maximum, (Linear, Stairs)):
        return clamped(arithmetic("*", quantities.scale(value, Fraction(1) / full), maximum), maximum)
    share = Fraction(maximum) / full
    if isinstance(value, (int, Fraction)):
        return min(max(value * share, 0), maximum)
    low, high = quantities.range_of(value)
    if low is not None and high is not None and low >= 0 and high <= full:
        return quantities.scale(value, share)
    found = _mapped(value, lambda number: min(max(number * share, 0), maximum), 0, full)
    if found is None:
        return quantities.scale(quantities.extreme("min", [quantities.extreme("max", [value, 0]), full]), share)
    return found


def _of_an_open_full(value: Any, full: Any, maximum: Any, span: Span) -> Any:
    """Points in proportion to a full that is not settled. Where it is not above 0, changes give no points by it."""
    if not _has_few_values(full):
        share = clamped(quantities.quotient(value, full), 1)
        return quantities.times(quantities.compare(">", full, 0), arithmetic("*", share, maximum))
    return merged(
        [
            (condition, in_proportion(value, each, maximum, span) if each > 0 else 0)
            for condition, each in quantities.possible_values(full, MOST_VALUES)
        ]
    )
