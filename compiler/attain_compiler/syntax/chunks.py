"""Cut a file into its declarations, so that a mistake in one does not hide those in the others."""

from __future__ import annotations

from functools import cache

from attain_compiler.syntax.layout import CLOSING, OPENING
from attain_compiler.syntax.parser import START, parser
from attain_compiler.syntax.terminals import terminals
from attain_compiler.syntax.tokens import Token


@cache
def keywords() -> frozenset[str]:
    """The words that a declaration begins with."""
    table, words = parser().table, terminals().words
    return frozenset([words[name] for name in table.states[table.start_states[START]] if name in words])


def begins_declaration(token: Token) -> bool:
    """Whether a declaration may begin with this token: a keyword, in the first column."""
    return token.indent == 0 and token.text in keywords()


def split(tokens: list[Token]) -> list[list[Token]]:
    """The tokens of each declaration: it begins where a line starts in the first column.

    Inside parentheses or braces that are left open only a declaration's keyword begins one, and only outside of them
    another word.
    """
    chunks: list[list[Token]] = []
    depth = 0
    for token in tokens:
        if token.indent == 0 and (depth == 0 or token.text in keywords()):
            chunks.append([])
            depth = 0
        elif not chunks:
            chunks.append([])
        if token.kind in OPENING:
            depth += 1
        elif token.kind in CLOSING:
            depth = max(0, depth - 1)
        chunks[-1].append(token)
    return chunks
