"""Tables of cells from a workbook: the sheets of an .xlsx file, read by openpyxl."""

from __future__ import annotations

import datetime
import re
import warnings
from collections.abc import Iterator, Mapping
from itertools import islice, repeat
from pathlib import Path
from types import TracebackType
from typing import Any

from attain_engine.facts.archive import Archive, Merged, examine, not_a_workbook
from attain_engine.facts.cells import (
    MOST_CELLS,
    MOST_COLUMNS,
    BadCell,
    Broken,
    Cell,
    DateCell,
    Grid,
    NumberCell,
    cell_of,
    cell_text,
    column_letters,
    spreadsheet_error,
)
from attain_engine.facts.extras import extra
from attain_engine.facts.problem import Refusal
from attain_engine.facts.spelling import quoted

_BETWEEN = re.compile(r'"[^"]*"|\\.|\[[^\]]*\]')
"""What stands in a number format for itself: texts, signs, and colours or places."""

_AT_ONCE = 100

_MARCH_1900 = datetime.datetime(1900, 3, 1)
"""Up to here spreadsheets differ by a day or more: some have a 29th of February 1900, which there was not."""

_DAY_ONE = datetime.datetime(1904, 1, 1)
"""That of workbooks that count from 1904."""

_NO_VALUE = Refusal(
    "facts-bad-cell",
    "the formula has no value",
    "open the workbook in a spreadsheet program, which works it out, and save it",
)


class Workbook:
    """A workbook that is open for reading. `sheets` are its sheets with cells, by name; those in `hidden` are not
    shown. To be used in a `with` statement."""

    def __init__(self, path: Path, file: str) -> None:
        """Raises `CannotRead`."""
        openpyxl = extra("openpyxl", "sheets", "a workbook", file)
        self._path, self._file = path, file
        self._load: Any = openpyxl.load_workbook
        self._archive: Archive = examine(str(path), file)
        self._values: Any = self._opened(data_only=True)
        self._formulas: Any = self._opened(data_only=False) if self._archive.formulas else None
        since_1904 = self._values.epoch.year == 1904
        self._first_day = _DAY_ONE if since_1904 else _MARCH_1900
        self.sheets: Mapping[str, Any] = {sheet.title: sheet for sheet in self._values.worksheets}
        self.hidden = frozenset(name for name, sheet in self.sheets.items() if sheet.sheet_state != "visible")

    def __enter__(self) -> Workbook:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        for each in (self._values, self._formulas):
            if each is not None:
                each.close()

    def grid(self, name: str) -> Grid:
        """The cells of a sheet."""
        part = self._part(name)
        hidden = self._archive.hidden.get(part, frozenset())
        columns = self._archive.hidden_columns.get(part, frozenset())
        rows = self._rows(name)
        return Grid(self._file, "sheet", rows, name, dots_in_doubt=True, hidden=hidden, hidden_columns=columns)

    def _part(self, name: str) -> str:
        """The path of the part of the archive that has a sheet."""
        return str(self.sheets[name]._worksheet_path).lstrip("/")

    def _opened(self, data_only: bool) -> Any:
        try:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")  # about what is not read, such as drop-downs
                return self._load(self._path, read_only=True, data_only=data_only, keep_links=False)
        except Exception as error:  # openpyxl lets through whatever a damaged file makes it meet
            raise not_a_workbook(self._file, str(error) or type(error).__name__) from None

    def _rows(self, name: str) -> Iterator[tuple[int | None, list[Cell]]]:
        merged = self._archive.merged.get(self._part(name), ())
        count = 0
        nothing: set[Merged] = set()
        rows = self._cells(self.sheets[name])
        formulas = repeat(()) if self._formulas is None else self._cells(self._formulas[name])
        for line, (row, written) in enumerate(zip(rows, formulas, strict=False), 1):
            if not row:
                continue
            count += len(row)
            if count > MOST_CELLS:
                fix = "give the rows of one organisation, and remove cells far to the right that hold nothing"
                raise Broken(f"the sheet has more than {MOST_CELLS:,} cells; the rest was not read", fix, line)
            cells = [_cell(each, self._first_day) for each in row]
            for number, (cell, formula) in enumerate(zip(row, written, strict=False)):
                empty_text = cell.data_type in ("s", "str", "inlineStr")
                if formula.data_type == "f" and cell.value is None and not empty_text:
                    cells[number] = BadCell(str(getattr(formula.value, "text", formula.value)), _NO_VALUE)
            for area in [each for each in merged if each.top <= line <= each.bottom] if merged else ():
                if line == area.top and (area.left >= len(cells) or cells[area.left] == ""):
                    nothing.add(area)
                if area not in nothing:
                    _cover(cells, line, area)
            while cells and cells[-1] == "":
                cells.pop()
            yield line, cells

    def _cells(self, sheet: Any) -> Iterator[tuple[Any, ...]]:
        sheet.reset_dimensions()  # what a file says about its size need not be so
        rows = sheet.iter_rows()
        while True:
            try:
                with warnings.catch_warnings():
                    warnings.simplefilter("ignore")  # a date that is none becomes the error `#VALUE!`, reported below
                    some = list(islice(rows, _AT_ONCE))
            except Exception as error:  # as above
                why = " ".join(str(error).split())[:200] or type(error).__name__
                fix = "open it in a spreadsheet program and save it again as .xlsx"
                raise Broken(f"the sheet cannot be read: {why}", fix) from None
            if not some:
                return
            yield from some


def _cell(cell: Any, first_day: datetime.datetime) -> Cell:
    """The cell; a date before `first_day` is refused."""
    value = cell.value
    if value is None:
        return ""
    if type(value) is str:
        if cell.data_type != "e":
            return value
        return BadCell(value, spreadsheet_error(value))
    read = cell_of(value)
    match read:
        case NumberCell(value=number):
            form = _BETWEEN.sub("", cell.number_format or "")
            first = form.partition(";")[0]
            return NumberCell(number, "%" in first, re.fullmatch("00+", first) is not None)
        case DateCell(moment=moment) if moment < first_day:
            message = (
                f"{quoted(cell_text(read))} lies before {first_day:%B %Y}, where spreadsheets do not agree on the day"
            )
            fix = "write it as text: year, month, day, as in `1899-12-31`"
            return BadCell(cell_text(read), Refusal("facts-bad-cell", message, fix))
        case DateCell(moment=moment):
            return DateCell(moment, "d" in _BETWEEN.sub("", cell.number_format or "d").lower())
        case _:
            return read


def _cover(cells: list[Cell], line: int, area: Merged) -> None:
    """Put in place of the merged cells of a line, but for the one that has their value, what is wrong with them."""
    last = min(area.right, MOST_COLUMNS)
    cells += [""] * (last + 1 - len(cells))
    for number in range(area.left, last + 1):
        if (line, number) != (area.top, area.left):
            cells[number] = _covered(area)


def _covered(merged: Merged) -> BadCell:
    place = f"{column_letters(merged.left)}{merged.top}:{column_letters(merged.right)}{merged.bottom}"
    fix = "take the cells apart, and write into each what holds for it"
    refusal = Refusal("facts-bad-cell", f"the cell is merged with others, `{place}`", fix)
    return BadCell(f"merged {place}", refusal, (merged.top, merged.left))
