"""Numbers that are not settled: exact, over the formulas of `open.conditions`.

A number is exact (`int`, `Fraction`), a `Linear` form (a constant, plus a weight for each formula that holds, plus a
weight times each open amount) or `Stairs` (a least value, and the conditions on which it is at least so much more).
Stairs are what a cap, a share of a threshold, or the better of two leaves: functions of one number, taken step by step
over the values that it can have. They turn into a Linear form when they are added up.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterable, Mapping
from fractions import Fraction
from functools import partial
from itertools import pairwise
from math import gcd, lcm
from typing import Any, TypeAlias

from attain_compiler.frozen import frozen
from attain_engine.open.conditions import (
    Amount,
    Condition,
    Formula,
    Negation,
    amount_at_least,
    conjunction,
    disjunction,
    holds,
    negation,
    reaches,
    unknown,
)

Exact: TypeAlias = int | Fraction
Quantity: TypeAlias = "int | Fraction | Linear | Stairs"

MOST_STEPS = 20_000
"""Above so many steps a number is refused as too fine to plan over."""


class TooFine(Exception):
    """A number has more possible values than can be searched: a change's units are too small for its thresholds."""


@frozen
class Linear:
    """`constant + sum of weight * formula + sum of weight * amount`; no weight is 0."""

    constant: Exact
    terms: Mapping[Formula, Exact]
    amounts: Mapping[Amount, Exact]

    def __hash__(self) -> int:
        return hash(_identity(self))


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
            constant += _put(terms, condition, weight)
    return _linear(constant, terms, {})


def _put(terms: dict[Formula, Exact], formula: Formula, weight: Exact) -> Exact:
    """Add a term; of a condition and its negation only the condition is kept. Returns what to add to the constant."""
    if isinstance(formula, Negation):
        terms[formula.operand] = terms.get(formula.operand, 0) - weight
        return weight
    terms[formula] = terms.get(formula, 0) + weight
    return 0


def _linear(constant: Exact, terms: dict[Formula, Exact], amounts: dict[Amount, Exact]) -> Quantity:
    terms = {formula: weight for formula, weight in terms.items() if weight}
    amounts = {amount: weight for amount, weight in amounts.items() if weight}
    return Linear(constant, terms, amounts) if terms or amounts else constant


def _as_linear(number: Quantity) -> Linear:
    match number:
        case Linear():
            return number
        case Stairs(base=base, steps=steps):
            terms: dict[Formula, Exact] = {}
            constant = base
            previous = base
            for value, condition in steps:
                constant += _put(terms, condition, value - previous)
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
    first, second = _as_linear(left), _as_linear(right)
    terms, amounts = dict(first.terms), dict(first.amounts)
    for formula, weight in second.terms.items():
        terms[formula] = terms.get(formula, 0) + weight
    for amount, weight in second.amounts.items():
        amounts[amount] = amounts.get(amount, 0) + weight
    return _linear(first.constant + second.constant, terms, amounts)


def total(numbers: Iterable[Quantity]) -> Quantity:
    """The sum of the numbers (in one pass, for many)."""
    constant: Exact = 0
    terms: dict[Formula, Exact] = {}
    amounts: dict[Amount, Exact] = {}
    for number in numbers:
        if isinstance(number, (int, Fraction)):
            constant += number
            continue
        linear = _as_linear(number)
        constant += linear.constant
        for formula, weight in linear.terms.items():
            terms[formula] = terms.get(formula, 0) + weight
        for amount, weight in linear.amounts.items():
            amounts[amount] = amounts.get(amount, 0) + weight
    return _linear(constant, terms, amounts)


def scale(number: Quantity, factor: Exact) -> Quantity:
    """number * factor"""
    if isinstance(number, (int, Fraction)):
        return number * factor
    if not factor:
        return 0
    if isinstance(number, Stairs) and factor > 0:
        return Stairs(number.base * factor, tuple((value * factor, condition) for value, condition in number.steps))
    linear = _as_linear(number)
    return Linear(
        linear.constant * factor,
        {formula: weight * factor for formula, weight in linear.terms.items()},
        {amount: weight * factor for amount, weight in linear.amounts.items()},
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


def at_least(number: Quantity, bound: Exact) -> Condition:
    """number >= bound"""
    match number:
        case Stairs(base=base, steps=steps):
            if base >= bound:
                return True
            place = bisect_left(steps, bound, key=lambda step: step[0])
            return steps[place][1] if place < len(steps) else False
        case Linear():
            return _linear_at_least(number, bound)
        case _:
            return number >= bound


def _linear_at_least(number: Linear, bound: Exact) -> Condition:
    low, high = range_of(number)
    if low is not None and low >= bound:
        return True
    if high is not None and high < bound:
        return False
    if not number.terms and len(number.amounts) == 1:
        ((amount, weight),) = number.amounts.items()
        limit = Fraction(bound - number.constant) / weight
        if amount.share is not None:  # between the amount's ends, as range_of has not settled it
            inner, factor = amount.share
            return at_least(inner, limit / factor) if weight > 0 else negation(more_than(inner, limit / factor))
        if weight > 0:
            return amount_at_least(amount, limit)
        # weight * amount >= need with a negative weight: amount <= limit, that is, not amount > limit
        return negation(
            amount_at_least(amount, limit.__floor__() + 1) if amount.whole else unknown(("more than", amount, limit))
        )
    if unknown_amounts(number):
        # Several unknowns in one sum: what the ends do not settle is an unknown of its own (never wrongly settled), the
        # same one for every bound, so that reaching a higher bound implies reaching a lower one.
        name = ("sum", frozenset(number.terms.items()), frozenset(number.amounts.items()))
        shift = number.constant
        whole = Amount(
            "unknown", name, None if low is None else low - shift, None if high is None else high - shift, whole=False
        )
        reached = amount_at_least(whole, bound - shift)
        if number.terms or len(unknown_amounts(number)) < len(number.amounts):
            # What is decided may be enough whatever the unknowns are, or too little.
            reached = conjunction((_settled_at(number, most=True, bound=bound), reached))
            reached = disjunction((_settled_at(number, most=False, bound=bound), reached))
        return reached
    return _Sum(number).at_least(bound)


def _settled_at(number: Linear, *, most: bool, bound: Exact) -> Condition:
    """Whether the number reaches the bound with its unknown amounts all at their most, or all at their least."""
    constant = number.constant
    amounts: dict[Amount, Exact] = {}
    for amount, weight in number.amounts.items():
        if amount.kind != "unknown":
            amounts[amount] = weight
            continue
        end = amount.high if most == (weight > 0) else amount.low
        if end is None:
            return most
        constant += weight * end
    return at_least(_linear(constant, dict(number.terms), amounts), bound)


def _identity(number: Linear) -> tuple[object, ...]:
    return (number.constant, frozenset(number.terms.items()), frozenset(number.amounts.items()))


def _expanded(number: Linear) -> dict[Formula, Exact]:
    """The terms of the number with each amount replaced by one term for each unit of it; the amounts' lows are 0."""
    terms = dict(number.terms)
    for amount, weight in number.amounts.items():
        if amount.high is None or amount.high - amount.low > MOST_STEPS:
            raise TooFine(amount)
        for least in range(1, amount.high + 1):
            condition = amount_at_least(amount, least)
            assert isinstance(condition, Formula)
            terms[condition] = terms.get(condition, 0) + weight
    return terms


class _Sum:
    """A linear form made ready to be held against many bounds: whole, positive weights on conditions, in order.

    The number is `(offset + sum of weight * condition) / scaling`.
    """

    def __init__(self, number: Linear) -> None:
        terms = _expanded(number)
        fractions = [Fraction(weight) for weight in terms.values()]
        self.scaling = lcm(Fraction(number.constant).denominator, *(weight.denominator for weight in fractions))
        offset = int(Fraction(number.constant) * self.scaling)
        items: list[tuple[Formula, int]] = []
        for formula, fraction in zip(terms, fractions, strict=True):
            weight = int(fraction * self.scaling)
            if weight > 0:
                items.append((formula, weight))
            else:  # w * x = w + |w| * (not x)
                offset += weight
                opposite = negation(formula)
                assert isinstance(opposite, Formula)
                items.append((opposite, -weight))
        items.sort(key=lambda item: item[0].number)
        self.items = items
        self.offset = offset
        self.total = sum(weight for _, weight in items)
        self.divisor = gcd(*(weight for _, weight in items))

    def at_least(self, bound: Exact) -> Condition:
        """The condition that the number reaches the bound: weights capped at the need, without a common divisor."""
        need = -int(-(Fraction(bound) * self.scaling) // 1) - self.offset
        if need <= 0:
            return True
        if self.total < need:
            return False
        divisor = self.divisor
        need = -(-need // divisor)
        weights = [min(weight // divisor, need) for _, weight in self.items]
        least = min(weights)
        if least == need:
            return disjunction(condition for condition, _ in self.items)
        total = sum(weights)
        if total - least < need:
            return conjunction(condition for condition, _ in self.items)
        common = gcd(*weights)
        if common > 1:  # capping may leave a common divisor
            need = -(-need // common)
            weights = [min(weight // common, need) for weight in weights]
        return reaches([(condition, weight) for (condition, _), weight in zip(self.items, weights, strict=True)], need)


def more_than(number: Quantity, bound: Exact) -> Condition:
    """number > bound"""
    return negation(at_least(scale(number, -1), -bound))


def compare(operator: str, left: Quantity, right: Quantity) -> Condition:
    """`left operator right` for `==`, `!=`, `<`, `<=`, `>`, `>=`."""
    if isinstance(right, (int, Fraction)):
        number, bound = left, right
    elif isinstance(left, (int, Fraction)):
        number, bound = right, left
        operator = {"<": ">", "<=": ">=", ">": "<", ">=": "<="}.get(operator, operator)
    else:
        number, bound = add(left, scale(right, -1)), 0
    match operator:
        case ">=":
            return at_least(number, bound)
        case ">":
            return more_than(number, bound)
        case "<":
            return negation(at_least(number, bound))
        case "<=":
            return negation(more_than(number, bound))
        case "==":
            return conjunction((at_least(number, bound), negation(more_than(number, bound))))
        case _:
            return disjunction((negation(at_least(number, bound)), more_than(number, bound)))


def stairs(number: Quantity, low: Exact | None = None, high: Exact | None = None) -> Quantity:
    """The number as stairs; with `low` and `high`, cut off below and above at them. Raises TooFine."""
    match number:
        case Stairs(base=base, steps=steps):
            bottom = base if low is None else max(base, low)
            kept: list[tuple[Exact, Formula]] = []
            for value, condition in steps:
                top = value if high is None else min(value, high)
                if top > (kept[-1][0] if kept else bottom):
                    kept.append((top, condition))
            if high is not None and bottom > high:
                return high
            return Stairs(bottom, tuple(kept)) if kept else bottom
        case Linear():
            return _linear_stairs(number, low, high)
        case _:
            value = number if low is None else max(number, low)
            return value if high is None else min(value, high)


def _linear_stairs(number: Linear, low: Exact | None, high: Exact | None) -> Quantity:
    least, greatest = range_of(number)
    if least is None or greatest is None:
        raise TooFine(number)
    if (low is not None and greatest <= low) or (high is not None and least >= high):
        return low if low is not None and greatest <= low else high  # type: ignore[return-value]
    step = _common_step([*number.terms.values(), *number.amounts.values()])
    bottom = least if low is None else max(least, low)
    top = greatest if high is None else min(greatest, high)
    first = int((Fraction(bottom) - least) / step) + 1
    steps: list[tuple[Exact, Formula]] = []
    count = -int(-(Fraction(top) - least) // step) - first + 1
    if count > MOST_STEPS:
        raise TooFine(number)
    base: Exact = bottom
    several = len(number.terms) + len(number.amounts) > 1 and not unknown_amounts(number)
    reach = _Sum(number).at_least if several else partial(_linear_at_least, number)
    for index in range(first, first + count):
        exactly = least + index * step
        condition = reach(exactly)
        value: Exact = min(exactly, top)
        if condition is True:
            base = value
        elif condition is not False:
            if steps and steps[-1][1] is condition:
                steps.pop()
            steps.append((value, condition))
    return Stairs(base, tuple(steps)) if steps else base


def _common_step(weights: list[Exact]) -> Fraction:
    """The greatest number that all the weights are whole multiples of."""
    scaling = lcm(*(Fraction(weight).denominator for weight in weights))
    return Fraction(gcd(*(int(weight * scaling) for weight in weights)), scaling)


def mapped(
    number: Quantity, function: Callable[[Exact], Exact], low: Exact | None = None, high: Exact | None = None
) -> Quantity:
    """`function` of the number, cut off at `low` and `high` before. The function need not be monotone. Raises
    TooFine."""
    number = stairs(number, low, high)
    if not isinstance(number, Stairs):
        assert not isinstance(number, Linear)
        return function(number)
    values = [function(number.base), *(function(value) for value, _ in number.steps)]
    if all(before <= after for before, after in pairwise(values)):
        steps: list[tuple[Exact, Formula]] = []
        for value, (_, condition) in zip(values[1:], number.steps, strict=True):
            if value > (steps[-1][0] if steps else values[0]):
                steps.append((value, condition))
        return Stairs(values[0], tuple(steps)) if steps else values[0]
    return add(
        values[0],
        weighted(
            (condition, after - before)
            for (_, condition), before, after in zip(number.steps, values, values[1:], strict=False)
        ),
    )


def extreme(kind: str, numbers: list[Quantity]) -> Quantity:
    """The greatest (`max`) or least (`min`) of the numbers. Raises TooFine."""
    fixed = [number for number in numbers if isinstance(number, (int, Fraction))]
    pick = max if kind == "max" else min
    best: Quantity | None = pick(fixed) if fixed else None
    for number in numbers:
        if not isinstance(number, (int, Fraction)):
            best = number if best is None else _better(kind, best, number)
    assert best is not None
    return best


def _better(kind: str, left: Quantity, right: Quantity) -> Quantity:
    (left_low, left_high), (right_low, right_high) = range_of(left), range_of(right)
    for first, second, first_low, second_high in (
        (left, right, left_low, right_high),
        (right, left, right_low, left_high),
    ):
        if first_low is not None and second_high is not None and first_low >= second_high:
            return first if kind == "max" else second
    if unknown_amounts(left) or unknown_amounts(right):
        lows, highs = [left_low, right_low], [left_high, right_high]
        pick = max if kind == "max" else min
        settled = [x for x in lows if x is not None] if kind == "max" else [x for x in highs if x is not None]
        low = (max(settled) if settled else None) if kind == "max" else (None if None in lows else min(lows))  # type: ignore[type-var]
        high = (None if None in highs else pick(highs)) if kind == "max" else (min(settled) if settled else None)  # type: ignore[type-var]
        name = (kind, identity(left), identity(right))
        return of_amount(Amount("unknown", name, low, high, whole=False))
    first, second = stairs(left), stairs(right)
    values = sorted({value for number in (first, second) for value in _values(number)})
    join = disjunction if kind == "max" else conjunction
    bases = (_values(first)[0], _values(second)[0])
    base = max(bases) if kind == "max" else min(bases)
    steps: list[tuple[Exact, Formula]] = []
    for value in values:
        if value > base:
            condition = join((at_least(first, value), at_least(second, value)))
            if isinstance(condition, Formula):
                if steps and steps[-1][1] is condition:
                    steps.pop()
                steps.append((value, condition))
            elif condition:
                base, steps = value, []
    return Stairs(base, tuple(steps)) if steps else base


def identity(number: Quantity) -> object:
    """What a number is made of, to compare and to hash."""
    match number:
        case Linear():
            return _identity(number)
        case Stairs():
            return (number.base, number.steps)
        case _:
            return number


def _values(number: Quantity) -> list[Exact]:
    match number:
        case Stairs(base=base, steps=steps):
            return [base, *(value for value, _ in steps)]
        case Linear():
            raise TypeError("stairs expected")
        case _:
            return [number]


def possible_values(number: Quantity, most: int) -> list[tuple[Condition, Exact]]:
    """Each value the number can have, with the condition on which it has it. Raises TooFine above `most` values."""
    if isinstance(number, (int, Fraction)):
        return [(True, number)]
    number = stairs(number)
    if not isinstance(number, Stairs):
        return [(True, number)]  # type: ignore[list-item]
    if len(number.steps) >= most:
        raise TooFine(number)
    conditions: list[Condition] = [True, *(condition for _, condition in number.steps), False]
    return [
        (conjunction((reached, negation(beyond))), value)
        for value, reached, beyond in zip(_values(number), conditions, conditions[1:], strict=False)
    ]


def times(condition: Condition, number: Quantity) -> Quantity:
    """The number where the condition holds, else 0."""
    if condition is True:
        return number
    if condition is False:
        return 0
    linear = _as_linear(number)
    constant = linear.constant
    decided: dict[Amount, Exact] = {}
    unknown_ones: dict[Amount, Exact] = {}
    for amount, weight in linear.amounts.items():
        if amount.kind != "unknown":
            decided[amount] = weight
            continue
        # From its least on, where that is known: so much is there for certain where the condition holds.
        least = amount.low or 0
        constant += weight * least
        low = None if amount.low is None else 0
        high = None if amount.high is None else max(amount.high - least, 0)
        unknown_ones[Amount("unknown", ("only if", condition, amount), low, high, whole=False)] = weight
    items: list[tuple[Condition, Exact]] = [(condition, constant)]
    expanded = _expanded(Linear(0, linear.terms, decided))
    items.extend((conjunction((condition, formula)), weight) for formula, weight in expanded.items())
    return add(weighted(items), _linear(0, {}, unknown_ones))


def choose(condition: Condition, then: Quantity, otherwise: Quantity) -> Quantity:
    """`then` where the condition holds, else `otherwise`."""
    if isinstance(condition, bool):
        return then if condition else otherwise
    return add(times(condition, then), times(negation(condition), otherwise))


def value_at(number: Quantity, made: frozenset[Any], amounts: Mapping[Any, int]) -> Exact:
    """The number when these decisions are taken and the amounts are so much (those missing are 0)."""
    if isinstance(number, (int, Fraction)):
        return number
    linear = _as_linear(number)
    return (
        linear.constant
        + sum(weight for formula, weight in linear.terms.items() if holds(formula, made, dict(amounts)))
        + sum(weight * amounts.get(amount.name, 0) for amount, weight in linear.amounts.items())
    )
