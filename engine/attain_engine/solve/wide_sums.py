"""Sums too large for the solver's 32 bits, written as sums that fit: exactly, by halves, as one carries in writing.

Let w = h * 2^k + l be a weight, and b = u * 2^k + v the bound, with l and v below 2^k. Then the sum of w reaches b
just if the sum of h, and the count of the j >= 0 for which the sum of l reaches v + j * 2^k, come to u + 1 together:
that count is one more than what the low halves, less v, carry into the high ones. The low sums are one ladder with a
rung for each carry; the high sum is written in the same way if it still does not fit."""

from __future__ import annotations

from attain_compiler.asp import LARGEST
from attain_engine.open.conditions import Condition, Formula, Reaches
from attain_engine.open.normal_form import rebuild, sum_reaches


def split_sums(condition: Condition) -> Condition:
    """The same condition with no sum of weights and bound past what the solver can add up."""
    return rebuild(condition, _split)


def fits(formula: Reaches) -> bool:
    """Whether the solver can add up the weights and the bound."""
    return sum(weight for _, weight in formula.terms) + formula.bound + 1 <= LARGEST


def _split(formula: Formula) -> Condition:
    if not isinstance(formula, Reaches) or fits(formula):
        return formula
    # Low halves below 2^k and bounds up to their sum: twice as much for each term has to fit.
    bits = LARGEST.bit_length() - 1 - len(formula.terms).bit_length() - 1
    if bits < 1:
        return formula  # too many terms for any halving; refused later
    low = (1 << bits) - 1
    carried = [(term, weight & low) for term, weight in formula.terms if weight & low]
    items: list[tuple[Condition, int]] = [(term, weight >> bits) for term, weight in formula.terms if weight >> bits]
    bound = formula.bound & low
    most = sum(weight for _, weight in carried)
    while bound <= most:
        items.append((sum_reaches(carried, bound), 1))
        bound += 1 << bits
    high = sum_reaches(items, (formula.bound >> bits) + 1)
    return _split(high) if isinstance(high, Formula) else high
