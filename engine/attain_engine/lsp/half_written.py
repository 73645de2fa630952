"""Declarations that cannot be read as they stand: what they declare nevertheless, for completion and the outline."""

from __future__ import annotations

import re
from collections.abc import Iterator

from attain_compiler.source import Span
from attain_compiler.syntax.chunks import keywords, split
from attain_compiler.syntax.tokens import Token, scan
from attain_engine.lsp.workspace import Analysis, Workspace


def without_broken_lines(workspace: Workspace, path: str, offset: int) -> Analysis | None:
    """What is understood of a file without the lines that cannot be read: a record keeps its other fields. But for the
    declaration at `offset`, which is being written. Places stay what they are."""
    analysis = workspace.analysis(path)
    if analysis is None:
        return None
    source = analysis.source
    broken = [(each[0].start, end) for each, end in _not_read(analysis)]
    broken = [(start, end) for start, end in broken if not start <= offset < end]
    text = source.text
    for each in analysis.diagnostics if broken else ():
        at = each.span.start
        around = next(((start, end) for start, end in broken if start <= at < end), None)
        if each.span.path == path and around is not None:
            begin, end = text.rfind("\n", 0, at) + 1, text.find("\n", at)
            end = len(text) if end < 0 else end
            if begin <= around[0]:  # without its first line, the others would be of the declaration before
                end = min(around[1], len(text))
            text = text[:begin] + re.sub(r"[^\n]", " ", text[begin:end]) + text[end:]
    return analysis if text == source.text else workspace.analysis_with(path, text)


def half_written(analysis: Analysis) -> Iterator[tuple[str, str, Span, Span]]:
    """The word and the name of each declaration that cannot be read, where it stands, and where its name does."""
    path = analysis.path
    for tokens, _ in _not_read(analysis):
        if len(tokens) > 1 and tokens[0].text in keywords() and tokens[1].kind == "NAME" and tokens[1].indent < 0:
            name = Span(path, tokens[1].start, tokens[1].end)
            yield tokens[0].text, tokens[1].text, Span(path, tokens[0].start, tokens[-1].end), name


def _not_read(analysis: Analysis) -> Iterator[tuple[list[Token], int]]:
    """The tokens of each declaration that cannot be read, and where the next one begins."""
    if not analysis.diagnostics:  # which is most of the time: there is none
        return iter(())
    text = analysis.source.text
    read = {each.span.start for each in analysis.module.file.declarations}
    chunks = split(scan(text).tokens)
    ends = [*(each[0].start for each in chunks[1:]), len(text) + 1]
    return (each for each in zip(chunks, ends, strict=False) if each[0][0].start not in read)
