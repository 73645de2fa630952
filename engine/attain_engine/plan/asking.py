"""A question for a plan: the goal and its candidates on the day of asking."""

from __future__ import annotations

import datetime
import time
from collections.abc import Callable, Sequence
from typing import Any

from attain_compiler.model import program as model
from attain_engine import optimise
from attain_engine.assess import Assessment, assess
from attain_engine.evaluate import Evaluator, world_of
from attain_engine.evaluate.designations import DesignationResult, designate
from attain_engine.facts.model import Facts
from attain_engine.open.conditions import Condition, conjunction, disjunction, negation
from attain_engine.optimise.problem import OBJECTIVES
from attain_engine.plan.bounds import Kept, kept_bounds, movable
from attain_engine.plan.candidates import Candidate, candidates, days_by_unit, days_of, most_by, together
from attain_engine.plan.how_often import ChangesAtMost, HowOften, Limit, exactly, limits
from attain_engine.plan.instances import instances
from attain_engine.plan.losses import losses
from attain_engine.plan.nearly import nearly_reached
from attain_engine.plan.problem import PlanProblem
from attain_engine.plan.target import Target
from attain_engine.plan.wishes import Wishes
from attain_engine.solve.certain import is_certain


class Asking:
    """`by` is the day by which everything must be done (nothing is judged once the policy is no longer in force), `now`
    evaluates the facts as they are; `untold` collects on what the changes are possible that may not be. `forbidden` and
    `required` are whole changes, by name; `limits` says how often others may be made."""

    def __init__(
        self, program: model.Program, facts: Facts, on: datetime.date, readings: dict[str, str], wishes: Wishes
    ) -> None:
        self.program = program
        self.facts = facts
        self.on = on
        self.readings = readings
        self.wishes = wishes
        if not set(wishes.minimize) <= set(OBJECTIVES) or len(set(wishes.minimize)) != len(wishes.minimize):
            raise PlanProblem(
                f"`minimize` is {', '.join(map(str, wishes.minimize))}",
                f"give some of {', '.join(OBJECTIVES)}, each once",
            )
        if wishes.budget is not None and wishes.budget < 0:
            raise PlanProblem(f"the budget is {wishes.budget}, below 0", "give 0 or more")
        self.begun = time.monotonic()
        force_to = program.policies[program.main].force_to
        self.by = min((each for each in (wishes.by, force_to) if each is not None), default=None)
        self.now = Evaluator(program, world_of(program, facts), on, readings)
        self.untold: list[Condition] = []
        self.movable = movable(program, tuple(program.changes.values()))
        changes = {each.name for each in program.changes.values()}
        self.forbidden = wishes.forbid & changes
        self.required = wishes.require & changes
        self.limits: tuple[Limit, ...] = (
            *wishes.how_often,
            *limits(wishes.forbid - changes, wishes.require - changes, wishes.at_most, self.now),
            *(() if wishes.most_changes is None else (ChangesAtMost(wishes.most_changes),)),
            *(exactly(wishes.just, self.now) if wishes.just else ()),
        )
        self.just = tuple(each for _, text in wishes.just for each in instances(text, self.now))

    def until(self, hundredths: int = 100) -> float | None:
        """When so many hundredths of the time allowed are over, as `time.monotonic` tells it; None without a limit."""
        limit = self.wishes.time_limit
        return None if limit is None else self.begun + limit * hundredths / 100

    @property
    def left(self) -> float | None:
        """The seconds that are left of the time allowed; None without a limit."""
        ends = self.until()
        return None if ends is None else max(ends - time.monotonic(), 0)

    def assessed(self, facts: Facts, targets: Sequence[Target], day: datetime.date | None = None) -> Assessment:
        wanted = [each.designation for each in targets]
        return assess(self.program, facts, day or self.on, self.readings, rows=False, designations=wanted)

    def with_tier(self, target: Target) -> Target:
        known = self.program.designations
        if target.designation.id not in known:
            listed = ", ".join(f"`{each}`" for each in known)
            raise PlanProblem(
                f"`{target.designation.id}` is no designation of this program", f"it has {listed or 'none'}"
            )
        tiers = [each.name for each in target.designation.tiers]
        if target.tier is not None and target.tier not in tiers:
            message = f"`{target.designation.name}` has no tier `{target.tier}`"
            raise PlanProblem(message, f"it has {', '.join(tiers) or 'none'}")
        if target.tier is not None or not target.designation.tiers:
            return target
        result = designate(self.now, target.designation, self.now.context)
        for index, tier in enumerate(target.designation.tiers):
            if not is_certain(result.at_least[index]):
                return Target(target.designation, tier.name)
        return Target(target.designation, target.designation.tiers[-1].name)

    def goal(self, evaluator: Evaluator, targets: Sequence[Target]) -> Condition:
        """That the targets are reached, whatever one may be lost, and the measures keep to their bounds."""
        reached = self.all_reached(evaluator, targets)
        spared = (self.all_reached(each, targets) for each in losses(evaluator, self.readings, self.wishes.survive))
        return conjunction((reached, *spared, *(each.condition for each in self.kept(evaluator))))

    def all_reached(self, evaluator: Evaluator, targets: Sequence[Target]) -> Condition:
        if self.wishes.just:
            return True
        return conjunction(
            self._reached(designate(evaluator, each.designation, evaluator.context), each) for each in targets
        )

    def kept(self, evaluator: Evaluator) -> list[Kept]:
        return kept_bounds(evaluator, self.movable)

    def _reached(self, result: DesignationResult, target: Target) -> Condition:
        if self.wishes.unmet:
            return nearly_reached(result, target, self.wishes.unmet)
        if target.tier is None:
            return result.met
        return result.at_least[[each.name for each in target.designation.tiers].index(target.tier)]

    @property
    def changes(self) -> list[model.Change]:
        """The changes that are not forbidden as a whole; of those that are made and no others, these."""
        changes = list(self.program.changes.values())
        if self.just:
            named = {each.change for each in self.just}
            changes = [each for each in changes if each.id in named]
        return [each for each in changes if each.name not in self.forbidden]

    @property
    def only(self) -> Callable[[model.Change, tuple[Any, ...]], bool] | None:
        """Whether a change with its arguments may be made: not where it is forbidden, or others are made and no more;
        None where all may be."""
        never = [each.instances for each in self.limits if isinstance(each, HowOften) and each.most == 0]
        if not self.just and not never:
            return None

        def only(change: model.Change, arguments: tuple[Any, ...]) -> bool:
            named = not self.just or any(each.has(change, arguments) for each in self.just)
            return named and not any(each.has(change, arguments) for each in never)

        return only

    @property
    def restricted(self) -> bool:
        """Whether what is asked for leaves out changes that the policy has."""
        wished = self.wishes
        return bool(wished.forbid or wished.at_most or wished.by or wished.most_changes is not None or wished.just)

    def candidates(self) -> list[Candidate]:
        found = list(candidates(self.now, self.changes, self.untold, self.required, self.only))
        if self.by is not None:
            by = self.by
            found = [each for each in found if most_by(each, self.on, by)]
        return found

    def wished(self, options: Sequence[Candidate]) -> list[Condition]:
        wished: list[Condition] = []
        for name in sorted(self.required):
            wished.append(disjunction(each.unit(1) for each in options if each.change.name == name))
        if self.by is not None:
            for each in options:
                most = most_by(each, self.on, self.by)
                if most < each.most:
                    wished.append(negation(each.unit(most + 1)))
        wished += (each.condition(options) for each in self.limits)
        return wished

    def choice(self, candidate: Candidate) -> optimise.Choice:
        yes_or_no = candidate.amount is None
        even = yes_or_no or not candidate.takes_each.months  # each unit takes as many days as the next
        first = days_of(together(candidate, 1), self.on)
        each = 0 if yes_or_no else candidate.takes_each.days
        return optimise.Choice(
            name=candidate.name,
            amount=candidate.amount,
            cost_once=candidate.cost_once + (candidate.cost_each if yes_or_no else 0),
            cost_each=0 if yes_or_no else candidate.cost_each,
            days_once=first - each if even else 0,
            days_each=each if even else 0,
            days_by_unit=None if even else days_by_unit(candidate, self.on),
        )
