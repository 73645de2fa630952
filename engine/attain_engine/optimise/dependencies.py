"""A condition as a graph: what each formula is part of, and which levers it depends on."""

from __future__ import annotations

from collections.abc import Sequence

from attain_compiler.frozen import frozen
from attain_engine.open.conditions import (
    AmountAtLeast,
    Atom,
    Condition,
    Formula,
    Negation,
    Reaches,
    subformulas,
)
from attain_engine.open.normal_form import parts
from attain_engine.optimise.order_encoding import Lever

ROOT = -1
"""What the parts of the condition are part of: all of them must hold."""

LIMIT = -2
"""What those parts are part of that only say what is not to be used: using less never makes them false."""


@frozen
class Graph:
    """Formulas by number, operands before what they are part of; levers by their place in `levers`.

    `sizes`: how many operands each formula has. `parents`: for each formula, what it is an operand of, and with what
    weight there (1 but in sums). `support`: the levers a formula depends on, None if they are more than the limit.
    `falling`: the formulas that only say what is not to be used. `leaves`: for each lever, the formulas that are it
    or one of its levels (negated ones are operands of these). `rising`: the levers that nothing but limits asks not
    to use: to use one more never makes the condition false but by a limit, and to use one less never makes it true
    but by a limit."""

    formulas: tuple[Formula, ...]
    sizes: tuple[int, ...]
    parents: tuple[tuple[tuple[int, int], ...], ...]
    support: tuple[frozenset[int] | None, ...]
    falling: tuple[bool, ...]
    leaves: tuple[tuple[int, ...], ...]
    rising: tuple[bool, ...]


def graph(condition: Condition, levers: Sequence[Lever], limit: int) -> Graph:
    """The graph of a condition in normal form; supports of more than `limit` levers are left out."""
    roots = parts(condition)
    formulas = tuple(subformulas(roots))
    numbers = {formula: number for number, formula in enumerate(formulas)}
    places = {lever.choice.name: place for place, lever in enumerate(levers)}
    parents: list[list[tuple[int, int]]] = [[] for _ in formulas]
    support: list[frozenset[int] | None] = []
    leaves: list[list[int]] = [[] for _ in levers]
    rising = [True] * len(levers)
    falling: list[bool] = []
    sizes: list[int] = []
    for number, formula in enumerate(formulas):
        sizes.append(len(formula.below))
        if not formula.below:
            place = _place(formula, places)
            support.append(frozenset((place,)))
            leaves[place].append(number)
            falling.append(False)
            continue
        below = [numbers[each] for each in formula.below]
        if isinstance(formula, Reaches):
            for each, (_, weight) in zip(below, formula.terms, strict=True):
                parents[each].append((number, weight))
        else:
            once = number, 1
            for each in below:
                parents[each].append(once)
        falling.append(isinstance(formula, Negation) or all(falling[each] for each in below))
        support.append(_union([support[each] for each in below], limit))
    for root in roots:
        parents[numbers[root]].append((LIMIT if falling[numbers[root]] else ROOT, 1))
    for formula in subformulas(root for root in roots if not falling[numbers[root]]):
        if isinstance(formula, Negation):
            for unwanted in support[numbers[formula.operand]] or ():
                rising[unwanted] = False
    return Graph(
        formulas,
        tuple(sizes),
        tuple(map(tuple, parents)),
        tuple(support),
        tuple(falling),
        tuple(map(tuple, leaves)),
        tuple(rising),
    )


def _place(formula: Formula, places: dict[object, int]) -> int:
    match formula:
        case Atom():
            return places[formula.name]
        case AmountAtLeast():
            return places[formula.amount.name]
        case _:
            raise TypeError(formula)


def _union(supports: list[frozenset[int] | None], limit: int) -> frozenset[int] | None:
    if len(supports) == 1:
        return supports[0]
    found: set[int] = set()
    for each in supports:
        if each is None:
            return None
        found |= each
        if len(found) > limit:
            return None
    return frozenset(found)
