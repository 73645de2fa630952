"""Errors of syntax in the author's words."""

from __future__ import annotations

from attain_compiler.diagnostics.model import Diagnostic
from attain_compiler.source import SourceFile, Span
from attain_compiler.syntax.automaton import Trouble, Unexpected
from attain_compiler.syntax.tables import Tables


def explain(source: SourceFile, tables: Tables, trouble: Trouble) -> Diagnostic:
    token = trouble.token
    span = Span(source.path, token.start, token.end)
    if isinstance(trouble, Unexpected):
        return Diagnostic("unexpected", f"unexpected {token.kind} `{token.text}` want {sorted(tables.actions[trouble.state])[:30]}", span)
    return Diagnostic("too-deep", "too deep", span)
