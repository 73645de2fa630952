"""Read a file again after an edit: a declaration whose text is the same is not read anew.

For editors. A declaration is remembered by its text; where it stands now, its places are moved along. One that is
wrong is not remembered, since what is said about it may rest on what stands around it.
"""

from __future__ import annotations

import dataclasses
import datetime
from collections.abc import Callable
from fractions import Fraction
from functools import cache
from typing import Any, NamedTuple

from attain_compiler.diagnostics.model import Diagnostic
from attain_compiler.source import SourceFile, Span
from attain_compiler.syntax import ast
from attain_compiler.syntax.parse import Declared, declaration_of, parse
from attain_compiler.syntax.tokens import Token


class _Remembered(NamedTuple):
    start: int
    declared: Declared


_Key = tuple[str, tuple[int, ...]]
"""The text of a declaration, and where in it a name with a dot is one name, by what the imports are called."""


class Memory:
    """What was read of each file the last time. For one thread at a time."""

    def __init__(self) -> None:
        self._files: dict[str, tuple[SourceFile, tuple[ast.File, tuple[Diagnostic, ...]]]] = {}
        self._chunks: dict[str, dict[_Key, _Remembered]] = {}

    def parse(self, source: SourceFile) -> tuple[ast.File, tuple[Diagnostic, ...]]:
        """As `parse`; only the declarations that have changed since the last time are read."""
        last = self._files.get(source.path)
        if last is not None and last[0] == source:
            return last[1]
        before = self._chunks.get(source.path, {})
        now: dict[_Key, _Remembered] = {}

        def declare(_: SourceFile, chunk: list[Token]) -> tuple[Declared | None, list[Diagnostic]]:
            start = chunk[0].start - max(0, chunk[0].indent)
            joined = tuple(each.start - start for each in chunk if each.kind == "NAME" and "." in each.text)
            text = source.text[start : chunk[-1].end], joined
            known = before.get(text)
            if known is not None:
                if known.start != start:
                    node: Any = moved(known.declared.node, start - known.start)
                    known = _Remembered(start, Declared(node, ()))
                now[text] = known
                return known.declared, []
            declared, report = declaration_of(source, chunk)
            if declared is not None and not report:
                declared = Declared(declared.node, ())  # a tree has no use for the tokens
                now[text] = _Remembered(start, declared)
            return declared, report

        result = parse(source, declare)
        self._chunks[source.path] = now
        self._files[source.path] = source, result
        return result


def moved(value: Any, by: int) -> Any:
    """A part of a tree, `by` characters further on."""
    kind: Any = value.__class__
    if kind is Span:
        return Span(value.path, value.start + by, value.end + by)
    if isinstance(value, tuple):
        return tuple([each if each.__class__ in _NO_PLACES else moved(each, by) for each in value])
    if not issubclass(kind, ast.Node):
        return value
    new = _new(kind)
    for get, put in _fields(kind):
        part = get(value)
        put(new, part if part.__class__ in _NO_PLACES else moved(part, by))
    return new


_new = object.__new__
_NO_PLACES = frozenset({str, bool, type(None), int, Fraction, datetime.date})


@cache
def _fields(kind: Any) -> tuple[tuple[Callable[[Any], Any], Callable[[Any, Any], None]], ...]:
    """What reads and what sets each field of a class of nodes; as many nodes are moved as a file has below an edit."""
    slots = [getattr(kind, each.name) for each in dataclasses.fields(kind)]
    return tuple([(each.__get__, each.__set__) for each in slots])
