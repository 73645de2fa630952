"""A line of source, cut to the width that there is around the part it is shown for."""

from __future__ import annotations

from attain_compiler.diagnostics.render.columns import printable, text_width, width
from attain_compiler.frozen import frozen

CUT = "..."


@frozen
class CutLine:
    """The characters of a line from `first` up to but not including `last`; what is left out shows as `...`."""

    line: str
    first: int
    last: int

    @property
    def shown(self) -> str:
        lead = CUT if self.first else ""
        tail = CUT if self.last < len(self.line) else ""
        return lead + printable(self.line[self.first : self.last]) + tail

    def shows(self, start: int) -> bool:
        """Whether the character at `start` (or the end of the line) is in sight."""
        return self.first <= start < self.last or start == self.last == len(self.line)

    def mark(self, start: int, end: int) -> tuple[int, int]:
        """How many columns stand before the part from `start` to `end`, and how many it takes (at least 1)."""
        before = len(CUT if self.first else "") + text_width(self.line[self.first : start])
        return before, max(1, text_width(self.line[start : min(end, self.last)]))


def cut_line(line: str, start: int, end: int, columns: int) -> CutLine:
    """The line cut to `columns`, with the part from `start` to `end` (0-based, end excluded) in sight.

    A part that is itself too wide is cut at its end.
    """
    if text_width(line) <= columns:
        return CutLine(line, 0, len(line))
    first = 0
    if text_width(line[:end]) > columns - len(CUT):
        spare = columns - 2 * len(CUT) - text_width(line[start:end])
        room = max(spare // 2, columns // 4)
        first = start
        while first > 0 and room >= width(line[first - 1]):
            first -= 1
            room -= width(line[first])
    room = columns - len(CUT) - (len(CUT) if first else 0)
    last = first
    while last < len(line) and room >= width(line[last]):
        room -= width(line[last])
        last += 1
    return CutLine(line, first, last)
