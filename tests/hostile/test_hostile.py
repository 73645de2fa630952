"""No input of a stranger gets a traceback, an internal error, a wrong exit code, or an answer that does not come."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from attain_engine.cli import main
from tests.cli.test_limits import heeding
from tests.hostile.further_inputs import FURTHER
from tests.hostile.inputs import ENDS, FAMILIES, Input

LONGEST = 10.0
"""Seconds that one input may take."""

LEAST = {
    "deep": 60, "many": 30, "wide": 3, "numbers": 100, "bytes": 60, "types": 180, "workbooks": 20, "paths": 100,
    "usage": 30, "circles": 25, "documents": 60, "tables": 20, "archives": 20, "places": 30,
}  # fmt: skip
"""So many inputs each family has at the least: more than 700 in all."""
EVERY = (*FAMILIES, *FURTHER)


def laid_out(one: Input, folder: Path) -> None:
    """Put the files of an input into a folder."""
    folder.mkdir()
    for name, content in one.files.items():
        path = folder / name
        path.parent.mkdir(exist_ok=True)
        if isinstance(content, bytes):
            path.write_bytes(content)
        elif isinstance(content, str):
            path.write_text(content, encoding="utf-8", errors="surrogatepass")
        else:
            content(path)


def fault(code: object, out: str, err: str, seconds: float) -> str:
    """What is wrong with how a command ended; empty where nothing is."""
    said = out + err
    if code not in ENDS:
        return f"exit code {code}: {said[-300:]}"
    if "Traceback" in said or "internal error" in said:
        return said[-300:]
    if code in (2, 3) and not said.strip():
        return f"exit code {code} without a word"
    if len(said) > 1_000_000:
        return f"{len(said):,} characters"
    return f"took {seconds:.1f} s" if seconds > LONGEST else ""


@pytest.mark.parametrize("family", EVERY, ids=[each.__name__.strip("_") for each in EVERY])
def test_a_family(
    family: Callable[[], Iterator[Input]],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    wrong: dict[str, str] = {}
    number = 0
    for number, one in enumerate(family(), 1):
        folder = tmp_path / str(number)
        laid_out(one, folder)
        monkeypatch.chdir(folder)
        began = time.monotonic()
        try:
            code: object = main(list(one.arguments))
        except BaseException as error:  # nothing may leave it
            code = repr(error)[:300]
        found = fault(code, *capsys.readouterr(), time.monotonic() - began)
        if found:
            wrong[one.name] = found
        if os.environ.get("ATTAIN_HOSTILE_TIMES"):
            print(f"{time.monotonic() - began:6.2f} {code} {one.name}")  # noqa: T201
    assert wrong == {}
    assert number >= LEAST[family.__name__.strip("_")]


NESTED = """\
policy p "P"

record Item
  n count

designation d "D"
  require r "R" (count of Item a where (some Item b where (some Item c where a.n + b.n + c.n is 99_999))) at least 1

change up(i Item) by 1 to 50 "Up"
  raises i.n by 1
  cost 1 EUR each
"""
ENUMS = """\
policy p "P"

enum K {{ {values} }}

record Item
  n count

designation d "D"
  require r "R" (count of Item x) at least 2_000

change c(a K, b K, e K) "C {{a}} {{b}} {{e}}"
  adds Item {{ n: 1 }}
  cost 1 EUR
""".format(values=", ".join(f"k{each}" for each in range(20)))


@pytest.mark.parametrize(
    ("command", "policy", "rows", "said"),
    [
        ("assess", NESTED, 300, ""),
        ("plan", NESTED, 300, ""),
        ("plan", ENUMS, 0, "stopped at the time limit, after 1 s"),
    ],
    ids=["evaluation", "opening rows within rows", "opening many choices"],
)
def test_the_time_limit_holds_in_every_stage(tmp_path: Path, command: str, policy: str, rows: int, said: str) -> None:
    (tmp_path / "p.attain").write_text(policy, encoding="utf-8")
    items = [{"n": number % 9} for number in range(rows)]
    (tmp_path / "f.json").write_text(json.dumps({"as_of": "2024-01-01", "facts": {"Item": items}}), encoding="utf-8")
    began = time.monotonic()
    done = subprocess.run(
        [sys.executable, "-m", "attain_engine", command, "p.attain", "f.json", "--time-limit", "1"],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
    )
    assert (done.returncode, said in done.stderr) == (3, True), done.stderr
    assert time.monotonic() - began < LONGEST
    assert done.stderr.strip()


@pytest.mark.parametrize("after", [0.02, 0.1, 0.3, 0.8, 1.5])
def test_an_interrupt_at_any_moment_ends_it_without_a_traceback(tmp_path: Path, after: float) -> None:
    (tmp_path / "p.attain").write_text(ENUMS, encoding="utf-8")
    (tmp_path / "f.json").write_text('{"as_of": "2024-01-01", "facts": {"Item": []}}', encoding="utf-8")
    with subprocess.Popen(
        [sys.executable, "-m", "attain_engine", "plan", "p.attain", "f.json"],
        cwd=tmp_path,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
        preexec_fn=heeding,
    ) as process:
        time.sleep(after)
        process.send_signal(signal.SIGINT)
        _, errors = process.communicate(timeout=30)
    # While Python itself starts, it has its own word for it, or loses it and says so; from the first line of Attain on
    # there is none but this.
    assert process.returncode in (130, -signal.SIGINT, 1) or "Exception ignored in" in errors
    assert "attain_engine" not in errors.replace("attain_engine/__main__", "")
    assert process.returncode != 1 or "KeyboardInterrupt" in errors
