"""The facts after a plan, so that they can be written down and assessed again by anybody."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import replace
from fractions import Fraction

from attain_compiler.model import program as model
from attain_engine.evaluate import Evaluator, world_of
from attain_engine.facts.model import Facts
from attain_engine.plan.problem import PlanProblem


def written_out(
    program: model.Program, facts: Facts, day: datetime.date, readings: Mapping[str, str] | None = None
) -> Facts:
    """The facts of a day with a measure that a plan raised given straight, as what it is on that day: facts have no
    other way to say so. Raises PlanProblem where that is not known."""
    if not facts.raised:
        return replace(facts, as_of=day)
    evaluator = Evaluator(program, world_of(program, facts), day, readings)
    values = dict(facts.values)
    for measure, arguments in facts.raised:
        found = evaluator.measure(measure, arguments)
        if not isinstance(found, int | Fraction):
            raise PlanProblem(
                f"the facts after the plan cannot be written: what `{program.measures[measure].name}` is, is not known",
                "give the facts that it rests on",
            )
        values[measure, arguments] = found
    return replace(facts, as_of=day, values=values, raised={})
