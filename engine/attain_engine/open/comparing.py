"""Numbers held against each other: on what condition one reaches a bound."""

from __future__ import annotations

from bisect import bisect_left
from fractions import Fraction
from math import gcd, lcm
from typing import assert_never

from attain_engine.open.conditions import (
    Amount,
    Condition,
    Formula,
    amount_at_least,
    conjunction,
    disjunction,
    negation,
    reaches,
)
from attain_engine.open.derived import Chosen, Extreme, Multiple, OnlyIf, Place, Quotient, Sum, rounded
from attain_engine.open.linear import (
    Comparison,
    Exact,
    Linear,
    Quantity,
    Stairs,
    TooFine,
    add,
    is_sum_of_amounts,
    linear,
    range_of,
    scale,
)

MOST_STEPS = 20_000
"""Above so many steps a number is refused as too fine to plan over."""

FEW_CASES = 8
"""A number of more cases than this is not made part of a sum, but each of its cases is."""


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


def more_than(number: Quantity, bound: Exact) -> Condition:
    """number > bound"""
    return negation(at_least(scale(number, -1), -bound))


def _reached(number: Quantity, bound: Exact, strict: bool) -> Condition:
    return more_than(number, bound) if strict else at_least(number, bound)


def _linear_at_least(number: Linear, bound: Exact) -> Condition:
    low, high = range_of(number)
    if low is not None and low >= bound:
        return True
    if high is not None and high < bound:
        return False
    if not number.terms and len(number.amounts) == 1:
        ((amount, weight),) = number.amounts.items()
        limit = Fraction(bound - number.constant) / weight
        if weight > 0:
            return _amount_reaches(amount, limit, strict=False)
        # weight * amount >= need with a negative weight: amount <= limit, that is, not amount > limit
        return negation(_amount_reaches(amount, limit, strict=True))
    if is_sum_of_amounts(number):
        in_cases = [
            each for each in number.amounts if isinstance(each.name, Chosen) and len(each.name.cases) > FEW_CASES
        ]
        if len(in_cases) == 1:
            return _case_by_case(number, in_cases[0], bound)
        return _sum_reaches(number, bound)
    return WholeSum(number).at_least(bound)


def _case_by_case(number: Linear, amount: Amount, bound: Exact) -> Condition:
    """A sum with a number of many cases: in each it is another sum, mostly a simple one."""
    weight = number.amounts[amount]
    rest = linear(number.constant, number.terms, {each: by for each, by in number.amounts.items() if each != amount})
    return disjunction(
        conjunction((this, at_least(add(rest, scale(each, weight)), bound))) for this, each in amount.name.cases
    )


def _amount_reaches(amount: Amount, limit: Exact, *, strict: bool) -> Condition:
    """`amount >= limit` (`>` with `strict`). What is worked out from other numbers is asked of these."""
    match amount.name:
        case Extreme(kind=kind, operands=operands):
            join = disjunction if kind == "max" else conjunction
            return join(_reached(each, limit, strict) for each in operands)
        case Chosen(cases=cases):
            return disjunction(conjunction((this, _reached(number, limit, strict))) for this, number in cases)
        case OnlyIf(condition=condition, number=number):
            without = limit < 0 or (limit == 0 and not strict)
            reached = _reached(number, limit, strict)
            return disjunction((negation(condition), reached)) if without else conjunction((condition, reached))
        case Multiple():
            return _multiple_reaches(amount.name, limit.__floor__() + 1 if strict else limit.__ceil__())
        case Quotient(dividend=dividend, divisor=divisor):
            # a / b >= limit, multiplied out by the sign of b; where b is 0 there is no value, and nobody asks
            above = _reached(add(dividend, scale(divisor, -limit)), 0, strict)
            below = _reached(add(scale(divisor, limit), scale(dividend, -1)), 0, strict)
            return disjunction(
                (
                    conjunction((more_than(divisor, 0), above)),
                    conjunction((more_than(scale(divisor, -1), 0), below)),
                )
            )
        case _:
            return amount_at_least(amount, limit, strict=strict)


def _multiple_reaches(of: Multiple, least: int) -> Condition:
    """Whether a number rounds to `least` steps or more."""
    step, mode = of.step, of.mode
    match mode:
        case "down":
            return at_least(of.number, least * step)
        case "up":
            return more_than(of.number, (least - 1) * step)
        case "half up" | "half even":
            # what lies just half way is rounded up to `least`, or down to the one before
            half_way = least * step - Fraction(step) / 2
            up = rounded(half_way, mode, step) == least * step
            return _reached(of.number, half_way, not up)
        case _:
            assert_never(mode)


def _sum_reaches(number: Linear, bound: Exact) -> Condition:
    """A sum of unknown numbers, or of amounts with many units, is that sum: the same one for every bound that it is
    held against, whatever its scale and sign, so that the solver is told what its bounds have to do with each other and
    with those of its parts."""
    formulas = sorted(number.terms, key=lambda each: each.number)
    parts = sorted(number.amounts, key=_place)
    weights = [
        *(Fraction(number.terms[each]) for each in formulas),
        *(Fraction(number.amounts[each]) for each in parts),
    ]
    scaling = lcm(*(each.denominator for each in weights))
    factor = Fraction(scaling, gcd(*(int(each * scaling) for each in weights)))
    turned = weights[0] < 0
    if turned:
        factor = -factor
    limit = (bound - number.constant) * factor
    terms = {each: int(number.terms[each] * factor) for each in formulas}
    amounts = {each: int(number.amounts[each] * factor) for each in parts}
    low, high = range_of(linear(0, terms, amounts))
    whole = all(each.whole for each in amounts)
    total = Amount("unknown", Sum.of(tuple(terms.items()), tuple(amounts.items())), low, high, whole)
    if turned:
        return negation(amount_at_least(total, limit, strict=True))
    return amount_at_least(total, limit)


def _place(amount: Amount) -> int:
    """Amounts in the order in which they were first added to others."""
    return Place.of(amount).order  # type: ignore[no-any-return]


def expanded(number: Linear) -> dict[Formula, Exact]:
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


class WholeSum:
    """A linear form made ready to be held against many bounds: whole, positive weights on conditions, in order.

    The number is `(offset + sum of weight * condition) / scaling`.
    """

    def __init__(self, number: Linear) -> None:
        terms = expanded(number)
        self.scaling = lcm(number.constant.denominator, *{weight.denominator for weight in terms.values()})
        offset = int(number.constant * self.scaling)
        items: list[tuple[Formula, int]] = []
        for formula, exact in terms.items():
            weight = exact.numerator * (self.scaling // exact.denominator)
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
        self.divisor = gcd(*{weight for _, weight in items})
        self.counted = tuple([(each, 1) for each, _ in items]) if self.total == self.divisor * len(items) else ()
        """The items where all of them weigh the same: these are counted."""

    def at_least(self, bound: Exact) -> Condition:
        """The condition that the number reaches the bound: weights capped at the need, without a common divisor."""
        need = -int(-(Fraction(bound) * self.scaling) // 1) - self.offset
        if need <= 0:
            return True
        if self.total < need:
            return False
        divisor = self.divisor
        need = -(-need // divisor)
        if self.counted and 1 < need < len(self.counted):
            return reaches(self.counted, need)
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


_TURNED: dict[Comparison, Comparison] = {"==": "==", "!=": "!=", "<": ">", "<=": ">=", ">": "<", ">=": "<="}


def compare(operator: Comparison, left: Quantity, right: Quantity) -> Condition:
    """`left operator right` for `==`, `!=`, `<`, `<=`, `>`, `>=`."""
    if isinstance(right, (int, Fraction)):
        number, bound = left, right
    elif isinstance(left, (int, Fraction)):
        number, bound = right, left
        operator = _TURNED[operator]
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
        case "!=":
            return disjunction((negation(at_least(number, bound)), more_than(number, bound)))
        case _:
            assert_never(operator)
