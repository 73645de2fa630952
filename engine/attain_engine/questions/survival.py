"""What it costs that a plan survives the loss of any one person or customer."""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence
from dataclasses import replace

from attain_compiler.model import program as model
from attain_engine.facts.model import Facts
from attain_engine.plan import Plan, Target, Wishes
from attain_engine.questions.asking import Asking


def surviving(
    program: model.Program,
    facts: Facts,
    on: datetime.date,
    readings: Mapping[str, str] | None,
    found: Plan,
    *,
    targets: Sequence[Target] = (),
    wishes: Wishes,
) -> Plan:
    """A plan that was asked to survive the loss of any one identifier of the entities in `wishes.survive`, with what
    the cheapest costs that need not. Raises EvaluationProblem and PlanProblem."""
    asking = Asking(program, facts, on, readings, wishes)
    plain = asking.plan(targets, replace(wishes, survive=frozenset(), show=1))
    cost = "" if plain.status not in ("proved", "qualified") else plain.plans[0].cost if plain.plans else "nothing"
    return found.model_copy(update={"survives": tuple(sorted(wishes.survive)), "cost_without": cost})
