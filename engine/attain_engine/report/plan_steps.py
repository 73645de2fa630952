"""The steps of a plan as text: what to do, what would do as well, and what fails without them."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from attain_engine.plan import models
from attain_engine.report.paper import Paper
from attain_engine.report.plan_words import reasons, waiting

MOST_ALIKE, MOST_TOLD = 6, 3
"""Of more steps than six that are alike, three are told, and how many more there are (`--names` tells them all)."""
MOST_NAMED = 6
"""Of more choices than six that would do as well, only the number is told."""
MOST_APART = 4
"""Of more steps than four that one thing is said of, three are named."""
MOST_REASONS = 8
"""Of more reasons than eight that differ, those in which the same fails are told together, without their numbers."""
_FAILS = re.compile(r"` fails( with [^;]*)?$")
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
        [*row[:-1], f"{row[-1]}: {'; '.join(pools[id(step)].choices)}" if row[-1].startswith("any") else row[-1]]
        for row, (step, _) in zip(rows, shown, strict=True)
    ]
    few = all(len(pool.choices) <= MOST_NAMED for pool in pools.values())
    fits = not names and few and paper.fits(told, indent=2)
    paper.table(told if fits else rows, indent=2, right=(1,))
    if wait := waiting(plan, one):
        paper.line(f"  {wait}")
    reasons = _reasons(one.steps, names)
    for reason, texts in reasons:
        first = f"{', '.join(texts[:MOST_TOLD])} and {len(texts) - MOST_TOLD} more"
        for text in [first] if not names and len(texts) > MOST_APART else texts:
            paper.line(paper.styled(f"    {text}: {reason}", "faint"))
    said = [*(reason for reason, _ in reasons), one.afterwards]
    paths = dict.fromkeys(path for each in said for path in _PATH.findall(each))
    for path in paths:
        if plan.titles.get(path, path).casefold() not in (path.casefold(), path.rpartition(".")[2].casefold()):
            paper.line(paper.styled(f"    `{path}` is: {plan.titles[path]}", "faint"))
    if names:
        for step, _ in shown:
            if id(step) in pools and pools[id(step)].first:
                named = "; ".join(pools[id(step)].choices)
                paper.line(paper.styled(f"    {_any_of(step, pools)}: {named}", "faint"))
    elif left := [
        *["every step"] * any(more for _, more in shown),
        *["what would do as well"] * bool(pools and not fits),
    ]:
        paper.line(paper.styled(f"    {' and '.join(left)}: `--names`", "faint"))


def beside(paper: Paper, first: models.OnePlan, other: models.OnePlan) -> None:
    """Write what another plan does that the first does not, and what the first does instead; nothing where the steps
    are as soon read themselves."""
    if len(other.steps) <= MOST_APART:
        return
    here, there = ([each.text for each in one.steps] for one in (other, first))
    paper.line(f"  only here: {'; '.join(each for each in here if each not in there) or 'nothing else'}")
    paper.line(f"  instead of: {'; '.join(each for each in there if each not in here) or 'nothing'}")


def _any_of(step: models.PlanStep, pools: Mapping[int, _Pool]) -> str:
    """How many of how many choices would do, where there are others."""
    pool = pools.get(id(step))
    if pool is None:
        return ""
    return f"any {f'{step.together} ' if step.together > 1 else ''}of {len(pool.choices)}" if pool.first else "of these"


class _Pool(NamedTuple):
    """The choices of which any would do, or any so many, and whether a step is the first that has it."""

    choices: tuple[str, ...]
    first: bool


def _key(step: models.PlanStep) -> Any:
    """What steps have in common that have one pool together."""
    return step.change, step.units, step.start, step.together, step.any_of[1:] if step.together > 1 else step.text


def _pools(of: Sequence[models.PlanStep]) -> dict[int, _Pool]:
    """The pools of the steps that have one, by `id` of the step."""
    found: dict[int, _Pool] = {}
    same: dict[Any, list[models.PlanStep]] = {}
    for step in of:
        if step.any_of:
            same.setdefault(_key(step), []).append(step)
    for steps_ in same.values():
        choices = (*(each.text for each in steps_), *steps_[0].any_of[1:])
        found.update({id(each): _Pool(choices, each is steps_[0]) for each in steps_})
    return found


def _shown(of: Sequence[models.PlanStep], names: bool) -> list[tuple[models.PlanStep, int]]:
    """The steps to show, those of one pool together; of many that are alike (one change, one cost, the same dates) the
    first few, and then how many more there are (otherwise 0)."""
    alike: dict[Any, dict[Any, list[models.PlanStep]]] = {}
    for step in of:
        like = step.change, step.units, step.cost, step.takes, step.start, step.ready
        alike.setdefault(like, {}).setdefault(_key(step), []).append(step)
    shown: list[tuple[models.PlanStep, int]] = []
    for pools in alike.values():
        same = [step for pool in pools.values() for step in pool]
        few = same if names or len(same) <= MOST_ALIKE else same[:MOST_TOLD]
        shown += [(step, 0) for step in few]
        if len(few) < len(same):
            shown.append((same[0], len(same) - len(few)))
    return shown


def _reasons(of: Sequence[models.PlanStep], names: bool) -> list[tuple[str, list[str]]]:
    """Why steps are needed, each reason with the steps that it holds for."""
    found: dict[str, list[str]] = {}
    for step in of:
        for reason in reasons(step):
            found.setdefault(reason, []).append(step.text)
    if names or len(found) <= MOST_REASONS:
        return list(found.items())
    shorter: dict[str, list[str]] = {}
    for reason, texts in found.items():
        shorter.setdefault(_without_numbers(reason), []).extend(texts)
    return list(shorter.items())


def _without_numbers(reason: str) -> str:
    """``without it: `a` fails with 5; `b` fails`` as ``without it: `a`, `b` fail``; another reason as it is."""
    findings = reason.split("; ")
    paths = [_FAILS.sub("`", each) for each in findings]
    if paths == findings:
        return reason
    return f"{', '.join(paths)} {'fails' if len(paths) == 1 else 'fail'}"
