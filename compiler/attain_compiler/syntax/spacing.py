"""The space between two tokens of a line."""

from __future__ import annotations

import re
from collections.abc import Sequence

from attain_compiler.syntax.tokens import Token

_NUMBERS = frozenset({"NUMBER", "PERCENT", "POINTS", "MONEY", "DURATION", "DATE", "MONTH"})
_VALUES = _NUMBERS | {"NAME", "STRING", "RPAR", "RBRACE", "YES", "NO", "NEVER"}
_VALUES |= {"ASSESSMENT_DATE", "PLAN_DATE", "THIS_MONTH", "LAST_MONTH"}
NOTES = frozenset({"SOURCE", "RECOVERED_FROM", "BECAUSE", "ADVICE"})
"""The words that notes begin with."""

_ATTACHED = frozenset({"COMMA", "COLON", "RPAR", "DOT", "QMARK"})
"""Signs with no space before them."""


def text_of(token: Token) -> str:
    """How a token is written: one space inside a word of several words and between a number and its unit."""
    if token.kind == "PERCENT":
        return token.text[:-1].rstrip() + "%"
    if token.kind in _NUMBERS or token.kind == "CALENDAR_DAY":
        return re.sub(r"\s+", " ", token.text)
    return token.text


def is_number(token: Token) -> bool:
    return token.kind in _NUMBERS


def joined(tokens: Sequence[Token], previous: Token | None = None) -> str:
    """The tokens as one text, evenly spaced; `previous` stands before them, on another line."""
    text = ""
    noted = False
    for index, token in enumerate(tokens):
        if index:
            before = tokens[index - 2] if index > 1 else previous
            text += _space(before, tokens[index - 1], token)
            if token.kind in NOTES and not noted and tokens[index - 1].kind != "STRING":
                text += " "  # notes stand apart, and quotes stand apart enough
        noted = noted or token.kind in NOTES
        text += text_of(token)
    return text


def _space(earlier: Token | None, before: Token, token: Token) -> str:
    was_apart = before.end < token.start
    if token.kind == "DOT" and is_number(before):
        return " "
    if token.kind in _ATTACHED or before.kind in ("LPAR", "DOT"):
        return ""
    if token.kind == "LPAR" and before.kind == "NAME":
        return " " if was_apart else ""
    if before.kind == "MINUS" and not _subtracts(earlier, before, token):
        return ""
    return " "


def _subtracts(before: Token | None, minus: Token, after: Token) -> bool:
    """Whether a minus stands between two values. In `smb -5` it does not: there is space before it and none after."""
    if before is None or before.kind not in _VALUES:
        return False
    return before.end == minus.start or minus.end < after.start
