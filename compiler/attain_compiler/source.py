"""Source text and places in it.

The one coordinate convention of the project: a place is a pair of 0-based offsets into the text (code points, end
excluded). Lines and columns exist only where something is shown to a person or an editor, and are computed here.
"""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True, order=True, init=False)
class Span:
    """The text from `start` up to but not including `end`, in the file called `path`.

    Expressions are told apart by their places. Where several are made of one text that do not mean the same, `copy`
    says which it is; else it is empty.
    """

    path: str
    start: int
    end: int
    copy: str = ""

    def __init__(self, path: str, start: int, end: int, copy: str = "") -> None:
        _set_path(self, path)  # every node has one: this takes half the time of the constructor that is generated
        _set_start(self, start)
        _set_end(self, end)
        _set_copy(self, copy)

    def copied(self, name: str) -> Span:
        """The place of a copy of what stands here; copies of copies are told apart as well."""
        return Span(self.path, self.start, self.end, f"{self.copy}|{name}")

    @property
    def written(self) -> Span:
        """Where it stands in the text, whichever copy it is."""
        return Span(self.path, self.start, self.end) if self.copy else self

    def to(self, other: Span) -> Span:
        """The span from the start of this one to the end of `other`."""
        return Span(self.path, min(self.start, other.start), max(self.end, other.end))


_slots: dict[str, Any] = vars(Span)  # type: ignore[assignment]
_set_path, _set_start, _set_end, _set_copy = (_slots[name].__set__ for name in ("path", "start", "end", "copy"))


@dataclass(frozen=True, slots=True)
class SourceFile:
    """One policy file: the path it is shown under, and its text."""

    path: str
    text: str
    _starts: tuple[int, ...] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        starts = [0]
        position = self.text.find("\n")
        while position >= 0:
            starts.append(position + 1)
            position = self.text.find("\n", position + 1)
        object.__setattr__(self, "_starts", tuple(starts))

    def line_and_column(self, offset: int) -> tuple[int, int]:
        """The 1-based line and 1-based column (in code points) of an offset; offsets past the end are the end."""
        offset = max(0, min(offset, len(self.text)))
        line = bisect_right(self._starts, offset)
        return line, offset - self._starts[line - 1] + 1

    def utf16_position(self, offset: int) -> tuple[int, int]:
        """The 0-based line and 0-based UTF-16 column of an offset, as editors count them."""
        line, column = self.line_and_column(offset)
        start = self._starts[line - 1]
        return line - 1, len(self.text[start : start + column - 1].encode("utf-16-le")) // 2

    def offset_at(self, line: int, column: int) -> int:
        """The offset of a 0-based line and 0-based UTF-16 column, as editors count them.

        What lies past the end of the line or of the text is that end; the middle of a character is its start.
        """
        if line >= len(self._starts):
            return len(self.text)
        start = self._starts[max(0, line)]
        units = 0
        for place, character in enumerate(self.line_text(max(0, line) + 1)):
            units += 2 if ord(character) > 0xFFFF else 1
            if units > column:
                return start + place
        return start + len(self.line_text(max(0, line) + 1))

    def line_text(self, line: int) -> str:
        """The text of a 1-based line, without its line end."""
        start = self._starts[line - 1]
        end = self._starts[line] - 1 if line < len(self._starts) else len(self.text)
        return self.text[start:end].rstrip("\r")

    def slice(self, span: Span) -> str:
        """The text of a span of this file."""
        return self.text[span.start : span.end]
