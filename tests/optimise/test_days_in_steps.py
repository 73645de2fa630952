"""The shortest plan where some units take months each, which differ, and amounts stay whole numbers: against trying
everything."""

from __future__ import annotations

import random
from collections.abc import Callable
from itertools import product

import pytest

from attain_engine.open import linear, stairs
from attain_engine.open.conditions import Amount
from attain_engine.open.quantities import Quantity, add, compare, of_amount, scale
from attain_engine.open.valuation import has_numbers
from attain_engine.optimise import Choice, Problem, solve
from tests.seeds import of_each

MOST = 6
MONTHS = (0, 31, 60, 91, 121, 152, 182)
"""So many days are so many months, begun in January."""


@pytest.fixture(autouse=True)
def _never_by_unit(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(linear, "MOST_UNITS", 0)
    monkeypatch.setattr(stairs, "MOST_UNITS_IF", 0)


def drawn(draw: random.Random, name: int, by_month: Callable[[int], int] | None) -> Choice:
    once, each = draw.choice(((0, 0), (draw.randint(0, 20), draw.randint(0, 40))))
    amount = Amount("decision", name, 0, MOST)
    return Choice(name, amount, 0, draw.randint(1, 5), once, each, days_by_unit=by_month)


@of_each(range(40))
def test_the_shortest_plan_is_found(seed: int) -> None:
    draw = random.Random(seed)
    choices = [drawn(draw, name, draw.choice((MONTHS.__getitem__, None))) for name in range(3)]
    weights = [draw.randint(1, 9) for _ in choices]
    wanted = draw.randint(1, MOST * sum(weights) - 1)
    reached: Quantity = 0
    for choice, weight in zip(choices, weights, strict=True):
        assert choice.amount is not None
        reached = add(reached, scale(of_amount(choice.amount), weight))
    goal = compare(">=", reached, wanted)
    assert has_numbers(goal)
    found = solve(Problem(goal, tuple(choices)), minimize=("time", "cost", "changes"))
    best = min(
        (
            max(choice.days(units) for choice, units in zip(choices, every, strict=True)),
            sum(choice.cost(units) for choice, units in zip(choices, every, strict=True)),
        )
        for every in product(range(MOST + 1), repeat=3)
        if sum(units * weight for units, weight in zip(every, weights, strict=True)) >= wanted
    )
    assert found.status == "proved"
    assert found.solution is not None
    assert (found.solution.days, found.solution.cost) == best
