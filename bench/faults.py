"""Faults put into a copy of the sources, one at a time: which test catches which.

    python bench/faults.py [--only WORD ...] [--list]

Each fault of bench/fault_list.py is a replacement of one place of one file. Of a copy with it the tests that are named
for it run until one fails. Printed is the test that caught it, or that it survived; ends with 1 where any did. With
`--only`, the faults whose name or file has one of the words. `--list` says which there are, and that each still stands
where it is to be put.
"""

from __future__ import annotations

import argparse
import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))

from bench.fault_list import FAULTS, TESTS, Fault

LONGEST = 900
"""Seconds that the tests of one fault may take; what never ends is noticed."""
COPIED = ("compiler", "engine", "tests", "policies", "docs", "templates", "README.md", "pyproject.toml", "CHANGELOG.md")


def copied(folder: Path) -> None:
    """The sources and tests, copied into a folder."""
    for name in COPIED:
        source = ROOT / name
        if source.is_dir():
            shutil.copytree(source, folder / name, ignore=shutil.ignore_patterns("__pycache__"))
        elif source.exists():
            shutil.copy(source, folder / name)


def with_fault(fault: Fault, text: str) -> str:
    """The text of the file with the fault. Raises ValueError where its place is not there, or not once."""
    if text.count(fault.old) != 1:
        raise ValueError(f"{fault.name}: in {fault.file} its place stands {text.count(fault.old)} times")
    return text.replace(fault.old, fault.new)


def caught_by(fault: Fault, folder: Path) -> str:
    """The first test that fails with the fault; empty where none does."""
    path = folder / fault.file
    whole = path.read_text(encoding="utf-8")
    path.write_text(with_fault(fault, whole), encoding="utf-8")
    try:
        for tests in TESTS[fault.tests]:
            found = _first_failure(folder, tests)
            if found:
                return found
        return ""
    finally:
        path.write_text(whole, encoding="utf-8")


def _first_failure(folder: Path, tests: str) -> str:
    environment = {
        **os.environ,
        "PYTHONPATH": os.pathsep.join((str(folder / "compiler"), str(folder / "engine"))),
        "PYTHONDONTWRITEBYTECODE": "1",
    }
    command = [sys.executable, "-m", "pytest", "-x", "-q", "-n", "0", "-p", "no:cacheprovider", tests]
    try:
        done = subprocess.run(
            command, cwd=folder, env=environment, capture_output=True, text=True, timeout=LONGEST, check=False
        )
    except subprocess.TimeoutExpired:
        return f"{tests} (no end)"
    if done.returncode == 0:
        return ""
    failed = re.search(r"^(?:FAILED|ERROR) (\S+)", done.stdout, re.MULTILINE)
    return failed[1] if failed else f"{tests} (exit code {done.returncode})"


def main() -> int:
    """Put in each fault and say what catches it."""
    ask = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ask.add_argument("--only", nargs="*", default=[])
    ask.add_argument("--list", action="store_true")
    given = ask.parse_args()
    wanted = [
        each for each in FAULTS if not given.only or any(word in each.name or word in each.file for word in given.only)
    ]
    if given.list:
        for each in wanted:
            with_fault(each, (ROOT / each.file).read_text(encoding="utf-8"))
            print(f"{each.file}: {each.name}")
        print(f"{len(wanted)} faults")
        return 0
    survived, began = [], time.monotonic()
    with tempfile.TemporaryDirectory() as name:
        copied(Path(name))
        for each in wanted:
            found = caught_by(each, Path(name))
            print(f"{'caught  ' if found else 'SURVIVED'} {each.name}: {found}", flush=True)
            if not found:
                survived.append(each.name)
    print(f"{len(wanted)} faults, {len(survived)} survived, {time.monotonic() - began:.0f} s")
    return int(bool(survived))


if __name__ == "__main__":
    sys.exit(main())
