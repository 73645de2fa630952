"""Facts in the sheets of a workbook: what a cell means, and what is said where it means nothing."""

from __future__ import annotations

import datetime
import sys
import zipfile
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from openpyxl.utils.datetime import CALENDAR_MAC_1904
from openpyxl.worksheet.formula import ArrayFormula

from attain_compiler.model.types import Duration
from attain_engine.facts import archive, cells, load_facts
from attain_engine.facts.cells import CannotRead
from tests.facts.policy import ENTERPRISE, PROGRAM, SMB, said
from tests.facts.sheets import Rows, exams, put_number, read, sheet_of, usage, workbook

DAY = datetime.datetime(2024, 5, 1)


def values(path: Path, field: str) -> list[object]:
    facts, mistakes, _ = read(path)
    assert said(mistakes) == []
    assert facts is not None
    return [row.values[field] for rows in facts.tables.values() for row in rows]


GOOD = [
    ("score", 0.1, Fraction(1, 10)),
    ("score", "0.25", Fraction(1, 4)),
    ("tries", 3.0, 3),
    ("fee", 12.5, Fraction(25, 2)),
    ("fee", "12.5 USD", Fraction(25, 2)),
    ("share", 0.4, Fraction(2, 5)),
    ("share", "40%", Fraction(2, 5)),
    ("expires", DAY, datetime.date(2024, 5, 1)),
    ("expires", "never", datetime.date.max),
    ("notice", "90 days", Duration(0, 90)),
    ("remark", 1001, "1001"),
    ("tracks", "smb | enterprise", frozenset({SMB, ENTERPRISE})),
    ("level", "Advanced", "high"),
]


@pytest.mark.parametrize(("field", "cell", "value"), GOOD)
def test_a_cell_means_what_it_shows(tmp_path: Path, field: str, cell: Any, value: Any) -> None:
    workbook(tmp_path / "f.xlsx", exams(field, cell))
    (read_value,) = values(tmp_path / "f.xlsx", field)
    assert getattr(read_value, "name", read_value) == value


def test_headers_and_sheets_match_without_regard_to_case_and_spaces(tmp_path: Path) -> None:
    header = (" Tenant", "TRACK\u00a0", "Month", "S e a t s")
    workbook(tmp_path / "f.xlsx", {"usage ": [(), header, ("a", "smb", "2024-05", 3)]})
    assert values(tmp_path / "f.xlsx", "seats") == [3]


def test_a_date_that_shows_its_month_is_a_month(tmp_path: Path) -> None:
    book = workbook(tmp_path / "f.xlsx", usage(("a", "smb", DAY, 3)))
    sheet_of(book, "Usage")["C2"].number_format = "mmm-yy"
    book.save(tmp_path / "f.xlsx")
    assert values(tmp_path / "f.xlsx", "month") == [2024 * 12 + 4]


def test_a_number_that_is_shown_as_a_percentage_is_one(tmp_path: Path) -> None:
    book = workbook(tmp_path / "f.xlsx", exams("share", 1.2))
    sheet_of(book, "ExamResult")["C2"].number_format = "0%"
    book.save(tmp_path / "f.xlsx")
    assert values(tmp_path / "f.xlsx", "share") == [Fraction(6, 5)]


def test_a_row_knows_its_sheet_and_its_number_there(tmp_path: Path) -> None:
    workbook(tmp_path / "f.xlsx", {"Usage": [(), *usage()["Usage"], (), ("a", "smb", "2024-05", 3)]})
    facts, _, _ = read(tmp_path / "f.xlsx")
    assert facts is not None
    (row,) = facts.tables["club.Usage"]
    assert row.origin is not None
    assert row.origin.name == "Usage row 1 (f.xlsx Usage!4)"


def test_sheets_of_nothing_in_the_policy_are_left_aside_and_named(tmp_path: Path) -> None:
    book = workbook(tmp_path / "f.xlsx", {**usage(), "Pivot 7": [("x",)], "Secret": [("y",)], "Read me": [("z",)]})
    sheet_of(book, "Secret").sheet_state = "hidden"
    book.save(tmp_path / "f.xlsx")
    facts, _, doubts = read(tmp_path / "f.xlsx")
    assert facts is not None
    assert (facts.unused, doubts) == (("Pivot 7", "Secret (hidden)"), [])


BAD = [
    ("tries", "1.250", "C2", "`1.250` could be 1.25 or 1250"),
    ("score", "1.250", "C2", "`1.250` could be 1.25 or 1250"),
    ("score", "1,250", "C2", "`1,250` is not a number"),
    ("share", 40, "C2", "`40` could be 40% or 4000%"),
    ("tries", 1.5, "C2", "`1.5` is not a whole number"),
    ("tries", DAY, "C2", "`2024-05-01` is a date, not a whole number"),
    ("tries", True, "C2", "`true` is not a whole number"),
    ("expires", 45000, "C2", "`45000` is a number, not a date"),
    ("expires", datetime.datetime(2024, 5, 1, 10, 30), "C2", "`2024-05-01 10:30:00` has a time of day"),
    ("expires", datetime.time(10, 30), "C2", "`10:30:00` is a time of day or a length of time"),
    ("remark", DAY, "C2", "`2024-05-01` is a date, not text"),
    ("remark", 1.5, "C2", "`1.5` is a number with decimals, not a name"),
    ("remark", 1234567890123456, "C2", "`1234567890123456` has more digits than a spreadsheet keeps of a number"),
    ("level", "Low", "C2", "`Low` is not a value of `Level`"),
    ("notice", 90, "C2", "`90` is not a duration"),
    ("score", "=1/0", "C2", "the formula has no value"),
]


@pytest.mark.parametrize(("field", "cell", "place", "message"), BAD)
def test_a_cell_that_means_nothing_is_refused_with_its_place(
    tmp_path: Path, field: str, cell: Any, place: str, message: str
) -> None:
    workbook(tmp_path / "f.xlsx", exams(field, cell))
    _, mistakes, _ = read(tmp_path / "f.xlsx")
    assert [(each.sheet, f"{each.column}{each.line}", each.message) for each in mistakes] == [
        ("ExamResult", place, message)
    ]
    assert mistakes[0].help


def test_an_error_of_the_spreadsheet_is_refused_with_its_place(tmp_path: Path) -> None:
    book = workbook(tmp_path / "f.xlsx", exams("score", "#N/A"))
    sheet_of(book, "ExamResult")["C2"].data_type = "e"
    book.save(tmp_path / "f.xlsx")
    (report,) = said(read(tmp_path / "f.xlsx")[1])
    where, _, what = report.partition(": ")
    assert where == "f.xlsx:ExamResult!C2"
    assert "ExamResult row 1, score: `#N/A` is an error of the spreadsheet" in what


ERRORS = ["#N/A", "#REF!", "#DIV/0!", "#NAME?", "#NULL!", "#NUM!", "#VALUE!", "#SPILL!", "#NV", "#BEZUG!"]


@pytest.mark.parametrize("text", ERRORS)
def test_an_error_that_was_kept_as_text_is_no_name(tmp_path: Path, text: str) -> None:
    book = workbook(tmp_path / "f.xlsx", exams("remark", text))
    sheet_of(book, "ExamResult")["C2"].data_type = "s"
    book.save(tmp_path / "f.xlsx")
    (mistake,) = read(tmp_path / "f.xlsx")[1]
    assert (f"{mistake.column}{mistake.line}", mistake.message) == ("C2", f"`{text}` is an error of the spreadsheet")


@pytest.mark.parametrize("text", ["#1", "# 7", "#team", "#TEAM", "no. #3!", "#"])
def test_a_name_with_a_number_sign_is_one(tmp_path: Path, text: str) -> None:
    workbook(tmp_path / "f.xlsx", exams("remark", text))
    assert values(tmp_path / "f.xlsx", "remark") == [text]


def test_a_mapping_may_say_what_an_error_means(tmp_path: Path) -> None:
    workbook(tmp_path / "f.xlsx", exams("level", "high"))
    book = workbook(tmp_path / "f.xlsx", exams("level", "#N/A"))
    sheet_of(book, "ExamResult")["C2"].data_type = "s"
    book.save(tmp_path / "f.xlsx")
    (tmp_path / "attain-facts.toml").write_text('[tables.ExamResult.fields.level]\nvalues = { "#N/A" = "low" }\n')
    assert [getattr(each, "name", each) for each in values(tmp_path / "f.xlsx", "level")] == ["low"]


def test_an_array_formula_without_a_value_is_refused_by_its_text(tmp_path: Path) -> None:
    book = workbook(tmp_path / "f.xlsx", exams("score", 1))
    sheet_of(book, "ExamResult")["C2"] = ArrayFormula("C2:C2", "=SUM(A1:A2)")
    book.save(tmp_path / "f.xlsx")
    (mistake,) = read(tmp_path / "f.xlsx")[1]
    assert (mistake.message, mistake.value) == ("the formula has no value", "=SUM(A1:A2)")


SERIALS = [(-1, "1899-12-29"), (1, "1900-01-01"), (59, "1900-02-28"), (60, "1900-02-28")]


@pytest.mark.parametrize(("number", "shown"), SERIALS)
def test_days_on_which_spreadsheets_do_not_agree_are_refused(tmp_path: Path, number: int, shown: str) -> None:
    book = workbook(tmp_path / "f.xlsx", exams("expires", number))
    sheet_of(book, "ExamResult")["C2"].number_format = "yyyy-mm-dd"
    book.save(tmp_path / "f.xlsx")
    (mistake,) = read(tmp_path / "f.xlsx")[1]
    assert (f"{mistake.column}{mistake.line}", mistake.message) == (
        "C2",
        f"`{shown}` lies before March 1900, where spreadsheets do not agree on the day",
    )


@pytest.mark.parametrize("number", [0, 0.5])
def test_a_day_zero_is_no_date(tmp_path: Path, number: float) -> None:
    book = workbook(tmp_path / "f.xlsx", exams("expires", number))
    sheet_of(book, "ExamResult")["C2"].number_format = "yyyy-mm-dd"
    book.save(tmp_path / "f.xlsx")
    (mistake,) = read(tmp_path / "f.xlsx")[1]
    assert "is a time of day or a length of time" in mistake.message


DAYS = [
    (False, 61, "1900-03-01"),
    (False, 45000, "2023-03-15"),
    (True, 43538, "2023-03-15"),
    (True, 1, "1904-01-02"),
]


@pytest.mark.parametrize(("since_1904", "number", "day"), DAYS)
def test_a_date_is_the_day_that_the_workbook_counts(tmp_path: Path, since_1904: bool, number: int, day: str) -> None:
    book = workbook(tmp_path / "f.xlsx", exams("expires", number))
    if since_1904:
        book.epoch = CALENDAR_MAC_1904
    sheet_of(book, "ExamResult")["C2"].number_format = "yyyy-mm-dd"
    book.save(tmp_path / "f.xlsx")
    assert values(tmp_path / "f.xlsx", "expires") == [datetime.date.fromisoformat(day)]


def test_a_date_as_text_may_lie_before_1900(tmp_path: Path) -> None:
    workbook(tmp_path / "f.xlsx", exams("expires", "1899-12-31"))
    assert values(tmp_path / "f.xlsx", "expires") == [datetime.date(1899, 12, 31)]


def test_rows_of_blanks_are_empty_rows(tmp_path: Path) -> None:
    rows = [(" ",), *usage(("a", "smb", "2024-05", 3))["Usage"], (" ", "\u00a0", None, ""), (), ("", None)]
    workbook(tmp_path / "f.xlsx", {"Usage": rows})
    assert values(tmp_path / "f.xlsx", "seats") == [3]


HIDDEN = [
    ([3], "a hidden row counts: row 3 of the sheet"),
    ([2, 4, 9], "2 hidden rows count, the first is row 2 of the sheet"),
    ([9], ""),
]


@pytest.mark.parametrize(("rows", "said_of_them"), HIDDEN)
def test_hidden_rows_count_and_are_a_doubt(tmp_path: Path, rows: list[int], said_of_them: str) -> None:
    book = workbook(tmp_path / "f.xlsx", usage(*((name, "smb", "2024-05", 3) for name in "abc")))
    for each in rows:
        sheet_of(book, "Usage").row_dimensions[each].hidden = True
    book.save(tmp_path / "f.xlsx")
    assert values(tmp_path / "f.xlsx", "seats") == [3, 3, 3]
    doubts = [each for each in read(tmp_path / "f.xlsx")[2] if each.code == "facts-hidden-sheet"]
    assert [each.message for each in doubts] == ([said_of_them] if said_of_them else [])


def test_hidden_columns_count_and_are_a_doubt(tmp_path: Path) -> None:
    rows = usage(("a", "smb", "2024-05", 3))["Usage"]
    book = workbook(tmp_path / "f.xlsx", {"Usage": [(*each, "", "") for each in rows]})
    for each in "BDEF":  # E and F have no header: nothing in them counts
        sheet_of(book, "Usage").column_dimensions[each].hidden = True
    book.save(tmp_path / "f.xlsx")
    assert values(tmp_path / "f.xlsx", "seats") == [3]
    doubts = [each for each in read(tmp_path / "f.xlsx")[2] if each.code == "facts-hidden-sheet"]
    assert [each.message for each in doubts] == [
        "a hidden column counts: column B of the sheet",
        "a hidden column counts: column D of the sheet",
    ]


def test_a_header_over_merged_cells_is_refused(tmp_path: Path) -> None:
    book = workbook(tmp_path / "f.xlsx", usage(("a", "smb", "2024-05", 3)))
    sheet_of(book, "Usage").merge_cells("A1:B1")
    book.save(tmp_path / "f.xlsx")
    first = read(tmp_path / "f.xlsx")[1][0]
    assert (first.column, first.line, first.message) == ("B", 1, "the cell is merged with others, `A1:B1`")


WITH_UNITS = [
    ("tries", "40 h"),
    ("tries", "12 pcs"),
    ("tries", "12 €"),
    ("fee", "$12"),
    ("fee", "12 EUR"),
    ("tries", "(5)"),
    ("tries", "−5"),
    ("tries", "1e3"),
    ("fee", "1.250,50"),
    ("tries", "1\u00a0250"),
    ("tries", "½"),
    ("expires", "1.5.2024"),
    ("expires", "5/1/2024"),
    ("expires", "20240501"),
    ("expires", "n/a"),
    ("tries", "-"),
]


@pytest.mark.parametrize(("field", "text"), WITH_UNITS)
def test_a_text_that_is_no_number_or_date_as_facts_have_them_is_refused(tmp_path: Path, field: str, text: str) -> None:
    workbook(tmp_path / "f.xlsx", exams(field, text))
    (mistake,) = read(tmp_path / "f.xlsx")[1]
    assert (mistake.sheet, f"{mistake.column}{mistake.line}", bool(mistake.help)) == ("ExamResult", "C2", True)


def test_a_name_shown_with_zeros_that_it_does_not_have_is_refused(tmp_path: Path) -> None:
    book = workbook(tmp_path / "f.xlsx", exams("remark", 42))
    sheet_of(book, "ExamResult")["C2"].number_format = "00000"
    book.save(tmp_path / "f.xlsx")
    (mistake,) = read(tmp_path / "f.xlsx")[1]
    assert mistake.message == "`42` is shown with zeros before it, and has none"


def test_merged_cells_are_refused_not_taken_for_empty_ones(tmp_path: Path) -> None:
    book = workbook(tmp_path / "f.xlsx", exams("score", 1, 2))
    sheet_of(book, "ExamResult").merge_cells("C2:C3")
    book.save(tmp_path / "f.xlsx")
    (mistake,) = read(tmp_path / "f.xlsx")[1]
    assert (mistake.column, mistake.line, mistake.message) == ("C", 3, "the cell is merged with others, `C2:C3`")


def test_merged_cells_without_a_value_are_empty(tmp_path: Path) -> None:
    book = workbook(tmp_path / "f.xlsx", exams("score", None, None))
    sheet_of(book, "ExamResult").merge_cells("C2:C3")
    sheet_of(book, "ExamResult").merge_cells("E1:F3")
    book.save(tmp_path / "f.xlsx")
    assert read(tmp_path / "f.xlsx")[1] == []


def test_a_title_over_merged_cells_is_no_mistake_when_the_mapping_names_the_header(tmp_path: Path) -> None:
    book = workbook(tmp_path / "f.xlsx", {"Usage": [("Report 2024",), *usage(("a", "smb", "2024-05", 3))["Usage"]]})
    sheet_of(book, "Usage").merge_cells("A1:D1")
    book.save(tmp_path / "f.xlsx")
    (tmp_path / "attain-facts.toml").write_text("[tables.Usage]\nheader = 2\n")
    assert values(tmp_path / "f.xlsx", "seats") == [3]


SHAPES = [
    ([], "the table has no header"),
    ([("tenant", "track", "month", "seats", None, "x")], "no field `x` on `Usage`"),
    ([("tenant", "track", "month", "Seats", "seats")], "no field `Seats` on `Usage`"),
    ([("tenant", "track", "month")], "there is no column `seats`"),
    ([("tenant", "track", "month", "seats"), ("a", "smb", "2024-05", 3, "lost")], "column E has a value and no header"),
    (
        [("tenant", None, "track", "month", "seats"), ("a", "lost", "smb", "2024-05", 3)],
        "column B has a value and no header",
    ),
    ([("tenant", "track", "month", "seats"), ("a", None, "2024-05", 3)], "`track` is missing"),
]


@pytest.mark.parametrize(("rows", "message"), SHAPES)
def test_a_sheet_without_the_shape_of_a_table_is_refused(
    tmp_path: Path, rows: list[tuple[Any, ...]], message: str
) -> None:
    workbook(tmp_path / "f.xlsx", {"Usage": rows})
    _, mistakes, _ = read(tmp_path / "f.xlsx")
    assert [each.message for each in mistakes] == [message]


def test_a_hidden_sheet_that_counts_is_said(tmp_path: Path) -> None:
    book = workbook(tmp_path / "f.xlsx", {**usage(("a", "smb", "2024-05", 3)), "Shown": [("x",)]})
    sheet_of(book, "Usage").sheet_state = "hidden"
    book.save(tmp_path / "f.xlsx")
    facts, _, doubts = read(tmp_path / "f.xlsx")
    assert facts is not None
    assert [(each.code, each.message) for each in doubts] == [
        ("facts-hidden-sheet", "the sheet `Usage` is hidden, and its rows count")
    ]


def test_digits_that_are_not_shown_count_and_are_a_doubt(tmp_path: Path) -> None:
    workbook(tmp_path / "f.xlsx", exams("score", 0.3, 0.4))
    put_number(tmp_path / "f.xlsx", "0.3", "0.30000000000000004")
    assert values(tmp_path / "f.xlsx", "score") == [Fraction("0.30000000000000004"), Fraction("0.4")]
    assert [(each.code, each.message) for each in read(tmp_path / "f.xlsx")[2]] == [
        ("facts-more-digits", "`0.30000000000000004` has more digits than a spreadsheet shows")
    ]


def test_two_sheets_for_one_record_are_refused(tmp_path: Path) -> None:
    workbook(tmp_path / "f.xlsx", {**usage(), "usage 2": [], "U s a g e": []})
    assert "there are two sheets for `Usage`" in [each.message for each in read(tmp_path / "f.xlsx")[1]]


def test_a_workbook_without_a_sheet_of_the_policy_is_refused(tmp_path: Path) -> None:
    workbook(tmp_path / "f.xlsx", {"Pivot 7": [("x",)]})
    (mistake,) = read(tmp_path / "f.xlsx")[1]
    assert mistake.message == "no sheet is called like a record of the policy"


NOT_WORKBOOKS = [
    (b"", "the file is called `.xlsx`, and is neither a workbook nor a database"),
    (b"PK\x03\x04 and no more", "the file cannot be read as a workbook: File is not a zip file"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "the workbook is of an old format, or behind a password"),
]


@pytest.mark.parametrize(("content", "message"), NOT_WORKBOOKS, ids=["nothing", "a damaged one", "an old one"])
def test_what_is_no_workbook_is_refused(tmp_path: Path, content: bytes, message: str) -> None:
    (tmp_path / "f.xlsx").write_bytes(content)
    (mistake,) = read(tmp_path / "f.xlsx")[1]
    assert (mistake.code, mistake.message) == ("facts-bad-file", message)


def test_an_archive_that_is_no_workbook_is_refused(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "f.xlsx", "w") as made:
        made.writestr("x.txt", "x")
    assert [each.code for each in read(tmp_path / "f.xlsx")[1]] == ["facts-bad-file"]


def test_a_workbook_with_entities_of_its_own_is_refused(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "f.xlsx", "w") as made:
        made.writestr("xl/workbook.xml", '<!DOCTYPE a [<!ENTITY b "bbbb">]><a>&b;</a>')
    (mistake,) = read(tmp_path / "f.xlsx")[1]
    assert "it declares entities of its own" in mistake.message


def test_a_workbook_that_unpacks_to_too_much_is_refused(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "f.xlsx", "w", zipfile.ZIP_DEFLATED) as made:
        made.writestr("xl/x.xml", bytes(3_000_000))
    with pytest.raises(CannotRead, match="the workbook has more than 2 MB when it is unpacked"):
        archive.examine(str(tmp_path / "f.xlsx"), "f.xlsx", largest=2_000_000)


def test_a_sheet_with_too_many_cells_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("attain_engine.facts.workbook.MOST_CELLS", 20)
    workbook(tmp_path / "f.xlsx", {"Usage": [*usage(*(("a", "smb", "2024-05", 3),) * 5)["Usage"]]})
    assert "the sheet has more than 20 cells; the rest was not read" in [
        each.message for each in read(tmp_path / "f.xlsx")[1]
    ]
    assert cells.MOST_CELLS > 1_000_000


def test_a_cell_at_the_far_corner_is_found_without_filling_the_memory(tmp_path: Path) -> None:
    book = workbook(tmp_path / "f.xlsx", usage(("a", "smb", "2024-05", 3)))
    sheet_of(book, "Usage")["XFD1048576"] = "x"
    book.save(tmp_path / "f.xlsx")
    assert read(tmp_path / "f.xlsx")[1][0].message == "column XFD has a value and no header"


def test_without_the_library_the_extra_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    workbook(tmp_path / "f.xlsx", usage())
    monkeypatch.setitem(sys.modules, "openpyxl", None)
    facts, (mistake,) = load_facts(PROGRAM, tmp_path / "f.xlsx")
    assert facts is None
    assert (mistake.code, mistake.help) == ("facts-missing-extra", "install it: `pip install 'attain[sheets]'`")


@pytest.mark.parametrize("merge", ["", "A1:D1"])
def test_a_title_above_the_headers_is_said_to_be_one(tmp_path: Path, merge: str) -> None:
    rows: Rows = [("Seats of 2024",), (), ("Tenant", "track", "month", "seats"), ("a", "smb", "2024-05", "many")]
    book = workbook(tmp_path / "f.xlsx", {"Usage": rows})
    if merge:
        sheet_of(book, "Usage").merge_cells(merge)
        book.save(tmp_path / "f.xlsx")
    _, mistakes, _ = read(tmp_path / "f.xlsx")
    assert [(each.line, each.message) for each in mistakes] == [(1, "row 1 has no header of `Usage`, and row 3 has")]
    assert mistakes[0].help == "say `header = 3` in the mapping, or remove what stands above the headers"


def test_a_table_whose_headers_are_of_nothing_is_read_to_its_end(tmp_path: Path) -> None:
    _, mistakes, _ = read(workbook_at(tmp_path, [("x", "y"), ("tenant", "b"), ("c", "d")]))
    assert "no field `x` on `Usage`" in [each.message for each in mistakes]


def workbook_at(folder: Path, rows: Rows) -> Path:
    workbook(folder / "f.xlsx", {"Usage": rows})
    return folder / "f.xlsx"
