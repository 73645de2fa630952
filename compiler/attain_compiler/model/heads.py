"""What others need to know of a declaration before its body is read: its parameters, its type, its parts.

Every declaration of the language states its type, so heads are complete before any body is looked at, and declarations
may come in any order.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from attain_compiler.frozen import frozen
from attain_compiler.model import program as model
from attain_compiler.model.types import EnumType, Type, Value
from attain_compiler.source import Span


@frozen
class Head:
    """Something that has a value for its arguments: a parameter, reading, define, measure or score.

    `parts` are the parts of a score; `varies` whether the maxima of its parts depend on its arguments.
    """

    id: str
    kind: str
    formals: tuple[model.Formal, ...]
    type: Type
    span: Span
    parts: tuple[str, ...] = ()
    varies: bool = False

    @property
    def name(self) -> str:
        return self.id.rpartition(".")[2]

    def call_shape(self) -> str:
        """How it is called: `capability(t)`."""
        return f"{self.name}({', '.join(each.name for each in self.formals)})" if self.formals else self.name


@frozen
class DesignationHead:
    """`track` is the type of its tracks, if it has any; `tiers` go from the lowest up; `paths` are its requirements;
    `formals` for what it is awarded each by itself."""

    id: str
    track: Type | None
    tiers: tuple[str, ...]
    paths: tuple[str, ...]
    span: Span
    formals: tuple[model.Formal, ...] = ()

    @property
    def name(self) -> str:
        return self.id.rpartition(".")[2]


@dataclass(slots=True)
class Uses:
    """Which declaration uses which, and where first: for circles and for what is never used. `at` says of each place
    what is used there: for editors."""

    by_user: dict[str, dict[str, Span]] = field(default_factory=dict)
    at: dict[Span, str] = field(default_factory=dict)

    def add(self, user: str, used: str, span: Span) -> None:
        self.at.setdefault(span, used)
        self.by_user.setdefault(user, {}).setdefault(used, span)

    def of(self, user: str) -> dict[str, Span]:
        return self.by_user.get(user, {})

    def used(self) -> Iterator[str]:
        """Everything that something else uses."""
        for user, used in self.by_user.items():
            yield from (each for each in used if each != user)


@dataclass(slots=True)
class Heads:
    """The heads of all declarations, by id, filled stage by stage. `places` is where their names stand; `constants` are
    the values that a table can have, known once it is read. `asked_where_possible` are the fields of rows that a change
    asks for because its `when` says that they are not `none`: their record and name, and where."""

    places: dict[str, Span] = field(default_factory=dict)
    enums: dict[str, model.Enum] = field(default_factory=dict)
    entities: dict[str, model.Entity] = field(default_factory=dict)
    records: dict[str, model.Record] = field(default_factory=dict)
    values: dict[str, Head] = field(default_factory=dict)
    designations: dict[str, DesignationHead] = field(default_factory=dict)
    constants: dict[str, tuple[Value, ...]] = field(default_factory=dict)
    asked_where_possible: list[tuple[str, str, Span]] = field(default_factory=list)
    uses: Uses = field(default_factory=Uses)
    _members: dict[str, tuple[model.Expression, ...]] = field(default_factory=dict)

    def all_of(self, enum: model.Enum) -> tuple[model.Expression, ...]:
        """All values of an enum, as constants that stand where they are declared."""
        if enum.id not in self._members:
            type_ = EnumType(enum.id)
            self._members[enum.id] = tuple(
                model.Constant(each.constant, type=type_, span=each.span) for each in enum.members
            )
        return self._members[enum.id]
