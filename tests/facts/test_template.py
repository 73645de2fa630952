"""The workbook to fill in, and the marked copy of one with mistakes."""

from __future__ import annotations

import io
from pathlib import Path

import openpyxl
import pytest

from attain_engine.facts.marked import marked_copy
from attain_engine.facts.template import template
from tests.facts.policy import PROGRAM
from tests.facts.sheets import exams, read, sheet_of, workbook


@pytest.fixture(scope="module")
def book() -> openpyxl.Workbook:
    return openpyxl.load_workbook(io.BytesIO(template(PROGRAM)))


def test_it_has_a_sheet_for_each_record_with_its_fields(book: openpyxl.Workbook) -> None:
    assert book.sheetnames == ["README", "README values", "Usage", "ExamResult", "Membership", "Visit"]
    assert [cell.value for cell in sheet_of(book, "Usage")[1]] == ["tenant", "track", "month", "seats", "trial"]


def test_it_offers_the_values_of_enums_and_flags(book: openpyxl.Workbook) -> None:
    offered = {str(each.sqref): each.formula1 for each in sheet_of(book, "Usage").data_validations.dataValidation}
    assert offered["B2:B100000"] == "'README values'!$A$2:$A$3"
    assert [sheet_of(book, "README values")[f"A{row}"].value for row in (1, 2, 3)] == ["Track", "smb", "enterprise"]
    assert offered["E2:E100000"] == '"yes,no"'


def test_it_checks_bounds(book: openpyxl.Workbook) -> None:
    checks = {str(each.sqref): each for each in sheet_of(book, "Usage").data_validations.dataValidation}
    seats = checks["D2:D100000"]
    assert (seats.type, seats.operator, seats.formula1, seats.formula2) == ("whole", "between", "0", "1000")


def test_each_column_says_what_it_is(book: openpyxl.Workbook) -> None:
    comment = sheet_of(book, "Usage")["D1"].comment
    assert comment is not None
    assert comment.text.splitlines() == ["a whole number from 0 to 1_000", "must be filled in"]


def test_months_and_names_stay_text(book: openpyxl.Workbook) -> None:
    usage = sheet_of(book, "Usage").column_dimensions
    assert [usage[letter].number_format for letter in "ABCD"] == ["@", "@", "@", "0"]
    assert sheet_of(book, "ExamResult").column_dimensions["B"].number_format == "yyyy-mm-dd"


def test_it_reads_back_as_tables_without_rows(tmp_path: Path) -> None:
    made = openpyxl.load_workbook(io.BytesIO(template(PROGRAM)))
    del made["Membership"]  # of which there is one row
    made.save(tmp_path / "f.xlsx")
    facts, mistakes, doubts = read(tmp_path / "f.xlsx")
    assert (mistakes, doubts) == ([], [])
    assert facts is not None
    assert facts.tables == {"club.Usage": (), "club.ExamResult": (), "club.Visit": ()}
    assert facts.unused == ()


def test_it_reads_back_what_is_filled_in(tmp_path: Path) -> None:
    made = openpyxl.load_workbook(io.BytesIO(template(PROGRAM)))
    sheet_of(made, "Usage").append(["a", "smb", "2024-05", 12, "yes"])
    sheet_of(made, "Membership").append(["2024-01-31"])
    made.save(tmp_path / "f.xlsx")
    facts, mistakes, _ = read(tmp_path / "f.xlsx")
    assert mistakes == []
    assert facts is not None
    assert facts.tables["club.Usage"][0].values["seats"] == 12


def test_a_marked_copy_says_in_each_cell_what_is_wrong(tmp_path: Path) -> None:
    made = workbook(tmp_path / "f.xlsx", exams("tries", 1, 1.5, "x"))
    sheet_of(made, "ExamResult")["D9"] = "lost"
    made.save(tmp_path / "f.xlsx")
    _, mistakes, _ = read(tmp_path / "f.xlsx")
    copy = openpyxl.load_workbook(io.BytesIO(marked_copy(tmp_path / "f.xlsx", mistakes)))
    sheet = sheet_of(copy, "ExamResult")
    marked = {cell.coordinate: cell.comment.text for row in sheet for cell in row if cell.comment is not None}
    assert sorted(marked) == ["A9", "B9", "C3", "C4", "D9"]
    assert marked["C3"] == "tries: '1.5' is not a whole number\na count has no decimals"
    assert sheet["C3"].fill.fgColor.rgb == "FFFFC7CE"
    assert sheet["C2"].fill.fill_type is None
    assert sheet["C3"].value == 1.5
