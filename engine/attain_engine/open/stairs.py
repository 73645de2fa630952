"""Functions of numbers that are not settled: caps, the better of two, a number on a condition.

What decisions leave open is taken step by step over the values that it can have. What is unknown may have very many, or
no end: there the function is a number of its own that says what it is worked out from (`open.derived`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Set
from fractions import Fraction
from functools import partial
from itertools import pairwise
from math import gcd, lcm

from attain_engine.open.comparing import MOST_STEPS, WholeSum, at_least, expanded
from attain_engine.open.conditions import (
    Amount,
    AmountAtLeast,
    Atom,
    Condition,
    Formula,
    conjunction,
    disjunction,
    negation,
    subformulas,
)
from attain_engine.open.derived import chosen_of, extreme_of, only_if
from attain_engine.open.linear import (
    End,
    Exact,
    Linear,
    Quantity,
    Stairs,
    TooFine,
    add,
    as_linear,
    each_unit_taken,
    identity,
    is_sum_of_amounts,
    linear,
    range_of,
    scale,
    total,
    units_in,
    weighted,
)

MOST_UNITS_IF = 40
"""Of a number that counts on a condition, so many units at the most are said to count on it one by one."""

MOST_SUMS = 2_000
"""A number that has no more values than so many is taken value by value, however fine the steps between them are."""

MOST_CASES = 300
"""So many values are put in order one by one at the most."""


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
    if least is None or greatest is None or any(not amount.whole for amount in number.amounts):
        raise TooFine(number)
    if (low is not None and greatest <= low) or (high is not None and least >= high):
        return low if low is not None and greatest <= low else high  # type: ignore[return-value]
    step = _common_step({*number.terms.values(), *number.amounts.values()})
    bottom = least if low is None else max(least, low)
    top = greatest if high is None else min(greatest, high)
    first = int((Fraction(bottom) - least) / step) + 1
    steps: list[tuple[Exact, Formula]] = []
    count = -int(-(Fraction(top) - least) // step) - first + 1
    sums = _sums(number, MOST_SUMS) if count > MOST_SUMS else None
    if sums is None and count > MOST_STEPS:
        raise TooFine(number)
    base: Exact = bottom
    several = len(number.terms) + len(number.amounts) > 1 and not is_sum_of_amounts(number)
    reach = WholeSum(number).at_least if several else partial(at_least, number)
    values: Iterable[Exact] = (least + index * step for index in range(first, first + count))
    if sums is not None:
        beyond = next(each for each in sums if each >= top)
        values = [each for each in sums if bottom < each <= beyond]
    for exactly in values:
        condition = reach(exactly)
        value: Exact = min(exactly, top)
        if condition is True:
            base = value
        elif condition is not False:
            if steps and steps[-1][1] is condition:
                steps.pop()
            steps.append((value, condition))
    return Stairs(base, tuple(steps)) if steps else base


def _sums(number: Linear, most: int) -> list[Exact] | None:
    """Every value that a number over whole amounts can have, rising; None where these are more than so many, as far as
    its parts are taken for independent of one another."""
    if not all(amount.whole for amount in number.amounts):
        return None
    found: set[Exact] = {number.constant}
    ways = [(weight, 0, 1) for weight in number.terms.values()]
    ways += [(weight, amount.low, amount.high) for amount, weight in number.amounts.items()]
    for weight, low, high in ways:
        if len(found) > most or len(found) * (high - low + 1) > 8 * most:
            return None
        found = {each + weight * units for each in found for units in range(low, high + 1)}
    return sorted(found) if len(found) <= most else None


def number_of_values(number: Quantity) -> int | None:
    """How many values a number has at most, a step apart from each other; None where that is not known."""
    match number:
        case Linear(terms=terms, amounts=amounts):
            low, high = range_of(number)
            if low is None or high is None or any(not amount.whole for amount in amounts):
                return None
            return int((high - low) / _common_step({*terms.values(), *amounts.values()})) + 1
        case Stairs(steps=steps):
            return len(steps) + 1
        case _:
            return 1


def has_few_sums(number: Quantity, most: int) -> bool:
    """Whether a number over whole amounts has at most so many values, however fine the steps between them are."""
    ends_known = None not in range_of(number)
    return isinstance(number, Linear) and ends_known and _sums(number, most) is not None


def has_few_values(number: Quantity, most: int) -> bool:
    """Whether a number is known to have at most so many values."""
    count = number_of_values(number)
    return count is not None and count <= most


def is_of_its_own(number: Quantity) -> bool:
    """Whether a function of the number is to be a number of its own: it is unknown, or a sum of amounts, and has too
    many values, as far as is known, to take them step by step."""
    if is_sum_of_amounts(number):
        return True
    return isinstance(number, Linear) and not has_few_values(number, MOST_STEPS) and _has_unknown_terms(number)


def _has_unknown_terms(number: Linear) -> bool:
    for formula in subformulas(number.terms):
        match formula:
            case Atom(kind="unknown") | AmountAtLeast(amount=Amount(kind="unknown")):
                return True
            case _:
                pass
    return False


def _common_step(weights: Set[Exact]) -> Fraction:
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


def extreme(kind: End, numbers: list[Quantity]) -> Quantity:
    """The greatest (`max`) or least (`min`) of the numbers. Raises TooFine."""
    pick = max if kind == "max" else min
    fixed = [number for number in numbers if isinstance(number, (int, Fraction))]
    best: Quantity | None = pick(fixed) if fixed else None
    unknown: dict[Quantity, None] = {}
    for number in numbers:
        if isinstance(number, (int, Fraction)):
            continue
        if is_of_its_own(number) or not (has_few_values(number, MOST_STEPS) or has_few_sums(number, MOST_SUMS)):
            unknown[number] = None
        else:
            best = number if best is None else _better(kind, best, number)
    if not unknown:
        assert best is not None
        return best
    operands = _contenders(kind, [*([] if best is None else [best]), *unknown])
    return operands[0] if len(operands) == 1 else extreme_of(kind, tuple(operands))


def _contenders(kind: End, numbers: list[Quantity]) -> list[Quantity]:
    """The numbers that may be the greatest (least): not those that another always reaches."""
    ranges = [range_of(each) if kind == "max" else range_of(scale(each, -1)) for each in numbers]
    lows = [low for low, _ in ranges if low is not None]
    if not lows:
        return numbers
    floor = max(lows)
    keeper = next(place for place, (low, _) in enumerate(ranges) if low == floor)
    return [
        each
        for place, (each, (_, high)) in enumerate(zip(numbers, ranges, strict=True))
        if place == keeper or high is None or high > floor
    ]


def _better(kind: End, left: Quantity, right: Quantity) -> Quantity:
    (left_low, left_high), (right_low, right_high) = range_of(left), range_of(right)
    for first, second, first_low, second_high in (
        (left, right, left_low, right_high),
        (right, left, right_low, left_high),
    ):
        if first_low is not None and second_high is not None and first_low >= second_high:
            return first if kind == "max" else second
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
    form = as_linear(number)
    by_unit = not _has_many_units(number)
    decided = {amount: weight for amount, weight in form.amounts.items() if amount.kind == "decision" and by_unit}
    unknown = {amount: weight for amount, weight in form.amounts.items() if amount not in decided}
    # From its least on, where that is known: so much is there for certain where the condition holds.
    beyond = linear(0, {}, unknown)
    least, _ = range_of(beyond)
    items: list[tuple[Condition, Exact]] = [(condition, form.constant + (least or 0))]
    items.extend(
        (conjunction((condition, formula)), weight)
        for formula, weight in expanded(Linear(0, form.terms, decided)).items()
    )
    return add(weighted(items), only_if(condition, add(beyond, -(least or 0))) if unknown else 0)


def _has_many_units(number: Quantity) -> bool:
    """Whether it is too much to say of each unit of a number on what condition it counts."""
    return isinstance(number, Linear) and not each_unit_taken() and units_in(number) > MOST_UNITS_IF


def choose(condition: Condition, then: Quantity, otherwise: Quantity) -> Quantity:
    """`then` where the condition holds, else `otherwise`."""
    return chosen(((condition, then), (negation(condition), otherwise)))


def chosen(alternatives: Iterable[tuple[Condition, Quantity]]) -> Quantity:
    """The number of which each alternative is one case: their conditions exclude each other, and one of them holds."""
    cases: list[tuple[Formula, Quantity]] = []
    for condition, number in alternatives:
        if condition is True:
            return number
        if condition is not False:
            cases.append((condition, number))
    first = cases[0][1]
    if len({identity(number) for _, number in cases}) == 1:
        return first
    if any(is_sum_of_amounts(number) or _has_many_units(number) for _, number in cases):
        return chosen_of(tuple(cases))
    exact = [(condition, number) for condition, number in cases if isinstance(number, (int, Fraction))]
    if isinstance(first, (int, Fraction)) and len(exact) == len(cases):
        if len(cases) <= MOST_CASES and not _is_even(exact):
            return _in_order(exact)
        # Exclusive and exhaustive: take the first as the base, so that one weight fewer is carried.
        return add(first, weighted((condition, number - first) for condition, number in exact[1:]))
    return total(times(condition, number) for condition, number in cases)


def _is_even(cases: list[tuple[Formula, Exact]]) -> bool:
    """Whether the values are not too many steps apart."""
    least = min(value for _, value in cases)
    apart = [value - least for _, value in cases if value != least]
    return max(apart) / _common_step({*apart}) < MOST_CASES


def _in_order(cases: list[tuple[Formula, Exact]]) -> Quantity:
    """One of several values, as stairs over them."""
    by_value: dict[Exact, list[Formula]] = {}
    for condition, value in cases:
        by_value.setdefault(value, []).append(condition)
    steps: list[tuple[Exact, Formula]] = []
    reached: Condition = False
    for value in sorted(by_value, reverse=True):
        reached = disjunction((reached, *by_value[value]))
        if not isinstance(reached, Formula):
            break  # one of those so far holds in any case: what is below is the value of a case that cannot be
        steps.append((value, reached))
    else:
        value, _ = steps.pop()
    return Stairs(value, tuple(reversed(steps))) if steps else value
