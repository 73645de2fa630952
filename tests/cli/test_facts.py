"""`attain facts template`, `check` and `map`."""

from __future__ import annotations

import json
import os
from pathlib import Path

import openpyxl
import pytest

from tests.cli.conftest import Attain, Write
from tests.facts.sheets import workbook

POLICY = """\
policy club "Club"

enum Level { low, high }

entity Person

record Visit "Visits"
  guest   Person
  level   Level
  day     date
  nights  count 1 to 30
"""
ROW = ("ana", "low", "2024-05-01", 3)
HEADER = ("guest", "level", "day", "nights")


@pytest.fixture(autouse=True)
def _policy(write: Write) -> None:
    write("club.attain", POLICY)


def test_a_template_is_written_once(attain: Attain, tmp_path: Path) -> None:
    first = attain("facts", "template", "club.attain", "-o", "f.xlsx")
    assert (first.code, first.out, first.err) == (0, "wrote f.xlsx with 1 sheet\n", "")
    assert openpyxl.load_workbook(tmp_path / "f.xlsx").sheetnames == ["README", "README values", "Visit"]
    again = attain("facts", "template", "club.attain", "-o", "f.xlsx")
    assert again.code == 2
    assert "`f.xlsx` is there" in again.err
    assert attain("facts", "template", "club.attain", "-o", "f.xlsx", "--force").code == 0


def test_every_mistake_is_listed_with_its_cell(attain: Attain, tmp_path: Path) -> None:
    workbook(tmp_path / "f.xlsx", {"visit": [HEADER, *(("ana", "Low", "2024-05-01", 31),) * 60]})
    result = attain("facts", "check", "club.attain", "f.xlsx", "--output-format", "concise")
    lines = result.out.splitlines()
    assert (result.code, len(lines)) == (1, 120)
    assert lines[0] == (
        "f.xlsx:visit!B2: error[facts-unknown-value]: Visit row 1, level: `Low` is not a value of `Level`"
    )
    assert result.err.splitlines() == [
        "120 mistakes; 0 rows in 1 table can be used",
        "other names and formats can be declared: `attain facts map club.attain f.xlsx` proposes how",
    ]


def test_where_a_mapping_is_it_is_named(attain: Attain, write: Write, tmp_path: Path) -> None:
    workbook(tmp_path / "f.xlsx", {"visit": [HEADER, ("ana", "Low", "2024-05-01", 3)]})
    write("attain-facts.toml", "")
    result = attain("facts", "check", "club.attain", "f.xlsx")
    proposes = "`attain facts map club.attain f.xlsx` proposes how"
    assert result.err.splitlines()[-1] == f"other names and formats can be declared in attain-facts.toml: {proposes}"


def test_json_has_no_mapping(attain: Attain, write: Write) -> None:
    write("f.json", '{"facts": {"Visit": [{"guest": "ana", "level": "Low", "day": "2024-05-01", "nights": 3}]}}')
    assert attain("facts", "check", "club.attain", "f.json").err == "1 mistake; 0 rows in 1 table can be used\n"


def test_facts_without_mistakes_are_counted(attain: Attain, tmp_path: Path) -> None:
    workbook(tmp_path / "f.xlsx", {"visit": [HEADER, ROW], "Other things": [("x",)]})
    result = attain("facts", "check", "club.attain", "f.xlsx")
    assert (result.code, result.out) == (0, "")
    assert result.err == (
        "not of this policy, and left aside: Other things\nno mistakes; 1 row in 1 table can be used\n"
    )


def test_doubts_are_findings_where_it_is_strict(attain: Attain, tmp_path: Path) -> None:
    workbook(tmp_path / "f.xlsx", {"visit": [HEADER, ROW, ROW]})
    plain, strict = (attain("facts", "check", "club.attain", "f.xlsx", *more) for more in ((), ("--strict",)))
    assert (plain.code, strict.code) == (0, 1)
    assert plain.out.startswith("warning[facts-identical-rows]: the row is the same as Visit row 1 (f.xlsx visit!2)\n")


def test_mistakes_as_json_have_sheet_row_and_column(attain: Attain, tmp_path: Path) -> None:
    workbook(tmp_path / "f.xlsx", {"visit": [HEADER, ("ana", "low", "soon", 3)]})
    result = attain("facts", "check", "club.attain", "f.xlsx", "--output-format", "json")
    (problem,) = json.loads(result.out)["problems"]
    assert [problem[key] for key in ("sheet", "line", "column", "row", "field")] == ["visit", 2, "C", 1, "day"]


def test_a_marked_copy_leaves_the_workbook_as_it_is(attain: Attain, tmp_path: Path) -> None:
    workbook(tmp_path / "f.xlsx", {"visit": [HEADER, ("ana", "low", "soon", 3)]})
    before = (tmp_path / "f.xlsx").read_bytes()
    result = attain("facts", "check", "club.attain", "f.xlsx", "--mark", "m.xlsx")
    assert result.code == 1
    comment = openpyxl.load_workbook(tmp_path / "m.xlsx")["visit"]["C2"].comment
    assert comment is not None
    assert comment.text.startswith("day: 'soon' is not a date")
    assert (tmp_path / "f.xlsx").read_bytes() == before
    assert attain("facts", "check", "club.attain", "f.xlsx", "--mark", "f.xlsx").code == 2
    assert (tmp_path / "f.xlsx").read_bytes() == before


def test_only_a_workbook_can_be_marked(attain: Attain, write: Write) -> None:
    write("facts.json", "{}")
    result = attain("facts", "check", "club.attain", "facts.json", "--mark", "m.xlsx")
    assert (result.code, "only a workbook can be marked" in result.err) == (2, True)


def test_facts_that_cannot_be_read_are_no_answer(attain: Attain) -> None:
    result = attain("facts", "check", "club.attain", "nowhere.xlsx")
    assert result.code == 2
    assert "error[facts-unreadable]" in result.out


def test_a_mapping_is_proposed_and_used(attain: Attain, tmp_path: Path) -> None:
    header = ("Guest", "Level ", "Day of arrival", "NIGHTS")
    workbook(tmp_path / "f.xlsx", {"List of visits": [header, ("ana", "Low", "31.05.2024", 3)]})
    result = attain("facts", "map", "club.attain", "f.xlsx", "-o", "attain-facts.toml")
    assert (result.code, result.err) == (0, "")
    assert 'date = "DD.MM.YYYY"' in (tmp_path / "attain-facts.toml").read_text()
    assert attain("facts", "check", "club.attain", "f.xlsx").code == 0
    assert attain("facts", "map", "club.attain", "f.xlsx", "-o", "attain-facts.toml").code == 2


def test_what_is_to_be_decided_is_counted(attain: Attain, tmp_path: Path) -> None:
    workbook(tmp_path / "f.xlsx", {"Visit": [HEADER, ("ana", "low", "03.04.2024", 3)]})
    result = attain("facts", "map", "club.attain", "f.xlsx")
    assert (result.code, result.err) == (1, "2 things to decide: look for `?`\n")


@pytest.mark.parametrize("command", [("check",), ("fmt",), ("test",), ("schema",)])
def test_a_pipe_for_a_policy_is_refused_at_once(attain: Attain, tmp_path: Path, command: tuple[str, ...]) -> None:
    os.mkfifo(tmp_path / "pipe.attain")
    result = attain(*command, "pipe.attain")
    assert result.code == 2
    assert "it is a pipe or a device, not a file" in result.out + result.err


def test_doubts_are_said_beside_an_answer(attain: Attain, tmp_path: Path, write: Write) -> None:
    write(
        "club.attain",
        POLICY + '\ndesignation d "D"\n  require v "One" (count of Visit v where v.nights more than 0) at least 1\n',
    )
    workbook(tmp_path / "f.xlsx", {"Visit": [HEADER, ROW, ("ANA", *ROW[1:])]})
    result = attain("assess", "club.attain", "f.xlsx", "--as-of", "2024-06-01")
    assert result.code == 0
    assert "warning[facts-look-alike]: `ANA` looks like `ana`" in result.err
    assert result.err.endswith("1 doubt in the facts\n")
