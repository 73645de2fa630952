"""What the engine and the interpreter say of the same facts, in one form."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import dataclass

from attain_compiler.model import program as model
from attain_engine.assessment.assess import assess
from attain_engine.facts.model import Facts
from tests.oracle.interpreter import MET, NOT_MET, Interpreter


@dataclass(frozen=True, slots=True)
class OnTrack:
    chosen: bool
    verdict: str
    requirements: Mapping[str, bool]


@dataclass(frozen=True, slots=True)
class Found:
    """A designation: `met` (with tiers: the award's name), `not met` or `undetermined`; its tracks by name."""

    verdict: str
    tracks: Mapping[str, OnTrack]


def by_the_engine(
    program: model.Program, facts: Facts, on: datetime.date, readings: Mapping[str, str]
) -> dict[str, Found]:
    return {
        each.id: Found(
            _verdict(each.verdict, each.award),
            {
                track.name: OnTrack(
                    track.chosen,
                    _verdict(track.verdict, track.award),
                    {requirement.path: requirement.verdict == "met" for requirement in track.requirements},
                )
                for track in each.tracks
            },
        )
        for each in assess(program, facts, on, readings).designations
    }


def _verdict(verdict: str, award: str) -> str:
    return {"met": award or MET, "failed": NOT_MET}.get(verdict, verdict)


def by_the_interpreter(
    program: model.Program, facts: Facts, on: datetime.date, readings: Mapping[str, str]
) -> dict[str, Found]:
    found = {}
    for id_ in program.designations:
        status = Interpreter(program, facts, on, readings).designation(id_)
        found[id_] = Found(
            status.verdict,
            {
                "" if each.track is None else str(each.track): OnTrack(
                    each in status.chosen, (each.award or MET) if each.met else NOT_MET, each.requirements
                )
                for each in status.tracks
            },
        )
    return found
