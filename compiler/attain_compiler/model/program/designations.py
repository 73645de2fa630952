"""Designations and their requirements, options, tiers and tracks."""

from __future__ import annotations

from attain_compiler.frozen import frozen
from attain_compiler.model.program.declared import Declared, Notes
from attain_compiler.model.program.expressions import Binder, Expression, Node
from attain_compiler.model.program.rules import Formal


@frozen
class Requirement(Node):
    """`path` is its name with that of its tier and option before it: `total`, `gold.total`, `gold.reseller.revenue`.
    `puts` are the values that the title has in braces, by what is written there."""

    path: str
    title: str
    condition: Expression
    notes: Notes
    puts: tuple[tuple[str, Expression], ...] = ()


@frozen
class Option(Node):
    name: str
    title: str
    requirements: tuple[Requirement, ...]
    notes: Notes


@frozen
class Tier(Node):
    name: str
    title: str
    requirements: tuple[Requirement, ...]
    options: tuple[Option, ...]
    notes: Notes


@frozen
class Tracks(Node):
    """The tracks a designation can be reached on: variable 0 of everything in it.

    With `by`, only a track with the greatest `by` counts (any of them where several are equal); without it, any track.
    """

    binder: Binder
    by: Expression | None


@frozen
class Designation(Declared):
    """Met, on a track, when all `requirements` hold and, if there are options, all of at least one option.

    With tiers (lowest first) the award is the highest tier whose own requirements (and one of its options) hold as
    well; the designation is met when there is an award.

    With `parameters` (variables 0, 1, ...; the track comes after them) it is a pattern of as many designations as they
    have values; a whole program has these instead (see `awards`).
    """

    tracks: Tracks | None
    requirements: tuple[Requirement, ...]
    options: tuple[Option, ...]
    tiers: tuple[Tier, ...]
    parameters: tuple[Formal, ...] = ()
