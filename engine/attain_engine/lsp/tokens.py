"""Semantic tokens: every word of a file, by what it means."""

from __future__ import annotations

from typing import Literal, get_args

from attain_compiler.frozen import frozen
from attain_compiler.source import Span
from attain_compiler.syntax.allowed import words
from attain_compiler.syntax.tokens import LITERALS, scan
from attain_engine.lsp.names import names_in
from attain_engine.lsp.symbols import Kind
from attain_engine.lsp.workspace import Workspace

TokenKind = Literal[
    "namespace",
    "enum",
    "enumMember",
    "struct",
    "type",
    "property",
    "function",
    "class",
    "method",
    "event",
    "variable",
    "parameter",
    "keyword",
    "number",
    "string",
    "comment",
]
TOKEN_KINDS: tuple[TokenKind, ...] = get_args(TokenKind)
MODIFIERS = ("declaration", "readonly")

_OF_SYMBOL: dict[Kind, TokenKind] = {
    "policy": "namespace",
    "enum": "enum",
    "entity": "type",
    "record": "struct",
    "parameter": "variable",
    "reading": "enum",
    "define": "function",
    "measure": "function",
    "score": "function",
    "designation": "class",
    "change": "event",
    "report": "function",
    "value": "enumMember",
    "field": "property",
    "part": "property",
    "requirement": "method",
    "option": "method",
    "tier": "method",
    "variable": "parameter",
}
_BUILT_IN = frozenset({"count", "number", "points", "percent", "money", "date", "month", "duration", "flag", "text"})


@frozen
class SemanticToken:
    """`readonly`: a figure of the source, which no facts change."""

    span: Span
    kind: TokenKind
    declaration: bool = False
    readonly: bool = False


def semantic_tokens(workspace: Workspace, path: str) -> tuple[SemanticToken, ...]:
    """The tokens of a file in order. Each is within one line, and none overlaps another."""
    analysis = workspace.analysis(path)
    if analysis is None:
        return ()
    names = {each.span.start: each for each in names_in(analysis, path)}
    written = scan(analysis.source.text)
    found: list[SemanticToken] = []
    for token in (*written.tokens, *written.comments):
        span = Span(path, token.start, token.end)
        name = names.get(token.start)
        if token.kind == "NAME" and name is not None and name.span == span:
            kind = _OF_SYMBOL[name.symbol.kind]
            found.append(SemanticToken(span, kind, name.declares, name.symbol.kind in ("parameter", "reading")))
        elif token.kind == "NAME" and token.text in _BUILT_IN:
            found.append(SemanticToken(span, "type"))
        elif token.kind == "NAME" and token.text in words():
            found.append(SemanticToken(span, "keyword"))
        elif token.kind in LITERALS and "\n" not in token.text:
            found.append(SemanticToken(span, "number"))
        elif token.kind == "STRING":
            found.append(SemanticToken(span, "string"))
        elif token.kind == "COMMENT":
            found.append(SemanticToken(span, "comment"))
    return tuple(sorted(found, key=lambda each: each.span))
