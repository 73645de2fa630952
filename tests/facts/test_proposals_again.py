"""The mapping that is proposed where there is one already: what it says is so, and only the rest is proposed."""

from __future__ import annotations

import datetime
import tomllib
from pathlib import Path
from typing import Any

import pytest

from attain_engine.facts.cells import CannotRead
from attain_engine.facts.mapping_file import mapping_of
from attain_engine.facts.propose import propose
from attain_engine.facts.vocabulary import vocabulary_of
from tests.facts.policy import PROGRAM
from tests.facts.sheets import Rows, exams, read, usage, workbook

SHEETS: dict[str, Rows] = {
    "Seats 2024": [
        ("Report",),
        (),
        ("Client", "Kind", "Month (of use)", "Paid seats", "Remark"),
        (1001, "SMB", "05/2024", "1.000", "x"),
        (1002, "small business", "06/2024", "12", ""),
    ],
    "Exams": [("Who", "Passed on", "share"), ("ana", "31.05.2024", 40), ("bo", "01.06.2024", 60)],
    "Notes": [("hello",)],
}

DECIDED = """
organisation = "Contoso"
as_of = 2024-06-30
thousands = "."
ignore = ["Notes"]

[tables.Usage]
from = "Seats 2024"
header = 3
ignore = ["Remark"]

[tables.Usage.fields]
tenant.from = "Client"
track = { from = "Kind", values = { "SMB" = "smb", "small business" = "smb" } }
month = { from = "Month (of use)", date = "MM/YYYY" }
seats.from = "Paid seats"

[tables.ExamResult]
from = "Exams"

[tables.ExamResult.fields]
holder.from = "Who"
passed = { from = "Passed on", date = "DD.MM.YYYY" }
share.unit = "%"
"""


def again(folder: Path, said: str, sheets: dict[str, Rows] = SHEETS) -> tuple[str, int]:
    """The proposal for a workbook beside which a mapping stands."""
    workbook(folder / "f.xlsx", sheets)
    (folder / "attain-facts.toml").write_text(said, encoding="utf-8")
    return propose(PROGRAM, folder / "f.xlsx")


def meant(text: str) -> Any:
    mapping, problems = mapping_of(text, "", vocabulary_of(PROGRAM))
    assert problems == []
    return mapping


def decided(text: str) -> str:
    """A proposal with its first answers taken; one takes the place of a line that it builds on."""
    lines: list[str] = []
    for line in text.splitlines():
        asked = "  # ? " in line
        answer = line.removeprefix("# ") if asked else line
        if asked and lines and lines[-1].partition(" = ")[0] == answer.partition(" = ")[0]:
            lines.pop()
        lines.append(answer)
    return "\n".join(lines)


def test_a_mapping_that_says_everything_is_proposed_as_it_is(tmp_path: Path) -> None:
    text, questions = again(tmp_path, DECIDED)
    assert questions == 0
    assert meant(text) == meant(DECIDED)
    assert read(tmp_path / "f.xlsx")[1] == []


PARTS = [
    'ignore = ["Notes"]',
    "header = 3",
    'ignore = ["Remark"]',
    'tenant.from = "Client"',
    ', date = "MM/YYYY"',
    ', "small business" = "smb"',
    'holder.from = "Who"',
    'share.unit = "%"',
]


@pytest.mark.parametrize("part", PARTS)
def test_what_a_mapping_does_not_say_yet_is_proposed_beside_what_it_says(tmp_path: Path, part: str) -> None:
    assert part in DECIDED
    text, _ = again(tmp_path, DECIDED.replace(part, ""))
    (tmp_path / "attain-facts.toml").write_text(decided(text), encoding="utf-8")
    facts, mistakes, _ = read(tmp_path / "f.xlsx")
    assert [each.message for each in mistakes] == []
    assert facts is not None
    assert [row.values["seats"] for row in facts.tables["club.Usage"]] == [1000, 12]
    assert [str(row.values["share"]) for row in facts.tables["club.ExamResult"]] == ["2/5", "3/5"]


def test_what_a_mapping_says_is_not_proposed_otherwise(tmp_path: Path) -> None:
    said = """
    [tables.Usage]
    from = "Exams"
    [tables.Usage.fields.tenant]
    from = "Who"
    [tables.Usage.fields.track]
    value = "smb"
    [tables.ExamResult]
    from = "Seats 2024"
    """
    text, _ = again(tmp_path, said)
    held = tomllib.loads(text)["tables"]
    assert held["Usage"]["from"] == "Exams"
    assert held["Usage"]["fields"]["tenant"] == {"from": "Who"}
    assert held["Usage"]["fields"]["track"] == {"value": "smb"}
    assert held["ExamResult"]["from"] == "Seats 2024"


def test_new_values_are_added_to_those_that_a_mapping_has(tmp_path: Path) -> None:
    said = '[tables.ExamResult.fields.level]\nvalues = {"basic" = "low"}\nfrom = "level"'
    text, questions = again(tmp_path, said, exams("level", "basic", "ADVANCED", "low"))
    assert tomllib.loads(text)["tables"]["ExamResult"]["fields"]["level"] == {
        "from": "level",
        "values": {"basic": "low", "ADVANCED": "high"},
    }
    assert questions == 0


@pytest.mark.parametrize(
    ("field", "cells", "said", "line"),
    [
        ("score", ("12.5",), 'decimal = ","', 'decimal = "."'),
        ("expires", ("2024-06-05",), 'date = "DD.MM.YYYY"', 'date = "YYYY-MM-DD"'),
    ],
)
def test_a_column_that_is_written_as_facts_are_is_said_to_be_where_the_others_are_not(
    tmp_path: Path, field: str, cells: tuple[Any, ...], said: str, line: str
) -> None:
    rows: Rows = [("holder", "passed", field), *(("ana", datetime.datetime(2024, 1, 1), cell) for cell in cells)]
    text, questions = again(tmp_path, said, {"ExamResult": rows})
    assert (f"[tables.ExamResult.fields.{field}]\n{line}\n" in text, questions) == (True, 0)
    (tmp_path / "attain-facts.toml").write_text(text, encoding="utf-8")
    assert read(tmp_path / "f.xlsx")[1] == []


def test_a_sheet_that_is_not_there_any_more_is_asked_about(tmp_path: Path) -> None:
    text, questions = again(tmp_path, DECIDED.replace('"Seats 2024"', '"Seats 2023"'))
    assert '# from = "Seats 2024"  # ? in place of "Seats 2023", which is not there\n' in text
    assert questions == 1


def test_a_column_that_is_not_there_any_more_is_asked_about(tmp_path: Path) -> None:
    text, questions = again(tmp_path, DECIDED.replace('"Client"', '"Customer"'))
    assert '# from = "Client"  # ? there is no "Customer"; which column has it: "Client"\n' in text
    assert questions == 1


def test_what_a_mapping_says_of_a_record_that_is_not_found_stays(tmp_path: Path) -> None:
    sheets: dict[str, Rows] = {"Exams": SHEETS["Exams"]}
    text, _ = again(tmp_path, DECIDED, sheets)
    assert tomllib.loads(text)["tables"]["Usage"] == tomllib.loads(DECIDED)["tables"]["Usage"]


def test_a_mapping_with_mistakes_is_not_built_on(tmp_path: Path) -> None:
    with pytest.raises(CannotRead, match="no record `Usages`"):
        again(tmp_path, "[tables.Usages]")


def test_headers_in_other_rows_are_told_sheet_by_sheet(tmp_path: Path) -> None:
    header = ("tenant", "track", "month", "seats")
    sheets = usage(("a", "smb", "2024-05", 12)) | {
        "Usage 2023": [("Report",), (), header, ("b", "smb", "2023-05", 12)],
    }
    workbook(tmp_path / "f.xlsx", sheets)
    text, questions = propose(PROGRAM, tmp_path / "f.xlsx")
    assert '# header = { "Usage 2023" = 3 }  # ? with the line above\n' in text
    assert questions == 2
    (tmp_path / "attain-facts.toml").write_text(decided(text))
    facts, mistakes, _ = read(tmp_path / "f.xlsx")
    assert mistakes == []
    assert facts is not None
    assert [row.values["tenant"] for row in facts.tables["club.Usage"]] == ["a", "b"]
    assert propose(PROGRAM, tmp_path / "f.xlsx")[1] == 0
