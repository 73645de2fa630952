"""Changes that are ticked: which are possible, in what order, and the facts of the day on which all are done."""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence
from dataclasses import replace
from fractions import Fraction
from typing import Any

from attain_compiler.frozen import frozen
from attain_compiler.model.calendar import shifted
from attain_compiler.model.program import Program
from attain_engine import show
from attain_engine.asked import AskedWrongly
from attain_engine.assess.clauses import row_name
from attain_engine.facts.model import Facts, Row
from attain_engine.plan import HowOften, Instances
from attain_engine.plan.apply import Step
from attain_engine.plan.candidates import Candidate, Timing, together
from attain_engine.plan.looked import Instance
from attain_engine.plan.paces import paces
from attain_engine.plan.ready import as_it_begins, facts_on, holds_with
from attain_engine.plan.timeline import Timeline
from attain_engine.serve.models import Made, StepMade


def arguments_of(candidate: Candidate) -> dict[str, str]:
    """The arguments of a choice, as a plan writes them."""
    pairs = zip(candidate.change.parameters, candidate.arguments, strict=True)
    return {formal.name: show.value(value, formal.type) for formal, value in pairs}


@frozen
class Taken:
    """Steps that were found among what is possible, with their times, on the timeline of the facts."""

    line: Timeline
    steps: tuple[Step, ...]

    @property
    def ready(self) -> datetime.date:
        """The day on which the last of them is done; without steps the assessment date."""
        return max((each.candidate.moment[0] for each in self.steps), default=self.line.on)

    def facts(self, day: datetime.date) -> Facts:
        """The facts of a day, with the steps done that are done by then."""
        return facts_on(self.line, self.steps, day)

    def at_least(self) -> tuple[HowOften, ...]:
        """What a plan keeps to that makes these steps, too."""
        return tuple(
            HowOften(Instances(each.candidate.change.id, tuple(each.candidate.arguments)), each.units, None)
            for each in self.steps
        )

    def made(self) -> Made:
        """What they cost together, and when the last is done."""
        cost = sum((cost_of(each.candidate, each.units) for each in self.steps), Fraction(0))
        costs = [cost for each in self.steps for cost in each.candidate.change.costs]
        return Made(
            steps=len(self.steps),
            cost=show.value(cost, costs[0].amount.type) if costs else "",
            ready=self.ready,
        )


def cost_of(candidate: Candidate, units: int) -> Fraction:
    """What so many units of a choice cost, in the currency of the policy."""
    return Fraction(candidate.cost_once) + Fraction(candidate.cost_each) * units


def taken(
    program: Program,
    facts: Facts,
    on: datetime.date,
    readings: Mapping[str, str],
    asked: Sequence[StepMade],
) -> Taken:
    """The steps that are asked for, each begun on its day (the assessment date where nothing is said). Raises
    AskedWrongly where one is not possible then, or where they cannot be made together."""
    by_name = {each.name: each for each in program.changes.values()}
    wanted = {each.change for each in asked}
    for name in sorted(wanted - by_name.keys()):
        known = ", ".join(f"`{each}`" for each in by_name) or "none"
        raise AskedWrongly(f"there is no change `{name}`: the changes are {known}")
    line = Timeline(program, facts, on, readings, (), [by_name[each] for each in by_name if each in wanted])
    found: dict[tuple[str, tuple[Any, ...]], Step] = {}
    for each in asked:
        step = _step(line, each, len(found))
        if found.setdefault(step.candidate.instance, step) is not step:
            raise AskedWrongly(f"`{each.change}` is made twice for the same: say once how many times")
    steps = _in_order(line, list(found.values()))
    _lawful(line, steps)
    return Taken(line, steps)


def _step(line: Timeline, asked: StepMade, index: int) -> Step:
    """The step, at the first moment of the day it begins on; its `when` is not looked at."""
    start = asked.start or line.on
    if start < line.on:
        raise AskedWrongly(f"{_called(asked)} begins on {start}, before the assessment date, {line.on}")
    instances: list[Instance] = []
    for change in line.changes:
        if change.name == asked.change:
            instances += line.instances(change)
    for instance in instances:
        plain = line.candidate(instance, start)
        if plain is None or not _is_for(plain, asked.arguments):
            continue
        if asked.units > plain.most:
            raise AskedWrongly(f"{_called(asked)} can be made {plain.most:,} times at the most")
        amount = None if plain.amount is None else replace(plain.amount, name=index, high=asked.units)
        end = shifted(start, together(plain, asked.units), 1)
        timing = Timing(start, 0, end, int(end == start and line.in_turn(plain.change)))
        return Step(replace(plain, index=index, amount=amount, timing=timing), asked.units)
    raise AskedWrongly(f"{_called(asked)} is not possible on these facts")


def _in_order(line: Timeline, steps: Sequence[Step]) -> tuple[Step, ...]:
    """The steps in an order in which each is possible as it begins. Of those that begin on one day, each begins at the
    first moment at which it can. Raises AskedWrongly where one never can."""
    placed: list[Step] = []
    for start in sorted({_timing(each).start for each in steps}):
        waiting = [each for each in steps if _timing(each).start == start]
        moment = 0
        while waiting:
            now = [each for each in (_at_moment(one, moment) for one in waiting) if _may_begin(line, placed, each)]
            if not now:
                names = ", ".join(_told(each) for each in waiting)
                raise AskedWrongly(f"{names} {'is' if len(waiting) == 1 else 'are'} not possible on these facts")
            placed += now
            begun = {each.candidate.index for each in now}
            waiting = [each for each in waiting if each.candidate.index not in begun]
            moment += 1
    return tuple(placed)


def _timing(step: Step) -> Timing:
    timing = step.candidate.timing
    assert timing is not None
    return timing


def _at_moment(step: Step, moment: int) -> Step:
    timing = _timing(step)
    done = timing.done + moment if timing.end == timing.start else timing.done
    return replace(step, candidate=replace(step.candidate, timing=replace(timing, begun=moment, done=done)))


def _may_begin(line: Timeline, placed: Sequence[Step], step: Step) -> bool:
    """Whether the `when` of a step holds as it begins, with those done that are done by then."""
    change = step.candidate.change
    if change.condition is None or not line.waits(change):
        return line.possible((change, step.candidate.arguments), _timing(step).start)
    return holds_with(*as_it_begins(line, step, placed))


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


def _told(step: Step) -> str:
    return _called(StepMade(change=step.candidate.change.name, arguments=arguments_of(step.candidate)))


def _lawful(line: Timeline, steps: tuple[Step, ...]) -> None:
    """Refuse steps that break what the changes must keep to: limits, least amounts, bounds of fields, two values for
    one field, what is unique."""
    if not _broken(line, steps):
        return
    alone = [each for each in steps if _broken(line, (each,))]
    blamed = alone or [each for each in steps if not _broken(line, tuple(one for one in steps if one is not each))]
    names = ", ".join(_told(each) for each in blamed or steps)
    if alone:
        raise AskedWrongly(f"{names}: so many times, or with these values, it breaks a limit of the policy")
    raise AskedWrongly(f"these changes cannot be made together: {names}")


def _broken(line: Timeline, steps: tuple[Step, ...]) -> bool:
    options = [each.candidate for each in steps]
    ready = max((each.moment[0] for each in options), default=line.on)
    kept = (*line.opened(ready, options)[1].constraints, *paces(line, options))
    return not all(holds_with(each, steps) for each in kept)
