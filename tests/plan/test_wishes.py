"""What a plan is asked to keep to: budget, date, changes wanted and unwanted, the order of objectives, more plans."""

from __future__ import annotations

import datetime
from fractions import Fraction
from typing import Any

import pytest

from attain_engine.api import load_policy, plan
from attain_engine.facts import Facts, Row
from attain_engine.plan import PlanProblem, Wishes
from tests.oracle.compiled import compiled

POLICY = """policy choir "Choir"
  in force from 2020-01-01

entity Singer

record Voice
  singer Singer
  trained flag default no

measure trained count
  count of Voice v where v.trained

designation quality "Quality"
  require trained "Enough trained singers" trained at least 3

change school(v Voice) "School {v.singer}"
  when not (v.trained)
  sets v.trained to yes
  cost 100 EUR
  takes 6 months

change coach(v Voice) "Coach {v.singer}"
  when not (v.trained)
  sets v.trained to yes
  cost 300 EUR
  takes 2 weeks

change invite by 1 to 5 "Invite {n} trained singers"
  adds Voice { singer: new Singer, trained: yes }
  cost 250 EUR each
  takes 1 week
  takes 1 week each
"""

ON = datetime.date(2024, 1, 1)


def found(policy: str = POLICY, /, **wishes: Any) -> Any:
    program = load_policy("choir.attain", policy)
    rows = tuple(Row("choir.Voice", {"singer": name, "trained": name == "ana"}) for name in ("ana", "bo", "cy", "di"))
    return plan(program, Facts("choir", {"choir.Voice": rows}), ON, wishes=Wishes(**wishes))


@pytest.mark.parametrize(
    ("wishes", "cost", "changes", "days"),
    [
        ({}, "200", 2, 182),
        ({"minimize": ("changes", "cost", "time")}, "500", 1, 21),
        ({"minimize": ("time", "cost", "changes")}, "550", 2, 14),
        ({"forbid": frozenset({"school"})}, "500", 1, 21),
        ({"forbid": frozenset({"school", "invite"})}, "600", 2, 14),
        ({"require": frozenset({"invite"})}, "350", 2, 182),
        ({"by": datetime.date(2024, 1, 15)}, "550", 2, 14),
        ({"by": datetime.date(2024, 1, 22)}, "500", 1, 21),
        ({"budget": Fraction(450), "minimize": ("time", "cost", "changes")}, "200", 2, 182),
    ],
)
def test_a_plan_keeps_to_what_is_asked(wishes: dict[str, Any], cost: str, changes: int, days: int) -> None:
    answer = found(**wishes)
    assert answer.status == "proved"
    assert (answer.plans[0].cost_exact.number, answer.plans[0].changes, answer.plans[0].days) == (cost, changes, days)


@pytest.mark.parametrize(
    ("wanted", "cost"), [(("coach",), 300), (("school(bo)",), 100), (("invite", "school(di)"), 350)]
)
def test_what_is_required_is_done_where_nothing_else_need_be(wanted: tuple[str, ...], cost: int) -> None:
    reached = POLICY.replace("trained at least 3", "trained at least 1")
    answer = found(reached, require=frozenset(wanted))
    assert answer.status == "proved"
    assert answer.plans[0].cost_exact.number == str(cost)
    assert sorted(each.change for each in answer.plans[0].steps) == sorted(each.split("(")[0] for each in wanted)
    assert found(reached).status == "qualified"


@pytest.mark.parametrize(
    "wishes", [{"budget": Fraction(199)}, {"by": datetime.date(2024, 1, 10)}, {"budget": Fraction(0)}]
)
def test_what_cannot_be_had_is_proved_impossible(wishes: dict[str, Any]) -> None:
    assert found(**wishes).status == "impossible"


def test_a_change_that_does_not_exist_cannot_be_wished_for() -> None:
    with pytest.raises(PlanProblem, match="no change `sing`"):
        found(forbid=frozenset({"sing"}))


def test_a_budget_below_0_is_no_budget() -> None:
    with pytest.raises(PlanProblem, match="the budget is -1, below 0"):
        found(budget=Fraction(-1))


def test_further_plans_cost_no_less_and_differ() -> None:
    answer = found(show=4)
    costs = [Fraction(each.cost_exact.number) for each in answer.plans]
    assert costs == sorted(costs)
    assert len({tuple((step.text, step.units) for step in each.steps) for each in answer.plans}) == 4


def test_singers_alike_are_said_to_be() -> None:
    assert found().plans[0].steps[0].any_of == ("School bo", "School di")


LIMITED = """\
policy p "P"
  in force from 2020-01-01
measure clients count "Clients"
  0
change win by 1 to 5 "Win {n}"
  raises clients by 1
  cost 1 USD each
  at most 2
designation d "D"
  require clients "Clients" clients at least {needed}
"""


@pytest.mark.parametrize(("needed", "in_the_way"), [(3, True), (6, False)])
def test_a_limit_that_stands_in_the_way_is_told_from_a_goal_out_of_reach(needed: int, in_the_way: bool) -> None:
    program = compiled(LIMITED.replace("{needed}", str(needed)))
    answer = plan(program, Facts("p", {}, {}, closed=True), datetime.date(2024, 1, 1))
    assert answer.status == "impossible"
    assert any(each.startswith("without one of the conditions") for each in answer.reasons) is in_the_way
