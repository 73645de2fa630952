"""What some changes would bring, without asking for the best."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from attain_compiler.model import program as model
from attain_engine.assess import Assessment, assess, designations_of
from attain_engine.facts.model import Facts
from attain_engine.plan import Target, Wishes, plan_and_facts
from attain_engine.plan.awards import standings_of_each
from attain_engine.questions.models import Turned, WhatIf


def what_if(
    program: model.Program,
    facts: Facts,
    on: datetime.date,
    readings: Mapping[str, str] | None = None,
    *,
    made: Sequence[tuple[int, str]],
    targets: Sequence[Target] = (),
    wishes: Wishes = Wishes(),
) -> WhatIf:
    """How the designations stand when these changes are made, each so often, as soon as they can be, and nothing else.
    Each is written as `certify(ana, *)` is for `attain plan`. Raises EvaluationProblem and PlanProblem."""
    wished = replace(wishes, just=tuple(made), minimize=("time", "cost", "changes"), show=1)
    found, done = plan_and_facts(program, facts, on, readings, targets=targets, wishes=wished)
    designations = [each.designation for each in targets] or list(designations_of(program))
    before = assess(program, facts, on, readings, rows=False, designations=designations)
    if not found.plans:
        return WhatIf(plan=found, before=found.before, after=found.before, turned=())
    (best,) = found.plans
    after = assess(program, done[0].facts, best.ready, readings, rows=False, designations=designations)
    now, then = ({each.designation: each for each in standings_of_each(one, designations)} for one in (before, after))
    whole = {each.name for each in designations}
    shown = [name for name in then if name in whole or (name in now and now[name] != then[name])]
    return WhatIf(
        plan=found,
        before=tuple(now[name] for name in shown),
        after=tuple(then[name] for name in shown),
        turned=tuple(_turned(before, after)),
    )


def _turned(before: Assessment, after: Assessment) -> Iterator[Turned]:
    for old, new in zip(before.designations, after.designations, strict=True):
        tracks = {each.name: each for each in new.tracks}
        for requirement in old.track.requirements:
            track = tracks.get(old.track.name, new.track)
            now = next((each for each in track.requirements if each.path == requirement.path), None)
            if now is not None and now.verdict != requirement.verdict:
                yield Turned(
                    designation=old.name,
                    requirement=requirement.path,
                    title=requirement.title,
                    before=requirement.verdict,
                    after=now.verdict,
                )
