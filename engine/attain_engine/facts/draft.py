"""What has been read of the facts so far, and the mistakes found on the way."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import dataclass, field

from attain_compiler.model.program import Record
from attain_compiler.model.types import Value
from attain_engine.facts.cells import Grid
from attain_engine.facts.grid_table import read_grid
from attain_engine.facts.mapping import TableMapping
from attain_engine.facts.model import Facts, Row
from attain_engine.facts.problem import FactsProblem
from attain_engine.facts.table import Table
from attain_engine.facts.vocabulary import Vocabulary


@dataclass(slots=True)
class Draft:
    """Facts in the making: readers put in what they read and every mistake they find."""

    vocabulary: Vocabulary
    organisation: str
    as_of: datetime.date | None = None
    closed: bool = False
    tables: dict[str, tuple[Row, ...]] = field(default_factory=dict)
    values: dict[tuple[str, tuple[Value, ...]], Value] = field(default_factory=dict)
    problems: list[FactsProblem] = field(default_factory=list)
    remarks: list[FactsProblem] = field(default_factory=list)
    unused: list[str] = field(default_factory=list)
    spots: dict[tuple[str, str], Mapping[str, str]] = field(default_factory=dict)
    """The letters of the columns of a sheet by their fields, of each record and sheet."""
    _grids: dict[str, Table] = field(default_factory=dict)

    def facts(self) -> Facts | None:
        """The facts, or None where there are mistakes."""
        if self.problems:
            return None
        return Facts(
            self.organisation,
            self.tables,
            self.values,
            self.closed,
            self.as_of,
            tuple(self.unused),
            tuple(self.remarks),
        )

    def take_grid(self, record: Record, grid: Grid, said: TableMapping) -> None:
        """Take the rows of a record from a table of cells; a further table goes on where the one before it ended."""
        before, rows = self._grids.get(record.id), self.tables.get(record.id, ())
        table = self._grids[record.id] = read_grid(record, grid, self.vocabulary.spellings, said, before)
        self.take(table)
        if before is not None:
            self.tables[record.id] = (*rows, *table.rows)

    def take(self, table: Table) -> None:
        """Take the rows of a record, and what was found in them."""
        self.tables[table.record.id] = tuple(table.rows)
        self.spots[table.record.id, table.sheet] = table.spots
        self.problems.extend(table.problems)
        self.remarks.extend(table.remarks)
