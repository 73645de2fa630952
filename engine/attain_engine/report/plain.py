"""Texts in Markdown as they are, whatever signs they have."""

from __future__ import annotations


def html(text: str) -> str:
    """A text without marks of HTML."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def plain(text: str) -> str:
    """A text that Markdown leaves as it is, in one line and in one cell."""
    for sign in "\\|*_`[]":
        text = text.replace(sign, f"\\{sign}")
    return " ".join(html(text).split())


def code(text: str) -> str:
    """A text as code, also in a cell."""
    return f"`{text.replace('`', chr(39)).replace('|', chr(92) + '|')}`"
