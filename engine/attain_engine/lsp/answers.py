"""What the commands of the code lenses answer: examples run, facts assessed, plans made.

A policy is asked as it stands in the editor. A policy or facts with mistakes are answered with these mistakes.
"""

from __future__ import annotations

import contextlib
import datetime
import io
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

import click

from attain_compiler.diagnostics.model import Severity
from attain_compiler.diagnostics.render import Findings, in_order, render
from attain_compiler.frozen import frozen
from attain_compiler.model.program import Program
from attain_compiler.source import Span
from attain_compiler.syntax import ast
from attain_engine.check.examples import run_example
from attain_engine.cli.question import answering
from attain_engine.lsp.workspace import Analysis, Workspace
from attain_engine.report.console import Console

if TYPE_CHECKING:
    from attain_engine.assess import Assessment
    from attain_engine.facts import Facts

_Found = TypeVar("_Found")

PLAN_SECONDS = 60
"""How long a plan is searched for before the best one so far is shown."""

_PAGE = Console(color=False, unicode=True, columns=100)


@frozen
class Example:
    """What an example came to: how many cases it has, how many failed, and the first failure in words."""

    title: str
    cases: int
    failed: int
    message: str


@frozen
class Answer:
    """`headline` is one line, `text` all of it. `examples` are those that were run; `points` are what the parts came
    to, as score, part and points, for the facts called `facts` on the date `on`."""

    headline: str
    text: str
    examples: tuple[Example, ...] = ()
    facts: str = ""
    on: str = ""
    points: tuple[tuple[str, str, str], ...] = ()


class _Mistakes(Exception):
    """What was asked cannot be answered; `answer` says why."""

    def __init__(self, answer: Answer) -> None:
        super().__init__(answer.headline)
        self.answer = answer


def run(workspace: Workspace, path: str, title: str | None = None) -> Answer:
    """Run the examples of a file that have this title; without one, all of them."""
    try:
        analysis, program = _whole(workspace, path)
    except _Mistakes as mistakes:
        return mistakes.answer
    written: dict[Span, str] = {
        each.span: each.title.value for each in analysis.module.file.declarations if isinstance(each, ast.Example)
    }
    cases: dict[str, list[str | None]] = {}
    for example in program.examples.values():
        name = written.get(example.span)
        if name is not None and title in (None, name):
            failures = run_example(program, example).failures
            cases.setdefault(name, []).append(f"{example.title}: {failures[0].message}" if failures else None)
    examples = tuple(
        Example(name, len(found), sum(each is not None for each in found), next(filter(None, found), ""))
        for name, found in cases.items()
    )
    failed = sum(each.failed > 0 for each in examples)
    headline = f"{len(examples) - failed} of {len(examples)} examples passed"
    lines = [f"✗ {each.message}" if each.failed else f"✓ {each.title}" for each in examples]
    return Answer(headline, "\n".join([*lines, "", headline, ""]), examples)


def assessed(workspace: Workspace, path: str, facts: str) -> Answer:
    """Assess the policy at `path` on the facts at `facts`."""
    from attain_engine.assess import assess
    from attain_engine.report.assessment_text import assessment_text

    try:
        _, program = _whole(workspace, path)
        known = _facts(program, facts)
        on = known.as_of or datetime.date.today()
        answer: Assessment = _asked(lambda: assess(program, known, on), program)
    except _Mistakes as mistakes:
        return mistakes.answer
    points = tuple(
        (score.name, part.name, part.points)
        for designation in answer.designations
        for track in designation.tracks
        if track.chosen or len(designation.tracks) == 1
        for score in track.scores
        for part in score.parts
    )
    text = assessment_text(answer, _PAGE)
    return Answer(text.partition("\n")[0], text, (), answer.organisation, on.isoformat(), points)


def planned(workspace: Workspace, path: str, designation: str, facts: str) -> Answer:
    """Plan the least that must change for one designation of the policy at `path`, from the facts at `facts`."""
    from attain_engine.plan import PlanProblem, Target, Wishes, plan
    from attain_engine.report.plan_text import plan_text

    try:
        analysis, program = _whole(workspace, path)
        id_ = f"{analysis.module.name}.{designation}"
        wanted = [each for each in program.designations.values() if each.id.partition("(")[0] == id_]
        if not wanted:
            return Answer(f"there is no designation `{designation}`", "")
        known = _facts(program, facts)
        on = known.as_of or datetime.date.today()
        wishes = Wishes(time_limit=PLAN_SECONDS)
        answer = _asked(
            lambda: plan(program, known, on, targets=[Target(each) for each in wanted], wishes=wishes), program
        )
    except _Mistakes as mistakes:
        return mistakes.answer
    except PlanProblem as refusal:
        return Answer(refusal.message, f"{refusal.message}\n{refusal.help}\n")
    text = plan_text(answer, _PAGE)
    lines = text.splitlines()
    return Answer(next((each for each in lines if each.startswith("Plan")), lines[0]), text)


def _whole(workspace: Workspace, path: str) -> tuple[Analysis, Program]:
    analysis = workspace.analysis(path)
    if analysis is None:
        raise _Mistakes(Answer(f"`{path}` cannot be read", ""))
    if analysis.program is None:
        errors = tuple(each for each in analysis.diagnostics if each.severity is Severity.ERROR)
        text = render(Findings(in_order(errors), analysis.files), "full", color=False, columns=_PAGE.columns)
        raise _Mistakes(Answer("the policy has mistakes", text))
    return analysis, analysis.program


def _facts(program: Program, path: str) -> Facts:
    from attain_engine.facts import load_facts
    from attain_engine.report.facts_text import problems_text

    known, problems = load_facts(program, Path(path))
    if known is None or problems:
        number = len(problems)
        raise _Mistakes(Answer(f"{number} mistake{'s' * (number != 1)} in the facts", problems_text(problems, _PAGE)))
    return known


def _asked(question: Callable[[], _Found], program: Program) -> _Found:
    """What the question finds; where the policy cannot be evaluated on the facts, what the command line says of it."""
    said = io.StringIO()
    try:
        with contextlib.redirect_stderr(said):
            found: _Found = answering(question, program)
            return found
    except click.exceptions.Exit:
        text = said.getvalue()
        raise _Mistakes(Answer(text.partition("\n")[0], text)) from None
