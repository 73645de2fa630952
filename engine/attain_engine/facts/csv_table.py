"""One table of rows from CSV text: a header with the names of fields, then a row a line."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Mapping

from attain_compiler.model.program import Record
from attain_compiler.model.types import Value
from attain_engine.facts.from_text import Reader, text_reader
from attain_engine.facts.model import Unknown
from attain_engine.facts.problem import Refusal
from attain_engine.facts.spelling import did_you_mean, quoted
from attain_engine.facts.table import Column, Table
from attain_engine.facts.vocabulary import Spellings

_MISSING = Refusal("facts-missing-value", "no value is written")


def read_table(record: Record, text: str, file: str, spellings: Mapping[str, Spellings]) -> Table:
    """The table that the text holds, with every mistake in it. Blanks around a cell and empty lines do not count."""
    table = Table(record, file)
    lines = _Lines(table, text, separator_of(text, [column.name for column in table.columns]))
    header = next(lines, None)
    if header is None:
        if not table.problems:
            fields = ",".join(column.name for column in table.columns)
            table.refuse("facts-bad-csv", "the table has no header", f"begin the file with `{fields}`", line=1)
        return table
    line, written = header
    names = [name.strip() for name in written]
    if any("\t" in name for name in names):
        fix = "save the table as CSV, with commas or semicolons between the columns"
        table.refuse("facts-bad-csv", "the columns are separated by tabs", fix, line=line)
        return table
    cells = _columns(table, names, line)
    absent = [column for column in table.columns if column.name not in names]
    for column in absent:
        if column.missing is None:
            table.refuse(
                "facts-missing-column",
                f"there is no column {quoted(column.name)}",
                "add the column; only fields with `?`, `default` or `or never` may be left out",
                line=line,
                field=column.name,
                rule=column.slot.rule,
            )
    constants = {column.name: column.missing for column in absent if column.missing is not None}
    readers = [_CellReader(column, spellings) if column is not None else None for column in cells]
    _read_rows(table, lines, readers, constants, usable=not table.problems)
    table.check_number_of_rows()
    return table


def separator_of(text: str, fields: list[str]) -> str:
    """Comma or semicolon: the one that makes more of the header's cells names of fields. Comma where neither does."""
    header = text.lstrip("\r\n").splitlines()[:1]

    def known(separator: str) -> int:
        cells = header[0].split(separator) if header else []
        return sum(cell.strip().strip('"') in fields for cell in cells) * 1000 + len(cells)

    return ";" if known(";") > known(",") else ","


class _CellReader:
    """The cells of one column. Texts that recur, as most do, are read once."""

    __slots__ = ("_read", "column", "known")

    def __init__(self, column: Column, spellings: Mapping[str, Spellings]) -> None:
        self.column = column
        self._read: Reader = text_reader(column.slot, spellings)
        self.known: dict[str, Value | Unknown | Refusal] = {}

    def read_new(self, cell: str) -> Value | Unknown | Refusal:
        tidy = cell.strip()
        missing = _MISSING if self.column.missing is None else self.column.missing
        value = self._read(tidy) if tidy else missing
        self.known[cell] = value
        return value


class _Lines(Iterator[tuple[int, list[str]]]):
    """The lines that are not empty, each with its number; ends at the first that is not CSV, with a problem."""

    def __init__(self, table: Table, text: str, separator: str) -> None:
        self._table = table
        self._reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)

    def __next__(self) -> tuple[int, list[str]]:
        while True:
            line = self._reader.line_num + 1
            try:
                cells = next(self._reader)
            except csv.Error as error:
                what, fix = _explained(str(error))
                self._table.refuse("facts-bad-csv", f"{what}; nothing after this line was read", fix, line=line)
                raise StopIteration from None
            if cells:
                return line, cells


def _explained(error: str) -> tuple[str, str]:
    if "unexpected end of data" in error:
        return "a quoted cell is not closed", 'close it with `"`; a quotation mark inside a quoted cell is doubled'
    if "expected after" in error:
        return "text follows a quoted cell", 'double a quotation mark inside a quoted cell: `""`'
    if "field larger" in error:
        return "a cell is too long", 'look for a `"` that opens a cell and is never closed'
    return f"the line is not CSV ({error})", "save the table as CSV again"


def _columns(table: Table, names: list[str], line: int) -> list[Column | None]:
    by_name = {column.name: column for column in table.columns}
    columns: list[Column | None] = []
    for number, name in enumerate(names, 1):
        column = by_name.get(name)
        if column is not None and names.index(name) < number - 1:
            table.refuse(
                "facts-repeated-key", f"there are two columns {quoted(name)}", "keep one", line=line, field=name
            )
        elif not name:
            table.refuse("facts-bad-csv", f"column {number} has no name", "name it, or remove it", line=line)
        elif column is None:
            free = [each for each in by_name if each not in names] or list(by_name)
            message = f"no field {quoted(name)} on `{table.record.name}`"
            table.refuse("facts-unknown-field", message, did_you_mean(name, free), line=line, field=name)
        columns.append(column)
    return columns


def _read_rows(
    table: Table,
    lines: _Lines,
    readers: list[_CellReader | None],
    constants: dict[str, Value | Unknown],
    usable: bool,
) -> None:
    """Read every row; where the header is wrong (not `usable`), only for the mistakes in its cells."""
    columns = [
        (index, reader.column.name, reader.known, reader) for index, reader in enumerate(readers) if reader is not None
    ]
    width = len(readers)
    needs_value = any(column.missing is None for column in table.columns)
    for number, (line, cells) in enumerate(lines, 1):
        if len(cells) != width:
            table.refuse(
                "facts-bad-csv",
                f"the row has {len(cells)} cells, the header has {width}",
                'put a cell that has the separator inside it in quotation marks: "..."'
                if len(cells) > width
                else "give every cell; one without a value is empty, between its separators",
                row=number,
                line=line,
            )
            continue
        if needs_value and not any(cells):
            table.refuse("facts-missing-value", "the row is empty", "remove the line", row=number, line=line)
            continue
        values = dict(constants)
        good = usable
        for index, name, known, reader in columns:
            cell = cells[index]
            value = known.get(cell)
            if value is None:
                value = reader.read_new(cell)
            if type(value) is Refusal:
                good = False
                _refuse_cell(table, reader.column, value, cell, number, line)
            else:
                values[name] = value  # type: ignore[assignment]
        if good:
            table.add(values, number, line)


def _refuse_cell(table: Table, column: Column, refusal: Refusal, cell: str, row: int, line: int) -> None:
    if refusal is _MISSING:
        table.refuse_missing(column.name, row, line)
        return
    table.refuse(
        refusal.code,
        refusal.message,
        refusal.help,
        row=row,
        line=line,
        field=column.name,
        value=cell.strip(),
        rule=column.slot.rule,
    )
