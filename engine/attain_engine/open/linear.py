"""Numbers that are not settled: exact, over the formulas of `open.conditions`.

A number is exact (`int`, `Fraction`), a `Linear` form (a constant, plus a weight for each formula that holds, plus a
weight times each open amount) or `Stairs` (a least value, and the conditions on which it is at least so much more).
Stairs are what a cap, a share of a threshold, or the better of two leaves: functions of one number, taken step by step
over the values that it can have. They turn into a Linear form when they are added up.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from fractions import Fraction
from typing import Literal, TypeAlias

from attain_compiler.frozen import frozen
from attain_engine.open.conditions import Amount, Condition, Formula, Negation

Exact: TypeAlias = int | Fraction
Quantity: TypeAlias = "int | Fraction | Linear | Stairs"

Comparison: TypeAlias = Literal["==", "!=", "<", "<=", ">", ">="]
End: TypeAlias = Literal["min", "max"]
Rounding: TypeAlias = Literal["down", "up", "half up", "half even"]


MOST_UNITS = 250
"""A sum over decided amounts of more units than this stays a sum of whole numbers; with fewer, each unit is a term."""

_each_unit: ContextVar[bool] = ContextVar("each_unit", default=False)


class TooFine(Exception):
    """A number has more possible values than can be searched: a change's units are too small for its thresholds."""


@frozen
class Linear:
    """`constant + sum of weight * formula + sum of weight * amount`; no weight is 0."""

    constant: Exact
    terms: Mapping[Formula, Exact]
    amounts: Mapping[Amount, Exact]

    def __hash__(self) -> int:
        return hash((self.constant, frozenset(self.terms.items()), frozenset(self.amounts.items())))


@frozen
class Stairs:
    """`base`, or the last `value` whose condition holds: values rise, and each condition implies those before it."""

    base: Exact
    steps: tuple[tuple[Exact, Formula], ...]


def of_amount(amount: Amount) -> Quantity:
    """An amount as a number."""
    if amount.low is not None and amount.low == amount.high:
        return amount.low  # type: ignore[no-any-return]
    return Linear(0, {}, {amount: 1})


def weighted(items: Iterable[tuple[Condition, Exact]]) -> Quantity:
    """The sum of the weights of the conditions that hold."""
    constant: Exact = 0
    terms: dict[Formula, Exact] = {}
    for condition, weight in items:
        if condition is True:
            constant += weight
        elif condition is not False:
            constant += put(terms, condition, weight)
    return linear(constant, terms, {})


def put(terms: dict[Formula, Exact], formula: Formula, weight: Exact) -> Exact:
    """Add a term; of a condition and its negation only the condition is kept. Returns what to add to the constant."""
    if isinstance(formula, Negation):
        terms[formula.operand] = terms.get(formula.operand, 0) - weight
        return weight
    terms[formula] = terms.get(formula, 0) + weight
    return 0


def linear(constant: Exact, terms: Mapping[Formula, Exact], amounts: Mapping[Amount, Exact]) -> Quantity:
    """The number of these parts, without those whose weight is 0."""
    terms = {formula: weight for formula, weight in terms.items() if weight}
    amounts = {amount: weight for amount, weight in amounts.items() if weight}
    return Linear(constant, terms, amounts) if terms or amounts else constant


def as_linear(number: Quantity) -> Linear:
    """The number as a linear form."""
    match number:
        case Linear():
            return number
        case Stairs(base=base, steps=steps):
            terms: dict[Formula, Exact] = {}
            constant = base
            previous = base
            for value, condition in steps:
                constant += put(terms, condition, value - previous)
                previous = value
            return Linear(constant, terms, {})
        case _:
            return Linear(number, {}, {})


def add(left: Quantity, right: Quantity) -> Quantity:
    """left + right"""
    if isinstance(left, (int, Fraction)) and isinstance(right, (int, Fraction)):
        return left + right
    if isinstance(right, Stairs) and isinstance(left, (int, Fraction)):
        left, right = right, left
    if isinstance(left, Stairs) and isinstance(right, (int, Fraction)):
        shift = right
        return Stairs(left.base + shift, tuple((value + shift, condition) for value, condition in left.steps))
    first, second = as_linear(left), as_linear(right)
    terms, amounts = dict(first.terms), dict(first.amounts)
    for formula, weight in second.terms.items():
        terms[formula] = terms.get(formula, 0) + weight
    for amount, weight in second.amounts.items():
        amounts[amount] = amounts.get(amount, 0) + weight
    return linear(first.constant + second.constant, terms, amounts)


def total(numbers: Iterable[Quantity]) -> Quantity:
    """The sum of the numbers (in one pass, for many)."""
    constant: Exact = 0
    terms: dict[Formula, Exact] = {}
    amounts: dict[Amount, Exact] = {}
    for number in numbers:
        if isinstance(number, (int, Fraction)):
            constant += number
            continue
        form = as_linear(number)
        constant += form.constant
        for formula, weight in form.terms.items():
            terms[formula] = terms.get(formula, 0) + weight
        for amount, weight in form.amounts.items():
            amounts[amount] = amounts.get(amount, 0) + weight
    return linear(constant, terms, amounts)


def scale(number: Quantity, factor: Exact) -> Quantity:
    """number * factor"""
    if isinstance(number, (int, Fraction)):
        return number * factor
    if not factor:
        return 0
    if isinstance(number, Stairs) and factor > 0:
        return Stairs(number.base * factor, tuple((value * factor, condition) for value, condition in number.steps))
    form = as_linear(number)
    return Linear(
        form.constant * factor,
        {formula: weight * factor for formula, weight in form.terms.items()},
        {amount: weight * factor for amount, weight in form.amounts.items()},
    )


def range_of(number: Quantity) -> tuple[Exact | None, Exact | None]:
    """The least and greatest value the number could have (None: no known end)."""
    match number:
        case Linear(constant=constant, terms=terms, amounts=amounts):
            low: Exact | None = constant + sum(weight for weight in terms.values() if weight < 0)
            high: Exact | None = constant + sum(weight for weight in terms.values() if weight > 0)
            for amount, weight in amounts.items():
                at_low, at_high = (amount.low, amount.high) if weight > 0 else (amount.high, amount.low)
                low = None if low is None or at_low is None else low + weight * at_low
                high = None if high is None or at_high is None else high + weight * at_high
            return low, high
        case Stairs(base=base, steps=steps):
            return base, steps[-1][0] if steps else base
        case _:
            return number, number


def unknown_amounts(number: Quantity) -> tuple[Amount, ...]:
    """The unknown amounts that the number depends on linearly."""
    if isinstance(number, Linear):
        return tuple(amount for amount in number.amounts if amount.kind == "unknown")
    return ()


def is_sum_of_amounts(number: Quantity) -> bool:
    """Whether the number stays a sum: of what is unknown, or of decided amounts with too many units to take them one by
    one."""
    if not isinstance(number, Linear):
        return False
    if unknown_amounts(number):
        return True
    several = len(number.amounts) + len(number.terms) > 1
    return several and not _each_unit.get() and units_in(number) > MOST_UNITS


def each_unit_taken() -> bool:
    """Whether decided amounts are taken unit by unit here, however many there are."""
    return _each_unit.get()


@contextmanager
def unit_by_unit() -> Iterator[None]:
    """Take the decided amounts unit by unit, however many there are: what is open beside them in a number can then be
    told apart from them."""
    token = _each_unit.set(True)
    try:
        yield
    finally:
        _each_unit.reset(token)


def units_in(number: Linear) -> int:
    """How many units the decided amounts in a number have together."""
    return sum(amount.high for amount in number.amounts if amount.kind == "decision")


def is_whole(number: Quantity) -> bool:
    """Whether the number is a whole one, whatever is open."""
    match number:
        case Linear(constant=constant, terms=terms, amounts=amounts):
            exact = (constant, *terms.values(), *amounts.values())
            return all(amount.whole for amount in amounts) and all(each.denominator == 1 for each in exact)
        case Stairs(base=base, steps=steps):
            return base.denominator == 1 and all(value.denominator == 1 for value, _ in steps)
        case _:
            return number.denominator == 1


def identity(number: Quantity) -> object:
    """What a number is made of, to compare and to hash."""
    match number:
        case Linear(constant=constant, terms=terms, amounts=amounts):
            return (constant, frozenset(terms.items()), frozenset(amounts.items()))
        case Stairs():
            return (number.base, number.steps)
        case _:
            return number
