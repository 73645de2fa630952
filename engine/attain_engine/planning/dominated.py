"""Choices that another one makes needless.

A choice is dominated if it occurs only as an alternative, each time beside the same other choice that is preferred to
it (`weights.Preference`), and both are rising. A plan that uses it can use the other instead: every alternative that
it made true is true by the other, and whatever else the other is part of only gains.
"""

from __future__ import annotations

from attain_engine.planning.graph import ROOT, Graph, graph
from attain_engine.planning.levers import Lever
from attain_engine.planning.weights import Preference
from attain_engine.residual import Condition, Disjunction, Formula, operands

FEW = 64
"""Where a choice occurs only among more alternatives than these, it is left to `alike`."""


def dominated(condition: Condition, levers: tuple[Lever, ...], preference: Preference) -> frozenset[int]:
    """The levers, by place, that are dominated."""
    whole = graph(condition, levers, 1)
    simple = {
        whole.formulas[leaves[0]]: place
        for place, leaves in enumerate(whole.leaves)
        if len(leaves) == 1 and whole.rising[place]
    }
    parents = {place: {parent for parent, _ in whole.parents[whole.leaves[place][0]]} for place in simple.values()}
    found = set()
    for place, occurrences in parents.items():
        for other in _beside(whole, occurrences, simple):
            if occurrences <= parents[other] and preference.prefers(other, place) and other != place:
                found.add(place)
                break
    return frozenset(found)


def _beside(whole: Graph, occurrences: set[int], simple: dict[Formula, int]) -> list[int]:
    """The levers that may be alternatives wherever these formulas are; none if one of these is not a choice between
    alternatives."""
    if ROOT in occurrences:
        return []
    alternatives = [whole.formulas[each] for each in occurrences]
    if not all(isinstance(each, Disjunction) for each in alternatives):
        return []
    fewest = min((operands(each) for each in alternatives), key=len)
    return [simple[each] for each in fewest if each in simple] if len(fewest) <= FEW else []
