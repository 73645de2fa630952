"""What a plan must keep to, and what may be wrong with the question."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from dataclasses import field
from fractions import Fraction

from attain_compiler.frozen import frozen
from attain_engine.optimise.problem import OBJECTIVES, Objective, Progress
from attain_engine.plan.how_often import HowOften
from attain_engine.plan.target import Target


class PlanProblem(Exception):
    """The question cannot be asked as it was: message and help for the user."""

    def __init__(self, message: str, help: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.help = help


class NotQualified(Exception):
    """A plan that was found does not reach a target when the facts are assessed on the day it is ready."""

    def __init__(self, target: Target, day: datetime.date, cost: str) -> None:
        super().__init__(f"not qualified on {day}: the plan found does not reach {target.text} once it is done")
        self.target = target
        self.day = day
        self.cost = cost


@frozen
class Wishes:
    """What a plan must keep to. `forbid` and `require` name changes; `budget` is in the policy's currency; `by` is the
    date by which the plan must be ready, `until` that to which the designations must then hold; `how_often` is how
    often changes are made; `show` is how many plans are wanted."""

    minimize: tuple[Objective, ...] = OBJECTIVES
    forbid: frozenset[str] = frozenset()
    require: frozenset[str] = frozenset()
    budget: Fraction | None = None
    by: datetime.date | None = None
    how_often: tuple[HowOften, ...] = ()
    until: datetime.date | None = None
    show: int = 1
    time_limit: float | None = None
    progress: Progress | None = None
    interrupted: Callable[[], bool] | None = field(default=None)
