"""What is decided, thing by thing: each designation, tier, requirement, part of a score and report."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import product
from typing import Any

from attain_compiler.frozen import frozen
from attain_compiler.model import program as model
from attain_compiler.model.types import EnumType, EnumValue, Quantity, Type
from attain_engine import show
from attain_engine.assess import assess
from attain_engine.compare.models import Kind
from attain_engine.evaluate import Evaluator, world_of
from attain_engine.evaluate.designations import designate, requirements_of
from attain_engine.facts.model import Facts
from attain_engine.facts.slot import as_written
from attain_engine.open.conditions import Formula

MOST_ARGUMENTS = 40
"""A score is compared for so many combinations of its arguments at the most."""


@frozen
class Item:
    """One thing that is decided. `owner` is the id of its declaration, by the shared name; `part` its tier,
    requirement or part; `arguments` the track, or those of the score."""

    kind: Kind
    owner: str
    title: str
    part: str = ""
    arguments: tuple[Any, ...] = ()

    @property
    def is_truth(self) -> bool:
        return self.kind in ("designation", "tier", "requirement")

    @property
    def name(self) -> str:
        """What it is called, in the names of BASE."""
        return self.written(self.owner, self.arguments)

    def written(self, owner: str, arguments: tuple[Any, ...]) -> str:
        """How a policy writes it where its declaration is called so."""
        name = owner.rpartition(".")[2]
        call = f"{name}({', '.join(str(each) for each in arguments)})" if arguments else name
        match self.kind:
            case "tier":
                return f"{call} at least {self.part}"
            case "requirement" | "part":
                return f"{call}.{self.part}"
            case _:
                return call

    def found(self, evaluator: Evaluator, owner: str) -> Any:
        """The truth of it, or the number, as far as it is settled; `owner` is its declaration's id there."""
        program = evaluator.program
        match self.kind:
            case "designation":
                return designate(evaluator, program.designations[owner], evaluator.context).met
            case "tier":
                designation = program.designations[owner]
                index = [each.name for each in designation.tiers].index(self.part)
                return designate(evaluator, designation, evaluator.context).at_least[index]
            case "requirement":
                result = designate(evaluator, program.designations[owner], evaluator.context)
                track = next(each for each in result.tracks if (each.track,) == (self.arguments or (None,)))
                return track.requirements[self.part]
            case "part":
                score = program.scores[owner]
                part = next(each for each in score.parts if each.name == self.part)
                return evaluator.part(score, part, self.arguments, evaluator.context)
            case "score":
                return evaluator.score(program.scores[owner], self.arguments, evaluator.context)
            case _:
                return evaluator.found(program.reports[owner].body)


def answer(program: model.Program, facts: Facts, on: Any, item: Item, owner: str, arguments: tuple[Any, ...]) -> Any:
    """What an edition says of an item, asked as any user asks: the verdict of `assess`, or the value."""
    if item.kind in ("designation", "tier", "requirement"):
        designation = program.designations[owner]
        told = assess(program, facts, on, rows=False, designations=[designation]).designations[0]
        if item.kind == "designation":
            return told.verdict
        if item.kind == "requirement":
            track = show.value(arguments[0], designation.tracks.binder.type) if arguments else ""  # type: ignore[union-attr]
            on_track = next(each for each in told.tracks if each.name == track)
            return next(each.verdict for each in on_track.requirements if each.path == item.part)
        tiers = [each.name for each in designation.tiers]
        if told.award and tiers.index(told.award) >= tiers.index(item.part):
            return "met"
        evaluator = Evaluator(program, world_of(program, facts), on)
        return "failed" if item.found(evaluator, owner) is False else "undetermined"
    evaluator = Evaluator(program, world_of(program, facts), on)
    asked = Item(item.kind, item.owner, item.title, item.part, arguments)
    return asked.found(evaluator, owner)


def expectation(item: Item, owner: str, arguments: tuple[Any, ...], found: Any, type_: Type) -> str:
    """The line of an example that says what was found; empty where the language has none for it."""
    written = item.written(owner, arguments)
    match item.kind:
        case "designation" | "requirement":
            return f"expect {written} is {'met' if found == 'met' else 'not met'}"
        case "tier":
            return f"expect {written}" if found == "met" else f"expect not ({written})"
        case "part" | "score":
            return f"expect {written} is {as_written(found, type_)}"
        case _:
            return ""


def items_of(program: model.Program, names: Mapping[str, str]) -> Iterator[Item]:
    """Everything that the main policy decides, in order; a policy that decides nothing has the designations, scores and
    reports that it imports."""

    def shared(identifier: str) -> str:
        return names.get(identifier, identifier)

    def value(each: Any) -> Any:
        return EnumValue(shared(each.enum), each.name) if isinstance(each, EnumValue) else each

    def own(declared: Mapping[str, Any]) -> list[Any]:
        return [each for each in declared.values() if each.id.partition(".")[0] == program.main]

    for designation in own(program.designations):
        name = shared(designation.id)
        yield Item("designation", name, designation.title)
        for tier in designation.tiers:
            yield Item("tier", name, tier.title, tier.name)
        tracks = [()] if designation.tracks is None else _arguments(program, (designation.tracks.binder.type,))
        for track, requirement in product(tracks, requirements_of(designation)):
            yield Item("requirement", name, requirement.title, requirement.path, tuple(map(value, track)))
    for score in own(program.scores):
        for arguments in _arguments(program, tuple(each.type for each in score.parameters)):
            for part in score.parts:
                yield Item("part", shared(score.id), part.title, part.name, tuple(map(value, arguments)))
    for report in own(program.reports):
        yield Item("report", shared(report.id), report.title)


def _arguments(program: model.Program, types: tuple[Type, ...]) -> list[tuple[Any, ...]]:
    """Every combination of the values of enums; none where another type is among them, or there are too many."""
    columns: list[list[Any]] = []
    for each in types:
        if not isinstance(each, EnumType) or each.id not in program.enums:
            return []
        columns.append([member.constant for member in program.enums[each.id].members])
    found = list(product(*columns))
    return found if len(found) <= MOST_ARGUMENTS else []


def is_number(found: Any, type_: Type) -> bool:
    """Whether what was found is a number, settled or not."""
    return isinstance(type_, Quantity) and not isinstance(found, bool | Formula)
