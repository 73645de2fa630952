"""`attain diff` as it is run: files, folders, git revisions, exit codes, JSON and the summary."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path
from types import SimpleNamespace

import pytest
from click.testing import CliRunner, Result

from attain_engine.cli.application import application

GRANT = """\
policy grant "Grant"
  in force from 2023-01-01

measure helpers count 0 to 100 "Helpers"
  0

designation granted "Granted"
  require enough "At least 5 helpers" helpers at least 5
"""


def diff(*arguments: str) -> Result:
    return CliRunner().invoke(application, ["diff", *arguments], standalone_mode=False)


def write(path: Path, text: str) -> str:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, "utf-8")
    return str(path)


def test_two_files_that_decide_the_same_end_with_0(tmp_path: Path) -> None:
    base = write(tmp_path / "a" / "grant.attain", GRANT)
    head = write(tmp_path / "b" / "grant.attain", GRANT.replace('"Granted"', '"Given"'))
    answer = diff(base, head)
    assert answer.return_value == 0
    assert 'designation granted: is titled "Given" now, was "Granted"' in answer.output


def test_a_difference_ends_with_1_and_is_told_as_json(tmp_path: Path) -> None:
    base = write(tmp_path / "a" / "grant.attain", GRANT)
    head = write(tmp_path / "b" / "grant.attain", GRANT.replace("at least 5", "at least 6"))
    answer = diff(base, head, "--output-format", "json")
    assert answer.return_value == 1
    finding = json.loads(answer.output)["policies"][0]["findings"][0]
    assert (finding["relation"], finding["proved"]) == ("stricter", True)
    assert "  given helpers = 5\n" in finding["witnesses"][0]["example"]


def test_what_is_not_compared_in_the_time_ends_with_3(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    base = write(tmp_path / "a" / "grant.attain", GRANT)
    head = write(tmp_path / "b" / "grant.attain", GRANT.replace("at least 5", "at least 6"))
    long_ago = SimpleNamespace(monotonic=lambda: -1e9)
    monkeypatch.setattr("attain_engine.cli.diff.time", long_ago)
    answer = diff(base, head, "--exit-zero")
    assert answer.return_value == 3
    assert "not compared (time)" in answer.output


def test_folders_are_compared_policy_by_policy_and_the_summary_is_added(tmp_path: Path) -> None:
    write(tmp_path / "a" / "grant.attain", GRANT)
    write(tmp_path / "b" / "grant.attain", GRANT.replace("at least 5", "more than 5"))
    write(tmp_path / "b" / "loan.attain", GRANT.replace("policy grant", "policy loan"))
    summary = tmp_path / "summary.md"
    summary.write_text("# Job\n", "utf-8")
    answer = diff(str(tmp_path / "a"), str(tmp_path / "b"), "--summary", str(summary))
    assert answer.return_value == 1
    assert f"new policy: {tmp_path / 'b'}/loan.attain" in answer.output
    told = summary.read_text("utf-8")
    assert told.startswith("# Job\n### Grant: differs\n")
    assert "| **stricter** | designation `granted`" in told


def test_a_revision_is_compared_with_the_files_as_they_are(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    policy = Path(write(tmp_path / "policies" / "grant.attain", GRANT))

    def git(*arguments: str) -> None:
        subprocess.run(["git", "-c", "user.name=a", "-c", "user.email=a@b", *arguments], cwd=tmp_path, check=True)

    git("init", "-q", "-b", "trunk")
    git("add", ".")
    git("commit", "-q", "-m", "first")
    policy.write_text(GRANT.replace("at least 5", "at least 4"), "utf-8")
    monkeypatch.chdir(tmp_path)
    answer = diff("trunk", "--", "policies")
    assert answer.return_value == 1
    assert "trunk:policies/grant.attain" in answer.output
    assert "looser   designation granted" in answer.output


def test_what_is_neither_a_path_nor_a_revision_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    answer = diff("nowhere", "nothing")
    assert answer.exception is not None
    assert "this is not a git repository" in str(answer.exception)
