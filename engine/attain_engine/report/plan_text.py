"""A plan as text: what to do, what it costs, how it was proved, and what would not be enough."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, Final

from attain_engine.plan import models
from attain_engine.report.console import Console
from attain_engine.report.paper import Paper

MOST_NAMED = 6
MOST_ALIKE, MOST_TOLD = 4, 3
"""Of more steps than four that are alike, three are told, and how many more there are (`--names` tells them all)."""
_VERDICTS: Final = {"met": "qualified", "failed": "not qualified", "undetermined": "undetermined"}


def plan_text(plan: models.Plan, console: Console, names: bool = False) -> str:
    """The whole answer; with `names`, every choice that would do as well is named."""
    paper = Paper(console)
    for standing in plan.before:
        where = f" ({standing.track})" if standing.track else ""
        total = f"{standing.total} points" if standing.total else ""
        verdict = _VERDICTS[standing.verdict]
        award = f": {standing.award}" if standing.award else ""
        head = paper.styled(f"{plan.organisation} → {standing.title}{where}", "strong")
        paper.flow((head, f"{verdict}{award}", total), "   ")
    paper.line(paper.styled(f"to reach {', '.join(_targets(plan))} on {plan.as_of}", "faint"))
    paper.line()
    for number, one in enumerate(plan.plans, 1):
        paper.line(_head(paper, plan, one, number))
        _steps(paper, plan, one, names)
        for standing in one.after:
            total = f" with {standing.total} points" if standing.total else ""
            track = f" ({standing.track})" if standing.track else ""
            award = f": {standing.award}" if standing.award else ""
            day = f" as of {one.ready}" if plan.horizon else ""
            verdict = _VERDICTS[standing.verdict]
            which = f"{standing.title}: " if len(one.after) > 1 else ""
            paper.line(f"  after the plan, assessed again{day}: {which}{verdict}{award}{track}{total}")
        for title, before, after in plan.moved(one):
            paper.line(f"  {title}: {before}, after the plan {after}")
        _time(paper, plan, one)
        paper.line()
    if plan.survives and plan.plans:
        kinds = " or ".join(plan.survives)
        without = f"; without that: {plan.cost_without}" if plan.cost_without else ""
        paper.line(paper.styled(f"holds whichever one {kinds} is lost{without}", "faint"))
    if not plan.plans:
        paper.line(_nothing(paper, plan))
        for reason in plan.reasons:
            paper.line(f"  {reason}")
        _relaxations(paper, plan)
    while paper.lines and not paper.lines[-1]:
        paper.lines.pop()
    return paper.text()


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


def _time(paper: Paper, plan: models.Plan, one: models.OnePlan) -> None:
    """What time does to a plan."""
    if one.lapses:
        paper.line("  lapses before it is ready:")
        for each in one.lapses:
            paper.line(f"    {each}")
    if one.afterwards:
        paper.line(f"  {one.afterwards}")
    if one.assumed:
        paper.line(f"  assumed: {'; '.join(one.assumed)}")
    if plan.status == "proved" and plan.horizon is not None:
        paper.line(paper.styled(f"  minimal among the plans that are ready by {plan.horizon}", "faint"))


def _steps(paper: Paper, plan: models.Plan, one: models.OnePlan, names: bool) -> None:
    rows = []
    dated = any(step.start > plan.as_of for step in one.steps)
    last = max((step.ready for step in one.steps), default=plan.as_of)
    shown, more_of = (one.steps, {}) if names else _grouped(one.steps)
    for step in shown:
        any_of = ""
        if step.any_of:
            named = "; ".join(step.any_of if names else step.any_of[:MOST_NAMED])
            more = "" if names or len(step.any_of) <= MOST_NAMED else "; …"
            any_of = f"any of {len(step.any_of)}: {named}{more}"
        dates = [f"{step.start} to {step.ready}"] if dated else []
        rows.append([f"+ {step.text}", step.cost, step.takes, *dates, any_of])
        if id(step) in more_of:
            each = f"{step.cost} each" if step.cost else ""
            rows.append([f"  … and {more_of[id(step)]} more of `{step.change}`", each, step.takes, *dates, ""])
    paper.table(rows, indent=2, right=(1,))
    if one.ready > last:
        paper.line(f"  wait until {one.ready}")
    reasons: dict[str, list[str]] = {}
    for step in one.steps:
        if step.without:
            reasons.setdefault(step.without, []).append(step.text)
        if step.needs:
            reasons.setdefault(f"begins after {', '.join(step.needs)}", []).append(step.text)
    for reason, texts in reasons.items():
        many = not names and len(texts) > MOST_ALIKE
        told = [", ".join(texts[:MOST_TOLD]) + f" and {len(texts) - MOST_TOLD} more"] if many else texts
        for text in told:
            paper.line(paper.styled(f"    {text}: {reason}", "faint"))


def _grouped(steps: Sequence[models.PlanStep]) -> tuple[Sequence[models.PlanStep], dict[int, int]]:
    """The steps to show: of many that are alike (one change, one cost, the same dates) the first few; and after which
    step (its `id`) how many more there are."""
    alike: dict[tuple[Any, ...], list[models.PlanStep]] = {}
    for step in steps:
        alike.setdefault((step.change, step.units, step.cost, step.takes, step.start, step.ready), []).append(step)
    shown: list[models.PlanStep] = []
    more: dict[int, int] = {}
    for same in alike.values():
        few = same if len(same) <= MOST_ALIKE else same[:MOST_TOLD]
        shown += few
        if len(few) < len(same):
            more[id(few[-1])] = len(same) - len(few)
    return shown, more


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


def _nothing(paper: Paper, plan: models.Plan) -> str:
    if plan.status == "nothing found" and plan.horizon is not None:
        return paper.styled(f"No plan was found; that none is ready by {plan.horizon} is not proved.", "doubt")
    if plan.status == "impossible" and plan.horizon is not None:
        return paper.styled(f"No plan is ready by {plan.horizon} (proved).", "bad")
    return {
        "qualified": paper.styled("Nothing needs to change.", "good"),
        "impossible": paper.styled("No plan exists (proved).", "bad"),
        "nothing found": paper.styled(
            "No plan was found in the time allowed; that none exists is not proved.", "doubt"
        ),
        "undetermined": paper.styled("A plan would rest on facts that are not known:", "doubt"),
    }[plan.status]
