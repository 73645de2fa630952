"""What the levels of sums say of their terms alone.

Whether `terms + amounts` can reach a level is asked of the arithmetic beside the rules, which can only say of one
answer set after the other that it is none. Said of the terms, with the amounts at their ends, it is a rule that the
solver follows from the start; and of two sums that have most in common it is one about the little in which they differ.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from fractions import Fraction
from itertools import permutations
from math import ceil, floor
from typing import Any, TypeAlias

from attain_compiler.frozen import frozen
from attain_engine.open.conditions import (
    Amount,
    Condition,
    Formula,
    Reaches,
    amount_at_least,
    disjunction,
    negation,
)
from attain_engine.open.derived import Sum
from attain_engine.open.linear import Exact, Linear, add, as_linear, is_whole, linear, range_of, scale, weighted
from attain_engine.open.normal_form import sum_reaches

FEWEST_TERMS = 8
"""Sums of fewer terms are not put side by side: the solver has soon tried them all."""

MOST_SUMS = 12
"""So many sums are put side by side."""

Levels: TypeAlias = Mapping[Amount, Collection[tuple[Exact, bool]]]
"""The levels that are asked for of each amount, and whether it has to be more than that."""


@frozen
class _Level:
    """`condition` is that a form is `least` or more (`strict`: more)."""

    form: Linear
    condition: Condition
    least: Exact
    strict: bool

    def negated(self) -> _Level:
        """That it is less, as a level of the negative form."""
        return _level(as_linear(scale(self.form, -1)), negation(self.condition), -self.least, strict=not self.strict)


def _level(form: Linear, condition: Condition, least: Exact, *, strict: bool) -> _Level:
    """The level; of whole numbers that of the next whole one."""
    if is_whole(form):
        least, strict = floor(least) + 1 if strict else ceil(least), False
    return _Level(form, condition, least, strict)


def implied(levels: Levels, formulas: Iterable[Formula] = ()) -> Iterator[Condition]:
    """Conditions that always hold of sums with these levels, and of those among the formulas that are sums."""
    sums = [
        _level(
            _form(amount.name.terms, amount.name.amounts),
            amount_at_least(amount, least, strict=strict),
            least,
            strict=strict,
        )
        for amount in levels
        if isinstance(amount.name, Sum)
        for least, strict in levels[amount]
    ]
    for each in sums:
        for level in (each, each.negated()):
            yield disjunction((negation(level.condition), _reach(level.form, level.least, strict=level.strict)))
    sums += [
        _level(_form(each.terms, ()), each, each.bound, strict=False) for each in formulas if isinstance(each, Reaches)
    ]
    long = [each for each in sums if len(each.form.terms) >= FEWEST_TERMS][:MOST_SUMS]
    for one, other in permutations([*long, *(each.negated() for each in long)], 2):
        if _alike(one.form, other.form):
            apart = as_linear(add(one.form, scale(other.form, -1)))
            further = _reach(apart, one.least - other.least, strict=one.strict or not other.strict)
            yield disjunction((negation(one.condition), other.condition, further))


def _alike(one: Linear, other: Linear) -> bool:
    """Whether two sums have most terms in common, with the same weights."""
    same = sum(other.terms.get(each) == weight for each, weight in one.terms.items())
    return 4 * same >= 3 * max(len(one.terms), len(other.terms))


def _form(terms: Iterable[tuple[Formula, int]], amounts: Iterable[tuple[Amount, int]]) -> Linear:
    """A sum as a linear form; of a condition and its negation only the condition is in it."""
    return as_linear(add(weighted(terms), linear(0, {}, dict(amounts))))


def _reach(form: Linear, least: Exact, *, strict: bool) -> Condition:
    """That the terms of a form come to enough for a level with the amounts at the ends that help most."""
    _, most = range_of(linear(form.constant, {}, form.amounts))
    if most is None:
        return True
    bound = Fraction(least) - most
    whole: Any = {each: int(weight) for each, weight in form.terms.items()}
    return sum_reaches(whole.items(), floor(bound) + 1 if strict else ceil(bound))
