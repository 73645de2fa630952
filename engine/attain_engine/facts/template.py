"""An empty workbook for the facts that a policy asks for: a sheet for each record, with notes and drop-downs."""

from __future__ import annotations

import io
from collections.abc import Sequence
from datetime import date
from fractions import Fraction
from typing import Any

from attain_compiler.model.program import Field, Program, Record
from attain_compiler.model.types import EnumType, Quantity, Simple, Type
from attain_engine.facts.cells import column_letters
from attain_engine.facts.extras import extra
from attain_engine.facts.model import UNKNOWN
from attain_engine.facts.numerals import has_decimals, plain
from attain_engine.facts.slot import as_written
from attain_engine.facts.spelling import listed
from attain_engine.facts.table import Column, column_of
from attain_engine.facts.tables_file import LONGEST_SHEET_NAME
from attain_engine.facts.vocabulary import Spellings, Vocabulary, vocabulary_of

README = "README"
VALUES = "README values"
"""Sheets that are not read as facts: what is asked for, and the values that the drop-downs offer."""

_ROWS = 100_000
"""So many rows of a sheet have the drop-downs and are checked as they are filled in."""

_PATTERNS = {"date": "yyyy-mm-dd", "count": "0", "percent": "0.##%"}
_AS_TEXT = "@"
"""The format of text: a spreadsheet would make dates of months, and numbers of names that are digits."""


def template(program: Program) -> bytes:
    """The workbook as the bytes of an .xlsx file. Raises `CannotRead` where the library that writes it is missing."""
    openpyxl = extra("openpyxl", "sheets", "a workbook", "")
    return _Template(openpyxl, vocabulary_of(program)).bytes()


class _Template:
    def __init__(self, openpyxl: Any, vocabulary: Vocabulary) -> None:
        self._openpyxl = openpyxl
        self._vocabulary = vocabulary
        self._book = openpyxl.Workbook()
        self._readme = self._book.active
        self._readme.title = README
        self._values = self._book.create_sheet(VALUES)
        self._offered: dict[str, str] = {}
        self._bold = openpyxl.styles.Font(bold=True)
        self._fill = openpyxl.styles.PatternFill("solid", fgColor="FFE8EEF7")
        self._wrapped = openpyxl.styles.Alignment(wrap_text=True, vertical="top")

    def bytes(self) -> bytes:
        self._write_readme()
        for name, record in self._vocabulary.records.items():
            self._write_record(name, record)
        if self._offered:
            self._values.sheet_state = "hidden"
        else:
            self._book.remove(self._values)
        if len(self._book.worksheets) > 1:
            self._book.active = 1 + (VALUES in self._book.sheetnames)
        held = io.BytesIO()
        self._book.save(held)
        return held.getvalue()

    def _put(self, sheet: Any, row: int, column: int, text: str, *, bold: bool = False) -> Any:
        """A text that stays one, also where it begins like a formula."""
        cell = sheet.cell(row, column, text)
        cell.data_type = "s"
        if bold:
            cell.font = self._bold
        return cell

    def _write_readme(self) -> None:
        program = self._vocabulary.program
        policy = program.policies.get(program.main)
        title = policy.title if policy else program.main
        lines = (
            f"Facts for {title}",
            "A sheet for each record. An empty one says that there are no rows: delete it if nothing is known of them.",
            "Do not change the headers. This sheet is not read.",
        )
        for row, line in enumerate(lines, 1):
            self._put(self._readme, row, 1, line, bold=row == 1)
        row = len(lines) + 2
        for column, head in enumerate(("Sheet", "Column", "What it is", "What may stand there", "If it is empty"), 1):
            self._put(self._readme, row, column, head, bold=True)
        for name, record in self._vocabulary.records.items():
            row += 1
            texts = (_sheet_name(name), "", record.title, _said_of(record), "")
            for column, text in enumerate(texts, 1):
                self._put(self._readme, row, column, text, bold=True)
            for field in record.fields:
                row += 1
                slot = column_of(field)
                texts = ("", field.name, _title(field), _rule(slot), _if_empty(slot, field.type))
                for column, text in enumerate(texts, 1):
                    self._put(self._readme, row, column, text).alignment = self._wrapped
        for letters, width in zip("ABCDE", (24, 24, 44, 60, 30), strict=True):
            self._readme.column_dimensions[letters].width = width

    def _write_record(self, name: str, record: Record) -> None:
        sheet = self._book.create_sheet(_sheet_name(name))
        for number, field in enumerate(record.fields):
            column = column_of(field)
            letters = column_letters(number)
            cell = self._put(sheet, 1, number + 1, field.name, bold=True)
            cell.fill = self._fill
            parts = (_title(field), _rule(column), _if_empty(column, field.type), *_notes(record, number))
            note = self._openpyxl.comments.Comment("\n".join(part for part in parts if part), "attain")
            note.width, note.height = 320, 160
            cell.comment = note
            sheet.column_dimensions[letters].width = max(14, len(field.name) + 4)
            sheet.column_dimensions[letters].number_format = _pattern(field.type)
            self._offer(sheet, letters, field, column)
        sheet.freeze_panes = "A2"

    def _offer(self, sheet: Any, letters: str, field: Field, column: Column) -> None:
        """Check what is filled in: by a list of values, or by the bounds."""
        validation = self._openpyxl.worksheet.datavalidation.DataValidation
        match field.type:
            case EnumType(id=enum) if enum in self._vocabulary.spellings:
                made = validation(type="list", formula1=self._list(self._vocabulary.spellings[enum]))
            case Simple(kind="flag"):
                made = validation(type="list", formula1='"yes,no"')
            case Quantity(kind=kind) if (ends := _ends(column)) is not None:
                low, high = ends
                made = validation(
                    type="whole" if kind == "count" else "decimal",
                    operator="between" if low and high else "greaterThanOrEqual" if low else "lessThanOrEqual",
                    formula1=low or high,
                    formula2=high if low and high else None,
                )
            case _:
                return
        made.allow_blank = True
        made.showErrorMessage = True
        made.errorTitle = field.name
        made.error = column.slot.rule.replace("`", "")[:250]
        made.add(f"{letters}2:{letters}{_ROWS}")
        sheet.add_data_validation(made)

    def _list(self, spellings: Spellings) -> str:
        """The range of the sheet of values that has those of an enum, with its title above and theirs beside them."""
        enum = spellings.enum
        if enum.id not in self._offered:
            number = 2 * len(self._offered)
            self._put(self._values, 1, number + 1, enum.name, bold=True)
            for row, member in enumerate(enum.members, 2):
                self._put(self._values, row, number + 1, member.constant.name)
                self._put(self._values, row, number + 2, member.title)
            letters = column_letters(number)
            self._offered[enum.id] = f"'{VALUES}'!${letters}$2:${letters}${len(enum.members) + 1}"
        return self._offered[enum.id]


def _sheet_name(record: str) -> str:
    return record[:LONGEST_SHEET_NAME]


def _said_of(record: Record) -> str:
    one = ("one row",) if record.single else ()
    unique = (f"no two rows alike in {listed(fields)}".replace("`", "") for fields in record.unique)
    return "; ".join((*one, *unique))


def _title(field: Field) -> str:
    return "" if field.title == field.name else field.title


def _rule(column: Column) -> str:
    """What the policy says about a value, without its name and marks."""
    return column.slot.rule.partition("` is ")[2].replace("`", "")


def _if_empty(column: Column, of: Type) -> str:
    match column.missing:
        case None:
            return "must be filled in"
        case missing if missing is UNKNOWN:
            return "unknown if empty"
        case missing:
            return f"{as_written(missing, of)} if empty"


def _notes(record: Record, number: int) -> Sequence[str]:
    """What is said of the record as a whole stands at its first field."""
    if number:
        return ()
    notes = record.notes
    return (_said_of(record), record.title if record.title != record.name else "", notes.because, notes.advice)


def _pattern(of: Type) -> str:
    match of:
        case Quantity(kind=kind) | Simple(kind="date" as kind):
            return _PATTERNS.get(kind, "General")
        case _:
            return _AS_TEXT


def _ends(column: Column) -> tuple[str, str] | None:
    """The bounds as numbers of a spreadsheet; None where there are none, or they cannot be written."""
    ends = (column.slot.low, column.slot.high)
    if ends == (None, None) or any(isinstance(end, date | str) for end in ends):
        return None
    exact = [end for end in ends if isinstance(end, int | Fraction)]
    if not all(has_decimals(end) for end in exact):
        return None
    low, high = ("" if end is None else plain(end) for end in ends if end is None or isinstance(end, int | Fraction))
    return low, high
