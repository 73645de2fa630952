"""Other plans: the next best ones that use something else, and what would do as well in the place of a choice."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from attain_engine.open.conditions import Condition, Formula, amount_at_least, conjunction, decision, negation
from attain_engine.open.quantities import at_least, weighted
from attain_engine.open.valuation import Valuation
from attain_engine.optimise.by_trial import names_in
from attain_engine.optimise.order_encoding import required
from attain_engine.optimise.problem import OBJECTIVES, Objective, Outcome, Problem, Progress, Solution
from attain_engine.optimise.search import solve


def next_best(
    problem: Problem,
    outcome: Outcome,
    count: int,
    *,
    minimize: Sequence[Objective] = OBJECTIVES,
    time_limit: float | None = None,
    progress: Progress | None = None,
    interrupted: Callable[[], bool] | None = None,
) -> tuple[Solution, ...]:
    """Up to `count` plans after the one of the outcome, each the best that is not like one before it (see `like`).

    They are fewer if there are no more, or if they are not proved within `time_limit` seconds.
    """
    deadline = None if time_limit is None else time.monotonic() + time_limit
    found: list[Solution] = []
    last = outcome
    while last.status == "proved" and last.solution is not None and last.solution.used() and len(found) < count:
        problem = replace(problem, constraints=(*problem.constraints, negation(like(problem, last.solution))))
        left = None if deadline is None else max(deadline - time.monotonic(), 0)
        last = solve(problem, minimize=minimize, time_limit=left, progress=progress, interrupted=interrupted)
        if last.status == "proved" and last.solution is not None:
            found.append(last.solution)
    return tuple(found)


def like(problem: Problem, solution: Solution) -> Condition:
    """What plans like this one have in common: they use all that it uses, or, in the place of some, what would have
    done as well (see `alternatives`); how much of an amount does not matter, nor what else they use."""
    instead = alternatives(problem, solution)
    groups = Counter(frozenset((name, *instead.get(name, ()))) for name in solution.made)
    made = (at_least(weighted((decision(name), 1) for name in group), count) for group, count in groups.items())
    amounts = [choice.amount for choice in problem.choices if choice.name in solution.amounts]
    return conjunction((*made, *(amount_at_least(amount, 1) for amount in amounts if amount is not None)))


def alternatives(problem: Problem, solution: Solution) -> Mapping[Any, tuple[Any, ...]]:
    """For each yes-or-no choice of a plan: those that could be made in its place, all else as it is, at the same cost,
    days and number of changes. Choices without any are left out."""
    condition = required(problem)
    if isinstance(condition, bool):
        return {}
    valuation = Valuation(solution.made, solution.amounts)
    valuation.holds(condition)
    named = names_in(condition)
    alike: dict[tuple[Any, ...], list[Any]] = {}
    for choice in problem.choices:
        if choice.amount is None and choice.name in named:
            alike.setdefault(tuple(choice.weight(each, 1) for each in OBJECTIVES), []).append(choice.name)
    found: dict[Any, tuple[Any, ...]] = {}
    for names in alike.values():
        for name in names:
            if not valuation.units(name):
                continue
            valuation.decide(name, 0)
            instead = tuple(other for other in names if other != name and _would_do(valuation, condition, other))
            valuation.decide(name, 1)
            if instead:
                found[name] = instead
    return found


def _would_do(valuation: Valuation, condition: Formula, name: Any) -> bool:
    if valuation.units(name):
        return False
    valuation.decide(name, 1)
    holds = valuation.holds(condition)
    valuation.decide(name, 0)
    return holds
