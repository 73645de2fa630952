"""Facts in databases and Parquet files."""

from __future__ import annotations

import datetime
import os
import sqlite3
import sys
from fractions import Fraction
from pathlib import Path

import duckdb
import pytest

from attain_engine.facts import database, grid_table, render_problems
from tests.facts.policy import SMB
from tests.facts.sheets import read

RESULT = """create table exam_result (
  Holder varchar, passed date, score float, fee decimal(10, 3), share double, tracks varchar[], tries hugeint,
  unused date
)"""


def sqlite(path: Path, *statements: str) -> Path:
    with sqlite3.connect(path) as made:
        for each in statements:
            made.execute(each)
    made.close()
    return path


def duck(path: Path, *statements: str) -> Path:
    with duckdb.connect(str(path)) as made:
        for each in statements:
            made.execute(each)
    return path


def test_the_tables_of_sqlite_are_read(tmp_path: Path) -> None:
    path = sqlite(
        tmp_path / "facts.db",
        "create table usage (tenant text, track text, month text, seats integer, trial)",
        "insert into usage values ('a', 'smb', '2024-05', 12, 'yes'), (7, 'SMB', '2024-06', 3.0, null)",
        "create view membership as select '2024-01-31' as anniversary",
        "create table other_things (x)",
    )
    facts, mistakes, _ = read(path)
    assert mistakes == []
    assert facts is not None
    rows = [dict(row.values) for row in facts.tables["club.Usage"]]
    assert [(row["tenant"], row["track"], row["seats"], row["trial"]) for row in rows] == [
        ("a", SMB, 12, True),
        ("7", SMB, 3, False),
    ]
    assert facts.tables["club.Membership"][0].values["anniversary"] == datetime.date(2024, 1, 31)
    assert facts.unused == ("other_things",)


def test_a_mistake_in_a_database_names_table_row_and_field(tmp_path: Path) -> None:
    path = sqlite(
        tmp_path / "facts.sqlite",
        "create table Usage (tenant, track, month, seats)",
        "insert into Usage values ('a', 'smb', '2024-05', 1), ('b', 'smb', '2024-05', 1.5), ('c', 'smb', x'00', 1)",
    )
    _, mistakes, _ = read(path)
    assert [(each.sheet, each.row, each.field, each.message) for each in mistakes] == [
        ("Usage", 2, "seats", "`1.5` is not a whole number"),
        ("Usage", 3, "month", "`...` is not text but bytes"),
    ]


def test_a_view_that_never_ends_is_given_up(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(database, "MOST_STEPS", 3_000_000)
    endless = (
        "with recursive n(x) as (select 1 union all select x + 1 from n) select x as anniversary from n where x < 0"
    )
    path = sqlite(tmp_path / "facts.sqlite", f"create view Membership as {endless}")
    (mistake,) = read(path)[1]
    assert mistake.message == "the table cannot be read: interrupted"


@pytest.mark.parametrize(
    ("columns", "first", "last"),
    [
        ("x as tenant, 'smb' as track, '2024-05' as month, 1.5 as seats", "`1.5` is not a whole number", "is not"),
        ("x as tenant, 'smb' as track, '2024-05' as month", "there is no column `seats`", "there is no column"),
    ],
)
def test_a_table_of_mistakes_is_not_read_to_its_end(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, columns: str, first: str, last: str
) -> None:
    monkeypatch.setattr(grid_table, "MOST_MISTAKES", 50)
    view = (
        f"create view usage as with recursive n(x) as (select 1 union all select x + 1 from n) select {columns} from n"
    )
    _, mistakes, _ = read(sqlite(tmp_path / "facts.db", view))
    assert mistakes[0].message == first
    said = [each.message for each in mistakes]
    assert ("the table has more than 50 mistakes; nothing from this line on was read" in said) is (len(said) > 50)
    assert len(said) <= 52
    assert last in said[-2 if len(said) > 50 else -1]


def test_the_tables_of_duckdb_are_read_with_their_types(tmp_path: Path) -> None:
    row = "('ana', date '2024-01-31', 0.1, 12.125, 0.4, ['smb'], 3, null)"
    path = duck(
        tmp_path / "facts.duckdb", RESULT.replace(",\n  unused date", ""), f"insert into exam_result values {row[:-7]})"
    )
    facts, mistakes, _ = read(path)
    assert mistakes == []
    assert facts is not None
    (values,) = [dict(row.values) for row in facts.tables["club.ExamResult"]]
    assert [values[name] for name in ("passed", "score", "fee", "share", "tracks", "tries")] == [
        datetime.date(2024, 1, 31),
        Fraction(1, 10),
        Fraction(97, 8),
        Fraction(2, 5),
        frozenset({SMB}),
        3,
    ]


def test_a_database_reads_no_other_file(tmp_path: Path) -> None:
    (tmp_path / "other.csv").write_text("anniversary\n2024-01-31\n")
    view = f"create view Membership as select * from read_csv('{tmp_path}/other.csv')"
    (mistake,) = read(duck(tmp_path / "facts.duckdb", view))[1]
    assert mistake.message.startswith("the table cannot be read: Permission Error")


def test_a_moment_with_a_time_zone_is_refused(tmp_path: Path) -> None:
    table = "create table Membership as select timestamptz '2024-01-31 23:30:00+00' as anniversary"
    (mistake,) = read(duck(tmp_path / "facts.duckdb", table))[1]
    assert (mistake.code, mistake.field) == ("facts-bad-value", "anniversary")


def test_a_folder_may_have_parquet_files_beside_csv(tmp_path: Path) -> None:
    folder = tmp_path / "contoso"
    folder.mkdir()
    with duckdb.connect() as made:
        made.execute("create table u as select 'a' as tenant, 'smb' as track, '2024-05' as month, 12 as seats")
        made.execute(f"copy u to '{folder}/usage.parquet' (format parquet)")
    (folder / "Membership.csv").write_text("anniversary\n2024-01-31\n")
    facts, mistakes, _ = read(folder)
    assert mistakes == []
    assert facts is not None
    assert [row.values["seats"] for row in facts.tables["club.Usage"]] == [12]
    assert list(facts.tables) == ["club.Membership", "club.Usage"]


@pytest.mark.parametrize("name", ["facts.duckdb", "facts.sqlite", "facts.parquet"])
def test_a_damaged_file_is_refused(tmp_path: Path, name: str) -> None:
    head = {"facts.duckdb": b"12345678DUCK", "facts.sqlite": b"SQLite format 3\0", "facts.parquet": b""}[name]
    path = tmp_path / ("usage.parquet" if name == "facts.parquet" else name)
    path.write_bytes(head + b"\x01" * 5000)
    _, mistakes, _ = read(tmp_path if name == "facts.parquet" else path)
    assert len(mistakes) == 1
    assert mistakes[0].code in {"facts-bad-file", "facts-bad-table"}


def test_a_parquet_file_by_itself_is_not_the_facts(tmp_path: Path) -> None:
    (tmp_path / "usage.parquet").write_bytes(b"PAR1 and so on")
    assert [each.code for each in read(tmp_path / "usage.parquet")[1]] == ["facts-wrong-shape"]


def test_without_the_library_the_extra_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = duck(tmp_path / "facts.duckdb", "create table Membership (anniversary date)")
    monkeypatch.setitem(sys.modules, "duckdb", None)
    (mistake,) = read(path)[1]
    assert (mistake.code, mistake.help) == ("facts-missing-extra", "install it: `pip install 'attain[tables]'`")


ENDLESS = ["usage.csv", "usage.parquet", "organisation.json", "attain-facts.toml"]


@pytest.mark.parametrize("name", ENDLESS)
def test_a_pipe_in_a_folder_is_refused_at_once(tmp_path: Path, name: str) -> None:
    os.mkfifo(tmp_path / name)
    assert [each.message for each in read(tmp_path)[1]] == [
        "the facts cannot be read: this is a pipe or a device, not a file"
    ]


@pytest.mark.parametrize("name", ["facts.json", "facts.xlsx", "facts.duckdb"])
def test_a_pipe_for_facts_is_refused_at_once(tmp_path: Path, name: str) -> None:
    os.mkfifo(tmp_path / name)
    assert [each.code for each in read(tmp_path / name)[1]] == ["facts-unreadable"]


def test_a_device_for_facts_is_refused_at_once() -> None:
    assert [each.code for each in read(Path("/dev/zero"))[1]] == ["facts-unreadable"]


def test_whole_numbers_of_a_database_are_no_doubt_and_those_reckoned_in_binary_are(tmp_path: Path) -> None:
    with sqlite3.connect(tmp_path / "f.sqlite") as made:
        made.execute("create table exam_result (holder, passed, score, tries)")
        made.execute("insert into exam_result values ('a', '2024-01-02', 0.1 + 0.2, 1234567890123456789)")
    made.close()
    _, _, doubts = read(tmp_path / "f.sqlite")
    assert [(each.code, each.field) for each in doubts] == [("facts-more-digits", "score")]


@pytest.mark.parametrize("written", ["'-infinity'::date", "'-infinity'::timestamp", "'0001-01-01'::date"])
def test_a_date_before_all_dates_is_none(tmp_path: Path, written: str) -> None:
    duckdb = pytest.importorskip("duckdb")
    with duckdb.connect(str(tmp_path / "f.duckdb")) as made:
        made.execute(f"create table exam_result as select 'a' holder, {written} passed")
    (mistake,) = read(tmp_path / "f.duckdb")[1]
    assert (mistake.code, mistake.field) == ("facts-bad-cell", "passed")


@pytest.mark.parametrize("written", ["'infinity'::date", "'9999-12-31'::date"])
def test_a_date_after_all_dates_is_never_and_nothing_else(tmp_path: Path, written: str) -> None:
    duckdb = pytest.importorskip("duckdb")
    with duckdb.connect(str(tmp_path / "f.duckdb")) as made:
        made.execute(f"create table exam_result as select 'a' holder, {written} passed, {written} expires")
    (mistake,) = read(tmp_path / "f.duckdb")[1]
    assert (mistake.field, mistake.message) == ("passed", "`9999-12-31` stands for `never`, which is no date here")


def test_one_further_row_is_a_row(tmp_path: Path) -> None:
    with sqlite3.connect(tmp_path / "f.sqlite") as made:
        made.execute("create table exam_result (holder, passed)")
        made.executemany("insert into exam_result values (?, 'x')", [("a",), ("b",)])
    made.close()
    assert "also: 1 more, row 2\n" in render_problems(read(tmp_path / "f.sqlite")[1], "full", color=False)
