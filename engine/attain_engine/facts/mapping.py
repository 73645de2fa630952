"""What a mapping says about tables: where the fields of each record are found, and how they are written there."""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence
from dataclasses import replace

from attain_compiler.frozen import frozen
from attain_engine.facts.cells import Cell, cell_text
from attain_engine.facts.headers import folded
from attain_engine.facts.style import AS_FACTS, Style

MAPPING_FILE = "attain-facts.toml"
"""The mapping stands under this name in the folder of the tables, or beside the workbook or database."""


@frozen
class FieldMapping:
    """`header` is the column that has the field (empty: the one called like it), `value` what it is in every row where
    it has no column. `alike`: whether names that look alike are the `same`, or known to be `different`."""

    header: str
    value: str | None
    style: Style
    alike: str = ""


@frozen
class TableMapping:
    """`sources` are the sheets, files or tables of a database with the rows of the record, one after the other (none:
    the one called like it), `header` the rows of their headers, from 1, which are read together (none: the first that
    is not empty), and `header_of` those of single ones among them, by their folded names. `ignored` are headers that
    are not read, and `ignored_rows` beginnings of rows that are not, both folded; `base` is how what is not said of a
    field is written.
    """

    sources: tuple[str, ...]
    header: tuple[int, ...]
    ignored: frozenset[str]
    ignored_rows: frozenset[str]
    fields: Mapping[str, FieldMapping]
    base: Style
    header_of: Mapping[str, tuple[int, ...]]

    def at(self, source: str) -> TableMapping:
        """What is said of the table in one of the sources."""
        rows = self.header_of.get(folded(source))
        return self if rows is None else replace(self, header=rows)

    def style(self, field: str, dots_in_doubt: bool = False) -> Style:
        """How a field is written."""
        said = self.fields.get(field)
        style = self.base if said is None else said.style
        return replace(style, dots_in_doubt=True) if dots_in_doubt else style

    def ignores(self, cells: Sequence[Cell]) -> bool:
        """Whether a row below the header is not read: the first of its cells that is not empty says so."""
        if not self.ignored_rows:
            return False
        first = next((text for cell in cells if (text := cell_text(cell).strip())), "")
        return folded(first) in self.ignored_rows


NOTHING_SAID = TableMapping((), (), frozenset(), frozenset(), {}, AS_FACTS, {})
"""The table is called like the record, its columns like the fields, and everything is written as facts write it."""


@frozen
class FactsMapping:
    """`tables` are by the ids of their records, `ignored` sheets, files and tables that are not read, folded; `base` is
    how what no table says is written. The rest is about the facts as a whole, as in JSON; empty or None where nothing
    is said."""

    file: str
    tables: Mapping[str, TableMapping]
    ignored: frozenset[str]
    organisation: str
    as_of: datetime.date | None
    closed: bool
    base: Style = AS_FACTS

    def table(self, record_id: str) -> TableMapping:
        """What is said of the table of a record, if only what is said of all."""
        return self.tables.get(record_id) or replace(NOTHING_SAID, base=self.base)


NO_MAPPING = FactsMapping("", {}, frozenset(), "", None, False)
