"""The names in expressions and other parts of declarations, with the variables that are bound around each.

Where the type that is expected decides (a value that two enums have), the compiler's own answer is asked for.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from typing import Any

from attain_compiler.frozen import frozen
from attain_compiler.model.modules import Module, Named
from attain_compiler.model.scope import Declared
from attain_compiler.source import Span
from attain_compiler.syntax import ast
from attain_compiler.syntax.placeholders import expressions_in
from attain_engine.lsp.symbols import Kind, Occurrence, Symbol
from attain_engine.lsp.workspace import Analysis

KINDS: Mapping[type[Named], Kind] = {
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
DECLARATIONS = frozenset(KINDS.values())
"""What stands by itself in a file, with a name."""


@frozen
class Variable:
    """`record` is the id of the record of which it is a row; empty where it is something else."""

    symbol: Symbol
    record: str


Scope = Mapping[str, Variable]


def symbol_of(declared: Declared) -> Symbol:
    """The symbol of a named declaration."""
    return Symbol(KINDS[type(declared.written)], declared.module, declared.name)


class Parts:
    """Finds the names in the parts of the declarations of a file."""

    def __init__(self, analysis: Analysis, module: Module) -> None:
        self.analysis = analysis
        self.module = module
        self.visible = analysis.understood.visible[module.source.path]
        self.used = analysis.understood.heads.uses.at

    # ------------------------------------------------------------ binders

    def place(self, span: Span) -> str:
        return f"{span.path}:{span.start}"

    def parameters(self, nodes: tuple[ast.Parameter, ...]) -> tuple[list[Occurrence], Scope]:
        found: list[Occurrence] = []
        scope: dict[str, Variable] = {}
        for each in nodes:
            domain = " ".join(self.module.source.slice(each.type.span).split())
            symbol = Symbol("variable", self.place(each.name.span), each.name.text)
            scope[each.name.text] = Variable(symbol, self.record_called(each.type.name.text))
            found.append(Occurrence(each.name.span, symbol, declares=True, domain=domain))
            found.extend(self.below(each.type, {}))
        return found, scope

    def bound(self, binder: ast.Binder, scope: Scope) -> tuple[list[Occurrence], Scope]:
        """The names in a binder, and what is seen inside it."""
        found = list(self.named(binder.domain)) if isinstance(binder.domain, ast.Name) else []
        record = self.record_called(binder.domain.text) if isinstance(binder.domain, ast.Name) else ""
        if not isinstance(binder.domain, ast.Name):
            found.extend(self.below(binder.domain, scope))
        domain = " ".join(self.module.source.slice(binder.domain.span).split())
        symbol = Symbol("variable", self.place(binder.variable.span), binder.variable.text)
        found.append(Occurrence(binder.variable.span, symbol, declares=True, domain=domain))
        return found, {**scope, binder.variable.text: Variable(symbol, record)}

    def record_called(self, name: str) -> str:
        declared = self.visible.declarations.get(name)
        return declared.id if declared is not None and isinstance(declared.written, ast.Record) else ""

    # ------------------------------------------------------------ expressions

    def named(self, name: ast.Name) -> Iterator[Occurrence]:
        """The name of a declaration, where nothing else may stand."""
        declared = self.visible.declarations.get(name.text)
        if declared is not None:
            yield Occurrence(name.span, symbol_of(declared))

    def below(self, node: object, scope: Scope, leave: tuple[str, ...] = ()) -> Iterator[Occurrence]:
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
            case ast.Binding():
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

    def below_parts(self, node: ast.Node, scope: Scope, leave: tuple[str, ...]) -> Iterator[Occurrence]:
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

    def fields(self, record: str, values: Sequence[ast.FieldValue], scope: Scope) -> Iterator[Occurrence]:
        for each in values:
            if record:
                yield Occurrence(each.field.span, Symbol("field", record, each.field.text))
            yield from self.value(each.value, scope, self.type_of_field(record, each.field.text))

    def type_of_field(self, record: str, field: str) -> str:
        declared = self.analysis.understood.heads.records.get(record)
        found = next((each for each in declared.fields if each.name == field), None) if declared else None
        return str(found.type) if found is not None else ""

    def variable(self, name: ast.Name, scope: Scope) -> Iterator[Occurrence]:
        if name.text in scope:
            yield Occurrence(name.span, scope[name.text].symbol)

    def value(self, node: object, scope: Scope, expected: str) -> Iterator[Occurrence]:
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

    def reference(self, name: ast.Name, scope: Scope, expected: str) -> Iterator[Occurrence]:
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

    def field(self, subject: ast.Expression, field: ast.Name, scope: Scope) -> Iterator[Occurrence]:
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
