"""Designations and their requirements, options, tiers and tracks, as written."""

from __future__ import annotations

from attain_compiler.frozen import frozen
from attain_compiler.syntax.ast.expressions import Binder, Expression
from attain_compiler.syntax.ast.head import Notes, Parameter
from attain_compiler.syntax.ast.node import Name, Node, Text


@frozen
class Require(Node):
    """`require total "At least 70 of 100 points" CONDITION`."""

    name: Name
    title: Text | None
    condition: Expression
    notes: Notes


@frozen
class Option(Node):
    """One way among several; the designation (or tier) needs one of its options."""

    name: Name
    title: Text | None
    requirements: tuple[Require, ...]
    notes: Notes


@frozen
class Tier(Node):
    """Tiers are written from the lowest to the highest."""

    name: Name
    title: Text | None
    requirements: tuple[Require, ...]
    options: tuple[Option, ...]
    notes: Notes


@frozen
class Tracks(Node):
    """`best for t in Track by capability(t)` (`by` given) or `any for t in Track`."""

    binder: Binder
    by: Expression | None


@frozen
class Designation(Node):
    """`designation status(a Area)`: one award for each value of its parameters."""

    name: Name
    parameters: tuple[Parameter, ...]
    title: Text | None
    tracks: Tracks | None
    requirements: tuple[Require, ...]
    options: tuple[Option, ...]
    tiers: tuple[Tier, ...]
    notes: Notes
