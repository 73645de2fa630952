"""Names that look alike and rows that are the same are said, whatever the facts are written in."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.facts.sheets import read, workbook

ALIKE = [
    ("ana b", "ana\u00a0b", "it differs in its blanks"),
    ("ana b", "ana  b", "it differs in its blanks"),
    ("ana b", "ana\u2003b", "it differs in its blanks"),
    ("ana", "ana\u200b", "it differs in characters that cannot be seen"),
    ("ana", "a\u00adna", "it differs in characters that cannot be seen"),
    ("ana", "an\u2060a", "it differs in characters that cannot be seen"),
    ("ana", "Ana", "it differs in capitals"),
    ("Ana", "\uff21na", "it differs in characters that look alike"),
    ("ana-b", "ana\u2011b", "it differs in characters that look alike"),
    ("o'neil", "o\u2019neil", "it differs in characters that look alike"),
    ("ana", "\u0430na", "it differs in characters that look alike"),
    ("ana b", "Ana  b", "it differs in its blanks and capitals"),
    ("ana b", "a\u00adna\u00a0b", "it differs in characters that cannot be seen and its blanks"),
    ("ana", "\u200b\uff21na", "it differs in characters that cannot be seen and characters that look alike"),
]


def facts(folder: Path, *holders: str, dates: tuple[str, ...] = ()) -> Path:
    days = dates or tuple(f"2024-01-{day:02}" for day in range(1, len(holders) + 1))
    rows = [{"holder": name, "passed": day} for name, day in zip(holders, days, strict=True)]
    (folder / "f.json").write_text(json.dumps({"facts": {"ExamResult": rows}}))
    return folder / "f.json"


@pytest.mark.parametrize(("one", "other", "why"), ALIKE)
def test_names_that_look_alike_are_doubtful(tmp_path: Path, one: str, other: str, why: str) -> None:
    known, mistakes, doubts = read(facts(tmp_path, one, other))
    assert (known is None, mistakes) == (False, [])
    assert [(each.code, each.row, each.message.endswith(f"and is another: {why}")) for each in doubts] == [
        ("facts-look-alike", 2, True)
    ]


@pytest.mark.parametrize(("one", "other"), [("ana", "anna"), ("a b", "ab"), ("Jose", "José"), ("x1", "xl")])
def test_names_that_differ_are_not(tmp_path: Path, one: str, other: str) -> None:
    assert read(facts(tmp_path, one, other))[2] == []


def test_names_of_one_kind_are_compared_across_records(tmp_path: Path) -> None:
    tables = {
        "ExamResult": [{"holder": "ana", "passed": "2024-01-01"}],
        "Visit": [{"room": "ANA", "guest": "Ana"}],
    }
    (tmp_path / "f.json").write_text(json.dumps({"facts": tables}))
    assert [(each.table, each.field) for each in read(tmp_path / "f.json")[2]] == [("Visit", "guest")]


def test_a_composed_and_a_decomposed_accent_are_one_name(tmp_path: Path) -> None:
    assert read(facts(tmp_path, "Hi\u1ebfu", "Hie\u0302\u0301u"))[2] == []


SHEETS = {"ExamResult": [("holder", "passed"), ("Ana B", "2024-01-01"), ("ana  b", "2024-01-02")]}


def test_a_field_may_say_that_they_are_the_same(tmp_path: Path) -> None:
    workbook(tmp_path / "f.xlsx", SHEETS)
    (tmp_path / "attain-facts.toml").write_text('[tables.ExamResult.fields.holder]\nalike = "same"')
    known, _, doubts = read(tmp_path / "f.xlsx")
    assert known is not None
    assert [row.values["holder"] for row in known.tables["club.ExamResult"]] == ["Ana B", "Ana B"]
    assert doubts == []


def test_a_field_may_say_that_they_are_different(tmp_path: Path) -> None:
    workbook(tmp_path / "f.xlsx", SHEETS)
    (tmp_path / "attain-facts.toml").write_text('[tables.ExamResult.fields.holder]\nalike = "different"')
    known, _, doubts = read(tmp_path / "f.xlsx")
    assert known is not None
    assert [row.values["holder"] for row in known.tables["club.ExamResult"]] == ["Ana B", "ana  b"]
    assert doubts == []


def test_rows_that_are_the_same_are_doubtful(tmp_path: Path) -> None:
    day = "2024-01-01"
    _, _, doubts = read(facts(tmp_path, "ana", "bo", "ana", "ana", dates=(day, day, day, day)))
    assert [(each.code, each.row, each.message) for each in doubts] == [
        ("facts-identical-rows", 3, "the row is the same as ExamResult row 1 (f.json), and so is row 4")
    ]


def test_rows_that_differ_in_one_field_are_not(tmp_path: Path) -> None:
    assert read(facts(tmp_path, "ana", "ana"))[2] == []


def test_a_doubt_about_a_name_has_its_cell(tmp_path: Path) -> None:
    rows = [("passed", "holder"), ("2024-01-01", "ana"), ("2024-01-02", "Ana")]
    workbook(tmp_path / "f.xlsx", {"ExamResult": rows})
    (doubt,) = read(tmp_path / "f.xlsx")[2]
    assert (doubt.sheet, f"{doubt.column}{doubt.line}") == ("ExamResult", "B3")


def test_a_row_that_is_not_unique_has_the_cell_of_what_tells_rows_apart(tmp_path: Path) -> None:
    rows = [("seats", "tenant", "month", "track"), (1, "a", "2024-01", "smb"), (2, "a", "2024-01", "smb")]
    workbook(tmp_path / "f.xlsx", {"Usage": rows})
    (mistake,) = read(tmp_path / "f.xlsx")[1]
    assert (mistake.code, f"{mistake.column}{mistake.line}") == ("facts-not-unique", "B3")
