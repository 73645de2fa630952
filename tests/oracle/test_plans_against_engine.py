"""The engine's minimal plans against the best of all plans.

ATTAIN_ORACLE_SEEDS sets how many random policies are tried, ATTAIN_ORACLE_FIRST the first seed.
"""

from __future__ import annotations

import datetime
from fractions import Fraction
from random import Random

from attain_compiler.model.program import Program
from attain_engine.evaluate.problems import CannotStayOpen
from attain_engine.facts.model import Facts
from attain_engine.open.quantities import TooFine
from attain_engine.plan.plan import Target, Wishes, plan
from tests.oracle.changes import TooManyPlansError, cheapest, goal_of
from tests.oracle.compiled import compiled
from tests.oracle.facts_generator import Size, random_facts
from tests.oracle.interpreter import Interpreter
from tests.oracle.planning_generator import random_planning_policy
from tests.seeds import asked_for, of_each

ON = datetime.date(2023, 6, 30)
SEEDS = asked_for("ORACLE", 200)
MOST_PLANS = 1_000


def plan_disagreements(program: Program, facts: Facts, tier: str | None) -> list[str]:
    """Where the engine's plan for the goal (or a tier of it) is not the best of all: by its cost, then its number of
    changes, then its days; where no plan exists the engine says so.

    The engine may say that it cannot plan over something (numbers too fine). An instance with too many plans
    shows nothing.
    """
    goal = program.designations["random.goal"]
    try:
        best = cheapest(Interpreter(program, facts, ON, {}), goal_of(goal, tier), MOST_PLANS)
        found = plan(program, facts, ON, {}, targets=[Target(goal, tier)], wishes=Wishes(time_limit=60))
    except (TooManyPlansError, CannotStayOpen, TooFine):
        return []
    if found.horizon is not None:
        return []  # time makes a difference: see test_schedules
    said = (found.status, [(Fraction(each.cost_exact.number), len(each.steps), each.days) for each in found.plans])
    if best is None:
        right: object = ("impossible", [])
    elif not best.steps:
        right = ("qualified", [])
    else:
        right = ("proved", [(best.cost, len(best.steps), (best.ends - ON).days)])
    return [] if said == right else [f"the engine's plan: {said}, the best of all: {right}"]


@of_each(SEEDS, at_a_time=20)
def test_the_plan_found_is_the_best_of_all_plans(seed: int) -> None:
    rng = Random(seed)
    program = compiled(random_planning_policy(rng))
    facts = random_facts(program, ON, rng, Size(rows=3))
    tiers = program.designations["random.goal"].tiers
    assert plan_disagreements(program, facts, rng.choice(tiers).name if tiers else None) == []
