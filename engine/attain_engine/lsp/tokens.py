"""Semantic tokens: every word of a file, by what it means."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Literal, get_args

from attain_compiler.frozen import frozen
from attain_compiler.source import Span
from attain_compiler.syntax.allowed import words
from attain_compiler.syntax.tokens import LITERALS, scan
from attain_engine.lsp.names import names_in
from attain_engine.lsp.symbols import Kind, Occurrence
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
_BEFORE_A_DATE = frozenset({"assessment", "plan", "this", "last"})
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
    names = {each.span.start: each for each in names_in(analysis, path) if each.symbol.kind != "example"}
    written = scan(analysis.source.text)
    found: list[SemanticToken] = []
    starts = frozenset(each.start for each in written.tokens)
    inside = [each for start, each in names.items() if start not in starts]
    before = ""
    followed = [each.text for each in written.tokens[1:]] + [""] * (1 + len(written.comments))
    for token, following in zip((*written.tokens, *written.comments), followed, strict=False):
        span = Span(path, token.start, token.end)
        name = names.get(token.start)
        if token.kind == "NAME" and name is not None and name.span == span:
            kind = _OF_SYMBOL[name.symbol.kind]
            found.append(SemanticToken(span, kind, name.declares, name.symbol.kind in ("parameter", "reading")))
        elif token.kind == "NAME" and token.text in _BUILT_IN and not (before in _BEFORE_A_DATE or following == "of"):
            found.append(SemanticToken(span, "type"))
        elif token.kind == "NAME" and token.text in words():
            found.append(SemanticToken(span, "keyword"))
        elif token.kind in LITERALS and "\n" not in token.text:
            found.append(SemanticToken(span, "number"))
        elif token.kind == "STRING":
            found += _text(span, [each for each in inside if token.start < each.span.start < token.end])
        elif token.kind == "COMMENT":
            found.append(SemanticToken(span, "comment"))
        before = token.text
    return tuple(sorted(found, key=lambda each: each.span))


def _text(span: Span, names: Sequence[Occurrence]) -> Iterator[SemanticToken]:
    """A text in quotes, with the names in it that stand for something: `"{n} members"`."""
    start = span.start
    for each in sorted(names, key=lambda one: one.span):
        yield SemanticToken(Span(span.path, start, each.span.start), "string")
        yield SemanticToken(each.span, _OF_SYMBOL[each.symbol.kind])
        start = each.span.end
    yield SemanticToken(Span(span.path, start, span.end), "string")
