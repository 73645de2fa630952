"""The answer: the plans in words and figures, each assessed again on the day it is ready."""

from __future__ import annotations

import datetime
from collections.abc import Collection, Iterator, Sequence
from fractions import Fraction
from typing import Any

from attain_compiler.frozen import frozen
from attain_compiler.model import program as model
from attain_compiler.model.calendar import shifted
from attain_compiler.model.types import Quantity
from attain_engine import optimise, show
from attain_engine.assess import Assessment
from attain_engine.assess.exact import Exact
from attain_engine.evaluate import Evaluator, world_of
from attain_engine.facts.model import Facts
from attain_engine.optimise.ending import after, never
from attain_engine.optimise.problem import Objective
from attain_engine.plan import models, robust
from attain_engine.plan.apply import Step, applied
from attain_engine.plan.asking import Asking
from attain_engine.plan.candidates import Candidate, together
from attain_engine.plan.describe import describe
from attain_engine.plan.lapses import afterwards, assumed, lapses, needs
from attain_engine.plan.ready import Ready, facts_on
from attain_engine.plan.search import Found
from attain_engine.plan.target import Target
from attain_engine.plan.timeline import Timeline
from attain_engine.plan.wishes import NotQualified
from attain_engine.solve.certain import is_certain
from attain_engine.solve.deadline import OutOfTime, ending_by

SHARE_BEFORE_WORDS = 90
"""So many hundredths of the time are over when nothing more is looked for to say of a plan, or of why there is none."""

NOT_LOOKED = "the time was too short to see what its steps wait for, what lapses by then and until when it lasts"


@frozen
class CarriedOut:
    """The facts with a plan carried out: those of the day it is ready, and those of the last day on which the
    designations must hold, where that is a later one (`--until`): then with the steps that are done in between."""

    facts: Facts
    until: Facts | None = None


def result(
    asking: Asking,
    status: Any,
    targets: Sequence[Target],
    before: Assessment,
    *,
    plans: tuple[models.OnePlan, ...] = (),
    choices: int = 0,
    reasons: tuple[str, ...] = (),
    proved_by: str = "",
    bound: str = "",
    gap: str = "",
    horizon: datetime.date | None = None,
) -> models.Plan:
    unmet = tuple(failed(before, targets)) if asking.wishes.unmet and status == "qualified" else ()
    policy = asking.program.policies[asking.program.main]
    return models.Plan(
        organisation=asking.facts.organisation,
        policy=policy.id,
        policy_title=policy.title,
        targets=tuple(each.text for each in targets),
        as_of=asking.on,
        minimize=asking.wishes.minimize,
        status=status,
        proved_by=proved_by,
        bound=bound,
        gap=gap,
        before=standings(before, targets),
        reports=figures(before),
        plans=plans,
        choices=choices,
        reasons=reasons,
        horizon=horizon,
        until=asking.wishes.until,
        unmet=unmet,
        titles=_titles(before, targets),
    )


def one_plan(
    asking: Asking,
    then: Evaluator,
    found: robust.Robust,
    targets: Sequence[Target],
    options: Sequence[Candidate],
    steps: tuple[Step, ...],
    solution: optimise.Solution,
    line: Timeline,
    scheduled: Ready | None = None,
) -> tuple[models.OnePlan, CarriedOut]:
    """A plan in words, `scheduled` where time makes a difference, and the facts after it. Raises NotQualified where the
    targets are not reached by them: it must never be shown."""
    if scheduled is None:
        ends = (shifted(asking.on, together(each.candidate, each.units), 1) for each in steps)
        ready = max(ends, default=asking.on)
        done = _facts_at_once(asking, line, steps, ready)
    else:
        ready = scheduled.day
        done = facts_on(line, steps, ready)
    after = asking.assessed(done, targets, ready)
    _check(asking, done, after, targets, ready, money(asking, solution.cost))
    last, later = asking.wishes.until, None
    if scheduled is not None and last is not None and last > ready:
        later = facts_on(line, steps, last)
        _check(asking, later, asking.assessed(later, targets, last), targets, last, money(asking, solution.cost))
    described = describe(then, asking.on, found, targets, options, steps, solution)
    one = models.OnePlan(
        cost=money(asking, solution.cost),
        cost_exact=Exact.of(Fraction(solution.cost), currency_of(asking.program) or "number"),
        changes=solution.changes,
        days=(ready - asking.on).days,
        ready=ready,
        steps=described,
        after=standings(after, targets),
        reports=figures(after),
        unmet=tuple(failed(after, targets)) if asking.wishes.unmet else (),
    )
    return one if scheduled is None else _in_time(asking, one, line, targets, steps), CarriedOut(done, later)


def _facts_at_once(asking: Asking, line: Timeline, steps: tuple[Step, ...], ready: datetime.date) -> Facts:
    """The facts of the ready day with steps done that were all begun on the assessment date."""
    going_on = line.continued
    return applied(
        asking.now,
        going_on.on_day(ready),
        steps,
        touched=lambda _, row: going_on.touched(row, ready, ready),
        later=lambda row: going_on.later(row, ready),
    )


def _in_time(
    asking: Asking, one: models.OnePlan, line: Timeline, targets: Sequence[Target], steps: tuple[Step, ...]
) -> models.OnePlan:
    """A plan with what time does to it: which steps wait for which, what lapses, and how long it lasts."""
    told: dict[str, Any] = {"assumed": tuple(assumed(line, steps))}
    try:
        with ending_by(asking.until(SHARE_BEFORE_WORDS), after(asking.wishes.interrupted or never)):
            texts = {step.candidate.name: each.text for step, each in zip(steps, one.steps, strict=True)}
            waiting = needs(line, steps)
            told["steps"] = tuple(
                each.model_copy(
                    update={
                        "needs": tuple(texts[other.candidate.name] for other in waiting.get(step.candidate.name, ()))
                    }
                )
                for step, each in zip(steps, one.steps, strict=True)
            )
            told["lapses"] = lapses(line, one.ready)
            designations = [each.designation for each in targets]
            told["afterwards"] = afterwards(
                line, lambda evaluator: asking.goal(evaluator, targets), designations, steps, one.ready
            )
    except OutOfTime:
        told["afterwards"] = NOT_LOOKED
    return one.model_copy(update=told)


def _check(
    asking: Asking, done: Facts, after: Assessment, targets: Sequence[Target], day: datetime.date, cost: str
) -> None:
    """A plan that does not qualify when it is assessed must never be shown."""
    if asking.wishes.unmet or asking.wishes.survive:
        evaluator = Evaluator(asking.program, world_of(asking.program, done), day, asking.readings)
        if not is_certain(asking.goal(evaluator, targets)):
            raise NotQualified(targets[0], day, cost)
    if asking.wishes.unmet or asking.wishes.just:
        return
    for target in targets:
        found = next(each for each in after.designations if each.id == target.designation.id)
        tiers = [each.name for each in target.designation.tiers]
        if found.verdict != "met" or (
            target.tier is not None and (not found.award or tiers.index(found.award) < tiers.index(target.tier))
        ):
            raise NotQualified(target, day, cost)


def left_open(asking: Asking, found: Found) -> tuple[str, str]:
    """The bound of a plan that is not proved, and by how much it may be above the best."""
    if found.status != "best found" or found.bound is None or found.robust is None or found.ready is None:
        return "", ""
    best = found.robust.outcome.solution
    assert best is not None
    totals: dict[Objective, Any] = {"cost": best.cost, "changes": best.changes, "time": found.ready.day.toordinal()}
    for objective, bound in zip(asking.wishes.minimize, found.bound, strict=True):
        if bound < totals[objective]:
            if objective == "time":
                return str(datetime.date.fromordinal(bound)), ""
            share = Fraction(totals[objective]) / Fraction(bound) - 1 if bound else None
            gap = "" if share is None else show.number(round(share * 100, 1)) + "%"
            unit = " changes" if objective == "changes" else ""
            return show.number(bound) + unit if unit else money(asking, bound), gap
    return "", ""


def money(asking: Asking, amount: Any) -> str:
    """An amount in the currency of the policy's costs."""
    currency = currency_of(asking.program)
    return show.value(Fraction(amount), Quantity("money", currency) if currency else Quantity("number"))


def bound_of(asking: Asking, outcome: optimise.Outcome) -> str:
    assert outcome.bound is not None
    if outcome.open_objective == "cost":
        return money(asking, outcome.bound)
    return f"{show.number(outcome.bound)} {'changes' if outcome.open_objective == 'changes' else 'days'}"


def currency_of(program: model.Program) -> str:
    """The one currency of the costs of a program's changes; empty where nothing costs anything."""
    for change in program.changes.values():
        for cost in change.costs:
            if isinstance(cost.amount.type, Quantity) and cost.amount.type.currency:
                return cost.amount.type.currency
    return ""


def failed(assessment: Assessment, targets: Sequence[Target]) -> Iterator[str]:
    """The requirements of the targets that do not hold, each with its title."""
    for target in targets:
        designation = next(each for each in assessment.designations if each.id == target.designation.id)
        tiers = {each.name for each in target.designation.tiers} - {target.tier}
        met = {(each.tier, each.name) for each in designation.options if each.verdict == "met"}
        for each in designation.track.requirements:
            asked = each.path.partition(".")[0] not in tiers and not _instead(each.path, target, met)
            if asked and each.verdict != "met":
                yield f"`{each.path}`: {each.title}"


def _instead(path: str, target: Target, met: Collection[tuple[str, str]]) -> bool:
    """Whether a requirement stands in an option instead of which another is met."""
    tiers = {each.name for each in target.designation.tiers}
    first, _, rest = path.partition(".")
    tier, rest = (first, rest) if first in tiers else ("", path)
    return "." in rest and any(of == tier for of, _ in met)


def figures(assessment: Assessment) -> tuple[models.Figure, ...]:
    """What the policy reports, in an assessment."""
    return tuple(
        models.Figure(name=each.name, title=each.title, value=each.value, value_exact=each.value_exact)
        for each in assessment.reports
    )


def _titles(assessment: Assessment, targets: Sequence[Target]) -> dict[str, str]:
    """The titles of the targets' requirements, by the paths that a plan names them by."""
    found: dict[str, str] = {}
    for target in targets:
        designation = next(each for each in assessment.designations if each.id == target.designation.id)
        for each in designation.track.requirements:
            found[f"{designation.name}.{each.path}" if len(targets) > 1 else each.path] = each.title
    return found


def standings(assessment: Assessment, targets: Sequence[Target]) -> tuple[models.Standing, ...]:
    """How the targets stand in an assessment."""
    found: list[models.Standing] = []
    for target in targets:
        designation = next(each for each in assessment.designations if each.id == target.designation.id)
        track = designation.track
        first = track.scores[0] if track.scores else None
        found.append(
            models.Standing(
                designation=designation.name,
                title=designation.title,
                verdict=designation.verdict,
                award=designation.award,
                track=track.name,
                track_title=track.title,
                total=track.total or (first.total if first is not None else ""),
                total_exact=track.total_exact if track.total or first is None else first.total_exact,
            )
        )
    return tuple(found)
