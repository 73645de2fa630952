"""What a plan must keep to."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from dataclasses import field
from fractions import Fraction

from attain_compiler.frozen import frozen
from attain_engine.optimise.problem import OBJECTIVES, Objective, Progress
from attain_engine.plan.how_often import Limit
from attain_engine.plan.target import Target


class NotQualified(Exception):
    """A plan that was found does not reach a target when the facts are assessed on the day it is ready."""

    def __init__(self, target: Target, day: datetime.date, cost: str) -> None:
        super().__init__(f"not qualified on {day}: the plan found does not reach {target.text} once it is done")
        self.target = target
        self.day = day
        self.cost = cost


@frozen
class Wishes:
    """What a plan must keep to. `forbid` and `require` name changes, or instances of them as `certify(ana, *)`;
    `at_most` how often such may be made at the most; `budget` is in the policy's currency; `by` is the date by which
    the plan must be ready, `until` that to which the designations must then hold, it being ready by then; `how_often`
    is how often changes are made; `survive` names entities any one of which may be lost, and the designations still
    hold; `unmet` is how many of the requirements of each designation may fail in the end; `most_changes` how many
    changes may be made; with `just`, these changes are made, each so often, and no others, whatever that brings; `show`
    is how many plans are wanted."""

    minimize: tuple[Objective, ...] = OBJECTIVES
    forbid: frozenset[str] = frozenset()
    require: frozenset[str] = frozenset()
    at_most: tuple[tuple[int, str], ...] = ()
    budget: Fraction | None = None
    by: datetime.date | None = None
    how_often: tuple[Limit, ...] = ()
    survive: frozenset[str] = frozenset()
    unmet: int = 0
    most_changes: int | None = None
    just: tuple[tuple[int, str], ...] = ()
    until: datetime.date | None = None
    show: int = 1
    time_limit: float | None = None
    progress: Progress | None = None
    interrupted: Callable[[], bool] | None = field(default=None)
