"""Whether any so many of some choices would do in a plan, all else as it is."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cached_property
from itertools import combinations
from math import comb
from typing import Any

from attain_engine.open.conditions import Amount, Atom, Condition, decision
from attain_engine.open.linear import Quantity, weighted
from attain_engine.open.substitution import Substitution
from attain_engine.optimise import Solution
from attain_engine.plan.judged import Judged
from attain_engine.plan.robust import Robust

MOST_TOGETHER = 400
"""So many choices of several steps at once are tried."""

LARGEST = 30_000
"""Whether choices may be exchanged is not looked into where the condition is made of more formulas than these."""


class Pools:
    """The pools of a plan: of each, the steps and the choices that would do instead of them, by name. What is in none
    of them is settled once for all."""

    def __init__(self, robust: Robust, solution: Solution, judged: Judged, pools: Iterable[Iterable[Any]]) -> None:
        self._robust = robust
        self._solution = solution
        self._judged = judged
        self._inside = frozenset(name for pool in pools for name in pool)

    @cached_property
    def _open(self) -> Condition:
        """The goal, with all that is in no pool decided as in the plan."""
        return settled(self._robust.goal, self._solution, self._inside)

    def any_so_many(self, steps: Sequence[Any], instead: Sequence[Any], units: int) -> bool:
        """Whether any so many of these steps and the choices instead of them would do (by name, each made so often): of
        each choice it is known that it would in the place of one step. False where that is not known."""
        if len(steps) == 1 or len(instead) == 1:
            return True
        pool = (*steps, *instead)
        if comb(len(pool), len(steps)) <= MOST_TOGETHER:
            return _all_do(self._robust, pool, len(steps), units, self._judged)
        if self._robust.problem.goal is not self._robust.goal or self._judged.size > LARGEST:
            return False
        return exchangeable(self._open, self._solution, pool, units)


def _all_do(robust: Robust, pool: Sequence[Any], count: int, units: int, judged: Judged) -> bool:
    """Whether all so many of the pool would do, each tried."""
    for made in combinations(pool, count):
        with judged.otherwise({**dict.fromkeys(pool, 0), **dict.fromkeys(made, units)}):
            if not judged.survives(robust):
                return False
    return True


def exchangeable(condition: Condition, solution: Solution, pool: Sequence[Any], units: int) -> bool:
    """Whether, with all else decided as in a plan, a condition stays the very same where the first choice of a pool and
    any other change places: then it does whichever of them do, and asks only how many of the pool are made."""
    rest = settled(condition, solution, frozenset(pool), units)
    return all(_swapped(pool[0], each).condition(rest) is rest for each in pool[1:])


def settled(condition: Condition, solution: Solution, open_: frozenset[Any], units: int | None = None) -> Condition:
    """A condition with all but some choices decided as in a plan. Of the amounts among these it is open whether they
    are made so many `units`; without that, they are left as they are."""

    def atom(each: Atom) -> Condition | None:
        return each.name in solution.made if each.kind == "decision" and each.name not in open_ else None

    def amount(each: Amount) -> Quantity | None:
        if each.kind != "decision":
            return None
        if each.name in open_:
            return None if units is None else weighted(((decision(each.name), units),))
        return solution.amounts.get(each.name, 0)

    return Substitution(atom, amount).condition(condition)


def _swapped(one: Any, other: Any) -> Substitution:
    """Two choices in the place of each other."""
    places = {one: decision(other), other: decision(one)}

    def atom(each: Atom) -> Condition | None:
        return places.get(each.name) if each.kind == "decision" else None

    return Substitution(atom, lambda _: None)
