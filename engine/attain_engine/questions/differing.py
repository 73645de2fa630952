"""Plans that really differ: not by who does it, where that makes no difference, but by what is done."""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace

from attain_compiler.model import program as model
from attain_engine.facts.model import Facts
from attain_engine.plan import CarriedOut, LessOfSome, OnePlan, Plan, Target, Wishes
from attain_engine.questions.asking import Asking

NO_OTHER = "no other plan makes some change less often than each of these"
NO_TIME = "the next plan was not proved in the time allowed"


def differing(
    program: model.Program,
    facts: Facts,
    on: datetime.date,
    readings: Mapping[str, str] | None = None,
    *,
    targets: Sequence[Target] = (),
    wishes: Wishes = Wishes(),
) -> tuple[Plan, tuple[CarriedOut, ...]]:
    """The best plan, then the best of those that make some change less often than each before it (and others instead);
    `wishes.show` of them, and for each the facts after it. Only what is proved to be the next is shown. Raises
    EvaluationProblem and PlanProblem."""
    asking = Asking(program, facts, on, readings, replace(wishes, show=1))
    first, after = asking.plan_and_facts(targets)
    if not first.plans:
        return first, after
    plans = list(first.plans)
    every = list(after)
    no_more = ""
    while len(plans) < wishes.show:
        if asking.over:
            no_more = NO_TIME
            break
        others = tuple(LessOfSome(_units(program, each)) for each in plans)
        found, done = asking.plan_and_facts(targets, replace(asking.wishes, how_often=(*wishes.how_often, *others)))
        if found.status != "proved":
            no_more = NO_OTHER if found.status == "impossible" else NO_TIME
            break
        plans += found.plans
        every += done
    return first.model_copy(update={"plans": tuple(plans), "no_more": no_more}), tuple(every)


def _units(program: model.Program, plan: OnePlan) -> tuple[tuple[str, int], ...]:
    made: Counter[str] = Counter()
    for step in plan.steps:
        for each in program.changes.values():
            # Of two policies' changes with one name each counts: plans that differ in these alone are not told apart.
            if each.name == step.change:
                made[each.id] += step.units
    return tuple(sorted(made.items()))
