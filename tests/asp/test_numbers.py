"""What would go wrong with large numbers, and that it does not."""

from __future__ import annotations

from fractions import Fraction

import clingo

from attain_engine.open.conditions import Condition, conjunction, decision, negation, unknown
from attain_engine.open.quantities import at_least, weighted
from attain_engine.optimise import Choice, Problem, solve
from attain_engine.solve.certain import statuses

REVENUE = 10**15
"""In cents: ten thousand billion."""


def plain_clingo(text: str) -> set[str]:
    """The shown atoms of the one answer set, as clingo by itself comes to them."""
    control = clingo.Control(logger=lambda *_: None)
    control.add("base", [], text)
    control.ground([("base", [])])
    found: set[str] = set()
    control.solve(on_model=lambda model: found.update(map(str, model.symbols(shown=True))))
    return found


def test_plain_clingo_wraps_a_large_number_without_a_word() -> None:
    assert plain_clingo("revenue(2147483648).") == {"revenue(-2147483648)"}
    assert plain_clingo(f"revenue({REVENUE}).") != {f"revenue({REVENUE})"}


def test_plain_clingo_gets_a_large_sum_wrong() -> None:
    text = "bill(1,2000000000). bill(2,2000000000). total(T) :- T = #sum{ W,I : bill(I,W) }. #show total/1."
    assert plain_clingo(text) == {"total(-294967296)"}


def test_plain_clingo_would_say_that_a_goal_is_missed_which_is_met() -> None:
    text = "bill(1..3). total(T) :- T = #sum{ 1500000000,I : bill(I) }. met :- total(T), T >= 2000000000. #show met/0."
    assert plain_clingo(text) == set()


def test_revenue_of_fifteen_digits_is_added_up_exactly() -> None:
    choices = tuple(Choice(index, None, index + 1, 0, 0, 0) for index in range(4))
    goal = at_least(weighted((decision(index), REVENUE) for index in range(4)), 2 * REVENUE + 1)
    outcome = solve(Problem(goal, choices))
    assert outcome.status == "proved"
    assert outcome.solution is not None
    assert outcome.solution.made == {0, 1, 2}


def test_a_cent_in_fifteen_digits_decides() -> None:
    names = [*range(3), "cent"]
    choices = tuple(Choice(name, None, 1, 0, 0, 0) for name in names)
    revenue = weighted([*((decision(index), REVENUE) for index in range(3)), (decision("cent"), 1)])
    outcome = solve(Problem(at_least(revenue, 2 * REVENUE), choices))
    assert outcome.solution is not None
    assert len(outcome.solution.made) == 2
    outcome = solve(Problem(at_least(revenue, 2 * REVENUE + 1), choices))
    assert outcome.solution is not None
    assert len(outcome.solution.made) == 3
    assert "cent" in outcome.solution.made


def test_costs_with_large_denominators_are_compared_exactly() -> None:
    choices = (
        Choice("dear", None, Fraction(10**15 + 1, 10**9), 0, 0, 0),
        Choice("cheap", None, Fraction(10**15, 10**9), 0, 0, 0),
    )
    goal = at_least(weighted((decision(choice.name), 1) for choice in choices), 1)
    for reducing in (False, True):  # with it, the dearer one is left out beforehand
        outcome = solve(Problem(goal, choices), reducing=reducing)
        assert outcome.status == "proved"
        assert outcome.solution is not None
        assert outcome.solution.made == {"cheap"}
        assert outcome.solution.cost == 10**6


def test_costs_of_fifteen_digits_are_divided_by_what_they_have_in_common() -> None:
    choices = tuple(Choice(index, None, REVENUE * (index + 1), 0, 0, 0) for index in range(3))
    goal = at_least(weighted((decision(index), 1) for index in range(3)), 2)
    outcome = solve(Problem(goal, choices), reducing=False)
    assert outcome.status == "proved"
    assert outcome.solution is not None
    assert outcome.solution.cost == 3 * REVENUE


def test_what_is_certain_of_unknown_revenue_of_fifteen_digits_is_known_to_the_cent() -> None:
    bills = [(unknown(index), REVENUE + index) for index in range(3)]
    conditions: dict[str, Condition] = {
        "any two are enough": at_least(weighted(bills), 2 * REVENUE + 1),
        "without it, there is too little": conjunction(
            (at_least(weighted(bills), 2 * REVENUE + 3), negation(unknown(2)))
        ),
    }
    assert statuses(conditions) == {"any two are enough": "open", "without it, there is too little": "no"}
