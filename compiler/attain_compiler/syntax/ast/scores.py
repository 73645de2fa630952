"""Scores, their parts, and how a part gives points, as written."""

from __future__ import annotations

from typing import TypeAlias

from attain_compiler.frozen import frozen
from attain_compiler.syntax.ast.expressions import Binder, Binding, Expression
from attain_compiler.syntax.ast.head import Notes, Parameter
from attain_compiler.syntax.ast.node import Name, Node, Text


@frozen
class Proportion(Node):
    """`in proportion to E full at F`."""

    value: Expression
    full: Expression


@frozen
class PerUnit(Node):
    """`4 points for each E`."""

    points: Expression
    value: Expression


@frozen
class AllOrNothing(Node):
    """`all or nothing when C`."""

    condition: Expression


@frozen
class Worth(Node):
    """`worth E`: any number of points, cut off at 0 and at the part's maximum."""

    value: Expression


@frozen
class BestFor(Binding):
    """`best for a in S: SCORING`."""

    binder: Binder
    scoring: Scoring


@frozen
class BestOf(Node):
    """`best of` and a block of scorings."""

    scorings: tuple[Scoring, ...]


@frozen
class StepGate(Node):
    """`gate admins "Two administrators" C [worth N]`: what stands below counts only if C holds."""

    name: Name
    title: Text | None
    condition: Expression
    worth: Expression | None


@frozen
class Steps(Node):
    """`step by step` and a block of gates and scorings: the scorings add up, each only if all gates above it hold."""

    lines: tuple[StepGate | Scoring, ...]


Scoring: TypeAlias = Proportion | PerUnit | AllOrNothing | Worth | BestFor | BestOf | Steps


@frozen
class Part(Node):
    """`part usage_growth up to 30 SCORING [only if C [else N]]`."""

    name: Name
    title: Text | None
    maximum: Expression
    scoring: Scoring
    gate: Expression | None
    gate_else: Expression | None
    notes: Notes


@frozen
class Score(Node):
    name: Name
    parameters: tuple[Parameter, ...]
    out_of: Expression
    title: Text | None
    parts: tuple[Part, ...]
    notes: Notes
