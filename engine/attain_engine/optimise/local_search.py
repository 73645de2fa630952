"""The truth of a condition while levers are moved, one at a time; and plans without a needless step.

Each formula keeps the weight of its operands that hold; moving a lever touches only what depends on it and turns.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence
from itertools import repeat
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
    """A condition in normal form and the step each lever is at (0: not used), 0 everywhere if nothing else is said."""

    def __init__(self, condition: Condition, levers: tuple[Lever, ...], steps: Sequence[int] | None = None) -> None:
        self.levers = levers
        self.steps = [0] * len(levers) if steps is None else list(steps)
        self._constant = condition if isinstance(condition, bool) else None
        order = list(subformulas((condition,)))
        numbers = {formula: number for number, formula in enumerate(order)}
        self._root = len(order) - 1
        self._missing: list[int] = []
        """By how much the weight of the operands that hold falls short of what each formula needs."""
        self._parents: list[list[tuple[int, int]]] = [[] for _ in order]
        self._leaves: list[list[list[int]]] = [[[] for _ in (0, *lever.values)] for lever in levers]
        places = {
            (lever.choice.name, value): (index, step)
            for index, lever in enumerate(levers)
            for step, value in enumerate(lever.values, start=1)
        }
        for number, formula in enumerate(order):  # operands come before what they are in
            terms: Iterable[tuple[Formula, int]]
            match formula:
                case Atom() | AmountAtLeast():
                    level = (formula.name, 1) if isinstance(formula, Atom) else (formula.amount.name, formula.least)
                    index, step = places[level]
                    self._leaves[index][step].append(number)
                    self._missing.append(0 if self.steps[index] >= step else 1)
                    continue
                case Reaches():
                    terms, needed = formula.terms, formula.bound
                case Negation():  # what it needs is nothing, and it loses 1 when the leaf below it holds
                    terms, needed = ((formula.operand, -1),), 0
                case Conjunction() | Disjunction():
                    terms = zip(formula.below, repeat(1))
                    needed = len(formula.below) if type(formula) is Conjunction else 1
                case _:
                    raise TypeError(formula)
            for each, weight in terms:
                operand = numbers[each]
                self._parents[operand].append((number, weight))
                if self._missing[operand] <= 0:
                    needed -= weight
            self._missing.append(needed)

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
            self.move(index, bisect_right(lever.values, count))

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
    unwanted = {
        formula.operand.name if isinstance(formula.operand, Atom) else formula.operand.amount.name
        for formula in subformulas((condition,))
        if isinstance(formula, Negation) and isinstance(formula.operand, (Atom, AmountAtLeast))
    }
    tops = [0 if lever.choice.name in unwanted else len(lever.values) for lever in levers]
    return Evaluation(condition, levers, tops)


@frozen
class Start:
    """What is known of a problem before the search. `hopeless`: its goal fails even with everything done that there is,
    limits or no limits. `units`: how much some plan uses of each choice; that is seldom the best. (False, and None, say
    nothing.) `goal`: its condition without the limits, to strip other plans of it."""

    hopeless: bool
    units: Mapping[Any, int] | None
    goal: Evaluation

    def stripped(self, units: Mapping[Any, int], ended: Ended = never) -> Mapping[Any, int]:
        """A plan without its needless steps; none of its totals rises by that. No limit is broken by using less."""
        self.goal.use(units)
        self.goal.strip(ended)
        return self.goal.units()


def start(condition: Condition, levers: tuple[Lever, ...], ended: Ended = never) -> Start:
    """Everything, less what is not needed (as far as there is time to find out), for a condition in normal form."""
    if isinstance(condition, bool):
        return Start(not condition, {} if condition else None, Evaluation(condition, levers))
    whole = parts(condition)
    wanted = tuple(part for part in whole if not is_limit(part))
    goal = conjunction(wanted)
    reached = everything(goal, levers)
    if not reached.holds:
        return Start(not any(isinstance(formula, Negation) for formula in subformulas((goal,))), None, reached)
    reached.strip(ended)
    units = reached.units()
    if len(wanted) < len(whole):
        limited = Evaluation(conjunction(part for part in whole if is_limit(part)), levers)
        limited.use(units)
        if not limited.holds:
            return Start(False, None, reached)
    return Start(False, units, reached)
