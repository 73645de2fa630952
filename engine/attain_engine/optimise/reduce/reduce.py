"""A problem made smaller before it is solved; each step keeps a best plan, in every objective at once.

`narrow` keeps the plans that stop only at levels worth it, `coarsen` and `split_sums` keep the condition's truth
everywhere, `without_dear` keeps every best plan. The others keep one best plan, always the same one (`weights`). What
is left is a condition over fewer levers, and orders in which alike ones are used. A plan for it is a plan for the
problem.
"""

from __future__ import annotations

from collections.abc import Sequence

from attain_compiler.frozen import frozen
from attain_engine.open.conditions import Condition, Formula, conjunction
from attain_engine.open.normal_form import without
from attain_engine.optimise.ending import Ended, never
from attain_engine.optimise.order_encoding import Lever, budget_limit, levers
from attain_engine.optimise.problem import Choice, Exact, Objective, Solution
from attain_engine.optimise.reduce.bound_tightening import narrow
from attain_engine.optimise.reduce.coefficient_tightening import coarsen
from attain_engine.optimise.reduce.cost_bounds import without_dear
from attain_engine.optimise.reduce.dominance import dominated
from attain_engine.optimise.reduce.symmetry import After, orders, surplus
from attain_engine.optimise.weights import Preference
from attain_engine.solve.wide_sums import split_sums

ROUNDS = 3
"""What is left out may make more needless; after so many rounds it is let be."""

MANY = 1_000
"""Of more levers, those that are alike go first: most of them do, and all else takes a time for each that is left."""


@frozen
class Reduced:
    """The condition that is left, its levers, and which of them are used only after which."""

    condition: Condition
    levers: tuple[Lever, ...]
    orders: tuple[After, ...]
    even: Condition
    """The same condition with the steps of its sums as even as they were, over the same levers."""


def reduce(
    condition: Condition,
    choices: Sequence[Choice],
    objectives: Sequence[Objective],
    budget: Exact | None = None,
    *,
    known: Solution | None = None,
    ended: Ended = never,
) -> Reduced:
    """The smaller problem for a condition in normal form, with a budget if there is one. `known` is some plan; once
    the time is up (`ended`), what is not smaller yet is left as it is."""
    # What is preferred must not cost more where there is a budget, whether the cost is an objective or not.
    compared = objectives if budget is None or "cost" in objectives else (*objectives, "cost")
    condition = narrow(condition)
    if isinstance(condition, Formula):
        left = levers(condition, choices)
        before, condition = condition, without_dear(condition, left, objectives, budget, known)
        if condition is not before:
            left = levers(condition, choices)
    if isinstance(condition, Formula) and len(left) > MANY:
        alike = surplus(condition, left, Preference(left, compared), ended)
        condition = without(condition, {left[place].choice.name for place in alike})
    even = condition
    condition = coarsen(condition, ended)
    for _ in range(ROUNDS):
        if not isinstance(condition, Formula):
            return Reduced(condition, (), (), condition)
        left = levers(condition, choices)
        preference = Preference(left, compared)
        needless = dominated(condition, left, preference, ended)
        if not needless:
            needless = surplus(condition, left, preference, ended)
        if not needless:
            break
        names = {left[place].choice.name for place in needless}
        even = without(even, names)
        condition = coarsen(without(condition, names), ended)
    return _finished(condition, even, choices, compared, budget, ended)


def _finished(
    condition: Condition,
    even: Condition,
    choices: Sequence[Choice],
    objectives: Sequence[Objective],
    budget: Exact | None,
    ended: Ended,
) -> Reduced:
    if not isinstance(condition, Formula):
        return Reduced(condition, (), (), condition)
    left = levers(condition, choices)
    after = orders(condition, left, Preference(left, objectives), ended)
    used = {each.choice.name for each in left}
    even = without(even, {each.choice.name for each in levers(even, choices)} - used)
    within = budget_limit(left, budget)
    return Reduced(split_sums(conjunction((condition, within))), left, after, conjunction((even, within)))


def unreduced(condition: Condition, choices: Sequence[Choice], budget: Exact | None = None) -> Reduced:
    """The problem as it stands, in the same shape."""
    left = levers(condition, choices)
    whole = conjunction((condition, budget_limit(left, budget)))
    return Reduced(split_sums(whole), left, (), whole)
