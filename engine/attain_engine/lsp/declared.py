"""What a symbol stands for: where it is declared, the declaration as written, and its type."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import PurePath

from attain_compiler.frozen import frozen
from attain_compiler.model.modules import NAMED, Module, Named
from attain_compiler.model.units import described
from attain_compiler.source import SourceFile, Span
from attain_compiler.syntax import ast
from attain_engine.lsp.names import inside_quotes, name_at, names_in
from attain_engine.lsp.parts import DECLARATIONS
from attain_engine.lsp.symbols import Occurrence, Symbol
from attain_engine.lsp.workspace import Analysis, Workspace

_Inside = (
    Named | ast.Policy | ast.EnumValue | ast.Alternative | ast.Field | ast.Part | ast.Require | ast.Option | ast.Tier
)
Written = _Inside | ast.Example


@frozen
class Declaration:
    """The declaration of a symbol: the node that was written, and its file."""

    node: Written
    source: SourceFile

    @property
    def text(self) -> str:
        return self.source.slice(self.node.span)


def symbol_at(workspace: Workspace, path: str, offset: int) -> tuple[Analysis, Occurrence] | None:
    """The name at a place, and what it means."""
    analysis = workspace.analysis(path)
    if analysis is None:
        return None
    found = name_at(names_in(analysis, path), offset)
    return (analysis, found) if found is not None else None


def place_of(analysis: Analysis, symbol: Symbol) -> Span | None:
    """Where the name of a symbol is declared."""
    if symbol.kind == "variable":
        path, _, start = symbol.owner.rpartition(":")
        return Span(path, int(start), int(start) + len(symbol.name))
    found = declaration_of(analysis, symbol)
    if found is not None:
        return inside_quotes(found.node.title) if isinstance(found.node, ast.Example) else found.node.name.span
    module = analysis.module_called(symbol.name) if symbol.kind == "policy" else None
    amended = (path for each in analysis.understood.modules for path in each.amended.sources)
    called = (each for each in amended if PurePath(each).stem == symbol.name)
    at = module.source.path if module is not None else next(called, None)
    return Span(at, 0, 0) if at is not None and symbol.kind == "policy" else None


def declaration_of(analysis: Analysis, symbol: Symbol) -> Declaration | None:
    """The declaration of anything but a variable."""
    if symbol.kind == "policy":
        module = analysis.module_called(symbol.name)
        return Declaration(module.header, module.source) if module is not None and module.header is not None else None
    if symbol.kind in DECLARATIONS:
        module = analysis.module_called(symbol.owner)
        written = _written(module, symbol.name) if module is not None else None
        return _found(written, module) if module is not None else None
    if symbol.kind == "example":
        return _example(analysis, symbol)
    name, _, rest = symbol.owner.partition(".")
    declared, *path = rest.split(".")
    module = analysis.module_called(name)
    if module is None:
        return None
    inside: _Inside | None = _written(module, declared)
    for step in path:
        inside = next((each for each in _inside(inside) if each.name.text == step), None)
    found = next((each for each in _inside(inside) if each.name.text == symbol.name), None)
    return _found(found, module)


def _found(written: Written | None, module: Module) -> Declaration | None:
    return Declaration(written, module.sources[written.span.path]) if written is not None else None


def _example(analysis: Analysis, symbol: Symbol) -> Declaration | None:
    """The example with this title."""
    module = analysis.module_called(symbol.owner)
    if module is None:
        return None
    examples = (each for each in module.file.declarations if isinstance(each, ast.Example))
    found = next((each for each in examples if module.source.slice(inside_quotes(each.title)) == symbol.name), None)
    return Declaration(found, module.source) if found is not None else None


def _written(module: Module, name: str) -> Named | None:
    return next((each for each in module.declarations if isinstance(each, NAMED) and each.name.text == name), None)


def _inside(node: _Inside | None) -> Iterator[_Inside]:
    """What is declared inside a declaration."""
    match node:
        case ast.Enum(values=members):
            yield from members
        case ast.Reading(alternatives=alternatives):
            yield from alternatives
        case ast.Record(fields=fields):
            yield from fields
        case ast.Score(parts=parts):
            yield from parts
        case ast.Designation(requirements=requirements, options=options, tiers=tiers):
            yield from tiers
            yield from options
            yield from requirements
        case ast.Tier(requirements=requirements, options=options):
            yield from options
            yield from requirements
        case ast.Option(requirements=requirements):
            yield from requirements
        case _:
            pass


def type_of(analysis: Analysis, symbol: Symbol) -> str:
    """What a symbol is, in words: `a count`, `money in USD`, `a condition (yes or no)`."""
    heads = analysis.understood.heads
    match symbol.kind:
        case "reading" if (chosen := _default(analysis, symbol)) is not None:
            return f"a reading of the source; the default is `{chosen}`"
        case "parameter" | "reading" | "define" | "measure" | "score":
            head = heads.values.get(symbol.id)
            return described(head.type) if head is not None else ""
        case "field":
            record = heads.records.get(symbol.owner)
            field = next((each for each in record.fields if each.name == symbol.name), None) if record else None
            return described(field.type) if field is not None else ""
        case "value":
            return f"a value of `{symbol.owner.rpartition('.')[2]}`"
        case "part":
            return f"points, a part of `{symbol.owner.rpartition('.')[2]}`"
        case "requirement" | "option" | "tier":
            return f"a{'n' if symbol.kind == 'option' else ''} {symbol.kind} of `{symbol.owner.partition('.')[2]}`"
        case "enum":
            enum = heads.enums.get(symbol.id)
            number = len(enum.members) if enum is not None else 0
            return f"{number} value{'' if number == 1 else 's'}"
        case "entity":
            return "an identifier"
        case _:
            return ""


def _default(analysis: Analysis, symbol: Symbol) -> str | None:
    """The default of a reading."""
    found = declaration_of(analysis, symbol)
    if found is None or not isinstance(found.node, ast.Reading):
        return None
    return next((each.name.text for each in found.node.alternatives if each.default), None)
