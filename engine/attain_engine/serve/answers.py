"""The answers to questions, worked out here and now: what a worker does."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Mapping
from dataclasses import replace
from fractions import Fraction
from typing import Any, Final

from attain_compiler.diagnostics.render import Findings, in_order, render
from attain_compiler.frozen import frozen
from attain_compiler.model.program import Program
from attain_engine import questions
from attain_engine.asked import AskedWrongly, chosen_readings, counted, day_ahead, designations_named
from attain_engine.assess.assess import assess, assessed, reckoned
from attain_engine.assess.explain import explain
from attain_engine.assess.listed import contents
from attain_engine.assess.named import designation_lines
from attain_engine.check.claims import claim_diagnostics
from attain_engine.facts import Facts
from attain_engine.facts.schema import schema_text
from attain_engine.plan import Target, Wishes, with_targets
from attain_engine.report.full import full_report
from attain_engine.report.html import fragment, html
from attain_engine.serve import models as asked_for
from attain_engine.serve.folder import Folder
from attain_engine.serve.kept import Kept, Uploaded
from attain_engine.serve.levers import levers
from attain_engine.serve.steps import Taken, taken

JSON: Final = "application/json"
HTML: Final = "text/html; charset=utf-8"

LONGEST_FORECAST: Final = 20
"""Seconds that are spent at the most on what a report says of the time to come."""


@frozen
class Reply:
    """The body of an answer, and what it is."""

    body: str
    type: str = JSON


@frozen
class _Asked:
    """A question whose policy and facts were read."""

    program: Program
    facts: Facts
    on: datetime.date
    readings: Mapping[str, str]

    @property
    def given(self) -> tuple[Program, Facts, datetime.date, Mapping[str, str]]:
        return self.program, self.facts, self.on, self.readings

    def take(self, steps: tuple[asked_for.StepMade, ...]) -> Taken:
        """The steps, found among what is possible."""
        return taken(*self.given, steps)

    def after(self, question: asked_for.StepsAsked) -> _Asked:
        """The same with the steps made, on the day that is asked for."""
        return self.at_the_end(self.take(question.steps), question.day) if _has_steps(question) else self

    def at_the_end(self, taken: Taken, day: datetime.date | None) -> _Asked:
        """The same on the day on which the last step is done, or a later one."""
        on = max(taken.ready, day_ahead(day, self.on, "day") or self.on)
        return replace(self, facts=taken.facts(on), on=on)


def _has_steps(question: asked_for.StepsAsked) -> bool:
    return bool(question.steps) or question.day is not None


class Answers:
    """Answers questions about the policies and facts of one folder, which must be the current one. No plan is searched
    for longer than `seconds`."""

    def __init__(self, folder: Folder, seconds: int) -> None:
        self.folder = folder
        self.seconds = seconds
        self.kept = Kept(folder)

    def answer(self, kind: str, question: Mapping[str, Any], upload: Uploaded | None) -> Reply:
        """Answer a question of `KINDS`. Raises what `problems` knows."""
        model, function = KINDS[kind]
        return function(self, model.model_validate(question), upload)

    def _asked(self, question: asked_for.FactsAsked, upload: Uploaded | None) -> _Asked:
        program = self.kept.program(question.policy)
        readings = chosen_readings(program, question.readings.items())
        facts = self.kept.facts(program, question.facts, upload, question.sets)
        on = question.as_of or facts.as_of
        if on is None:
            raise AskedWrongly("no assessment date: give `as_of`, in the question or in the facts")
        return _Asked(program, facts, on, readings)

    # ------------------------------------------------------------ what there is

    def listing(self, question: _Listing, _: Uploaded | None) -> Reply:
        program = None if question.policy is None else self.kept.program(question.policy)
        return _json(self.folder.listing(program))

    def check(self, question: asked_for.PolicyAsked, _: Uploaded | None) -> Reply:
        read = self.kept.policy(question.policy)
        claims = claim_diagnostics(read.program) if read.program is not None and read.program.claims else ()
        findings = Findings(in_order((*read.diagnostics, *claims)), read.files)
        return Reply(render(findings, "json"))

    def contents(self, question: asked_for.PolicyAsked, _: Uploaded | None) -> Reply:
        return _json(contents(self.kept.program(question.policy)))

    def schema(self, question: asked_for.PolicyAsked, _: Uploaded | None) -> Reply:
        return Reply(schema_text(self.kept.program(question.policy)))

    def levers(self, question: asked_for.LeversAsked, upload: Uploaded | None) -> Reply:
        return _json(levers(*self._asked(question, upload).given, question))

    # ------------------------------------------------------------ answers

    def assess(self, question: asked_for.AssessAsked, upload: Uploaded | None) -> Reply:
        return _json(assess(*self._asked(question, upload).after(question).given, rows=question.rows))

    def why(self, question: asked_for.WhyAsked, upload: Uploaded | None) -> Reply:
        given = self._asked(question, upload).after(question).given
        return _json(explain(*given, question.name, every=question.every))

    def plan(self, question: asked_for.PlanAsked, upload: Uploaded | None) -> Reply:
        asked = self._asked(question, upload)
        both = sorted(set(question.forbid) & set(question.require))
        if both:
            raise AskedWrongly(f"`{both[0]}` is both required and forbidden: leave one of them out")
        if len(set(question.minimize)) != len(question.minimize):
            raise AskedWrongly("`minimize` names something twice")
        named = designations_named(asked.program, asked.facts, question.targets)
        wishes = Wishes(
            minimize=(*question.minimize, *(each for each in _OBJECTIVES if each not in question.minimize)),
            forbid=frozenset(question.forbid),
            require=frozenset(question.require),
            budget=None if question.budget is None else Fraction(question.budget),
            by=day_ahead(question.by, asked.on, "by"),
            until=day_ahead(question.until, asked.on, "until"),
            at_most=tuple(counted("at_most", each) for each in question.at_most),
            most_changes=question.most_changes,
            survive=frozenset(question.survive),
            how_often=asked.take(question.steps).at_least() if question.steps else (),
            show=question.show,
            time_limit=min(question.seconds or self.seconds, self.seconds),
        )
        targets = [Target(designation, tier) for designation, tier in named]
        asked = replace(asked, program=with_targets(asked.program, targets))
        found, _ = questions.asked_as(
            question.question, *asked.given, targets=targets, wishes=wishes, alike=question.alike
        )
        return _json(found)

    def report(self, question: asked_for.ReportAsked, upload: Uploaded | None) -> Reply:
        asked = self._asked(question, upload)
        asked = asked.after(question)
        if question.steps:
            count = f"{len(question.steps)} change{'s' * (len(question.steps) > 1)} made"
            asked = replace(asked, facts=replace(asked.facts, organisation=f"{asked.facts.organisation}, {count}"))
        wishes = Wishes(time_limit=max(1, self.seconds * 2 // 3)) if question.plan and asked.program.changes else None
        ahead = None if question.steps else min(LONGEST_FORECAST, self.seconds // 2)
        return Reply(html(full_report(*asked.given, wishes=wishes, ahead=ahead)), HTML)

    def page(self, question: asked_for.AssessAsked, upload: Uploaded | None) -> Reply:
        """What the page shows: the assessment without its rows, the same as HTML, and what the steps cost."""
        asked = self._asked(question, upload)
        made = asked_for.Made(steps=0, cost="", ready=asked.on)
        if _has_steps(question):
            steps = asked.take(question.steps)
            made = steps.made()
            asked = asked.at_the_end(steps, question.day)
        found = reckoned(*asked.given)
        answer = assessed(asked.facts, found, asked.readings, rows=False)
        lines = designation_lines(*found, {each.id: each.shown for each in answer.designations})
        shown = fragment(answer, lines)
        return _json(asked_for.PageAnswer(assessment=answer, html=shown, made=made))


class _Listing(asked_for.Question):
    policy: asked_for.Path | None = None


_OBJECTIVES: Final = ("cost", "changes", "time")

KINDS: Final[Mapping[str, tuple[type[asked_for.Question], Callable[[Answers, Any, Uploaded | None], Reply]]]] = {
    "listing": (_Listing, Answers.listing),
    "check": (asked_for.PolicyAsked, Answers.check),
    "contents": (asked_for.PolicyAsked, Answers.contents),
    "schema": (asked_for.PolicyAsked, Answers.schema),
    "levers": (asked_for.LeversAsked, Answers.levers),
    "assess": (asked_for.AssessAsked, Answers.assess),
    "why": (asked_for.WhyAsked, Answers.why),
    "plan": (asked_for.PlanAsked, Answers.plan),
    "report": (asked_for.ReportAsked, Answers.report),
    "page": (asked_for.AssessAsked, Answers.page),
}
"""What can be asked: the model of the question, and what answers it."""


def _json(answer: Any) -> Reply:
    return Reply(answer.model_dump_json(indent=2) + "\n")
