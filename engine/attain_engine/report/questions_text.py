"""The answers to questions that take several plans, as text."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Final

from attain_engine.plan import models as plans
from attain_engine.questions.models import Closest, Front, Most, Near, Nearest, Sensitivity, WhatIf
from attain_engine.report.console import Console
from attain_engine.report.paper import Paper
from attain_engine.report.plan_text import plan_text
from attain_engine.report.plan_words import standing_title

_VERDICTS: Final = {"met": "qualified", "failed": "not qualified", "undetermined": "undetermined"}
_NEAR: Final = {
    "qualified": "reached",
    "best found": "not proved",
    "nothing found": "no plan found; that there is none is not proved",
    "undetermined": "cannot be told",
    "impossible": "no plan exists",
}


def question_text(answer: Any, console: Console, names: bool = False) -> str:
    """The whole answer; with `names`, every choice that would do as well is named."""
    paper = Paper(console)
    _TEXTS[answer.kind](answer, paper, names)
    while paper.lines and not paper.lines[-1]:
        paper.lines.pop()
    return paper.text()


def _plan(paper: Paper, plan: plans.Plan, names: bool) -> None:
    for line in plan_text(plan, paper.console, names).splitlines():
        paper.verbatim(line)


def _nearest(answer: Nearest, paper: Paper, names: bool) -> None:
    del names
    paper.line(paper.styled(f"{answer.organisation} on {answer.as_of}: the nearest first", "strong"))
    paper.line()
    for each in answer.designations:
        first, *others = _near(paper, each)
        paper.line(f"  {first}")
        paper.line("      " + "   ".join(filter(None, others)))
        for reason in each.reasons:
            paper.line(paper.styled(f"      {reason}", "faint"))
    if not answer.complete:
        late = any(each.status in ("best found", "nothing found") for each in answer.designations)
        why = ", perhaps for want of time (`--time-limit`)" if late else " from these facts"
        paper.line()
        paper.line(paper.styled(f"Some could not be told{why}: they may belong elsewhere.", "doubt"))


def _near(paper: Paper, each: Near) -> list[str]:
    """What is said of a designation: what it is, how it stands, what it would cost."""
    _, _, tier = each.target.partition(":")
    title = f"{each.title}: {tier}" if tier else each.title
    told = [f"now {each.award}" if each.award else "", _NEAR.get(each.status, ""), f"(`{each.target}`)"]
    mark = {"qualified": "met", "proved": "failed", "impossible": "failed"}.get(each.status, "?")
    if each.cost:
        changes = f"{each.changes} change{'s' if each.changes != 1 else ''}"
        told = [each.cost, changes, f"ready {each.ready}", *told]
    return [f"{paper.mark(mark)} {title}", *told]


def _front(answer: Front, paper: Paper, names: bool) -> None:
    shown = [each for each in answer.plans if each.plans]
    if not shown:
        for each in answer.plans:
            _plan(paper, each, names)
        return
    first = shown[0]
    paper.line(paper.styled(f"{first.organisation} → {', '.join(first.targets)} on {first.as_of}", "strong"))
    several = f"{len(shown)} plans, none of which is better than another in cost, changes and time together"
    paper.line("One plan is the best in cost, changes and time alike." if len(shown) == 1 else several)
    paper.line()
    rows = []
    for number, each in enumerate(shown, 1):
        best = each.plans[0]
        few = best.steps if names else best.steps[:4]
        steps = "; ".join(step.text for step in few) + ("; …" if len(few) < len(best.steps) else "")
        changes = f"{best.changes} change{'s' if best.changes != 1 else ''}"
        rows.append([f"{number}", best.cost, changes, f"ready {best.ready}", steps])
    paper.table(rows, indent=2, right=(0, 1))
    if not answer.complete:
        paper.line()
        paper.line(
            paper.styled("There may be others, and better ones: not all could be told (`--time-limit`).", "doubt")
        )


def _most(answer: Most, paper: Paper, names: bool) -> None:
    if answer.plan is None:
        told = (
            "None of them can be reached within the limits."
            if answer.proved
            else "No plan for any of them was found; that there is none is not proved."
        )
        paper.line(f"{told} ({', '.join(answer.left)})")
        return
    of = len(answer.reached) + len(answer.left)
    paper.line(
        paper.styled(f"{len(answer.reached)} of {of} can be reached together: ", "strong") + ", ".join(answer.reached)
    )
    if answer.left:
        paper.line(f"not within the limits as well: {', '.join(answer.left)}")
    if not answer.proved:
        paper.line(paper.styled("That no more can be reached, or for less, is not proved.", "doubt"))
    paper.line()
    _plan(paper, answer.plan, names)


def _closest(answer: Closest, paper: Paper, names: bool) -> None:
    if answer.unmet:
        left = f"{answer.unmet} requirement{'s' if answer.unmet != 1 else ''}"
        told = "No plan within the limits qualifies" + ("" if answer.proved else " (not proved)")
        paper.line(paper.styled(f"{told}; the closest leaves {left} unmet:", "strong"))
        for each in answer.requirements:
            paper.line(f"  {paper.mark('failed')} {each}")
        paper.line()
        if answer.plan.status == "qualified":
            paper.line("No change within the limits brings another requirement.")
            return
    _plan(paper, answer.plan, names)


def _sensitivity(answer: Sensitivity, paper: Paper, names: bool) -> None:
    _plan(paper, answer.plan, names)
    paper.line()
    paper.line(paper.styled("The cheapest plan with one unit less or more of each threshold:", "strong"))
    rows = [["threshold", "stands in", "less", "more"]]
    rows += [
        [f"{each.value} ± {each.step}", f"{each.where} (line {each.line})", each.lower, each.higher]
        for each in answer.thresholds
    ]
    paper.table(rows, indent=2, right=(2, 3))
    if not answer.complete:
        paper.line(paper.styled("Not all of it is proved; more time may do it (`--time-limit`).", "doubt"))


def _what_if(answer: WhatIf, paper: Paper, names: bool) -> None:
    del names
    if not answer.plan.plans:
        told = "These changes cannot be made so:"
        other = "It cannot be told." if answer.plan.status == "undetermined" else "No answer was found."
        paper.line(paper.styled(told, "bad") if answer.plan.status == "impossible" else other)
        for reason in answer.plan.reasons:
            paper.line(f"  {reason}")
        return
    (best,) = answer.plan.plans
    ready = f", done on {best.ready}" if best.days else ""
    paper.line(
        paper.styled(f"{answer.plan.organisation}: what these changes bring", "strong") + f": {best.cost}{ready}"
    )
    for step in best.steps:
        paper.line(f"  + {step.text}  {step.cost}".rstrip())
    paper.line()
    for before, after in zip(answer.before, answer.after, strict=True):
        paper.line(f"{standing_title(before)}: {_standing(before)} → {_standing(after)}")
    for each in answer.turned:
        paper.line(f"  {paper.mark(each.after)} {each.requirement}  {each.title} (was {each.before})")
    if not answer.turned:
        paper.line("  no requirement turns")


def _standing(each: plans.Standing) -> str:
    award = f": {each.award}" if each.award else ""
    total = f", {each.total} points" if each.total else ""
    return f"{_VERDICTS[each.verdict]}{award}{total}"


_TEXTS: Final[Mapping[str, Callable[[Any, Paper, bool], None]]] = {
    "nearest": _nearest,
    "front": _front,
    "most": _most,
    "closest": _closest,
    "sensitivity": _sensitivity,
    "what-if": _what_if,
}
