"""Formatting: the one layout, as the fewest lines that change."""

from __future__ import annotations

from difflib import SequenceMatcher

from attain_compiler.source import SourceFile, Span
from attain_compiler.syntax.chunks import split
from attain_compiler.syntax.format import format_source
from attain_compiler.syntax.tokens import scan
from attain_engine.lsp.rename import Edit
from attain_engine.lsp.workspace import Workspace


def formatting(workspace: Workspace, path: str) -> tuple[Edit, ...]:
    """The edits that lay a file out; none where it has mistakes of syntax, or is laid out already."""
    source = workspace.source(path)
    return _edits(source, 0, format_source(source)) if source is not None else ()


def formatting_on_type(workspace: Workspace, path: str, offset: int) -> tuple[Edit, ...]:
    """The edits that lay out the declaration that a line break at `offset` stands in or ends, without the line of the
    cursor; none while it cannot be read."""
    source = workspace.source(path)
    if source is None:
        return ()
    chunks = split(scan(source.text).tokens)
    before = [each for each in chunks if each[0].start < offset]
    if not before:
        return ()
    start = before[-1][0].start - max(0, before[-1][0].indent)
    end = source.text.find("\n", before[-1][-1].end)
    if end < 0 or offset <= start:
        return ()
    part = SourceFile(path, source.text[start : end + 1])
    cursor = source.line_and_column(offset)[0]
    edits = _edits(part, start, format_source(part))
    return tuple(each for each in edits if cursor not in _lines(source, each.span))


def _lines(source: SourceFile, span: Span) -> range:
    """The lines that a span has something of."""
    last = max(span.start, span.end - 1)
    return range(source.line_and_column(span.start)[0], source.line_and_column(last)[0] + 1)


def _edits(source: SourceFile, start: int, text: str) -> tuple[Edit, ...]:
    """What turns a text that stands `start` characters into its file into another, by whole lines."""
    before, after = source.text.splitlines(keepends=True), text.splitlines(keepends=True)
    places = [start]
    for line in before:
        places.append(places[-1] + len(line))
    return tuple(
        Edit(Span(source.path, places[i1], places[i2]), "".join(after[j1:j2]))
        for tag, i1, i2, j1, j2 in SequenceMatcher(None, before, after, autojunk=False).get_opcodes()
        if tag != "equal"
    )
