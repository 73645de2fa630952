"""Awards of each identifier (`any for s in Site`), beside the whole that they belong to."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TypeVar

from attain_compiler.model import program as model
from attain_compiler.model.reaching import is_award_of_each
from attain_engine.assess import Assessment
from attain_engine.assess.models import Track
from attain_engine.evaluate.designations import TrackResult
from attain_engine.plan.answer import standings
from attain_engine.plan.models import Standing
from attain_engine.plan.target import Target

OneTrack = TypeVar("OneTrack", Track, TrackResult)


def awards(declared: model.Designation, tracks: Sequence[OneTrack]) -> Sequence[OneTrack]:
    """The tracks of a designation that are awards by themselves, if there are several."""
    return tracks if is_award_of_each(declared) and len(tracks) > 1 else ()


def standings_of_each(assessed: Assessment, designations: Sequence[model.Designation]) -> Iterator[Standing]:
    """How each designation stands, and each award of one."""
    whole = standings(assessed, [Target(each) for each in designations])
    for standing, found, declared in zip(whole, assessed.designations, designations, strict=True):
        yield standing
        for track in awards(declared, found.tracks):
            total = track.total or next((each.total for each in track.scores), "")
            exact = track.total_exact or next((each.total_exact for each in track.scores), None)
            said = {"verdict": track.verdict, "award": track.award, "total": total, "total_exact": exact}
            name = model.name_on(standing.designation, track.name)
            yield standing.model_copy(update={"designation": name, "track": track.name, **said})
