"""Whether any so many of some choices would do in a plan, all else as it is."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property
from heapq import heappop, heappush
from itertools import combinations, repeat
from math import comb
from typing import Any

from attain_engine.open.comparing import at_least
from attain_engine.open.conditions import (
    Amount,
    AmountAtLeast,
    Atom,
    Condition,
    Conjunction,
    Derived,
    Disjunction,
    Formula,
    Negation,
    Reaches,
    conjunction,
    decision,
    disjunction,
    negation,
    subformulas,
)
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
    exchange = _Exchange(settled(condition, solution, frozenset(pool), units))
    return all(exchange.keeps(pool[0], each) for each in pool[1:])


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


class _Exchange:
    """A condition in which choices change places, two at a time: only what depends on the two is looked at."""

    def __init__(self, condition: Condition) -> None:
        self._root = condition
        self._order = {formula: number for number, formula in enumerate(subformulas((condition,)))}
        self._formulas = list(self._order)  # what each is made of comes before it
        self._above: dict[Formula, list[int]] = {}
        for number, formula in enumerate(self._formulas):
            for each in formula.below:
                self._above.setdefault(each, []).append(number)
        self._worked_out = [
            each for each in self._formulas if isinstance(each, AmountAtLeast) and isinstance(each.amount.name, Derived)
        ]

    def keeps(self, one: Any, other: Any) -> bool:
        """Whether the condition stays the very same where two choices change places."""
        places = {one: decision(other), other: decision(one)}

        def atom(each: Atom) -> Condition | None:
            return places.get(each.name) if each.kind == "decision" else None

        swapped = Substitution(atom, lambda _: None)
        images: dict[Formula, Condition] = {}
        todo = {self._order[each] for each in (*places.values(), *self._worked_out) if each in self._order}
        waiting = sorted(todo)  # a heap
        while waiting:
            formula = self._formulas[heappop(waiting)]
            image = _image(formula, images) if formula.below else swapped.condition(formula)
            if image is not formula:
                images[formula] = image
                for above in self._above.get(formula, ()):
                    if above not in todo:
                        todo.add(above)
                        heappush(waiting, above)
        return self._root not in images


def _image(formula: Formula, images: Mapping[Formula, Condition]) -> Condition:
    """A formula with other operands in the place of some."""
    terms = formula.terms if isinstance(formula, Reaches) else zip(formula.below, repeat(1))
    moved = [(each, images[each], weight) for each, weight in terms if each in images]
    if {(each, weight) for each, _, weight in moved} == {(image, weight) for _, image, weight in moved}:
        return formula  # they only change places
    match formula:
        case Negation(operand=operand):
            return negation(images[operand])
        case Conjunction(operands=operands):
            return conjunction(images.get(each, each) for each in operands)
        case Disjunction(operands=operands):
            return disjunction(images.get(each, each) for each in operands)
        case Reaches(terms=terms, bound=bound):
            return at_least(weighted((images.get(each, each), weight) for each, weight in terms), bound)
        case _:
            raise TypeError(formula)
