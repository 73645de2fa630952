"""The requirements of a designation under their tiers and options, as every form of report shows them."""

from __future__ import annotations

from collections.abc import Iterator

from attain_compiler.frozen import frozen
from attain_engine.assess import models


@frozen
class Heading:
    """A tier or an option above its requirements; `path` has its name and, before it, that of its tier."""

    path: tuple[str, ...]
    title: str
    verdict: str
    option: bool

    @property
    def kind(self) -> str:
        """What it is, in words."""
        return "an option, one is enough" if self.option else "a tier"


def grouped(designation: models.Designation, track: models.Track) -> Iterator[Heading | models.Requirement]:
    """Each heading once, before the first of its requirements."""
    options = {(each.tier, each.name): each for each in designation.options}
    shown: set[tuple[str, ...]] = set()
    for requirement in track.requirements:
        steps = tuple(requirement.path.split(".")[:-1])
        for depth in range(1, len(steps) + 1):
            path = steps[:depth]
            if path not in shown:
                shown.add(path)
                option = options.get((path[0], path[1]) if depth == 2 else ("", path[0]))
                verdict = option.verdict if option is not None else _tier_verdict(designation, track, path[0])
                yield Heading(path, option.title if option is not None else path[-1], verdict, option is not None)
        yield requirement


def _tier_verdict(designation: models.Designation, track: models.Track, tier: str) -> str:
    """A tier's own requirements, and the best of its options."""
    options = {each.name: each.verdict for each in designation.options if each.tier == tier}
    own = [
        each.verdict
        for each in track.requirements
        if each.path.split(".")[0] == tier and each.path.split(".")[1] not in options
    ]
    if options:
        own.append(next(each for each in ("met", "undetermined", "failed") if each in options.values()))
    return "failed" if "failed" in own else "undetermined" if "undetermined" in own else "met"
