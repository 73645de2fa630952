"""Every name in a file, and what it means.

Names are found in the tree, with the variables that are bound around each. Where the type that is expected decides (a
value that two enums have), the compiler's own answer is asked for.
"""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cache, lru_cache
from typing import Any

from attain_compiler.frozen import frozen
from attain_compiler.model.modules import Module, Named
from attain_compiler.model.scope import Declared
from attain_compiler.source import Span
from attain_compiler.syntax import ast
from attain_compiler.syntax.placeholders import expressions_in
from attain_engine.lsp.symbols import DECLARATIONS, Kind, Occurrence, Symbol
from attain_engine.lsp.workspace import Analysis

_PLACEHOLDER = re.compile(r"\{([A-Za-z][\w-]*)(?:\.([A-Za-z][\w-]*))?\}")
_KINDS: Mapping[type[Named], Kind] = {
    ast.Enum: "enum",
    ast.Entity: "entity",
    ast.Record: "record",
    ast.Table: "parameter",
    ast.Reading: "reading",
    ast.Define: "define",
    ast.Measure: "measure",
    ast.Score: "score",
    ast.Designation: "designation",
    ast.Change: "change",
    ast.Report: "report",
}


@frozen
class _Variable:
    """`record` is the id of the record of which it is a row; empty where it is something else."""

    symbol: Symbol
    record: str


_Scope = Mapping[str, _Variable]


def symbol_of(declared: Declared) -> Symbol:
    """The symbol of a named declaration."""
    return Symbol(_KINDS[type(declared.written)], declared.module, declared.name)


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


class _Finder:
    def __init__(self, analysis: Analysis, module: Module) -> None:
        self.analysis = analysis
        self.module = module
        self.visible = analysis.understood.visible[module.source.path]
        self.used = analysis.understood.heads.uses.at
        examples = [each for each in module.file.declarations if isinstance(each, ast.Example)]
        wanted = {each.like.value for each in examples if each.like is not None}
        self.bases = {
            each.title.value: Symbol("example", module.name, module.source.slice(inside_quotes(each.title)))
            for each in examples
            if each.title.value in wanted
        }
        """The examples that others build on, by their titles."""

    def import_called(self, name: str) -> Symbol:
        return Symbol("variable", self.place(self.visible.called[name]), name)

    def apart(self, found: Occurrence) -> Iterator[Occurrence]:
        """A qualified name as what the import is called and the name itself."""
        owner, dot, _ = self.module.source.slice(found.span).partition(".")
        if not dot or owner.rstrip() not in self.visible.called or found.symbol.kind not in DECLARATIONS:
            yield found
            return
        path, start, end = found.span.path, found.span.start, found.span.end
        yield Occurrence(Span(path, start, start + len(owner.rstrip())), self.import_called(owner.rstrip()))
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
                    yield Occurrence(node.called.span, self.import_called(node.called.text), True, domain)
                return
            case ast.Excluded(binder=binder) | ast.Precedence(binder=binder):
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
        symbol = Symbol(_KINDS[type(node)], self.module.name, node.name.text)
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
        scope: dict[str, _Variable] = {}
        for column in node.columns:
            symbol = Symbol("variable", self.place(column.span), column.text)
            scope[column.text] = _Variable(symbol, "")
            yield Occurrence(column.span, symbol, declares=True, domain="a column of the cases below")
        yield from self.placeholders(node.title, scope)
        for choice in node.readings:
            yield from self.named(choice.reading)
            reading = self.visible.declarations.get(choice.reading.text)
            if reading is not None:
                yield Occurrence(choice.alternative.span, Symbol("value", reading.id, choice.alternative.text))
        yield from self.below(node, scope, leave=("columns", "readings"))

    def placeholders(self, title: ast.Text | None, scope: _Scope) -> Iterator[Occurrence]:
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

    # ------------------------------------------------------------ binders

    def place(self, span: Span) -> str:
        return f"{span.path}:{span.start}"

    def parameters(self, nodes: tuple[ast.Parameter, ...]) -> tuple[list[Occurrence], _Scope]:
        found: list[Occurrence] = []
        scope: dict[str, _Variable] = {}
        for each in nodes:
            domain = " ".join(self.module.source.slice(each.type.span).split())
            symbol = Symbol("variable", self.place(each.name.span), each.name.text)
            scope[each.name.text] = _Variable(symbol, self.record_called(each.type.name.text))
            found.append(Occurrence(each.name.span, symbol, declares=True, domain=domain))
            found.extend(self.below(each.type, {}))
        return found, scope

    def bound(self, binder: ast.Binder, scope: _Scope) -> tuple[list[Occurrence], _Scope]:
        """The names in a binder, and what is seen inside it."""
        found = list(self.named(binder.domain)) if isinstance(binder.domain, ast.Name) else []
        record = self.record_called(binder.domain.text) if isinstance(binder.domain, ast.Name) else ""
        if not isinstance(binder.domain, ast.Name):
            found.extend(self.below(binder.domain, scope))
        domain = " ".join(self.module.source.slice(binder.domain.span).split())
        symbol = Symbol("variable", self.place(binder.variable.span), binder.variable.text)
        found.append(Occurrence(binder.variable.span, symbol, declares=True, domain=domain))
        return found, {**scope, binder.variable.text: _Variable(symbol, record)}

    def record_called(self, name: str) -> str:
        declared = self.visible.declarations.get(name)
        return declared.id if declared is not None and isinstance(declared.written, ast.Record) else ""

    # ------------------------------------------------------------ expressions

    def named(self, name: ast.Name) -> Iterator[Occurrence]:
        """The name of a declaration, where nothing else may stand."""
        declared = self.visible.declarations.get(name.text)
        if declared is not None:
            yield Occurrence(name.span, symbol_of(declared))

    def below(self, node: object, scope: _Scope, leave: tuple[str, ...] = ()) -> Iterator[Occurrence]:
        """The names in a node. Of a node that is given whole, those of its parts except for `leave`."""
        match node:
            case tuple():
                for each in node:
                    yield from self.below(each, scope)
            case ast.TypeName():
                yield from self.named(node.name)
                yield from self.below(node.element, scope)
            case ast.Reference() | ast.Call() | ast.Member():
                yield from self.value(node, scope, "")
            case ast.TheRecord(record=name) | ast.NewEntity(entity=name):
                yield from self.named(name)
            case ast.Comparison(
                left=(ast.Reference(qualifier=None, name=name) | ast.Call(name=name)) as left,
                right=ast.Reference() as right,
            ):
                yield from self.value(left, scope, "")
                declared = None if name.text in scope else self.visible.declarations.get(name.text)
                if declared is not None and isinstance(declared.written, ast.Designation):
                    yield Occurrence(right.name.span, Symbol("tier", declared.id, right.name.text))
                else:
                    yield from self.value(right, scope, "")
            case ast.Quantifier() | ast.Aggregate() | ast.Allocation() | ast.BestFor():
                bound, inner = self.bound(node.binder, scope)
                yield from bound
                yield from self.below_parts(node, inner, ("binder",))
            case ast.GivenRows(record=name, rows=rows):
                yield from self.named(name)
                for row in rows:
                    yield from self.fields(self.record_called(name.text), row, scope)
            case ast.PlanTarget(designation=name, arguments=arguments, tier=tier, amount=amount):
                yield from self.named(name)
                yield from self.below(arguments, scope)
                yield from self.below(amount, scope)
                declared = self.visible.declarations.get(name.text)
                if tier is not None and declared is not None:
                    yield Occurrence(tier.span, Symbol("tier", declared.id, tier.text))
            case ast.Planned(change=name, arguments=arguments, times=times):
                if name.text in self.visible.changes:
                    yield Occurrence(name.span, symbol_of(self.visible.changes[name.text]))
                yield from self.below(arguments, scope)
                yield from self.below(times, scope)
            case ast.Adds(record=name, values=values):
                yield from self.named(name)
                yield from self.fields(self.record_called(name.text), values, scope)
            case ast.Removes(row=name):
                yield from self.variable(name, scope)
            case ast.Sets(row=name, field=field, value=value):
                yield from self.variable(name, scope)
                if name.text in scope and scope[name.text].record:
                    yield Occurrence(field.span, Symbol("field", scope[name.text].record, field.text))
                yield from self.below(value, scope)
            case ast.Node():
                yield from self.below_parts(node, scope, leave)
            case _:
                pass

    def below_parts(self, node: ast.Node, scope: _Scope, leave: tuple[str, ...]) -> Iterator[Occurrence]:
        kind: Any = type(node)
        if isinstance(node, ast.Require | ast.Part) and node.title is not None:
            yield from (
                one
                for _, _, each in expressions_in(node.title, frozenset(self.visible.called))
                for one in self.below(each, scope)
            )
        for name in _parts(kind):
            if name not in leave:
                yield from self.below(getattr(node, name), scope)

    def fields(self, record: str, values: Sequence[ast.FieldValue], scope: _Scope) -> Iterator[Occurrence]:
        for each in values:
            if record:
                yield Occurrence(each.field.span, Symbol("field", record, each.field.text))
            yield from self.value(each.value, scope, self.type_of_field(record, each.field.text))

    def type_of_field(self, record: str, field: str) -> str:
        declared = self.analysis.understood.heads.records.get(record)
        found = next((each for each in declared.fields if each.name == field), None) if declared else None
        return str(found.type) if found is not None else ""

    def variable(self, name: ast.Name, scope: _Scope) -> Iterator[Occurrence]:
        if name.text in scope:
            yield Occurrence(name.span, scope[name.text].symbol)

    def value(self, node: object, scope: _Scope, expected: str) -> Iterator[Occurrence]:
        """An expression; `expected` is the name of the enum of which a value should stand here, if that is known."""
        match node:
            case ast.Reference(qualifier=ast.Name() as owner, name=name):
                yield from self.named(owner)
                yield from self.member(self.visible.declarations.get(owner.text), name)
            case ast.Reference(name=name):
                yield from self.reference(name, scope, expected)
            case ast.Call(name=name, arguments=arguments):
                yield from self.named(name)
                yield from self.below(arguments, scope)
            case ast.Member(subject=subject, field=field):
                yield from self.below(subject, scope)
                yield from self.field(subject, field, scope)
            case _:
                yield from self.below(node, scope)

    def reference(self, name: ast.Name, scope: _Scope, expected: str) -> Iterator[Occurrence]:
        if name.text in scope:
            yield Occurrence(name.span, scope[name.text].symbol)
            return
        values = self.visible.values.get(name.text, ())
        declared = self.visible.declarations.get(name.text)
        told = self.used.get(name.span)
        owner = next((each.enum for each in values if each.enum == told), None)
        if owner is None and told is None:
            owner = next((each.enum for each in values if each.enum.rpartition(".")[2] == expected), None)
        if owner is None and declared is None and len(values) == 1:
            owner = values[0].enum
        if owner is not None:
            yield Occurrence(name.span, Symbol("value", owner, name.text))
        elif declared is not None:
            yield Occurrence(name.span, symbol_of(declared))

    def field(self, subject: ast.Expression, field: ast.Name, scope: _Scope) -> Iterator[Occurrence]:
        match subject:
            case ast.Reference(qualifier=None, name=name) if name.text in scope:
                if scope[name.text].record:
                    yield Occurrence(field.span, Symbol("field", scope[name.text].record, field.text))
            case ast.TheRecord(record=record):
                if self.record_called(record.text):
                    yield Occurrence(field.span, Symbol("field", self.record_called(record.text), field.text))
            case ast.Reference(qualifier=None, name=name) | ast.Call(name=name):
                yield from self.member(self.visible.declarations.get(name.text), field)
            case ast.Member() | ast.Reference():
                path: list[str] = []
                start: ast.Expression = subject
                while isinstance(start, ast.Member):
                    path.insert(0, start.field.text)
                    start = start.subject
                if isinstance(start, ast.Reference | ast.Call):
                    if isinstance(start, ast.Reference) and start.qualifier is not None:
                        path.insert(0, start.name.text)
                    root = start.qualifier if isinstance(start, ast.Reference) and start.qualifier else start.name
                    declared = self.visible.declarations.get(root.text)
                    if declared is not None and isinstance(declared.written, ast.Designation):
                        yield from self.requirement(declared, path, field)
            case _:
                pass

    def member(self, declared: Declared | None, name: ast.Name) -> Iterator[Occurrence]:
        """What stands after the dot behind the name of a declaration."""
        match declared.written if declared is not None else None:
            case ast.Enum() | ast.Reading():
                yield Occurrence(name.span, Symbol("value", declared.id, name.text))  # type: ignore[union-attr]
            case ast.Score():
                yield Occurrence(name.span, Symbol("part", declared.id, name.text))  # type: ignore[union-attr]
            case ast.Designation():
                yield from self.requirement(declared, [], name)  # type: ignore[arg-type]
            case _:
                pass

    def requirement(self, declared: Declared, path: list[str], name: ast.Name) -> Iterator[Occurrence]:
        """A requirement, or an option or tier on the way to one."""
        assert isinstance(declared.written, ast.Designation)
        owner = ".".join([declared.id, *path])
        here: Any = declared.written
        for step in path:
            here = next((each for each in _steps(here) if each.name.text == step), None)
        found = next((each for each in (*_steps(here), *_requirements(here)) if each.name.text == name.text), None)
        kinds: dict[type, Kind] = {ast.Tier: "tier", ast.Option: "option", ast.Require: "requirement"}
        if found is not None:
            yield Occurrence(name.span, Symbol(kinds[type(found)], owner, name.text))


def _steps(node: ast.Designation | ast.Tier | ast.Option | None) -> tuple[ast.Tier | ast.Option, ...]:
    match node:
        case ast.Designation():
            return (*node.tiers, *node.options)
        case ast.Tier():
            return node.options
        case _:
            return ()


def _requirements(node: ast.Designation | ast.Tier | ast.Option | None) -> tuple[ast.Require, ...]:
    return node.requirements if node is not None else ()


@cache
def _parts(kind: Any) -> tuple[str, ...]:
    """The parts of a kind of node that may have names in them."""
    left_out = ("span", "notes", "title")
    return tuple(each.name for each in dataclasses.fields(kind) if each.name not in left_out)
