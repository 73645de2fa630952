"""An answer about many organisations: a table for people, CSV for spreadsheets, JSON for programs."""

from __future__ import annotations

import csv
import io
import json
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

from attain_compiler.diagnostics.render.columns import printable
from attain_engine.many.rows import Row

_FORMULA = ("=", "+", "-", "@", "\t", "\r")
"""How a cell may begin that a spreadsheet program takes for a formula."""


def many_text(rows: Sequence[Row], columns: Sequence[str]) -> str:
    """The rows in columns; what failed stands where its answer would."""
    shown = [[_cell(row, column) for column in columns] for row in rows]
    widths = [max(len(each[place]) for each in (list(columns), *shown)) for place in range(len(columns))]
    lines = []
    for cells, row in zip((list(columns), *shown), (None, *rows), strict=True):
        if row is not None and row.problem:
            text = f"{cells[0]:<{widths[0]}}  no answer: {printable(row.problem)}"
        else:
            text = "  ".join(f"{cell:<{width}}" for cell, width in zip(cells, widths, strict=True))
        lines.append(text.rstrip() + "\n")
    return "".join(lines)


def many_csv(rows: Sequence[Row], columns: Sequence[str]) -> str:
    """The rows as CSV with a header; the last column says why there is no answer."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow([*columns, "problem"])
    for row in rows:
        writer.writerow([_harmless(_value(row, column)) for column in (*columns, "problem")])
    return out.getvalue()


def many_json(rows: Sequence[Row], kind: str, summary: Mapping[str, int]) -> str:
    """The rows and how many there are of each kind."""
    document: dict[str, Any] = {
        "format_version": 1,
        "kind": kind,
        "summary": dict(summary),
        "rows": [each.model_dump(mode="json") for each in rows],
    }
    return json.dumps(document, indent=2, ensure_ascii=False) + "\n"


def counted(rows: Sequence[Row], column: str) -> dict[str, int]:
    """How many rows there are of each value of a column, and how many without an answer."""
    found = Counter("no answer" if each.problem else str(getattr(each, column)) for each in rows)
    return dict(sorted(found.items()))


def _value(row: Row, column: str) -> str:
    value = getattr(row, column)
    return "" if value is None else str(value)


def _cell(row: Row, column: str) -> str:
    return printable(_value(row, column))


def _harmless(text: str) -> str:
    """A cell that no spreadsheet program takes for a formula; a number with its sign stays one."""
    if text.startswith(_FORMULA) and not text[1:].replace(".", "", 1).isdecimal():
        return "'" + text
    return text
