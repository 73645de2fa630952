"""The outline of a file, what can be folded in it, and the names of a whole workspace."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator

from attain_compiler.frozen import frozen
from attain_compiler.source import SourceFile, Span
from attain_compiler.syntax import ast
from attain_engine.lsp.half_written import half_written
from attain_engine.lsp.workspace import Workspace


@frozen
class Item:
    """Something in the outline: `span` is all of it, `name_span` its name."""

    name: str
    kind: str
    detail: str
    span: Span
    name_span: Span
    inside: tuple[Item, ...] = ()


@frozen
class Fold:
    """Lines that can be folded, 0-based, both included."""

    first: int
    last: int
    comment: bool = False


def outline(workspace: Workspace, path: str) -> tuple[Item, ...]:
    """The declarations of a file in order, with what is declared inside them; one that cannot be read by its name."""
    analysis = workspace.analysis(path)
    if analysis is None:
        return ()
    found = [each for node in analysis.module.file.declarations if (each := _item(node)) is not None]
    found += [Item(name, word, "", span, at) for word, name, span, at in half_written(analysis)]
    return tuple(sorted(found, key=lambda each: each.span.start))


def workspace_symbols(workspace: Workspace, query: str) -> tuple[Item, ...]:
    """The declarations of all policies whose name or title has the letters of `query` in this order."""
    found = []
    for path in workspace.policies():
        for each in outline(workspace, path):
            if _matches(query, each.name) or (query and query.casefold() in each.detail.casefold()):
                found.append(each)
    return tuple(found)


def folds(workspace: Workspace, path: str) -> tuple[Fold, ...]:
    """Declarations and their longer parts, and comments of several lines."""
    analysis = workspace.analysis(path)
    if analysis is None:
        return ()
    source = analysis.source
    found = {(each.first, each.last): each for each in _folds(source, outline(workspace, path))}
    nodes = analysis.module.file.declarations
    for node in nodes:
        fold = _fold(source, node.span)
        if fold is not None:
            found.setdefault((fold.first, fold.last), fold)
    for first, last in _comments(source, analysis.module.file.comments):
        found.setdefault((first, last), Fold(first, last, comment=True))
    return tuple(sorted(found.values(), key=lambda each: (each.first, -each.last)))


def _folds(source: SourceFile, items: tuple[Item, ...]) -> Iterator[Fold]:
    for each in items:
        fold = _fold(source, each.span)
        if fold is not None:
            yield fold
        yield from _folds(source, each.inside)


def _fold(source: SourceFile, span: Span) -> Fold | None:
    last = len(source.text[: span.end].rstrip())
    first_line, last_line = source.line_and_column(span.start)[0] - 1, source.line_and_column(last)[0] - 1
    return Fold(first_line, last_line) if last_line > first_line else None


def _comments(source: SourceFile, comments: tuple[ast.Comment, ...]) -> Iterator[tuple[int, int]]:
    """The first and last lines of comments that stand alone, one below the other."""
    lines = []
    for each in comments:
        line, column = source.line_and_column(each.span.start)
        if not source.line_text(line)[: column - 1].strip():
            lines.append(line - 1)
    begin = 0
    for index in range(1, len(lines) + 1):
        if index == len(lines) or lines[index] != lines[index - 1] + 1:
            if index - begin > 1:
                yield lines[begin], lines[index - 1]
            begin = index


def _matches(query: str, name: str) -> bool:
    letters = iter(name.casefold())
    return all(each in letters for each in query.casefold())


def _item(node: ast.Declaration) -> Item | None:
    """A declaration under its name; without one under the rows that it is about, or under what it says of itself."""
    if isinstance(node, ast.Import):
        return None
    kind = ast.word_of(node)
    parts = [getattr(node, each.name) for each in dataclasses.fields(node)]
    name = next((each for each in parts if isinstance(each, ast.Name)), None)
    said = next((each for each in parts if isinstance(each, ast.Text)), None)
    if name is not None:
        return Item(name.text, kind, _text(said), node.span, name.span, tuple(_inside(node)))
    place = said or next(each for each in parts if isinstance(each, ast.Node))
    if isinstance(node, ast.Binding):
        return Item(f"{kind} {_domain(node.binder)}", kind, _text(said), node.span, place.span)
    return Item(_text(said) or kind, kind, kind, node.span, place.span)


def _inside(node: ast.Node) -> Iterator[Item]:
    match node:
        case ast.Enum(values=members):
            yield from (Item(one.name.text, "value", _text(one.title), one.span, one.name.span) for one in members)
        case ast.Reading(alternatives=alternatives):
            yield from (Item(one.name.text, "value", _text(one.title), one.span, one.name.span) for one in alternatives)
        case ast.Record(fields=fields):
            yield from (Item(one.name.text, "field", _text(one.title), one.span, one.name.span) for one in fields)
        case ast.Score(parts=parts):
            yield from (Item(one.name.text, "part", _text(one.title), one.span, one.name.span) for one in parts)
        case ast.Designation():
            yield from _requirements(node.requirements, node.options)
            for tier in node.tiers:
                below = tuple(_requirements(tier.requirements, tier.options))
                yield Item(tier.name.text, "tier", _text(tier.title), tier.span, tier.name.span, below)
        case _:
            pass


def _requirements(requirements: tuple[ast.Require, ...], options: tuple[ast.Option, ...]) -> Iterator[Item]:
    for each in requirements:
        yield Item(each.name.text, "requirement", _text(each.title), each.span, each.name.span)
    for option in options:
        below = tuple(_requirements(option.requirements, ()))
        yield Item(option.name.text, "option", _text(option.title), option.span, option.name.span, below)


def _domain(binder: ast.Binder) -> str:
    return binder.domain.text if isinstance(binder.domain, ast.Name) else binder.variable.text


def _text(text: ast.Text | None) -> str:
    return text.value if text is not None else ""
