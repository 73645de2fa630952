"""The parser is kept for the next command, and nothing depends on that."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
CHECK = "import sys, attain_engine.cli as c; sys.exit(c.main(['check', sys.argv[1]]))"
SAVED = Path("attain_compiler", "syntax", "grammar.saved")


@pytest.fixture
def installed(tmp_path: Path) -> Path:
    """A copy of the packages, without a saved parser."""
    for package in ("compiler/attain_compiler", "engine/attain_engine"):
        ignored = shutil.ignore_patterns("__pycache__", "grammar.saved*")
        shutil.copytree(ROOT / package, tmp_path / Path(package).name, ignore=ignored)
    (tmp_path / "a.attain").write_text('policy p "P"\n')
    return tmp_path


def check(installed: Path) -> tuple[int, str]:
    environment = {**os.environ, "PYTHONPATH": str(installed), "PYTHONDONTWRITEBYTECODE": "1"}
    command = [sys.executable, "-c", CHECK, "a.attain"]
    done = subprocess.run(command, cwd=installed, env=environment, capture_output=True, text=True, check=False)
    return done.returncode, done.stdout + done.stderr


def test_a_command_keeps_the_parser_that_it_had_to_make(installed: Path) -> None:
    first = check(installed)
    assert first == (0, "no mistakes in 1 policy\n")
    kept = (installed / SAVED).read_bytes()
    assert sorted(path.name for path in (installed / SAVED).parent.glob("grammar.*")) == [
        "grammar.lark",
        "grammar.py",
        "grammar.saved",
    ]
    stamp = (installed / SAVED).stat().st_mtime_ns
    assert check(installed) == first
    assert ((installed / SAVED).read_bytes(), (installed / SAVED).stat().st_mtime_ns) == (kept, stamp)


def test_what_was_kept_of_another_grammar_is_replaced(installed: Path) -> None:
    (installed / SAVED).write_bytes(b"of old")
    grammar = installed / SAVED.with_name("grammar.lark")
    grammar.write_text(grammar.read_text().replace('POLICY: "policy"', 'POLICY: "rulebook"'))
    code, out = check(installed)
    assert code == 1
    assert "`policy` begins no declaration" in out
    (installed / "a.attain").write_text('rulebook p "P"\n')
    assert check(installed) == (0, "no mistakes in 1 policy\n")


def test_a_folder_that_cannot_be_written_changes_nothing(installed: Path) -> None:
    (installed / SAVED).mkdir()  # even for root a file cannot take the place of a folder
    assert check(installed) == (0, "no mistakes in 1 policy\n")
    assert not list((installed / SAVED).parent.glob("grammar.saved.*"))
