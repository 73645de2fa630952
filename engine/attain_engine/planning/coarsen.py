"""Sums without the steps that can make no difference.

A lever that adds 0.015 points a unit beside ten customers of 2 points each has two thousand steps, but only those
matter that complete the bound together with what the rest of the sum can come to: eleven of them.

Sound: let a chain add f(k) when its first k terms hold, and let S be (at least) all that the other terms can add up to.
The sum reaches its bound B at s and k if f(k) >= B - s. Put g(k) = B - t for the least t of S with t >= B - f(k) (0 if
there is none below B). Then for every s of S, s + g(k) >= B just if s >= t, just if s + f(k) >= B. So the formula keeps
its truth everywhere, whatever it is part of, and only the k where g rises stay in it.
"""

from __future__ import annotations

from itertools import accumulate

from attain_engine.planning.chains import Chains, Term
from attain_engine.planning.normal import rebuild, sum_reaches
from attain_engine.residual import Condition, Reaches

LONG = 8
"""Shorter chains stay as they are."""

MOST_WORK = 2**32
"""Bits to be moved at most, to find out what the rest of a sum can come to; above it the sum stays as it is."""


def coarsen(condition: Condition) -> Condition:
    """The same condition, in normal form, without the terms that make no difference to their sums."""
    finder = Chains()
    return rebuild(condition, lambda formula: _coarser(formula, finder) if isinstance(formula, Reaches) else formula)


def _coarser(formula: Reaches, finder: Chains) -> Condition:
    if len(formula.terms) < LONG:
        return formula
    found = finder.of(formula.terms)
    bound = formula.bound
    changed = False
    for index in sorted(range(len(found)), key=lambda index: -len(found[index])):
        chain = found[index]
        if len(chain) < LONG:
            break
        others = reachable([each for number, each in enumerate(found) if number != index], bound)
        kept = None if others is None else _kept(chain, others, bound)
        if kept is not None and 2 * len(kept) <= len(chain):
            found[index] = kept
            changed = True
    if not changed:
        return formula
    return sum_reaches([term for chain in found for term in chain], bound)


def _kept(chain: list[Term], others: int, bound: int) -> list[Term]:
    """The terms of a chain where what it has to add rises, with what they add then. `others` has bit s set if the
    rest of the sum can come to s."""
    kept: list[Term] = []
    added = 0
    for (term, _), reached in zip(chain, accumulate(weight for _, weight in chain), strict=True):
        first = max(0, bound - reached)
        above = others >> first
        if above:
            least = first + (above & -above).bit_length() - 1
            if bound - least > added:
                kept.append((term, bound - least - added))
                added = bound - least
    return kept


def reachable(found: list[list[Term]], bound: int) -> int | None:
    """What the chains can add up to below the bound, as bits; None if it would be too much work to say."""
    if bound * sum(len(chain) for chain in found) > MOST_WORK:
        return None
    mask = (1 << bound) - 1
    sums = 1
    for chain in found:
        before = sums
        for added in accumulate(weight for _, weight in chain):
            if added >= bound:
                break
            sums |= before << added
        sums &= mask
    return sums
