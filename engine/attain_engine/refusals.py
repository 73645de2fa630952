"""Why a question about a policy has no answer, as a diagnostic with its place."""

from __future__ import annotations

from typing import Final

from attain_compiler.asp import TooLarge
from attain_compiler.diagnostics.model import Diagnostic
from attain_compiler.model.calendar import OutsideTheCalendar
from attain_compiler.model.program import Program
from attain_engine.evaluate import EvaluationProblem
from attain_engine.open.quantities import TooFine

REFUSALS: Final = (EvaluationProblem, OutsideTheCalendar, TooLarge, TooFine)
"""What assessing, explaining and planning may raise about a policy and its facts."""


def refusal(problem: Exception, program: Program) -> Diagnostic:
    """One of `REFUSALS` as a diagnostic: where it has no place of its own, at the policy. Raises TypeError for other
    exceptions."""
    policy = program.policies[program.main].span
    match problem:
        case EvaluationProblem():
            return Diagnostic(problem.code, problem.message, problem.span or policy, help=problem.help)
        case OutsideTheCalendar():
            message = "what is asked for leads to a date outside the years 1 to 9998"
            return Diagnostic("outside-the-calendar", message, policy, help="ask for another date")
        case TooLarge():
            fix = "round the costs (to whole dollars, say), or forbid changes that do not matter (`--forbid`)"
            return Diagnostic("too-fine", str(problem), policy, help=fix)
        case TooFine():
            message = "a change has more possible amounts than can be searched"
            fix = "let the change come in larger units (`by 1 to 500` of 1_000 each)"
            return Diagnostic("too-fine", message, policy, help=fix)
        case _:
            raise TypeError(problem)
