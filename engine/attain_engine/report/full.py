"""Everything that a report shows: the assessment, how it comes about, what comes up, and the plan; and its JSON."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import Literal

from pydantic import BaseModel, ConfigDict

from attain_compiler.model.program import Program
from attain_engine.assess.assess import assessed, reckoned
from attain_engine.assess.lines import Line
from attain_engine.assess.models import Assessment
from attain_engine.assess.named import designation_lines
from attain_engine.assess.upcoming import Upcoming, upcoming
from attain_engine.facts import Facts
from attain_engine.forecast import Forecast, forecast
from attain_engine.plan import Plan, Wishes, plan


class FullReport(BaseModel):
    """What `attain report` writes: `worksheet` has a line for each designation; `newest` is the newest date in the
    facts; `plan` and `forecast` are None where none was asked for."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    format_version: Literal[1] = 1
    kind: Literal["report"] = "report"
    assessment: Assessment
    worksheet: tuple[Line, ...]
    newest: datetime.date | None
    upcoming: tuple[Upcoming, ...]
    plan: Plan | None
    forecast: Forecast | None = None


def full_report(
    program: Program,
    facts: Facts,
    on: datetime.date,
    readings: Mapping[str, str] | None = None,
    *,
    wishes: Wishes | None = None,
    ahead: float | None = None,
) -> FullReport:
    """Assess, explain and, where `wishes` say how, plan; with `ahead`, forecast for so many seconds at the most what is
    lost and gained if nothing is done. Raises EvaluationProblem and PlanProblem."""
    found = reckoned(program, facts, on, readings)
    evaluator, results, verdicts = found
    assessment = assessed(facts, found, readings, rows=True)
    shown = {each.id: each.shown for each in assessment.designations}
    return FullReport(
        assessment=assessment,
        worksheet=designation_lines(evaluator, results, verdicts, shown),
        newest=assessment.newest,
        upcoming=upcoming(evaluator, results, facts),
        plan=None if wishes is None else plan(program, facts, on, readings, wishes=wishes),
        forecast=None if ahead is None else forecast(program, facts, on, readings, time_limit=ahead, prevent=False),
    )
