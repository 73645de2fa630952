"""The mapping beside the facts: what it says is done, and what it says wrongly is refused."""

from __future__ import annotations

import datetime
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

from attain_compiler.model.types import Duration
from attain_engine.facts.mapping_file import mapping_of
from attain_engine.facts.vocabulary import vocabulary_of
from tests.facts.policy import PROGRAM
from tests.facts.sheets import Rows, exams, read, workbook


def asked(folder: Path, sheets: dict[str, Rows], mapping: str) -> Any:
    workbook(folder / "f.xlsx", sheets)
    (folder / "attain-facts.toml").write_text(mapping, encoding="utf-8")
    return read(folder / "f.xlsx")


def values(folder: Path, field: str, mapping: str, *cells: Any) -> list[object]:
    said = f"[tables.ExamResult.fields.{field}]\n{mapping}"
    facts, mistakes, _ = asked(folder, exams(field, *cells), said)
    assert mistakes == []
    return [row.values[field] for row in facts.tables["club.ExamResult"]]


WRITTEN = [
    ("score", 'decimal = ","\nthousands = "."', "1.250,50", Fraction(2501, 2)),
    ("score", 'decimal = ","', "1250,5", Fraction(2501, 2)),
    ("score", 'decimal = "."', "1.250", Fraction(5, 4)),
    ("score", 'thousands = "."', "1.250", 1250),
    ("score", 'decimal = ","\nthousands = " "', "1\u00a0250,5", Fraction(2501, 2)),
    ("score", 'decimal = ","\nthousands = "."', "−12,5", Fraction(-25, 2)),
    ("tries", 'thousands = ","', "1,250", 1250),
    ("tries", 'unit = "thousands"', 3, 3000),
    ("tries", 'unit = "thousands"', "1.5", 1500),
    ("fee", 'decimal = ","\nunit = "$"', "12,50 $", Fraction(25, 2)),
    ("fee", 'unit = "USD"', "12.5 USD", Fraction(25, 2)),
    ("fee", 'unit = "millions"', 2, 2_000_000),
    ("share", 'unit = "%"', 40, Fraction(2, 5)),
    ("share", 'unit = "%"', "40", Fraction(2, 5)),
    ("notice", 'unit = "days"', 90, Duration(0, 90)),
    ("notice", 'unit = "years"', "2", Duration(24, 0)),
    ("expires", 'date = "DD.MM.YYYY"', "05.06.2024", datetime.date(2024, 6, 5)),
    ("expires", 'date = "M/D/YYYY"', "5/6/2024", datetime.date(2024, 5, 6)),
    ("expires", 'date = "D MMM YYYY"', "5 Jun 2024", datetime.date(2024, 6, 5)),
    ("expires", 'time = "drop"', "2024-06-05T10:30:00", datetime.date(2024, 6, 5)),
    ("expires", 'time = "drop"', datetime.datetime(2024, 6, 5, 10, 30), datetime.date(2024, 6, 5)),
    ("tracks", 'values = {"both" = "smb | enterprise"}', "both", None),
    ("level", 'values = {"1" = "low"}', 1, None),
]


@pytest.mark.parametrize(("field", "mapping", "cell", "value"), WRITTEN[:-2])
def test_values_are_read_as_the_mapping_says(
    tmp_path: Path, field: str, mapping: str, cell: Any, value: object
) -> None:
    assert values(tmp_path, field, mapping, cell) == [value]


@pytest.mark.parametrize(("field", "mapping", "cell"), [each[:3] for each in WRITTEN[-2:]])
def test_values_have_the_meaning_that_the_mapping_gives_them(
    tmp_path: Path, field: str, mapping: str, cell: Any
) -> None:
    (value,) = values(tmp_path, field, mapping, cell)
    names = sorted(each.name for each in value) if isinstance(value, frozenset) else [getattr(value, "name", "")]
    assert names == (["enterprise", "smb"] if field == "tracks" else ["low"])


def test_an_empty_cell_has_the_meaning_that_the_mapping_gives_it(tmp_path: Path) -> None:
    assert values(tmp_path, "remark", 'values = {"" = "none"}', None, "x") == ["none", "x"]


REFUSED = [
    ("score", 'decimal = ","\nthousands = "."', "1,250.50", "`1,250.50` is not a number"),
    ("score", 'decimal = ","\nthousands = "."', "12.50", "`12.50` is not a number"),
    ("expires", 'date = "DD.MM.YYYY"', "2024-06-05", "`2024-06-05` is not a date"),
    ("expires", 'date = "DD.MM.YYYY"', "31.06.2024", "there is no day `31.06.2024`"),
    ("notice", 'unit = "days"', 1.5, "`1.5` is not a number of days"),
    ("level", 'values = {"1" = "lowest"}', 1, "`lowest` is not a value of `Level`"),
]


@pytest.mark.parametrize(("field", "mapping", "cell", "message"), REFUSED)
def test_what_is_not_written_as_the_mapping_says_is_refused(
    tmp_path: Path, field: str, mapping: str, cell: Any, message: str
) -> None:
    _, mistakes, _ = asked(tmp_path, exams(field, cell), f"[tables.ExamResult.fields.{field}]\n{mapping}")
    assert [each.message for each in mistakes] == [message]


MAPPED = """\
organisation = "Contoso"
as_of = 2024-06-30
ignore = ["Usages of old"]

[tables.Usage]
from = "Seats per month"
header = 3
ignore = ["Remark"]

[tables.Usage.fields]
tenant.from = "Customer no."
seats.from = "Seats (paid)"
track.value = "smb"
"""
SHEET = [("Report",), (), ("customer NO.", "Month", "Seats (paid)", "remark"), (1001, "2024-05", 3, "fine")]


def test_sheets_headers_and_constants_are_as_the_mapping_says(tmp_path: Path) -> None:
    facts, mistakes, _ = asked(tmp_path, {"Seats per month": SHEET, "Usages of old": [("x",)]}, MAPPED)
    assert mistakes == []
    (row,) = facts.tables["club.Usage"]
    assert (facts.organisation, facts.as_of) == ("Contoso", datetime.date(2024, 6, 30))
    assert [str(row.values[name]) for name in ("tenant", "track", "seats")] == ["1001", "smb", "3"]


def test_a_column_that_the_mapping_names_must_be_there(tmp_path: Path) -> None:
    _, mistakes, _ = asked(tmp_path, exams("score", 1), '[tables.ExamResult.fields.tries]\nfrom = "Tries made"')
    assert [each.message for each in mistakes] == ["there is no column `Tries made`, which the mapping names"]


def test_a_sheet_that_the_mapping_names_must_be_there(tmp_path: Path) -> None:
    _, mistakes, _ = asked(tmp_path, exams("score", 1), '[tables.Usage]\nfrom = "Seats"')
    assert [each.message for each in mistakes] == ["there is no sheet `Seats`, which the mapping names"]


def test_a_folder_of_tables_may_have_a_mapping(tmp_path: Path) -> None:
    folder = tmp_path / "contoso"
    folder.mkdir()
    (folder / "export.csv").write_text("Kunde;track;month;seats\na;smb;05/2024;1.250\n")
    (folder / "attain-facts.toml").write_text(
        'thousands = "."\n[tables.Usage]\nfrom = "export.csv"\n'
        '[tables.Usage.fields]\ntenant.from = "Kunde"\nmonth.date = "MM/YYYY"\n'
    )
    _, mistakes, _ = read(folder)
    assert [each.message for each in mistakes] == ["`1250` is more than 1_000"]


YEARS: dict[str, Rows] = {
    "2023": [("tenant", "track", "month", "seats"), ("a", "smb", "2023-05", 1), ("b", "smb", "2023-05", 2)],
    "2024": [("seats", "month", "tenant", "track"), (3, "2024-05", "a", "smb")],
}


def test_rows_of_one_record_may_stand_in_several_sheets(tmp_path: Path) -> None:
    facts, mistakes, _ = asked(tmp_path, YEARS, '[tables.Usage]\nfrom = ["2023", "2024"]')
    assert mistakes == []
    rows = facts.tables["club.Usage"]
    assert [row.values["seats"] for row in rows] == [1, 2, 3]
    assert [row.origin.name for row in rows][1:] == ["Usage row 2 (f.xlsx 2023!3)", "Usage row 3 (f.xlsx 2024!2)"]


def test_what_is_unique_is_so_in_all_of_them(tmp_path: Path) -> None:
    sheets = {**YEARS, "more": YEARS["2023"][:2]}
    _, mistakes, _ = asked(tmp_path, sheets, '[tables.Usage]\nfrom = ["2023", "2024", "more"]')
    assert [(each.code, each.sheet, each.row, each.message) for each in mistakes] == [
        ("facts-not-unique", "more", 4, "the row has the same `tenant` and `month` as Usage row 1 (f.xlsx 2023!2)")
    ]


def test_each_of_several_sheets_must_be_there(tmp_path: Path) -> None:
    _, mistakes, _ = asked(tmp_path, YEARS, '[tables.Usage]\nfrom = ["2023", "2025"]')
    assert [each.message for each in mistakes] == ["there is no sheet `2025`, which the mapping names"]


def test_rows_may_stand_in_several_files_and_a_file_may_be_of_several_records(tmp_path: Path) -> None:
    folder = tmp_path / "contoso"
    folder.mkdir()
    (folder / "2023.csv").write_text("tenant,track,month,seats\na,smb,2023-05,1\n")
    (folder / "2024.csv").write_text("tenant,track,month,seats\na,smb,2024-05,3\n")
    (folder / "attain-facts.toml").write_text(
        '[tables.Usage]\nfrom = ["2023.csv", "2024.csv"]\n'
        '[tables.Visit]\nfrom = "2024.csv"\nignore = ["track", "month", "seats"]\nfields.room.from = "tenant"\n'
    )
    facts, mistakes, _ = read(folder)
    assert mistakes == []
    assert facts is not None
    assert [row.values["seats"] for row in facts.tables["club.Usage"]] == [1, 3]
    assert [row.values["room"] for row in facts.tables["club.Visit"]] == ["a"]


def test_rows_that_the_mapping_leaves_out_are_not_read(tmp_path: Path) -> None:
    rows = [("no", *YEARS["2023"][0]), (1, *YEARS["2023"][1]), ("", "", "", ""), (" TOTAL ", "", "", "", 1)]
    mapping = '[tables.Usage]\nfrom = "U"\nignore = ["no"]\nignore_rows = ["Total"]'
    facts, mistakes, doubts = asked(tmp_path, {"U": rows}, mapping)
    assert (mistakes, doubts) == ([], [])
    assert [row.values["seats"] for row in facts.tables["club.Usage"]] == [1]


WRONG = [
    ('[tables.Usage]\nfrom = ["A", "a"]', "tables.Usage.from", "a place with rows of `Usage` is named twice"),
    ("[tables.Usage]\nfrom = 3", "tables.Usage.from.0", "`tables.Usage.from.0` is not right"),
    (
        '[tables.Membership]\nfrom = ["A", "B"]',
        "tables.Membership.from",
        "there is one row of `Membership`, and it is in one place",
    ),
    ("x", "", "the mapping is not TOML: expected '=' after a key in a key/value pair (at end of document)"),
    ('organisation = "a\\u001b[2J"', "organisation", "`a\\x1b[2J` has a character that cannot be printed"),
    ('organisation = "a "', "organisation", '"a " has blanks around it'),
    ("[table.Usage]", "table", "no part of a mapping is called `table`"),
    ("[tables.Usages]", "tables.Usages", "no record `Usages`"),
    ("[tables.Usage.fields.seat]", "tables.Usage.fields.seat", "no field `seat` on `Usage`"),
    ("[tables.Usage]\nheaders = 3", "tables.Usage.headers", "no part of a mapping is called `headers`"),
    ("[tables.Usage]\nheader = 0", "tables.Usage.header", "`tables.Usage.header` is not right"),
    ("[tables.Usage]\nheader = {A = 0}", "tables.Usage.header", "`tables.Usage.header` is not right"),
    ("[tables.Usage]\nheader = {A = 1}", "tables.Usage.header", "`A` is none of the places that `from` names"),
    (
        '[tables.Usage]\nfrom = ["A", "B"]\nheader = {C = 1}',
        "tables.Usage.header",
        "`C` is none of the places that `from` names",
    ),
    ('date = "DD.MM.YY"', "", "`DD.MM.YY` is no format of dates"),
    ('decimal = ","\nthousands = ","', "", "`,` cannot stand before decimals and between thousands"),
    ('decimal = ";"', "decimal", "`decimal` is not right"),
    (
        '[tables.ExamResult.fields.expires]\ndate = "MM.YYYY"',
        "tables.ExamResult.fields.expires",
        "`MM.YYYY` has no day",
    ),
    ('[tables.ExamResult.fields.fee]\nunit = "EUR"', "tables.ExamResult.fields.fee", "`EUR` is no unit of money USD"),
    ('[tables.ExamResult.fields.tries]\nunit = "%"', "tables.ExamResult.fields.tries", "`%` is no unit of count"),
    (
        '[tables.Usage.fields]\ntenant.from = "A"\ntrack.from = " a"',
        "tables.Usage",
        "`tenant` and `track` of `Usage` are both from ` a`",
    ),
    (
        '[tables.Usage.fields.track]\nfrom = "A"\nvalue = "smb"',
        "tables.Usage.fields.track",
        "a field has `value` or `from`, not both",
    ),
]


@pytest.mark.parametrize(("text", "place", "message"), WRONG)
def test_a_mistake_in_the_mapping_is_refused(text: str, place: str, message: str) -> None:
    _, problems = mapping_of(text, "attain-facts.toml", vocabulary_of(PROGRAM))
    assert [(each.code, each.field, each.message) for each in problems] == [("facts-bad-mapping", place, message)]
    assert problems[0].help


FEBRUARY = [("Report",), (), ("tenant", "track", "month", "seats"), ("b", "smb", "2024-06", 2)]


@pytest.mark.parametrize("name", ["February", "february "])
def test_each_of_several_sheets_may_have_its_headers_in_a_row_of_its_own(tmp_path: Path, name: str) -> None:
    sheets: dict[str, Rows] = {"January": [("tenant", "track", "month", "seats"), ("a", "smb", "2024-05", 1)]}
    said = f'[tables.Usage]\nfrom = ["January", "February"]\nheader = {{"{name}" = 3}}'
    facts, mistakes, _ = asked(tmp_path, sheets | {"February": FEBRUARY}, said)
    assert mistakes == []
    assert [row.values["seats"] for row in facts.tables["club.Usage"]] == [1, 2]


@pytest.mark.parametrize("of", ["Usage", "usage"])
def test_a_sheet_called_like_a_record_that_is_elsewhere_says_so(tmp_path: Path, of: str) -> None:
    sheets: dict[str, Rows] = {"January": FEBRUARY, of: FEBRUARY}
    _, mistakes, _ = asked(tmp_path, sheets, '[tables.Usage]\nfrom = "January"\nheader = 3')
    says = f"the sheet `{of}` is called like a record, and the mapping takes its rows from `January`"
    assert [(each.message, each.help) for each in mistakes] == [(says, f"name `{of}` in `from`, too, or in `ignore`")]


def test_a_file_called_like_a_record_that_is_elsewhere_says_so(tmp_path: Path) -> None:
    for name in ("a.csv", "usage.csv"):
        (tmp_path / name).write_text("tenant,track,month,seats\na,smb,2024-05,1\n")
    (tmp_path / "attain-facts.toml").write_text('[tables.Usage]\nfrom = "a.csv"')
    (mistake,) = read(tmp_path)[1]
    assert (
        mistake.message == "the file `usage.csv` is called like a record, and the mapping takes its rows from `a.csv`"
    )


def test_each_of_several_files_may_have_its_headers_in_a_line_of_its_own(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("tenant,track,month,seats\na,smb,2024-05,1\n")
    (tmp_path / "b.csv").write_text("Report,,,\n,,,\ntenant,track,month,seats\nb,smb,2024-06,2\n")
    (tmp_path / "attain-facts.toml").write_text('[tables.Usage]\nfrom = ["a.csv", "b.csv"]\nheader = {"b.csv" = 3}')
    facts, mistakes, _ = read(tmp_path)
    assert mistakes == []
    assert facts is not None
    assert [row.values["seats"] for row in facts.tables["club.Usage"]] == [1, 2]


def test_a_row_that_is_no_header_is_told_with_its_sheet(tmp_path: Path) -> None:
    said = '[tables.Usage]\nfrom = ["January", "February"]\nheader = {January = 9, February = 3}'
    _, mistakes, _ = asked(tmp_path, {"January": FEBRUARY, "February": FEBRUARY}, said)
    assert [(each.sheet, each.message) for each in mistakes] == [("January", "there is no header in row 9")]


ALL_TABLES = [
    ("score", 'decimal = ","\nthousands = "."', "1.250", 1250),
    ("expires", 'date = "DD.MM.YYYY"', "05.06.2024", datetime.date(2024, 6, 5)),
    ("expires", 'time = "drop"', datetime.datetime(2024, 6, 5, 10, 30), datetime.date(2024, 6, 5)),
]


@pytest.mark.parametrize(("field", "mapping", "cell", "value"), ALL_TABLES)
def test_what_is_said_of_all_tables_is_so_of_those_that_are_not_named(
    tmp_path: Path, field: str, mapping: str, cell: Any, value: object
) -> None:
    passed = datetime.datetime(2024, 1, 1)
    rows: Rows = [("holder", "passed", field), ("ana", passed, cell)]
    facts, mistakes, _ = asked(tmp_path, {"ExamResult": rows}, mapping)
    assert [each.message for each in mistakes] == []
    assert [row.values[field] for row in facts.tables["club.ExamResult"]] == [value]


def test_a_mark_of_all_tables_is_that_of_a_file_that_is_not_named(tmp_path: Path) -> None:
    (tmp_path / "exam_result.csv").write_text("holder,passed,score\nana,2024-01-01,1.250\n")
    (tmp_path / "attain-facts.toml").write_text('thousands = "."')
    facts, mistakes, _ = read(tmp_path)
    assert mistakes == []
    assert facts is not None
    assert [row.values["score"] for row in facts.tables["club.ExamResult"]] == [1250]  # and not 1.25


def test_a_format_without_a_day_is_no_format_of_dates(tmp_path: Path) -> None:
    _, mistakes, _ = asked(tmp_path, exams("expires", "06/2024", "2024-06-05"), 'date = "MM/YYYY"')
    assert [(each.line, each.message) for each in mistakes] == [(2, "`06/2024` is not a date")]


@pytest.mark.parametrize(("more", "seats"), [("", None), ('\nday = "drop"', 12)])
def test_the_day_of_a_month_is_not_dropped_in_silence(tmp_path: Path, more: str, seats: int | None) -> None:
    sheets: dict[str, Rows] = {"Usage": [("tenant", "track", "month", "seats"), ("a", "smb", "15.06.2024", 12)]}
    facts, mistakes, _ = asked(tmp_path, sheets, f'[tables.Usage.fields.month]\ndate = "DD.MM.YYYY"{more}')
    if seats is None:
        assert [each.message for each in mistakes] == ["`15.06.2024` is a day, not a month"]
    else:
        assert (mistakes, facts.tables["club.Usage"][0].values["month"]) == ([], 2024 * 12 + 5)
