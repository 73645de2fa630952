"""The words, literals and signs of a text, with their places.

Whether a word is a word of the language is decided later (`words.py`), by what the grammar allows where it stands.
"""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple, cast

import lark

from attain_compiler.syntax.terminals import terminals

LITERALS = ("CALENDAR_DAY", "DATE", "MONTH", "DURATION", "POINTS", "MONEY", "PERCENT", "NUMBER")
"""The literals that begin with a digit, those that would hide others later."""


class Token(NamedTuple):
    """`kind` is a terminal of the grammar, or one of `BAD_NUMBER`, `BAD_TEXT`, `BAD_SIGN`; `indent` is the column (from
    0) of the first token of a line and -1 for the others."""

    kind: str
    text: str
    start: int
    end: int
    indent: int = -1


Token.type = Token.kind  # type: ignore[attr-defined]  # Lark's word for it, asked of every token several times


def for_lark(token: Token) -> lark.Token:
    """The same token, for Lark's parser: all that it asks of one is its `type`."""
    return cast("lark.Token", token)


class Scan(NamedTuple):
    """Everything that is written in a text; `tabs` are the places of tabs that indent a line."""

    tokens: list[Token]
    comments: list[Token]
    tabs: list[int]


@cache
def _master() -> re.Pattern[str]:
    patterns = terminals().patterns
    parts = [r"(?P<LINE>\n[ \t\r]*)", r"(?P<SPACE>[ \t\r]+)", r"(?P<COMMENT>#[^\n]*)"]
    parts.append(f"(?P<NAME>{_plain(patterns['NAME'])})")
    parts += [rf"(?P<{kind}>{_plain(patterns[kind])}(?![A-Za-z0-9_]|-[A-Za-z0-9_]))" for kind in LITERALS[:6]]
    parts.append(f"(?P<PERCENT>{_plain(patterns['PERCENT'])})")
    parts.append(f"(?P<NUMBER>{_plain(patterns['NUMBER'])}(?![A-Za-z0-9_.]))")
    parts.append(f"(?P<STRING>{_plain(patterns['STRING'])})")
    parts += [
        r"(?P<BAD_NUMBER>[0-9][A-Za-z0-9_.]*)",
        r'(?P<BAD_TEXT>"[^\n]*)',
        r"(?P<SIGN>[<>=!]=|<>|=>|=<|&&|\|\||[^\w\s])",
        r"(?P<BAD_SIGN>.)",
    ]
    return re.compile("|".join(parts))


def _plain(pattern: str) -> str:
    """The pattern without groups that would be counted."""
    return re.sub(r"(?<!\\)\((?!\?)", "(?:", pattern)


def scan(text: str) -> Scan:
    """Split `text`. Never fails: what is no token is one of the `BAD_` kinds."""
    tokens: list[Token] = []
    comments: list[Token] = []
    tabs: list[int] = []
    symbols = terminals().symbols
    indent = 0
    if text[:1] in (" ", "\t"):
        indent = len(text) - len(text.lstrip(" \t\r"))
    for match in _master().finditer(text):
        kind = match.lastgroup
        assert kind is not None
        if kind == "SPACE":
            continue
        start, end = match.span()
        if kind == "LINE":
            indent = end - start - 1
            if text.find("\t", start, end) >= 0:
                tabs.append(text.find("\t", start, end))
            continue
        if kind == "COMMENT":
            comments.append(Token(kind, match.group().rstrip(), start, start + len(match.group().rstrip()), indent))
        else:
            if kind == "SIGN":
                kind = symbols.get(match.group(), "BAD_SIGN")
            tokens.append(Token(kind, match.group(), start, end, indent))
        indent = -1
    return Scan(tokens, comments, tabs)
