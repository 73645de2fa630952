"""How text is laid out in a terminal: how wide each character is, and which must never reach it as they are."""

from __future__ import annotations

import unicodedata
from functools import lru_cache

TAB = "    "
"""What a tab is shown as: a fixed width, so that marks below a line stand where they should in every terminal."""

_UNSEEN = "\N{REPLACEMENT CHARACTER}"
_DIRECTION = frozenset("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


@lru_cache(maxsize=1024)
def shown(character: str) -> str:
    """What one character is shown as.

    Control characters could drive the terminal and marks of direction could make a line read otherwise than it is, so
    both show as a replacement character.
    """
    if character == "\t":
        return TAB
    if unicodedata.category(character) in ("Cc", "Cs", "Zl", "Zp") or character in _DIRECTION:
        return _UNSEEN
    return character


@lru_cache(maxsize=1024)
def width(character: str) -> int:
    """How many columns a character takes in a terminal: 0 if it combines with the one before, 2 if it is wide."""
    if character == "\t":
        return len(TAB)
    seen = shown(character)
    if unicodedata.category(seen) in ("Mn", "Me", "Cf"):
        return 0
    return 2 if unicodedata.east_asian_width(seen) in ("W", "F") else 1


def text_width(text: str) -> int:
    """How many columns a text takes in a terminal."""
    return len(text) if text.isascii() and text.isprintable() else sum(map(width, text))


def printable(text: str) -> str:
    """The text with everything in it that must not reach a terminal replaced."""
    return text if text.isprintable() else "".join(map(shown, text))
