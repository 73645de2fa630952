"""A proposal of a mapping: which sheet is which record, which header which field, and how values are written.

What matches but for case and spaces needs no mapping. What is only likely is a comment that somebody has to decide on.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack
from itertools import islice
from pathlib import Path

from attain_compiler.frozen import frozen
from attain_compiler.model.program import Program, Record
from attain_compiler.model.types import EnumType
from attain_engine.facts.cells import Broken, CannotRead, Cell, Grid, cell_text
from attain_engine.facts.csv_table import csv_grid
from attain_engine.facts.files import irregular, read_text
from attain_engine.facts.folder import TABLES, file_names
from attain_engine.facts.guess import Line, enum_likeness, format_lines, value_lines
from attain_engine.facts.headers import folded, matched
from attain_engine.facts.load import kind_of
from attain_engine.facts.mapping import MAPPING_FILE
from attain_engine.facts.problem import FactsProblem
from attain_engine.facts.spelling import closest, toml_text
from attain_engine.facts.table import Column, column_of
from attain_engine.facts.tables_file import NOT_READ, record_of
from attain_engine.facts.vocabulary import Vocabulary, vocabulary_of

MOST_ROWS = 5_000
"""So many rows of a table are looked at."""

_HEADER_WITHIN = 20
_LIKE = 7  # of ten values of a column that are of an enum


@frozen
class _Source:
    """A sheet, file or table: its first rows, and whether a dot in its numbers is in doubt."""

    name: str
    rows: tuple[tuple[int | None, tuple[Cell, ...]], ...]
    in_doubt: bool


@frozen
class _Match:
    """A record and the source it was found in: the place of its header among the rows, and the column of each field
    (with whether that is certain)."""

    record: Record
    source: _Source
    header: int
    columns: Mapping[str, tuple[int, bool]]
    by_name: bool


def propose(program: Program, path: Path) -> tuple[str, int]:
    """The mapping as TOML, and how many things are left to decide. Raises `CannotRead`."""
    vocabulary = vocabulary_of(program)
    sources = _sources(vocabulary, path)
    matches = _matched(vocabulary, sources)
    parts: list[str] = [
        f"# What `attain facts map` proposes for {path.name}. Look at it, decide on the lines with `?`,",
        f"# and save it as {MAPPING_FILE}.",
        "",
    ]
    questions = 0
    left = [source.name for source in sources if all(match.source.name != source.name for match in matches)]
    if left:
        parts += [f"ignore = [{', '.join(toml_text(name) for name in left)}] # not read", ""]
    for match in matches:
        lines = list(_table_lines(vocabulary, match))
        questions += sum(bool(line.why) for line in lines)
        parts += [line.written for line in lines]
    for name, record in vocabulary.records.items():
        if all(match.record.id != record.id for match in matches):
            parts += [f"# nothing was found for the record {name}: nothing is known of it", ""]
    return "\n".join(parts).rstrip() + "\n", questions


def _sources(vocabulary: Vocabulary, path: Path) -> list[_Source]:
    kind = kind_of(path)
    if isinstance(kind, FactsProblem):
        raise CannotRead(kind)
    names: tuple[str, ...]
    grid_of: Callable[[str], Grid]
    with ExitStack() as opened:
        match kind:
            case "workbook":
                from attain_engine.facts.workbook import Workbook

                workbook = opened.enter_context(Workbook(path, str(path)))
                names, grid_of = tuple(workbook.sheets), workbook.grid
            case "sqlite" | "duckdb":
                from attain_engine.facts.database import Database, DuckDb, Sqlite

                held: Database = Sqlite(path, str(path)) if kind == "sqlite" else DuckDb(path, str(path))
                database = opened.enter_context(held)
                names, grid_of = database.tables, database.grid
            case "folder":
                names = tuple(sorted(each.name for each in path.iterdir() if each.suffix in TABLES))

                def grid_of(name: str) -> Grid:
                    return _file_grid(vocabulary, path / name, opened)
            case "json":
                raise CannotRead(
                    FactsProblem(
                        "facts-wrong-shape",
                        "a JSON file has no headers to map",
                        str(path),
                        help="give a workbook, a database or a folder of tables",
                    )
                )
        read = [name for name in names if not folded(name).startswith(NOT_READ)]
        return [_Source(name, tuple(_first(grid := grid_of(name))), grid.dots_in_doubt) for name in read]


def _file_grid(vocabulary: Vocabulary, path: Path, opened: ExitStack) -> Grid:
    if path.suffix == ".parquet":
        from attain_engine.facts.database import DuckDb

        refused = irregular(path)
        if refused is not None:
            raise CannotRead(refused)
        return opened.enter_context(DuckDb(path, str(path), parquet=True)).grid(path.stem)
    text = read_text(path)
    if isinstance(text, FactsProblem):
        raise CannotRead(text)
    fields = {folded(field.name) for record in vocabulary.records.values() for field in record.fields}
    return csv_grid(text, str(path), fields)


def _first(grid: Grid) -> Iterator[tuple[int | None, tuple[Cell, ...]]]:
    try:
        for line, cells in islice(grid.rows, MOST_ROWS):
            if any(cells):
                yield line, tuple(cells)
    except Broken:  # what comes after cannot be read, which a check will say
        return


def _matched(vocabulary: Vocabulary, sources: list[_Source]) -> list[_Match]:
    """For each record the source that fits it best, no source twice; in the order of the policy."""
    found: list[tuple[int, _Match]] = []
    for name, record in vocabulary.records.items():
        for source in sources:
            stem = re.sub(r"\.(csv|parquet)$", "", source.name)
            by_name = record_of(stem, {name: record}) is not None
            near = by_name or closest(stem, (name, record.title, *file_names(name))) is not None
            headers = [
                (len(columns), -place, columns)
                for place in range(min(_HEADER_WITHIN, len(source.rows)))
                if (columns := _columns(vocabulary, record, source, place))
            ]
            if not headers:
                continue
            fields, place, columns = max(headers, key=lambda each: each[:2])
            needed = sum(column_of(field).missing is None for field in record.fields)
            if near or 2 * fields >= max(needed, 2):
                score = 100 * fields // len(record.fields) + 150 * by_name + 60 * near
                found.append((score, _Match(record, source, -place, columns, by_name)))
    chosen: dict[str, _Match] = {}
    for _, match in sorted(found, key=lambda each: -each[0]):
        if match.record.id not in chosen and all(each.source.name != match.source.name for each in chosen.values()):
            chosen[match.record.id] = match
    return [chosen[record.id] for record in vocabulary.records.values() if record.id in chosen]


def _columns(vocabulary: Vocabulary, record: Record, source: _Source, place: int) -> dict[str, tuple[int, bool]]:
    """The column of each field where this row is the header: first what is certain, then what is likely."""
    headers = [cell_text(cell).strip() for cell in source.rows[place][1]]
    found: dict[str, tuple[int, bool]] = {}
    used: set[int] = set()

    def take(name: str, number: int, certain: bool) -> None:
        if name not in found and number not in used:
            found[name] = (number, certain)
            used.add(number)

    for number, header in enumerate(headers):
        name = matched(header, [field.name for field in record.fields]) or next(
            (field.name for field in record.fields if folded(field.title) == folded(header)), None
        )
        if name is not None and header:
            take(name, number, True)
    likely = sorted(
        (
            (-likeness, number, field.name)
            for field in record.fields
            for number, header in enumerate(headers)
            if (likeness := max(_likeness(header, field.name), _likeness(header, field.title))) >= 50
        ),
    )
    for _, number, name in likely:
        take(name, number, False)
    if found:
        for field in record.fields:
            if isinstance(field.type, EnumType) and field.name not in found:
                enum = vocabulary.spellings[field.type.id]
                for number in range(len(headers)):
                    if headers[number] and enum_likeness(enum, _cells(source, place, number)) >= _LIKE:
                        take(field.name, number, False)
    return found


def _likeness(header: str, name: str) -> int:
    """How much the words of two names have in common, of 100."""
    one, other = (set(re.findall(r"[^\W_]+", text.casefold())) for text in (header, name))
    if not one or not other:
        return 0
    if closest(header, (name,), percent=80) is not None:
        return 90
    if other <= one:
        return 60
    return 100 * len(one & other) // len(one | other)


def _cells(source: _Source, header: int, number: int) -> list[Cell]:
    return [cells[number] for _, cells in source.rows[header + 1 :] if number < len(cells)]


def _table_lines(vocabulary: Vocabulary, match: _Match) -> Iterator[Line]:
    name = vocabulary.names[match.record.id]
    headers = [cell_text(cell).strip() for cell in match.source.rows[match.header][1]]
    unread = [
        header
        for number, header in enumerate(headers)
        if header and number not in {column for column, _ in match.columns.values()}
    ]
    key = name if re.fullmatch(r"\w+", name, re.ASCII) else toml_text(name)
    yield Line(f"[tables.{key}]")
    if not match.by_name:
        yield Line(f"from = {toml_text(match.source.name)}", remark="likely")
    if match.header:
        yield Line(f"header = {match.source.rows[match.header][0] or 1}")
    if unread:
        listed = ", ".join(toml_text(header) for header in unread)
        yield Line(f"ignore = [{listed}]", "these columns are not read")
    yield Line("")
    for field in match.record.fields:
        column = column_of(field)
        lines = list(_field_lines(vocabulary, match, column, headers, unread))
        values: list[Line] = []
        if field.name in match.columns:
            cells = _cells(match.source, match.header, match.columns[field.name][0])
            values = value_lines(column.slot, cells, vocabulary.spellings)
        if lines:
            yield Line(f"[tables.{key}.fields.{field.name}]")
            yield from lines
            yield Line("")
        if values:
            yield Line(f"[tables.{key}.fields.{field.name}.values]")
            yield from values
            yield Line("")


def _field_lines(
    vocabulary: Vocabulary, match: _Match, column: Column, headers: list[str], unread: list[str]
) -> Iterator[Line]:
    if column.name not in match.columns:
        if column.missing is None:
            choice = unread[0] if unread else "..."
            among = (
                f"which column has it: {', '.join(toml_text(each) for each in unread)}"
                if unread
                else ('no column is left: name one, or give all rows one `value = "..."`')
            )
            yield Line(f"from = {toml_text(choice)}", among)
        return
    number, certain = match.columns[column.name]
    if not certain:
        yield Line(f"from = {toml_text(headers[number])}", remark="likely")
    cells = _cells(match.source, match.header, number)
    yield from format_lines(column.slot, cells, vocabulary.spellings, match.source.in_doubt)
