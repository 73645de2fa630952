"""From a problem to a proved plan."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from attain_compiler.asp import Origin, Program
from attain_engine.open.conditions import Formula
from attain_engine.optimise.encode import lower
from attain_engine.optimise.incumbent import WrongPlan
from attain_engine.optimise.local_search import Evaluation, hopeless, some_plan
from attain_engine.optimise.order_encoding import levers, required
from attain_engine.optimise.problem import (
    OBJECTIVES,
    Objective,
    Outcome,
    Problem,
    Progress,
    Solution,
    solution,
)
from attain_engine.optimise.race import Race
from attain_engine.optimise.reduce.reduce import reduce, unreduced


def solve(
    problem: Problem,
    *,
    minimize: Sequence[Objective] = OBJECTIVES,
    time_limit: float | None = None,
    progress: Progress | None = None,
    interrupted: Callable[[], bool] | None = None,
    reducing: bool = True,
    provers: tuple[str, ...] = ("clasp", "highs"),
) -> Outcome:
    """The best plan, by the objectives in order of importance, with its proof; or the best that was found within
    `time_limit` seconds, or until `interrupted()` or Ctrl-C. Raises TooLarge if numbers do not fit the solver."""
    deadline = None if time_limit is None else time.monotonic() + time_limit
    nothing = solution(problem.choices, {})
    condition = required(problem)
    used = levers(condition, problem.choices)
    if condition is False or not nothing.affordable(problem) or hopeless(condition, used):
        return Outcome("impossible")
    if condition is True:
        return Outcome("proved", nothing)
    objectives = tuple(minimize)
    if reducing:
        smaller = reduce(condition, problem.choices, objectives, problem.budget)
    else:
        smaller = unreduced(condition, problem.choices, problem.budget)
    if isinstance(smaller.condition, bool):
        return Outcome("proved", checked(problem, {})) if smaller.condition else Outcome("impossible")
    lowered = lower(smaller.condition, smaller.levers, objectives, smaller.orders)
    race = Race(
        lowered,
        lambda units: checked(problem, units),
        deadline=deadline,
        interrupted=interrupted,
        progress=progress,
        provers=provers,
    )
    start = some_plan(smaller.condition, smaller.levers)
    if start is not None:
        race.offer(checked(problem, start))
    race.run()
    known = race.known
    if known.impossible:
        return Outcome("impossible", prover=known.prover, statistics=race.statistics)
    if known.best is None:
        return Outcome("nothing found", statistics=race.statistics)
    final = _stripped(problem, Evaluation(condition, used), known.best)
    if known.settled():
        return Outcome("proved", final, prover=known.prover, statistics=race.statistics)
    first = known.proved()
    return Outcome(
        "best found",
        final,
        open_objective=lowered.objectives[first],
        bound=race.exact(first, known.bounds[first]),
        statistics=race.statistics,
    )


def program(
    problem: Problem,
    *,
    minimize: Sequence[Objective] = OBJECTIVES,
    origins: Mapping[Formula, Origin] | None = None,
) -> Program:
    """The program of a problem as it stands, for people to read: nothing in it is left out beforehand. `origins` say
    where formulas of the conditions come from. A problem that is decided beforehand has a program without facts. Raises
    TooLarge."""
    condition = required(problem)
    if isinstance(condition, bool):
        return Program((), ())
    whole = unreduced(condition, problem.choices, problem.budget)
    if isinstance(whole.condition, bool):
        return Program((), ())
    return lower(whole.condition, whole.levers, tuple(minimize), origins=origins).program


def checked(problem: Problem, units: Mapping[Any, int]) -> Solution:
    """The plan that uses so much of each choice, which must hold. Raises WrongPlan."""
    found = solution(problem.choices, units)
    if not (found.satisfies(problem.required()) and found.affordable(problem)):
        raise WrongPlan(f"the goal or a constraint does not hold: {dict(units)}")
    return found


def _stripped(problem: Problem, evaluation: Evaluation, found: Solution) -> Solution:
    """The plan without its needless steps; none of its totals rises by that."""
    evaluation.use({**dict.fromkeys(found.made, 1), **found.amounts})
    evaluation.strip()
    return checked(problem, evaluation.units())
