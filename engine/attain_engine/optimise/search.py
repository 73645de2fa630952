"""From a problem to a proved plan."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractContextManager
from fractions import Fraction
from typing import Any

from attain_compiler.asp import Origin, Program, TooLarge
from attain_engine.open.conditions import Formula
from attain_engine.open.valuation import has_numbers
from attain_engine.optimise.by_trial import names_in, plan_by_trial, stripped_by_trial
from attain_engine.optimise.digits import Digits
from attain_engine.optimise.encode import lower
from attain_engine.optimise.ending import after
from attain_engine.optimise.incumbent import WrongPlan
from attain_engine.optimise.integer_program import IntegerProgram, integer_program
from attain_engine.optimise.local_search import start
from attain_engine.optimise.order_encoding import Lever, levers, required, to_its_top
from attain_engine.optimise.problem import OBJECTIVES, Choice, Objective, Outcome, Problem, Progress, Solution, solution
from attain_engine.optimise.race import Race
from attain_engine.optimise.reduce.reduce import reduce, unreduced
from attain_engine.solve.deadline import OutOfTime, ending_by


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
    search = _Search(problem, tuple(minimize), deadline, progress, interrupted)
    condition = required(problem)
    if condition is False or not solution(problem.choices, {}).affordable(problem):
        return Outcome("impossible")
    if condition is True:
        return Outcome("proved", solution(problem.choices, {}))
    if has_numbers(condition):
        return search.by_whole_numbers(condition)
    return search.by_levels(condition, reducing, provers)


class _Search:
    def __init__(
        self,
        problem: Problem,
        objectives: tuple[Objective, ...],
        deadline: float | None,
        progress: Progress | None,
        interrupted: Callable[[], bool] | None,
    ) -> None:
        self.problem = problem
        self.objectives = objectives
        self.deadline = deadline
        self.progress = progress
        self.interrupted = interrupted

    def ended(self) -> bool:
        """Whether the time is up, or the user ends the search."""
        late = self.deadline is not None and time.monotonic() > self.deadline
        return late or (self.interrupted is not None and self.interrupted())

    def until_ended(self) -> AbstractContextManager[None]:
        """For what looks at the time by itself."""
        return ending_by(self.deadline, self.interrupted)

    def race(
        self,
        objectives: Sequence[Objective],
        units: Mapping[Objective, Fraction],
        digits: Mapping[Objective, Digits] | None = None,
    ) -> Race:
        return Race(
            objectives,
            units,
            lambda found: checked(self.problem, found),
            digits=digits,
            deadline=self.deadline,
            interrupted=self.interrupted,
            progress=self.progress,
        )

    def by_whole_numbers(self, condition: Formula) -> Outcome:
        """By an integer program, in which sums of amounts stay sums."""
        named = names_in(condition)
        choices = [each for each in self.problem.choices if each.name in named]
        return self.by_integers(condition, choices)

    def by_integers(self, condition: Formula, choices: Sequence[Choice]) -> Outcome:
        """By an integer program over these choices."""
        found_at_once = self.found(plan_by_trial(condition, choices, self.ended))
        try:
            with self.until_ended():
                program = integer_program(condition, choices, self.objectives, self.problem.budget)
        except OutOfTime:
            return self.too_late(found_at_once)
        race = self.race(program.objectives, program.units, program.digits)
        if found_at_once is not None:
            race.offer(found_at_once)
        race.run_whole(program)
        return self.outcome(race, lambda found: stripped_by_trial(condition, choices, found, self.ended))

    def by_levels(self, condition: Formula, reducing: bool, provers: tuple[str, ...]) -> Outcome:
        """By the levels of amounts that the condition asks for."""
        problem = self.problem
        used = levers(condition, problem.choices)
        begin = start(condition, used, self.ended)
        if begin.hopeless:
            return Outcome("impossible")
        found_at_once = self.found(begin.units)
        if reducing:
            smaller = reduce(
                condition, problem.choices, self.objectives, problem.budget, known=found_at_once, ended=self.ended
            )
        else:
            smaller = unreduced(condition, problem.choices, problem.budget)
        if isinstance(smaller.condition, bool):
            return Outcome("proved", checked(problem, {})) if smaller.condition else Outcome("impossible")
        if self.ended():
            return self.too_late(found_at_once)
        even = smaller.even if isinstance(smaller.even, Formula) else smaller.condition
        try:
            with self.until_ended():
                lowered = lower(smaller.condition, smaller.levers, self.objectives, smaller.orders)
                program = self.beside(even, smaller.levers)
        except TooLarge:  # for clingo; an integer program has room for larger numbers
            return self.by_integers(even, [lever.choice for lever in smaller.levers])
        except OutOfTime:
            return self.too_late(found_at_once)
        if program is None:
            race = self.race(lowered.objectives, lowered.units)
        else:
            race = self.race(program.objectives, program.units, program.digits)
        left = {lever.choice.name for lever in smaller.levers}
        for found in (self.found(start(smaller.condition, smaller.levers, self.ended).units), found_at_once):
            # A plan of what was left out may weigh in what the race does not weigh: it would look better than it is.
            if found is not None and found.used() <= left and race.weighs(found):
                race.offer(found)
        race.run(lowered, program, provers)
        if race.known.best is None and not race.known.impossible:
            return self.too_late(found_at_once)
        return self.outcome(
            race, lambda found: begin.stripped({**dict.fromkeys(found.made, 1), **found.amounts}, after(self.ended))
        )

    def beside(self, condition: Formula, used: Sequence[Lever]) -> IntegerProgram | None:
        """The integer program of a problem that has a ground program as well, if there is one."""
        try:
            return integer_program(condition, [to_its_top(each) for each in used], self.objectives)
        except TooLarge:  # for what is done in months, each time in another number of days
            return None

    def found(self, units: Mapping[Any, int] | None) -> Solution | None:
        """A plan to begin with, if there is one that can be afforded."""
        if units is None or not solution(self.problem.choices, units).affordable(self.problem):
            return None
        return checked(self.problem, units)

    def too_late(self, found: Solution | None) -> Outcome:
        """What is known where the time was up before the search found anything."""
        if found is None:
            return Outcome("nothing found")
        if self.progress is not None:
            self.progress(found, 0)
        first = next((each for each in self.objectives if found.total(each)), None)
        if first is None:
            return Outcome("proved", found)
        return Outcome("best found", found, open_objective=first, bound=0)

    def outcome(self, race: Race, strip: Callable[[Solution], Mapping[Any, int]]) -> Outcome:
        """What is known in the end; the plan without its needless steps."""
        known = race.known
        if known.impossible:
            return Outcome("impossible", prover=known.prover, statistics=race.statistics)
        if known.best is None:
            return Outcome("nothing found", statistics=race.statistics)
        final = checked(self.problem, strip(known.best))
        if known.settled():
            return Outcome("proved", final, prover=known.prover, statistics=race.statistics)
        objective, bound = race.bound(known.proved())
        return Outcome("best found", final, open_objective=objective, bound=bound, statistics=race.statistics)


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
    if has_numbers(condition):
        raise TooLarge("amounts are added up here that come in too many units to write each of them down")
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
