"""Attain for programs: load a policy and facts, assess, plan, compare.

    from attain_engine.api import assess, load_facts, load_policy, plan

    policy = load_policy("policies/modern_work.attain")
    facts = load_facts(policy, "facts/contoso.json")
    answer = assess(policy, facts, on=date(2024, 6, 30))
    answer.verdict, answer.designations[0].tracks[0].requirements[0].title
    best = plan(policy, facts, on=date(2024, 6, 30))
    changed = compare(policy, load_policy("drafts/modern_work.attain"))

Results are frozen pydantic models; `model_dump_json()` is the documented JSON. A policy can be kept and used for any
number of organisations, from one thread at a time.
"""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from attain_compiler.diagnostics.model import Diagnostic, Severity
from attain_compiler.model.program import Program
from attain_compiler.source import SourceFile
from attain_compiler.syntax.format import format_source
from attain_engine import facts as _facts
from attain_engine.assess import Assessment, assess
from attain_engine.assess.explain import explain as explained_by_name
from attain_engine.assess.lines import Line, Worksheet
from attain_engine.assess.listed import PolicyContents, contents
from attain_engine.assess.named import NameProblem
from attain_engine.assess.why import Explanation, RowProblem
from attain_engine.check.claims import claim_diagnostics
from attain_engine.check.examples import ExampleResult, run_examples
from attain_engine.compare import Comparison, compare
from attain_engine.evaluate import EvaluationProblem, check_readings
from attain_engine.facts import Facts, FactsProblem
from attain_engine.facts.schema import schema_of
from attain_engine.forecast import Forecast, forecast
from attain_engine.plan import CarriedOut, Plan, PlanProblem, Target, Wishes, plan, plan_and_facts
from attain_engine.policies import locate_policy, read_policy
from attain_engine.questions import (
    Closest,
    Front,
    Most,
    Nearest,
    Sensitivity,
    WhatIf,
    closest,
    differing,
    explained,
    front,
    most,
    nearest,
    sensitivity,
    surviving,
    what_if,
)
from attain_engine.report.forms import written
from attain_engine.report.full import FullReport, full_report
from attain_engine.report.optional import MissingLibrary
from attain_engine.rules.printed import printed


class PolicyMistakes(Exception):
    """A policy cannot be used: `diagnostics` says why."""

    def __init__(self, diagnostics: tuple[Diagnostic, ...]) -> None:
        super().__init__(_first(diagnostics))
        self.diagnostics = diagnostics


class FactsMistakes(Exception):
    """Facts cannot be used: `problems` has every mistake in them."""

    def __init__(self, problems: tuple[FactsProblem, ...]) -> None:
        super().__init__(_first(problems))
        self.problems = problems


_MOST = 5
"""So many mistakes stand in the message of an exception; all of them are in its values."""


def _first(mistakes: Sequence[Diagnostic] | Sequence[FactsProblem]) -> str:
    told = "; ".join(each.message[:200] for each in mistakes[:_MOST])
    more = len(mistakes) - _MOST
    return f"{told}; and {more:,} more" if more > 0 else told


def load_policy(path: str | Path, text: str | None = None) -> Program:
    """The compiled policy at a path (or the name of one that comes with Attain), with what it imports; `text` is used
    instead of what the file holds, if given. Raises PolicyMistakes."""
    read = read_policy(locate_policy(str(path)), text)
    errors = tuple(each for each in read.diagnostics if each.severity is Severity.ERROR)
    if read.program is None or errors:
        raise PolicyMistakes(errors)
    return read.program


def load_facts(
    policy: Program, path: str | Path | None = None, *, text: str | None = None, sets: Sequence[str] = ()
) -> Facts:
    """The facts in a JSON file, a folder of tables, a workbook or a database, or in `text` (JSON), checked against the
    policy; `sets` as `--set` of the command line. Raises FactsMistakes with every mistake."""
    facts, problems = _facts.load_facts(policy, None if path is None else Path(path), text=text, sets=sets)
    if facts is None or problems:
        raise FactsMistakes(problems)
    return facts


def check(path: str | Path, text: str | None = None) -> tuple[Diagnostic, ...]:
    """What `attain check` says of one policy: mistakes, warnings and notes, claims that do not hold among them."""
    read = read_policy(locate_policy(str(path)), text)
    claims = claim_diagnostics(read.program) if read.program is not None and read.program.claims else ()
    return (*read.diagnostics, *claims)


def explain(
    policy: Program,
    facts: Facts,
    on: datetime.date,
    name: str,
    readings: Mapping[str, str] | None = None,
    *,
    every: bool = False,
) -> Worksheet | Explanation:
    """What `attain why` says: the worksheet of a name (`total`, `cloud:gold`), or where rows (`Usage:12`) count.
    Raises NameProblem, RowProblem and EvaluationProblem."""
    return explained_by_name(policy, facts, on, readings, name, every=every)


def format_policy(text: str, path: str = "policy.attain") -> str:
    """The text of a policy in the standard layout, as `attain fmt`; as it is where it has mistakes of syntax."""
    return format_source(SourceFile(path, text))


def facts_schema(policy: Program) -> dict[str, Any]:
    """The JSON Schema (2020-12) of the facts that a policy asks for, as `attain schema` prints it."""
    return dict(schema_of(policy))


def answer_set_program(
    policy: Program, facts: Facts, on: datetime.date, readings: Mapping[str, str] | None = None
) -> str:
    """The policy and the facts as an answer set program, as `attain asp` prints it."""
    check_readings(policy, readings or {})
    return printed(policy, facts, on, dict(readings or {}), None, any_facts=False)


__all__ = [
    "Assessment",
    "CarriedOut",
    "Closest",
    "Comparison",
    "Diagnostic",
    "EvaluationProblem",
    "ExampleResult",
    "Explanation",
    "Facts",
    "FactsMistakes",
    "Forecast",
    "Front",
    "FullReport",
    "Line",
    "MissingLibrary",
    "Most",
    "NameProblem",
    "Nearest",
    "Plan",
    "PlanProblem",
    "PolicyContents",
    "PolicyMistakes",
    "Program",
    "RowProblem",
    "Sensitivity",
    "Target",
    "WhatIf",
    "Wishes",
    "Worksheet",
    "answer_set_program",
    "assess",
    "check",
    "closest",
    "compare",
    "contents",
    "differing",
    "explain",
    "explained",
    "facts_schema",
    "forecast",
    "format_policy",
    "front",
    "full_report",
    "load_facts",
    "load_policy",
    "most",
    "nearest",
    "plan",
    "plan_and_facts",
    "run_examples",
    "sensitivity",
    "surviving",
    "what_if",
    "written",
]
