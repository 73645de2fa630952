"""What stands in a place with facts, for a proposal of a mapping: each sheet, file or table with its first rows."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack
from itertools import islice
from pathlib import Path

from attain_compiler.frozen import frozen
from attain_engine.facts.cells import HEADER_WITHIN, Broken, CannotRead, Cell, Grid, cell_text
from attain_engine.facts.csv_table import csv_grid
from attain_engine.facts.files import irregular, read_text
from attain_engine.facts.folder import TABLES
from attain_engine.facts.header_rows import groups_above, joined
from attain_engine.facts.headers import folded
from attain_engine.facts.load import kind_of
from attain_engine.facts.problem import FactsProblem
from attain_engine.facts.tables_file import NOT_READ
from attain_engine.facts.totals import says_total
from attain_engine.facts.vocabulary import Vocabulary

MOST_ROWS = 5_000
"""So many rows of a table are looked at."""


@frozen
class Source:
    """A sheet, file or table: its first rows that are not empty, and whether a dot in its numbers is in doubt.
    `groups` are the places of the rows that are read together where those of the last of them are headers."""

    name: str
    rows: tuple[tuple[int | None, tuple[Cell, ...]], ...]
    in_doubt: bool
    groups: Mapping[int, Sequence[int]]

    def header(self, place: int) -> list[Cell]:
        """The cells of the row at a place as headers, with the groups above them."""
        return joined([self.rows[at] for at in self.groups.get(place, (place,))])

    def headers(self, place: int) -> list[str]:
        """Their texts."""
        return [cell_text(cell).strip() for cell in self.header(place)]

    def header_lines(self, place: int) -> tuple[int, ...]:
        """The numbers of the rows that these are of."""
        return tuple(self.rows[at][0] or 1 for at in self.groups.get(place, (place,)))

    def column(self, header: int, number: int) -> list[Cell]:
        """The cells of a column below a header, without those of a total."""
        last = len(self.rows) - bool(self.total)
        return [cells[number] if number < len(cells) else "" for _, cells in self.rows[header + 1 : last]]

    @property
    def total(self) -> str:
        """What the last row begins with, where that is a word for a total; else empty."""
        if len(self.rows) < 3:
            return ""
        first = next((text for cell in self.rows[-1][1] if (text := cell_text(cell).strip())), "")
        return first if says_total(first) else ""

    @property
    def likely_header(self) -> int | None:
        """The place of the first row that has about as many texts as any: titles above a table have fewer. None where
        no row has two."""
        texts = [
            sum(isinstance(cell, str) and bool(cell.strip()) for cell in self.header(place))
            for place in range(min(HEADER_WITHIN, len(self.rows)))
        ]
        most = max(texts, default=0)
        return next(place for place, number in enumerate(texts) if 4 * number >= 3 * most) if most > 1 else None

    def place_of(self, headers: Sequence[str]) -> int | None:
        """The place of a row that has the same headers as another source, in any order."""
        sought = sorted(folded(each) for each in headers if each)
        places = range(min(HEADER_WITHIN, len(self.rows)))
        return next((at for at in places if sorted(folded(each) for each in self.headers(at) if each) == sought), None)


def sources_of(vocabulary: Vocabulary, path: Path) -> list[Source]:
    """The sheets, files or tables at a path, but those for people. Raises `CannotRead`."""
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
        return [_source(name, grid_of(name)) for name in read]


def _source(name: str, grid: Grid) -> Source:
    rows = tuple(_first(grid))
    numbers = ((place, groups_above(rows, place)) for place in range(min(HEADER_WITHIN, len(rows))))
    groups = {place: range(place - number, place + 1) for place, number in numbers if number}
    return Source(name, rows, grid.dots_in_doubt, groups)


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
