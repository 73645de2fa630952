"""The codes that a policy by itself is not met with: what a command answers that is given facts, or no policy at all.

`commands/<code>/command` is the command, run in its folder; `answer.txt` its output and exit code, which `make golden`
writes anew. Files that are too large are made in `tests/cli` and `tests/facts`, where most codes of facts have theirs.
"""

from __future__ import annotations

import os
import shlex
from pathlib import Path

import pytest

from attain_compiler.diagnostics.catalogue import CATALOGUE, evaluation, files
from attain_engine.cli import main

FOLDER = Path(__file__).parent / "commands"
FACTS = {"facts-bad-setting", "facts-not-text", "facts-unreadable"}
CODES = sorted({entry.code for entry in (*evaluation.ENTRIES, *files.ENTRIES)} - {"file-too-large"} | FACTS)


@pytest.mark.parametrize("code", CODES)
def test_the_answer_is_what_the_user_should_see(
    code: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(FOLDER / code)
    for name in ("FORCE_COLOR", "NO_COLOR"):
        monkeypatch.delenv(name, raising=False)
    exit_code = main(shlex.split(Path("command").read_text(encoding="utf-8")))
    written = capsys.readouterr()
    answer = f"{written.out}{written.err}\nexit code {exit_code}\n"
    golden = Path("answer.txt")
    if os.environ.get("ATTAIN_GOLDEN") == "write":
        golden.write_text(answer, encoding="utf-8", newline="\n")
    assert golden.read_text(encoding="utf-8") == answer
    assert f"{CATALOGUE[code].severity.value}[{code}]: " in answer


def test_there_is_no_case_without_an_entry() -> None:
    assert {path.name for path in FOLDER.iterdir()} == set(CODES)
