"""Why a question has no answer, as a `Problem`: never a traceback, and nothing of what lies outside the folder."""

from __future__ import annotations

import json
import os
import sys
import traceback
from collections.abc import Mapping
from dataclasses import asdict
from typing import Final

from attain_compiler.diagnostics.model import Diagnostic
from attain_compiler.diagnostics.render import Findings, in_order, render
from attain_compiler.model.program import Program
from attain_compiler.source import SourceFile
from attain_engine.asked import AskedWrongly
from attain_engine.assess.named import NameProblem
from attain_engine.assess.why import RowProblem
from attain_engine.facts import FactsProblem
from attain_engine.plan import PlanProblem
from attain_engine.refusals import REFUSALS, refusal
from attain_engine.report.facts_text import counted
from attain_engine.report.optional import MissingLibrary
from attain_engine.serve.folder import NotServed
from attain_engine.serve.kept import FactsMistakes, ImportsFromElsewhere, PolicyMistakes
from attain_engine.serve.models import Problem

MOST_TOLD: Final = 200
"""So many mistakes in facts, or in a policy, are told; how many there are is counted."""

_TITLES: Final = {
    400: "The question cannot be read",
    403: "Not allowed",
    404: "Not found",
    413: "Too large",
    415: "Not a form that is taken",
    422: "The question has no answer",
    500: "A mistake in Attain",
    501: "A library is missing",
    503: "No answer within the limits",
}


def problem(status: int, code: str, detail: str, help: str = "") -> Problem:
    """A problem of one sentence."""
    return Problem(title=_TITLES.get(status, "No answer"), status=status, code=code, detail=detail, help=help)


def problem_of(error: Exception, program: Program | None) -> Problem:
    """What is said of an exception; of one that nothing foresaw, that it is a mistake in Attain."""
    match error:
        case NotServed():
            fix = "GET /api/listing lists what is there"
            return problem(404, "not-served", f"`{str(error)[:200]}` is not in the folder that is served", fix)
        case ImportsFromElsewhere():
            fix = "serve the folder that has both"
            return problem(403, "imports-from-elsewhere", "the policy imports from outside the folder", fix)
        case PolicyMistakes():
            found = _told(error.diagnostics, error.files)
            return problem(422, "policy-mistakes", "the policy has mistakes").model_copy(update={"diagnostics": found})
        case FactsMistakes():
            return _facts(error.problems)
        case AskedWrongly() | NameProblem() | RowProblem():
            return problem(422, "asked-wrongly", str(error))
        case PlanProblem():
            return problem(422, "asked-wrongly", error.message, error.help)
        case MissingLibrary():
            return problem(501, "missing-library", str(error))
        case _ if isinstance(error, REFUSALS) and program is not None:
            told = refusal(error, program)
            found = _told((told,), program.files)
            return problem(422, told.code, told.message, told.help).model_copy(update={"diagnostics": found})
        case _:
            return _unforeseen(error)


def _told(diagnostics: tuple[Diagnostic, ...], files: Mapping[str, SourceFile]) -> tuple[Mapping[str, object], ...]:
    findings = Findings(in_order(diagnostics)[:MOST_TOLD], files)
    return tuple(json.loads(render(findings, "json"))["diagnostics"])


def _facts(problems: tuple[FactsProblem, ...]) -> Problem:
    told = tuple({"severity": each.severity, **asdict(each)} for each in problems[:MOST_TOLD])
    answer = problem(422, "facts-mistakes", f"{counted(problems)} in the facts")
    return answer.model_copy(update={"facts_problems": told, "facts_problems_found": len(problems)})


def _unforeseen(error: Exception) -> Problem:
    if os.environ.get("ATTAIN_DEBUG") == "1":
        traceback.print_exception(error, file=sys.stderr)
    fix = "please report it (with ATTAIN_DEBUG=1 the server shows where it happened)"
    return problem(500, "internal-error", f"{type(error).__name__}: {' '.join(str(error).split())[:300]}", fix)
