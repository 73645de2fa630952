"""The best plan over all days on which it may be ready, and what of it is proved."""

from __future__ import annotations

import datetime
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any, Literal

from attain_compiler.frozen import frozen
from attain_compiler.model.calendar import shifted
from attain_compiler.model.types import Duration
from attain_engine import optimise
from attain_engine.evaluate import Evaluator, world_of
from attain_engine.facts.model import Facts
from attain_engine.open.conditions import Condition, conjunction, disjunction
from attain_engine.optimise.problem import Objective, Progress, solution
from attain_engine.plan import robust
from attain_engine.plan.apply import Step, applied
from attain_engine.plan.bound import relaxed
from attain_engine.plan.candidates import Candidate, together
from attain_engine.plan.days import ONE, every_day, first, flips
from attain_engine.plan.timeline import Timeline
from attain_engine.plan.versions import InOrder, timed
from attain_engine.solve.certain import is_certain

MONTHS_AHEAD = 24
"""So far a plan looks ahead where neither `--by` nor the end of force says otherwise, if none is ready sooner."""

FEW_DAYS = 60
"""Where the horizon has no more days, a plan may be ready on any of them."""

MOST_READY_IF_LARGE = 12
"""So many are, where there are very many possible steps: those on which steps begun at once are done."""

MOST_READY = 400
"""So many ready days are tried at the most."""

Goal = Callable[[Evaluator], Condition]


@frozen
class Asked:
    """What is asked of a schedule. `until`: the goal must hold on every day to then; `by`: from then on at the
    latest."""

    goal: Goal
    minimize: tuple[Objective, ...]
    budget: Fraction | None
    require: frozenset[str]
    by: datetime.date | None
    until: datetime.date | None
    last: datetime.date | None
    time_limit: float | None
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


@dataclass(slots=True)
class Found:
    """The best plan, if any, with the problem of its ready day. `horizon` is the last day looked at; `days` says that
    no ready day was left out. `undecided` are the goals of the days on which no plan was found, each once."""

    status: Literal["proved", "best found", "impossible", "nothing found"] = "impossible"
    ready: Ready | None = None
    robust: robust.Robust | None = None
    horizon: datetime.date = datetime.date.min
    undecided: frozenset[Condition] = frozenset()
    choices: int = 0
    first: Ready | None = None


def schedule(line: Timeline, asked: Asked) -> Found:
    """The best schedule from the assessment date on."""
    found = Found()
    deadline = None if asked.time_limit is None else time.monotonic() + asked.time_limit
    tried: set[datetime.date] = set()
    for horizon in _horizons(line, asked):
        line.horizon = horizon
        before = found
        try:
            found = _within(line, asked, deadline, tried)
        except InOrder:
            line.ordered = True
            tried.clear()
            found = _within(line, asked, deadline, tried)
        found.first, found.choices = before.first or found.first, max(before.choices, found.choices)
        found.undecided |= before.undecided
        if found.ready is not None or found.status == "nothing found":
            break
    return found


def latest(line: Timeline, asked: Asked) -> datetime.date:
    """The last day that a plan may be ready on."""
    ends = [each for each in (asked.by, asked.last) if each is not None]
    if asked.by is None:
        ends.append(shifted(line.on, Duration(MONTHS_AHEAD, 0), 1))
    return max(line.on, min(ends))


def _horizons(line: Timeline, asked: Asked) -> Iterator[datetime.date]:
    """First as far as the steps that can begin today take; then twice as far, until there is a plan."""
    last = latest(line, asked)
    line.latest = last
    days = 0
    each_day = [0]
    for change in line.changes:
        for instance in line.instances(change):
            plain = line.candidate(instance, line.on)
            if plain is not None:
                each_day.append((shifted(line.on, together(plain, plain.most), 1) - line.on).days)
    days = sum(each_day) + len(each_day) if line.ordered else max(each_day)
    days = max(days, 7)
    while asked.by is None and days < (last - line.on).days:
        yield line.on + days * ONE
        days *= 2
    yield last


def ready_days(line: Timeline, until: datetime.date | None = None) -> tuple[list[datetime.date], bool]:
    """The days up to the horizon on which a best plan may be ready, and whether none is left out."""
    if (line.horizon - line.on).days <= FEW_DAYS and line.ordered:
        return every_day(line.on, line.horizon), True
    found = {line.on, *line.events()}
    starts = {line.on}
    lengths: set[Duration] = set()
    ends: set[datetime.date] = set()
    complete = not line.inexact
    for change in line.changes:
        mine: set[Duration] = set()
        starts.update(line.openings(change) if line.ordered else ())
        for instance in line.instances(change):
            plain = line.candidate(instance, line.on)
            if plain is None:
                continue
            if plain.takes_each == Duration(0, 0):
                mine.add(together(plain, 1))
            elif plain.most <= FEW_DAYS:
                mine.update(together(plain, units) for units in range(1, plain.most + 1))
            else:
                mine.update(together(plain, units) for units in (1, plain.most))
                complete = False
        lengths |= mine
        ends.update(shifted(start, length, 1) for start in line.begins(change) for length in mine)
    if line.paced:
        starts.update(line.months(line.on, line.horizon))
    if until is not None and until > line.on:
        # What must last to that day must not be done before these.
        for day in {until, *line.events_to(until)}:
            for mark in (day, *flips({day}, line.all_shifts, line.on, line.horizon)):
                ends.update(mark_end for length in lengths for mark_end in _first_end(line, length, mark))
    found |= ends
    if line.ordered:
        complete = _chained(line, found, starts, lengths) and complete
    if line.dated_fields & line.everything.fields:
        own = found if line.ordered else ends
        found |= flips({day for day in own if day <= line.horizon}, line.all_shifts, line.on, line.horizon)
    days = sorted(day for day in found if line.on <= day <= line.horizon)
    if line.large and len(days) > MOST_READY_IF_LARGE:
        natural = sorted(day for day in {line.on, *line.ends()} if line.on <= day <= line.horizon)
        days, complete = natural[:MOST_READY_IF_LARGE], False
    if len(days) > MOST_READY:
        days, complete = days[:MOST_READY], False
    return days, complete


def _first_end(line: Timeline, length: Duration, mark: datetime.date) -> Iterator[datetime.date]:
    """The first day from a mark on, at which a step that takes so long may be done."""
    start = first(lambda day: shifted(day, length, 1) >= mark, line.on, line.horizon)
    if start is not None:
        yield shifted(start, length, 1)


def _chained(line: Timeline, found: set[datetime.date], starts: set[datetime.date], lengths: set[Duration]) -> bool:
    """Add the ends of steps that begin when others end; whether all are there."""
    number = sum(len(line.instances(change)) for change in line.changes)
    reached = {*found, *starts}
    for _ in range(number):
        more = {shifted(start, length, 1) for start in reached for length in lengths} | reached
        more |= {day + ONE for day in more} if line.rivals else set()
        if line.lags:
            more |= flips(more, line.lags, line.on, line.horizon)
        more = {day for day in more if day <= line.horizon}
        if more == reached:
            break
        if len(more) > MOST_READY:
            found |= set(sorted(more)[:MOST_READY])
            return False
        reached = more
    found |= reached
    return True


def _within(line: Timeline, asked: Asked, deadline: float | None, tried: set[datetime.date]) -> Found:
    """The best plan that is ready by the horizon on a day that was not tried before; of those that were, it is proved
    that no plan is ready on them."""
    found = Found(horizon=line.horizon)
    days, sure = ready_days(line, asked.until)
    seen: set[Any] = set()
    doubtful: list[Ready] = []
    best: tuple[Any, ...] | None = None
    for day in days:
        if day in tried:
            continue
        tried.add(day)
        if deadline is not None and time.monotonic() > deadline:
            sure = False
            break
        ready, found_then = _solved(line, asked, day, deadline, seen)
        found.choices = max(found.choices, len({each.instance for each in ready.options}))
        found.first = found.first or ready
        if found_then is None:
            if not ready.exact:
                doubtful.append(ready)
            continue
        outcome = found_then.outcome
        if outcome.status in ("nothing found", "best found") or not found_then.exact:
            sure = False
        if not ready.exact:
            doubtful.append(ready)
        if outcome.solution is None:
            if ready.goal is not False:
                found.undecided |= {ready.goal}
            continue
        rank = _rank(outcome.solution, day, asked.minimize)
        if not line.ordered and not _may_begin(line, steps_of(ready, outcome.solution)):
            if not line.large:
                raise InOrder
            sure = False
            continue
        if best is None or rank < best:
            best = rank
            found.ready, found.robust = ready, found_then
        if asked.minimize[0] == "time":
            break
    sure = sure and all(_no_better(line, asked, each, best, deadline) for each in doubtful)
    if found.ready is not None:
        found.status = "proved" if sure else "best found"
    else:
        found.status = "impossible" if sure else "nothing found"
    return found


def _solved(
    line: Timeline, asked: Asked, day: datetime.date, deadline: float | None, seen: set[Any]
) -> tuple[Ready, robust.Robust | None]:
    """The problem of a ready day, and what was found of it; nothing where an earlier day has the same problem. A plan
    that must hold until a later day is judged on more days, until it holds on all on which its own steps change
    something."""
    more: tuple[datetime.date, ...] = ()
    while True:
        ready = ready_on(line, asked, day, more)
        problem = ready.problem
        key = (problem.required(), frozenset((each.name, each.cost_once, each.cost_each) for each in problem.choices))
        if key in seen:
            return ready, None
        seen.add(key)
        found = solved(ready, asked, deadline)
        if found.outcome.solution is None or asked.until is None or asked.until <= day:
            return ready, found
        steps = steps_of(ready, found.outcome.solution)
        ends = {each.candidate.timing.end for each in steps if each.candidate.timing is not None}
        own = {each for each in ends | flips(ends, line.all_shifts, day, asked.until) if day < each <= asked.until}
        fails = [each for each in sorted(own) if not holds_on(line, asked.goal, steps, each)]
        if not fails:
            return ready, found
        more = (*more, *fails)


def _may_begin(line: Timeline, steps: Sequence[Step]) -> bool:
    """Whether the `when` of every step holds as it begins."""
    made = frozenset(each.candidate.name for each in steps if each.candidate.amount is None)
    amounts = {each.candidate.name: each.units for each in steps if each.candidate.amount is not None}
    for step in steps:
        timing = step.candidate.timing
        if timing is None or not line.waits(step.candidate.change):
            continue
        before = [each.candidate for each in steps if each.candidate.moment <= (timing.start, timing.begun)]
        then, opened = line.opened(timing.start, before)
        instance = (step.candidate.change, step.candidate.arguments)
        truth = line.when(then, instance, timing.start, opened.altered)
        if not robust.holds_after(truth, made, amounts):
            return False
    return True


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


def _no_better(
    line: Timeline, asked: Asked, ready: Ready, best: tuple[Any, ...] | None, deadline: float | None
) -> bool:
    """Whether it is proved that no plan that is ready on a day is better than the best, though not every start was
    tried."""
    if asked.until is not None:
        return False
    problem = relaxed(line, asked.goal, ready.day)
    if problem is None:
        return False
    left = None if deadline is None else max(0, deadline - time.monotonic())
    outcome = optimise.solve(problem, minimize=[each for each in asked.minimize if each != "time"], time_limit=left)
    if outcome.status == "impossible":
        return True
    if best is None or outcome.status != "proved" or outcome.solution is None:
        return False
    return _rank(outcome.solution, ready.day, asked.minimize) >= best


def _rank(solution: optimise.Solution, day: datetime.date, minimize: Sequence[Objective]) -> tuple[Any, ...]:
    totals: dict[str, Any] = {"cost": solution.cost, "changes": solution.changes, "time": day.toordinal()}
    return tuple(totals[each] for each in minimize)


def solved(ready: Ready, asked: Asked, deadline: float | None, show: int = 1) -> robust.Robust:
    """The best plans that are ready on a day."""
    order: tuple[Objective, ...] = (*(each for each in asked.minimize if each != "time"), "time")
    return robust.solve(
        ready.problem,
        minimize=order,
        show=show,
        time_limit=None if deadline is None else max(0, deadline - time.monotonic()),
        progress=asked.progress,
        interrupted=asked.interrupted,
    )


def ready_on(line: Timeline, asked: Asked, day: datetime.date, more: Sequence[datetime.date] = ()) -> Ready:
    """The problem of a plan that is ready on a day; `more` are further days on which it is judged."""
    judged = [day]
    if asked.until is not None and asked.until > day:
        judged = sorted({day, asked.until, *more, *(each for each in line.events_to(asked.until) if day < each)})
    times = timed(line, judged)
    goals: list[Condition] = []
    constraints: list[Condition] = list(times.constraints)
    first: Evaluator | None = None
    for each in judged:
        done = [one for one in times.candidates if one.timing is not None and one.timing.end <= each]
        then, opened = line.opened(each, done)
        first = first or then
        goals.append(asked.goal(then))
        constraints += opened.constraints
    assert first is not None
    for name in sorted(asked.require):
        constraints.append(disjunction(each.unit(1) for each in times.candidates if each.change.name == name))
    goal = conjunction(goals)
    choices = tuple(_choice(line, each) for each in times.candidates)
    problem = optimise.Problem(goal, choices, tuple(constraints), budget=asked.budget)
    return Ready(day, tuple(judged), first, problem, times.candidates, goal, times.exact)


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
    """The steps of a solution, each as early as the others let it, in order of their starts."""
    required = ready.problem.required()
    made, amounts = solution.made, dict(solution.amounts)
    same: dict[Any, list[Candidate]] = {}
    for each in ready.options:
        same.setdefault(each.instance, []).append(each)
    used = sorted((each for each in ready.options if each.name in solution.used()), key=_start)
    for each in used:
        for other in sorted(same[each.instance], key=_start):
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


def _start(candidate: Candidate) -> tuple[datetime.date, int]:
    assert candidate.timing is not None
    return candidate.timing.start, candidate.timing.begun


def solution_of(ready: Ready, steps: Sequence[Step]) -> optimise.Solution:
    """The solution that makes these steps."""
    return solution(ready.problem.choices, {each.candidate.name: each.units for each in steps})
