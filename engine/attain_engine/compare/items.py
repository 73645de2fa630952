"""What is decided, thing by thing: each designation, tier, requirement, part of a score and report."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterator, Mapping
from itertools import product
from typing import Any, Final

from attain_compiler.frozen import frozen
from attain_compiler.model import program as model
from attain_compiler.model.types import TEXT, EntityType, EnumType, EnumValue, Type
from attain_engine.assess import assess
from attain_engine.assess.titles import title_of_one
from attain_engine.compare.editions import Edition, mentioned
from attain_engine.compare.models import Direction, Kind
from attain_engine.evaluate import Evaluator, world_of
from attain_engine.evaluate.designations import designate, requirement_holds, requirements_of
from attain_engine.facts.as_example import written
from attain_engine.facts.model import Facts
from attain_engine.facts.slot import as_written
from attain_engine.solve.certain import status

MOST_ARGUMENTS = 40
"""A score is compared for so many combinations of its arguments at the most."""

NONE: Final[Mapping[str, tuple[str, ...]]] = {}


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

    def written(self, owner: str, arguments: tuple[Any, ...], says: Callable[[Any], str] = str) -> str:
        """How reports write it where its declaration is called so; a policy, if it `says` identifiers as such do."""
        name = model.name_of(owner)
        call = model.name_on(name, ", ".join(map(says, arguments))) if arguments else name
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
                designation = program.designations[owner]
                if designation.tracks is not None and designation.tracks.binder.domain is not None:
                    tracks = designate(evaluator, designation, evaluator.context).tracks
                    return next(
                        (each.requirements[self.part] for each in tracks if (each.track,) == self.arguments), False
                    )
                own = next(each for each in requirements_of(designation) if each.path == self.part)
                return requirement_holds(evaluator, designation, own, self.arguments, evaluator.context)
            case "part":
                score = program.scores[owner]
                part = next(each for each in score.parts if each.name == self.part)
                return evaluator.part(score, part, self.arguments, evaluator.context)
            case "score":
                return evaluator.score(program.scores[owner], self.arguments, evaluator.context)
            case _:
                return evaluator.found(program.reports[owner].body, self.arguments)


@frozen
class Contrast:
    """An item, and the direction in which the editions are to differ on it."""

    item: Item
    direction: Direction


def answer(edition: Edition, facts: Facts, on: datetime.date, item: Item, owner: str) -> Any:
    """What an edition says of an item: of a designation what `assess` says, of what it is made of whether it is
    certain, of a number its value. `item` and `owner` are named as in the edition."""
    if item.kind == "designation":
        wanted = [edition.always.designations[owner]]
        return assess(edition.always, facts, on, rows=False, designations=wanted).designations[0].verdict
    evaluator = Evaluator(edition.program, world_of(edition.program, facts), on)
    found = item.found(evaluator, owner)
    if not item.is_truth:
        return found
    return {"yes": "met", "no": "failed", "open": "undetermined"}[status(found)]


def rests_on(edition: Edition, item: Item) -> tuple[Any, set[str]]:
    """What an item is made of by itself in an edition, to be compared, and what it rests on straight."""
    bare = edition.bare.get(item.owner)
    match bare, item.kind:
        case model.Designation(), "requirement":
            found: Any = next((each.condition for each in requirements_of(bare) if each.path == item.part), None)
        case model.Score(), "part":
            found = next((each for each in bare.parts if each.name == item.part), None)
        case _:
            found = bare
    return found, set() if found is None else set(mentioned(found))


def expectation(item: Item, owner: str, arguments: tuple[Any, ...], before: Any, found: Any, type_: Type) -> str:
    """The line of an example that says what was found, and is not true of what was `before`; empty where the language
    has none for it."""
    said = item.written(owner, arguments, lambda each: written(each, TEXT) if isinstance(each, str) else str(each))
    match item.kind:
        case "designation" | "requirement":
            return f"expect {said} is {'not met' if (before, found) == ('met', 'failed') else found}"
        case "tier" if found == "undetermined":
            return ""
        case "tier":
            return f"expect {said}" if found == "met" else f"expect not ({said})"
        case "part" | "score":
            return f"expect {said} is {as_written(found, type_)}"
        case _:
            return ""


def items_of(
    program: model.Program, names: Mapping[str, str], identifiers: Mapping[str, tuple[str, ...]] = NONE
) -> Iterator[Item]:
    """Everything that the main policy decides, in order, under shared names. What it decides or reports for each of an
    entity is an item for each of these `identifiers`, by the entity's shared name."""

    def shared(identifier: str) -> str:
        return names.get(identifier, identifier)

    def value(each: Any) -> Any:
        return EnumValue(shared(each.enum), each.name) if isinstance(each, EnumValue) else each

    def own(declared: Mapping[str, Any]) -> list[Any]:
        return [each for each in declared.values() if each.id.partition(".")[0] == program.main]

    known = {own: identifiers.get(shared(own), ()) for own in program.entities}
    for designation in own(program.designations):
        name = shared(designation.id)
        yield Item("designation", name, designation.title)
        for tier in designation.tiers:
            yield Item("tier", name, tier.title, tier.name)
        tracks = [()] if designation.tracks is None else _arguments(program, (designation.tracks.binder.type,), known)
        for track, requirement in product(tracks, requirements_of(designation)):
            yield Item("requirement", name, requirement.title, requirement.path, tuple(map(value, track)))
    for score in own(program.scores):
        for arguments in _arguments(program, tuple(each.type for each in score.parameters), known):
            for part in score.parts:
                yield Item("part", shared(score.id), part.title, part.name, tuple(map(value, arguments)))
    for report in own(program.reports):
        for arguments in _arguments(program, tuple(each.type for each in report.parameters), known):
            title = title_of_one(program, report, arguments)
            yield Item("report", shared(report.id), title, "", tuple(map(value, arguments)))


def _arguments(
    program: model.Program, types: tuple[Type, ...], identifiers: Mapping[str, tuple[str, ...]] = NONE
) -> list[tuple[Any, ...]]:
    """Every combination of the values of enums and of these identifiers of entities; none where another type is among
    them, or there are too many (of enums alone)."""
    columns: list[list[Any]] = []
    for each in types:
        if isinstance(each, EntityType):
            columns.append(list(identifiers.get(each.id, ())))
            continue
        if not isinstance(each, EnumType) or each.id not in program.enums:
            return []
        columns.append([member.constant for member in program.enums[each.id].members])
    found = list(product(*columns))
    return found if len(found) <= MOST_ARGUMENTS or identifiers else []
