"""The table of questions in `docs/questions.md`: each of its commands answers, asked about the choir of the page."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest
from click.testing import CliRunner

from attain_engine.cli.application import application
from tests.documents.page import blocks

PAGE = (Path(__file__).parents[2] / "docs/questions.md").read_text(encoding="utf-8")
ROWS = re.findall(r"^\| (\d+) \| [^|]* \| (.*) \|$", PAGE, re.MULTILINE)


def commands(row: str) -> list[list[str]]:
    """The commands of a row, whole; options alone are those of `attain plan` for the mark of quality."""
    found = []
    for words in (shlex.split(each) for each in re.findall(r"`([^`]*)`", row)):
        if words[0] == "attain":
            found.append([{"POLICY": "choir.attain", "FACTS": "choir.json"}.get(each, each) for each in words[1:]])
        else:
            target = [] if "--for" in words or "--most" in words else ["--for", "quality"]
            saved = ["--output-format", "json"] if "-o" in words else []
            found.append(["plan", "choir.attain", "choir.json", *target, *words, *saved])
    return found or [["plan", "choir.attain", "choir.json", "--for", "quality", "--budget", "1"]]


def test_there_are_twenty_two_questions() -> None:
    assert [int(number) for number, _ in ROWS] == list(range(1, 23))


@pytest.mark.parametrize("row", [row for _, row in ROWS], ids=[number for number, _ in ROWS])
def test_a_question_is_answered(row: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    policy = next(each.text for each in blocks(PAGE) if each.text.startswith("policy choir"))
    facts = next(each.text for each in blocks(PAGE) if each.file == "choir.json")
    Path("choir.attain").write_text(policy, encoding="utf-8")
    Path("choir.json").write_text(facts, encoding="utf-8")
    for words in commands(row):
        result = CliRunner().invoke(application, words, standalone_mode=False)
        assert result.exception is None, (words, result.exception)
        if not re.findall(r"`([^`]*)`", row):
            assert (result.return_value, "there would be a plan without" in result.stdout) == (1, True)
            continue
        assert result.return_value in ((0, 1) if words[0] in ("what-if", "forecast") else (0,)), (words, result.stderr)
        assert result.stdout or Path("plan.json").exists()
