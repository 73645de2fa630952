"""What a program says of complete facts: scores, requirements, tracks, awards, reports."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import partial
from typing import Any, TypeAlias

from attain_compiler.model import program as model
from attain_compiler.model.types import FLAG, Quantity
from attain_engine.facts.model import Facts
from tests.oracle.expressions import Expressions, Scope, at_least, circumstances
from tests.oracle.world import Chooser, NothingChosen, NoValueError, UnknownReachedError, World

MET, NOT_MET, UNDETERMINED = "met", "not met", "undetermined"


Trouble: TypeAlias = NoValueError | UnknownReachedError


@dataclass(frozen=True, slots=True)
class OnTrack:
    """A designation on one track (None: it has no tracks). `award` is the highest tier that holds, if it has tiers;
    `requirements` are the results by path, or why there is none."""

    track: Any
    total: int | Fraction | None
    requirements: Mapping[str, bool | Trouble]
    met: bool
    award: str | None


@dataclass(frozen=True, slots=True)
class Status:
    """`chosen` are the tracks that count; the award is the highest of theirs."""

    tracks: tuple[OnTrack, ...]
    chosen: tuple[OnTrack, ...]
    met: bool
    award: str | None

    @property
    def verdict(self) -> str:
        """`met` (with tiers: the award's name) or `not met`."""
        return (self.award or MET) if self.met else NOT_MET


class Interpreter(Expressions):
    """`raises` are the units that a plan's changes add to measures."""

    def __init__(
        self,
        program: model.Program,
        facts: Facts,
        on: datetime.date,
        readings: Mapping[str, str],
        raises: Mapping[tuple[str, tuple[Any, ...]], int | Fraction] | None = None,
        chooser: Chooser | None = None,
    ) -> None:
        self.program = program
        self.facts = facts
        self.readings = readings
        self.raises = raises or {}
        self.world = World(program, facts, chooser or NothingChosen())
        self.scope = Scope(on)
        self.remembered = {}

    def on_facts_as_they_are(self) -> Interpreter:
        return Interpreter(self.program, self.facts, self.scope.on, self.readings, self.raises)

    # ------------------------------------------------------------ what is asked from outside

    def score(self, id_: str, arguments: tuple[Any, ...] = ()) -> int | Fraction:
        return self.points(id_, None, self.scope.called(arguments))

    def part_points(self, id_: str, arguments: tuple[Any, ...] = ()) -> dict[str, int | Fraction]:
        scope = self.scope.called(arguments)
        return {part.name: self.points(id_, part.name, scope) for part in self.program.scores[id_].parts}

    def measure_value(self, id_: str, arguments: tuple[Any, ...] = ()) -> Any:
        return self.measure(id_, arguments, self.scope)

    def designation(self, id_: str) -> Status:
        return self.status(self.program.designations[id_], self.scope)

    def verdicts(self) -> dict[str, str]:
        return {each: self.designation(each).verdict for each in self.program.designations}

    def reports(self) -> dict[str, Any]:
        """The value of every report; one without a value is left out."""
        found = {}
        for id_, report in self.program.reports.items():
            try:
                found[id_] = self.evaluate(report.body, self.scope)
            except NoValueError:
                continue
        return found

    def excluded_rows(self) -> dict[tuple[str, int], tuple[str, ...]]:
        """The ids of the general exclusions that leave out a row, by the row's record and number."""
        return {
            (row.record, row.number): tuple(
                each.id for each in self.program.exclusions.values()
                if each.record == record and not each.measures and self.excludes(each, row, self.scope)
            )
            for record in self.program.records
            for row in self.world.rows(record)
        }  # fmt: skip

    # ------------------------------------------------------------ scores

    def points(self, score: str, part: str | None, scope: Scope) -> int | Fraction:
        parts = [each for each in self.program.scores[score].parts if part is None or each.name == part]
        arguments = tuple(scope.variables.values())
        points: int | Fraction = sum(
            self.remember((score, each.name, arguments), scope, partial(self.part, score, each, scope))
            for each in parts
        )
        return points

    def part(self, score: str, part: model.Part, scope: Scope) -> Any:
        try:
            most = self.evaluate(part.maximum, scope)
        except NoValueError:
            most = None
        call = (score, part.name, tuple(scope.variables.values()), *circumstances(scope))
        return self.told(call, partial(self.evaluate, part.points, scope), Quantity("points"), 0, most)

    def maximum(self, score: str, scope: Scope) -> int | Fraction:
        points: int | Fraction = sum(self.evaluate(each.maximum, scope) for each in self.program.scores[score].parts)
        return points

    # ------------------------------------------------------------ designations

    def status(self, designation: model.Designation, scope: Scope) -> Status:
        chosen = [track for track, _ in self.chosen(designation, scope)]
        tracks = tuple(self.on_track(designation, track, scope) for track, _ in self.totals(designation, scope))
        counting = tuple(each for each in tracks if each.track in chosen)
        names = [tier.name for tier in designation.tiers]
        awards = [each.award for each in counting if each.award is not None]
        award = max(awards, key=names.index, default=None)
        return Status(tracks, counting, any(each.met for each in counting), award)

    def totals(self, designation: model.Designation, scope: Scope) -> list[tuple[Any, Any]]:
        """The tracks with what they are compared by (None where nothing is); one track None where there are none."""
        if designation.tracks is None:
            return [(None, None)]
        by, binder = designation.tracks.by, designation.tracks.binder
        scope = scope.called(())
        domain = self.domain(binder, scope)
        return [(each, None if by is None else self.total(designation, each, by, scope)) for each in domain]

    def total(self, designation: model.Designation, track: object, by: model.Expression, scope: Scope) -> Any:
        assert designation.tracks is not None
        value = partial(self.evaluate, by, scope.bind(designation.tracks.binder.number, track))
        return self.told((designation.id, "total", track, *circumstances(scope)), value, by.type)

    def chosen(self, designation: model.Designation, scope: Scope) -> list[tuple[Any, Any]]:
        totals = self.totals(designation, scope)
        best = max((total for _, total in totals if total is not None), default=None)
        return [(track, total) for track, total in totals if total == best]

    def on_track(self, designation: model.Designation, track: object, scope: Scope) -> OnTrack:
        scope = scope.called(())
        total = None
        if designation.tracks is not None:
            scope = scope.bind(designation.tracks.binder.number, track)
            if designation.tracks.by is not None:
                total = self.total(designation, track, designation.tracks.by, scope)
        results: dict[str, bool | Trouble] = {}
        for requirement in _requirements(designation):
            try:
                results[requirement.path] = self.requirement(designation, requirement, track, scope)
            except (NoValueError, UnknownReachedError) as trouble:
                results[requirement.path] = trouble

        def all_hold(requirements: tuple[model.Requirement, ...]) -> bool:
            return at_least(len(requirements), [partial(result, results, each.path) for each in requirements])

        def hold(requirements: tuple[model.Requirement, ...], options: tuple[model.Option, ...]) -> bool:
            one = [partial(all_hold, each.requirements) for each in options]
            return at_least(2, [partial(all_hold, requirements), lambda: not options or at_least(1, one)])

        common = partial(hold, designation.requirements, designation.options)
        if not designation.tiers:
            return OnTrack(track, total, results, common(), None)
        award = None
        for tier in designation.tiers:
            if at_least(2, [common, partial(hold, tier.requirements, tier.options)]):
                award = tier.name
        return OnTrack(track, total, results, award is not None, award)

    def has_status(self, asked: model.StatusIs, track: object, scope: Scope) -> bool:
        designation = self.program.designations[asked.designation]
        if asked.word == UNDETERMINED:
            return self.is_undetermined(replace(asked, word=MET), track, scope)
        if asked.requirement is not None:
            return self.requirement_holds(designation, asked.requirement, track, scope)
        if track is None:
            status = self.status(designation, scope)
            met, award = status.met, status.award
        else:
            there = self.on_track(designation, track, scope)
            met, award = there.met, there.award
        match asked.word:
            case "met":
                return met
            case "exactly":
                return award == asked.tier
            case "at least":
                names = [tier.name for tier in designation.tiers]
                return award is not None and asked.tier is not None and names.index(award) >= names.index(asked.tier)
            case _:
                raise AssertionError(asked.word)

    def requirement_holds(self, designation: model.Designation, path: str, track: object, scope: Scope) -> bool:
        """Whether the requirement holds on the track; without one on any of the tracks that count."""
        asked = partial(self.requirement, designation, next(x for x in _requirements(designation) if x.path == path))
        scope = scope.called(())
        if designation.tracks is None:
            return asked(None, scope)
        tracks = [track] if track is not None else [each for each, _ in self.chosen(designation, scope)]
        number = designation.tracks.binder.number
        return at_least(1, [partial(asked, each, scope.bind(number, each)) for each in tracks])

    def requirement(
        self, designation: model.Designation, requirement: model.Requirement, track: object, scope: Scope
    ) -> bool:
        call = (designation.id, requirement.path, track, *circumstances(scope))
        return bool(self.told(call, partial(self.evaluate, requirement.condition, scope), FLAG))

    def is_undetermined(self, asked: model.StatusIs, track: object, scope: Scope) -> bool:
        """Nothing of complete facts is; `completions` knows better."""
        self.has_status(asked, track, scope)
        return False


def result(results: Mapping[str, bool | Trouble], path: str) -> bool:
    """The result of the requirement; raises why there is none."""
    found = results[path]
    if isinstance(found, Exception):
        raise found
    return found


def _requirements(designation: model.Designation) -> list[model.Requirement]:
    found = list(designation.requirements)
    for option in designation.options:
        found += option.requirements
    for tier in designation.tiers:
        found += tier.requirements
        for option in tier.options:
            found += option.requirements
    return found
