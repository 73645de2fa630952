"""What levers add to the objectives, as whole numbers that can be compared."""

from __future__ import annotations

from collections.abc import Sequence
from math import lcm
from operator import le
from typing import TypeAlias

from attain_engine.optimise.order_encoding import Lever
from attain_engine.optimise.problem import Objective

Weights: TypeAlias = tuple[int, ...]
"""For each objective and each value of a lever: what it adds."""


def weights(levers: Sequence[Lever], objectives: Sequence[Objective]) -> tuple[Weights, ...]:
    """The weights of each lever."""
    exact = [
        tuple([lever.choice.weight(objective, value) for objective in objectives for value in lever.values])
        for lever in levers
    ]
    scaling = lcm(*{weight.denominator for each in exact for weight in each})
    return tuple(tuple(int(weight * scaling) for weight in each) for each in exact)


class Preference:
    """Which of two levers with the same values is never worse, in every objective at once.

    A lever is preferred to another if it adds no more to any objective at any value, and among equals if it comes
    first. All reductions go by this one order, so they hold together: of the best plans take one with the least sum
    of all weights, and of these one with the least sum of the places of the levers it uses, counted from 1. Each
    reduction forbids only what could be turned into another best plan that is lower in this order; so that plan is
    never forbidden."""

    def __init__(self, levers: Sequence[Lever], objectives: Sequence[Objective]) -> None:
        self._weights = weights(levers, objectives)
        order = sorted(range(len(levers)), key=self._weights.__getitem__)  # of equal ones, the first comes first
        self._ranks = dict(zip(order, range(len(levers)), strict=True))

    def prefers(self, first: int, second: int) -> bool:
        """Whether the lever at the first place is preferred to the one at the second."""
        ones, others = self._weights[first], self._weights[second]
        if ones == others:
            return first < second
        return all(map(le, ones, others))

    def prefers_all(self, first: tuple[int, ...], second: tuple[int, ...]) -> bool:
        """Whether each lever of the first is preferred to the one that it matches."""
        return all(map(self.prefers, first, second))

    def weights(self, place: int) -> Weights:
        """What the lever at a place adds."""
        return self._weights[place]

    def rank(self, place: int) -> int:
        """A lever that is preferred to another has a lower rank."""
        return self._ranks[place]
