"""From places and answers to what editors read: lines, UTF-16 columns, and the types of the protocol."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from lsprotocol import types as lsp
from pygls.uris import from_fs_path, to_fs_path

from attain_compiler.diagnostics.model import Diagnostic, Severity
from attain_compiler.source import SourceFile, Span
from attain_engine.lsp.completion import Completion
from attain_engine.lsp.outline import Item
from attain_engine.lsp.rename import Edit
from attain_engine.lsp.tokens import MODIFIERS, TOKEN_KINDS, SemanticToken
from attain_engine.lsp.workspace import absolute

SourceOf = Callable[[str], SourceFile | None]
"""The file at a path as it stands."""

LEGEND = lsp.SemanticTokensLegend(token_types=list(TOKEN_KINDS), token_modifiers=list(MODIFIERS))

_SEVERITIES = {
    Severity.ERROR: lsp.DiagnosticSeverity.Error,
    Severity.WARNING: lsp.DiagnosticSeverity.Warning,
    Severity.NOTE: lsp.DiagnosticSeverity.Information,
}
_SYMBOLS = {
    "policy": lsp.SymbolKind.Module,
    "enum": lsp.SymbolKind.Enum,
    "value": lsp.SymbolKind.EnumMember,
    "entity": lsp.SymbolKind.TypeParameter,
    "record": lsp.SymbolKind.Struct,
    "field": lsp.SymbolKind.Field,
    "parameter": lsp.SymbolKind.Constant,
    "reading": lsp.SymbolKind.Interface,
    "define": lsp.SymbolKind.Boolean,
    "measure": lsp.SymbolKind.Function,
    "score": lsp.SymbolKind.Number,
    "part": lsp.SymbolKind.Property,
    "designation": lsp.SymbolKind.Class,
    "requirement": lsp.SymbolKind.Method,
    "option": lsp.SymbolKind.Method,
    "tier": lsp.SymbolKind.Method,
    "change": lsp.SymbolKind.Event,
    "report": lsp.SymbolKind.Function,
    "example": lsp.SymbolKind.String,
    "claim": lsp.SymbolKind.String,
}
_UNNAMED = lsp.SymbolKind.Operator
"""What has no name, and is not listed."""

_COMPLETIONS = {
    "word": lsp.CompletionItemKind.Keyword,
    "type": lsp.CompletionItemKind.TypeParameter,
    "file": lsp.CompletionItemKind.Module,
    "policy": lsp.CompletionItemKind.Module,
    "enum": lsp.CompletionItemKind.Enum,
    "entity": lsp.CompletionItemKind.TypeParameter,
    "record": lsp.CompletionItemKind.Struct,
    "parameter": lsp.CompletionItemKind.Constant,
    "reading": lsp.CompletionItemKind.Interface,
    "define": lsp.CompletionItemKind.Function,
    "measure": lsp.CompletionItemKind.Function,
    "score": lsp.CompletionItemKind.Function,
    "designation": lsp.CompletionItemKind.Class,
    "change": lsp.CompletionItemKind.Event,
    "report": lsp.CompletionItemKind.Function,
    "value": lsp.CompletionItemKind.EnumMember,
    "field": lsp.CompletionItemKind.Field,
    "part": lsp.CompletionItemKind.Property,
    "requirement": lsp.CompletionItemKind.Method,
    "option": lsp.CompletionItemKind.Method,
    "tier": lsp.CompletionItemKind.Method,
    "variable": lsp.CompletionItemKind.Variable,
}


def path_of(uri: str) -> str | None:
    """The path of a document; None for one that is no file, such as one that was never saved."""
    if not uri.startswith("file:"):
        return None
    path: str | None = to_fs_path(uri)
    return absolute(path) if path is not None else None


def uri_of(path: str) -> str:
    uri: str | None = from_fs_path(path)
    assert uri is not None, "a path of a file has a URI"
    return uri


def offset_of(source: SourceFile, position: lsp.Position) -> int:
    return source.offset_at(position.line, position.character)


def position_of(source: SourceFile, offset: int) -> lsp.Position:
    line, column = source.utf16_position(offset)
    return lsp.Position(line, column)


def range_of(source: SourceFile, span: Span) -> lsp.Range:
    return lsp.Range(position_of(source, span.start), position_of(source, span.end))


def locations(source_of: SourceOf, spans: Iterable[Span]) -> list[lsp.Location]:
    found = []
    for span in spans:
        source = source_of(span.path)
        if source is not None:
            found.append(lsp.Location(uri_of(span.path), range_of(source, span)))
    return found


def diagnostic(source_of: SourceOf, found: Diagnostic) -> lsp.Diagnostic | None:
    """A diagnostic; None where its file cannot be read. The label stands in its message, and so does the help."""
    source = source_of(found.span.path)
    if source is None:
        return None
    message = "\n".join(part for part in (found.message, found.label, found.help and f"help: {found.help}") if part)
    related = []
    for label in found.secondary:
        for where in locations(source_of, [label.span]):
            related.append(lsp.DiagnosticRelatedInformation(where, label.text))
    tags = [lsp.DiagnosticTag.Unnecessary] if found.code == "unused" else None
    return lsp.Diagnostic(
        range=range_of(source, found.span),
        message=message,
        severity=_SEVERITIES[found.severity],
        code=found.code,
        source="attain",
        related_information=related or None,
        tags=tags,
    )


def text_edits(source: SourceFile, edits: Sequence[Edit]) -> list[lsp.TextEdit]:
    return [lsp.TextEdit(range_of(source, each.span), each.text) for each in edits]


def workspace_edit(source_of: SourceOf, edits: Sequence[Edit]) -> lsp.WorkspaceEdit:
    changes: dict[str, list[lsp.TextEdit]] = {}
    for each in edits:
        source = source_of(each.span.path)
        if source is not None:
            changes.setdefault(uri_of(each.span.path), []).extend(text_edits(source, [each]))
    return lsp.WorkspaceEdit(changes=changes)


def document_symbol(source: SourceFile, item: Item) -> lsp.DocumentSymbol:
    whole = item.span.to(item.name_span)
    return lsp.DocumentSymbol(
        name=item.name,
        kind=_SYMBOLS.get(item.kind, _UNNAMED),
        range=range_of(source, whole),
        selection_range=range_of(source, item.name_span),
        detail=item.detail or None,
        children=[document_symbol(source, each) for each in item.inside],
    )


def symbol_information(source_of: SourceOf, item: Item) -> list[lsp.WorkspaceSymbol]:
    return [
        lsp.WorkspaceSymbol(
            name=item.name, kind=_SYMBOLS.get(item.kind, _UNNAMED), location=where, container_name=item.detail or None
        )
        for where in locations(source_of, [item.name_span])
    ]


def completion_item(source: SourceFile, found: Completion, snippets: bool) -> lsp.CompletionItem:
    is_snippet = "${" in found.text
    text = found.text if snippets or not is_snippet else found.label
    return lsp.CompletionItem(
        label=found.label,
        kind=_COMPLETIONS[found.kind],
        detail=found.detail or None,
        sort_text=f"{found.rank}{found.label}",
        filter_text=found.label,
        insert_text_format=lsp.InsertTextFormat.Snippet if is_snippet and snippets else lsp.InsertTextFormat.PlainText,
        text_edit=lsp.TextEdit(range_of(source, found.span), text),
    )


def semantic_data(source: SourceFile, tokens: Sequence[SemanticToken]) -> list[int]:
    """The tokens as the protocol packs them: each by its distance from the one before."""
    data: list[int] = []
    last_line, last_column = 0, 0
    for each in tokens:
        line, column = source.utf16_position(each.span.start)
        end_line, end_column = source.utf16_position(each.span.end)
        if end_line != line:
            continue  # the protocol's tokens are within a line
        modifiers = int(each.declaration) | int(each.readonly) << 1
        distance = column - last_column if line == last_line else column
        data += [line - last_line, distance, end_column - column, TOKEN_KINDS.index(each.kind), modifiers]
        last_line, last_column = line, column
    return data
