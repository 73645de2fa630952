"""What all nodes have: a place; and names and texts, which expressions and declarations share."""

from __future__ import annotations

from dataclasses import field

from attain_compiler.frozen import frozen
from attain_compiler.source import Span


@frozen
class Node:
    """Anything that was written, with its place."""

    span: Span = field(kw_only=True, compare=False, repr=False)


@frozen
class Name(Node):
    """An identifier, as written: `net_adds`, `MB-210`."""

    text: str


@frozen
class Text(Node):
    """A quoted text, without its quotes and with its escapes undone."""

    value: str
