"""The real command, run as a user runs it."""

from __future__ import annotations

import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

import pytest

import attain_compiler
import attain_engine

SOURCES = os.pathsep.join(str(Path(str(each.__file__)).parents[1]) for each in (attain_compiler, attain_engine))
"""The command runs the code that the tests import, wherever that is."""

_OURS = ("NO_COLOR", "FORCE_COLOR", "ATTAIN_DEBUG", "PYTHONIOENCODING", "PYTHONPATH")


@dataclass(frozen=True, slots=True)
class Result:
    """What a command did: its exit code, and what it wrote."""

    code: int
    out: str
    err: str


class Attain(Protocol):
    def __call__(self, *arguments: str | Path, stdin: str | bytes = b"", **environment: str) -> Result: ...


@pytest.fixture
def attain(tmp_path: Path) -> Attain:
    """Run `attain` with these arguments in a fresh folder; keywords are environment variables."""

    def run(*arguments: str | Path, stdin: str | bytes = b"", **environment: str) -> Result:
        completed = subprocess.run(
            [sys.executable, "-m", "attain_engine", *map(str, arguments)],
            input=stdin.encode() if isinstance(stdin, str) else stdin,
            capture_output=True,
            cwd=tmp_path,
            env={name: value for name, value in os.environ.items() if name not in _OURS}
            | {"PYTHONUTF8": "1", "PYTHONPATH": SOURCES}
            | environment,
            check=False,
        )
        out, err = (text.decode("utf-8", "backslashreplace") for text in (completed.stdout, completed.stderr))
        return Result(completed.returncode, out, err)

    return run


@pytest.fixture
def write(tmp_path: Path) -> Write:
    """Put a file into the folder in which `attain` runs."""

    def put(name: str, content: str | bytes) -> Path:
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        return path

    return put


class Write(Protocol):
    def __call__(self, name: str, content: str | bytes) -> Path: ...
