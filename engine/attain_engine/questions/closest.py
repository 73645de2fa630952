"""The plan that comes closest where none within the limits qualifies."""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence
from dataclasses import replace

from attain_compiler.model import program as model
from attain_engine.evaluate.designations import requirements_of
from attain_engine.facts.model import Facts
from attain_engine.plan import Target, Wishes
from attain_engine.questions.asking import Asking
from attain_engine.questions.models import Closest


def closest(
    program: model.Program,
    facts: Facts,
    on: datetime.date,
    readings: Mapping[str, str] | None = None,
    *,
    targets: Sequence[Target] = (),
    wishes: Wishes = Wishes(),
) -> Closest:
    """The cheapest of the plans within the wishes that leave the fewest requirements of each target unmet; options that
    stand for each other are one. Raises EvaluationProblem and PlanProblem."""
    asking = Asking(program, facts, on, readings, wishes)
    designations = [each.designation for each in targets] or list(program.designations.values())
    last = max((sum(1 for _ in requirements_of(each)) for each in designations), default=0)
    proved = True
    for unmet in range(last + 1):
        found = asking.plan(targets, replace(wishes, unmet=unmet))
        if found.plans or found.status == "qualified" or unmet == last or asking.over:
            requirements = found.plans[0].unmet if found.plans else found.unmet
            return Closest(
                unmet=unmet,
                proved=proved and found.status in ("proved", "qualified"),
                requirements=requirements,
                plan=found,
            )
        proved = proved and found.status == "impossible"
    raise AssertionError("a range that is never empty")
