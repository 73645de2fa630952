"""Ladders: sums that are asked for several bounds, each bound a rung.

A count of people that gives points at 1, 2, ... 12 people is one sum with twelve bounds. Recognised as such it costs
the solver one row; and the linear relaxation of that row is exact along the ladder, where a row for each rung is not.
"""

from __future__ import annotations

from collections.abc import Iterable

from attain_compiler.frozen import frozen
from attain_engine.open.conditions import Disjunction, Formula, Reaches


@frozen
class Ladder:
    """A sum of whole weights, and the formulas that say it reaches a bound, by rising bound."""

    terms: tuple[tuple[Formula, int], ...]
    rungs: tuple[tuple[Formula, int], ...]


def ladders(formulas: Iterable[Formula]) -> tuple[Ladder, ...]:
    """Every sum among the formulas, each in exactly one ladder, in the order of their first."""
    families: dict[tuple[Formula, ...], list[Reaches]] = {}
    anyone: dict[frozenset[Formula], Formula] = {}
    for formula in formulas:
        match formula:
            case Reaches():
                families.setdefault(tuple(term for term, _ in formula.terms), []).append(formula)
            case Disjunction():
                anyone[frozenset(formula.operands)] = formula
            case _:
                pass
    found = []
    for family in families.values():
        family.sort(key=lambda each: each.bound, reverse=True)
        while family:
            ladder, family = _ladder(family)
            found.append(ladder)
    return tuple(_with_lowest(ladder, anyone) for ladder in found)


def _ladder(family: list[Reaches]) -> tuple[Ladder, list[Reaches]]:
    """The ladder of the highest bound, and the sums that have other weights than it."""
    top = family[0]
    weights = [weight for _, weight in top.terms]
    rungs: list[tuple[Formula, int]] = []
    others = []
    for each in family:
        # A lower bound caps the weights at itself. (One that lost a common divisor by that begins a ladder of its own.)
        if all(weight == min(most, each.bound) for (_, weight), most in zip(each.terms, weights, strict=True)):
            rungs.append((each, each.bound))
        else:
            others.append(each)
    return Ladder(top.terms, tuple(reversed(rungs))), others


def _with_lowest(ladder: Ladder, anyone: dict[frozenset[Formula], Formula]) -> Ladder:
    """With the lowest rung, which is not a sum: any of the terms, whose own alternatives have been taken into it."""
    least = min(weight for _, weight in ladder.terms)
    operands: set[Formula] = set()
    for term, _ in ladder.terms:
        operands.update(term.operands if isinstance(term, Disjunction) else (term,))
    lowest = anyone.get(frozenset(operands))
    if lowest is None or ladder.rungs[0][1] <= least or any(term is lowest for term, _ in ladder.terms):
        return ladder
    return Ladder(ladder.terms, ((lowest, least), *ladder.rungs))
