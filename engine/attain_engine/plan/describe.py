"""A plan's steps in words: what to do, what it costs, when it is done, and why it is needed."""

from __future__ import annotations

import datetime
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from fractions import Fraction
from typing import Any

from attain_compiler.model import program as model
from attain_compiler.model.calendar import shifted
from attain_compiler.model.types import Duration, Quantity
from attain_engine import optimise, show
from attain_engine.assess.exact import exact
from attain_engine.evaluate import Evaluator
from attain_engine.evaluate.designations import designate, requirements_of
from attain_engine.facts.model import Row
from attain_engine.open.conditions import Formula, Trial
from attain_engine.open.quantities import Linear, Stairs, value_at
from attain_engine.open.unknowns import rests_on_unknowns
from attain_engine.plan import models
from attain_engine.plan.apply import Step
from attain_engine.plan.candidates import Candidate
from attain_engine.plan.robust import Robust, holds_after
from attain_engine.plan.target import Target

MOST_ALTERNATIVES = 400
"""So many other choices are tried in the place of a step, to say that any of them would do."""
_PLACEHOLDER = re.compile(r"\{([^{}]+)\}")


def describe(
    then: Evaluator,
    on: datetime.date,
    found: Robust,
    targets: Sequence[Target],
    options: Sequence[Candidate],
    steps: tuple[Step, ...],
    solution: optimise.Solution,
) -> tuple[models.PlanStep, ...]:
    """The steps in the order of the policy's changes. `then` evaluates the world in which every option is open."""
    program = then.program
    used = {step.candidate.name for step in steps}
    described: list[models.PlanStep] = []
    goal = found.problem.goal
    trial = Trial(goal, solution.made, dict(solution.amounts)) if isinstance(goal, Formula) else None
    for step in steps:
        candidate = step.candidate
        same = _one_each(options, used, candidate)
        start = on if candidate.timing is None else candidate.timing.start
        takes, ready = _duration(start, step)
        cost = candidate.cost_once + candidate.cost_each * step.units
        described.append(
            models.PlanStep(
                change=candidate.change.name,
                start=start,
                text=_told_apart(program, same, step.units)[candidate.name],
                arguments={
                    formal.name: _argument(value, formal.type)
                    for formal, value in zip(candidate.change.parameters, candidate.arguments, strict=True)
                },
                units=step.units,
                cost=_money(candidate.change, cost),
                cost_exact=next((exact(cost, each.amount.type) for each in candidate.change.costs), None),
                takes=show.duration(takes) if takes != Duration(0, 0) else "",
                days=(ready - on).days,
                ready=ready,
                without=_without(then, targets, step, solution),
                any_of=tuple(_equivalent(program, found, trial, same, used, step, solution)),
            )
        )
    return tuple(described)


def _one_each(options: Sequence[Candidate], used: set[Any], this: Candidate) -> list[Candidate]:
    """The choices of the same change, one for each combination of its arguments: those that are used, and of the others
    those that begin when this one does."""
    found: dict[Any, Candidate] = {}
    for each in options:
        if each.change.id != this.change.id:
            continue
        known = found.get(each.instance)
        if known is None or (known.name not in used and (each.name in used or _begins_like(each, this))):
            found[each.instance] = each
    return list(found.values())


def _begins_like(one: Candidate, other: Candidate) -> bool:
    return one.timing is not None and other.timing is not None and one.timing.start == other.timing.start


def fill(title: str, program: model.Program, candidate: Candidate, units: int) -> str:
    """A change's text with its values in place of `{name}`, and the number of units in place of `{n}`."""
    values: dict[str, Any] = {"n": show.number(units)}
    types = {}
    for formal, value in zip(candidate.change.parameters, candidate.arguments, strict=True):
        values[formal.name] = value
        types[formal.name] = formal.type

    def replaced(match: re.Match[str]) -> str:
        name, _, field = match.group(1).partition(".")
        value = values.get(name)
        if isinstance(value, Row) and field:
            return show.value(value.values[field], program.records[value.record].field(field).type)
        if name == "n":
            return str(value)
        return _argument(value, types[name]) if name in types else match.group(0)

    return _PLACEHOLDER.sub(replaced, title)


def _told_apart(program: model.Program, options: Sequence[Candidate], units: int) -> dict[Any, str]:
    """The text of each choice of one change; where two read alike, with the parameters that the title does not name."""
    texts = {each.name: fill(each.change.title, program, each, units) for each in options}
    often = Counter(texts.values())
    for each in options:
        if often[texts[each.name]] > 1:
            named = {found.partition(".")[0] for found in _PLACEHOLDER.findall(each.change.title)}
            others = ", ".join(
                _argument(value, formal.type)
                for formal, value in zip(each.change.parameters, each.arguments, strict=True)
                if formal.name not in named
            )
            texts[each.name] += f" ({others})" if others else ""
    return texts


def _argument(value: Any, type_: Any) -> str:
    return show.value(value, type_)


def _money(change: model.Change, cost: Any) -> str:
    for each in change.costs:
        return show.value(cost, each.amount.type)
    return ""


def _duration(on: datetime.date, step: Step) -> tuple[Duration, datetime.date]:
    once, each = step.candidate.takes_once, step.candidate.takes_each
    takes = Duration(once.months + each.months * step.units, once.days + each.days * step.units)
    return takes, shifted(on, takes, 1)


def _without(then: Evaluator, targets: Sequence[Target], step: Step, solution: optimise.Solution) -> str:
    """What fails when the step is left out, or made once less."""
    candidate = step.candidate
    made, amounts = solution.made, dict(solution.amounts)
    if candidate.amount is None:
        made, less = made - {candidate.name}, "without it"
    else:
        amounts[candidate.name] = step.units - 1
        less = "one less" if step.units > 1 else "without it"
    findings = list(dict.fromkeys(_failing(then, targets, solution, made, amounts)))
    return f"{less}: {'; '.join(findings)}" if findings else ""


def _concerns(requirement: model.Requirement, target: Target) -> bool:
    """Whether a requirement is one of the target's: common, or of the tier that is to be reached."""
    tiers = {tier.name for tier in target.designation.tiers}
    first = requirement.path.partition(".")[0]
    return target.tier is None or first == target.tier or first not in tiers


def _failing(
    then: Evaluator,
    targets: Sequence[Target],
    solution: optimise.Solution,
    made: frozenset[Any],
    amounts: dict[Any, int],
) -> Iterator[str]:
    for target in targets:
        result = designate(then, target.designation, then.context)
        for track in result.tracks:
            if not holds_after(track.chosen, made, amounts):
                continue
            for requirement in requirements_of(target.designation):
                truth = track.requirements[requirement.path]
                if not _concerns(requirement, target) or holds_after(truth, made, amounts):
                    continue
                if not holds_after(truth, solution.made, dict(solution.amounts)):
                    continue  # not met by the whole plan either: another option was taken
                arguments = () if track.track is None else (track.track,)
                found = list(dict.fromkeys(_short(then, requirement.condition, arguments, made, amounts)))
                path = f"{target.designation.name}.{requirement.path}" if len(targets) > 1 else requirement.path
                yield f"`{path}` fails{' with ' + ', '.join(found) if found else ''}"


def _short(
    then: Evaluator,
    condition: model.Expression,
    arguments: tuple[Any, ...],
    made: frozenset[Any],
    amounts: dict[Any, int],
) -> Iterator[str]:
    """The numbers that fall short in a condition that fails, definitions looked into."""
    if holds_after(then.condition(condition, arguments), made, amounts):
        return
    match condition:
        case model.And(items=items) | model.Or(items=items):
            for item in items:
                yield from _short(then, item, arguments, made, amounts)
        case model.DefineCall(define=define, arguments=given):
            values = tuple(then.found(each, arguments) for each in given)
            yield from _short(then, then.program.defines[define].body, values, made, amounts)
        case model.Compare(left=left) if isinstance(left.type, Quantity):
            number = then.found(left, arguments)
            if isinstance(number, (int, Fraction, Linear, Stairs)) and not rests_on_unknowns(number):
                found = show.value(value_at(number, made, amounts), left.type)
                yield f"{left.part} {found}" if isinstance(left, model.ScoreCall) and left.part else found
        case _:
            return


def _equivalent(
    program: model.Program,
    robust: Robust,
    trial: Trial | None,
    options: Sequence[Candidate],
    used: set[Any],
    step: Step,
    solution: optimise.Solution,
) -> Iterator[str]:
    """The choices of the same change, at the same cost and duration, that would do in the place of this step."""
    this = step.candidate
    if not this.change.parameters:
        return
    alternatives = [
        each
        for each in options
        if each.name not in used
        and each.most >= step.units
        and (each.cost_once, each.cost_each, each.takes_once, each.takes_each)
        == (this.cost_once, this.cost_each, this.takes_once, this.takes_each)
    ][:MOST_ALTERNATIVES]
    found: list[Candidate] = []
    for each in alternatives:
        made, amounts = solution.made, dict(solution.amounts)
        if this.amount is None:
            made = (made - {this.name}) | {each.name}
        else:
            del amounts[this.name]
            amounts[each.name] = step.units
        if trial is not None and not trial.otherwise(made, amounts, (this.name, each.name)):
            continue
        if robust.problem.goal is robust.goal or robust.survives(replace(solution, made=made, amounts=amounts)):
            found.append(each)
    if found:
        texts = _told_apart(program, options, step.units)
        for each in (this, *found):
            yield texts[each.name]
