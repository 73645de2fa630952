"""Plan programs run by plain clingo."""

from __future__ import annotations

import datetime
from fractions import Fraction
from random import Random
from typing import TypeAlias

import clingo

from attain_compiler.model import program as model
from attain_engine.evaluate.problems import CannotStayOpen, EvaluationProblem
from attain_engine.facts.model import Facts
from attain_engine.open.quantities import TooFine
from attain_engine.plan.plan import Target, plan
from attain_engine.plan.program import NotPrinted, plan_program
from tests.oracle.changes import TooManyPlansError, cheapest, goal_of
from tests.oracle.compiled import compiled
from tests.oracle.facts_generator import Size, random_facts
from tests.oracle.interpreter import Interpreter
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
    """What came of one random policy: `equal`, `no plan`, why it was not printed, what differs; or `time` where the
    engine's plan is another one since time makes a difference, and the program's is the best on paper."""
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
    optimum = best(text)
    if found.plans:
        wanted: Wanted = (Fraction(found.plans[0].cost_exact.number), found.plans[0].changes)
    else:
        wanted = (Fraction(0), 0) if found.status == "qualified" else None
    if _same(optimum, wanted):
        return "equal" if found.plans else "no plan"
    if found.horizon is not None:
        # The engine's plan is judged on the day it is ready, and lets steps wait; the program's is begun and judged on
        # the day given, as the oracle's is.
        try:
            on_paper = cheapest(Interpreter(program, facts, on, {}), goal_of(goal, tier))
        except TooManyPlansError:
            return "time, and too many plans to try on paper"
        if _same(optimum, None if on_paper is None else (on_paper.cost, len(on_paper.steps))):
            return "time"
    return f"differs: {optimum}, {wanted}"


Wanted: TypeAlias = "tuple[Fraction, int] | None"
"""The cost of a plan, and how many changes it has."""


def _same(optimum: list[int] | None, wanted: Wanted) -> bool:
    """Whether the program's costs are those of the plan, in their unit."""
    if optimum is None or wanted is None:
        return optimum is None and wanted is None
    cost, changes = wanted
    paid, made = (*optimum, 0, 0)[:2]  # nothing is minimized where no change is possible
    # Costs are in cents where they are not whole, and in halves and tenths between.
    return made == changes and any(paid == cost * unit for unit in (1, 2, 10, 100))
