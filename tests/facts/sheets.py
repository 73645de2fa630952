"""Workbooks for tests, made as people make them, and what is said about them."""

from __future__ import annotations

import zipfile
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import openpyxl
from openpyxl.worksheet.worksheet import Worksheet

from attain_compiler.model.program import Program
from attain_engine.facts import Facts, FactsProblem
from attain_engine.facts.load import read_draft
from tests.facts.policy import PROGRAM

Rows = Sequence[Sequence[Any]]


def workbook(path: Path, sheets: Mapping[str, Rows]) -> openpyxl.Workbook:
    """A workbook with these sheets, saved at the path; save it again after changing it."""
    book = openpyxl.Workbook()
    del book[book.sheetnames[0]]
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for number, row in enumerate(rows, 1):
            for column, value in enumerate(row, 1):
                if value is not None:
                    sheet.cell(number, column, value)
    book.save(path)
    return book


def put_number(path: Path, shown: str, kept: str) -> None:
    """Have the only number that is `shown` so be kept with other digits, as a spreadsheet program does."""
    with zipfile.ZipFile(path) as old:
        parts = {name: old.read(name) for name in old.namelist()}
    with zipfile.ZipFile(path, "w") as new:
        for name, content in parts.items():
            new.writestr(name, content.replace(f"<v>{shown}</v>".encode(), f"<v>{kept}</v>".encode()))


def sheet_of(book: openpyxl.Workbook, name: str) -> Worksheet:
    sheet = book[name]
    assert isinstance(sheet, Worksheet)
    return sheet


def read(path: Path, program: Program = PROGRAM) -> tuple[Facts | None, list[FactsProblem], list[FactsProblem]]:
    """The facts at the path, the mistakes and the doubts, with places relative to its folder."""
    draft = read_draft(program, path)
    folder = f"{path.parent}/"
    mistakes, doubts = (
        [replace(each, file=each.file.removeprefix(folder)) for each in found]
        for found in (draft.problems, draft.remarks)
    )
    return draft.facts(), mistakes, doubts


def usage(*rows: Sequence[Any], header: Sequence[Any] = ("tenant", "track", "month", "seats")) -> dict[str, Rows]:
    return {"Usage": [header, *rows]}


def exams(field: str, *values: Any) -> dict[str, Rows]:
    """A sheet of exam results with these values of one further field."""
    return {"ExamResult": [("holder", "passed", field), *(("ana", "2024-01-01", value) for value in values)]}
