"""The plans found are the best there are: against trying everything."""

from __future__ import annotations

import pytest

from attain_engine.open.valuation import holds
from attain_engine.optimise import Outcome, Problem, Solution, solve
from attain_engine.optimise.problem import Objective
from attain_engine.optimise.reduce import reduce
from tests.optimise.brute_force import People, Random, best, totals
from tests.seeds import of_each

ORDERS: list[tuple[Objective, ...]] = [
    ("cost", "changes", "time"),
    ("time", "cost", "changes"),
    ("changes", "time", "cost"),
    ("cost",),
    ("time",),
]


@pytest.mark.parametrize("monotone", [True, False])
@of_each(range(200))
def test_a_plan_is_proved_and_as_good_as_the_best_of_all(seed: int, monotone: bool) -> None:
    problem = Random(seed, monotone=monotone).problem()
    objectives = ORDERS[seed % len(ORDERS)]
    agree(problem, objectives, solve(problem, minimize=objectives))


@of_each(range(150))
def test_it_is_for_people_with_certificates_in_common(seed: int) -> None:
    problem = People(seed).problem()
    objectives = ORDERS[seed % len(ORDERS)]
    agree(problem, objectives, solve(problem, minimize=objectives))


@pytest.mark.parametrize("monotone", [True, False])
@of_each(range(1000, 1150))
def test_it_is_within_limits(seed: int, monotone: bool) -> None:
    problem = Random(seed, monotone=monotone).limited()
    objectives = ORDERS[seed % len(ORDERS)]
    agree(problem, objectives, solve(problem, minimize=objectives))


@of_each(range(1200, 1240))
def test_it_is_within_limits_without_reductions(seed: int) -> None:
    problem = Random(seed, monotone=seed % 2 == 0).limited()
    agree(problem, ORDERS[0], solve(problem, minimize=ORDERS[0], reducing=False))


@of_each(range(200, 260))
def test_it_is_without_reductions(seed: int) -> None:
    problem = Random(seed, monotone=seed % 2 == 0).problem()
    agree(problem, ORDERS[0], solve(problem, minimize=ORDERS[0], reducing=False))


@of_each(range(400, 480))
def test_it_is_where_those_that_are_alike_go_first(seed: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """As they do where there are very many of them."""
    monkeypatch.setattr(reduce, "MANY", 0)
    if seed % 2:
        problem = People(seed).problem()
    else:
        chosen = Random(seed, monotone=seed % 4 == 0)
        problem = chosen.limited() if seed % 3 == 0 else chosen.problem()
    objectives = ORDERS[seed % len(ORDERS)]
    agree(problem, objectives, solve(problem, minimize=objectives))


@of_each(range(300, 360))
def test_highs_by_itself_finds_it_as_well(seed: int) -> None:
    problem = Random(seed, monotone=seed % 2 == 0).problem()
    objectives = ORDERS[seed % len(ORDERS)]
    agree(problem, objectives, solve(problem, minimize=objectives, provers=("highs",)))


@of_each(range(200, 240))
def test_highs_by_itself_finds_it_for_people_without_reductions(seed: int) -> None:
    problem = People(seed).problem()
    agree(problem, ORDERS[0], solve(problem, minimize=ORDERS[0], provers=("highs",), reducing=False))


def agree(problem: Problem, objectives: tuple[Objective, ...], outcome: Outcome) -> None:
    expected = best(problem, objectives)
    if expected is None:
        assert outcome.status == "impossible"
        return
    assert outcome.status == "proved"
    assert outcome.solution is not None
    assert totals(outcome.solution, objectives) == totals(expected, objectives)
    assert feasible(problem, outcome.solution)
    assert not needless(problem, outcome.solution)


def feasible(problem: Problem, plan: Solution) -> bool:
    conditions = (problem.goal, *problem.constraints)
    return plan.affordable(problem) and all(holds(each, plan.made, dict(plan.amounts)) for each in conditions)


def needless(problem: Problem, plan: Solution) -> list[object]:
    """The choices that could be left out, or made one unit smaller."""
    smaller: dict[object, Solution] = {name: Solution(plan.made - {name}, plan.amounts, 0, 0, 0) for name in plan.made}
    for name, count in plan.amounts.items():
        smaller[name] = Solution(plan.made, {**plan.amounts, name: count - 1}, 0, 0, 0)
        smaller[name, "all"] = Solution(plan.made, {**plan.amounts, name: 0}, 0, 0, 0)
    return [name for name, less in smaller.items() if feasible(problem, less)]
