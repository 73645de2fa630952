"""Tables that hold many organisations: a column of each table says which organisation a row is about."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from attain_compiler.frozen import frozen
from attain_compiler.model.program import Program, Record
from attain_compiler.model.types import Value
from attain_engine.facts.alike import look, settle
from attain_engine.facts.cells import BadCell, Broken, Cell, Grid, cell_text, is_blank
from attain_engine.facts.draft import Draft
from attain_engine.facts.from_text import read_identifier
from attain_engine.facts.header_rows import take_header
from attain_engine.facts.headers import folded
from attain_engine.facts.load import NAMELESS, kind_of, read_tables
from attain_engine.facts.mapping import NO_MAPPING, FactsMapping, TableMapping
from attain_engine.facts.model import Facts
from attain_engine.facts.problem import FactsProblem, Refusal
from attain_engine.facts.spelling import did_you_mean, quoted
from attain_engine.facts.table import Table
from attain_engine.facts.vocabulary import Vocabulary, vocabulary_of

_Line = tuple[int | None, list[Cell]]


@frozen
class _Sorted:
    """The table of a record by organisation: below the header the lines of each, with their numbers among all rows."""

    record: Record
    grid: Grid
    said: TableMapping
    header: _Line
    lines: Mapping[str, list[_Line]]
    numbers: Mapping[str, list[int]]
    last: int


@dataclass(slots=True)
class _Draft(Draft):
    """Takes tables apart by organisation, and reads none of their rows."""

    column: str = ""
    found: list[_Sorted] = field(default_factory=list)

    def take_grid(self, record: Record, grid: Grid, said: TableMapping) -> None:
        """Sort the lines of a table."""
        self.tables[record.id] = ()
        table = Table(record, grid.file, grid.sheet)
        said = replace(said, ignored=said.ignored | {folded(self.column)})
        before = next((each.last for each in reversed(self.found) if each.record is record), 0)
        sorted_ = _sorted(table, grid, said, self.column, before)
        if sorted_ is not None:
            self.found.append(sorted_)
        self.problems.extend(table.problems)


def _sorted(table: Table, grid: Grid, said: TableMapping, column: str, number: int) -> _Sorted | None:
    """The lines of a table by organisation, in order, numbered after so many of the same record; what is wrong with the
    column is noted in the table."""
    lines: dict[str, list[_Line]] = {}
    numbers: dict[str, list[int]] = {}
    try:
        rows = iter(grid.rows)
        found = take_header(rows, said.header)
        if found is None:
            table.refuse("facts-missing-column", "the table has no header", f"name the column {quoted(column)} in it")
            return None
        header = found[0][0], list(found[0][1])
        said = replace(said, header=said.header[-1:])  # they are joined
        place = _place(table, header, column)
        if place is None:
            return None
        for line, cells in rows:
            if (grid.form == "sheet" and is_blank(cells)) or said.ignores(cells):
                continue
            number += 1
            name = _name(cells[place] if place < len(cells) else "")
            if isinstance(name, Refusal):
                fix = name.help or "write the organisation that the row is about"
                table.refuse(name.code or "facts-bad-value", name.message, fix, row=number, line=line, field=column)
                continue
            lines.setdefault(name, []).append((line, cells))
            numbers.setdefault(name, []).append(number)
    except Broken as end:
        shape = "facts-bad-csv" if grid.form == "csv" else "facts-bad-table"
        table.refuse(shape, end.message, end.help, line=end.line)
        return None
    return _Sorted(table.record, replace(grid, rows=iter(())), said, header, lines, numbers, number)


def _place(table: Table, header: _Line, column: str) -> int | None:
    line, cells = header
    names = [cell_text(each).strip() for each in cells]
    places = [number for number, name in enumerate(names) if folded(name) == folded(column)]
    if len(places) == 1:
        return places[0]
    if places:
        message = f"there are {len(places)} columns {quoted(column)}"
        table.refuse("facts-repeated-key", message, "keep one", line=line, field=column)
    else:
        message = f"there is no column {quoted(column)}, which says whom a row is about"
        fix = did_you_mean(column, [each for each in names if each]) or "add the column to every table"
        table.refuse("facts-missing-column", message, fix, line=line, field=column)
    return None


def _name(cell: Cell) -> str | Refusal:
    if isinstance(cell, BadCell):
        return cell.refusal
    text = cell_text(cell).strip()
    if not text:
        return Refusal("facts-missing-value", "the row says no organisation")
    name: Any = read_identifier(text)
    return name if isinstance(name, str | Refusal) else text


class TablesOfMany:
    """Tables of many organisations, read and sorted. `names` are the organisations; `problems` what is wrong with the
    tables as a whole: with any, there are no facts. `remarks` say which names look alike."""

    def __init__(self, program: Program, path: Path, column: str) -> None:
        """Read the tables at `path`: a folder, a workbook or a database."""
        draft = _Draft(vocabulary_of(program), NAMELESS, column=column)
        mapping = _read(draft, path)
        self._vocabulary: Vocabulary = draft.vocabulary
        self._mapping = mapping
        self._as_of: datetime.date | None = draft.as_of
        self._closed = draft.closed
        self._values: Mapping[tuple[str, tuple[Value, ...]], Value] = draft.values
        self._unused = tuple(draft.unused)
        self._tables = tuple(draft.found)
        self.problems: tuple[FactsProblem, ...] = tuple(draft.problems)
        self.names = tuple(sorted({name for each in self._tables for name in each.lines}))
        self.remarks = (*draft.remarks, *_alike(self.names, str(path), column))

    def facts(self, name: str) -> tuple[Facts | None, tuple[FactsProblem, ...]]:
        """The facts of one organisation, or none and everything that is wrong with its rows.

        A table without rows of it says that it has none; only of a record of one row nothing is then known. What stands
        beside the tables (date, values given) is so for all."""
        draft = Draft(self._vocabulary, name, self._as_of, self._closed, values=dict(self._values))
        draft.unused.extend(self._unused)
        for each in self._tables:
            lines = each.lines.get(name, [])
            if lines or not each.record.single:
                rows = iter([each.header, *((line, list(cells)) for line, cells in lines)])
                draft.take_grid(
                    each.record, replace(each.grid, rows=rows, numbers=tuple(each.numbers.get(name, ()))), each.said
                )
        settle(draft, self._mapping)
        return draft.facts(), tuple(draft.problems)


def _read(draft: _Draft, path: Path) -> FactsMapping:
    kind = kind_of(path)
    if isinstance(kind, FactsProblem):
        draft.problems.append(kind)
        return NO_MAPPING
    if kind == "json":
        fix = "give a folder of tables, a workbook or a database; a folder of JSON files needs no column"
        message = "a column says whom rows are about, and the file has no tables"
        draft.problems.append(FactsProblem("facts-wrong-shape", message, str(path), help=fix))
        return NO_MAPPING
    return read_tables(draft, path, kind)


def _alike(names: tuple[str, ...], file: str, column: str) -> Iterator[FactsProblem]:
    first: dict[str, str] = {}
    for name in names:
        other = first.setdefault(look(name), name)
        if other != name:
            yield FactsProblem(
                "facts-look-alike",
                f"the organisation {quoted(name)} looks like {quoted(other)}, and is another",
                file,
                field=column,
                help="write both in one way if they are one; they are taken as two",
                severity="warning",
            )
