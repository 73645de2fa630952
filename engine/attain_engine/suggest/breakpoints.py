"""Breakpoints: values of a number from which on more of it begins or ceases to matter. Many parts that are to add up to
some figure are found among them, by what gives all or none."""

from __future__ import annotations

from fractions import Fraction

from attain_engine.evaluate.values import compare
from attain_engine.open.conditions import (
    Amount,
    AmountAtLeast,
    Condition,
    Derived,
    conjunction,
    disjunction,
    subformulas,
)
from attain_engine.open.linear import of_amount
from attain_engine.open.unknowns import open_parts


def at_breakpoints(condition: Condition) -> Condition:
    """That each open number is 0, or one with which the condition compares it (from where on more of it gives no more,
    for one). Whole numbers that add up to another exactly are hard to find, and easy among these."""
    levels: dict[Amount, set[Fraction]] = {}
    for each in subformulas((condition,)):
        if isinstance(each, AmountAtLeast) and not isinstance(each.amount.name, Derived):
            levels.setdefault(each.amount, set()).add(Fraction(each.least))
    return conjunction(
        disjunction(compare("==", of_amount(each), level) for level in sorted({*levels.get(each, ()), Fraction(0)}))
        for each in open_parts((condition,))
        if isinstance(each, Amount)
    )
