"""Why there is no plan: what cannot hold together, and which constraints are in the way."""

from __future__ import annotations

import time
from collections.abc import Sequence
from typing import Literal, TypeAlias

from attain_compiler.frozen import frozen
from attain_engine.open.conditions import Condition, Conjunction, Formula, conjunction, decision, disjunction
from attain_engine.open.quantities import compare, total
from attain_engine.open.valuation import has_numbers
from attain_engine.optimise.encode import lower_wishes
from attain_engine.optimise.order_encoding import budget_limit, cost_of, in_time, levers_of, over_choices
from attain_engine.optimise.problem import Choice, Problem
from attain_engine.optimise.search import solve
from attain_engine.solve.answer_sets import CLASP, Grounded, Shown
from attain_engine.solve.wide_sums import split_sums

Obstacle: TypeAlias = Condition | Literal["budget", "within"]
"""A part of the goal or a constraint, as it is there; or the problem's budget, or the days it allows."""


@frozen
class Impossible:
    """`conflict`: what cannot hold together; without any one of it the rest can (a minimal unsatisfiable core; where
    time ran out, perhaps more than is needed). `relax`: as few constraints (budget and days among them) as can be that,
    left out, make a plan possible (a smallest correction set); None if none do: then the goal itself is out of reach,
    or time ran out."""

    conflict: tuple[Obstacle, ...]
    relax: tuple[Obstacle, ...] | None


def explain_impossible(problem: Problem, *, time_limit: float = 10.0) -> Impossible:
    """Why a problem has no plan: operands of the goal (or the goal) and constraints. Raises ValueError if there is a
    plan after all."""
    deadline = time.monotonic() + time_limit
    goal = problem.goal.operands if isinstance(problem.goal, Conjunction) else (problem.goal,)
    wishes: list[Obstacle] = [*goal, *problem.constraints]
    closed = [over_choices(problem, each) for each in (*goal, *problem.constraints)]
    if problem.within is not None:
        wishes.append("within")
        closed.append(over_choices(problem, in_time(problem)))
    if problem.budget is not None:
        wishes.append("budget")
        if any(has_numbers(each) for each in closed):
            cost = total(cost_of(each) for each in problem.choices)
            closed.append(over_choices(problem, compare("<=", cost, problem.budget)))
        else:
            closed.append(budget_limit(levers_of(closed, problem.choices), problem.budget))
    if any(has_numbers(each) for each in closed):
        return _by_whole_numbers(problem, tuple(wishes), closed, len(goal), time_limit)
    open_ones = [place for place, condition in enumerate(closed) if isinstance(condition, Formula)]
    droppable = [place >= len(goal) for place in open_ones]
    search = _Search(problem, [closed[place] for place in open_ones], droppable, deadline)
    failing = [place for place, condition in enumerate(closed) if condition is False]
    conflict = failing[:1] or [open_ones[each] for each in search.conflict()]
    dropped = search.fewest_dropped() if all(place >= len(goal) for place in failing) else None
    relax = None if dropped is None else sorted((*failing, *(open_ones[each] for each in dropped)))
    return Impossible(
        tuple(wishes[place] for place in conflict),
        None if relax is None else tuple(wishes[place] for place in relax),
    )


def _by_whole_numbers(
    problem: Problem, wishes: tuple[Obstacle, ...], closed: Sequence[Condition], first: int, time_limit: float
) -> Impossible:
    """The same where amounts are added up: to leave out a constraint costs 1, and nothing else costs anything. The
    conflict is not made smaller."""
    free = tuple(Choice(each.name, each.amount, 0, 0, 0, 0, 0) for each in problem.choices)
    dropped = [_Dropped(place) for place in range(first, len(closed))]
    kept = (disjunction((decision(each), closed[each.place])) for each in dropped)
    relaxed = Problem(
        conjunction((*closed[:first], *kept)), (*free, *(Choice(each, None, 1, 0, 0, 0, 0) for each in dropped))
    )
    outcome = solve(relaxed, minimize=("cost",), time_limit=time_limit)
    if outcome.status != "proved" or outcome.solution is None:
        return Impossible(wishes, None)
    out = [each for each in dropped if each in outcome.solution.made]
    if not out:
        raise ValueError("there is a plan")
    return Impossible(wishes, tuple(wishes[each.place] for each in out))


@frozen
class _Dropped:
    """The name of the choice to leave out the wish at a place."""

    place: int


class _Search:
    """Conditions in normal form by place, and which of them may be left out."""

    def __init__(
        self, problem: Problem, conditions: Sequence[Condition], droppable: Sequence[bool], deadline: float
    ) -> None:
        self._levers = levers_of(conditions, problem.choices)
        split = [split_sums(each) for each in conditions]
        self._conditions = tuple(each for each in split if isinstance(each, Formula))
        self._droppable = droppable
        self._deadline = deadline

    def conflict(self) -> list[int]:
        """Places of conditions that cannot hold together; each of them is needed for that."""
        every = [True] * len(self._conditions)
        program = lower_wishes(self._conditions, every, self._levers)
        grounded = Grounded(program, ("--opt-mode=ignore",))
        left = list(range(len(self._conditions)))
        if self._together(grounded, left):
            raise ValueError("there is a plan")
        for place in tuple(left):
            fewer = [each for each in left if each != place]
            if self._together(grounded, fewer) is False:
                left = fewer
        return left

    def _together(self, grounded: Grounded, places: Sequence[int]) -> bool | None:
        """Whether the conditions at these places can hold together; None if the time ran out."""
        found: list[object] = []
        with grounded.start(found.append, assumptions=[(("kept", (each,)), True) for each in places]) as search:
            ended = search.wait(max(0.0, self._deadline - time.monotonic()))
        return True if found else False if ended else None

    def fewest_dropped(self) -> list[int] | None:
        """The places of as few droppable conditions as can be without which the others can hold; None if there are
        none, or the time ran out."""
        program = lower_wishes(self._conditions, self._droppable, self._levers)
        found: list[frozenset[Shown]] = []
        with Grounded(program, CLASP).start(found.append) as search:
            if not search.wait(max(0.0, self._deadline - time.monotonic())) or not found:
                return None
        kept = {place for _, (place,) in found[-1]}
        return [place for place in range(len(self._conditions)) if place not in kept]
