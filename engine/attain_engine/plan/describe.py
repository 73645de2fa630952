"""A plan's steps in words: what to do, what it costs, when it is done, and why it is needed."""

from __future__ import annotations

import datetime
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from itertools import islice
from typing import Any

from attain_compiler.frozen import frozen
from attain_compiler.model import program as model
from attain_compiler.model.calendar import shifted
from attain_compiler.model.types import Duration, Quantity
from attain_engine import optimise, show
from attain_engine.assess.exact import exact
from attain_engine.evaluate import Evaluator
from attain_engine.evaluate.designations import DesignationResult, TrackResult, designate, requirements_of
from attain_engine.facts.model import Row
from attain_engine.open.conditions import Condition
from attain_engine.open.quantities import Linear, Stairs
from attain_engine.optimise.ending import Ended, after
from attain_engine.plan import models
from attain_engine.plan.apply import Step
from attain_engine.plan.candidates import Candidate
from attain_engine.plan.judged import Judged
from attain_engine.plan.pools import Pools
from attain_engine.plan.robust import Robust
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
    """The steps in the order of the policy's changes. `then` evaluates the world in which every option is open. When
    the time is up (`found.ended`, and `LAST_WORDS` after), it is not said of the steps that are left what fails without
    them, nor what else would do."""
    program = then.program
    used = {step.candidate.name for step in steps}
    same: dict[str, list[Candidate]] = {}
    alike: dict[Any, list[Candidate]] = {}
    for each in options:
        same.setdefault(each.change.id, []).append(each)
        alike.setdefault(_worth(each), []).append(each)
    texts = _Texts(program, same)
    ended = after(found.ended)
    judged, asked = Judged(solution), _Asked(then)
    met = () if ended() else tuple(_met(asked, targets, judged))
    described: list[models.PlanStep] = []
    pools: dict[Any, list[int]] = {}
    for step in steps:
        candidate = step.candidate
        start = on if candidate.timing is None else candidate.timing.start
        takes, ready = _duration(start, step)
        cost = candidate.cost_once + candidate.cost_each * step.units
        late = ended()
        # Where steps have no times of their own there is one choice for each instance, and no need to look at all.
        others = alike[_worth(candidate)] if candidate.timing is None else same[candidate.change.id]
        others = _one_each(others, used, candidate)
        instead = () if late else tuple(_equivalent(found, others, used, step, judged, ended))
        names = tuple(each.name for each in instead)
        if names:
            pools.setdefault((candidate.change.id, step.units, takes, start, names), []).append(len(described))
        described.append(
            models.PlanStep(
                change=candidate.change.name,
                start=start,
                text=texts.of(candidate, step.units),
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
                without="" if late else _without(asked, met, len(targets) > 1, step, judged),
                any_of=tuple(texts.of(each, step.units) for each in (candidate, *instead)) if instead else (),
            )
        )
    made = {key: [steps[place].candidate.name for place in places] for key, places in pools.items()}
    together = Pools(found, solution, judged, ((*made[key], *key[-1]) for key in pools))
    for key, places in pools.items():
        _, units, _, _, names = key
        if not ended() and together.any_so_many(made[key], names, units):
            for place in places:
                described[place] = described[place].model_copy(update={"together": len(places)})
    return tuple(described)


def _worth(candidate: Candidate) -> Any:
    """What choices have in common that may stand for one another."""
    return (
        candidate.change.id,
        candidate.cost_once,
        candidate.cost_each,
        candidate.takes_once,
        candidate.takes_each,
    )


def _one_each(same: Sequence[Candidate], used: set[Any], this: Candidate) -> list[Candidate]:
    """Of the choices of one change one for each combination of its arguments: those that are used, and of the others
    those that begin when this one does."""
    found: dict[Any, Candidate] = {}
    for each in same:
        known = found.get(each.instance)
        if known is None or (known.name not in used and (each.name in used or _begins_like(each, this))):
            found[each.instance] = each
    return list(found.values())


def _begins_like(one: Candidate, other: Candidate) -> bool:
    if one.timing is None or other.timing is None or one.timing.start != other.timing.start:
        return False
    return one.most == other.most or not one.entire


def fill(title: str, program: model.Program, candidate: Candidate, units: int) -> str:
    """A change's text with its values in place of `{name}`, those of enums by their titles, and the number of units in
    place of `{n}`."""
    return _Filling(title, program, candidate.change).of(candidate, units)


class _Filling:
    """The text of a change, for all that it can be made with."""

    def __init__(self, title: str, program: model.Program, change: model.Change) -> None:
        self._program = program
        self._titles: dict[str, dict[Any, str]] = {}
        self._parts = _PLACEHOLDER.split(title)  # text and name in turn
        self._places = {formal.name: (place, formal.type) for place, formal in enumerate(change.parameters)}

    def of(self, candidate: Candidate, units: int) -> str:
        """The text for one choice that is made so many times."""
        texts = list(self._parts)
        for place in range(1, len(texts), 2):
            texts[place] = self._written(texts[place], candidate, units)
        return "".join(texts)

    def _written(self, of: str, candidate: Candidate, units: int) -> str:
        name, _, field = of.partition(".")
        if name not in self._places:
            return show.number(units) if name == "n" else f"{{{of}}}"
        place, type_ = self._places[name]
        value = candidate.arguments[place]
        if isinstance(value, Row) and field:
            return self._shown(value.values[field], self._program.records[value.record].field(field).type)
        return self._shown(value, type_)

    def _shown(self, value: Any, type_: Any) -> str:
        return self._titles_of(getattr(value, "enum", "")).get(value) or show.value(value, type_)

    def _titles_of(self, enum: str) -> dict[Any, str]:
        if enum not in self._titles:
            members = self._program.enums[enum].members if enum in self._program.enums else ()
            self._titles[enum] = {each.constant: each.title for each in members}
        return self._titles[enum]


class _Texts:
    """The text of each choice; where two of one change read alike, with the parameters that the title does not name.
    Those of one change are written once, not for every step."""

    def __init__(self, program: model.Program, same: Mapping[str, Sequence[Candidate]]) -> None:
        self._program = program
        self._same = same
        self._written: dict[tuple[str, int], dict[Any, str]] = {}

    def of(self, candidate: Candidate, units: int) -> str:
        """The text of a choice that is made so many times."""
        change = candidate.change
        key = change.id, units if "{n}" in change.title else 0
        if key not in self._written:
            self._written[key] = self._told_apart(change, units)
        return self._written[key][candidate.arguments]

    def _told_apart(self, change: model.Change, units: int) -> dict[Any, str]:
        options = {each.arguments: each for each in self._same[change.id]}  # whenever it begins
        filling = _Filling(change.title, self._program, change)
        texts = {arguments: filling.of(each, units) for arguments, each in options.items()}
        often = Counter(texts.values())
        named = {found.partition(".")[0] for found in _PLACEHOLDER.findall(change.title)}
        for arguments in options:
            if often[texts[arguments]] > 1:
                others = ", ".join(
                    _argument(value, formal.type)
                    for formal, value in zip(change.parameters, arguments, strict=True)
                    if formal.name not in named
                )
                texts[arguments] += f" ({others})" if others else ""
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


class _Asked:
    """What the open world says of expressions, each asked once."""

    def __init__(self, then: Evaluator) -> None:
        self.program = then.program
        self._then = then
        self._conditions: dict[Any, Condition] = {}
        self._values: dict[Any, Any] = {}

    def result(self, target: Target) -> DesignationResult:
        return designate(self._then, target.designation, self._then.context)

    def condition(self, expression: model.Expression, arguments: tuple[Any, ...]) -> Condition:
        key = id(expression), arguments
        if key not in self._conditions:
            self._conditions[key] = self._then.condition(expression, arguments)
        return self._conditions[key]

    def found(self, expression: model.Expression, arguments: tuple[Any, ...]) -> Any:
        key = id(expression), arguments
        if key not in self._values:
            self._values[key] = self._then.found(expression, arguments)
        return self._values[key]


def _without(asked: _Asked, met: Sequence[_Met], several: bool, step: Step, judged: Judged) -> str:
    """What fails of all that is met when the step is left out, or made once less; with the name of its designation
    where there are `several`."""
    less = "one less" if step.candidate.amount is not None and step.units > 1 else "without it"
    with judged.otherwise({step.candidate.name: step.units - 1}):
        findings = list(dict.fromkeys(_failing(asked, met, several, judged)))
    return f"{less}: {'; '.join(findings)}" if findings else ""


def _concerns(requirement: model.Requirement, target: Target) -> bool:
    """Whether a requirement is one of the target's: common, or of the tier that is to be reached."""
    tiers = {tier.name for tier in target.designation.tiers}
    first = requirement.path.partition(".")[0]
    return target.tier is None or first == target.tier or first not in tiers


@frozen
class _Met:
    """A requirement of a target on one of its tracks, and its truth, which holds of the whole plan."""

    target: Target
    track: TrackResult
    requirement: model.Requirement
    truth: Condition


def _met(asked: _Asked, targets: Sequence[Target], judged: Judged) -> Iterator[_Met]:
    """The requirements that the whole plan meets; of those that it does not, another option was taken."""
    for target in targets:
        for track in asked.result(target).tracks:
            for requirement in requirements_of(target.designation):
                truth = track.requirements[requirement.path]
                if _concerns(requirement, target) and judged.holds(truth):
                    yield _Met(target, track, requirement, truth)


def _failing(asked: _Asked, met: Sequence[_Met], several: bool, judged: Judged) -> Iterator[str]:
    for each in met:
        if judged.holds(each.truth) or not judged.holds(each.track.chosen):
            continue
        arguments = () if each.track.track is None else (each.track.track,)
        found = list(dict.fromkeys(_short(asked, each.requirement.condition, arguments, judged)))
        path = f"{each.target.designation.name}.{each.requirement.path}" if several else each.requirement.path
        yield f"`{path}` fails{' with ' + ', '.join(found) if found else ''}"


def _short(asked: _Asked, condition: model.Expression, arguments: tuple[Any, ...], judged: Judged) -> Iterator[str]:
    """The numbers that fall short in a condition that fails, definitions looked into."""
    if judged.holds(asked.condition(condition, arguments)):
        return
    match condition:
        case model.And(items=items) | model.Or(items=items):
            for item in items:
                yield from _short(asked, item, arguments, judged)
        case model.DefineCall(define=define, arguments=given):
            values = tuple(asked.found(each, arguments) for each in given)
            yield from _short(asked, asked.program.defines[define].body, values, judged)
        case model.Compare(left=left) if isinstance(left.type, Quantity):
            number = asked.found(left, arguments)
            if isinstance(number, (int, Fraction, Linear, Stairs)) and not judged.is_unknown(number):
                found = show.value(judged.value(number), left.type)
                yield f"{left.part} {found}" if isinstance(left, model.ScoreCall) and left.part else found
        case _:
            return


def _equivalent(
    robust: Robust,
    options: Sequence[Candidate],
    used: set[Any],
    step: Step,
    judged: Judged,
    ended: Ended,
) -> Iterator[Candidate]:
    """The choices of the same change, at the same cost and duration, that would do in the place of this step: as many
    as are found until the time is up."""
    this = step.candidate
    if not this.change.parameters:
        return
    alike = (
        each for each in options if each.name not in used and each.most >= step.units and _worth(each) == _worth(this)
    )
    with judged.otherwise({this.name: 0}):
        for each in islice(alike, MOST_ALTERNATIVES):
            if ended():
                return
            with judged.otherwise({each.name: step.units}):
                if judged.survives(robust):
                    yield each
