"""What examples expect of plans: what the best plan costs, what it does, or that there is none. Each search may
take so many seconds."""

from __future__ import annotations

import datetime
import time
from collections import Counter
from collections.abc import Iterator, Mapping
from fractions import Fraction

from attain_compiler.frozen import frozen
from attain_compiler.model import program as model
from attain_compiler.model.reaching import on_track
from attain_compiler.model.types import Value
from attain_engine import show
from attain_engine.evaluate import EvaluationProblem
from attain_engine.facts import Facts
from attain_engine.plan import HowOften, Instances, OnePlan, Plan, PlanProblem, Target, Wishes, plan, with_targets

_MOST = 4
"""So many steps of a plan are named."""


@frozen
class Sought:
    """What a search for a plan found, the seconds that it took, and those that it might take."""

    plan: Plan
    took: float
    seconds: int

    @property
    def why_not_proved(self) -> str:
        """Why nothing is proved, to stand behind what is not: the time was over, or what ended the search before."""
        found = self.plan
        if found.reasons:
            return f": {'; '.join(found.reasons)}"
        if self.took * 2 > self.seconds:
            return f" in {self.seconds} s"
        if found.bound:
            return f": all that is proved is that none is below {found.bound}"
        if found.plans and found.horizon is None:
            return ": too much is unknown to look at every case, and a cheaper one may do as well"
        return f": the search ended after {self.took:.0f} s"


class Plans:
    """The best plans for the facts of one example; each is sought once."""

    def __init__(
        self, program: model.Program, facts: Facts, on: datetime.date, readings: Mapping[str, str], seconds: int
    ) -> None:
        self._program = program
        self._facts = facts
        self._on = on
        self._readings = dict(readings)
        self._seconds = seconds
        self._found: dict[tuple[str | None, str | None, Value | None], Sought] = {}

    def problem(self, expected: model.PlanExpected) -> str | None:
        """What came out instead of what is expected; None where it came true."""
        try:
            sought = self._best(expected)
            found = sought.plan
            if expected.cost is None and not expected.steps:
                if found.plans or found.status in ("impossible", "qualified"):
                    return None if found.status == "impossible" else f"there is a plan: {_said(sought)}"
                return _none_proved(sought)
            if found.status not in ("proved", "qualified"):
                return _none_proved(sought)
            if expected.cost is not None:
                return self._cost(found, expected.cost)
            return self._steps(sought, expected)
        except (EvaluationProblem, PlanProblem) as problem:
            return problem.message

    def _best(self, expected: model.PlanExpected) -> Sought:
        amount = expected.amount.title if expected.amount is not None else None
        on = expected.track.value if expected.track is not None else None
        key = expected.designation or amount, expected.tier, on
        if key not in self._found:
            self._found[key] = self._plan(expected, ())
        return self._found[key]

    def _plan(self, expected: model.PlanExpected, how_often: tuple[HowOften, ...]) -> Sought:
        targets = []
        if expected.designation is not None:
            wanted = self._program.designations[expected.designation]
            if expected.track is not None:
                wanted = on_track(wanted, expected.track.value)
            targets = [Target(wanted, expected.tier)]
        if expected.amount is not None:
            targets = [Target(expected.amount)]
        wishes = Wishes(how_often=how_often, time_limit=self._seconds)
        begun = time.monotonic()
        program = with_targets(self._program, targets)
        found = plan(program, self._facts, self._on, self._readings, targets=targets, wishes=wishes)
        return Sought(found, time.monotonic() - begun, self._seconds)

    def _cost(self, found: Plan, expected: model.Constant) -> str | None:
        cost = Fraction(found.plans[0].cost_exact.number) if found.plans else Fraction(0)
        if cost == expected.value:
            return None
        wanted = show.value(expected.value, expected.type)
        came_out = f"costs {found.plans[0].cost}" if found.plans else "costs nothing, all is reached as it is"
        return f"the best plan {came_out}, not {wanted}"

    def _steps(self, sought: Sought, expected: model.PlanExpected) -> str | None:
        """Of several plans that are equally good one has to make the changes so often, whichever is found first."""
        wanted = tuple(_how_often(each) for each in expected.steps)
        found = sought.plan
        if found.status == "qualified":
            return "there is nothing to do" if any(each.least for each in wanted) else None
        with_them = self._plan(expected, wanted)
        if with_them.plan.status == "proved" and _measured(with_them.plan.plans[0]) == _measured(found.plans[0]):
            return None
        if with_them.plan.status not in ("proved", "impossible"):
            return f"whether a plan that does this is as good was not proved{with_them.why_not_proved}"
        return f"the best plan is {_said(sought)}"


def plan_failures(
    program: model.Program,
    example: model.Example,
    facts: Facts,
    on: datetime.date,
    seconds: int,
) -> Iterator[tuple[model.PlanExpected, str]]:
    """What an example expects of plans and does not come true, with what came out instead."""
    plans = Plans(program, facts, on, dict(example.readings), seconds)
    for expected in example.plans:
        found = plans.problem(expected)
        if found is not None:
            yield expected, found


def _how_often(step: model.PlannedStep) -> HowOften:
    these = Instances(step.change, step.arguments)
    if step.times is None:
        return HowOften(these, 1, None)
    return HowOften(these, step.times, step.times)


def _measured(found: OnePlan) -> tuple[Fraction, int, int]:
    """What plans are compared by."""
    return Fraction(found.cost_exact.number), found.changes, found.days


def _said(sought: Sought) -> str:
    """What a plan does, in a line."""
    found = sought.plan
    if not found.plans:
        return "all is reached as it is" if found.status == "qualified" else _none_proved(sought)
    best = found.plans[0]
    made: Counter[str] = Counter()
    for step in best.steps:
        arguments = ", ".join(step.arguments.values())
        made[f"{step.change}({arguments})" if arguments else step.change] += step.units
    steps = [f"{name} {times} {'time' if times == 1 else 'times'}" for name, times in made.items()]
    more = f" and {len(steps) - _MOST} more" if len(steps) > _MOST else ""
    return f"{', '.join(steps[:_MOST])}{more}, for {best.cost}"


def _none_proved(sought: Sought) -> str:
    found = sought.plan
    if found.status == "impossible":
        return "there is no plan" + (f": {found.reasons[0]}" if found.reasons else "")
    if found.status == "undetermined":
        return "it cannot be told whether there is a plan" + (f": {'; '.join(found.reasons)}" if found.reasons else "")
    if not found.plans:
        return f"no plan was found{sought.why_not_proved}"
    best = f" (the best found costs {found.plans[0].cost})"
    return f"no plan{best} was proved to be the best{sought.why_not_proved}"
