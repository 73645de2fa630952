"""Plan programs run by plain clingo."""

from __future__ import annotations

import datetime
from fractions import Fraction
from random import Random

import clingo

from attain_compiler.model import program as model
from attain_engine.evaluate.problems import CannotStayOpen, EvaluationProblem
from attain_engine.facts.model import Facts
from attain_engine.open.quantities import TooFine
from attain_engine.plan.plan import Target, plan
from attain_engine.plan.program import NotPrinted, plan_program
from tests.oracle.compiled import compiled
from tests.oracle.facts_generator import Size, random_facts
from tests.oracle.planning_generator import random_planning_policy

ON = datetime.date(2023, 6, 30)


def best(text: str) -> list[int] | None:
    """The optimum (cost in its unit, changes, days); None if there is no answer set. Every message is a failure."""
    messages: list[str] = []
    control = clingo.Control([], logger=lambda _, message: messages.append(message), message_limit=1000)
    control.add("base", [], text)
    control.ground([("base", [])])
    assert messages == []
    found: list[int] | None = None
    with control.solve(yield_=True) as answers:
        for answer in answers:
            found = list(answer.cost)
    return found


def random_case(seed: int) -> str:
    """What came of one random policy: `equal`, `no plan`, `waits`, why it was not printed, or what differs."""
    rng = Random(seed)
    program = compiled(random_planning_policy(rng))
    facts = random_facts(program, ON, rng, Size(rows=3))
    goal = program.designations["random.goal"]
    tier = rng.choice(goal.tiers).name if goal.tiers else None
    return compared(program, facts, goal, tier)


def compared(
    program: model.Program, facts: Facts, goal: model.Designation, tier: str | None, on: datetime.date = ON
) -> str:
    """The plan program's optimum against `attain plan`."""
    try:
        found = plan(program, facts, on, {}, targets=[Target(goal, tier)])
        text = plan_program(program, facts, on, {}, [(goal, tier)], None)
    except NotPrinted as why:
        return f"not printed: {why}"
    except (EvaluationProblem, CannotStayOpen, TooFine) as why:
        return f"no plan to compare with: {type(why).__name__}"
    cost = best(text)
    if not found.plans:
        said = [0, 0] if found.status == "qualified" else None
        same = cost == said or (cost is not None and said is not None and not any(cost))
        return "no plan" if same else f"differs: {cost}, {found.status}"
    one = found.plans[0]
    wanted = [Fraction(one.cost_exact.number), one.changes]
    begun, done = (
        max((each.start for each in one.steps), default=on),
        max((each.ready for each in one.steps), default=on),
    )
    if cost is None and (begun > on or one.ready > done):
        return "waits"  # which is no plan on paper: all is begun at once and judged on the day given
    if cost is None or cost[1] != wanted[1] or (cost[0] == 0) is not (wanted[0] == 0):
        return f"differs: {cost}, {wanted}"
    unit = Fraction(cost[0]) / wanted[0] if wanted[0] else 1
    # Costs are in cents where they are not whole, and in halves and tenths between.
    return "equal" if unit in (1, 2, 10, 100) else f"differs: {cost}, {wanted}"
