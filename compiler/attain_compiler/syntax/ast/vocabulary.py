"""Enums, entities and records, as written."""

from __future__ import annotations

from attain_compiler.frozen import frozen
from attain_compiler.syntax.ast.expressions import Expression
from attain_compiler.syntax.ast.head import Notes, TypeName
from attain_compiler.syntax.ast.node import Name, Node, Text


@frozen
class EnumValue(Node):
    """`teams_calling "Teams Phone calls" aka "Teams calling", "Teams calls"`."""

    name: Name
    title: Text | None
    synonyms: tuple[Text, ...]
    notes: Notes


@frozen
class Enum(Node):
    name: Name
    title: Text | None
    values: tuple[EnumValue, ...]
    notes: Notes


@frozen
class Entity(Node):
    """`entity Person "Somebody who works for the organisation"`: a kind of identifier."""

    name: Name
    title: Text | None
    notes: Notes


@frozen
class Field(Node):
    """`paid_seats count 0 to 10_000_000`, `trial flag default no`."""

    name: Name
    type: TypeName
    low: Expression | None
    high: Expression | None
    default: Expression | None
    title: Text | None
    notes: Notes


@frozen
class Continues(Node):
    """`continues each month`, `each year` or `each day`: `every` is `month`, `year` or `day`."""

    every: str


@frozen
class Record(Node):
    """`unique` lists the fields that identify a row, once for each `unique` line; `single` says there is one row;
    `continues` is there where the record says that its rows go on."""

    name: Name
    title: Text | None
    single: bool
    fields: tuple[Field, ...]
    unique: tuple[tuple[Name, ...], ...]
    continues: Continues | None
    notes: Notes
