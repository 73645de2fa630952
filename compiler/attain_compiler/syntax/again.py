"""Read a file again after an edit: a declaration whose text is the same is not read anew.

For editors. A declaration is remembered by its text; where it stands now, its places are moved along. One that is
wrong is not remembered, since what is said about it may rest on what stands around it.
"""

from __future__ import annotations

import dataclasses
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


class Memory:
    """What was read of each file the last time. For one thread at a time."""

    def __init__(self) -> None:
        self._files: dict[str, tuple[SourceFile, tuple[ast.File, tuple[Diagnostic, ...]]]] = {}
        self._chunks: dict[str, dict[str, _Remembered]] = {}

    def parse(self, source: SourceFile) -> tuple[ast.File, tuple[Diagnostic, ...]]:
        """As `parse`; only the declarations that have changed since the last time are read."""
        last = self._files.get(source.path)
        if last is not None and last[0] == source:
            return last[1]
        before = self._chunks.get(source.path, {})
        now: dict[str, _Remembered] = {}

        def declare(_: SourceFile, chunk: list[Token]) -> tuple[Declared | None, list[Diagnostic]]:
            start = chunk[0].start - max(0, chunk[0].indent)
            text = source.text[start : chunk[-1].end]
            known = before.get(text)
            if known is not None:
                if known.start != start:
                    moved: Any = _moved(known.declared.node, start - known.start)
                    known = _Remembered(start, Declared(moved, ()))
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


def _moved(value: Any, by: int) -> Any:
    """A part of a tree, `by` characters further on."""
    kind = type(value)
    if isinstance(value, tuple):
        return tuple([_moved(each, by) for each in value])
    if kind is Span:
        return Span(value.path, value.start + by, value.end + by)
    if not isinstance(value, ast.Node):
        return value
    return kind(**{name: _moved(getattr(value, name), by) for name in _fields(kind)})


@cache
def _fields(kind: Any) -> tuple[str, ...]:
    return tuple([each.name for each in dataclasses.fields(kind)])
