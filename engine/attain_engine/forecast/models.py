"""What `forecast` returns, and its JSON."""

from __future__ import annotations

import datetime
from typing import Literal

from pydantic import BaseModel, ConfigDict

from attain_engine.assess.exact import Exact
from attain_engine.plan.models import Standing


class Report(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Turn(Report):
    """What changes on a day: of a designation its `verdict`, its `award` (empty: none) or the `track` that is shown, or
    one of its requirements (then `requirement` is its path). `track` is that whose verdict, award or requirement it is,
    if there are several."""

    what: Literal["verdict", "award", "track", "requirement"]
    designation: str
    title: str
    requirement: str = ""
    track: str = ""
    before: str
    after: str
    lost: bool
    """Whether it is worse than before."""


class Prevention(Report):
    """The cheapest plan with which what is lost on the day still holds on it. `status` is that of a plan."""

    target: str
    title: str
    status: Literal["qualified", "proved", "best found", "impossible", "nothing found", "undetermined"]
    cost: str = ""
    cost_exact: Exact | None = None
    ready: datetime.date | None = None
    steps: tuple[str, ...] = ()


class Day(Report):
    """A day on which something changes, and why: the rows whose dates it is (the fewest that explain it), a parameter
    that changes, a month that begins."""

    day: datetime.date
    turns: tuple[Turn, ...]
    causes: tuple[str, ...]
    preventions: tuple[Prevention, ...] = ()


class Critical(Report):
    """A row without which a designation that holds today, or its award, would be lost: `loses` has their titles."""

    row: str
    title: str
    loses: tuple[str, ...]


class Forecast(Report):
    """`to` is the last day that was looked at, before `asked_to` where the time was too short. `now` is how the
    designations stand; `assumed` what is taken for granted of the time to come. `critical` are the rows without which a
    status of today would be lost; `critical_rows` is how many rows were tried, of `rows` in all."""

    format_version: Literal[1] = 1
    kind: Literal["forecast"] = "forecast"
    organisation: str
    policy: str
    as_of: datetime.date
    to: datetime.date
    asked_to: datetime.date
    now: tuple[Standing, ...]
    assumed: tuple[str, ...]
    days: tuple[Day, ...]
    critical: tuple[Critical, ...]
    critical_rows: int
    rows: int
