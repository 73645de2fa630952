"""What a plan is to reach."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from attain_compiler.frozen import frozen
from attain_compiler.model import program as model
from attain_compiler.model.reaching import track_of
from attain_engine import show


@frozen
class Target:
    """A designation to reach, at least at `tier` (None: the lowest that is not reached, or simply met)."""

    designation: model.Designation
    tier: str | None = None

    @property
    def text(self) -> str:
        """`cloud_platform:gold`"""
        return f"{self.designation.name}:{self.tier}" if self.tier else self.designation.name

    @property
    def title(self) -> str:
        """`Safe site (linz)`: the designation's, and where it is of one track alone, which."""
        tracks, track = self.designation.tracks, track_of(self.designation)
        if tracks is None or track is None:
            return self.designation.title
        return f"{self.designation.title} ({show.value(track, tracks.binder.type)})"


def with_targets(program: model.Program, targets: Iterable[Target]) -> model.Program:
    """The program, to which designations that are made of an amount, or of one track, belong as well."""
    made = {each.designation.id: each.designation for each in targets}
    if made.keys() <= program.designations.keys():
        return program
    return replace(program, designations={**program.designations, **made})
