"""The answers to questions that take several plans, and their JSON."""

from __future__ import annotations

import datetime
from typing import Literal

from pydantic import BaseModel, ConfigDict

from attain_engine.assess.exact import Exact
from attain_engine.plan.models import Asked, Plan, Standing

Status = Literal["qualified", "proved", "best found", "impossible", "nothing found", "undetermined"]


class Report(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Near(Report):
    """How far a designation is: its next tier, and the cheapest plan for it (none where there is none; `status` is that
    of a plan, `reasons` why there is none)."""

    target: str
    title: str
    award: str
    status: Status
    cost: str = ""
    cost_exact: Exact | None = None
    changes: int | None = None
    ready: datetime.date | None = None
    reasons: tuple[str, ...] = ()


class Nearest(Report):
    """Every designation, the cheapest to reach first; those that are reached stand before them, those that cannot be
    after. `complete` is false where some could not be told, in the time or from these facts: they may belong
    elsewhere."""

    format_version: Literal[1] = 1
    kind: Literal["nearest"] = "nearest"
    asked: Asked | None = None
    organisation: str
    as_of: datetime.date
    complete: bool
    designations: tuple[Near, ...]


class Front(Report):
    """Plans of which none is better than another in cost, changes and the day it is ready together. `complete`: these
    are all; else the time was too short."""

    format_version: Literal[1] = 1
    kind: Literal["front"] = "front"
    as_of: datetime.date
    asked: Asked | None = None
    complete: bool
    plans: tuple[Plan, ...]


class Most(Report):
    """The most of several targets that one plan reaches within the limits, at the least cost. `left` are the others.
    `proved`: no plan within the limits reaches more, and none as many for less."""

    format_version: Literal[1] = 1
    kind: Literal["most"] = "most"
    as_of: datetime.date
    asked: Asked | None = None
    reached: tuple[str, ...]
    left: tuple[str, ...]
    proved: bool
    plan: Plan | None


class Closest(Report):
    """The plan within the limits that leaves the fewest requirements of each target unmet: `unmet` of them. Its `plan`
    is without steps (`qualified`) where no change within the limits brings another requirement. `proved`: none leaves
    fewer."""

    format_version: Literal[1] = 1
    kind: Literal["closest"] = "closest"
    asked: Asked | None = None
    unmet: int
    proved: bool
    requirements: tuple[str, ...]
    plan: Plan


class Threshold(Report):
    """A number that a requirement compares with, and the cheapest plan if it were one unit (`step`) less or more.
    A cost is None where there is no plan (`lower_status`, `higher_status` say whether that is proved)."""

    where: str
    text: str
    path: str
    line: int
    value: str
    step: str
    lower: str
    lower_exact: Exact | None
    lower_status: Status
    higher: str
    higher_exact: Exact | None
    higher_status: Status


class Sensitivity(Report):
    """What the cheapest plan would cost with each threshold one unit less and one unit more."""

    format_version: Literal[1] = 1
    kind: Literal["sensitivity"] = "sensitivity"
    asked: Asked | None = None
    plan: Plan
    complete: bool
    thresholds: tuple[Threshold, ...]


class Turned(Report):
    """A requirement whose verdict a change would turn."""

    designation: str
    requirement: str
    title: str
    before: str
    after: str


class WhatIf(Report):
    """What some changes would bring: how the designations stand now, and on the day they are done. `plan` has the steps
    with their dates; its status is `impossible` where they cannot be made so."""

    format_version: Literal[1] = 1
    kind: Literal["what-if"] = "what-if"
    asked: Asked | None = None
    plan: Plan
    before: tuple[Standing, ...]
    after: tuple[Standing, ...]
    turned: tuple[Turned, ...]
