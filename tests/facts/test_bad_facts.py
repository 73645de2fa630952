"""Facts that are refused: what is said, where, and what to do.

`bad_json` has files and `bad_tables` folders; beside each stands what is reported of it. With ATTAIN_GOLDEN=write in
the environment the reports are written anew.
"""

from __future__ import annotations

import io
import os
import subprocess
import sys
from pathlib import Path

import pytest

from attain_compiler.diagnostics.catalogue.facts import ENTRIES
from attain_engine.facts import FactsProblem, load_facts, render_problems
from attain_engine.facts.files import read_text
from tests.facts.policy import PROGRAM, read

FOLDER = Path(__file__).parent
CASES = sorted(
    [*(FOLDER / "bad_json").glob("*.json"), *(each for each in (FOLDER / "bad_tables").iterdir() if each.is_dir())]
)


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case.parent.name}/{case.stem}")
def test_every_mistake_is_reported_with_its_place_its_rule_and_what_to_do(
    case: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(case.parent)
    facts, problems = load_facts(PROGRAM, Path(case.name))
    assert facts is None
    report = render_problems(problems)
    golden = case.with_suffix(".txt")
    if os.environ.get("ATTAIN_GOLDEN") == "write":
        golden.write_text(report, encoding="utf-8", newline="\n")
    assert golden.read_text(encoding="utf-8") == report


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case.parent.name}/{case.stem}")
def test_every_problem_has_a_code_of_the_catalogue_and_says_what_to_do(case: Path) -> None:
    _, problems = load_facts(PROGRAM, case)
    assert {each.code for each in problems} <= {entry.code for entry in ENTRIES}
    assert all(each.help for each in problems)


ENCODINGS = [
    pytest.param(b"\xff\xfe{\x00", None, "the file is UTF-16, not UTF-8", id="UTF-16"),
    pytest.param(b'\n{"a": "\xe9"}', 2, "the file is not UTF-8: byte 0xe9 cannot be read", id="another encoding"),
    pytest.param(b'\n\n{"a": "\x00"}', 3, "the file is not text: it has a zero byte", id="a zero byte"),
]


@pytest.mark.parametrize(("content", "line", "message"), ENCODINGS)
def test_a_file_that_is_not_text_is_refused(tmp_path: Path, content: bytes, line: int | None, message: str) -> None:
    facts, problems = read(tmp_path, content)
    assert facts is None
    assert [(each.code, each.line, each.message) for each in problems] == [("facts-not-text", line, message)]


@pytest.mark.parametrize(("content", "line", "message"), ENCODINGS)
def test_a_table_that_is_not_text_is_refused(tmp_path: Path, content: bytes, line: int | None, message: str) -> None:
    facts, problems = read(tmp_path, {"Usage.csv": content})
    assert facts is None
    assert [(each.code, each.line, each.message) for each in problems] == [("facts-not-text", line, message)]


@pytest.mark.parametrize("opening", ["[", '{"a":', '{"facts": {"Usage": ['], ids=["lists", "objects", "both"])
def test_a_file_that_is_nested_without_end_is_refused(tmp_path: Path, opening: str) -> None:
    _, problems = read(tmp_path, opening * 100_000)
    assert [(each.code, each.message) for each in problems] == [("facts-bad-json", "the file is nested too deeply")]


@pytest.mark.parametrize("opening", ["[", '{"a":', '{"facts": {"Usage": ['], ids=["lists", "objects", "both"])
def test_so_it_is_where_evaluation_has_allowed_more_calls_within_calls(opening: str) -> None:
    script = (
        "import sys; sys.setrecursionlimit(100_000)\n"
        "from attain_engine.facts.json_text import parse_json\n"
        f"print(parse_json({opening!r} * 100_000, 'f.json').message, sys.getrecursionlimit())"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout) == (0, "the file is nested too deeply 100000\n"), done.stderr


def test_a_file_that_is_too_large_is_refused_before_all_of_it_is_read(tmp_path: Path) -> None:
    path = tmp_path / "facts.json"
    path.write_bytes(b" " * 2_000_001)
    problem = read_text(path, largest=2_000_000)
    assert isinstance(problem, FactsProblem)
    assert (problem.code, problem.message) == ("facts-too-large", "the file is larger than 2 MB")


def test_two_files_for_one_record_are_refused(tmp_path: Path) -> None:
    header = "tenant,track,month,seats\n"
    _, problems = read(tmp_path, {"ExamResult.csv": "holder,passed\n", "exam_result.csv": "", "Usage.csv": header})
    assert [(each.code, each.file, each.message) for each in problems] == [
        ("facts-given-twice", "contoso/exam_result.csv", "there are two files for `ExamResult`")
    ]


def test_a_cell_without_end_is_refused(tmp_path: Path) -> None:
    _, problems = read(tmp_path, {"Membership.csv": 'anniversary\n"' + "a" * 200_000})
    assert [(each.code, each.line) for each in problems] == [("facts-bad-csv", 2)]


def test_a_folder_in_the_folder_is_refused(tmp_path: Path) -> None:
    (tmp_path / "Usage.csv").mkdir()
    _, problems = load_facts(PROGRAM, tmp_path)
    assert [(each.code, each.message) for each in problems] == [("facts-unknown-file", "`Usage.csv` is a folder")]


def test_a_table_by_itself_is_refused(tmp_path: Path) -> None:
    table = tmp_path / "usage.csv"
    table.write_text("tenant,track,month,seats\n")
    _, problems = load_facts(PROGRAM, table)
    assert [(each.code, each.help) for each in problems] == [
        ("facts-wrong-shape", "give the folder that the table is in")
    ]


@pytest.mark.parametrize("name", ["a\0b.json", "a" * 5000], ids=["a zero byte", "far too long"])
def test_a_path_that_cannot_be_one_is_refused(name: str) -> None:
    _, problems = load_facts(PROGRAM, Path(name))
    assert [each.code for each in problems] == ["facts-unreadable"]


def test_facts_may_stand_on_standard_input(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(b'{"organisation": 5}')))
    _, problems = load_facts(PROGRAM, Path("-"))
    assert [(each.code, each.file) for each in problems] == [("facts-bad-value", "standard input")]


def test_a_path_that_does_not_exist_is_refused(tmp_path: Path) -> None:
    _, problems = load_facts(PROGRAM, tmp_path / "nowhere.json")
    assert [(each.code, each.message) for each in problems] == [
        ("facts-unreadable", "the facts cannot be read: no such file or directory")
    ]
