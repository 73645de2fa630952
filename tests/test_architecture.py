"""The rules of the house that a program can check."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
COMPILER = ROOT / "compiler" / "attain_compiler"
ENGINE = ROOT / "engine" / "attain_engine"
TESTS = ROOT / "tests"

LONGEST_FILE = 600
INPUT_AND_OUTPUT = {"io", "os", "shutil", "socket", "subprocess", "sys", "tempfile", "urllib.request", "pathlib.Path"}
INPUT_AND_OUTPUT_CALLS = {"open", "print", "input", "exec", "eval"}
COMPILES_CODE = {COMPILER / "frozen.py"}  # constructors, from names of fields, as `dataclasses` does
SOLVER = ENGINE / "solve" / "answer_sets.py"
READS_THE_CLOCK = {  # floats in these are seconds
    ENGINE / "cli" / "limits.py",
    ENGINE / "optimise" / "unsatisfiable.py",
    ENGINE / "optimise" / "race.py",
}
GENERATORS = {COMPILER / "syntax" / "generate.py"}  # run when the grammar changes, no part of compiling
UNFINISHED = re.compile(r"\b(TO" + r"DO|FIX" + r"ME|XX" + r"X|NotImplemented" + r"Error)\b")


def files(*folders: Path, suffixes: tuple[str, ...] = (".py",)) -> list[Path]:
    found = [path for folder in folders for path in sorted(folder.rglob("*")) if path.suffix in suffixes]
    return [path for path in found if "__pycache__" not in path.parts]


def named(path: Path) -> str:
    return str(path.relative_to(ROOT))


def tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"), str(path))


def imported(path: Path) -> Iterator[str]:
    """Every module that a file imports, anywhere in it, and `module.name` for each name it takes from one."""
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield node.module or ""
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def packages(path: Path) -> set[str]:
    return {name.partition(".")[0] for name in imported(path)}


def calls(path: Path) -> Iterator[tuple[str, int]]:
    """Every plain function that a file calls by its name, with the line."""
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
            yield node.func.id, node.lineno


@pytest.mark.parametrize("path", files(COMPILER), ids=named)
def test_the_compiler_knows_neither_the_engine_nor_a_solver(path: Path) -> None:
    assert not packages(path) & {"attain_engine", "clingo", "highspy", "click", "rich"}


@pytest.mark.parametrize("path", [path for path in files(COMPILER) if path not in GENERATORS], ids=named)
def test_the_compiler_reads_and_writes_nothing(path: Path) -> None:
    assert not set(imported(path)) & INPUT_AND_OUTPUT
    allowed = {"exec"} if path in COMPILES_CODE else set()
    assert not [(name, line) for name, line in calls(path) if name in INPUT_AND_OUTPUT_CALLS - allowed]


@pytest.mark.parametrize("path", [path for path in files(ENGINE) if path != SOLVER], ids=named)
def test_only_the_solver_module_imports_clingo(path: Path) -> None:
    assert "clingo" not in packages(path)


@pytest.mark.parametrize("path", files(ENGINE), ids=named)
def test_the_engine_never_runs_text_as_code(path: Path) -> None:
    assert not [(name, line) for name, line in calls(path) if name in {"exec", "eval", "compile", "__import__"}]


@pytest.mark.parametrize("path", files(COMPILER, ENGINE), ids=named)
def test_no_float_stands_between_a_fact_and_a_verdict(path: Path) -> None:
    """Reports may draw with floats, and HiGHS computes with them; its answers are rounded and checked again."""
    if path.is_relative_to(ENGINE / "report") or "highspy" in packages(path) or path in READS_THE_CLOCK:
        return
    nodes = list(ast.walk(tree(path)))
    likeness = {node.value for node in nodes if isinstance(node, ast.keyword) and node.arg == "cutoff"}
    literals = [
        node.lineno
        for node in nodes
        if isinstance(node, ast.Constant) and isinstance(node.value, float | complex) and node not in likeness
    ]
    assert not literals + [line for name, line in calls(path) if name == "float"]


@pytest.mark.parametrize(
    "path", files(COMPILER, ENGINE, TESTS, ROOT / "bench", suffixes=(".py", ".lark", ".lp")), ids=named
)
def test_no_file_is_too_long_to_read(path: Path) -> None:
    assert len(path.read_text(encoding="utf-8").splitlines()) <= LONGEST_FILE


@pytest.mark.parametrize("path", files(COMPILER, ENGINE, suffixes=(".py", ".lark", ".lp", ".attain")), ids=named)
def test_the_program_knows_no_particular_programme(path: Path) -> None:
    assert "microsoft" not in path.read_text(encoding="utf-8").lower()


@pytest.mark.parametrize("path", files(COMPILER, ENGINE, TESTS, suffixes=(".py", ".lark", ".lp", ".attain")), ids=named)
def test_nothing_is_left_for_later(path: Path) -> None:
    assert not UNFINISHED.findall(path.read_text(encoding="utf-8", errors="replace"))


@pytest.mark.parametrize("path", files(COMPILER, ENGINE), ids=named)
def test_every_module_says_what_it_is(path: Path) -> None:
    assert ast.get_docstring(tree(path)) or not path.read_text(encoding="utf-8").strip()
