"""Sums without the steps that can make no difference, and alternatives without those that add nothing (`absorb`).

A lever that adds 0.015 points a unit beside ten customers of 2 points each has two thousand steps, but only those
matter that complete the bound together with what the rest of the sum can come to: eleven of them.

Sound: let a chain add f(k) when its first k terms hold, and let S be (at least) all that the other terms can add up to.
The sum reaches its bound B at s and k if f(k) >= B - s. Put g(k) = B - t for the least t of S with t >= B - f(k) (0 if
there is none below B). Then for every s of S, s + g(k) >= B just if s >= t, just if s + f(k) >= B. So the formula keeps
its truth everywhere, whatever it is part of, and only the k where g rises stay in it.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import accumulate

from attain_engine.open.conditions import (
    Condition,
    Conjunction,
    Disjunction,
    Formula,
    Reaches,
    conjunction,
    disjunction,
    operands,
    subformulas,
)
from attain_engine.open.normal_form import sum_reaches
from attain_engine.optimise.ending import Ended, never
from attain_engine.optimise.reduce.absorption import absorb
from attain_engine.optimise.reduce.chains import Chains, Term

LONG = 8
"""Shorter chains stay as they are."""

MOST_WORK = 2**32
"""Bits to be moved at most, to find out what the rest of a sum can come to; above it the sum stays as it is."""


def coarsen(condition: Condition, ended: Ended = never) -> Condition:
    """The same condition, in normal form, without the terms that make no difference to their sums: those that are left
    once the time is up stay."""
    if isinstance(condition, bool):
        return condition
    finder = Chains()
    rungs: dict[tuple[Formula, ...], list[Reaches]] = {}
    order = list(subformulas((condition,)))
    for formula in order:
        if isinstance(formula, Reaches):
            rungs.setdefault(operands(formula), []).append(formula)
    made: dict[Formula, Condition] = {}
    for formula in order:
        match formula:
            case Conjunction() | Disjunction():
                joined: Condition = formula
                if any(made[each] is not each for each in formula.operands):
                    join = conjunction if isinstance(formula, Conjunction) else disjunction
                    joined = join(made[each] for each in formula.operands)
                made[formula] = absorb(joined, finder) if isinstance(joined, Conjunction | Disjunction) else joined
            case Reaches() if formula not in made:
                alike: Sequence[Reaches] = rungs[operands(formula)]
                again: Sequence[Condition] = (
                    alike if all(made[term] is term for term in operands(formula)) else _again(alike, made)
                )
                sums = [each for each in again if isinstance(each, Reaches)]
                coarser = {} if ended() else _coarser(sums, finder)
                made |= {
                    before: coarser.get(each, each) if isinstance(each, Reaches) else each
                    for before, each in zip(alike, again, strict=True)
                }
            case Reaches():
                pass
            case _:
                made[formula] = formula
    return made[condition]


def _again(sums: Sequence[Reaches], made: dict[Formula, Condition]) -> list[Condition]:
    """The sums with their terms replaced."""
    return [sum_reaches([(made[term], weight) for term, weight in each.terms], each.bound) for each in sums]


def _coarser(sums: list[Reaches], finder: Chains) -> dict[Reaches, Condition]:
    """What each of the sums becomes. Those over the same terms stay sums over the same terms, one ladder."""
    families: dict[tuple[Formula, ...], list[Reaches]] = {}
    for each in sums:
        if len(each.terms) >= LONG:
            families.setdefault(operands(each), []).append(each)
    found: dict[Reaches, Condition] = {}
    for family in families.values():
        found |= _coarser_family(family, finder)
    return found


def _coarser_family(family: list[Reaches], finder: Chains) -> dict[Reaches, Condition]:
    chains = finder.of(family[0].terms)
    weights = [dict(each.terms) for each in family]
    split = [[[(term, weight[term]) for term, _ in chain] for chain in chains] for weight in weights]
    changed = False
    for index in sorted(range(len(chains)), key=lambda index: -len(chains[index])):
        if len(chains[index]) < LONG:
            break
        kept = [
            _kept(rung[index], reachable(rung[:index] + rung[index + 1 :], each.bound, len(family)), each.bound)
            for rung, each in zip(split, family, strict=True)
        ]
        terms = {term for rung in kept for term, _ in rung}
        if 2 * len(terms) > len(chains[index]):
            continue
        for rung, own in zip(split, kept, strict=True):
            rung[index] = own if len(family) == 1 else _merged(rung[index], terms)
        changed = True
    if not changed:
        return {}
    return {
        each: sum_reaches([term for chain in rung for term in chain], each.bound)
        for each, rung in zip(family, split, strict=True)
    }


def _kept(chain: list[Term], others: int | None, bound: int) -> list[Term]:
    """The terms of a chain where what it has to add rises, with what they add then. `others` has bit s set if the
    rest of the sum can come to s; None: it may come to anything."""
    if others is None:
        return chain
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


def _merged(chain: list[Term], terms: set[Formula]) -> list[Term]:
    """The chain with these terms alone, each with the weights of those that it takes the place of. (With f in the place
    of g above: f does not fall, so what is true for the k where some g rises is true in between.)"""
    merged: list[Term] = []
    added = 0
    for (term, _), reached in zip(chain, accumulate(weight for _, weight in chain), strict=True):
        if term in terms:
            merged.append((term, reached - added))
            added = reached
    return merged


def reachable(found: list[list[Term]], bound: int, times: int = 1) -> int | None:
    """What the chains can add up to below the bound, as bits; None if it would be too much work to say so many
    times."""
    if bound * sum(len(chain) for chain in found) * times > MOST_WORK:
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
