"""Every name in a file, and what it means.

Names are found in the tree, declaration by declaration; what stands inside one is in `parts`.
"""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from attain_compiler.model.modules import Module, Named
from attain_compiler.source import Span
from attain_compiler.syntax import ast
from attain_engine.lsp.parts import DECLARATIONS, KINDS, Parts, Scope, Variable
from attain_engine.lsp.symbols import Kind, Occurrence, Symbol
from attain_engine.lsp.workspace import Analysis

_PLACEHOLDER = re.compile(r"\{([A-Za-z][\w-]*)(?:\.([A-Za-z][\w-]*))?\}")


def inside_quotes(text: ast.Text) -> Span:
    """The place of a text without its quotes."""
    return Span(text.span.path, text.span.start + 1, text.span.end - 1)


@lru_cache(maxsize=64)
def names_in(analysis: Analysis, path: str) -> tuple[Occurrence, ...]:
    """Every name in one of the files of an analysis, in the order of the text; those that mean nothing are left out."""
    module = next(each for each in analysis.understood.modules if each.source.path == path)
    finder = _Finder(analysis, module)
    found: dict[Span, Occurrence] = {}
    for declaration in module.file.declarations:
        for each in (one for whole in finder.declaration(declaration) for one in finder.apart(whole)):
            found.setdefault(each.span, each)
    return tuple(sorted(found.values(), key=lambda each: (each.span.start, each.span.end)))


def name_at(names: Sequence[Occurrence], offset: int) -> Occurrence | None:
    """The name at a place, or the one that ends there."""
    touching = [each for each in names if each.span.start <= offset <= each.span.end]
    return max(touching, key=lambda each: each.span.start, default=None)


class _Finder(Parts):
    def __init__(self, analysis: Analysis, module: Module) -> None:
        super().__init__(analysis, module)
        examples = [each for each in module.file.declarations if isinstance(each, ast.Example)]
        wanted = {each.like.value for each in examples if each.like is not None}
        self.bases = {
            each.title.value: Symbol("example", module.name, module.source.slice(inside_quotes(each.title)))
            for each in examples
            if each.title.value in wanted
        }
        """The examples that others build on, by their titles."""

    def import_called(self, name: str, span: Span) -> Symbol:
        """What an import is called, at `span` where it is an import that leads nowhere."""
        return Symbol("variable", self.place(self.visible.called.get(name, span)), name)

    def apart(self, found: Occurrence) -> Iterator[Occurrence]:
        """A qualified name as what the import is called and the name itself."""
        owner, dot, _ = self.module.source.slice(found.span).partition(".")
        if not dot or owner.rstrip() not in self.visible.called or found.symbol.kind not in DECLARATIONS:
            yield found
            return
        path, start, end = found.span.path, found.span.start, found.span.end
        first = Span(path, start, start + len(owner.rstrip()))
        yield Occurrence(first, self.import_called(owner.rstrip(), first))
        yield dataclasses.replace(found, span=Span(path, end - len(found.symbol.name), end))

    # ------------------------------------------------------------ declarations

    def declaration(self, node: ast.Declaration) -> Iterator[Occurrence]:
        match node:
            case ast.Policy():
                yield Occurrence(node.name.span, Symbol("policy", "", node.name.text), declares=True)
                return
            case ast.Import():
                yield Occurrence(node.module.span, Symbol("policy", "", node.module.text))
                if node.called is not None:
                    domain = f"the names of {node.module.text}"
                    yield Occurrence(
                        node.called.span, self.import_called(node.called.text, node.called.span), True, domain
                    )
                return
            case ast.Binding(binder=binder):
                bound, scope = self.bound(binder, {})
                yield from bound
                for measure in node.measures:
                    yield from self.named(measure)
                yield from self.below(node, scope, leave=("binder", "measures"))
                return
            case ast.Example():
                yield from self.example(node)
                return
            case ast.Claim():
                yield from self.below(node, {})
                return
            case _:
                yield from self.named_declaration(node)

    def named_declaration(self, node: Named) -> Iterator[Occurrence]:
        symbol = Symbol(KINDS[type(node)], self.module.name, node.name.text)
        yield Occurrence(node.name.span, symbol, declares=True)
        match node:
            case ast.Enum(values=members):
                yield from (self.declared("value", symbol.id, each.name) for each in members)
            case ast.Record():
                yield from self.record(symbol, node)
            case ast.Table():
                yield from self.table(symbol, node)
            case ast.Reading(alternatives=alternatives):
                for each in alternatives:
                    yield self.declared("value", symbol.id, each.name)
                    if each.value is not None:
                        yield from self.below(each.value, {})
            case ast.Score():
                bound, scope = self.parameters(node.parameters)
                yield from bound
                yield from (self.declared("part", symbol.id, each.name) for each in node.parts)
                yield from self.below(node, scope, leave=("parameters",))
            case ast.Designation():
                yield from self.designation(symbol, node)
            case ast.Change():
                yield from self.change(node)
            case ast.Define() | ast.Measure() | ast.Report():
                if isinstance(node, ast.Report):
                    yield from self.placeholders(node.title, self.parameters(node.parameters)[1])
                bound, scope = self.parameters(node.parameters)
                yield from bound
                yield from self.below(node, scope, leave=("parameters",))
            case _:
                yield from self.below(node, {})

    def declared(self, kind: Kind, owner: str, name: ast.Name) -> Occurrence:
        return Occurrence(name.span, Symbol(kind, owner, name.text), declares=True)

    def record(self, symbol: Symbol, node: ast.Record) -> Iterator[Occurrence]:
        for each in node.fields:
            yield self.declared("field", symbol.id, each.name)
            yield from self.below(each, {})
        for names in node.unique:
            yield from (Occurrence(name.span, Symbol("field", symbol.id, name.text)) for name in names)

    def table(self, symbol: Symbol, node: ast.Table) -> Iterator[Occurrence]:
        """A key is a value of the enum that its column is of."""
        for type_ in (*node.keys, *([node.type] if node.type else [])):
            yield from self.below(type_, {})
        kinds = [each.name.text for each in (*node.keys, *([node.type] if node.type else []))]
        for row in node.rows:
            for entry in row.entries:
                for number, item in enumerate(entry.items):
                    expected = kinds[number] if number < len(kinds) else ""
                    yield from self.value(item, {}, expected)

    def designation(self, symbol: Symbol, node: ast.Designation) -> Iterator[Occurrence]:
        found, scope = self.parameters(node.parameters)
        yield from found
        yield from self.placeholders(node.title, scope)
        if node.tracks is not None:
            bound, scope = self.bound(node.tracks.binder, scope)
            yield from bound
            if node.tracks.by is not None:
                yield from self.below(node.tracks.by, scope)

        def inside(
            prefix: str, requirements: tuple[ast.Require, ...], options: tuple[ast.Option, ...]
        ) -> Iterator[Occurrence]:
            for each in requirements:
                yield self.declared("requirement", prefix, each.name)
                yield from self.below(each, scope)
            for option in options:
                yield self.declared("option", prefix, option.name)
                yield from inside(f"{prefix}.{option.name.text}", option.requirements, ())

        yield from inside(symbol.id, node.requirements, node.options)
        for tier in node.tiers:
            yield self.declared("tier", symbol.id, tier.name)
            yield from inside(f"{symbol.id}.{tier.name.text}", tier.requirements, tier.options)

    def change(self, node: ast.Change) -> Iterator[Occurrence]:
        bound, scope = self.parameters(node.parameters)
        yield from bound
        yield from self.placeholders(node.title, scope)
        yield from self.below(node, scope, leave=("parameters",))

    def example(self, node: ast.Example) -> Iterator[Occurrence]:
        if node.title.value in self.bases:
            yield Occurrence(inside_quotes(node.title), self.bases[node.title.value], declares=True)
        if node.like is not None and node.like.value in self.bases:
            yield Occurrence(inside_quotes(node.like), self.bases[node.like.value])
        scope: dict[str, Variable] = {}
        for column in node.columns:
            symbol = Symbol("variable", self.place(column.span), column.text)
            scope[column.text] = Variable(symbol, "")
            yield Occurrence(column.span, symbol, declares=True, domain="a column of the cases below")
        yield from self.placeholders(node.title, scope)
        for choice in node.readings:
            yield from self.named(choice.reading)
            reading = self.visible.declarations.get(choice.reading.text)
            if reading is not None:
                yield Occurrence(choice.alternative.span, Symbol("value", reading.id, choice.alternative.text))
        yield from self.below(node, scope, leave=("columns", "readings"))

    def placeholders(self, title: ast.Text | None, scope: Scope) -> Iterator[Occurrence]:
        """`{n}` and `{u.tenant}` in a title."""
        if title is None:
            return
        written = self.module.source.slice(title.span)
        for found in _PLACEHOLDER.finditer(written):
            variable = scope.get(found.group(1))
            if variable is None:
                continue
            start = title.span.start
            place = Span(title.span.path, start + found.start(1), start + found.end(1))
            yield Occurrence(place, variable.symbol)
            if found.group(2) and variable.record:
                field = Span(title.span.path, start + found.start(2), start + found.end(2))
                yield Occurrence(field, Symbol("field", variable.record, found.group(2)))
