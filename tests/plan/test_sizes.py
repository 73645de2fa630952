"""Plans over amounts of many units, at small and at very large prices: the same as every amount tried."""

from __future__ import annotations

import datetime
import json
import subprocess
import sys
from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import pytest

from attain_engine.api import load_policy, plan
from attain_engine.facts import Facts, Row
from attain_engine.open.conditions import Amount, decision, disjunction, negation
from attain_engine.open.quantities import add, at_least, of_amount, scale
from attain_engine.optimise import Choice, Problem, alternatives, explain_impossible, next_best, solve
from attain_engine.plan import Wishes

POLICY = """policy p "P"

entity Tenant

record U
  tenant Tenant
  seats count 0 to 10_000
  active count 0 to 10_000
  price money USD 0 USD to 900_000_000_000 USD
  unique tenant

measure active count 0 to 10_000_000
  sum of u.active among U u where u.active at least 40% * u.seats

score s out of 100
  part growth up to 60 in proportion to active full at 200
  part average up to 40 in proportion to (average of u.active among U u else 0) full at 90

designation d "D"
  require points "70" s at least 70

change activate(u U) by 1 to u.seats - u.active "Activate {n} at {u.tenant}"
  raises u.active by 1
  cost u.price each
"""
SEATS = (140, 150)
ACTIVE = (10, 12)
ON = datetime.date(2024, 6, 30)


def facts(price: int) -> Facts:
    rows = [
        Row("p.U", {"tenant": f"k{place}", "seats": SEATS[place], "active": ACTIVE[place], "price": price + place})
        for place in range(2)
    ]
    return Facts("o", {"p.U": tuple(rows)})


def cheapest(price: int) -> int:
    """By trying every amount, in plain arithmetic."""
    costs = []
    for first in range(SEATS[0] - ACTIVE[0] + 1):
        for second in range(SEATS[1] - ACTIVE[1] + 1):
            active = (ACTIVE[0] + first, ACTIVE[1] + second)
            counted = sum(each for each, seats in zip(active, SEATS, strict=True) if 10 * each >= 4 * seats)
            growth = min(Fraction(60 * counted, 200), 60)
            average = min(Fraction(40 * sum(active), 2 * 90), 40)
            if growth + average >= 70:
                costs.append(first * price + second * (price + 1))
    return min(costs)


@pytest.mark.parametrize("price", [0, 7, 400, 30_000_000_001, 900_000_000_000 - 1])
def test_a_plan_is_the_cheapest_of_all(price: int) -> None:
    found = plan(load_policy("p.attain", POLICY), facts(price), ON)
    assert found.status == "proved"
    assert Fraction(found.plans[0].cost_exact.number) == cheapest(price)
    assert found.plans[0].after[0].verdict == "met"


@pytest.mark.parametrize("less", [0, 1])
def test_a_budget_of_any_size_is_kept_to_the_unit(less: int) -> None:
    price = 30_000_000_001
    budget = Fraction(cheapest(price) - less)
    found = plan(load_policy("p.attain", POLICY), facts(price), ON, wishes=Wishes(budget=budget))
    assert found.status == ("impossible" if less else "proved")


def test_json_is_json_alone(tmp_path: Path) -> None:
    (tmp_path / "p.attain").write_text(POLICY, encoding="utf-8")
    rows = [dict(facts(7).tables["p.U"][place].values) for place in range(2)]
    given = {"organisation": "o", "as_of": str(ON), "closed": True, "facts": {"U": rows}}
    (tmp_path / "f.json").write_text(json.dumps(given), encoding="utf-8")
    command = [sys.executable, "-m", "attain_engine", "plan", str(tmp_path / "p.attain"), str(tmp_path / "f.json")]
    done = subprocess.run([*command, "--output-format", "json"], capture_output=True, text=True, check=False)
    assert json.loads(done.stdout)["status"] == "proved"


# ---------------------------------------------------------------- more answers over sums of amounts

AMOUNTS = [Amount("decision", each, 0, 200) for each in ("a", "b")]
ENOUGH = at_least(add(of_amount(AMOUNTS[0]), scale(of_amount(AMOUNTS[1]), 2)), 150)
CHOICES = (
    *(Choice(each.name, each, 0, 3, 0, 0) for each in AMOUNTS),
    *(Choice(each, None, 5, 0, 0, 0) for each in ("x", "y")),
)
EITHER = disjunction((decision("x"), decision("y")))


def test_what_would_do_as_well_and_the_next_best_plan() -> None:
    problem = Problem(ENOUGH, CHOICES, (EITHER,))
    outcome = solve(problem)
    assert outcome.solution is not None
    assert (outcome.status, outcome.solution.cost) == ("proved", 230)
    (made,) = outcome.solution.made
    assert alternatives(problem, outcome.solution) == {made: ({"x": "y", "y": "x"}[made],)}
    (second,) = next_best(problem, outcome, 1)
    assert (dict(second.amounts), second.cost) == ({"a": 150}, 455)


def test_why_there_is_none() -> None:
    limit = negation(at_least(add(of_amount(AMOUNTS[0]), of_amount(AMOUNTS[1])), 60))
    problem = Problem(ENOUGH, CHOICES, (EITHER, limit))
    assert solve(problem).status == "impossible"
    assert explain_impossible(problem).relax == (limit,)
    dear = replace(problem, constraints=(EITHER,), budget=200)
    assert solve(dear).status == "impossible"
    assert explain_impossible(dear).relax == ("budget",)


def test_a_search_whose_time_is_up_says_what_it_found_at_once() -> None:
    problem = Problem(ENOUGH, CHOICES, (EITHER,))
    outcome = solve(problem, interrupted=lambda: True)
    assert outcome.solution is not None
    assert outcome.status in ("best found", "proved")
