"""A page of text: marks and colours as the console allows, columns aligned."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from attain_engine.report.console import Console

_STYLES: Final = {"good": "32", "bad": "31", "doubt": "33", "strong": "1", "faint": "2"}
_ASCII: Final = {"✓": "+", "✗": "x", "?": "?", "→": "->", "·": "-", "≥": ">=", "…": "...", "─": "-"}
_NARROWEST: Final = 40
"""A text is never made narrower than this, whatever the terminal is."""
_HANGING: Final = 2
"""So many columns further in are the lines after the first."""
_THINNEST: Final = 14
"""A column of a table is never made thinner than this."""
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
        """Add a line; one that is too long goes on in others, a little further in."""
        inner = text.lstrip(" ")
        indent = len(text) - len(inner)
        if visible(text) <= self.console.columns:
            self.verbatim(text)
            return
        width = max(_NARROWEST, self.console.columns - indent)
        for number, each in enumerate(wrap(inner, width, _HANGING)):
            self.verbatim(" " * (indent + _HANGING * (number > 0)) + each)

    def verbatim(self, text: str) -> None:
        """Add a line as it is, however long: what may be taken out and used."""
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
        column is not padded. Where a row is too wide, the widest columns are wrapped."""
        if not rows:
            return
        widths, room = self._columns(rows, indent)
        limits = _narrowed(widths, room, frozenset(right))
        for row in rows:
            cells = [wrap(cell, limits[index], _HANGING) if cell else [""] for index, cell in enumerate(row)]
            for number in range(max(map(len, cells))):
                shown = []
                for index, lines in enumerate(cells):
                    text = lines[number] if number < len(lines) else ""
                    text = " " * (_HANGING * (0 < number < len(lines))) + text
                    pad = " " * (limits[index] - visible(text))
                    shown.append(pad + text if index in right else text + pad)
                self.verbatim(" " * indent + "  ".join(shown))

    def fits(self, rows: Sequence[Sequence[str]], *, indent: int = 0) -> bool:
        """Whether a table of these rows needs no column to be wrapped."""
        widths, room = self._columns(rows, indent)
        return sum(widths) <= room

    def _columns(self, rows: Sequence[Sequence[str]], indent: int) -> tuple[list[int], int]:
        """How wide the columns of a table are, and how much room there is for them together."""
        count = max(map(len, rows), default=0)
        widths = [max(visible(row[index]) for row in rows if index < len(row)) for index in range(count)]
        used = sum(width > 0 for width in widths)
        return widths, max(_NARROWEST, self.console.columns - indent - 2 * max(used - 1, 0))

    def flow(self, parts: Sequence[str], separator: str) -> None:
        """Parts of a line that are not broken themselves: as many beside each other as fit, the others below."""
        line = ""
        for part in filter(None, parts):
            if line and visible(f"{line}{separator}{part}") > self.console.columns:
                self.line(line)
                line = f"{' ' * _HANGING}{part}"
            else:
                line = f"{line}{separator}{part}" if line else part
        self.line(line)

    def wrapped(self, text: str, *, indent: int) -> None:
        """A text over as many lines as it needs, those after the first a little further in."""
        for number, each in enumerate(wrap(text, max(_NARROWEST, self.console.columns - indent), _HANGING)):
            self.verbatim(" " * (indent + _HANGING * (number > 0)) + each)

    def text(self) -> str:
        """Everything, ending in a line break."""
        return "\n".join(self.lines) + "\n"


def visible(text: str) -> int:
    """How many columns a text takes, styles not counted."""
    return len(_ANSI.sub("", text))


def _narrowed(widths: Sequence[int], room: int, fixed: frozenset[int]) -> list[int]:
    """The widths of columns that fit into the room: the widest are made narrower, but for those that are numbers."""
    found = list(widths)
    while sum(found) > room:
        able = [index for index in range(len(found)) if index not in fixed and found[index] > _THINNEST]
        if not able:
            break
        widest = max(able, key=lambda index: (found[index], index))
        found[widest] -= 1
    return found


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
