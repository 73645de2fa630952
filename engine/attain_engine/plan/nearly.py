"""A designation that is reached but for some of its requirements."""

from __future__ import annotations

from collections.abc import Iterator

from attain_compiler.model import program as model
from attain_engine.evaluate.designations import DesignationResult, TrackResult
from attain_engine.open.comparing import compare
from attain_engine.open.conditions import Condition, conjunction, disjunction
from attain_engine.open.quantities import weighted
from attain_engine.plan.target import Target


def nearly_reached(result: DesignationResult, target: Target, unmet: int) -> Condition:
    """Whether all but so many of what is required for a target hold, on a track that counts. Options that stand for
    each other are one requirement; of the tiers the one of the target is asked about."""
    return disjunction(
        conjunction((track.chosen, _all_but(tuple(required(result.designation, track, target)), unmet)))
        for track in result.tracks
    )


def required(designation: model.Designation, track: TrackResult, target: Target) -> Iterator[Condition]:
    """The truth of each thing that a target requires on a track."""
    for part in parts_of(designation, target.tier):
        yield from (track.requirements[each.path] for each in part.requirements)
        if part.options:
            yield disjunction(
                conjunction(track.requirements[each.path] for each in option.requirements) for option in part.options
            )


def parts_of(designation: model.Designation, tier: str | None) -> Iterator[model.Designation | model.Tier]:
    """The parts of a designation whose requirements a tier (None: no tier) asks for."""
    yield designation
    yield from (each for each in designation.tiers if each.name == tier)


def _all_but(truths: tuple[Condition, ...], unmet: int) -> Condition:
    return compare(">=", weighted((each, 1) for each in truths), len(truths) - unmet)
