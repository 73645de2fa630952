"""Enums, entities and records."""

from __future__ import annotations

from attain_compiler.frozen import frozen
from attain_compiler.model.program.declared import Declared, Notes
from attain_compiler.model.program.expressions import Node
from attain_compiler.model.types import DATE, MONTH, Type, Value
from attain_compiler.model.types import EnumValue as EnumConstant


@frozen
class EnumMember(Node):
    constant: EnumConstant
    title: str
    synonyms: tuple[str, ...]
    notes: Notes


@frozen
class Enum(Declared):
    members: tuple[EnumMember, ...]


@frozen
class Entity(Declared):
    pass


@frozen
class Field(Node):
    """A field of a record.

    `optional`: may be missing, then its value is unknown. `default`: its value where it is missing.
    `or_never`: a date that may be `never` (also where it is missing). Bounds are included.
    """

    name: str
    type: Type
    title: str
    optional: bool
    or_never: bool
    default: Value | None
    low: Value | None
    high: Value | None

    @property
    def may_be_missing(self) -> bool:
        """Whether a row may lack the value, and nothing takes its place."""
        return self.optional and self.default is None and not self.or_never


@frozen
class Record(Declared):
    """`continues` says how the rows go on: where it is 1 or 12, the months after the newest one are those of so many
    months before; None: they do not. Where it is `daily`, each row stays as many days old as it is."""

    single: bool
    fields: tuple[Field, ...]
    unique: tuple[tuple[str, ...], ...]
    continues: int | None = None
    daily: bool = False

    def field(self, name: str) -> Field:
        return next(each for each in self.fields if each.name == name)

    @property
    def month(self) -> Field:
        """The one month of a record that continues each month or year."""
        return next(each for each in self.fields if each.type == MONTH)

    @property
    def day(self) -> Field:
        """The one date of a record that continues each day."""
        return next(each for each in self.fields if each.type == DATE)
