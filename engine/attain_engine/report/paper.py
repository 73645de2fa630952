"""A page of text: marks and colours as the console allows, columns aligned."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from attain_engine.report.console import Console

_STYLES: Final = {"good": "32", "bad": "31", "doubt": "33", "strong": "1", "faint": "2"}
_ASCII: Final = {"✓": "+", "✗": "x", "?": "?", "→": "->", "·": "-", "≥": ">=", "…": "...", "─": "-"}
_ANSI = re.compile(r"\x1b\[[0-9;]*m")


class Paper:
    """Lines for a console. Marks outside of ASCII are replaced where it cannot show them."""

    def __init__(self, console: Console) -> None:
        self.console = console
        self.lines: list[str] = []

    def styled(self, text: str, style: str) -> str:
        """The text in a style (good, bad, doubt, strong, faint), where there are colours."""
        return f"\x1b[{_STYLES[style]}m{text}\x1b[0m" if self.console.color and text else text

    def line(self, text: str = "") -> None:
        """Add a line."""
        if not self.console.unicode:
            for mark, plain in _ASCII.items():
                text = text.replace(mark, plain)
        self.lines.append(text.rstrip())

    def mark(self, verdict: str) -> str:
        """The mark of a verdict."""
        mark, style = {"met": ("✓", "good"), "failed": ("✗", "bad")}.get(verdict, ("?", "doubt"))
        return self.styled(mark, style)

    def table(self, rows: Sequence[Sequence[str]], *, indent: int = 0, right: Sequence[int] = ()) -> None:
        """Rows with their columns aligned, two spaces apart; the columns numbered in `right` are flush right. The last
        column is not padded."""
        if not rows:
            return
        widths = [max(visible(row[index]) for row in rows if index < len(row)) for index in range(max(map(len, rows)))]
        for row in rows:
            cells = []
            for index, cell in enumerate(row):
                pad = " " * (widths[index] - visible(cell))
                cells.append(pad + cell if index in right else cell + pad)
            self.line(" " * indent + "  ".join(cells))

    def wrapped(self, text: str, *, indent: int) -> None:
        """A text over as many lines as it needs, those after the first a little further in."""
        for number, each in enumerate(wrap(text, max(40, self.console.columns - indent), 2)):
            self.line(" " * (indent + 2 * (number > 0)) + each)

    def text(self) -> str:
        """Everything, ending in a line break."""
        return "\n".join(self.lines) + "\n"


def visible(text: str) -> int:
    """How many columns a text takes, styles not counted."""
    return len(_ANSI.sub("", text))


def wrap(text: str, width: int, hanging: int = 0) -> list[str]:
    """A text in lines of at most so many columns, of those after the first so many fewer; styles are taken along from
    line to line. A word that is longer stays whole."""
    lines: list[str] = []
    style = line = ""
    taken = 0
    for number, word in enumerate(text.split(" ")):
        room = width - (hanging if lines else 0)
        if number and taken + 1 + visible(word) > room:
            lines.append(f"{line}\x1b[0m" if style else line)
            line, taken = style, 0
        elif number:
            line, taken = f"{line} ", taken + 1
        line, taken = line + word, taken + visible(word)
        for code in _ANSI.findall(word):
            style = "" if code == "\x1b[0m" else code
    return [*lines, line]
