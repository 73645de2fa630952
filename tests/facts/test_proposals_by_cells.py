"""What is proposed where names and headers are in another language: by what stands in the cells, as a question."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

from attain_compiler.model.program import Program
from attain_engine.facts.propose import propose
from tests.facts.sheets import Rows, read, workbook
from tests.model.policies import program

POLICY = """\
policy club "Club"
enum Kind { court, advice }
entity File
record Case
  file    File
  kind    Kind
  formal  flag
  begun   date
  weight  number default 1
record Lesson
  day    date
  hours  number 0 to 24
record Course one row
  begun  date
  equal  flag
measure cases count
  count of Case c
"""
CASES = ("Nr.", "Aktenzeichen", "Art", "Gerichtlich", "Beginn", "Gewicht")
GERMAN: dict[str, Rows] = {
    "Fälle 2023": [
        ("Fallliste",),
        CASES,
        (1, "23/01", "Gericht", "ja", "17.01.2023", "1,5"),
        (2, "23/02", "Rat", "nein", "18.01.2023", "1"),
        ("Summe", "", "", "", "", "2,5"),
    ],
    "Fälle 2024": [("Fallliste",), CASES, (1, "24/01", "Rat", "nein", "03.02.2024", "1")],
    "Stunden": [("Tag", "Anzahl"), ("14.03.2023", 16), ("15.03.2023", 8)],
    "Hinweise": [("Stand März",)],
}


def proposed(folder: Path, sheets: dict[str, Rows], of: Program) -> list[str]:
    workbook(folder / "f.xlsx", sheets)
    return propose(of, folder / "f.xlsx")[0].splitlines()


def decided(lines: list[str]) -> str:
    """The proposal with the first answer to every question."""
    return "\n".join(line.removeprefix("# ") if "# ? " in line else line for line in lines)


def test_records_and_fields_are_found_by_what_stands_in_the_cells(tmp_path: Path) -> None:
    lines = proposed(tmp_path, GERMAN, program(POLICY))
    case = lines[lines.index("[tables.Case]") : lines.index("[tables.Lesson]")]
    assert [line for line in case if "# ?" in line or "likely" in line] == [
        '# from = ["Fälle 2023", "Fälle 2024"]  # ? which has it, if any: "Fälle 2023"',
        '# ignore = ["Nr.", "Gewicht"]  # ? these columns are not read',
        'ignore_rows = ["Summe"]  # likely',
        '# from = "Aktenzeichen"  # ? which column has it: "Aktenzeichen", "Nr.", "Art", "Gerichtlich", "Beginn", "Gewicht"',  # noqa: E501
        '# from = "Art"  # ? which column has it: "Art", "Nr.", "Aktenzeichen", "Gerichtlich", "Beginn", "Gewicht"',
        '# "Gericht" = "..."  # ? which one: court, advice',
        '# "Rat" = "..."  # ? which one',
        '# from = "Gerichtlich"  # ? which column has it: "Gerichtlich"',
        '"ja" = "yes"  # likely',
        '"nein" = "no"  # likely',
        '# from = "Beginn"  # ? which column has it: "Beginn"',
    ]
    assert '# from = "Stunden"  # ? which has it, if any: "Stunden", "Fälle 2023"' in lines
    assert lines[-1] == "# nothing was found for the record Course: nothing is known of it"


def test_its_answers_can_be_used_once_the_values_are_named(tmp_path: Path) -> None:
    policy = program(POLICY)
    text = decided(proposed(tmp_path, GERMAN, policy))
    text = text.replace('"Gericht" = "..."', '"Gericht" = "court"').replace('"Rat" = "..."', '"Rat" = "advice"')
    (tmp_path / "attain-facts.toml").write_text(text, encoding="utf-8")
    facts, mistakes, doubts = read(tmp_path / "f.xlsx", policy)
    assert (mistakes, doubts) == ([], [])
    assert facts is not None
    assert [row.values["file"] for row in facts.tables["club.Case"]] == ["23/01", "23/02", "24/01"]
    assert [row.values["hours"] for row in facts.tables["club.Lesson"]] == [16, 8]


def test_a_sheet_is_left_aside_without_a_question_only_if_nothing_is_missing(tmp_path: Path) -> None:
    lines = proposed(tmp_path, {"Lesson": [("day", "hours")], "Etwas": [("a", "b"), ("c", "d")]}, program(POLICY))
    assert '# ignore = ["Etwas"]  # ? these are not read' in lines
    only = re.sub(r"record (?:Case|Course)(?:.*\n  .*)+\n|measure(?:.|\n)*", "", POLICY)
    lines = proposed(tmp_path, {"Lesson": [("day", "hours")], "Etwas": [("a", "b"), ("c", "d")]}, program(only))
    assert 'ignore = ["Etwas"]  # not read' in lines


def test_rows_in_a_sheet_with_the_same_headers_are_asked_about(tmp_path: Path) -> None:
    rows: Rows = [("day", "hours"), ("2024-03-01", 3)]
    lines = proposed(tmp_path, {"Lesson": rows, "Lesson 2": [("Hours", "Day"), *rows[1:]]}, program(POLICY))
    assert '# from = ["Lesson", "Lesson 2"]  # ? they have the same headers: do the rows of all of them count' in lines


def test_accents_do_not_hide_that_a_header_is_nearly_a_name(tmp_path: Path) -> None:
    sheets: dict[str, Rows] = {"Course": [("begun", "Égal"), ("2024-03-01", "oui")]}
    lines = proposed(tmp_path, sheets, program(POLICY.replace("equal  flag", "equal  flag default no")))
    assert '# from = "Égal"  # ? which column has it: "Égal"' in lines


def test_fields_one_below_the_other_are_said_to_be_so(tmp_path: Path) -> None:
    lines = proposed(tmp_path, {"Course": [("begun", "2024-03-01"), ("equal", "no")]}, program(POLICY))
    advice = "put them side by side, as headers with one row below"
    assert f'# the fields in "Course" stand one below the other  # ? {advice}' in lines


@pytest.mark.parametrize(
    ("cell", "line"),
    [
        ("oui", '"oui" = "yes"  # likely'),
        ("Nej", '"Nej" = "no"  # likely'),
        ("y", '"y" = "yes"'),
        ("perhaps", '# "perhaps" = "..."  # ? yes or no'),
    ],
)
def test_yes_and_no_of_other_languages_are_likely_and_nothing_else_is_guessed(
    tmp_path: Path, cell: Any, line: str
) -> None:
    assert line in proposed(tmp_path, {"Course": [("begun", "equal"), ("2024-03-01", cell)]}, program(POLICY))


@pytest.mark.parametrize(("mark", "last"), [("x", True), ("x", False), ("ja", True)])
def test_whether_no_is_meant_by_empty_cells_is_asked(tmp_path: Path, mark: str, last: bool) -> None:
    """Also at the end of a row, where a sheet has no cell."""
    head, first, second = (
        ("file", "kind", "begun", "formal"),
        ("a", "court", "2023-01-17"),
        ("b", "advice", "2023-01-18"),
    )
    cells = [head, (*first, mark), (*second, None)] if last else [head, (*first, None), (*second, mark)]
    lines = proposed(tmp_path, {"Case": cells}, program(POLICY))
    assert f'"{mark}" = "yes"  # likely' in lines
    assert '# "" = "no"  # ? there are empty cells: is no meant' in lines
    (tmp_path / "attain-facts.toml").write_text(decided(lines))
    facts, mistakes, _ = read(tmp_path / "f.xlsx", program(POLICY))
    assert [each.message for each in mistakes] == []
    assert facts is not None
    assert sorted(row.values["formal"] for row in facts.tables["club.Case"]) == [False, True]
    assert proposed(tmp_path, {"Case": cells}, program(POLICY)).count('"" = "no"') == 1  # and it is not asked again


def test_columns_with_names_that_say_nothing_are_taken_in_their_order(tmp_path: Path) -> None:
    policy = program(
        POLICY.replace("  hours  number 0 to 24\n", "  to  date\n").replace("  day    date", "  from  date")
    )
    lines = proposed(tmp_path, {"Lesson": [("von", "bis"), ("2022-07-01", "2022-12-31")]}, policy)
    chosen = [line.partition("  #")[0] for line in lines if "which column has it" in line]
    assert chosen == ['# from = "von"', '# from = "bis"']
