"""Changes that are ticked: which of them are possible, and the facts after them."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction
from typing import Any

from attain_compiler.frozen import frozen
from attain_compiler.model.calendar import shifted
from attain_engine import show
from attain_engine.asked import AskedWrongly
from attain_engine.assess.clauses import row_name
from attain_engine.evaluate import Evaluator
from attain_engine.facts.model import Facts, Row
from attain_engine.open.conditions import Condition
from attain_engine.plan import HowOften, Instances
from attain_engine.plan.apply import Step, applied
from attain_engine.plan.candidates import Candidate, candidates, together
from attain_engine.plan.opened import open_world
from attain_engine.plan.robust import holds_after
from attain_engine.serve.models import Made, StepMade


def arguments_of(candidate: Candidate) -> dict[str, str]:
    """The arguments of a choice, as a plan writes them."""
    pairs = zip(candidate.change.parameters, candidate.arguments, strict=True)
    return {formal.name: show.value(value, formal.type) for formal, value in pairs}


@frozen
class Taken:
    """Steps that were found among what is possible on the facts that `evaluator` has."""

    evaluator: Evaluator
    steps: tuple[Step, ...]

    def facts(self, facts: Facts) -> Facts:
        """The facts after the steps."""
        return applied(self.evaluator, facts, self.steps) if self.steps else facts

    def at_least(self) -> tuple[HowOften, ...]:
        """What a plan keeps to that makes these steps, too."""
        return tuple(
            HowOften(Instances(each.candidate.change.id, tuple(each.candidate.arguments)), each.units, None)
            for each in self.steps
        )

    def made(self, on: datetime.date) -> Made:
        """What they cost together, and when the last is done."""
        cost = sum((cost_of(each.candidate, each.units) for each in self.steps), Fraction(0))
        costs = [cost for each in self.steps for cost in each.candidate.change.costs]
        ready = (shifted(on, together(each.candidate, each.units), 1) for each in self.steps)
        return Made(
            steps=len(self.steps),
            cost=show.value(cost, costs[0].amount.type) if costs else "",
            ready=max(ready, default=on),
        )


def cost_of(candidate: Candidate, units: int) -> Fraction:
    """What so many units of a choice cost, in the currency of the policy."""
    return Fraction(candidate.cost_once) + Fraction(candidate.cost_each) * units


def taken(evaluator: Evaluator, asked: Sequence[StepMade]) -> Taken:
    """The steps that are asked for. Raises AskedWrongly where one is not possible on these facts, or where they cannot
    be made together."""
    if not asked:
        return Taken(evaluator, ())
    program = evaluator.program
    by_name = {each.name: each for each in program.changes.values()}
    wanted = {each.change for each in asked}
    for name in sorted(wanted - by_name.keys()):
        known = ", ".join(f"`{each}`" for each in by_name) or "none"
        raise AskedWrongly(f"there is no change `{name}`: the changes are {known}")
    untold: list[Condition] = []
    options = list(candidates(evaluator, [by_name[each] for each in by_name if each in wanted], untold, wanted))
    found: dict[int, Step] = {}
    for each in asked:
        step = _step(options, each)
        if step.candidate.index in found:
            raise AskedWrongly(f"`{each.change}` is made twice for the same: say once how many times")
        found[step.candidate.index] = step
    steps = tuple(found[index] for index in sorted(found))
    _lawful(evaluator, steps)
    return Taken(evaluator, steps)


def _step(options: Sequence[Candidate], asked: StepMade) -> Step:
    for each in options:
        if each.change.name == asked.change and _is_for(each, asked.arguments):
            if asked.units > each.most:
                raise AskedWrongly(f"{_called(asked)} can be made {each.most:,} times at the most")
            return Step(each, asked.units)
    raise AskedWrongly(f"{_called(asked)} is not possible on these facts")


def _is_for(candidate: Candidate, arguments: dict[str, str]) -> bool:
    shown = arguments_of(candidate)
    if shown.keys() != arguments.keys():
        return False
    values = {
        formal.name: value for formal, value in zip(candidate.change.parameters, candidate.arguments, strict=True)
    }
    return all(text in (shown[name], _numbered(values[name])) for name, text in arguments.items())


def _numbered(value: Any) -> str | None:
    return row_name(value) if isinstance(value, Row) else None


def _called(asked: StepMade) -> str:
    given = ", ".join(f"{name}: {value}" for name, value in asked.arguments.items())
    return f"`{asked.change}`{f' ({given})' if given else ''}"


def _lawful(evaluator: Evaluator, steps: tuple[Step, ...]) -> None:
    """Refuse steps that break what the changes must keep to: limits, least amounts, bounds of fields, two values for
    one field, what is unique."""
    if not _broken(evaluator, steps):
        return
    alone = [each for each in steps if _broken(evaluator, (each,))]
    blamed = alone or [each for each in steps if not _broken(evaluator, tuple(one for one in steps if one is not each))]
    names = ", ".join(_called(StepMade(change=each.candidate.change.name, arguments=arguments_of(each.candidate)))
                      for each in blamed or steps)  # fmt: skip
    if alone:
        raise AskedWrongly(f"{names}: so many times, or with these values, it breaks a limit of the policy")
    raise AskedWrongly(f"these changes cannot be made together: {names}")


def _broken(evaluator: Evaluator, steps: tuple[Step, ...]) -> bool:
    made = frozenset(each.candidate.name for each in steps if each.candidate.amount is None)
    amounts = {each.candidate.name: each.units for each in steps if each.candidate.amount is not None}
    opened = open_world(evaluator, [_bounded(each) for each in steps])
    return not all(holds_after(each, made, amounts) for each in opened.constraints)


def _bounded(step: Step) -> Candidate:
    """The choice with no more units than are made: a row is opened for each of them."""
    amount = step.candidate.amount
    return step.candidate if amount is None else replace(step.candidate, amount=replace(amount, high=step.units))
