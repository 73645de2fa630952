"""Rename something in all policies of the workspace: only if they mean the same afterwards."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence

from attain_compiler.diagnostics.model import Severity
from attain_compiler.frozen import frozen
from attain_compiler.source import Span
from attain_engine.lsp.declared import symbol_at
from attain_engine.lsp.names import names_in
from attain_engine.lsp.navigation import occurrences
from attain_engine.lsp.symbols import Occurrence, Symbol
from attain_engine.lsp.workspace import Workspace

_NAME = re.compile(r"[A-Za-z][A-Za-z0-9_]*(-[A-Za-z0-9_]+)*")
_TITLE = re.compile(r'(?=.*\S)(?:[^"\\\n]|\\.)+')


class Refused(Exception):
    """A name that cannot be given; the message says why."""


@frozen
class Edit:
    """A text instead of that of a span."""

    span: Span
    text: str


def renameable(workspace: Workspace, path: str, offset: int) -> Span | None:
    """The name at a place, if it can be renamed."""
    found = symbol_at(workspace, path, offset)
    return found[1].span if found is not None and found[1].symbol.kind != "policy" else None


def rename(workspace: Workspace, path: str, offset: int, new: str) -> tuple[Edit, ...]:
    """The edits that give the thing at a place the name `new`; an example the title, as it is written between quotes.
    Raises Refused where there is no such thing, where `new` is no name, and where a policy would have a mistake
    afterwards or a name in it would mean something else."""
    found = symbol_at(workspace, path, offset)
    if found is None:
        raise Refused("there is no name here")
    symbol = found[1].symbol
    if symbol.kind == "policy":
        raise Refused("a policy is called as its file is: rename the file, its header and the imports of it")
    if symbol.kind == "example":
        if not _TITLE.fullmatch(new):
            raise Refused(f'`{new}` is not a title: write something on one line, a quotation mark as `\\"`')
    elif not _NAME.fullmatch(new):
        raise Refused(f"`{new}` is not a name: write letters, digits and `_`, beginning with a letter")
    if new == symbol.name:
        return ()
    edits = tuple(Edit(each.span, new) for each in occurrences(workspace, path, symbol))
    _must_mean_the_same(workspace, path, edits)
    return edits


def applied(workspace: Workspace, edits: Sequence[Edit]) -> Mapping[str, str]:
    """The texts of the files with the edits, by path."""
    texts: dict[str, str] = {}
    for each in sorted(edits, key=lambda edit: edit.span, reverse=True):
        source = workspace.source(each.span.path)
        assert source is not None, "a file with names in it has been read"
        text = texts.get(each.span.path, source.text)
        texts[each.span.path] = text[: each.span.start] + each.text + text[each.span.end :]
    return texts


def _must_mean_the_same(workspace: Workspace, path: str, edits: Sequence[Edit]) -> None:
    after = workspace.with_texts(applied(workspace, edits))
    changed = {each.span.path for each in edits}
    for each in dict.fromkeys([path, *workspace.policies()]):
        before_it, after_it = workspace.analysis(each), after.analysis(each)
        if before_it is None or after_it is None or changed.isdisjoint(before_it.files):
            continue
        known = Counter(one.code for one in before_it.diagnostics)
        for one in after_it.diagnostics:
            known[one.code] -= 1
            if known[one.code] < 0 and one.severity is Severity.ERROR:
                raise Refused(f"after that, {one.message}")
        if not _same_meaning(names_in(before_it, each), names_in(after_it, each), edits, each):
            raise Refused("after that, a name would mean something else")


def _same_meaning(before: Sequence[Occurrence], after: Sequence[Occurrence], edits: Sequence[Edit], path: str) -> bool:
    """Whether the names stand where they stood, and two of them mean the same now as they did. What stands inside of a
    title that is changed is new."""
    edited = [each for each in edits if each.span.path == path]
    starts = _places(edits, [each.span.start for each in edited], path)
    before = _outside(before, [(each.span.start, each.span.end) for each in edited])
    after = _outside(after, [(start, start + len(each.text)) for start, each in zip(starts, edited, strict=True)])
    if _places(edits, [name.span.start for name in before], path) != [name.span.start for name in after]:
        return False
    there: dict[Symbol, Symbol] = {}
    back: dict[Symbol, Symbol] = {}
    return all(
        there.setdefault(old.symbol, new.symbol) == new.symbol and back.setdefault(new.symbol, old.symbol) == old.symbol
        for old, new in zip(before, after, strict=True)
    )


def _outside(names: Sequence[Occurrence], places: Sequence[tuple[int, int]]) -> Sequence[Occurrence]:
    """The names that do not begin within one of these places."""
    return [each for each in names if not any(start < each.span.start < end for start, end in places)]


def _places(edits: Sequence[Edit], places: Sequence[int], path: str) -> list[int]:
    """Where places of a file are after the edits."""
    here = sorted(
        (each.span.start, len(each.text) - (each.span.end - each.span.start))
        for each in edits
        if each.span.path == path
    )
    return [place + sum(by for start, by in here if start < place) for place in places]
