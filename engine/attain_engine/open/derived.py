"""Numbers worked out from unknown ones: what each is made of, and between which ends it lies.

Most are never looked at as numbers: what is asked of the greatest of two is asked of each (`open.comparing`). Where
they are added to others, `open.definitions` says what holds of them.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from fractions import Fraction
from typing import assert_never

from attain_engine.open.conditions import Amount, Condition, Derived, Formula
from attain_engine.open.linear import End, Exact, Quantity, Rounding, is_whole, of_amount, range_of, scale
from attain_engine.open.placing import placing


class Sum(Derived):
    """The sum of weights of formulas that hold and weights times amounts: whole weights, without a common divisor, in
    an order that is always the same."""

    __slots__ = ()

    @property
    def terms(self) -> tuple[tuple[Formula, int], ...]:
        return self.key[1]  # type: ignore[no-any-return]

    @property
    def amounts(self) -> tuple[tuple[Amount, int], ...]:
        return self.key[2]  # type: ignore[no-any-return]


class Place(Derived):
    """An amount in the order in which amounts were first added to others: its `order`."""

    __slots__ = ()


class OnlyIf(Derived):
    """A number where a condition holds, else 0."""

    __slots__ = ()

    @property
    def condition(self) -> Formula:
        return self.key[1]  # type: ignore[no-any-return]

    @property
    def number(self) -> Quantity:
        return self.key[2]  # type: ignore[no-any-return]


class Chosen(Derived):
    """One of several numbers, each on its condition: these exclude each other, and one of them holds."""

    __slots__ = ()

    @property
    def cases(self) -> tuple[tuple[Formula, Quantity], ...]:
        return self.key[1]  # type: ignore[no-any-return]


class Extreme(Derived):
    """The greatest (`max`) or least (`min`) of some numbers."""

    __slots__ = ()

    @property
    def kind(self) -> End:
        return self.key[1]  # type: ignore[no-any-return]

    @property
    def operands(self) -> tuple[Quantity, ...]:
        return self.key[2]  # type: ignore[no-any-return]


class Multiple(Derived):
    """How many steps a number is, rounded."""

    __slots__ = ()

    @property
    def number(self) -> Quantity:
        return self.key[1]  # type: ignore[no-any-return]

    @property
    def mode(self) -> Rounding:
        return self.key[2]  # type: ignore[no-any-return]

    @property
    def step(self) -> Exact:
        return self.key[3]  # type: ignore[no-any-return]


class Half(Derived):
    """Half of how many steps a number is, rounded, where these are even."""

    __slots__ = ()


class Quotient(Derived):
    """A number divided by another, which is not 0 where anybody asks."""

    __slots__ = ()

    @property
    def dividend(self) -> Quantity:
        return self.key[1]  # type: ignore[no-any-return]

    @property
    def divisor(self) -> Quantity:
        return self.key[2]  # type: ignore[no-any-return]


class Product(Derived):
    """The product of two numbers that can each have very many values: known by its ends alone."""

    __slots__ = ()

    @property
    def left(self) -> Quantity:
        return self.key[1]  # type: ignore[no-any-return]

    @property
    def right(self) -> Quantity:
        return self.key[2]  # type: ignore[no-any-return]


class Placed(Derived):
    """How many places of some roles can be filled with people, each in one: a role needs so many, and a person can have
    each role on a condition."""

    __slots__ = ()

    @property
    def needed(self) -> tuple[int, ...]:
        return self.key[1]  # type: ignore[no-any-return]

    @property
    def people(self) -> tuple[tuple[Condition, ...], ...]:
        return self.key[2]  # type: ignore[no-any-return]


def placed(needed: Sequence[int], people: Iterable[Sequence[Condition]]) -> Quantity:
    """How many of the places that are needed can be filled with people who can have them on these conditions."""
    some = tuple(tuple(able) for able in people if any(each is not False for each in able))
    sure = [[each is True for each in able] for able in some]
    may = [[each is not False for each in able] for able in some]
    least, most = (sum(needed) - sum(missing for _, missing in placing(needed, each)) for each in (sure, may))
    return of_amount(Amount("unknown", Placed.of(tuple(needed), some), least, most))


def only_if(condition: Formula, number: Quantity) -> Quantity:
    """The number where the condition holds, else 0."""
    low, high = range_of(number)
    low, high = None if low is None else min(low, 0), None if high is None else max(high, 0)
    return of_amount(Amount("unknown", OnlyIf.of(condition, number), low, high, is_whole(number)))


def chosen_of(cases: tuple[tuple[Formula, Quantity], ...]) -> Quantity:
    """The number of which each is one case."""
    lows, highs = zip(*(range_of(number) for _, number in cases), strict=True)
    low, high = None if None in lows else _least(lows), None if None in highs else _greatest(highs)
    whole = all(is_whole(number) for _, number in cases)
    return of_amount(Amount("unknown", Chosen.of(cases), low, high, whole))


def extreme_of(kind: End, operands: tuple[Quantity, ...]) -> Quantity:
    """The greatest or least of numbers of which none is so in every case."""
    lows, highs = zip(*map(range_of, operands), strict=True)
    if kind == "max":
        low, high = _greatest(_known(lows)), None if None in highs else _greatest(highs)
    else:
        low, high = None if None in lows else _least(lows), _least(_known(highs))
    name = Extreme.of(kind, operands)
    return of_amount(Amount("unknown", name, low, high, all(map(is_whole, operands))))


def _known(ends: Iterable[Exact | None]) -> list[Exact]:
    return [each for each in ends if each is not None]


def _greatest(ends: Iterable[Exact]) -> Exact | None:
    return max(ends, default=None)


def _least(ends: Iterable[Exact]) -> Exact | None:
    return min(ends, default=None)


def rounded_number(number: Quantity, mode: Rounding, step: Exact) -> Quantity:
    """An unknown number as a multiple of `step`."""
    low, high = range_of(number)
    ends = [None if end is None else int(rounded(end, mode, step) / step) for end in (low, high)]
    return scale(of_amount(Amount("unknown", Multiple.of(number, mode, step), ends[0], ends[1])), step)


def rounded(value: Exact, mode: Rounding, step: Exact) -> Fraction:
    """An exact number as a multiple of `step`; `half up` is away from 0."""
    quotient = Fraction(value) / step
    match mode:
        case "down":
            whole: int = quotient.__floor__()
        case "up":
            whole = quotient.__ceil__()
        case "half even":
            whole = round(quotient)
        case "half up":
            half = Fraction(1, 2)
            whole = (quotient + half).__floor__() if quotient >= 0 else (quotient - half).__ceil__()
        case _:
            assert_never(mode)
    return Fraction(step) * whole


def quotient(dividend: Quantity, divisor: Quantity) -> Quantity:
    """One number divided by another that is unknown."""
    (low, high), (least, greatest) = range_of(dividend), range_of(divisor)
    ends: tuple[Exact | None, Exact | None] = (None, None)
    if low is not None and high is not None and least is not None and greatest is not None and least * greatest > 0:
        corners = [Fraction(above) / below for above in (low, high) for below in (least, greatest)]
        ends = min(corners), max(corners)
    elif low is not None and least is not None and low >= 0 and least >= 0:
        ends = 0, None
    return of_amount(Amount("unknown", Quotient.of(dividend, divisor), *ends, whole=False))


def product(left: Quantity, right: Quantity) -> Quantity:
    """The product of two unknown numbers."""
    (low, high), (least, greatest) = range_of(left), range_of(right)
    ends: tuple[Exact | None, Exact | None] = (None, None)
    if low is not None and high is not None and least is not None and greatest is not None:
        corners = [one * other for one in (low, high) for other in (least, greatest)]
        ends = min(corners), max(corners)
    elif low is not None and least is not None and low >= 0 and least >= 0:
        ends = low * least, None
    whole = is_whole(left) and is_whole(right)
    return of_amount(Amount("unknown", Product.of(left, right), *ends, whole=whole))
