"""Proofs, time limits, interruptions, and provers that contradict each other."""

from __future__ import annotations

import random
import threading
from fractions import Fraction
from typing import Any

import pytest

from attain_engine.open.conditions import conjunction, decision, disjunction, negation
from attain_engine.open.quantities import at_least, weighted
from attain_engine.optimise import Choice, Outcome, Problem, Solution, race, solve
from attain_engine.optimise.incumbent import Disagreement, Known, WrongPlan
from attain_engine.optimise.problem import solution
from attain_engine.optimise.search import checked
from attain_engine.solve import highs
from attain_engine.solve.rows import Rows


def hard(seed: int = 0, choices: int = 90, sums: int = 12) -> Problem:
    """Many sums over the same choices, none like another: found soon, and proved only after a long time."""
    draw = random.Random(seed)
    names = range(choices)
    goal = conjunction(
        at_least(weighted((decision(name), draw.randint(200, 999)) for name in names), 599 * choices // 3)
        for _ in range(sums)
    )
    return Problem(goal, tuple(Choice(name, None, draw.randint(500, 999), 0, 0, 0) for name in names))


def is_a_best_found(problem: Problem, outcome: Outcome) -> None:
    assert outcome.status == "best found"
    assert outcome.solution is not None
    assert outcome.solution.satisfies(problem.goal)
    assert outcome.open_objective == "cost"
    assert outcome.bound is not None
    assert outcome.bound <= outcome.solution.cost
    if outcome.bound:
        assert outcome.gap == Fraction(outcome.solution.cost) / Fraction(outcome.bound) - 1
    else:
        assert outcome.gap is None


def test_a_time_limit_gives_the_best_plan_found_and_a_bound() -> None:
    problem = hard()
    is_a_best_found(problem, solve(problem, time_limit=2.5))


def test_a_time_limit_of_nothing_gives_a_plan_all_the_same() -> None:
    problem = hard()
    is_a_best_found(problem, solve(problem, time_limit=0.0))


def test_a_search_ends_when_it_is_asked_to() -> None:
    problem = hard()
    begun: list[object] = []
    outcome = solve(problem, progress=lambda best, _: begun.append(best), interrupted=lambda: bool(begun))
    is_a_best_found(problem, outcome)


def test_control_c_gives_the_best_plan_so_far() -> None:
    problem = hard()

    def progress(best: Solution | None, bound: Any) -> None:
        assert best is not None
        assert bound is not None
        raise KeyboardInterrupt

    outcome = solve(problem, progress=progress)
    is_a_best_found(problem, outcome)
    assert outcome.statistics["interrupted"]


def test_progress_only_gets_better() -> None:
    problem = hard()
    told: list[tuple[Any, Any]] = []
    solve(problem, time_limit=1.5, progress=lambda best, bound: told.append((best and best.cost, bound)))
    costs = [cost for cost, _ in told if cost is not None]
    bounds = [bound for _, bound in told]
    assert costs == sorted(costs, reverse=True)
    assert bounds == sorted(bounds)
    assert told


def test_nothing_found_is_not_impossible() -> None:
    draw = random.Random(1)
    names = range(40)
    weights = [[draw.randint(10_000, 99_999) for _ in names] for _ in range(4)]
    sums = [weighted((decision(name), weight[name]) for name in names) for weight in weights]
    halves = [sum(weight) // 2 for weight in weights]
    exactly = [
        conjunction((at_least(number, half), negation(at_least(number, half + 1))))
        for number, half in zip(sums, halves, strict=True)
    ]
    choices = tuple(Choice(name, None, 1, 0, 0, 0) for name in names)
    outcome = solve(Problem(conjunction(exactly), choices), time_limit=0.2)
    assert outcome.status == "nothing found"
    assert outcome.solution is None


def long_sum(names: range) -> Problem:
    """One sum over so many choices that there are many facts to ground."""
    goal = at_least(weighted((decision(name), 2 + name % 5) for name in names), len(names))
    return Problem(goal, tuple(Choice(name, None, 100 + name, 0, 0, 0) for name in names))


def test_where_there_is_much_to_ground_highs_is_mostly_done_before_clasp_begins() -> None:
    outcome = solve(long_sum(range(1200)), reducing=False)
    assert outcome.status == "proved"
    assert outcome.prover == "highs"
    assert "clasp" not in outcome.statistics


@pytest.mark.parametrize("provers", [("clasp",), ("clasp", "highs")])
def test_clasp_proves_what_highs_leaves_unproved(monkeypatch: pytest.MonkeyPatch, provers: tuple[str, ...]) -> None:
    monkeypatch.setattr(race, "MANY_FACTS", 0)
    monkeypatch.setattr(highs, "suits", lambda rows: False)
    outcome = solve(long_sum(range(12)), provers=provers)
    assert (outcome.status, outcome.prover) == ("proved", "clasp")


def test_clasp_joins_highs_where_that_takes_long(monkeypatch: pytest.MonkeyPatch) -> None:
    heard = threading.Event()
    monkeypatch.setattr(race, "MANY_FACTS", 0)
    monkeypatch.setattr(race, "HEAD_START_OF_HIGHS", 0.05)
    monkeypatch.setattr(highs.Highs, "_run", lambda search: heard.wait(60))
    monkeypatch.setattr(highs.Highs, "end", lambda search: heard.set())
    outcome = solve(long_sum(range(12)))
    assert (outcome.status, outcome.prover) == ("proved", "clasp")


# ---------------------------------------------------------------- what needs no search


def test_what_holds_already_needs_no_plan() -> None:
    outcome = solve(Problem(True, (Choice("x", None, 1, 0, 0, 0),)))
    assert outcome.status == "proved"
    assert outcome.solution is not None
    assert not outcome.solution.used()


def test_what_no_choice_is_about_never_happens() -> None:
    assert solve(Problem(decision("x"), ())).status == "impossible"
    assert solve(Problem(negation(decision("x")), ())).status == "proved"


@pytest.mark.parametrize("sign", [True, False])
def test_a_plan_does_not_rely_on_what_is_unknown(sign: bool) -> None:
    from attain_engine.open.conditions import unknown

    weather = unknown("weather") if sign else negation(unknown("weather"))
    choices = (Choice("x", None, 1, 0, 0, 0),)
    assert solve(Problem(weather, choices)).status == "impossible"
    outcome = solve(Problem(disjunction((weather, decision("x"))), choices))
    assert outcome.solution is not None
    assert outcome.solution.made == {"x"}


def test_a_limit_can_make_it_impossible() -> None:
    choices = tuple(Choice(name, None, 1, 0, 0, 0) for name in range(3))
    count = weighted((decision(name), 1) for name in range(3))
    assert solve(Problem(at_least(count, 2), choices, (negation(at_least(count, 2)),))).status == "impossible"


def test_choices_have_names_of_their_own() -> None:
    twice = (Choice("x", None, 1, 0, 0, 0), Choice("x", None, 2, 0, 0, 0))
    with pytest.raises(ValueError, match="same name"):
        solve(Problem(decision("x"), twice))


def test_a_negative_cost_is_refused() -> None:
    with pytest.raises(ValueError, match="negative"):
        Choice("x", None, -1, 0, 0, 0)


# ---------------------------------------------------------------- contradictions


EMPTY = solution((), {})


def test_a_plan_that_does_not_hold_is_never_taken() -> None:
    with pytest.raises(WrongPlan):
        checked(Problem(decision("x"), (Choice("x", None, 1, 0, 0, 0),)), {})


def test_a_bound_above_a_plan_is_a_contradiction() -> None:
    known = Known(2)
    known.offer(EMPTY, (5, 1))
    with pytest.raises(Disagreement):
        known.raise_bound(0, 6, "highs")


def test_a_plan_below_a_bound_is_a_contradiction() -> None:
    known = Known(2)
    known.raise_bound(0, 6, "highs")
    with pytest.raises(Disagreement):
        known.offer(EMPTY, (5, 1))


def test_to_prove_a_worse_plan_than_there_is_is_a_contradiction() -> None:
    known = Known(2)
    known.offer(EMPTY, (5, 1))
    with pytest.raises(Disagreement):
        known.exhausted((5, 2), "clasp")


def test_to_prove_that_there_is_no_plan_where_there_is_one_is_a_contradiction() -> None:
    known = Known(1)
    known.offer(EMPTY, (5,))
    with pytest.raises(Disagreement):
        known.exhausted(None, "highs")


def test_a_bound_on_a_later_objective_counts_once_those_before_are_proved() -> None:
    known = Known(2)
    known.offer(EMPTY, (5, 4))
    known.raise_after((5,), 3, "clasp")
    assert known.snapshot()[1] == (0, 0)
    known.raise_bound(0, 5, "highs")
    known.raise_after((6,), 4, "clasp")
    assert known.snapshot()[1] == (5, 0)
    known.raise_after((5,), 3, "clasp")
    assert known.snapshot()[1] == (5, 3)
    assert not known.settled()
    assert known.raise_bound(1, 4, "clasp")
    assert known.settled()
    assert known.prover == "clasp"


def test_a_bound_that_a_plan_reaches_later_is_the_proof() -> None:
    known = Known(1)
    known.raise_bound(0, 4, "clasp")
    known.raise_bound(0, 5, "highs")
    known.raise_bound(0, 3, "clasp")
    known.offer(EMPTY, (6,))
    assert not known.settled()
    assert known.prover == ""
    known.offer(EMPTY, (5,))
    assert known.settled()
    assert known.prover == "highs"


def test_a_search_that_does_not_hear_of_its_end_is_waited_for_at_the_end_of_the_program(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """A thread that still computes then would abort the program."""
    heard = threading.Event()
    monkeypatch.setattr(highs, "PATIENCE", 0.01)
    monkeypatch.setattr(highs.Highs, "_run", lambda search: heard.wait())
    search = highs.Highs(Rows(), Known(1), lambda values: (), small=True)
    search.start()
    search.end()
    assert not search.wait(0)
    heard.set()
    highs.wait_for_those_left()
    assert search.wait(0)
