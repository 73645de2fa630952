"""What every renderer is given: diagnostics, and the files that their places are in."""

from __future__ import annotations

from collections.abc import Mapping

from attain_compiler.diagnostics.model import Diagnostic, Severity
from attain_compiler.frozen import frozen
from attain_compiler.source import SourceFile, Span


@frozen
class Place:
    """Where a span is, as people count: lines and columns (in code points) from 1, the end column excluded."""

    path: str
    line: int
    column: int
    end_line: int
    end_column: int


@frozen
class Findings:
    """Diagnostics in the order to be shown. `files` holds, by path, the sources that were read; a diagnostic may be
    about a file that could not be read and is not among them."""

    diagnostics: tuple[Diagnostic, ...]
    files: Mapping[str, SourceFile]

    def place(self, span: Span) -> Place | None:
        """The place of a span; None if its file is not among those that were read."""
        source = self.files.get(span.path)
        if source is None:
            return None
        line, column = source.line_and_column(span.start)
        end_line, end_column = source.line_and_column(max(span.start, span.end))
        return Place(span.path, line, column, end_line, end_column)

    def count(self, severity: Severity) -> int:
        """How many of the diagnostics have this severity."""
        return sum(1 for each in self.diagnostics if each.severity is severity)


def in_order(diagnostics: tuple[Diagnostic, ...]) -> tuple[Diagnostic, ...]:
    """The diagnostics by file and place, each once (an imported file is read once for each file that imports it)."""
    return tuple(sorted(dict.fromkeys(diagnostics), key=lambda each: (each.span, each.code, each.message)))
