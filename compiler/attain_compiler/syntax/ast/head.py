"""What stands at the head of a file and of a declaration: the policy, imports, parameters and their types, notes."""

from __future__ import annotations

from attain_compiler.frozen import frozen
from attain_compiler.syntax.ast.expressions import DateLiteral, Expression
from attain_compiler.syntax.ast.node import Name, Node, Text


@frozen
class Notes(Node):
    """What people read: `source S4-06, "the text"`, `recovered from "..."`, `because "..."`, `advice "..."`."""

    sources: tuple[Name | Text, ...] = ()
    because: Text | None = None
    advice: Text | None = None
    recovered: tuple[Text, ...] = ()


@frozen
class TypeName(Node):
    """`count`, `money USD a month`, `set of Area`, `date or never`, `Track or none`, `count?`; `name` is the word."""

    name: Name
    currency: Name | None = None
    period: str = ""
    element: TypeName | None = None
    or_never: bool = False
    optional: bool = False
    or_none: bool = False


@frozen
class Parameter(Node):
    """A formal parameter: `t Track`, `u Usage`, `n count`; `y count from 2015` of what goes back so far."""

    name: Name
    type: TypeName
    low: Expression | None = None


@frozen
class Import(Node):
    """`import people as p`: the declarations of `people.attain`, as `p.NAME`; `amends`: as the file's own."""

    module: Name
    called: Name | None = None
    amends: bool = False


@frozen
class Policy(Node):
    """The header. A file without one that is imported by others is a `library` (`is_library`)."""

    name: Name
    title: Text | None
    is_library: bool
    force_from: DateLiteral | None
    force_to: DateLiteral | None
    notes: Notes
