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

from collections.abc import Sequence
from pathlib import Path

from attain_compiler.diagnostics.model import Diagnostic, Severity
from attain_compiler.model.program import Program
from attain_engine import facts as _facts
from attain_engine.assess import Assessment, assess
from attain_engine.check.examples import ExampleResult, run_examples
from attain_engine.compare import Comparison, compare
from attain_engine.evaluate import EvaluationProblem
from attain_engine.facts import Facts, FactsProblem
from attain_engine.plan import Plan, PlanProblem, Target, Wishes, plan
from attain_engine.policies import locate_policy, read_policy


class PolicyMistakes(Exception):
    """A policy cannot be used: `diagnostics` says why."""

    def __init__(self, diagnostics: tuple[Diagnostic, ...]) -> None:
        super().__init__("; ".join(each.message for each in diagnostics))
        self.diagnostics = diagnostics


class FactsMistakes(Exception):
    """Facts cannot be used: `problems` has every mistake in them."""

    def __init__(self, problems: tuple[FactsProblem, ...]) -> None:
        super().__init__("; ".join(each.message for each in problems))
        self.problems = problems


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


__all__ = [
    "Assessment",
    "Comparison",
    "EvaluationProblem",
    "ExampleResult",
    "Facts",
    "FactsMistakes",
    "Plan",
    "PlanProblem",
    "PolicyMistakes",
    "Program",
    "Target",
    "Wishes",
    "assess",
    "compare",
    "load_facts",
    "load_policy",
    "plan",
    "run_examples",
]
