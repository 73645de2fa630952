"""A table of cells from CSV text: a header with the names of fields, then a row a line."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator

from attain_compiler.model.program import Record
from attain_engine.facts.cells import Broken, Cell, Grid
from attain_engine.facts.headers import folded
from attain_engine.facts.mapping import NOTHING_SAID, TableMapping

_SAID = re.compile(r"sep=([;,])[ \t]*(?=[\r\n])", re.IGNORECASE)
"""A first line by which a spreadsheet program says how the columns are separated."""


def record_grid(record: Record, text: str, file: str, mapping: TableMapping = NOTHING_SAID) -> Grid:
    """The cells of the table of a record. Blanks around a cell and empty lines do not count."""
    headers = [each.header for each in mapping.fields.values() if each.header]
    titles = [field.title for field in record.fields]
    names = {folded(name) for name in (*(field.name for field in record.fields), *headers, *titles, *mapping.ignored)}
    return csv_grid(text, file, names, mapping.header[-1] if mapping.header else None)


def csv_grid(text: str, file: str, names: set[str], header: int | None = None) -> Grid:
    """The cells of the text. `names` are those of columns, folded, by which the separator is known; they stand in the
    line `header` (None: the first that is not empty). Beside semicolons a dot in a number is in doubt."""
    said = _SAID.match(text)
    separator = said[1] if said else _separator_of(text, names, header)
    text = text[said.end() :] if said else text  # the line stays, as an empty one
    return Grid(file, "csv", _lines(text, separator), dots_in_doubt=separator == ";")


def _separator_of(text: str, names: set[str], header: int | None) -> str:
    """Comma or semicolon: the one that makes more of the header's cells names of fields. Comma where neither does."""
    lines = text.splitlines()[header - 1 : header] if header is not None else text.lstrip("\r\n").splitlines()[:1]

    def known(separator: str) -> int:
        cells = lines[0].split(separator) if lines else []
        return sum(folded(cell.strip().strip('"')) in names for cell in cells) * 1000 + len(cells)

    return ";" if known(";") > known(",") else ","


def _lines(text: str, separator: str) -> Iterator[tuple[int | None, list[Cell]]]:
    """The lines that are not empty, each with its number."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    while True:
        line = reader.line_num + 1
        try:
            cells: list[Cell] = list(next(reader))
        except StopIteration:
            return
        except csv.Error as error:
            what, fix = _explained(str(error))
            raise Broken(f"{what}; nothing after this line was read", fix, line) from None
        if len(cells) > 1 or any(cell.strip() for cell in cells if isinstance(cell, str)):
            yield line, cells


def _explained(error: str) -> tuple[str, str]:
    if "unexpected end of data" in error:
        return "a quoted cell is not closed", 'close it with `"`; a quotation mark inside a quoted cell is doubled'
    if "expected after" in error:
        return "text follows a quoted cell", 'double a quotation mark inside a quoted cell: `""`'
    if "field larger" in error:
        return "a cell is too long", 'look for a `"` that opens a cell and is never closed'
    return f"the line is not CSV ({error})", "save the table as CSV again"
