"""Choices that another one makes needless.

A choice is dominated if it occurs only as an alternative, each time beside the same other choice that is preferred to
it (`weights.Preference`), and both are rising. A plan that uses it can use the other instead: every alternative that
it made true is true by the other, and whatever else the other is part of only gains; of limits, the other is only in
such as the one is in, with the same weight."""

from __future__ import annotations

from attain_engine.open.conditions import Condition, Disjunction, Formula, Negation, operands
from attain_engine.optimise.dependencies import ROOT, Graph, graph
from attain_engine.optimise.ending import Ended, never
from attain_engine.optimise.order_encoding import Lever
from attain_engine.optimise.weights import Preference

FEW = 64
"""Where a choice occurs only among more alternatives than these, it is left to `alike`."""


def dominated(
    condition: Condition, levers: tuple[Lever, ...], preference: Preference, ended: Ended = never
) -> frozenset[int]:
    """The levers, by place, that are dominated, as far as there is time to find out."""
    if ended():
        return frozenset()
    whole = graph(condition, levers, 1)
    simple = {
        whole.formulas[leaves[0]]: place
        for place, leaves in enumerate(whole.leaves)
        if len(leaves) == 1 and whole.rising[place]
    }
    uses = {place: _uses(whole, place) for place in simple.values()}
    found = set()
    for place, (asked, limits) in uses.items():
        for other in _beside(whole, asked, simple):
            if asked <= uses[other][0] and uses[other][1] <= limits and preference.prefers(other, place):
                found.add(place)
                break
    return frozenset(found)


def _uses(whole: Graph, place: int) -> tuple[set[int], set[tuple[int, int]]]:
    """What a lever with a single leaf is an operand of, and what its negation is, with the weights there."""
    (leaf,) = whole.leaves[place]
    asked: set[int] = set()
    limits: set[tuple[int, int]] = set()
    for parent, _ in whole.parents[leaf]:
        if parent >= 0 and isinstance(whole.formulas[parent], Negation):
            limits.update(whole.parents[parent])
        else:
            asked.add(parent)
    return asked, limits


def _beside(whole: Graph, asked: set[int], simple: dict[Formula, int]) -> list[int]:
    """The levers that may be alternatives wherever these formulas are; none if one of these is not a choice between
    alternatives."""
    if ROOT in asked or not asked:
        return []
    alternatives = [whole.formulas[each] for each in asked]
    if not all(isinstance(each, Disjunction) for each in alternatives):
        return []
    fewest = min((operands(each) for each in alternatives), key=len)
    return [simple[each] for each in fewest if each in simple] if len(fewest) <= FEW else []
