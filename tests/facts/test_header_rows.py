"""Headers in several rows, groups above and names below: read as a mapping says, proposed, and told by a check."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest

from attain_engine.facts import FactsProblem
from attain_engine.facts.load import read_draft
from attain_engine.facts.propose import propose
from attain_engine.facts.tables_of_many import TablesOfMany
from tests.facts.policy import PROGRAM
from tests.facts.sheets import Rows, read, sheet_of, workbook

GROUPED: dict[str, Rows] = {
    "Usage": [
        ("Seats of all customers",),
        (),
        ("Customer", None, "Used", None, "Seats"),
        ("tenant", "track", "month", None, None),
        ("a", "smb", "2024-05", None, 3),
        ("b", "smb", "2024-06", None, 4),
    ]
}
MERGED = ("A1:E1", "A3:B3", "C3:D3", "E3:E4")
TWINS: dict[str, Rows] = {
    "Exams": [
        ("Exam", None, "Certificate", None),
        ("Holder", "Date", "Holder", "Date"),
        ("ana", "2024-01-01", "bo", "2024-02-01"),
        ("chi", "2024-01-02", "dee", "2024-02-02"),
    ]
}


def grouped(folder: Path, sheets: dict[str, Rows], merged: tuple[str, ...], said: str = "") -> Path:
    path = folder / "f.xlsx"
    book = workbook(path, sheets)
    for each in merged:
        sheet_of(book, next(iter(sheets))).merge_cells(each)
    book.save(path)
    if said:
        (folder / "attain-facts.toml").write_text(said)
    return path


FIELDS = """
tenant.from = "Customer tenant"
track.from = "Customer track"
month.from = "Used month"
"""


def test_rows_of_headers_are_read_together(tmp_path: Path) -> None:
    path = grouped(tmp_path, GROUPED, MERGED, f"[tables.Usage]\nheader = [3, 4]\n[tables.Usage.fields]{FIELDS}")
    facts, mistakes, _ = read(path)
    assert [each.message for each in mistakes] == []
    assert facts is not None
    rows = facts.tables["club.Usage"]
    assert [(row.values["tenant"], row.values["seats"]) for row in rows] == [("a", 3), ("b", 4)]


def test_a_merged_cell_has_its_text_in_each_column_and_once_in_a_column(tmp_path: Path) -> None:
    sheets: dict[str, Rows] = {"Usage": [("x",), ("y",), *GROUPED["Usage"][2:]]}
    path = grouped(tmp_path, sheets, ("A3:B3", "E3:E4"), "[tables.Usage]\nheader = [3, 4]")
    found = [each.field for each in read(path)[1] if each.code == "facts-unknown-field"]
    assert found == ["Customer tenant", "Customer track", "Used month"]  # E is `Seats`, which is a field


def test_of_a_csv_file_only_what_stands_in_a_cell_is_its_group(tmp_path: Path) -> None:
    (tmp_path / "Usage.csv").write_text("Customer,,Used,\ntenant,track,month,seats\na,smb,2024-05,3\n")
    said = '[tables.Usage]\nheader = [1, 2]\nfields.tenant.from = "Customer tenant"\nfields.month.from = "Used month"'
    (tmp_path / "attain-facts.toml").write_text(said)
    facts, mistakes, _ = read(tmp_path)
    assert [each.message for each in mistakes] == []
    assert facts is not None
    assert len(facts.tables["club.Usage"]) == 1


def test_each_of_several_sheets_may_have_rows_of_its_own(tmp_path: Path) -> None:
    plain = [("Customer tenant", "Customer track", "Used month", "Seats"), ("c", "smb", "2024-07", 5)]
    said = '[tables.Usage]\nfrom = ["Usage", "More"]\nheader = { Usage = [3, 4], More = 1 }\n[tables.Usage.fields]'
    path = grouped(tmp_path, {**GROUPED, "More": plain}, MERGED, said + FIELDS)
    facts, mistakes, _ = read(path)
    assert [each.message for each in mistakes] == []
    assert facts is not None
    assert [row.values["seats"] for row in facts.tables["club.Usage"]] == [3, 4, 5]


def test_tables_of_many_organisations_are_read_so(tmp_path: Path) -> None:
    said = '[tables.Usage]\nheader = [3, 4]\n[tables.Usage.fields]\ntrack.value = "smb"\nmonth.from = "Used month"'
    path = grouped(tmp_path, GROUPED, MERGED, f'{said}\ntenant.from = "Customer tenant"\n')
    many = TablesOfMany(PROGRAM, path, "Customer track")
    assert many.problems == ()
    assert many.names == ("smb",)


@pytest.mark.parametrize("rows", ["[4, 3]", "[3, 3]", "[]", "[0, 1]", '["a"]', "{ Usage = [4, 3] }"])
def test_rows_of_headers_are_named_from_the_top(tmp_path: Path, rows: str) -> None:
    path = grouped(tmp_path, GROUPED, MERGED, f'[tables.Usage]\nfrom = "Usage"\nheader = {rows}')
    (mistake,) = [each for each in read(path)[1] if each.code == "facts-bad-mapping"]
    assert (mistake.field, bool(mistake.help)) == ("tables.Usage.header", True)


def told(path: Path) -> list[FactsProblem]:
    return read_draft(PROGRAM, path).problems


def test_a_check_says_which_rows_are_the_header(tmp_path: Path) -> None:
    sheets: dict[str, Rows] = {"Usage": [("Report",), *GROUPED["Usage"][2:]]}
    (mistake,) = told(grouped(tmp_path, sheets, ("A2:B2", "E2:E3")))
    assert mistake.message == "row 1 has no header of `Usage`, and row 3 has"
    assert "`header = [2, 3]`" in mistake.help


@pytest.mark.parametrize(("header", "both"), [(3, "[3, 4]"), (4, "[3, 4]")])
def test_a_merged_header_is_told_with_the_rows_that_it_is_of(tmp_path: Path, header: int, both: str) -> None:
    path = grouped(tmp_path, GROUPED, MERGED, f"[tables.Usage]\nheader = {header}")
    helps = [each.help for each in told(path) if "merged" in each.message and each.line == header]
    assert helps
    assert all(f"`header = {both}`" in each for each in helps)


def test_a_value_without_a_header_is_told_with_the_group_above_it(tmp_path: Path) -> None:
    path = grouped(tmp_path, GROUPED, MERGED[:3], "[tables.Usage]\nheader = 4")
    helps = {each.help for each in told(path) if "no header" in each.message}
    assert helps == {"`Seats` stands above: say `header = [3, 4]` in the mapping"}


def test_rows_are_proposed_where_the_lower_one_does_not_name_all_columns(tmp_path: Path) -> None:
    path = grouped(tmp_path, GROUPED, MERGED)
    text, _ = propose(PROGRAM, path)
    assert "header = [3, 4]  # likely" in text
    assert 'from = "Customer tenant"  # likely' in text
    (tmp_path / "attain-facts.toml").write_text(text)
    assert told(path) == []
    again, questions = propose(PROGRAM, path)
    assert (questions, "header = [3, 4]\n" in again) == (0, True)


def test_rows_are_proposed_where_two_columns_have_one_name(tmp_path: Path) -> None:
    text, _ = propose(PROGRAM, grouped(tmp_path, TWINS, ("A1:B1", "C1:D1")))
    assert "header = [1, 2]  # likely" in text
    assert '"Exam Holder"' in text


@pytest.mark.parametrize("merged", [(), ("A1:E1",), ("A1:D1",)])
def test_a_title_is_no_group(tmp_path: Path, merged: tuple[str, ...]) -> None:
    rows = [("Report",), ("tenant", "track", "month", None, "seats"), ("a", "smb", "2024-05", None, 3)]
    text, _ = propose(PROGRAM, grouped(tmp_path, {"Usage": rows}, merged))
    assert "header = 2\n" in text


def test_a_header_that_says_enough_is_not_joined(tmp_path: Path) -> None:
    rows = [("Customer", None, "Used", None), ("tenant", "track", "month", "seats"), ("a", "smb", "2024-05", 3)]
    text, _ = propose(PROGRAM, grouped(tmp_path, {"Usage": rows}, ("A1:B1", "C1:D1")))
    assert "header = 2\n" in text


def test_rows_of_texts_below_a_header_are_not_joined_to_it(tmp_path: Path) -> None:
    rows = [("tenant", "track", "month", "seats", "note"), *[("a", "smb", "2024-05", "3", "smb")] * 3]
    text, _ = propose(PROGRAM, grouped(tmp_path, {"Usage": rows}, ()))
    assert "header" not in text


def test_the_row_that_a_mapping_names_is_taken_alone(tmp_path: Path) -> None:
    path = grouped(tmp_path, GROUPED, MERGED, "[tables.Usage]\nheader = 4")
    text, _ = propose(PROGRAM, path)
    assert "header = 4\n" in text
    assert "Customer tenant" not in text


def test_an_error_in_one_of_the_rows_is_told(tmp_path: Path) -> None:
    path = grouped(tmp_path, GROUPED, MERGED, "[tables.Usage]\nheader = [3, 4]")
    book = openpyxl.load_workbook(path)
    sheet_of(book, "Usage")["B4"] = "#REF!"
    book.save(path)
    assert any("is an error of the spreadsheet" in each.message for each in told(path))
