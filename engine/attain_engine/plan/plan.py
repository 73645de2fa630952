"""The least that must change: from a policy and facts to a plan that is proved, applied, and assessed again."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, suppress
from dataclasses import replace
from typing import Any

from attain_compiler.frozen import frozen
from attain_compiler.model import program as model
from attain_compiler.model.calendar import shifted
from attain_engine import optimise, show
from attain_engine.assess import designations_of
from attain_engine.assess.assess import check_asked
from attain_engine.assess.undecided import undecided
from attain_engine.evaluate import Evaluator
from attain_engine.facts.model import Facts
from attain_engine.open.conditions import Condition
from attain_engine.open.normal_form import normal_form
from attain_engine.optimise.ending import after, never
from attain_engine.plan import models, robust
from attain_engine.plan.answer import SHARE_BEFORE_WORDS, CarriedOut, bound_of, left_open, one_plan, result
from attain_engine.plan.apply import Step
from attain_engine.plan.asking import Asking
from attain_engine.plan.bound import as_is_best
from attain_engine.plan.candidates import Candidate, together
from attain_engine.plan.fixed import Fixed
from attain_engine.plan.opened import Opened, open_world
from attain_engine.plan.ready import Asked, solution_of, solved, steps_of
from attain_engine.plan.reasons import why_impossible, why_none_in_time, why_not_made, why_out_of_bounds
from attain_engine.plan.schedule import latest, schedule
from attain_engine.plan.target import Target
from attain_engine.plan.timeline import Timeline
from attain_engine.plan.wishes import NotQualified, Wishes
from attain_engine.solve.certain import is_certain
from attain_engine.solve.deadline import OutOfTime, ending_by

SHARE_OF_TIME = 60
"""So many hundredths of the time allowed are spent on looking for a plan in time; the rest is for all else."""

NO_TIME = "the time was over before it was looked at what could be done"
NOT_SAID = "the time was too short to find out why"


def plan(
    program: model.Program,
    facts: Facts,
    on: datetime.date,
    readings: Mapping[str, str] | None = None,
    *,
    targets: Sequence[Target] = (),
    wishes: Wishes = Wishes(),
) -> models.Plan:
    """The cheapest way to reach the targets (without any: the designations of the main policy), begun on `on` or later.

    Every plan that is returned was applied to the facts and assessed again as of the day it is ready, and each of its
    steps is needed. `proved` means proved: by clasp or by HiGHS. Raises EvaluationProblem or PlanProblem.
    """
    return plan_and_facts(program, facts, on, readings, targets=targets, wishes=wishes)[0]


def plan_and_facts(
    program: model.Program,
    facts: Facts,
    on: datetime.date,
    readings: Mapping[str, str] | None = None,
    *,
    targets: Sequence[Target] = (),
    wishes: Wishes = Wishes(),
) -> tuple[models.Plan, tuple[CarriedOut, ...]]:
    """What `plan` returns and, for each of its plans, the facts with the plan carried out."""
    check_asked(program, on, readings)
    planning = _Planning(Asking(program, facts, on, dict(readings or {}), wishes), list(targets))
    answer = planning.run()
    return answer, tuple(planning.done[each] for each in range(len(answer.plans)))


def goals_of(
    program: model.Program,
    facts: Facts,
    on: datetime.date,
    readings: Mapping[str, str],
    targets: Sequence[Target],
) -> list[tuple[model.Designation, str | None]]:
    """What a plan for these targets reaches: each designation (without targets, those of the main policy), and of one
    with tiers the one that is named, else the lowest that is not reached."""
    check_asked(program, on, readings)
    asking = Asking(program, facts, on, dict(readings), Wishes())
    found = [asking.with_tier(each) for each in targets or map(Target, designations_of(program))]
    return [(each.designation, each.tier) for each in found]


@frozen
class _Paper:
    """The problem as if nothing changed from the assessment date on, and what was found of it."""

    options: Sequence[Candidate]
    opened: Opened
    then: Evaluator
    goal: Condition
    question: optimise.Problem
    found: robust.Robust

    def steps(self, solution: optimise.Solution) -> tuple[Step, ...]:
        """The steps of a solution."""
        used = solution.used()
        return tuple(
            Step(each, 1 if each.amount is None else solution.amounts[each.name])
            for each in self.options
            if each.name in used
        )


class _Planning:
    def __init__(self, asking: Asking, targets: Sequence[Target]) -> None:
        self.asking = asking
        self.wishes = asking.wishes
        self.targets = [asking.with_tier(each) for each in targets or map(Target, designations_of(asking.program))]
        self.done: list[CarriedOut] = []
        """For each plan in turn the facts with it carried out."""
        self.before = asking.assessed(asking.facts, self.targets)

    def run(self) -> models.Plan:
        try:
            return self._run()
        except OutOfTime:
            return self._result("nothing found", reasons=(NO_TIME,))

    def _run(self) -> models.Plan:
        asking = self.asking
        wished = self.wishes.until is not None or self.wishes.just or self.wishes.require
        if not wished and is_certain(asking.goal(asking.now, self.targets)):
            return self._result("qualified")
        with self._before_the_search():
            options = asking.candidates()
            line, asked = self._line()
            timeless = self.wishes.until is None and line.timeless(options)
        today: models.Plan | None = None
        if timeless:
            try:
                found = self._at_once(line, self._paper(options))
                if found.plans or not line.everything.date:
                    return found
                today = found
            except NotQualified:
                pass  # something that was not foreseen changes until then: it is looked for day by day
        paper = None if line.ordered or not options else self._paper(options)
        try:
            found = self._scheduled(line, asked, paper)
        except NotQualified as failed:
            return self._result("nothing found", choices=len(options), reasons=(str(failed),))
        if today is not None and found.status == today.status == "impossible":
            return found.model_copy(update={"reasons": today.reasons})
        return found

    def _result(self, status: Any, **more: Any) -> models.Plan:
        return result(self.asking, status, self.targets, self.before, **more)

    def _before_the_search(self) -> AbstractContextManager[None]:
        return ending_by(self.asking.until(SHARE_OF_TIME))

    def _said(self, say: Callable[[], Iterable[str]]) -> tuple[str, ...]:
        """What there is time to say of why there is no plan."""
        try:
            with ending_by(self.asking.until(SHARE_BEFORE_WORDS), self.wishes.interrupted):
                return tuple(say())
        except OutOfTime:
            return (NOT_SAID,)

    # ------------------------------------------------------------ all at once

    def _paper(self, options: Sequence[Candidate]) -> _Paper:
        """The problem in which all steps begin on the assessment date and the goal is judged on it."""
        asking, wishes = self.asking, self.wishes
        with self._before_the_search():
            opened = open_world(asking.now, options)
            then = Evaluator(asking.program, opened.world, asking.on, asking.readings)
            goal = asking.goal(then, self.targets)
            constraints = (*opened.constraints, *asking.wished(options))
            choices = tuple(asking.choice(each) for each in options)
            question = optimise.Problem(goal, choices, constraints, budget=wishes.budget)
        with ending_by(asking.until()):
            found = robust.solve(
                question,
                minimize=wishes.minimize,
                show=wishes.show,
                time_limit=asking.left,
                progress=wishes.progress,
                interrupted=wishes.interrupted,
            )
        return _Paper(options, opened, then, goal, question, found)

    def _at_once(self, line: Timeline, paper: _Paper) -> models.Plan:
        """The plan where time makes no difference: all steps begin on the assessment date."""
        asking, found = self.asking, paper.found
        outcome = found.outcome
        if outcome.solution is None:
            unknown = undecided(asking.program, paper.goal, *paper.question.constraints, *asking.untold)
            never = bool(unknown) and not asking.untold and self._never(paper.question)
            unknown = () if never else unknown
            reasons = unknown or self._said(lambda: why_not_made(asking, line) or self._why_none(paper))
            open_still = not never and (bool(unknown) or not found.exact)
            status: Any = "undetermined" if open_still and outcome.status == "impossible" else outcome.status
            return self._result(status, choices=len(paper.options), reasons=reasons)
        both = [
            one_plan(asking, paper.then, found, self.targets, paper.options, paper.steps(each), each, line)
            for each in found.solutions
        ]
        plans = tuple(one for one, _ in both)
        self.done = [after for _, after in both]
        open_ = outcome.status != "proved"
        return self._result(
            # With too many unknowns to go through, a cheaper plan may be certain as well: then nothing is proved.
            outcome.status if found.exact else "best found",
            plans=plans,
            choices=len(paper.options),
            proved_by=outcome.prover,
            bound=bound_of(asking, outcome) if open_ and outcome.bound is not None else "",
            gap=show.number(round(outcome.gap * 100, 1)) + "%" if open_ and outcome.gap is not None else "",
        )

    def _never(self, question: optimise.Problem) -> bool:
        """Whether there is no plan whatever turns out to be so of what is not known."""
        at_best = normal_form(question.required(), as_is_best)
        wishes = self.wishes
        outcome = optimise.solve(
            replace(question, goal=at_best, constraints=()),
            minimize=wishes.minimize[:1],
            time_limit=self.asking.left,
            interrupted=wishes.interrupted,
        )
        return outcome.status == "impossible"

    def _why_none(self, paper: _Paper) -> list[str]:
        question = paper.question
        reached = replace(question, goal=self.asking.all_reached(paper.then, self.targets), constraints=())
        return why_out_of_bounds(
            self.asking, paper.then, self.targets, replace(reached, constraints=question.constraints)
        ) or why_impossible(self.asking, paper.then, self.targets, question, paper.found.problem, paper.found.outcome)

    def _on_paper(self, paper: _Paper, line: Timeline) -> Iterator[str]:
        """What would do if nothing changed until it is done, though it does not then."""
        best = paper.found.outcome.solution
        if best is None:
            return
        try:
            one_plan(self.asking, paper.then, paper.found, self.targets, paper.options, paper.steps(best), best, line)
        except NotQualified as failed:
            yield (
                f"if nothing changed until it is done, {failed.cost} would do; but on {failed.day}, when it is done, "
                f"`{failed.target.text}` is not reached"
            )

    def _first_day(self, paper: _Paper) -> datetime.date | None:
        """The day on which the plan on paper is done: a good one to begin with."""
        best = paper.found.outcome.solution
        if best is None:
            return None
        on = self.asking.on
        return max(
            (shifted(on, together(each.candidate, each.units), 1) for each in paper.steps(best)),
            default=on,
        )

    # ------------------------------------------------------------ in time

    def _line(self) -> tuple[Timeline, Asked]:
        asking, wishes = self.asking, self.wishes
        # Where some changes are made whatever they bring, nothing has to hold in the end.
        designations = [] if wishes.just else [each.designation for each in self.targets]
        given = asking.program, asking.facts, asking.on, asking.readings
        line = Timeline(*given, designations, asking.changes, asking.only, asking.movable)
        asked = Asked(
            goal=lambda evaluator: asking.goal(evaluator, self.targets),
            targets=tuple(self._reached_whole),
            minimize=wishes.minimize,
            budget=wishes.budget,
            require=asking.required,
            how_often=asking.limits,
            by=wishes.by,
            until=wishes.until,
            last=asking.program.policies[asking.program.main].force_to,
            deadline=asking.until(SHARE_OF_TIME),
            progress=wishes.progress,
            interrupted=wishes.interrupted,
        )
        line.latest = latest(line, asked)
        return line, asked

    @property
    def _reached_whole(self) -> Sequence[Target]:
        """The targets all of which a plan reaches, with nothing left out."""
        return () if self.wishes.unmet or self.wishes.just else self.targets

    def _scheduled(self, line: Timeline, asked: Asked, paper: _Paper | None) -> models.Plan:
        """The plan where time makes a difference."""
        fixed = Fixed(line, self._reached_whole)
        found = schedule(line, asked, fixed.fails, None if paper is None else self._first_day(paper))
        ready = found.ready
        if ready is None or found.robust is None:
            unknown = undecided(self.asking.program, *found.undecided, *self.asking.untold)
            status: Any = "undetermined" if unknown and found.status == "impossible" else found.status
            reasons = unknown or self._said(
                lambda: (
                    why_not_made(self.asking, line) or why_none_in_time(self.asking, line, found, self.targets, fixed)
                )
            )
            if paper is not None and status in ("impossible", "nothing found"):
                reasons += self._said(lambda: self._on_paper(paper, line))
            return self._result(status, choices=found.choices, reasons=reasons, horizon=found.horizon)
        robustly = found.robust
        if self.wishes.show > 1:
            with suppress(OutOfTime), ending_by(self.asking.until(SHARE_BEFORE_WORDS), self.wishes.interrupted):
                more = solved(ready, asked, self.asking.until(SHARE_BEFORE_WORDS), show=4 * self.wishes.show)
                if more.solutions and _totals(more, asked) <= _totals(found.robust, asked):
                    robustly = more
        plans: dict[Any, models.OnePlan] = {}
        self.done = []
        for solution in robustly.solutions:
            with ending_by(self.asking.until(SHARE_BEFORE_WORDS), after(self.wishes.interrupted or never)):
                steps = steps_of(ready, solution)
            same = frozenset((step.candidate.instance, step.units) for step in steps)
            if same in plans or len(plans) == self.wishes.show:
                continue
            whole = solution_of(ready, steps)
            plans[same], done = one_plan(
                self.asking, ready.then, robustly, self.targets, ready.options, steps, whole, line, ready
            )
            self.done.append(done)
        bound, gap = left_open(self.asking, found)
        return self._result(
            found.status,
            plans=tuple(plans.values()),
            choices=len({each.instance for each in ready.options}),
            proved_by=found.robust.outcome.prover if found.status == "proved" else "",
            bound=bound,
            gap=gap,
            horizon=found.horizon,
        )


def _totals(found: robust.Robust, asked: Asked) -> tuple[Any, ...]:
    """What the first of the plans that were found comes to, in the objectives' order of importance."""
    return tuple(found.solutions[0].total(each) for each in asked.minimize if each != "time")
