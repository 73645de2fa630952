"""The steps of a plan as text: what to do, what would do as well, and what fails without them."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from attain_engine.plan import models
from attain_engine.report.paper import Paper
from attain_engine.report.plan_words import waiting

MOST_ALIKE, MOST_TOLD = 4, 3
"""Of more steps than four that are alike, three are told, and how many more there are (`--names` tells them all)."""
MOST_NAMED = 6
"""Of more choices than six that would do as well, only the number is told."""
MOST_REASONS = 8
"""Of more reasons than eight that differ, those in which the same fails are told together, without their numbers."""
_NUMBERS = re.compile(r" with [^;]*")
_PATH = re.compile(r"`([^`]+)`")


def steps(paper: Paper, plan: models.Plan, one: models.OnePlan, names: bool) -> None:
    """Write the steps; with `names`, all that is left out otherwise."""
    dated = any(step.start > plan.as_of for step in one.steps)
    pools = _pools(one.steps)
    shown = _shown(one.steps, names)
    rows = []
    for step, more in shown:
        what = f"  … and {more} more of `{step.change}`" if more else f"+ {step.text}"
        cost = f"{step.cost} each" if more and step.cost else step.cost
        dates = [f"{step.start} to {step.ready}"] if dated else []
        rows.append([what, cost, step.takes, *dates, "" if more else _any_of(step, pools)])
    told = [
        [*row[:-1], f"{row[-1]}: {'; '.join(pools[id(step)])}" if row[-1] else ""]
        for row, (step, _) in zip(rows, shown, strict=True)
    ]
    fits = not names and all(len(pool) <= MOST_NAMED for pool in pools.values()) and paper.fits(told, indent=2)
    paper.table(told if fits else rows, indent=2, right=(1,))
    if wait := waiting(plan, one):
        paper.line(f"  {wait}")
    reasons = _reasons(one.steps, names)
    for reason, texts in reasons:
        few = f"{', '.join(texts[:MOST_TOLD])} and {len(texts) - MOST_TOLD} more"
        for text in [few] if not names and len(texts) > MOST_ALIKE else texts:
            paper.line(paper.styled(f"    {text}: {reason}", "faint"))
    said = [*(reason for reason, _ in reasons), one.afterwards]
    paths = dict.fromkeys(path for each in said for path in _PATH.findall(each))
    for path in paths:
        if plan.titles.get(path, path).casefold() != path.casefold():
            paper.line(paper.styled(f"    `{path}` is: {plan.titles[path]}", "faint"))
    if names:
        for step in one.steps:
            if id(step) in pools:
                paper.line(paper.styled(f"    {_any_of(step, pools)}: {'; '.join(pools[id(step)])}", "faint"))
    elif left := [
        *["every step"] * any(more for _, more in shown),
        *["what would do as well"] * bool(pools and not fits),
    ]:
        paper.line(paper.styled(f"    {' and '.join(left)}: `--names`", "faint"))


def beside(paper: Paper, first: models.OnePlan, other: models.OnePlan) -> None:
    """Write what another plan does that the first does not, and what the first does instead; nothing where the steps
    are as soon read themselves."""
    if len(other.steps) <= MOST_ALIKE:
        return
    here, there = ([each.text for each in one.steps] for one in (other, first))
    paper.line(f"  only here: {'; '.join(each for each in here if each not in there) or 'nothing else'}")
    paper.line(f"  instead of: {'; '.join(each for each in there if each not in here) or 'nothing'}")


def _any_of(step: models.PlanStep, pools: Mapping[int, tuple[str, ...]]) -> str:
    """How many of how many choices would do, where there are others."""
    pool = pools.get(id(step), ())
    return f"any {f'{step.together} ' if step.together > 1 else ''}of {len(pool)}" if pool else ""


def _pools(of: Sequence[models.PlanStep]) -> dict[int, tuple[str, ...]]:
    """For each step (its `id`) the choices of which any would do, itself included. Of steps that have one pool together
    (any so many of it would do) the first has it."""
    found: dict[int, tuple[str, ...]] = {}
    of_several: dict[Any, list[models.PlanStep]] = {}
    for step in of:
        if step.together > 1:
            of_several.setdefault((step.change, step.units, step.start, step.any_of[1:]), []).append(step)
        elif step.any_of:
            found[id(step)] = step.any_of
    for same in of_several.values():
        found[id(same[0])] = (*(each.text for each in same), *same[0].any_of[1:])
    return found


def _shown(of: Sequence[models.PlanStep], names: bool) -> list[tuple[models.PlanStep, int]]:
    """The steps to show; of many that are alike (one change, one cost, the same dates) the first few, and then how many
    more there are (otherwise 0)."""
    if names:
        return [(step, 0) for step in of]
    alike: dict[tuple[Any, ...], list[models.PlanStep]] = {}
    for step in of:
        alike.setdefault((step.change, step.units, step.cost, step.takes, step.start, step.ready), []).append(step)
    shown: list[tuple[models.PlanStep, int]] = []
    for same in alike.values():
        few = same if len(same) <= MOST_ALIKE else same[:MOST_TOLD]
        shown += [(step, 0) for step in few]
        if len(few) < len(same):
            shown.append((same[0], len(same) - len(few)))
    return shown


def _reasons(of: Sequence[models.PlanStep], names: bool) -> list[tuple[str, list[str]]]:
    """Why steps are needed, each reason with the steps that it holds for."""
    found: dict[str, list[str]] = {}
    for step in of:
        if step.without:
            found.setdefault(step.without, []).append(step.text)
        if step.needs:
            found.setdefault(f"begins after {', '.join(step.needs)}", []).append(step.text)
    if names or len(found) <= MOST_REASONS:
        return list(found.items())
    shorter: dict[str, list[str]] = {}
    for reason, texts in found.items():
        several = _NUMBERS.sub("", reason).replace(" fails; ", ", ")
        shorter.setdefault(several.removesuffix("s") if ", " in several else several, []).extend(texts)
    return list(shorter.items())
