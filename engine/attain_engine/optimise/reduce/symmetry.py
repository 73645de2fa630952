"""Levers that are alike: which of them need never be used, or only after others.

Modules of one form (`modules`) may be exchanged. Of two, let each lever of the one be preferred (`weights.Preference`)
to its match in the other: then the other is used only if the one is (if it were not, what is used of the other could be
used of the one instead, at no more cost in any objective). This holds whether the condition is monotone or not.

Surplus: let the levers be rising (but for limits, using more of them never makes the condition false). Then of a plan
only what some formula needs is used: in a sum with bound b, at most b/w terms of weight w or more, rounded up; of any
alternatives, one; and where one formula implies another, what it needs is enough for both. So of the modules of one
form no more than K are used in all, the sum of these needs over the outer formulas. A module with K preferred to it
is never used: one of the K is free."""

from __future__ import annotations

from collections.abc import Hashable, Iterator
from dataclasses import dataclass, field
from operator import le

from attain_compiler.frozen import frozen
from attain_engine.open.conditions import Condition, Conjunction, Formula, Reaches
from attain_engine.optimise.dependencies import LIMIT, ROOT, Graph, graph
from attain_engine.optimise.ending import Ended, never
from attain_engine.optimise.order_encoding import Lever
from attain_engine.optimise.reduce.chains import Chains
from attain_engine.optimise.reduce.components import LARGEST, Module, modules
from attain_engine.optimise.weights import Preference, Weights

MOST_AFTER = 3
"""A module is put directly after so many others at most."""

LOOK_BACK = 256
"""So many modules are looked at, at most, for those that are preferred to one."""


@frozen
class After:
    """The levers of one module, and those of another that is used before it."""

    later: tuple[int, ...]
    earlier: tuple[int, ...]


def surplus(
    condition: Condition, levers: tuple[Lever, ...], preference: Preference, ended: Ended = never
) -> frozenset[int]:
    """The levers, by place, that need never be used, as far as there is time to find out."""
    if ended():
        return frozenset()
    found: set[int] = set()
    whole = graph(condition, levers, LARGEST)
    needs = _Needs(whole)
    for alike in _classes(whole, levers, preference):
        if ended():
            break
        if not all(whole.rising[place] for module in alike for place in module.levers):
            continue
        capacity = needs.of(alike[0], len(alike))
        if capacity is None:
            continue
        if len(alike[0].levers) == 1:
            found.update(_beyond([module.levers[0] for module in alike], capacity, preference))
            continue
        kept: list[Module] = []
        for module in alike:
            before = 0
            for other in kept:
                before += preference.prefers_all(other.levers, module.levers)
                if before == capacity:
                    found.update(module.levers)
                    break
            else:
                kept.append(module)
    return frozenset(found)


def _beyond(places: list[int], capacity: int, preference: Preference) -> Iterator[int]:
    """Of single levers in the order of their ranks, those with so many preferred to them: all before them that add
    the same, or less, to every objective."""
    kept: dict[Weights, int] = {}
    for place in places:
        own = preference.weights(place)
        before = sum(count for weights, count in kept.items() if all(map(le, weights, own)))
        if before >= capacity:
            yield place
        else:
            kept[own] = kept.get(own, 0) + 1


def orders(
    condition: Condition, levers: tuple[Lever, ...], preference: Preference, ended: Ended = never
) -> tuple[After, ...]:
    """Which modules are used only after which, as far as there is time to find out."""
    found: dict[After, None] = {}
    if ended():
        return ()
    for alike in _classes(graph(condition, levers, LARGEST), levers, preference):
        if ended():
            break
        for index, module in enumerate(alike):
            direct: list[Module] = []
            for other in reversed(alike[max(0, index - LOOK_BACK) : index]):
                if len(direct) == MOST_AFTER:
                    break
                if preference.prefers_all(other.levers, module.levers) and not any(
                    preference.prefers_all(other.levers, nearer.levers) for nearer in direct
                ):
                    direct.append(other)
            found.update(dict.fromkeys(After(module.levers, other.levers) for other in direct))
    return tuple(found)


def _classes(whole: Graph, levers: tuple[Lever, ...], preference: Preference) -> Iterator[list[Module]]:
    """The modules of one form, those first that may be preferred to later ones."""
    for division, new in modules(whole, levers, preference.rank):
        forms: dict[Hashable, list[int]] = {}
        for index, module in enumerate(division):
            forms.setdefault(module.form, []).append(index)
        for indices in forms.values():
            if len(indices) < 2 or new.isdisjoint(indices):
                continue
            yield sorted(
                (division[index] for index in indices),
                key=lambda module: tuple(map(preference.rank, module.levers)),
            )


@dataclass(slots=True)
class _Needs:
    graph: Graph
    chains: Chains = field(default_factory=Chains)
    families: dict[tuple[int, ...], list[list[int]]] = field(default_factory=dict)

    def of(self, module: Module, there: int) -> int | None:
        """How many modules like this one all outer formulas together need at most; None if that is no fewer than there
        are."""
        needed: dict[int, int] = {}
        for outer, weights in module.interface:
            if outer == ROOT:
                return None
            if outer == LIMIT or self.graph.falling[outer]:
                continue  # a limit needs nothing to be used
            formula = self.graph.formulas[outer]
            match formula:
                case Reaches():
                    needed[outer] = -(-formula.bound // weights[0])
                case Conjunction():
                    return None
                case _:
                    needed[outer] = 1
        if max(needed.values(), default=0) >= there:
            return None
        most = sum(max(needed[outer] for outer in family) for family in self._families(tuple(needed)))
        return most if most < there else None

    def _families(self, outer: tuple[int, ...]) -> list[list[int]]:
        """The formulas in chains of which each implies the one before."""
        if len(outer) == 1:
            return [[*outer]]
        if outer not in self.families:
            numbers: dict[Formula, int] = {self.graph.formulas[number]: number for number in outer}
            found = self.chains.of((formula, 1) for formula in numbers)
            self.families[outer] = [[numbers[formula] for formula, _ in chain] for chain in found]
        return self.families[outer]
