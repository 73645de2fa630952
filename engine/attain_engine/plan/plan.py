"""The least that must change: from a policy and facts to a plan that is proved, applied, and assessed again."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import field, replace
from fractions import Fraction
from typing import Any

from attain_compiler.frozen import frozen
from attain_compiler.model import program as model
from attain_compiler.model.types import Quantity
from attain_engine import optimise, show
from attain_engine.assess import Assessment, assess, designations_of
from attain_engine.assess.assess import check_in_force
from attain_engine.assess.exact import Exact
from attain_engine.assess.titles import title_for
from attain_engine.assess.undecided import undecided
from attain_engine.evaluate import Evaluator, world_of
from attain_engine.evaluate.designations import DesignationResult, designate
from attain_engine.facts.model import Facts
from attain_engine.open.conditions import Condition, conjunction, disjunction, negation
from attain_engine.open.unknowns import rests_on_unknowns
from attain_engine.optimise.problem import OBJECTIVES, Objective, Progress
from attain_engine.plan import models, robust
from attain_engine.plan.apply import Step, applied
from attain_engine.plan.bounds import Kept, kept_bounds
from attain_engine.plan.candidates import Candidate, candidates, days_once_and_each, most_by
from attain_engine.plan.describe import describe
from attain_engine.plan.how_often import HowOften
from attain_engine.plan.opened import open_world
from attain_engine.plan.target import Target
from attain_engine.solve.certain import is_certain

LONGEST_REASON = 5
"""So many seconds are spent at the most on why there is no plan."""


class PlanProblem(Exception):
    """The question cannot be asked as it was: message and help for the user."""

    def __init__(self, message: str, help: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.help = help


@frozen
class Wishes:
    """What a plan must keep to. `forbid` and `require` name changes; `budget` is in the policy's currency; `by` is the
    date on which everything must be done; `how_often` is how often changes are made; `show` is how many plans are
    wanted."""

    minimize: tuple[Objective, ...] = OBJECTIVES
    forbid: frozenset[str] = frozenset()
    require: frozenset[str] = frozenset()
    budget: Fraction | None = None
    by: datetime.date | None = None
    how_often: tuple[HowOften, ...] = ()
    show: int = 1
    time_limit: float | None = None
    progress: Progress | None = None
    interrupted: Callable[[], bool] | None = field(default=None)


def plan(
    program: model.Program,
    facts: Facts,
    on: datetime.date,
    readings: Mapping[str, str] | None = None,
    *,
    targets: Sequence[Target] = (),
    wishes: Wishes = Wishes(),
) -> models.Plan:
    """The cheapest way to reach the targets (without any: the designations of the main policy), assessed on `on`.

    Every plan that is returned was applied to the facts and assessed again, and each of its steps is needed. `proved`
    means proved: by clasp or by HiGHS. Raises EvaluationProblem or PlanProblem.
    """
    check_in_force(program, on)
    return _Planning(program, facts, on, dict(readings or {}), wishes).run(list(targets))


def goals_of(
    program: model.Program,
    facts: Facts,
    on: datetime.date,
    readings: Mapping[str, str],
    targets: Sequence[Target],
) -> list[tuple[model.Designation, str | None]]:
    """What a plan for these targets reaches: each designation (without targets, those of the main policy), and of one
    with tiers the one that is named, else the lowest that is not reached."""
    check_in_force(program, on)
    planning = _Planning(program, facts, on, dict(readings), Wishes())
    found = [planning.with_tier(each) for each in targets or map(Target, designations_of(program))]
    return [(each.designation, each.tier) for each in found]


class _Planning:
    def __init__(
        self, program: model.Program, facts: Facts, on: datetime.date, readings: dict[str, str], wishes: Wishes
    ) -> None:
        self.program = program
        self.facts = facts
        self.on = on
        self.readings = readings
        self.wishes = wishes
        self.now = Evaluator(program, world_of(program, facts), on, readings)
        self.untold: list[Condition] = []
        """Of changes that may not be possible: on what they are."""

    def run(self, targets: list[Target]) -> models.Plan:
        targets = [self.with_tier(each) for each in targets or map(Target, designations_of(self.program))]
        before = self._assessed(self.facts, targets)
        if is_certain(self._goal(self.now, targets)):
            return self._result("qualified", targets, before)
        options = self._candidates()
        opened = open_world(self.now, options)
        then = Evaluator(self.program, opened.world, self.on, self.readings)
        goal = self._goal(then, targets)
        constraints = (*opened.constraints, *self._wished(options))
        choices = tuple(self._choice(each) for each in options)
        question = optimise.Problem(goal, choices, constraints, budget=self.wishes.budget)
        found = robust.solve(
            question,
            minimize=self.wishes.minimize,
            show=self.wishes.show,
            time_limit=self.wishes.time_limit,
            progress=self.wishes.progress,
            interrupted=self.wishes.interrupted,
        )
        outcome = found.outcome
        if outcome.solution is None:
            unknown = undecided(self.program, goal, *constraints, *self.untold)
            reasons = unknown or tuple(self._why_impossible(then, targets, question, found.problem, outcome))
            open_still = bool(unknown) or not found.exact
            status: Any = "undetermined" if open_still and outcome.status == "impossible" else outcome.status
            return self._result(status, targets, before, choices=len(options), reasons=reasons)
        plans = tuple(self._one(then, found, targets, options, solution) for solution in found.solutions)
        # With too many unknowns to go through, a cheaper plan may be certain as well: then nothing is proved.
        proved = outcome.status if found.exact else "best found"
        return self._result(
            proved,
            targets,
            before,
            plans=plans,
            choices=len(options),
            proved_by=outcome.prover,
            bound="" if outcome.bound is None or outcome.status == "proved" else self._bound(outcome),
            gap=""
            if outcome.gap is None or outcome.status == "proved"
            else show.number(round(outcome.gap * 100, 1)) + "%",
        )

    # ------------------------------------------------------------ the question

    def _assessed(self, facts: Facts, targets: Sequence[Target]) -> Assessment:
        wanted = [each.designation for each in targets]
        return assess(self.program, facts, self.on, self.readings, rows=False, designations=wanted)

    def with_tier(self, target: Target) -> Target:
        if target.tier is not None or not target.designation.tiers:
            return target
        result = designate(self.now, target.designation, self.now.context)
        for index, tier in enumerate(target.designation.tiers):
            if not is_certain(result.at_least[index]):
                return Target(target.designation, tier.name)
        return Target(target.designation, target.designation.tiers[-1].name)

    def _goal(self, evaluator: Evaluator, targets: Sequence[Target]) -> Condition:
        return conjunction((self._all_reached(evaluator, targets), *(each.condition for each in self._kept(evaluator))))

    def _all_reached(self, evaluator: Evaluator, targets: Sequence[Target]) -> Condition:
        return conjunction(
            self._reached(designate(evaluator, each.designation, evaluator.context), each) for each in targets
        )

    def _kept(self, evaluator: Evaluator) -> list[Kept]:
        return kept_bounds(evaluator, tuple(self.program.changes.values()))

    @staticmethod
    def _reached(result: DesignationResult, target: Target) -> Condition:
        if target.tier is None:
            return result.met
        return result.at_least[[each.name for each in target.designation.tiers].index(target.tier)]

    def _candidates(self) -> list[Candidate]:
        names = {each.name for each in self.program.changes.values()}
        for wished in (*self.wishes.forbid, *self.wishes.require):
            if wished not in names:
                raise PlanProblem(f"there is no change `{wished}`", f"the changes are {', '.join(sorted(names))}")
        changes = [each for each in self.program.changes.values() if each.name not in self.wishes.forbid]
        found = list(candidates(self.now, changes, self.untold, self.wishes.require))
        if self.wishes.by is not None:
            by = self.wishes.by
            found = [each for each in found if most_by(each, self.on, by)]
        return found

    def _wished(self, options: Sequence[Candidate]) -> list[Condition]:
        wished: list[Condition] = []
        for name in sorted(self.wishes.require):
            wished.append(disjunction(each.unit(1) for each in options if each.change.name == name))
        if self.wishes.by is not None:
            for each in options:
                most = most_by(each, self.on, self.wishes.by)
                if most < each.most:
                    wished.append(negation(each.unit(most + 1)))
        wished += (each.condition(options) for each in self.wishes.how_often)
        return wished

    def _choice(self, candidate: Candidate) -> optimise.Choice:
        yes_or_no = candidate.amount is None
        once, each = days_once_and_each(candidate, self.on)
        return optimise.Choice(
            name=candidate.name,
            amount=candidate.amount,
            cost_once=candidate.cost_once + (candidate.cost_each if yes_or_no else 0),
            cost_each=0 if yes_or_no else candidate.cost_each,
            days_once=once,
            days_each=each,
        )

    # ------------------------------------------------------------ the answer

    def _one(
        self,
        then: Evaluator,
        found: robust.Robust,
        targets: Sequence[Target],
        options: Sequence[Candidate],
        solution: optimise.Solution,
    ) -> models.OnePlan:
        steps = tuple(
            Step(each, 1 if each.amount is None else solution.amounts[each.name])
            for each in options
            if each.name in solution.used()
        )
        after = self._assessed(applied(self.now, self.facts, steps), targets)
        self._check(after, targets)
        described = describe(then, self.on, found, targets, options, steps, solution)
        return models.OnePlan(
            cost=self.money(solution.cost),
            cost_exact=Exact.of(Fraction(solution.cost), currency_of(self.program) or "number"),
            changes=solution.changes,
            days=max((each.days for each in described), default=0),
            ready=max((each.ready for each in described), default=self.on),
            steps=described,
            after=standings(after, targets),
        )

    def _check(self, after: Assessment, targets: Sequence[Target]) -> None:
        """A plan that does not qualify when it is assessed must never be shown."""
        for target in targets:
            found = next(each for each in after.designations if each.id == target.designation.id)
            tiers = [each.name for each in target.designation.tiers]
            if found.verdict != "met" or (
                target.tier is not None and (not found.award or tiers.index(found.award) < tiers.index(target.tier))
            ):
                raise AssertionError(f"the plan found for {target.text} does not qualify when it is assessed again")

    def money(self, amount: Any) -> str:
        """An amount in the currency of the policy's costs."""
        currency = currency_of(self.program)
        return show.value(Fraction(amount), Quantity("money", currency) if currency else Quantity("number"))

    def _bound(self, outcome: optimise.Outcome) -> str:
        assert outcome.bound is not None
        if outcome.open_objective == "cost":
            return self.money(outcome.bound)
        return f"{show.number(outcome.bound)} {'changes' if outcome.open_objective == 'changes' else 'days'}"

    def _why_out_of_bounds(self, then: Evaluator, targets: Sequence[Target], question: optimise.Problem) -> list[str]:
        """The measures that would leave their bounds, where a plan could be made without those."""
        kept = self._kept(then)
        free = replace(question, goal=self._all_reached(then, targets))
        if not kept or rests_on_unknowns(free.required()):
            return []
        found = optimise.solve(free, time_limit=LONGEST_REASON).solution
        beyond = [] if found is None else [each.measure for each in kept if not found.satisfies(each.condition)]
        return [
            f"`{each.name}` would leave the bounds that the policy declares, "
            f"{show.value(each.low, each.type)} to {show.value(each.high, each.type)}"
            for each in dict.fromkeys(beyond)
        ]

    def _why_impossible(
        self,
        then: Evaluator,
        targets: Sequence[Target],
        question: optimise.Problem,
        problem: optimise.Problem,
        outcome: optimise.Outcome,
    ) -> list[str]:
        if outcome.status != "impossible":
            return []
        beyond = self._why_out_of_bounds(then, targets, question)
        if beyond:
            return beyond
        reasons: list[str] = []
        if problem.budget is not None:
            dearer = optimise.solve(replace(problem, budget=None), time_limit=self.wishes.time_limit)
            if dearer.solution is not None:
                return [f"the budget is too small: the cheapest plan costs {self.money(dearer.solution.cost)}"]
        for target in targets:
            result = designate(then, target.designation, then.context)
            for track in result.tracks:
                on_track = (
                    f" on {show.value(track.track, target.designation.tracks.binder.type)}"
                    if track.track is not None and target.designation.tracks
                    else ""
                )
                for requirement in target.designation.requirements:
                    if track.requirements[requirement.path] is False:
                        title = title_for(then, requirement, () if track.track is None else (track.track,))
                        reasons.append(f"`{requirement.path}`{on_track} cannot be met by any change: {title}")
        if not problem.choices:
            kept = "that is possible on these facts"
            if self.wishes.by is not None:
                kept = f"that can be done by {self.wishes.by}"
            elif self.wishes.forbid:
                kept = "that is not forbidden and possible on these facts"
            reasons.append(f"the policy has no change {kept}")
        return reasons or [
            "no combination of the possible changes, within their limits, meets every requirement",
            *in_the_way(question),
        ]

    def _result(
        self,
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
    ) -> models.Plan:
        policy = self.program.policies[self.program.main]
        return models.Plan(
            organisation=self.facts.organisation,
            policy=policy.id,
            policy_title=policy.title,
            targets=tuple(each.text for each in targets),
            as_of=self.on,
            minimize=self.wishes.minimize,
            status=status,
            proved_by=proved_by,
            bound=bound,
            gap=gap,
            before=standings(before, targets),
            plans=plans,
            choices=choices,
            reasons=reasons,
        )


def in_the_way(question: optimise.Problem) -> Iterator[str]:
    """How much of what the changes must keep to stands in the way of a goal that no plan reaches: nothing is said where
    the goal is out of reach whatever they keep to, or where something is unknown."""
    if any(rests_on_unknowns(each) for each in (question.goal, *question.constraints)):
        return
    relax = optimise.explain_impossible(question, time_limit=LONGEST_REASON).relax
    if relax:
        these = "one of the conditions" if len(relax) == 1 else f"{len(relax)} of the conditions"
        yield (
            f"without {these} that changes keep to (limits, bounds of fields, rows told apart, `--require`, `--by`) "
            "there would be a plan"
        )


def currency_of(program: model.Program) -> str:
    """The one currency of the costs of a program's changes; empty where nothing costs anything."""
    for change in program.changes.values():
        for cost in change.costs:
            if isinstance(cost.amount.type, Quantity) and cost.amount.type.currency:
                return cost.amount.type.currency
    return ""


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
                total=track.total or (first.total if first is not None else ""),
                total_exact=track.total_exact if track.total or first is None else first.total_exact,
            )
        )
    return tuple(found)
