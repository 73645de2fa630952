"""What holds of numbers worked out from unknown ones, as conditions: needed where such a number is part of a sum."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from attain_engine.open.comparing import compare
from attain_engine.open.conditions import Amount, Condition, amount_at_least, conjunction, disjunction, negation
from attain_engine.open.derived import Chosen, Extreme, Half, Multiple, OnlyIf
from attain_engine.open.linear import Exact, Quantity, add, of_amount, scale


def definition(amount: Amount) -> Iterator[Condition]:
    """What always holds of an amount beside its ends. Nothing is said of products and quotients, nor of numbers that
    are not worked out from others."""
    match amount.name:
        case OnlyIf(condition=condition, number=number):
            yield disjunction((negation(condition), _is(amount, number)))
            yield disjunction((condition, _is(amount, 0)))
        case Chosen(cases=cases):
            for condition, number in cases:
                yield disjunction((negation(condition), _is(amount, number)))
        case Extreme(kind=kind, operands=operands):
            for each in operands:
                yield _at_least(amount, each) if kind == "max" else _at_most(amount, each)
            yield disjunction(_is(amount, each) for each in operands)
        case Multiple():
            yield from _rounding(amount, of_amount(amount))
        case _:
            return


def _is(amount: Amount, number: Quantity) -> Condition:
    return conjunction((_at_least(amount, number), _at_most(amount, number)))


def _at_least(amount: Amount, number: Quantity) -> Condition:
    """Said of the amount itself: what is asked of it is otherwise asked of what it is made of, and this says how they
    hang together."""
    if isinstance(number, (int, Fraction)):
        return amount_at_least(amount, number)
    return compare(">=", of_amount(amount), number)


def _at_most(amount: Amount, number: Quantity) -> Condition:
    if isinstance(number, (int, Fraction)):
        return negation(amount_at_least(amount, number, strict=True))
    return compare("<=", of_amount(amount), number)


def _rounding(amount: Amount, this: Quantity) -> Iterator[Condition]:
    """How far a number may lie from so many steps that it rounds to."""
    of: Multiple = amount.name
    left_over = add(of.number, scale(this, -of.step))
    half = Fraction(of.step) / 2
    match of.mode:
        case "down":
            yield _between(0, left_over, of.step, low_included=True)
        case "up":
            yield _between(-of.step, left_over, 0, low_included=False)
        case "half up":
            positive = conjunction((compare(">=", of.number, 0), _between(-half, left_over, half, low_included=True)))
            negative = conjunction((compare("<", of.number, 0), _between(-half, left_over, half, low_included=False)))
            yield disjunction((positive, negative))
        case "half even":
            yield compare(">=", left_over, -half)
            yield compare("<=", left_over, half)
            halves = of_amount(Amount("unknown", Half.of(of), None, None))
            even = compare("==", this, scale(halves, 2))
            yield disjunction((even, _between(-half, left_over, half, low_included=None)))


def _between(low: Exact, number: Quantity, high: Exact, *, low_included: bool | None) -> Condition:
    """Whether a number lies between two ends, of which one is included, or (None) neither."""
    return conjunction(
        (
            compare(">=" if low_included else ">", number, low),
            compare("<=" if low_included is False else "<", number, high),
        )
    )
