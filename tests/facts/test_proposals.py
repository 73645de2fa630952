"""The mapping that is proposed for facts: what is certain in it can be used as it is, what is not is asked."""

from __future__ import annotations

import datetime
import sqlite3
from pathlib import Path
from typing import Any

import pytest

from attain_engine.facts.cells import CannotRead
from attain_engine.facts.propose import propose
from tests.facts.policy import PROGRAM
from tests.facts.sheets import Rows, exams, read, workbook

ODD: dict[str, Rows] = {
    "Seats 2024": [
        ("Report",),
        (),
        ("Tenant no.", "TRACK", "Month (of use)", "Paid seats", "Remark"),
        (1001, "SMB", "05/2024", "1.000", "x"),
        (1002, "small business", "06/2024", "12", ""),
    ],
    "Exams": [("Holder", "Passed on", "share"), ("ana", "31.05.2024", 40), ("bo", "01.06.2024", 60)],
    "Notes": [("hello",)],
}


def proposed(folder: Path, sheets: dict[str, Rows]) -> tuple[list[str], int]:
    workbook(folder / "f.xlsx", sheets)
    text, questions = propose(PROGRAM, folder / "f.xlsx")
    return text.splitlines(), questions


def test_sheets_headers_and_formats_are_found(tmp_path: Path) -> None:
    lines, _ = proposed(tmp_path, ODD)
    usage = lines[lines.index("[tables.Usage]") :]
    assert usage[:2] == ["[tables.Usage]", 'from = "Seats 2024"  # likely']
    assert usage[2] == "header = 3"
    assert 'from = "Tenant no."  # likely' in usage
    assert 'date = "MM/YYYY"' in usage
    assert 'date = "DD.MM.YYYY"' in usage
    assert '"small business" = "smb"' in usage
    assert 'ignore = ["Notes"]  # not read' in lines


def test_what_is_certain_and_decided_can_be_used(tmp_path: Path) -> None:
    lines, questions = proposed(tmp_path, ODD)
    asked = [line for line in lines if "# ? " in line]
    assert len(asked) == questions
    decided = [line.removeprefix("# ") if "# ? " in line else line for line in lines if "is 1\n" not in line]
    once = [line for line in decided if line != 'decimal = "."  # ? then "1.000" is 1']
    (tmp_path / "attain-facts.toml").write_text("\n".join(once).replace('# thousands = "."', 'thousands = "."'))
    facts, mistakes, _ = read(tmp_path / "f.xlsx")
    assert [each.message for each in mistakes] == []
    assert facts is not None
    assert [row.values["seats"] for row in facts.tables["club.Usage"]] == [1000, 12]
    assert [str(row.values["share"]) for row in facts.tables["club.ExamResult"]] == ["2/5", "3/5"]


QUESTIONS = [
    (
        "score",
        ("1.250", "2.500"),
        ['# decimal = "."  # ? then "1.250" is 1.25', '# decimal = ","  # ? then "1.250" is 1_250'],
    ),
    ("expires", ("03/04/2024",), ['# date = "DD/MM/YYYY"  # ? "03/04/2024" can be more than one day']),
    ("expires", ("2024-06-05 10:30",), ['# time = "drop"  # ? there are times of day: is the date enough']),
    ("share", (40,), ['# unit = "%"  # ? the numbers are per cent: 40 is 40%']),
    ("fee", ("1.250,00 $", "$ 80"), ['# unit = "$"  # ? is it USD that is meant by "$"']),
    ("fee", ("1.250,00 EUR", "80 EUR"), ['# unit = "USD"  # ? the amounts are in EUR: nothing is converted']),
    ("level", ("Lowe",), ['# "Lowe" = "low"  # ? which one: low, high, entry2']),
    ("expires", ("June 5th",), ['# date = "DD.MM.YYYY"  # ? how is "June 5th" written']),
]


@pytest.mark.parametrize(("field", "cells", "lines"), QUESTIONS)
def test_what_can_be_read_in_two_ways_is_asked(
    tmp_path: Path, field: str, cells: tuple[Any, ...], lines: list[str]
) -> None:
    written, questions = proposed(tmp_path, exams(field, *cells))
    assert [line for line in lines if line not in written] == []
    assert questions >= len(lines)


CERTAIN = [
    ("score", ("1.250,50", "2"), ['decimal = ","', 'thousands = "."']),
    ("score", ("12,5",), ['decimal = ","']),
    ("fee", ("USD 1,250.00", "USD 80", 12), ['unit = "USD"', 'decimal = "."', 'thousands = ","']),
    ("share", ("12,5 %", "40 %"), ['decimal = ","']),
    ("expires", ("31/12/2024", "03/04/2024"), ['date = "DD/MM/YYYY"']),
    ("expires", ("12/31/2024", "3/4/2024"), ['date = "M/D/YYYY"']),
    ("expires", ("2024-06-05T00:00:00",), ['time = "drop"']),
    ("level", ("ADVANCED",), ['"ADVANCED" = "high"']),
]


@pytest.mark.parametrize(("field", "cells", "lines"), CERTAIN)
def test_what_can_be_read_in_one_way_is_written(
    tmp_path: Path, field: str, cells: tuple[Any, ...], lines: list[str]
) -> None:
    written, questions = proposed(tmp_path, exams(field, *cells))
    assert ([line for line in lines if line not in written], questions) == ([], 0)
    (tmp_path / "attain-facts.toml").write_text("\n".join(written))
    assert read(tmp_path / "f.xlsx")[1] == []


def test_a_text_that_is_no_number_does_not_hide_how_the_others_are_written(tmp_path: Path) -> None:
    written, _ = proposed(tmp_path, exams("score", "1.250,50", "n/a"))
    assert [line for line in ('decimal = ","', 'thousands = "."') if line not in written] == []


def test_what_needs_no_mapping_gets_none(tmp_path: Path) -> None:
    lines, questions = proposed(tmp_path, exams("expires", datetime.datetime(2024, 6, 5), "never", "2024-06-05"))
    assert questions == 0
    assert [line for line in lines if line and not line.startswith("#")] == ["[tables.ExamResult]"]


def test_a_mapping_is_proposed_for_a_folder_of_tables(tmp_path: Path) -> None:
    folder = tmp_path / "contoso"
    folder.mkdir()
    (folder / "seats.csv").write_text("Tenant;Track;Month;Seats\na;smb;05/2024;12\n")
    text, _ = propose(PROGRAM, folder)
    assert '[tables.Usage]\nfrom = "seats.csv"  # likely\n' in text
    (folder / "attain-facts.toml").write_text(text)
    assert read(folder)[1] == []


def test_a_mapping_is_proposed_for_a_database(tmp_path: Path) -> None:
    with sqlite3.connect(tmp_path / "f.sqlite") as made:
        made.execute("create table seats as select 'a' tenant, 'smb' track, '05/2024' month, 12 seats")
    made.close()
    text, _ = propose(PROGRAM, tmp_path / "f.sqlite")
    (tmp_path / "attain-facts.toml").write_text(text)
    assert read(tmp_path / "f.sqlite")[1] == []


def test_json_has_no_headers_to_map(tmp_path: Path) -> None:
    (tmp_path / "f.json").write_text("{}")
    with pytest.raises(CannotRead, match="a JSON file has no headers to map"):
        propose(PROGRAM, tmp_path / "f.json")


def test_headers_are_not_looked_for_among_values_that_are_like_a_name(tmp_path: Path) -> None:
    rows: Rows = [("Mieter", "Art", "Zeit", "Anzahl"), ("ana", "Track smb", "2024-05", 12), ("bo", "smb", "2024-06", 3)]
    lines, _ = proposed(tmp_path, {"Usage": rows})
    assert [line for line in lines if line.startswith("header")] == []


def test_one_of_two_columns_of_a_name_is_not_left_aside(tmp_path: Path) -> None:
    rows: Rows = [("tenant", "track", "month", "seats", "Seats"), ("a", "smb", "2024-05", 12, 13)]
    lines, _ = proposed(tmp_path, {"Usage": rows})
    assert '# two columns "Seats"  # ? which one counts: give the other another header' in lines
    assert not any("ignore = " in line for line in lines)


def test_a_sheet_that_is_nearly_called_like_a_record_is_not_left_aside_without_a_question(tmp_path: Path) -> None:
    rows: Rows = [("tenant", "track", "month", "seats"), ("a", "smb", "2024-05", 12)]
    lines, _ = proposed(tmp_path, {"Usage": rows, "Usages": [("a",)]})
    assert '# ignore = ["Usages"]  # ? these are not read' in lines
