"""Plans that do whatever the unknowns turn out to be, by counterexamples.

The best plan is sought for the completions seen so far; a completion that breaks it is asked for, and seen from then
on. What no completion breaks is a plan; as it was best for a few completions, none that does for all is better. Where
even these few cannot all be survived, no plan can.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from attain_compiler.frozen import frozen
from attain_engine import optimise
from attain_engine.evaluate.missing import RELATED
from attain_engine.open.conditions import Amount, Atom, Condition, conjunction, negation
from attain_engine.open.quantities import Quantity
from attain_engine.open.substitution import Substitution
from attain_engine.open.unknowns import at_worst, open_parts, rests_on_unknowns
from attain_engine.open.valuation import holds
from attain_engine.optimise.ending import Ended, never
from attain_engine.optimise.problem import Objective, Outcome, Problem, Progress, Solution
from attain_engine.solve.certain import Completion, completion, is_certain

MOST_COMPLETIONS = 200
"""So many completions are collected at the most for one plan."""


@frozen
class Robust:
    """What is known in the end. `goal` is what a plan must survive, `problem` the same over decisions alone, for the
    completions that were seen; `solutions` are the plans, best first, which survive all. If it is not `exact`, another
    plan may be better, or one may exist where none was found."""

    outcome: Outcome
    problem: Problem
    goal: Condition
    solutions: tuple[Solution, ...]
    exact: bool
    ended: Ended = never
    """Whether the time that was given is up by now, or the user ended the search."""


def solve(
    problem: Problem,
    *,
    minimize: Sequence[Objective],
    show: int = 1,
    time_limit: float | None = None,
    progress: Progress | None = None,
    interrupted: Callable[[], bool] | None = None,
) -> Robust:
    """The best plans of a problem whose goal and constraints may rest on unknowns. Raises TooLarge."""
    deadline = None if time_limit is None else time.monotonic() + time_limit
    goal = at_worst(problem.required())

    def ended() -> bool:
        late = deadline is not None and time.monotonic() > deadline
        return late or (interrupted is not None and interrupted())

    def solved(this: Problem) -> tuple[Outcome, tuple[Solution, ...]]:
        left = None if deadline is None else max(deadline - time.monotonic(), 0)
        outcome = optimise.solve(this, minimize=minimize, time_limit=left, progress=progress, interrupted=interrupted)
        if outcome.solution is None:
            return outcome, ()
        more: tuple[Solution, ...] = ()
        if show > 1:
            left = None if deadline is None else max(deadline - time.monotonic(), 0)
            more = optimise.next_best(
                this, outcome, show - 1, minimize=minimize, time_limit=left, interrupted=interrupted
            )
        return outcome, (outcome.solution, *more)

    uncertain = rests_on_unknowns(goal)
    exact = not (uncertain and any(isinstance(each.name, RELATED) for each in open_parts((goal,))))
    seen: Condition = True if uncertain else goal
    for _ in range(MOST_COMPLETIONS):
        known = replace(problem, goal=seen, constraints=())
        outcome, solutions = solved(known)
        if seen is goal:
            return Robust(outcome, known, goal, solutions, exact=True, ended=ended)
        broken = [found for each in solutions if (found := breaking(goal, each)) is not None]
        if not broken:
            return Robust(outcome, known, goal, solutions, exact, ended)
        before = seen
        seen = conjunction((seen, *(each.settle(goal) for each in broken)))
        if seen is before or all(solution.satisfies(seen) for solution in solutions):
            break  # numbers that are known by their ends alone: these were no completions
    # Too many to go through, or not exactly known: what no unknown can spoil, wherever it stands.
    safe = replace(problem, goal=goal, constraints=())
    outcome, solutions = solved(safe)
    return Robust(outcome, safe, goal, solutions, exact=False, ended=ended)


def breaking(goal: Condition, solution: Solution) -> Completion | None:
    """A way in which the unknowns may turn out for which a plan does not do."""
    return completion(negation(decided(solution, goal)))


def decided(solution: Solution, condition: Condition) -> Condition:
    """What is left of a condition over unknowns when a plan is carried out."""
    return carried_out(solution.made, solution.amounts).condition(condition)


def carried_out(made: frozenset[Any], amounts: Mapping[Any, int]) -> Substitution:
    """Puts what is decided in its place: the decisions made, and the amounts above 0."""

    def atom(each: Atom) -> Condition | None:
        return each.name in made if each.kind == "decision" else None

    def amount(each: Amount) -> Quantity | None:
        return amounts.get(each.name, 0) if each.kind == "decision" else None

    return Substitution(atom, amount)


def holds_after(condition: Condition, made: frozenset[Any], amounts: Mapping[Any, int]) -> bool:
    """Whether a condition holds for certain when so much is decided."""
    if not rests_on_unknowns(condition):
        return holds(condition, made, amounts)
    return is_certain(carried_out(made, amounts).condition(condition))
