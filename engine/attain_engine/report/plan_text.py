"""A plan as text: what to do, what it costs, how it was proved, and what would not be enough."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from attain_engine.plan import models
from attain_engine.report.console import Console
from attain_engine.report.paper import Paper
from attain_engine.report.plan_steps import beside, steps
from attain_engine.report.plan_words import in_time, outcome

_VERDICTS: Final = {"met": "qualified", "failed": "not qualified", "undetermined": "undetermined"}


def plan_text(plan: models.Plan, console: Console, names: bool = False) -> str:
    """The whole answer; with `names`, every step, every choice that would do as well and every
    number that falls short is told."""
    paper = Paper(console)
    for standing in plan.before:
        where = _track(standing)
        total = f"{standing.total} points" if standing.total else ""
        verdict = _VERDICTS[standing.verdict]
        award = f": {standing.award}" if standing.award else ""
        head = paper.styled(f"{plan.organisation} → {standing.title}{where}", "strong")
        paper.flow((head, f"{verdict}{award}", total), "   ")
    paper.line(paper.styled(f"to reach {', '.join(_targets(plan))} on {plan.as_of}", "faint"))
    paper.line()
    for number, one in enumerate(plan.plans, 1):
        paper.line(_head(paper, plan, one, number))
        if number > 1:
            beside(paper, plan.plans[0], one)
        steps(paper, plan, one, names)
        for standing in one.after:
            total = f" with {standing.total} points" if standing.total else ""
            track = _track(standing)
            award = f": {standing.award}" if standing.award else ""
            day = f" as of {one.ready}" if plan.horizon else ""
            verdict = _VERDICTS[standing.verdict]
            which = f"{standing.title}: " if len(one.after) > 1 else ""
            paper.line(f"  after the plan, assessed again{day}: {which}{verdict}{award}{track}{total}")
        for title, before, after in plan.moved(one):
            paper.line(f"  {title}: {before}, after the plan {after}")
        for told in in_time(plan, one):
            paper.line(f"  {told}")
        paper.line()
    if plan.no_more:
        paper.line(paper.styled(plan.no_more, "faint"))
    if plan.survives and plan.plans:
        kinds = " or ".join(plan.survives)
        without = f"; without that: {plan.cost_without}" if plan.cost_without else ""
        paper.line(paper.styled(f"holds whichever one {kinds} is lost{without}", "faint"))
    if not plan.plans:
        paper.line(paper.styled(outcome(plan), {"qualified": "good", "impossible": "bad"}.get(plan.status, "doubt")))
        for reason in plan.reasons:
            paper.line(f"  {reason}")
        _relaxations(paper, plan)
    while paper.lines and not paper.lines[-1]:
        paper.lines.pop()
    return paper.text()


def _track(standing: models.Standing) -> str:
    return f" ({standing.track_title or standing.track})" if standing.track else ""


def _targets(plan: models.Plan) -> Iterator[str]:
    """What is to be reached, by its title: `Bachelor of Arts: honours`."""
    for target, standing in zip(plan.targets, plan.before, strict=True):
        _, _, tier = target.partition(":")
        yield f"{standing.title}: {tier}" if tier else standing.title


def _head(paper: Paper, plan: models.Plan, one: models.OnePlan, number: int) -> str:
    if number > 1:
        word = paper.styled(f"Plan {number}:", "strong")
    elif plan.status == "proved":
        word = paper.styled("Plan: proved minimal", "good") + ","
    else:
        gap = f", at most {plan.gap} above the proven bound of {plan.bound}" if plan.gap else ", not proved minimal"
        word = paper.styled(f"Plan: best found{gap}", "doubt") + ":"
    ready = f", ready {one.ready}" if one.days else ""
    return f"{word} {one.cost}, {one.changes} change{'s' if one.changes != 1 else ''}{ready}"


def _relaxations(paper: Paper, plan: models.Plan) -> None:
    if not plan.relaxations:
        if not plan.relaxations_complete:
            paper.line(paper.styled("  what would have to give way could not be told in the time allowed", "doubt"))
        return
    paper.line("  there would be a plan without" + (":" if len(plan.relaxations) == 1 else " any one of these:"))
    rows = []
    for each in plan.relaxations:
        changes = f"{each.changes} change{'s' if each.changes != 1 else ''}"
        rows.append([f"- {' and '.join(each.drop)}", each.cost, changes, f"ready {each.ready}"])
    paper.table(rows, indent=4, right=(1,))
    if not plan.relaxations_complete:
        paper.line(paper.styled("  not all could be looked at in the time allowed: less may be enough", "doubt"))
