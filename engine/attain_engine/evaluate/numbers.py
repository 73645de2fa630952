"""Arithmetic on numbers that may be unsettled, unknown, or missing; the scorings of the parts of a score."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from typing import Any

from attain_compiler.source import Span
from attain_engine.evaluate.problems import NoAnswer
from attain_engine.evaluate.values import NO_VALUE, OPEN, Cases, Unknown, lifted, merged
from attain_engine.open import quantities
from attain_engine.open.conditions import Amount, Condition, conjunction, negation
from attain_engine.open.quantities import Linear, Stairs, of_amount

MOST_VALUES = 300
"""A divisor or factor that is open may have so many values at the most."""


MOST_BITS = 12_000
"""A product may have so many binary digits: some 3,600 decimal ones, before or after the point."""


def is_too_large(number: Any) -> bool:
    """Whether a settled number has too many digits."""
    return number.numerator.bit_length() > MOST_BITS or number.denominator.bit_length() > MOST_BITS  # type: ignore[no-any-return]


def negative(value: Any) -> Any:
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
            if isinstance(right, (Linear, Stairs)):
                return for_each_value("*", right, lambda value: quantities.scale(left, value), (left,))
            return quantities.scale(left, right)


def divided(left: Any, right: Any) -> Any:
    """left / right; no value where right is 0."""
    if not isinstance(left, OPEN) and not isinstance(right, OPEN):
        return Fraction(left) / right if right else NO_VALUE
    if left is NO_VALUE or right is NO_VALUE:
        return NO_VALUE
    if isinstance(left, Cases) or isinstance(right, Cases):
        return lifted(divided, (left, right))
    if isinstance(right, (Linear, Stairs)):
        return for_each_value(
            "/", right, lambda value: quantities.scale(left, Fraction(1) / value) if value else NO_VALUE, (left,)
        )
    return quantities.scale(left, Fraction(1) / right) if right else NO_VALUE


def for_each_value(symbol: str, number: Any, function: Callable[[Any], Any], others: tuple[Any, ...]) -> Any:
    """The cases of a function of an open number, one for each value that the number can have. `symbol` and `others`
    tell the function from others of the same number."""
    if quantities.unknown_amounts(number):
        name = (
            "of unknown",
            symbol,
            quantities.identity(number),
            tuple(quantities.identity(other) for other in others),
        )
        low, high = quantities.range_of(number)
        whole = of_amount(Amount("unknown", name, None, None, whole=False))
        # Whether the divisor is 0 is not known either, unless its ends tell.
        if (low is not None and low > 0) or (high is not None and high < 0) or function(0) is not NO_VALUE:
            return whole
        zero = quantities.compare("==", number, 0)
        return Cases(((zero, NO_VALUE), (negation(zero), whole)))
    return merged(
        [(condition, function(value)) for condition, value in quantities.possible_values(number, MOST_VALUES)]
    )


def extreme(kind: str, values: list[Any]) -> Any:
    """The greatest (`max`) or least (`min`) of the values: numbers, dates or months."""
    pick = max if kind == "max" else min
    if not any(isinstance(value, OPEN) for value in values):
        return pick(values)
    if any(isinstance(value, Cases) for value in values):
        return lifted(lambda *each: extreme(kind, list(each)), tuple(values))
    if any(value is NO_VALUE for value in values):
        return NO_VALUE
    if any(isinstance(value, Unknown) for value in values):
        known = next(value for value in values if isinstance(value, Unknown))
        return Unknown((kind, tuple(values)), known.type)
    return quantities.extreme(kind, values)


def first_present(kind: str, items: list[tuple[Condition, Any]]) -> Any:
    """The greatest or least of the settled values whose condition holds; no value where none does."""
    ordered = sorted(items, key=lambda item: item[1], reverse=kind == "max")
    rest: Condition = True
    found: list[tuple[Condition, Any]] = []
    for condition, value in ordered:
        found.append((conjunction((rest, condition)), value))
        rest = conjunction((rest, negation(condition)))
        if rest is False:
            break
    if rest is not False:
        found.append((rest, NO_VALUE))
    return merged(found)


def rounded(value: Any, mode: str, step: Any) -> Any:
    """The value as a multiple of `step`."""
    if value is NO_VALUE:
        return NO_VALUE
    if isinstance(value, Cases) or isinstance(step, Cases):
        return lifted(lambda number, by: rounded(number, mode, by), (value, step))
    if not isinstance(value, OPEN):
        return _rounded(Fraction(value), mode, step)
    return _of_number(value, lambda number: _rounded(Fraction(number), mode, step), ("rounded", mode, step))


def _rounded(value: Fraction, mode: str, step: Any) -> Fraction:
    quotient = value / step
    match mode:
        case "down":
            whole: int = quotient.__floor__()
        case "up":
            whole = quotient.__ceil__()
        case "half even":
            whole = round(quotient)
        case _:
            half = Fraction(1, 2)
            whole = (quotient + half).__floor__() if quotient >= 0 else (quotient - half).__ceil__()
    nearest: int = whole
    return Fraction(step) * nearest


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
    return _of_number(value, lambda number: min(max(number, 0), maximum), ("clamped", maximum), 0, maximum, 1)


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
    return _of_number(
        value, lambda number: min(max(number * share, 0), maximum), ("in proportion", full, maximum), 0, full, share
    )


def _of_an_open_full(value: Any, full: Any, maximum: Any, span: Span) -> Any:
    """Points in proportion to a full that is not settled. Where it is not above 0, changes give no points by it."""
    if quantities.unknown_amounts(full):
        _, most = quantities.range_of(maximum)
        name = ("in proportion", *map(quantities.identity, (value, full, maximum)))
        return of_amount(Amount("unknown", name, 0, most, whole=False))
    return merged(
        [
            (condition, in_proportion(value, each, maximum, span) if each > 0 else 0)
            for condition, each in quantities.possible_values(full, MOST_VALUES)
        ]
    )


def _of_number(
    value: Any,
    function: Callable[[Any], Any],
    name: tuple[Any, ...],
    low: Any = None,
    high: Any = None,
    share: Any = None,
) -> Any:
    """A rising function of an open number, constant below `low` and above `high`; between them it is `share` times the
    number, if that is given."""
    if quantities.unknown_amounts(value):
        least, greatest = quantities.range_of(value)
        # Unknown within what the ends of the number allow.
        bottom = function(low) if least is None and low is not None else None if least is None else function(least)
        top = (
            function(high)
            if greatest is None and high is not None
            else None
            if greatest is None
            else function(greatest)
        )
        known_as = (*name, quantities.identity(value))
        of = None if share is None else (value, share)
        return of_amount(Amount("unknown", known_as, bottom, top, whole=False, share=of))
    return quantities.mapped(value, function, low, high)
