"""The problem of a plan that is ready on a day, and the steps of its solutions."""

from __future__ import annotations

import datetime
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import replace
from fractions import Fraction
from typing import Any

from attain_compiler.frozen import frozen
from attain_engine import optimise
from attain_engine.evaluate import Evaluator, world_of
from attain_engine.facts.model import Facts
from attain_engine.open.conditions import Condition, conjunction, disjunction
from attain_engine.open.quantities import Exact
from attain_engine.optimise.problem import Objective, Progress, solution
from attain_engine.plan import robust
from attain_engine.plan.apply import Step, applied
from attain_engine.plan.candidates import Candidate
from attain_engine.plan.how_often import Limit
from attain_engine.plan.target import Target
from attain_engine.plan.timeline import Timeline
from attain_engine.plan.versions import timed
from attain_engine.solve.certain import is_certain
from attain_engine.solve.deadline import OutOfTime, look

Goal = Callable[[Evaluator], Condition]


@frozen
class Asked:
    """What is asked of a schedule. `until`: the goal must hold on every day to then; `by`: from then on at the
    latest. `targets` are reached in full wherever the goal holds."""

    goal: Goal
    targets: tuple[Target, ...]
    minimize: tuple[Objective, ...]
    budget: Fraction | None
    require: frozenset[str]
    how_often: tuple[Limit, ...]
    by: datetime.date | None
    until: datetime.date | None
    last: datetime.date | None
    deadline: float | None
    progress: Progress | None
    interrupted: Callable[[], bool] | None


@frozen
class Ready:
    """The problem of a plan that is ready on a day: `then` evaluates the world of that day with all candidates open."""

    day: datetime.date
    judged: tuple[datetime.date, ...]
    then: Evaluator
    problem: optimise.Problem
    options: tuple[Candidate, ...]
    goal: Condition
    exact: bool
    untold: bool = False
    """Whether the goal rests on months of which the facts have no row: then it is not known to hold."""


def ready_on(
    line: Timeline, asked: Asked, day: datetime.date, more: Sequence[datetime.date] = (), few: bool = False
) -> Ready:
    """The problem of a plan that is ready on a day; `more` are further days on which it is judged; of the starts, a
    `few` may be enough."""
    judged = [day]
    if asked.until is not None and asked.until > day:
        judged = sorted({day, asked.until, *more, *(each for each in line.events_to(asked.until) if day < each)})
    times = timed(line, judged, few)
    goals: list[Condition] = []
    constraints: list[Condition] = list(times.constraints)
    first: Evaluator | None = None
    untold = False
    for each in judged:
        done = [one for one in times.candidates if one.timing is not None and one.timing.end <= each]
        then, opened = line.opened(each, done)
        first = first or then
        goals.append(asked.goal(then))
        untold = untold or line.rests_on_untold(asked.goal, each, goals[-1], done)
        constraints += opened.constraints
    assert first is not None
    for name in sorted(asked.require):
        constraints.append(disjunction(each.unit(1) for each in times.candidates if each.change.name == name))
    constraints += (each.condition(times.candidates) for each in asked.how_often)
    goal = False if untold else conjunction(goals)
    choices = tuple(_choice(line, each) for each in times.candidates)
    problem = optimise.Problem(goal, choices, tuple(constraints), budget=asked.budget)
    return Ready(day, tuple(judged), first, problem, times.candidates, goal, times.exact and not untold, untold)


def solved(
    ready: Ready, asked: Asked, deadline: float | None, show: int = 1, budget: Fraction | None = None
) -> robust.Robust:
    """The best plans that are ready on a day, of those within a budget if one is given."""
    order: tuple[Objective, ...] = tuple(each for each in asked.minimize if each != "time") or ("cost",)
    return robust.solve(
        ready.problem if budget is None else replace(ready.problem, budget=budget),
        minimize=order,
        show=show,
        time_limit=None if deadline is None else max(0, deadline - time.monotonic()),
        progress=asked.progress,
        interrupted=asked.interrupted,
    )


def _choice(line: Timeline, candidate: Candidate) -> optimise.Choice:
    yes_or_no = candidate.amount is None
    assert candidate.timing is not None
    return optimise.Choice(
        name=candidate.name,
        amount=candidate.amount,
        cost_once=candidate.cost_once + (candidate.cost_each if yes_or_no else 0),
        cost_each=0 if yes_or_no else candidate.cost_each,
        days_once=(candidate.timing.end - line.on).days,
        days_each=0,
    )


def steps_of(ready: Ready, solution: optimise.Solution) -> tuple[Step, ...]:
    """The steps of a solution, each as early as the others let it, as far as there is time to see that, in order of
    their starts."""
    required = ready.problem.required()
    made, amounts = solution.made, dict(solution.amounts)
    same: dict[Any, list[Candidate]] = {}
    for each in ready.options:
        same.setdefault(each.instance, []).append(each)
    used = sorted((each for each in ready.options if each.name in solution.used()), key=_start)
    with suppress(OutOfTime):
        for place, each in enumerate(used):
            for other in sorted(same[each.instance], key=lambda one: (one.most, _start(one))):
                look()
                if not each.entire or other.most >= each.most:
                    break
                if _cost(other) > _cost(each):
                    continue
                # With fewer units it does as well.
                fewer = {
                    **{name: units for name, units in amounts.items() if name != each.name},
                    other.name: other.most,
                }
                if robust.holds_after(required, made, fewer):
                    amounts, used[place] = fewer, other
                    break
        for each in used:
            for other in sorted(same[each.instance], key=_start):
                look()
                if _start(other) >= _start(each):
                    break
                if (other.cost_once, other.cost_each) != (each.cost_once, each.cost_each):
                    continue
                now, sizes = made, dict(amounts)
                if each.amount is None:
                    now = (made - {each.name}) | {other.name}
                elif other.most >= sizes[each.name]:
                    sizes[other.name] = sizes.pop(each.name)
                else:
                    continue
                if robust.holds_after(required, now, sizes):
                    made, amounts = now, sizes
                    break
    chosen = sorted((each for each in ready.options if each.name in made or each.name in amounts), key=_start)
    return tuple(Step(each, amounts.get(each.name, 1)) for each in chosen)


def _cost(candidate: Candidate) -> Exact:
    return candidate.cost_once + candidate.cost_each * candidate.most


def _start(candidate: Candidate) -> tuple[datetime.date, int]:
    assert candidate.timing is not None
    return candidate.timing.start, candidate.timing.begun


def solution_of(ready: Ready, steps: Sequence[Step]) -> optimise.Solution:
    """The solution that makes these steps."""
    return solution(ready.problem.choices, {each.candidate.name: each.units for each in steps})


def may_begin(line: Timeline, steps: Sequence[Step]) -> bool:
    """Whether the `when` of every step holds as it begins."""
    waiting = [each for each in steps if each.candidate.timing is not None and line.waits(each.candidate.change)]
    return all(holds_with(*as_it_begins(line, each, steps)) for each in waiting)


def as_it_begins(line: Timeline, step: Step, steps: Sequence[Step]) -> tuple[Condition, list[Step]]:
    """The `when` of a step with a time as it begins, and the ones among `steps` that are done by then, on which it
    rests."""
    timing = step.candidate.timing
    assert timing is not None
    before = [each for each in steps if each.candidate.moment <= (timing.start, timing.begun)]
    then, opened = line.opened(timing.start, [each.candidate for each in before])
    instance = (step.candidate.change, step.candidate.arguments)
    return line.when(then, instance, timing.start, opened.altered), before


def holds_with(condition: Condition, steps: Sequence[Step]) -> bool:
    """Whether a condition holds for certain when these steps are made, and no others."""
    made = frozenset(each.candidate.name for each in steps if each.candidate.amount is None)
    amounts = {each.candidate.name: each.units for each in steps if each.candidate.amount is not None}
    return robust.holds_after(condition, made, amounts)


def holds_on(line: Timeline, goal: Goal, steps: Sequence[Step], day: datetime.date) -> bool:
    """Whether the goal holds on a day, by the facts of that day with the steps done that are done by then."""
    return is_certain(goal(evaluator_on(line, steps, day)))


def evaluator_on(line: Timeline, steps: Sequence[Step], day: datetime.date) -> Evaluator:
    """The evaluator of a day with the steps done that are done by then."""
    return Evaluator(line.program, world_of(line.program, facts_on(line, steps, day)), day, line.readings)


def facts_on(line: Timeline, steps: Sequence[Step], day: datetime.date) -> Facts:
    """The facts of a day, at its end, with the steps done that are done by then."""
    return applied(
        line.evaluator(day),
        line.continued.on_day(day),
        tuple(each for each in steps if each.candidate.moment[0] <= day),
        line.at,
        lambda candidate, row: line.touched(candidate, row, day),
        lambda row: line.later(row, day),
    )
