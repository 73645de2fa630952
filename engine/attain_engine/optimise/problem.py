"""A planning problem, and what is found of it.

A plan says which yes-or-no choices are made and how much of each amount. It is feasible if the goal and every
constraint hold of it; of the feasible plans the best is sought, by the objectives in their order of importance.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any, Literal, TypeAlias

from attain_compiler.frozen import frozen
from attain_engine.open.conditions import Amount, Condition, conjunction
from attain_engine.open.valuation import holds

Exact: TypeAlias = int | Fraction
Objective: TypeAlias = Literal["cost", "changes", "time"]
Status: TypeAlias = Literal["proved", "best found", "impossible", "nothing found"]

OBJECTIVES: tuple[Objective, ...] = ("cost", "changes", "time")


@dataclass(frozen=True, slots=True)
class Choice:
    """Something that can be decided: yes or no, or how much of an amount. Costs and days are not negative.

    `name` is the name of the decision (or of the amount) in the conditions. A yes-or-no choice that is made counts as
    one unit. Costs are in the currency of the policy, `days` the days until it is done; `days_by_unit` says them
    exactly for a number of units where they are no multiple (months are not), and never falls.
    """

    name: Any
    amount: Amount | None
    cost_once: Exact
    cost_each: Exact
    days_once: int
    days_each: int
    changes: int = 1
    days_by_unit: Callable[[int], int] | None = None

    def __post_init__(self) -> None:
        if min(self.cost_once, self.cost_each, self.days_once, self.days_each, self.changes) < 0:
            raise ValueError(f"a choice with a negative cost, duration or number of changes: {self.name!r}")

    def cost(self, units: int) -> Exact:
        """What so many units cost; nothing if there are none."""
        return self.cost_once + self.cost_each * units if units else 0

    def days(self, units: int) -> int:
        """How many days so many units take."""
        if units and self.days_by_unit is not None:
            return self.days_by_unit(units)
        return self.days_once + self.days_each * units if units else 0

    def weight(self, objective: Objective, units: int) -> Exact:
        """What so many units add to an objective (for `time`: the least that it must be)."""
        match objective:
            case "cost":
                return self.cost(units)
            case "changes":
                return self.changes if units else 0
            case "time":
                return self.days(units)


@frozen
class Problem:
    """What must hold, and what can be decided. A decision in the conditions that no choice is about is never made; what
    is unknown in them is not relied upon: a plan must do whatever the unknown turns out to be.

    `budget` is what a plan may cost at most, `within` the days it may take at most; None: no matter. (Said as a
    constraint, a budget is slow: it makes all choices differ.)
    """

    goal: Condition
    choices: tuple[Choice, ...]
    constraints: tuple[Condition, ...] = ()
    budget: Exact | None = None
    within: int | None = None

    def required(self) -> Condition:
        """The goal and all the constraints."""
        return conjunction((self.goal, *self.constraints))


@frozen
class Solution:
    """A plan: the yes-or-no choices made, the amounts above 0, and what it comes to: cost, number of changes, and days
    (of the longest; all are begun at once)."""

    made: frozenset[Any]
    amounts: Mapping[Any, int]
    cost: Exact
    changes: int
    days: int

    def total(self, objective: Objective) -> Exact:
        """What the plan comes to in an objective."""
        match objective:
            case "cost":
                return self.cost
            case "changes":
                return self.changes
            case "time":
                return self.days

    def affordable(self, problem: Problem) -> bool:
        """Whether the plan keeps to the budget and the days of a problem."""
        return (problem.budget is None or self.cost <= problem.budget) and (
            problem.within is None or self.days <= problem.within
        )

    def satisfies(self, condition: Condition) -> bool:
        """Whether a condition holds of the plan."""
        return holds(condition, self.made, dict(self.amounts))

    def used(self) -> frozenset[Any]:
        """The names of the choices that are used at all."""
        return self.made | self.amounts.keys()


def solution(choices: Iterable[Choice], units: Mapping[Any, int]) -> Solution:
    """The plan that uses so many units of each choice (by name; those missing are not used), exactly added up."""
    made = set()
    amounts = {}
    cost: Exact = 0
    changes = days = 0
    for choice in choices:
        count = units.get(choice.name, 0)
        if count:
            if choice.amount is None:
                made.add(choice.name)
            else:
                amounts[choice.name] = count
            cost += choice.cost(count)
            changes += choice.changes
            days = max(days, choice.days(count))
    return Solution(frozenset(made), amounts, cost, changes, days)


@dataclass(frozen=True, slots=True)
class Outcome:
    """What is known of a problem in the end.

    `proved`: the solution is best, and it is proved. `best found`: a solution, and `bound`: the first objective that is
    not proved (`open_objective`) cannot be below it. `impossible`: proved that no plan exists. `nothing found`: the
    time was too short to say. `prover` is what gave the proof, `statistics` are for people who look after the solver.
    """

    status: Status
    solution: Solution | None = None
    open_objective: Objective | None = None
    bound: Exact | None = None
    prover: str = ""
    statistics: Mapping[str, Any] = field(default_factory=dict)

    @property
    def gap(self) -> Fraction | None:
        """By what share of the bound the solution may be above the best, at most; None if nothing can be said."""
        if self.status == "proved":
            return Fraction(0)
        if self.solution is None or self.open_objective is None or not self.bound:
            return None
        return Fraction(self.solution.total(self.open_objective)) / Fraction(self.bound) - 1


Progress: TypeAlias = Callable[[Solution | None, Exact | None], None]
"""Told of the best solution and the proved bound on the first open objective, whenever either improves."""
