"""Choices that cost more by themselves than a plan that is known, or than the budget.

Some plan is often known at once: everything, less what is not needed. A best plan is no worse than it in the first
objective; and what a plan uses adds to that objective by itself, as nothing adds less than 0. So whatever adds more
than the known plan comes to is not used, whether the condition is monotone or not. The same goes for what the budget
does not allow by itself."""

from __future__ import annotations

from collections.abc import Sequence

from attain_engine.open.conditions import AmountAtLeast, Atom, Condition, Formula
from attain_engine.open.normal_form import rebuild
from attain_engine.optimise.order_encoding import Lever
from attain_engine.optimise.problem import Exact, Objective, Solution


def without_dear(
    condition: Condition,
    levers: tuple[Lever, ...],
    objectives: Sequence[Objective],
    budget: Exact | None = None,
    known: Solution | None = None,
) -> Condition:
    """The condition in normal form, with what is too dear never used. `known` is some plan."""
    most: dict[Objective, Exact] = {} if budget is None else {"cost": budget}
    if objectives and known is not None and (budget is None or known.cost <= budget):
        first = objectives[0]
        most[first] = min(known.total(first), most.get(first, known.total(first)))
    dear = {
        (lever.choice.name, value)
        for lever in levers
        for value in lever.values
        if any(lever.choice.weight(objective, value) > limit for objective, limit in most.items())
    }

    def leaf(formula: Formula) -> Condition:
        match formula:
            case Atom() if (formula.name, 1) in dear:
                return False
            case AmountAtLeast() if (formula.amount.name, formula.least) in dear:
                return False
            case _:
                return formula

    return rebuild(condition, leaf) if dear else condition
