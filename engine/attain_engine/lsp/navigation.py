"""Where something is declared, and where it is used, in all policies of the workspace."""

from __future__ import annotations

from attain_compiler.source import Span
from attain_engine.lsp.declared import place_of, symbol_at
from attain_engine.lsp.names import names_in
from attain_engine.lsp.symbols import Occurrence, Symbol
from attain_engine.lsp.workspace import Workspace


def definition(workspace: Workspace, path: str, offset: int) -> Span | None:
    """Where the name at a place is declared."""
    found = symbol_at(workspace, path, offset)
    return place_of(found[0], found[1].symbol) if found is not None else None


def references(workspace: Workspace, path: str, offset: int, declaration: bool = True) -> tuple[Span, ...]:
    """Every place where the name at a place is used; with its `declaration`, if that is wanted."""
    found = symbol_at(workspace, path, offset)
    if found is None:
        return ()
    everywhere = occurrences(workspace, path, found[1].symbol)
    return tuple(each.span for each in everywhere if declaration or not each.declares)


def highlights(workspace: Workspace, path: str, offset: int) -> tuple[Span, ...]:
    """The same name in the same file."""
    found = symbol_at(workspace, path, offset)
    if found is None:
        return ()
    return tuple(each.span for each in names_in(found[0], path) if each.symbol == found[1].symbol)


def occurrences(workspace: Workspace, path: str, symbol: Symbol) -> tuple[Occurrence, ...]:
    """Where a symbol that is seen from the file at `path` stands: in that file, in those that are open or in the
    folders of the workspace, and in what these import."""
    paths = [path] if symbol.kind in ("variable", "example") else workspace.mentioning([symbol.name])
    here = workspace.analysis(path)
    home = place_of(here, symbol) if here is not None else None
    found: dict[Span, Occurrence] = {}
    for each in dict.fromkeys([path, *paths, *([home.path] if home is not None else [])]):
        analysis = workspace.analysis(each)
        if analysis is None:
            continue
        for name in names_in(analysis, each):
            if name.symbol == symbol and place_of(analysis, symbol) == home:
                found.setdefault(name.span, name)
    return tuple(sorted(found.values(), key=lambda one: one.span))
