"""What examples do not decide, for people: the lines with marks below, a table, and remarks for programs."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import groupby
from typing import Any

from attain_compiler.diagnostics.model import Diagnostic, Severity
from attain_compiler.diagnostics.render.columns import printable
from attain_compiler.diagnostics.render.markdown import cell
from attain_compiler.diagnostics.render.snippet import cut_line
from attain_compiler.source import SourceFile
from attain_engine.check.coverage import OUTCOMES, Covered, per_mille

_UNDECIDED = "never decided"


def said(place: Covered) -> str:
    """What no example brought about at a place."""
    words = {
        ("exclusion", "true"): "leaves no row out",
        ("exclusion", "false"): "never lets a row count",
        ("threshold", "true"): "never met",
        ("threshold", "false"): "never missed",
        ("comparator", "at"): "never exactly at its bound",
        ("branch", "taken"): "never taken",
        ("entry", "read"): "never read",
        ("date", "before"): "nothing before its date",
        ("date", "since"): "nothing on or after its date",
        ("requirement", "true"): "never met",
        ("requirement", "false"): "never fails",
    }
    missing = place.missing
    if len(missing) == len(OUTCOMES[place.kind]) > 1:
        return _UNDECIDED  # nothing of it is impossible
    return ", ".join(words.get((place.kind, each), f"never {each}") for each in missing)


def coverage_lines(places: tuple[Covered, ...], files: Mapping[str, SourceFile], columns: int) -> str:
    """Each file with its share, and below it every line of it that has something that is not decided, with marks."""
    parts: list[str] = []
    for path, found in _by_file(places):
        parts.append(f"{printable(path)}  {_share(found)}\n")
        source = files[path]
        numbered = ((source.line_and_column(each.span.start), each) for each in found if each.missing)
        for line, marks in groupby(numbered, key=lambda item: item[0][0]):
            parts += _marked(source, line, [(column, each) for (_, column), each in marks], columns)
        parts.append("\n")
    return "".join(parts)


def _marked(source: SourceFile, line: int, marks: list[tuple[int, Covered]], columns: int) -> Iterator[str]:
    text = source.line_text(line)
    first = marks[0][0] - 1
    shown = cut_line(text, first, min(len(text), first + 1), max(columns - 10, 20))
    yield f"  {line:>5} | {shown.shown}\n"
    for column, group in groupby(marks, key=lambda item: item[0]):
        listed = [each for _, each in group]
        end = column - 1 + max(each.span.end - each.span.start for each in listed)
        before, width = shown.mark(column - 1, min(end, len(text)))
        if shown.shows(column - 1):
            notes = _notes(listed)
            yield f"        | {' ' * before}{'^' * width} {notes}\n"


def _notes(places: list[Covered]) -> str:
    """What is missing at places of one beginning. Where nothing is decided, the bound need not be named."""
    found = dict.fromkeys(said(each) for each in places)
    return _UNDECIDED if _UNDECIDED in found else ", ".join(found)


def share(places: Iterable[Covered]) -> str:
    """How much is decided, in percent: `95.5`."""
    whole, tenth = divmod(per_mille(places), 10)
    return f"{whole}.{tenth}"


def coverage_markdown(places: tuple[Covered, ...]) -> str:
    """The share of each file as a table."""
    rows = [f"| {cell(f'`{path}`')} | {_share(found)} |\n" for path, found in _by_file(places)]
    return "| file | decided by examples |\n|---|---|\n" + "".join(rows) if rows else ""


def coverage_remarks(places: Iterable[Covered]) -> tuple[Diagnostic, ...]:
    """A remark for each place that is not decided."""
    return tuple(
        Diagnostic(
            "not-decided",
            f"no example decides this {each.kind} both ways"
            if len(OUTCOMES[each.kind]) > 1
            else f"no example reaches this {each.kind}",
            each.span,
            said(each),
            severity=Severity.NOTE,
        )
        for each in places
        if each.missing
    )


def coverage_json(places: tuple[Covered, ...], files: Mapping[str, SourceFile]) -> dict[str, Any]:
    """All places with what examples brought about, by file, as JSON can hold it; lines and columns from 1."""
    return {
        "percent": per_mille(places) / 10,
        "files": [
            {"path": path, "percent": per_mille(found) / 10, "places": [_place(each, files[path]) for each in found]}
            for path, found in _by_file(places)
        ],
    }


def _place(place: Covered, source: SourceFile) -> dict[str, Any]:
    line, column = source.line_and_column(place.span.start)
    seen = [each for each in OUTCOMES[place.kind] if each in place.seen]
    never = [each for each in OUTCOMES[place.kind] if each not in place.wanted]
    missing = list(place.missing)
    return {"kind": place.kind, "line": line, "column": column, "seen": seen, "missing": missing, "impossible": never}


def _share(places: tuple[Covered, ...]) -> str:
    asked = [each for each in places if each.wanted]
    decided, never = sum(not each.missing for each in asked), sum(each.wanted != OUTCOMES[each.kind] for each in places)
    proved = f"; of {never:,}, what no facts can bring about is left out" if never else ""
    return f"{share(places)} % ({decided:,} of {len(asked):,} places{proved})"


def _by_file(places: Iterable[Covered]) -> list[tuple[str, tuple[Covered, ...]]]:
    return [(path, tuple(found)) for path, found in groupby(places, key=lambda each: each.span.path)]
