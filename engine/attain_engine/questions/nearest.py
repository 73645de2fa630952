"""The nearest of all designations."""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import Final

from attain_compiler.model import program as model
from attain_engine.assess import designations_of
from attain_engine.assess.each_award import with_each_award
from attain_engine.facts.model import Facts
from attain_engine.plan import Plan, Target, Wishes, with_targets
from attain_engine.questions.asking import CERTAIN, Asking
from attain_engine.questions.models import Near, Nearest

_ORDER: Final = {"qualified": 0, "proved": 1, "best found": 1, "nothing found": 2, "undetermined": 3, "impossible": 4}


def nearest(
    program: model.Program,
    facts: Facts,
    on: datetime.date,
    readings: Mapping[str, str] | None = None,
    *,
    targets: Sequence[Target] = (),
    wishes: Wishes = Wishes(),
) -> Nearest:
    """For each target (without any: each designation of the main policy, and each identifier where there is an award of
    each; of one with tiers the lowest that is not reached) the cheapest plan for it alone; the nearest first. The time
    that is left is shared by those that are still to be looked at. Raises EvaluationProblem and PlanProblem."""
    wanted = list(targets) or list(map(Target, with_each_award(program, facts, designations_of(program))))
    asking = Asking(with_targets(program, wanted), facts, on, readings, wishes)
    found: list[tuple[Near, Plan]] = []
    for number, target in enumerate(wanted):
        left = asking.left
        share = None if left is None else left / (len(wanted) - number)
        one = asking.plan((target,), seconds=share)
        found.append((_near(target, one), one))
    found.sort(key=lambda pair: (_ORDER[pair[1].status], *_measured(pair[1])))
    return Nearest(
        organisation=facts.organisation,
        as_of=on,
        complete=all(one.status in CERTAIN for _, one in found),
        designations=tuple(near for near, _ in found),
    )


def _measured(one: Plan) -> tuple[Fraction, int, int]:
    if not one.plans:
        return Fraction(0), 0, 0
    best = one.plans[0]
    return Fraction(best.cost_exact.number), best.changes, best.days


def _near(target: Target, one: Plan) -> Near:
    best = one.plans[0] if one.plans else None
    (before,) = one.before
    return Near(
        target=one.targets[0],
        title=target.title,
        award=before.award,
        status=one.status,
        cost="" if best is None else best.cost,
        cost_exact=None if best is None else best.cost_exact,
        changes=None if best is None else best.changes,
        ready=None if best is None else best.ready,
        reasons=one.reasons,
    )
