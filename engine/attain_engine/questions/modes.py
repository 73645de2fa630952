"""What may be asked of plans, by name."""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Literal, TypeAlias

from attain_compiler.model.program import Program
from attain_engine.facts.model import Facts
from attain_engine.plan import CarriedOut, Plan, Target, Wishes, plan_and_facts
from attain_engine.questions.asking import Asking
from attain_engine.questions.closest import closest
from attain_engine.questions.differing import differing
from attain_engine.questions.front import front
from attain_engine.questions.models import Closest, Front, Most, Sensitivity
from attain_engine.questions.most import most
from attain_engine.questions.relaxing import explained
from attain_engine.questions.sensitivity import sensitivity
from attain_engine.questions.survival import surviving

Mode: TypeAlias = Literal["plan", "closest", "front", "most", "sensitivity"]
Answer: TypeAlias = Plan | Closest | Front | Most | Sensitivity


def asked_as(
    mode: Mode,
    program: Program,
    facts: Facts,
    on: datetime.date,
    readings: Mapping[str, str] | None,
    *,
    targets: Sequence[Target],
    wishes: Wishes,
    alike: bool = False,
) -> tuple[Answer, tuple[CarriedOut, ...]]:
    """What is asked for: a plan, or one of the questions that take several; of plans, the facts with each carried out.
    With `alike`, several plans may differ only in who does what. Raises EvaluationProblem and PlanProblem."""
    given = (program, facts, on, readings)
    match mode:
        case "closest":
            return closest(*given, targets=targets, wishes=wishes), ()
        case "front":
            return front(*given, targets=targets, wishes=wishes), ()
        case "most":
            return most(*given, targets=targets, wishes=wishes), ()
        case "sensitivity":
            return sensitivity(*given, targets=targets, wishes=wishes), ()
        case "plan":
            asking = Asking(*given, wishes)  # one time limit for all that follows
            several = plan_and_facts if alike or wishes.show == 1 else differing
            found, after = several(*given, targets=targets, wishes=wishes)
            if wishes.survive:
                found = surviving(*given, found, targets=targets, wishes=replace(wishes, time_limit=asking.left))
            left = replace(wishes, time_limit=asking.left)
            return explained(*given, found, targets=targets, wishes=left), after
