"""The truth of a condition while levers are moved, one at a time; and plans without a needless step.

Each formula keeps the weight of its operands that hold; moving a lever touches only what depends on it and turns.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from attain_compiler.frozen import frozen
from attain_engine.open.conditions import (
    AmountAtLeast,
    Atom,
    Condition,
    Conjunction,
    Disjunction,
    Formula,
    Negation,
    Reaches,
    conjunction,
    subformulas,
)
from attain_engine.open.normal_form import is_limit, parts
from attain_engine.optimise.ending import Ended, never
from attain_engine.optimise.order_encoding import Lever

AT_A_TIME = 16
"""So many levers are lowered between two looks at the clock."""


class Evaluation:
    """A condition in normal form and the step each lever is at (0: not used), to begin with 0 everywhere."""

    def __init__(self, condition: Condition, levers: tuple[Lever, ...]) -> None:
        self.levers = levers
        self.steps = [0] * len(levers)
        self._constant = condition if isinstance(condition, bool) else None
        order = list(subformulas((condition,)))
        numbers = {formula: number for number, formula in enumerate(order)}
        self._root = len(order) - 1
        self._missing = [0] * len(order)
        self._parents: list[list[tuple[int, int]]] = [[] for _ in order]
        self._leaves: list[list[list[int]]] = [[[] for _ in (0, *lever.values)] for lever in levers]
        places = {
            (lever.choice.name, value): (index, step)
            for index, lever in enumerate(levers)
            for step, value in enumerate(lever.values, start=1)
        }
        for number, formula in enumerate(order):
            match formula:
                case Atom():
                    index, step = places[formula.name, 1]
                    self._leaves[index][step].append(number)
                    self._missing[number] = 1
                case AmountAtLeast():
                    index, step = places[formula.amount.name, formula.least]
                    self._leaves[index][step].append(number)
                    self._missing[number] = 1
                case Negation():
                    # holds to begin with, and loses 1 when the leaf below it holds
                    self._parents[numbers[formula.operand]].append((number, -1))
                case Conjunction():
                    self._missing[number] = len(formula.operands)
                    self._link(number, numbers, ((each, 1) for each in formula.operands))
                case Disjunction():
                    self._missing[number] = 1
                    self._link(number, numbers, ((each, 1) for each in formula.operands))
                case Reaches():
                    self._missing[number] = formula.bound
                    self._link(number, numbers, formula.terms)
                case _:
                    raise TypeError(formula)
        for number, formula in enumerate(order):
            if isinstance(formula, Negation):
                for parent, weight in self._parents[number]:
                    self._missing[parent] -= weight
        self._settle(order)

    def _link(self, number: int, numbers: Mapping[Formula, int], terms: Any) -> None:
        for each, weight in terms:
            self._parents[numbers[each]].append((number, weight))

    def _settle(self, order: list[Formula]) -> None:
        """Pass on what holds with every lever at 0, from the negated leaves up (operands come before what they are
        in)."""
        for number, formula in enumerate(order):
            if not isinstance(formula, (Negation, Atom, AmountAtLeast)) and self._missing[number] <= 0:
                for parent, weight in self._parents[number]:
                    self._missing[parent] -= weight

    @property
    def holds(self) -> bool:
        """Whether the condition holds now."""
        return self._constant if self._constant is not None else self._missing[self._root] <= 0

    def move(self, index: int, step: int) -> None:
        """Put a lever at a step; 0 is not used."""
        now = self.steps[index]
        self.steps[index] = step
        for each in range(now + 1, step + 1):
            for leaf in self._leaves[index][each]:
                self._add(leaf, 1)
        for each in range(now, step, -1):
            for leaf in self._leaves[index][each]:
                self._add(leaf, -1)

    def _add(self, number: int, weight: int) -> None:
        stack = [(number, weight)]
        while stack:
            number, weight = stack.pop()
            before = self._missing[number] <= 0
            self._missing[number] -= weight
            after = self._missing[number] <= 0
            if before != after:
                sign = 1 if after else -1
                stack.extend((parent, sign * each) for parent, each in self._parents[number])

    def units(self) -> dict[Any, int]:
        """How much of each lever is used, by the name of its choice."""
        return {
            lever.choice.name: lever.values[step - 1]
            for lever, step in zip(self.levers, self.steps, strict=True)
            if step
        }

    def use(self, units: Mapping[Any, int]) -> None:
        """Put every lever at the highest step that so many units reach."""
        for index, lever in enumerate(self.levers):
            count = units.get(lever.choice.name, 0)
            self.move(index, sum(1 for value in lever.values if value <= count))

    def strip(self, ended: Ended = never) -> None:
        """Lower every lever as far as the condition, which holds, goes on holding; the dearest first. No objective
        rises by it. In the end no single lever can be lowered further, if there was time to find out."""
        dearest = sorted(
            range(len(self.levers)),
            key=lambda index: -self.levers[index].choice.cost(self.levers[index].values[-1]),
        )
        lowered = True
        while lowered:
            lowered = False
            for looked, index in enumerate(dearest):
                top = self.steps[index]
                if looked % AT_A_TIME == 0 and ended():
                    return
                for step in range(top):
                    self.move(index, step)
                    if self.holds:
                        lowered = True
                        break
                else:
                    self.move(index, top)


def everything(condition: Condition, levers: tuple[Lever, ...]) -> Evaluation:
    """The condition with every lever used in full, except for those that the condition anywhere asks not to use."""
    evaluation = Evaluation(condition, levers)
    unwanted = {
        formula.operand.name if isinstance(formula.operand, Atom) else formula.operand.amount.name
        for formula in subformulas((condition,))
        if isinstance(formula, Negation) and isinstance(formula.operand, (Atom, AmountAtLeast))
    }
    for index, lever in enumerate(levers):
        if lever.choice.name not in unwanted:
            evaluation.move(index, len(lever.values))
    return evaluation


@frozen
class Start:
    """What is known of a problem before the search. `hopeless`: its goal fails even with everything done that there is,
    limits or no limits. `units`: how much some plan uses of each choice; that is seldom the best. (False, and None, say
    nothing.)"""

    hopeless: bool
    units: Mapping[Any, int] | None


def start(condition: Condition, levers: tuple[Lever, ...], ended: Ended = never) -> Start:
    """Everything, less what is not needed (as far as there is time to find out), for a condition in normal form."""
    if isinstance(condition, bool):
        return Start(not condition, {} if condition else None)
    whole = parts(condition)
    wanted = tuple(part for part in whole if not is_limit(part))
    goal = conjunction(wanted)
    reached = everything(goal, levers)
    if not reached.holds:
        return Start(not any(isinstance(formula, Negation) for formula in subformulas((goal,))), None)
    reached.strip(ended)
    units = reached.units()
    if len(wanted) < len(whole):
        limited = Evaluation(condition, levers)
        limited.use(units)
        if not limited.holds:
            return Start(False, None)
    return Start(False, units)
