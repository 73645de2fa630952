"""Parameters and readings, as written."""

from __future__ import annotations

from attain_compiler.frozen import frozen
from attain_compiler.syntax.ast.expressions import DateLiteral, Expression, SetLiteral
from attain_compiler.syntax.ast.head import Notes, TypeName
from attain_compiler.syntax.ast.node import Name, Node, Text


@frozen
class TableEntry(Node):
    """`smb csp 2_000`: the keys, then the value. `items` holds both, the value last; a key is a Reference or a Band,
    or the Word `otherwise`; the value `unknown "why"` is an Unpublished."""

    items: tuple[Expression | Unpublished | AsBefore, ...]


@frozen
class Unpublished(Node):
    """`unknown "no figure was published"` as the value of a parameter."""

    reason: Text


@frozen
class AsBefore(Node):
    """`without { a } with { b }` in a parameter of sets: the former set for the same keys, but for these values."""

    without: SetLiteral | None
    more: SetLiteral | None


@frozen
class TableRow(Node):
    """One line of a parameter: `[from DATE [to DATE]] entry, entry, ... [source ...]`; or a line below a date alone."""

    force_from: DateLiteral | None
    force_to: DateLiteral | None
    entries: tuple[TableEntry, ...]
    notes: Notes


@frozen
class Table(Node):
    """`parameter seats for Track band of count` and its rows."""

    name: Name
    title: Text | None
    keys: tuple[TypeName, ...]
    type: TypeName | None
    rows: tuple[TableRow, ...]
    notes: Notes


@frozen
class Alternative(Node):
    name: Name
    value: Expression | None
    title: Text | None
    default: bool
    notes: Notes


@frozen
class Reading(Node):
    """An ambiguity of the source, its alternatives and the default among them."""

    name: Name
    title: Text | None
    alternatives: tuple[Alternative, ...]
    notes: Notes
