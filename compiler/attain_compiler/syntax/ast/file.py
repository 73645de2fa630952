"""A whole file, as written."""

from __future__ import annotations

from dataclasses import field
from typing import TypeAlias

from attain_compiler.frozen import frozen
from attain_compiler.syntax.ast.changes import Change
from attain_compiler.syntax.ast.designations import Designation
from attain_compiler.syntax.ast.examples import Claim, Example
from attain_compiler.syntax.ast.head import Import, Policy
from attain_compiler.syntax.ast.node import Node
from attain_compiler.syntax.ast.rules import Rule
from attain_compiler.syntax.ast.scores import Score
from attain_compiler.syntax.ast.tables import Reading, Table
from attain_compiler.syntax.ast.vocabulary import Entity, Enum, Record

Declaration: TypeAlias = (
    Policy | Import | Enum | Entity | Record | Table | Reading | Rule | Score | Designation | Change | Example | Claim
)  # fmt: skip


def word_of(node: Declaration) -> str:
    """The author's word for what is declared: `enum`, `parameter`, `measure`."""
    return "parameter" if isinstance(node, Table) else type(node).__name__.lower()


@frozen
class Comment(Node):
    """`# ...` to the end of the line, `text` with the `#`."""

    text: str


@frozen
class File(Node):
    """One file: its declarations in order, and its comments in order (for the formatter)."""

    declarations: tuple[Declaration, ...]
    comments: tuple[Comment, ...] = field(compare=False, default=())
