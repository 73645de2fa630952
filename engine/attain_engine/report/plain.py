"""Texts in Markdown as they are, whatever signs they have."""

from __future__ import annotations


def html(text: str) -> str:
    """A text without marks of HTML."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def plain(text: str) -> str:
    """A text that Markdown leaves as it is, in one line and in one cell."""
    return " ".join(_escaped(text).split())


def ticked(text: str) -> str:
    """The same, but what stands between two backticks is code."""
    pieces = text.split("`")
    if len(pieces) % 2 == 0:
        return plain(text)
    spoken = (code(each) if number % 2 else _escaped(each) for number, each in enumerate(pieces))
    return " ".join("".join(spoken).split())


def _escaped(text: str) -> str:
    for sign in "\\|*_`[]":
        text = text.replace(sign, f"\\{sign}")
    return html(text)


def code(text: str) -> str:
    """A text as code, also in a cell."""
    return f"`{text.replace('`', chr(39)).replace('|', chr(92) + '|')}`"
