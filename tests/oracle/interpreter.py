"""What a program says of complete facts: scores, requirements, tracks, awards, reports."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from attain_compiler.model import program as model
from attain_engine.facts.model import Facts
from tests.oracle.expressions import Expressions, Scope
from tests.oracle.world import Chooser, NothingChosen, NoValueError, World

MET, NOT_MET, UNDETERMINED = "met", "not met", "undetermined"


@dataclass(frozen=True, slots=True)
class OnTrack:
    """A designation on one track (None: it has no tracks). `award` is the highest tier that holds, if it has tiers."""

    track: Any
    total: int | Fraction | None
    requirements: Mapping[str, bool]
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
        points: int | Fraction = sum(self.evaluate(each.points, scope) for each in parts)
        return points

    def maximum(self, score: str, scope: Scope) -> int | Fraction:
        points: int | Fraction = sum(self.evaluate(each.maximum, scope) for each in self.program.scores[score].parts)
        return points

    # ------------------------------------------------------------ designations

    def status(self, designation: model.Designation, scope: Scope) -> Status:
        tracks = self.tracks(designation, scope)
        best = max((each.total for each in tracks if each.total is not None), default=None)
        chosen = tuple(each for each in tracks if each.total == best)
        names = [tier.name for tier in designation.tiers]
        awards = [each.award for each in chosen if each.award is not None]
        award = max(awards, key=names.index, default=None)
        return Status(tracks, chosen, any(each.met for each in chosen), award)

    def tracks(self, designation: model.Designation, scope: Scope) -> tuple[OnTrack, ...]:
        scope = scope.called(())
        if designation.tracks is None:
            return (self.on_track(designation, None, scope),)
        domain = self.domain(designation.tracks.binder, scope)
        return tuple(self.on_track(designation, each, scope) for each in domain)

    def on_track(self, designation: model.Designation, track: object, scope: Scope) -> OnTrack:
        scope = scope.called(())
        total = None
        if designation.tracks is not None:
            scope = scope.bind(designation.tracks.binder.number, track)
            if designation.tracks.by is not None:
                total = self.evaluate(designation.tracks.by, scope)
        results = {each.path: bool(self.evaluate(each.condition, scope)) for each in _requirements(designation)}

        def all_hold(requirements: tuple[model.Requirement, ...]) -> bool:
            return all(results[each.path] for each in requirements)

        def one_holds(options: tuple[model.Option, ...]) -> bool:
            return not options or any(all_hold(each.requirements) for each in options)

        common = all_hold(designation.requirements) and one_holds(designation.options)
        if not designation.tiers:
            return OnTrack(track, total, results, common, None)
        award = None
        for tier in designation.tiers:
            if common and all_hold(tier.requirements) and one_holds(tier.options):
                award = tier.name
        return OnTrack(track, total, results, award is not None, award)

    def has_status(self, asked: model.StatusIs, track: object, scope: Scope) -> bool:
        designation = self.program.designations[asked.designation]
        if asked.word == UNDETERMINED:
            return self.is_undetermined(designation)
        status = self.status(designation, scope)
        met, award, looked_at = status.met, status.award, status.chosen
        if track is not None:
            there = self.on_track(designation, track, scope)
            met, award, looked_at = there.met, there.award, (there,)
        if asked.requirement is not None:
            return any(each.requirements[asked.requirement] for each in looked_at)
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

    def is_undetermined(self, designation: model.Designation) -> bool:
        """Nothing of complete facts is; `completions` knows better."""
        assert designation.id in self.program.designations
        return False

    def check_bounds(self, measure: model.Measure, value: Any) -> None:
        """Bounds are not looked at where the facts are complete."""


def _requirements(designation: model.Designation) -> list[model.Requirement]:
    found = list(designation.requirements)
    for option in designation.options:
        found += option.requirements
    for tier in designation.tiers:
        found += tier.requirements
        for option in tier.options:
            found += option.requirements
    return found
