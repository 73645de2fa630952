"""A plan, and others that differ from it in a step or two: what holds of each of them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from typing import Any

from attain_engine.open.conditions import Condition
from attain_engine.open.quantities import Exact, Quantity
from attain_engine.open.unknowns import rests_on_unknowns
from attain_engine.open.valuation import Valuation
from attain_engine.optimise import Solution
from attain_engine.plan.robust import Robust, breaking, carried_out
from attain_engine.solve.certain import is_certain


class Judged:
    """A plan to begin with. Only what depends on the steps that are taken otherwise is worked out anew."""

    def __init__(self, solution: Solution) -> None:
        self._solution = solution
        self._valuation = Valuation(solution.made, solution.amounts)
        self._otherwise: dict[Any, int] = {}
        self._unknown: dict[int, tuple[Condition | Quantity, bool]] = {}

    @property
    def size(self) -> int:
        """How many formulas were looked at so far."""
        return self._valuation.size

    @contextmanager
    def otherwise(self, units: Mapping[Any, int]) -> Iterator[None]:
        """With so much made of some choices, by name, instead of what the plan makes of them."""
        before = {name: self._valuation.units(name) for name in units}
        for name, count in units.items():
            self._valuation.decide(name, count)
            self._otherwise[name] = count
        try:
            yield
        finally:
            for name, count in before.items():
                self._valuation.decide(name, count)
                del self._otherwise[name]

    def holds(self, condition: Condition) -> bool:
        """Whether a condition holds for certain."""
        if isinstance(condition, bool):
            return condition
        if not self.is_unknown(condition):
            return self._valuation.holds(condition)
        now = self._now()
        return is_certain(carried_out(now.made, now.amounts).condition(condition))

    def is_unknown(self, of: Condition | Quantity) -> bool:
        """Whether anything unknown is in a condition or a number."""
        if id(of) not in self._unknown:
            self._unknown[id(of)] = of, rests_on_unknowns(of)
        return self._unknown[id(of)][1]

    def value(self, number: Quantity) -> Exact:
        """What a number is, of which nothing is unknown."""
        return self._valuation.value(number)

    def survives(self, robust: Robust) -> bool:
        """Whether the plan does whatever the unknowns turn out to be."""
        if not self._valuation.holds(robust.problem.goal):
            return False
        return robust.problem.goal is robust.goal or breaking(robust.goal, self._now()) is None

    def _now(self) -> Solution:
        made, amounts = set(self._solution.made), dict(self._solution.amounts)
        for name, count in self._otherwise.items():
            if name in amounts or count > 1:
                amounts[name] = count
            elif count:
                made.add(name)
            else:
                made.discard(name)
        return replace(self._solution, made=frozenset(made), amounts=amounts)
