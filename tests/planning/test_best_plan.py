"""The plans found are the best there are: against trying everything."""

from __future__ import annotations

import pytest

from attain_engine.planning import Problem, Solution, solve
from attain_engine.residual import holds
from tests.planning.brute_force import Random, best, totals

ORDERS = [
    ("cost", "changes", "time"),
    ("time", "cost", "changes"),
    ("changes", "time", "cost"),
    ("cost",),
    ("time",),
]


@pytest.mark.parametrize("monotone", [True, False])
@pytest.mark.parametrize("seed", range(200))
def test_a_plan_is_proved_and_as_good_as_the_best_of_all(seed: int, monotone: bool) -> None:
    problem = Random(seed, monotone=monotone).problem()
    objectives = ORDERS[seed % len(ORDERS)]
    expected = best(problem, objectives)
    outcome = solve(problem, minimize=objectives)
    if expected is None:
        assert outcome.status == "impossible"
        return
    assert outcome.status == "proved"
    assert outcome.solution is not None
    assert totals(outcome.solution, objectives) == totals(expected, objectives)
    assert feasible(problem, outcome.solution)
    assert not needless(problem, outcome.solution)


def feasible(problem: Problem, plan: Solution) -> bool:
    return all(holds(each, plan.made, dict(plan.amounts)) for each in (problem.goal, *problem.constraints))


def needless(problem: Problem, plan: Solution) -> list[object]:
    """The choices that could be left out, or made one unit smaller."""
    smaller = {name: Solution(plan.made - {name}, plan.amounts, 0, 0, 0) for name in plan.made}
    for name, count in plan.amounts.items():
        smaller[name] = Solution(plan.made, {**plan.amounts, name: count - 1}, 0, 0, 0)
        smaller[name, "all"] = Solution(plan.made, {**plan.amounts, name: 0}, 0, 0, 0)
    return [name for name, less in smaller.items() if feasible(problem, less)]
