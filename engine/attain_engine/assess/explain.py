"""`attain why`: of rows (`Usage:12`), or of what has a name (`total`, `cloud:gold`)."""

from __future__ import annotations

import datetime
from collections.abc import Mapping

from attain_compiler.model import program as model
from attain_engine.assess.lines import Worksheet
from attain_engine.assess.named import explain_name
from attain_engine.assess.why import Explanation, explain_rows
from attain_engine.facts.model import Facts


def explain(
    program: model.Program,
    facts: Facts,
    on: datetime.date,
    readings: Mapping[str, str] | None,
    wanted: str,
    *,
    every: bool = False,
) -> Worksheet | Explanation:
    """The worksheet of a name, or of rows where they count. Raises NameProblem, RowProblem and EvaluationProblem."""
    about = explain_rows if names_rows(program, wanted) else explain_name
    return about(program, facts, on, readings, wanted, every=every)


def names_rows(program: model.Program, wanted: str) -> bool:
    """Whether what is asked about is rows, and no tier: both have a colon. What stands before it is the name of a
    record or of a designation; where it is neither, what stands after it says what was meant."""
    name, colon, which = (each.strip() for each in wanted.partition(":"))
    if not colon or "(" in name:
        return False
    if any(each.name == name for each in program.records.values()):
        return True
    designations = {each.partition("(")[0] for one in program.designations.values() for each in (one.name, one.id)}
    return name not in designations and (which.isdecimal() or "=" in which or not which)
