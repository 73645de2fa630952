"""Tables that hold many organisations: a column says whom a row is about."""

from __future__ import annotations

import csv
import io
import json
import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest
from openpyxl import Workbook

from attain_engine.api import load_policy
from attain_engine.facts import TablesOfMany, load_facts
from attain_engine.many import Asked, Edition, Tables, each_organisation
from tests.cli.conftest import Attain, Write

POLICY = """policy club "Club"

entity Person

record Member "A member"
  person  Person
  age     count 0 to 150
  unique person

record House one row "The house"
  rooms  count 0 to 100

record Visit "A visit"
  person  Person

measure members count 0 to 1_000
  count of Member m where m.age at least 18

designation club "Club"
  require members "Two grown members" members at least 2
  require house "Three rooms" the House.rooms at least 3
"""

MEMBERS = (
    ("Club ", "person", "age"),
    ("ash", "ana", "18"),
    ("birch", "bo", "40"),
    ("ash", "cy", "30"),
    ("birch", "ana", "17"),
    ("elm", "di", "old"),
    ("ash", "dee", "9"),
)
HOUSES = (("club", "rooms"), ("ash", "3"), ("birch", "9"))
VISITS = (("person", "club"), ("ana", "oak"))


def lines(rows: tuple[tuple[str, ...], ...]) -> str:
    return "".join(",".join(each) + "\n" for each in rows)


def as_folder(folder: Path) -> Path:
    (folder / "all").mkdir()
    for name, rows in (("member", MEMBERS), ("House", HOUSES), ("Visit", VISITS)):
        (folder / "all" / f"{name}.csv").write_text(lines(rows), "utf-8")
    return folder / "all"


def as_workbook(folder: Path) -> Path:
    workbook = Workbook()
    workbook.remove(workbook.worksheets[0])
    for name, rows in (("Member", MEMBERS), ("House", HOUSES), ("Visit", VISITS)):
        sheet = workbook.create_sheet(name)
        for row in rows:
            sheet.append([int(each) if each.isdecimal() else each for each in row])
    workbook.save(folder / "all.xlsx")
    return folder / "all.xlsx"


def as_database(folder: Path) -> Path:
    with sqlite3.connect(folder / "all.db") as database:
        for name, rows in (("Member", MEMBERS), ("House", HOUSES), ("Visit", VISITS)):
            database.execute(f"create table {name} ({', '.join(each.strip() for each in rows[0])})")
            marks = ", ".join("?" * len(rows[0]))
            values = [[int(each) if each.isdecimal() else each for each in row] for row in rows[1:]]
            database.executemany(f"insert into {name} values ({marks})", values)
    database.close()
    return folder / "all.db"


@pytest.mark.parametrize("made", [as_folder, as_workbook, as_database])
def test_each_organisation_has_its_own_rows(made: Callable[[Path], Path], tmp_path: Path) -> None:
    program = load_policy(tmp_path / "club.attain", POLICY)
    tables = TablesOfMany(program, made(tmp_path), "club")
    assert (tables.problems, tables.remarks) == ((), ())
    assert tables.names == ("ash", "birch", "elm", "oak")
    ash, problems = tables.facts("ash")
    assert ash is not None, problems
    assert [each.values["person"] for each in ash.tables["club.Member"]] == ["ana", "cy", "dee"]
    assert ash.tables["club.Visit"] == (), "there are none, for the table is there"
    oak, _ = tables.facts("oak")
    assert oak is not None
    assert "club.House" not in oak.tables, "nothing is known of its house"
    _, problems = tables.facts("elm")
    assert [(each.row, each.field, each.value) for each in problems] == [(5, "age", "old")]


def test_facts_of_one_are_as_if_they_stood_alone(tmp_path: Path) -> None:
    program = load_policy(tmp_path / "club.attain", POLICY)
    tables = TablesOfMany(program, as_folder(tmp_path), "club")
    (tmp_path / "birch").mkdir()
    (tmp_path / "birch" / "Member.csv").write_text("person,age\nbo,40\nana,17\n", "utf-8")
    (tmp_path / "birch" / "House.csv").write_text("rooms\n9\n", "utf-8")
    (tmp_path / "birch" / "Visit.csv").write_text("person\n", "utf-8")
    alone, _ = load_facts(program, tmp_path / "birch")
    together, _ = tables.facts("birch")
    assert alone is not None
    assert together is not None
    assert (together.organisation, together.values, together.closed) == ("birch", alone.values, alone.closed)
    assert {name: [each.values for each in rows] for name, rows in together.tables.items()} == {
        name: [each.values for each in rows] for name, rows in alone.tables.items()
    }


def test_assess_and_plan_each_of_them(attain: Attain, write: Write, tmp_path: Path) -> None:
    write("club.attain", POLICY)
    as_folder(tmp_path)
    asked = ("--each", "all", "--organisation-column", "Club", "--as-of", "2024-01-01", "--processes", "1")
    result = attain("assess", "club.attain", *asked, "--output-format", "csv")
    rows = list(csv.DictReader(io.StringIO(result.out)))
    assert [(each["facts"], each["organisation"], each["verdict"]) for each in rows] == [
        ("ash", "ash", "met"),
        ("birch", "birch", "failed"),
        ("elm", "elm", ""),
        ("oak", "oak", "failed"),
    ]
    assert "`old` is not a whole number" in rows[2]["problem"]
    assert result.code == 2
    planned = attain("plan", "club.attain", *asked, "--output-format", "json")
    assert [each["status"] for each in json.loads(planned.out)["rows"]] == ["qualified", "impossible", "", "impossible"]


def test_who_loses_by_tables(attain: Attain, write: Write, tmp_path: Path) -> None:
    write("club.attain", POLICY)
    write("after.attain", POLICY.replace("rooms at least 3", "rooms at least 4"))
    as_folder(tmp_path)
    asked = ("--facts", "all", "--organisation-column", "club", "--as-of", "2024-01-01", "--output-format", "json")
    rows = json.loads(attain("diff", "club.attain", "after.attain", *asked).out)["rows"]
    assert [(each["facts"], each["effect"]) for each in rows] == [
        ("ash", "loses"),
        ("birch", "same"),
        ("elm", "fails"),
        ("oak", "same"),
    ]


def test_processes_answer_as_one_does(tmp_path: Path) -> None:
    program = load_policy(tmp_path / "club.attain", POLICY)
    tables = Tables(as_folder(tmp_path), "club")
    asked = Asked((Edition.of(program),), tables=tables)
    names = TablesOfMany(program, tables.path, tables.column).names
    assert list(each_organisation(asked, names, 2)) == list(each_organisation(asked, names, 1))


@pytest.mark.parametrize(
    ("member", "code", "row"),
    [
        ("person,age\nana,18\n", "facts-missing-column", None),
        ("club,person,age,Club\nash,ana,18,ash\n", "facts-repeated-key", None),
        ("club,person,age\nash,ana,18\n,bo,18\n", "facts-missing-value", 2),
        ('club,person,age\nash,"ana,18\n', "facts-bad-csv", None),
    ],
)
def test_whose_rows_are_not_told_is_a_mistake_in_all(tmp_path: Path, member: str, code: str, row: int | None) -> None:
    program = load_policy(tmp_path / "club.attain", POLICY)
    (tmp_path / "all").mkdir()
    (tmp_path / "all" / "Member.csv").write_text(member, "utf-8")
    tables = TablesOfMany(program, tmp_path / "all", "club")
    assert [(each.code, each.row) for each in tables.problems] == [(code, row)]


def test_organisations_that_look_alike_are_a_doubt(tmp_path: Path) -> None:
    program = load_policy(tmp_path / "club.attain", POLICY)
    (tmp_path / "all").mkdir()
    (tmp_path / "all" / "Member.csv").write_text("club,person,age\nash,ana,18\nAsh,bo,19\n", "utf-8")
    tables = TablesOfMany(program, tmp_path / "all", "club")
    assert tables.names == ("Ash", "ash")
    assert [each.code for each in tables.remarks] == ["facts-look-alike"]


def test_a_file_without_tables_and_a_column_without_many_are_wrong(attain: Attain, write: Write) -> None:
    write("club.attain", POLICY)
    write("one.json", "{}")
    result = attain("assess", "club.attain", "--each", "one.json", "--organisation-column", "club")
    assert (result.code, "the file has no tables" in result.err) == (2, True)
    result = attain("assess", "club.attain", "--each", "one.json")
    assert (result.code, "is no folder" in result.err) == (2, True)
    result = attain("assess", "club.attain", "one.json", "--organisation-column", "club")
    assert (result.code, "give `--each TABLES`" in result.err) == (2, True)
