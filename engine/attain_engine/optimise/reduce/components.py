"""Modules: levers that belong together, such as the certificates of one person, and how a condition sees them.

A module is a set of levers; its inner formulas depend on it alone. What the rest of the condition sees of it is its
form: for each inner formula that is an operand of an outer one, how it is built over the module's levers by their
places, and which outer formulas it is an operand of, with what weight. Two modules of one form may be exchanged,
lever for lever: outer formulas have the one's operands just where they have the other's, so each of them becomes
itself.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Hashable, Iterator
from dataclasses import dataclass, field
from typing import Any, TypeAlias

from attain_compiler.frozen import frozen
from attain_engine.open.conditions import AmountAtLeast, Formula, Reaches, operands
from attain_engine.optimise.dependencies import Graph
from attain_engine.optimise.order_encoding import Lever

Uses: TypeAlias = tuple[tuple[int, int], ...]
"""What a formula is an operand of, with what weight there."""

Interface: TypeAlias = tuple[tuple[int, tuple[int, ...]], ...]

LARGEST = 48
"""Levers that belong together are not looked at in larger sets."""

MOST_LINKS = 100_000
"""After so many looks at what formulas are part of, no larger modules are looked for. Steps at many times belong
together in ever larger sets, one for each day by which they may be done."""


@frozen
class Module:
    """Levers, in the order in which they match those of other modules of the same form; and the interface: for each
    outer formula with operands in the module (by number), the weights of these operands there."""

    levers: tuple[int, ...]
    form: Hashable
    interface: Interface


def modules(
    graph: Graph, levers: tuple[Lever, ...], rank: Callable[[int], Any]
) -> Iterator[tuple[tuple[Module, ...], frozenset[int]]]:
    """Divisions of the levers into modules, from each lever by itself to ever larger ones: all modules, and the
    places of those that were not in the division before. Levers that play the same part in a module are ordered by
    `rank`."""
    reader = _Reader(graph, levers, rank)
    owner = list(range(len(levers)))
    members: dict[int, list[int]] = {place: [place] for place in owner}
    # Those that are part of the same are alike at the most; of steps at many times each is part of something else.
    beyond = [reader.beyond(place) for place in owner]
    same = Counter(beyond)
    known = {place: reader.module(each) for place, each in members.items() if same[beyond[place]] > 1}
    yield tuple(known.values()), frozenset(range(len(known)))
    joining: dict[int, list[frozenset[int]]] = {}
    for support in graph.support:
        if support is not None and len(support) > 1:
            joining.setdefault(len(support), []).append(support)
    for size in sorted(joining):
        changed: set[int] = set()
        for support in joining[size]:
            owners = {owner[place] for place in support}
            if len(owners) == 1 or sum(len(members[each]) for each in owners) > LARGEST:
                continue
            first = min(owners)
            for other in owners - {first}:
                for place in members[other]:
                    owner[place] = first
                members[first] += members.pop(other)
                changed.discard(other)
                known.pop(other, None)
            changed.add(first)
        if reader.links > MOST_LINKS:
            return
        if changed:
            known |= {each: reader.module(members[each]) for each in changed}
            yield tuple(known.values()), frozenset(index for index, each in enumerate(known) if each in changed)


@dataclass(slots=True)
class _Reader:
    graph: Graph
    levers: tuple[Lever, ...]
    rank: Callable[[int], Any]
    builds: dict[Hashable, int] = field(default_factory=dict)
    outside: dict[Uses, tuple[frozenset[tuple[int, int]], Interface] | None] = field(default_factory=dict)
    links: int = 0
    """How many times what a formula is part of was looked at."""

    def beyond(self, place: int) -> Hashable:
        """What its leaves are directly part of with others: those that are alike have it in common."""
        support = self.graph.support
        return frozenset(
            parent
            for leaf in self.graph.leaves[place]
            for parent, _ in self.graph.parents[leaf]
            if parent < 0 or (of := support[parent]) is None or len(of) > 1
        )

    def module(self, places: list[int]) -> Module:
        """The module of these levers."""
        alone = self._alone(*places) if len(places) == 1 else None
        return alone or self._joined(places)

    def _alone(self, place: int) -> Module | None:
        """The module of a lever with a single leaf and nothing else that depends on it alone, as most are to begin
        with."""
        leaves = self.graph.leaves[place]
        if len(leaves) != 1:
            return None
        outer = self.graph.parents[leaves[0]]
        if outer not in self.outside:
            self.outside[outer] = self._outside(outer)
        known = self.outside[outer]
        if known is None:
            return None
        uses, interface = known
        built = self._build(leaves[0], {place: 0}, {})
        form = frozenset(((built, uses),)) if outer else frozenset()
        return Module((place,), ((self.levers[place].values,), form), interface)

    def _outside(self, outer: Uses) -> tuple[frozenset[tuple[int, int]], Interface] | None:
        """What a lever with a single leaf is part of, which many have in common; None if it is not all outside."""
        weights: dict[int, tuple[int, ...]] = {}
        for parent, weight in outer:
            support = self.graph.support[parent] if parent >= 0 else None
            if support is not None and len(support) == 1:
                return None
            weights[parent] = (*weights.get(parent, ()), weight)
        return frozenset(outer), tuple((parent, tuple(sorted(each))) for parent, each in sorted(weights.items()))

    def _joined(self, places: list[int]) -> Module:
        inside = frozenset(places)
        inner = self._inner(inside)
        self.links += sum(len(self.graph.parents[number]) for number in inner)
        uses = {
            number: tuple((parent, weight) for parent, weight in self.graph.parents[number] if parent not in inner)
            for number in inner
        }
        order = sorted(inside, key=lambda place: (self._part(place, uses), self.rank(place), place))
        positions = {place: position for position, place in enumerate(order)}
        built: dict[Formula, int] = {}
        for number in sorted(inner):
            built[self.graph.formulas[number]] = self._build(number, positions, built)
        form = frozenset(
            (built[self.graph.formulas[number]], frozenset(outer)) for number, outer in uses.items() if outer
        )
        weights: dict[int, list[int]] = {}
        for outer in uses.values():
            for parent, weight in outer:
                weights.setdefault(parent, []).append(weight)
        return Module(
            tuple(order),
            (tuple(self.levers[place].values for place in order), form),
            tuple((parent, tuple(sorted(each))) for parent, each in sorted(weights.items())),
        )

    def _inner(self, inside: frozenset[int]) -> set[int]:
        """The formulas that depend on these levers alone."""
        inner: set[int] = set()
        stack = [leaf for place in inside for leaf in self.graph.leaves[place]]
        while stack:
            number = stack.pop()
            support = self.graph.support[number] if number >= 0 else None
            if number not in inner and support is not None and support <= inside:
                inner.add(number)
                stack.extend(parent for parent, _ in self.graph.parents[number])
        return inner

    def _part(self, place: int, uses: dict[int, tuple[tuple[int, int], ...]]) -> Any:
        """The part that a lever plays in its module, as far as its direct uses show it."""
        part = []
        for leaf in self.graph.leaves[place]:
            part.append((0, *uses[leaf]))
            for parent, weight in self.graph.parents[leaf]:
                if parent in uses:
                    part.append((1, (weight, self.graph.sizes[parent]), *uses[parent]))
        return sorted(part)

    def _build(self, number: int, positions: dict[int, int], built: dict[Formula, int]) -> int:
        """A number for how a formula is built over the places of a module: the same just if it is built alike."""
        formula = self.graph.formulas[number]
        key: Hashable
        support = self.graph.support[number]
        terms = formula.terms if isinstance(formula, Reaches) else tuple((each, 1) for each in operands(formula))
        if terms:
            bound = formula.bound if isinstance(formula, Reaches) else 0
            key = type(formula).__name__, bound, tuple(sorted((built[each], weight) for each, weight in terms))
        else:
            assert support is not None
            (place,) = support
            key = "leaf", positions[place], formula.least if isinstance(formula, AmountAtLeast) else 1
        return self.builds.setdefault(key, len(self.builds))
