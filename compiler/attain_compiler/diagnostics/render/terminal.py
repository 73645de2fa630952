"""Diagnostics for people: the message, the text it is about with marks below, and what to do.

```
error[unknown-name]: no field `paid_seat` on `Usage`
  --> policies/modern_work.attain:41:5
   |
41 |   u.paid_seat in seats(t)
   |     ^^^^^^^^^ did you mean `paid_seats`?
   |
  ::: policies/modern_work.attain:19:1
   |
19 | record Usage
   | ------------ its fields are declared here
```

Places on the line of the first one share its snippet, all others get their own after `:::`.
"""

from __future__ import annotations

from collections.abc import Iterator

from attain_compiler.diagnostics.model import Diagnostic, Severity
from attain_compiler.diagnostics.render.columns import printable
from attain_compiler.diagnostics.render.findings import Findings, Place
from attain_compiler.diagnostics.render.snippet import CutLine, cut_line
from attain_compiler.frozen import frozen
from attain_compiler.source import SourceFile, Span

_COLORS = {Severity.ERROR: "1;31", Severity.WARNING: "1;33", Severity.NOTE: "1;36"}
_SECONDARY = "1;34"
_STRONG = "1"


@frozen
class _Mark:
    """A place to mark on its line or lines, with what, and what to say there. `place` is missing if the file is."""

    path: str
    place: Place | None
    sign: str
    paint: str
    text: str


@frozen
class _Layout:
    color: bool
    columns: int
    gutter: int

    def painted(self, text: str, paint: str) -> str:
        return f"\x1b[{paint}m{text}\x1b[0m" if self.color and text else text

    def margin(self, line: int | None = None, sign: str = "|") -> str:
        number = "" if line is None else str(line)
        return self.painted(f"{number:>{self.gutter}} {sign}", _SECONDARY)


def render_terminal(findings: Findings, *, color: bool = False, columns: int = 120) -> str:
    """All diagnostics, a blank line after each. `columns` is the width of the terminal; longer lines of source are cut
    around what they are shown for. With `color`, marks and severities are painted with ANSI sequences."""
    return "".join(
        "".join(line.rstrip(" ") + "\n" for line in _diagnostic(findings, each, color, columns)) + "\n"
        for each in findings.diagnostics
    )


def _diagnostic(findings: Findings, diagnostic: Diagnostic, color: bool, columns: int) -> Iterator[str]:
    paint = _COLORS[diagnostic.severity]
    marks = [_mark(findings, diagnostic.span, "^", paint, diagnostic.label)]
    marks += [_mark(findings, label.span, "-", _SECONDARY, label.text) for label in diagnostic.secondary]
    gutter = max((len(str(mark.place.end_line)) for mark in marks if mark.place), default=1)
    layout = _Layout(color, max(columns - gutter - 3, 20), gutter)

    head = layout.painted(f"{diagnostic.severity.value}[{diagnostic.code}]", paint)
    yield head + layout.painted(f": {printable(diagnostic.message)}", _STRONG)
    yield from _snippets(findings, marks, layout)
    notes = [(word, text) for word, text in (("help", diagnostic.help), ("fix", _fix(diagnostic))) if text]
    if notes:
        yield layout.margin()
    for word, text in notes:
        first, *more = text.split("\n")
        yield f"{layout.margin(sign='=')} {layout.painted(word, _STRONG)}: {printable(first)}"
        yield from (f"{'':{gutter + 3}}{printable(line)}" for line in more)


def _mark(findings: Findings, span: Span, sign: str, paint: str, text: str) -> _Mark:
    return _Mark(span.path, findings.place(span), sign, paint, text)


def _fix(diagnostic: Diagnostic) -> str:
    """What the fix does, unless the label or the help says it already."""
    fix = diagnostic.fix
    if fix is None or (fix.replacement and fix.replacement in diagnostic.label + diagnostic.help):
        return ""
    return fix.title


def _snippets(findings: Findings, marks: list[_Mark], layout: _Layout) -> Iterator[str]:
    """The first place, with those that share its line; then each other place."""
    first, *others = marks
    yield from _heading(first, "-->", layout)
    if first.place is not None:
        source = findings.files[first.place.path]
        yield layout.margin()
        if first.place.line == first.place.end_line:
            line = _cut(source, first, layout)
            shared = [each for each in others if _shares_line(each, first.place, line)]
            others = [each for each in others if each not in shared]
            yield from _marked(line, [first, *shared], layout)
        else:
            yield from _lines(source, first, layout)
    for each in others:
        yield layout.margin()
        yield from _heading(each, ":::", layout)
        if each.place is not None:
            yield layout.margin()
            yield from _lines(findings.files[each.place.path], each, layout)


def _heading(mark: _Mark, arrow: str, layout: _Layout) -> Iterator[str]:
    where = f"{mark.place.path}:{mark.place.line}:{mark.place.column}" if mark.place else mark.path
    note = f": {mark.text}" if mark.text and mark.place is None else ""
    yield f"{' ' * layout.gutter}{layout.painted(arrow, _SECONDARY)} {printable(where + note)}"


def _shares_line(mark: _Mark, place: Place, line: CutLine) -> bool:
    other = mark.place
    if other is None or (other.path, other.line, other.end_line) != (place.path, place.line, place.end_line):
        return False
    return line.shows(other.column - 1)


def _cut(source: SourceFile, mark: _Mark, layout: _Layout) -> CutLine:
    assert mark.place is not None
    return cut_line(source.line_text(mark.place.line), mark.place.column - 1, mark.place.end_column - 1, layout.columns)


def _marked(line: CutLine, marks: list[_Mark], layout: _Layout) -> Iterator[str]:
    """The line, and below it a line for each mark."""
    places = [mark.place for mark in marks if mark.place]
    yield f"{layout.margin(places[0].line)} {line.shown}"
    for mark, place in zip(marks, places, strict=True):
        yield _underline(line, place.column - 1, place.end_column - 1, mark, mark.text, layout)


def _lines(source: SourceFile, mark: _Mark, layout: _Layout) -> Iterator[str]:
    """The text of one place: its line, or the first and the last of its lines."""
    place = mark.place
    assert place is not None
    last, end = _last_line(source, place)
    if last == place.line:
        head = source.line_text(last)
        line = cut_line(head, place.column - 1, end, layout.columns)
        yield f"{layout.margin(last)} {line.shown}"
        yield _underline(line, place.column - 1, end, mark, mark.text, layout)
        return
    head = source.line_text(place.line)
    line = cut_line(head, place.column - 1, len(head), layout.columns)
    yield f"{layout.margin(place.line)} {line.shown}"
    yield _underline(line, place.column - 1, len(head), mark, "", layout)
    if last > place.line + 1:
        yield layout.painted("." * (layout.gutter + 2), _SECONDARY)
    tail = source.line_text(last)
    start = min(len(tail) - len(tail.lstrip()), end - 1)
    line = cut_line(tail, start, end, layout.columns)
    yield f"{layout.margin(last)} {line.shown}"
    yield _underline(line, start, end, mark, mark.text, layout)


def _last_line(source: SourceFile, place: Place) -> tuple[int, int]:
    """The last line of a place that has something of it to show, and the 0-based column after it."""
    line, end = place.end_line, place.end_column - 1
    while line > place.line and not source.line_text(line)[:end].strip():
        line -= 1
        end = len(source.line_text(line))
    return line, max(end, 1)


def _underline(line: CutLine, start: int, end: int, mark: _Mark, text: str, layout: _Layout) -> str:
    before, marked = line.mark(start, end)
    note = f" {printable(text)}" if text else ""
    return f"{layout.margin()} {' ' * before}{layout.painted(mark.sign * marked + note, mark.paint)}"
