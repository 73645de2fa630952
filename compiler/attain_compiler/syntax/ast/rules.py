"""Definitions, measures and reports, and what leaves rows out, as written."""

from __future__ import annotations

from typing import TypeAlias

from attain_compiler.frozen import frozen
from attain_compiler.syntax.ast.expressions import Binder, Binding, Expression
from attain_compiler.syntax.ast.head import Notes, Parameter, TypeName
from attain_compiler.syntax.ast.node import Name, Node, Text


@frozen
class Define(Node):
    """`define eligible(u Usage, t Track)` and a condition; with `as TYPE`, a value of that type."""

    name: Name
    parameters: tuple[Parameter, ...]
    type: TypeName | None
    title: Text | None
    body: Expression
    notes: Notes


@frozen
class Excluded(Binding):
    """`excluded Invoice i "recurring year" [from revenue, adds] when C`: named reason to leave a row out."""

    binder: Binder
    reason: Text
    measures: tuple[Name, ...]
    condition: Expression
    notes: Notes


@frozen
class Precedence(Binding):
    """`precedence Credit c for each c.subscription by c.association` / `cpor over dpor over ...`."""

    binder: Binder
    group: tuple[Expression, ...]
    by: Expression
    order: tuple[Expression, ...]
    measures: tuple[Name, ...]
    notes: Notes


@frozen
class Measure(Node):
    name: Name
    parameters: tuple[Parameter, ...]
    type: TypeName
    low: Expression | None
    high: Expression | None
    title: Text | None
    body: Expression
    notes: Notes


@frozen
class Report(Node):
    """`report fee_due "Fee due at the renewal" as money USD` and a value: shown with every assessment, once for each
    value of its parameters."""

    name: Name
    parameters: tuple[Parameter, ...]
    title: Text | None
    type: TypeName
    body: Expression
    notes: Notes


Rule: TypeAlias = Define | Excluded | Precedence | Measure | Report
