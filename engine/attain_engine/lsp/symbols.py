"""What a name means, as an editor needs it: one thing that is declared in one place and used in many."""

from __future__ import annotations

from typing import Literal

from attain_compiler.frozen import frozen
from attain_compiler.source import Span

Kind = Literal[
    "policy",
    "enum",
    "entity",
    "record",
    "parameter",
    "reading",
    "define",
    "measure",
    "score",
    "designation",
    "change",
    "report",
    "value",
    "field",
    "part",
    "requirement",
    "option",
    "tier",
    "example",
    "variable",
]


@frozen
class Symbol:
    """Something that has a name.

    `owner` is the module of a declaration, the id of the declaration that a value, field, part, requirement, option or
    tier belongs to (for the last three with the path before it), and for a variable the file and the place where it is
    bound. A `value` is a value of an enum or an alternative of a reading. An `example` is one that others build on: its
    name is its title as it is written, its owner the module.
    """

    kind: Kind
    owner: str
    name: str

    @property
    def id(self) -> str:
        """As the compiler has it: `module.name`."""
        return f"{self.owner}.{self.name}"


@frozen
class Occurrence:
    """A name where it stands; `declares`: where it is declared. `record` is the id of the record of which a variable is
    a row, `domain` the type or set that a variable is bound to, as written."""

    span: Span
    symbol: Symbol
    declares: bool = False
    domain: str = ""
