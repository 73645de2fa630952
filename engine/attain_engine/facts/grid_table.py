"""The rows of one record from a table of cells: which column is which field, then every row, with every mistake."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import chain, islice

from attain_compiler.model.program import Record
from attain_compiler.model.types import Value
from attain_engine.facts.cells import (
    DIGITS_OF_A_SPREADSHEET,
    HEADER_WITHIN,
    MOST_COLUMNS,
    BadCell,
    Broken,
    Cell,
    Grid,
    NumberCell,
    cell_text,
    column_letters,
    digits,
    is_blank,
)
from attain_engine.facts.from_cell import cell_reader
from attain_engine.facts.header_rows import (
    Line,
    below_title,
    group_above,
    merged_header,
    no_header,
    rows_said,
    take_header,
)
from attain_engine.facts.headers import by_title, folded, matched
from attain_engine.facts.mapping import NOTHING_SAID, TableMapping
from attain_engine.facts.model import Unknown
from attain_engine.facts.problem import Refusal
from attain_engine.facts.slot import Slot
from attain_engine.facts.spelling import did_you_mean, quoted, toml_text
from attain_engine.facts.style import Style
from attain_engine.facts.table import Column, Table
from attain_engine.facts.totals import looks_like_a_total, says_total
from attain_engine.facts.vocabulary import Spellings

MOST_MISTAKES = 10_000
"""After so many mistakes a table is not read further; where its header is wrong, after so many rows."""

_MISSING = Refusal("facts-missing-value", "no value is written")

_Line = tuple[int | None, list[Cell]]


def read_grid(
    record: Record,
    grid: Grid,
    spellings: Mapping[str, Spellings],
    mapping: TableMapping = NOTHING_SAID,
    after: Table | None = None,
) -> Table:
    """The table that the cells hold, whose rows come `after` those of another. Blanks around a text and empty lines do
    not count."""
    return _Reading(record, grid, spellings, mapping, after).table


class _ColumnReader:
    """The cells of one column. Those that recur, as most do, are read once."""

    __slots__ = ("_read", "column", "empty", "known")

    def __init__(self, column: Column, spellings: Mapping[str, Spellings], style: Style) -> None:
        self.column = column
        self._read = cell_reader(column.slot, spellings, style)
        self.known: dict[Cell, Value | Unknown | Refusal] = {}
        self.empty: Value | Unknown | Refusal = _MISSING if column.missing is None else column.missing
        if style.values and "" in style.values:
            self.empty = self._read("")

    def read_new(self, cell: Cell) -> Value | Unknown | Refusal:
        value = self.empty if isinstance(cell, str) and not cell.strip() else self._read(cell)
        self.known[cell] = value
        return value


class _Reading:
    """One pass over a grid. `table` has what was read."""

    def __init__(
        self,
        record: Record,
        grid: Grid,
        spellings: Mapping[str, Spellings],
        mapping: TableMapping,
        after: Table | None,
    ) -> None:
        self.table = Table(record, grid.file, grid.sheet, after)
        self._grid, self._mapping = grid, mapping
        self._above: Line | None = None
        self._shape = "facts-bad-csv" if grid.form == "csv" else "facts-bad-table"
        rows = self._unbroken()
        if (header := self._header(rows)) is None:
            return
        line, cells = header
        if not mapping.header and not self._known(cells):
            above = list(islice(rows, HEADER_WITHIN))
            if self._refuse_title([(line, cells), *above]):
                return
            rows = chain(above, rows)
        columns = self._columns(line, cells)
        if columns is None:
            return
        self._take_rows(rows, columns, len(cells), spellings)
        self.table.check_number_of_rows()

    def _unbroken(self) -> Iterator[_Line]:
        try:
            yield from self._grid.rows
        except Broken as end:
            self.table.refuse(self._shape, end.message, end.help, line=end.line)

    def _header(self, rows: Iterator[_Line]) -> _Line | None:
        """The line of the header: those that the mapping names, or the first that is not empty."""
        wanted = self._mapping.header
        found = take_header(rows, wanted)
        if found is not None:
            (line, cells), self._above = found
            return line, list(cells)
        if not self.table.problems:
            names = [column.name for column in self.table.columns]
            message, fix, line = no_header(wanted, self._grid.form, names)
            self.table.refuse(self._shape, message, fix, line=line)
        return None

    def _known(self, cells: Sequence[Cell]) -> int:
        """How many of the headers in a line are those of fields."""
        return sum(field is not None for field in self._fields([cell_text(cell).strip() for cell in cells]))

    def _refuse_title(self, lines: list[_Line]) -> bool:
        """Whether a line without the header of a field stands above one that has them, as a title does: it is said."""
        rows, title = below_title(lines, self._known, min(2, len(self.table.columns))), lines[0][0]
        if rows:
            message = f"row {title} has no header of `{self.table.record.name}`, and row {rows[-1]} has"
            fix = f"say `header = {rows_said(rows)}` in the mapping, or remove what stands above the headers"
            self.table.refuse("facts-missing-column", message, fix, line=title)
        return bool(rows)

    def _columns(self, line: int | None, cells: list[Cell]) -> list[Column | None] | None:
        """The field of each column; None for one that is not read. None instead of all where there is no header."""
        table = self.table
        names = [cell_text(cell).strip() for cell in cells]
        while names and not names[-1] and self._grid.form != "csv":
            names.pop()
        if len(names) > MOST_COLUMNS:
            table.refuse(self._shape, f"the table has more than {MOST_COLUMNS:,} columns", "give those of the record")
            return None
        if self._grid.form == "csv" and any("\t" in name for name in names):
            fix = "save the table as CSV, with commas or semicolons between the columns"
            table.refuse(self._shape, "the columns are separated by tabs", fix, line=line)
            return None
        self._names = names
        columns: list[Column | None] = []
        taken: set[str] = set()
        fields = self._fields(names)
        for number, (name, cell) in enumerate(zip(names, cells, strict=False)):
            column = fields[number]
            spot = self._spot(number)
            if isinstance(cell, BadCell):
                why = merged_header(cell, line)
                table.refuse(why.code, why.message, why.help, line=line, column=spot)
            elif column is not None and column.name in taken:
                message = f"there are two columns {quoted(name)}"
                table.refuse("facts-repeated-key", message, "keep one", line=line, field=name, column=spot)
            elif column is None and not name and self._grid.form == "csv":
                message = f"column {number + 1} has no name"
                table.refuse(self._shape, message, "name it, or remove it", line=line, column=spot)
            elif column is None and name and folded(name) not in self._mapping.ignored:
                self._refuse_unknown(name, taken, line, spot)
            if column is not None:
                taken.add(column.name)
            columns.append(column)
        self._refuse_absent(taken, names, line)
        table.spots = {each.name: self._spot(at) for at, each in enumerate(columns) if each is not None}
        return columns

    def _fields(self, names: list[str]) -> list[Column | None]:
        """The field of each header: as the mapping says, else by its name, else by its title."""
        table, mapping = self.table, self._mapping
        by_name = {column.name: column for column in table.columns}
        sought = {folded(each.header): name for name, each in mapping.fields.items() if each.header}
        renamed = {*sought.values(), *(name for name, each in mapping.fields.items() if each.value is not None)}
        free = [name for name in by_name if name not in renamed]
        titles = {
            each.name: each.title for each in table.record.fields if each.name in free and each.title != each.name
        }
        exact = {name for name in names if name in free}
        found: list[Column | None] = []
        for name in names:
            fold = folded(name)
            field = sought.get(fold) if name else None
            if field is None and fold not in mapping.ignored:
                field = matched(name, free) or by_title(name, titles)
                if field in exact and name != field:  # another column has the very name
                    field = None
            found.append(None if field is None else by_name[field])
        return found

    def _refuse_unknown(self, name: str, taken: set[str], line: int | None, spot: str) -> None:
        by_name = [column.name for column in self.table.columns]
        free = [each for each in by_name if each not in taken] or by_name
        message = f"no field {quoted(name)} on `{self.table.record.name}`"
        self.table.refuse("facts-unknown-field", message, did_you_mean(name, free), line=line, field=name, column=spot)

    def _refuse_absent(self, taken: set[str], names: list[str], line: int | None) -> None:
        for column in self.table.columns:
            said = self._mapping.fields.get(column.name)
            if column.name in taken or (said is not None and said.value is not None):
                continue
            if said is not None and said.header:
                self.table.refuse(
                    "facts-missing-column",
                    f"there is no column {quoted(said.header)}, which the mapping names",
                    did_you_mean(said.header, [name for name in names if name]) or "correct the mapping",
                    line=line,
                    field=column.name,
                    rule=column.slot.rule,
                )
            elif column.missing is None:
                self.table.refuse(
                    "facts-missing-column",
                    f"there is no column {quoted(column.name)}",
                    "add the column; only fields with `?`, `default`, `or never` or `or none` may be left out",
                    line=line,
                    field=column.name,
                    rule=column.slot.rule,
                )

    def _constants(
        self, columns: list[Column | None], spellings: Mapping[str, Spellings]
    ) -> dict[str, Value | Unknown]:
        """The values of the fields that have no column."""
        table = self.table
        taken = {column.name for column in columns if column is not None}
        constants: dict[str, Value | Unknown] = {}
        for column in table.columns:
            said = self._mapping.fields.get(column.name)
            if column.name in taken:
                continue
            if said is not None and said.value is not None:
                value = cell_reader(column.slot, spellings, Style())(said.value)
                if isinstance(value, Refusal):
                    table.refuse(value.code, value.message, value.help, field=column.name, rule=column.slot.rule)
                else:
                    constants[column.name] = value
            elif column.missing is not None:
                constants[column.name] = column.missing
        return constants

    def _take_rows(
        self, rows: Iterator[_Line], columns: list[Column | None], width: int, spellings: Mapping[str, Spellings]
    ) -> None:
        """Read every row; where the header is wrong, only for the mistakes in its cells."""
        table, csv = self.table, self._grid.form == "csv"
        constants = self._constants(columns, spellings)
        usable = not table.problems
        used = [
            (number, column.name, reader.known, reader)
            for number, column in enumerate(columns)
            if column is not None
            for reader in (_ColumnReader(column, spellings, self._style(column.name)),)
        ]
        needed = any(column.missing is None for column in table.columns)
        width = width if csv else len(columns)
        nameless = [] if csv else [number for number, name in enumerate(self._names) if not name]
        numbers, row = iter(self._grid.numbers), table.last
        ignores = self._mapping.ignores if self._mapping.ignored_rows else None
        last: tuple[list[Cell], int | None] | None = None
        unseen: list[int | None] = []
        for read, (line, cells) in enumerate(rows):
            if read == MOST_MISTAKES and not usable:
                return  # what is wrong further down is said once the header is right
            if len(table.problems) > MOST_MISTAKES:
                message = f"the table has more than {MOST_MISTAKES:,} mistakes; nothing from this line on was read"
                table.refuse(self._shape, message, "mend those that are reported first", line=line)
                return
            if ignores is not None and ignores(cells):
                continue
            if csv:
                row = next(numbers, row + 1)
                if len(cells) != width:
                    self._refuse_length(len(cells), width, row, line)
                    continue
                if needed and not any(cells):
                    table.refuse("facts-missing-value", "the row is empty", "remove the line", row=row, line=line)
                    continue
            else:
                if self._grid.form == "sheet" and is_blank(cells):
                    continue
                row = next(numbers, row + 1)
                if line in self._grid.hidden:
                    unseen.append(line)
                if len(cells) < width:
                    cells += [""] * (width - len(cells))
                if nameless or len(cells) > width:
                    self._refuse_nameless(cells, [*nameless, *range(width, len(cells))], row, line)
            values = dict(constants)
            good = usable
            for number, name, known, reader in used:
                cell = cells[number]
                value = known.get(cell)
                if value is None:
                    value = reader.read_new(cell)
                if type(value) is Refusal:
                    good = False
                    self._refuse_cell(reader.column, value, cell, row, line, number)
                else:
                    values[name] = value  # type: ignore[assignment]
            if good:
                table.add(values, row, line)
            last = (cells, line) if good else None
        table.last = row
        if last is not None:
            self._note_total(last[0], row, last[1], {number: reader.column.slot for number, _, _, reader in used})
        for number, name, known, _ in used:
            self._note_digits(name, known)
            if number in self._grid.hidden_columns:
                self.table.remark(
                    "facts-hidden-sheet",
                    f"a hidden column counts: column {self._spot(number)} of the sheet",
                    "show it, or remove it if it is not to be read",
                    field=name,
                )
        if unseen:
            many = f"{len(unseen)} hidden rows count, the first is" if len(unseen) > 1 else "a hidden row counts:"
            self.table.remark(
                "facts-hidden-sheet", f"{many} row {unseen[0]} of the sheet", "show what a filter hides, or remove it"
            )

    def _note_total(self, cells: list[Cell], row: int, line: int | None, slots: Mapping[int, Slot]) -> None:
        """A total below the table has only what it sums; where a row needs no more, it would count as one."""
        written = {slot: text for number, slot in slots.items() if (text := cell_text(cells[number]).strip())}
        if looks_like_a_total(written, self.table.rows):
            first = next(text for cell in cells if (text := cell_text(cell).strip()))
            said = f"say `ignore_rows = [{toml_text(first)}]` in the mapping" if says_total(first) else "remove it"
            fix = f"{said}, unless it is to count"
            message = "the last row looks like the total of those above it, and it counts"
            self.table.remark("facts-total-row", message, fix, row=row, line=line)

    def _note_digits(self, field: str, known: Mapping[Cell, object]) -> None:
        """A number that a spreadsheet worked out may differ from the one it shows, far behind the point."""
        long = [cell for cell in known if isinstance(cell, NumberCell) and digits(cell.value) > DIGITS_OF_A_SPREADSHEET]
        if self._grid.form == "query":  # whole numbers of a database are as they are
            long = [cell for cell in long if cell.value.denominator != 1]
        if long:
            more = f", and {len(long) - 1} others" if len(long) > 1 else ""
            self.table.remark(
                "facts-more-digits",
                f"`{cell_text(long[0])}` has more digits than a spreadsheet shows{more}",
                "it is taken as it is; round it in the spreadsheet if what is shown is meant",
                field=field,
            )

    def _style(self, field: str) -> Style:
        return self._mapping.style(field, self._grid.dots_in_doubt)

    def _spot(self, number: int) -> str:
        return column_letters(number) if self._grid.form == "sheet" else ""

    def _refuse_length(self, cells: int, width: int, row: int, line: int | None) -> None:
        fix = "give every cell; one without a value is empty, between its separators"
        if cells > width:
            fix = 'put a cell that has the separator inside it in quotation marks: "..."'
        message = f"the row has {cells} cells, the header has {width}"
        self.table.refuse("facts-bad-csv", message, fix, row=row, line=line)

    def _refuse_nameless(self, cells: list[Cell], nameless: list[int], row: int, line: int | None) -> None:
        """A value in a column without a header would be lost."""
        number = next((each for each in nameless if cells[each] != ""), None)
        if number is not None:
            text, spot = cell_text(cells[number]), self._spot(number)
            fix = group_above(self._above, self._mapping.header, number) or "write a header above it, or remove it"
            message = f"column {spot} has a value and no header"
            self.table.refuse(self._shape, message, fix, row=row, line=line, value=text, column=spot)

    def _refuse_cell(
        self, column: Column, refusal: Refusal, cell: Cell, row: int, line: int | None, number: int
    ) -> None:
        spot = self._spot(number)
        if refusal is _MISSING:
            self.table.refuse_missing(column.name, row, line, spot)
            return
        self.table.refuse(
            refusal.code,
            refusal.message,
            refusal.help,
            row=row,
            line=line,
            field=column.name,
            value=cell_text(cell).strip(),
            rule=column.slot.rule,
            column=spot,
        )
