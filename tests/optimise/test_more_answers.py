"""Other plans, why there is none, what is certain, and examples: against trying everything."""

from __future__ import annotations

import itertools
from dataclasses import replace
from fractions import Fraction
from typing import Any

import pytest

from attain_engine.open.conditions import (
    Amount,
    AmountAtLeast,
    Atom,
    Condition,
    Formula,
    conjunction,
    decision,
    disjunction,
    negation,
    subformulas,
    unknown,
)
from attain_engine.open.quantities import at_least, of_amount, weighted
from attain_engine.open.valuation import holds
from attain_engine.optimise import (
    Choice,
    Problem,
    alternatives,
    explain_impossible,
    next_best,
    solve,
)
from attain_engine.optimise.other_plans import like
from attain_engine.optimise.problem import OBJECTIVES
from attain_engine.solve.certain import statuses
from tests.optimise.brute_force import Random, plans, totals
from tests.seeds import of_each


def yes_or_no(*costs: int) -> tuple[Choice, ...]:
    return tuple(Choice(index, None, cost, 0, 0, 0) for index, cost in enumerate(costs))


# ---------------------------------------------------------------- other plans


@of_each(range(60))
def test_the_next_plan_is_the_best_that_is_not_like_the_ones_before(seed: int) -> None:
    problem = Random(seed, monotone=seed % 2 == 0).problem()
    outcome = solve(problem)
    if outcome.solution is None or not outcome.solution.used():
        assert next_best(problem, outcome, 2) == ()
        return
    before = [outcome.solution]
    for found in next_best(problem, outcome, 2):
        unlike = negation(disjunction(like(problem, each) for each in before))
        left = [plan for plan in plans(problem) if plan.satisfies(unlike)]
        assert totals(found, OBJECTIVES) == min(totals(plan, OBJECTIVES) for plan in left)
        assert found in left
        problem = replace(problem, constraints=(*problem.constraints, unlike))
        before.append(found)


def test_a_plan_is_like_itself_and_like_those_with_what_would_do_as_well() -> None:
    count = at_least(weighted((decision(each), 1) for each in range(4)), 2)
    problem = Problem(conjunction((count, decision("x"))), (*yes_or_no(3, 5, 5, 9), Choice("x", None, 1, 0, 0, 0)))
    outcome = solve(problem)
    assert outcome.solution is not None
    assert outcome.solution.made == {0, 1, "x"}
    alike = like(problem, outcome.solution)
    assert holds(alike, frozenset({0, 1, "x"}), {})
    assert holds(alike, frozenset({0, 2, "x"}), {})
    assert not holds(alike, frozenset({0, 3, "x"}), {})
    (second, third) = next_best(problem, outcome, 2)
    assert second.made == {1, 2, "x"}
    assert third.made == {0, 3, "x"}


def test_there_are_no_more_plans_than_there_are() -> None:
    problem = Problem(disjunction((decision(0), decision(1))), yes_or_no(1, 2))
    (other,) = next_best(problem, solve(problem), 5)
    assert other.made == {1}


def test_choices_that_would_do_as_well_are_named() -> None:
    people = [disjunction((decision(each),)) for each in range(4)]
    problem = Problem(at_least(weighted((each, 1) for each in people), 2), yes_or_no(3, 5, 5, 5))
    outcome = solve(problem)
    assert outcome.solution is not None
    assert outcome.solution.made == {0, 1}
    assert alternatives(problem, outcome.solution) == {1: (2, 3)}


# ---------------------------------------------------------------- why there is none


@of_each(range(120))
def test_a_conflict_cannot_hold_together_and_each_part_is_needed(seed: int) -> None:
    drawn = Random(seed, monotone=False)
    constraints = tuple(negation(drawn.condition(1)) for _ in range(4))
    problem = Problem(drawn.condition(3), drawn.choices(), constraints)
    if solve(problem).status != "impossible":
        with pytest.raises(ValueError):
            explain_impossible(problem)
        return
    found = explain_impossible(problem)
    assert not possible(problem, found.conflict)
    assert all(
        possible(problem, found.conflict[:place] + found.conflict[place + 1 :]) for place in range(len(found.conflict))
    )
    fewest = fewest_dropped(problem)
    assert (found.relax is None) == (fewest is None)
    if found.relax is not None:
        assert len(found.relax) == fewest
        left = list(problem.constraints)
        for dropped in found.relax:
            left.remove(dropped)
        assert possible(problem, (problem.goal, *left))


def possible(problem: Problem, conditions: tuple[Condition, ...]) -> bool:
    return any(True for _ in plans(Problem(True, problem.choices, conditions)))


def fewest_dropped(problem: Problem) -> int | None:
    for count in range(len(problem.constraints) + 1):
        for kept in itertools.combinations(problem.constraints, len(problem.constraints) - count):
            if possible(problem, (problem.goal, *kept)):
                return count
    return None


# ---------------------------------------------------------------- unknowns


class Unknowns(Random):
    """Conditions over what is unknown: atoms, and an amount that need not be whole."""

    amount = Amount("unknown", "revenue", 0, 10, whole=False)

    def leaf(self) -> Condition:
        if self.draw.random() < 0.4:
            return at_least(of_amount(self.amount), Fraction(self.draw.randint(1, 9), 2))
        leaf = unknown(self.draw.choice(self.names))
        return negation(leaf) if self.draw.random() < 0.3 else leaf

    def problem(self) -> Problem:
        raise TypeError("for conditions only")


def condition_of(seed: int) -> Condition:
    drawn = Unknowns(seed, monotone=False)
    drawn.names = drawn.names[:4]
    drawn.amounts = []
    renamed = {decision(name): unknown(name) for name in drawn.names}
    return replaced(drawn.condition(3), renamed)


def replaced(condition: Condition, by: dict[Formula, Formula]) -> Condition:
    from attain_engine.open.normal_form import rebuild

    return rebuild(condition, lambda formula: by.get(formula, formula))


def outcomes(condition: Condition) -> list[bool]:
    """Whether the condition holds, for every way in which the unknowns may turn out."""
    names = sorted({each.name for each in subformulas((condition,)) if isinstance(each, Atom)})
    amounts: list[dict[Any, Any]] = [{"revenue": Fraction(value, 2)} for value in range(11)]
    return [
        holds(condition, frozenset(made), amount)
        for size in range(len(names) + 1)
        for made in itertools.combinations(names, size)
        for amount in amounts
    ]


@of_each(range(150))
def test_what_is_certain_is_so_however_the_unknowns_turn_out(seed: int) -> None:
    conditions = {part: condition_of(2 * seed + part) for part in (0, 1)}
    expected = {part: sorted(set(outcomes(condition))) for part, condition in conditions.items()}
    words = {(True,): "yes", (False,): "no", (False, True): "open"}
    assert statuses(conditions) == {part: words[tuple(found)] for part, found in expected.items()}


def test_levels_of_one_unknown_amount_are_in_order() -> None:
    amount = Amount("unknown", "revenue", 0, 100)
    more, less = at_least(of_amount(amount), 50), at_least(of_amount(amount), 20)
    assert isinstance(more, AmountAtLeast)
    answers = statuses({"both": conjunction((more, negation(less))), "either": disjunction((less, negation(more)))})
    assert answers == {"both": "no", "either": "yes"}


def test_a_budget_that_is_in_the_way_is_named() -> None:
    three = at_least(weighted((decision(each), 1) for each in range(4)), 3)
    problem = Problem(three, yes_or_no(5, 6, 7, 8), (negation(decision(0)),), budget=20)
    found = explain_impossible(problem)
    assert set(found.conflict) == {three, problem.constraints[0], "budget"}
    assert found.relax is not None
    assert len(found.relax) == 1
    assert solve(Problem(three, problem.choices, (), budget=20)).status == "proved"
    assert solve(Problem(three, problem.choices, problem.constraints)).status == "proved"


def test_days_that_are_in_the_way_are_named() -> None:
    users = Amount("decision", "users", 0, 10)
    problem = Problem(at_least(of_amount(users), 5), (Choice("users", users, 1, 1, 0, 7),), within=30)
    found = explain_impossible(problem)
    assert found.conflict[-1] == "within"
    assert found.relax == ("within",)
