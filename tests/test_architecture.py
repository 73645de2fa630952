"""The rules of the house that a program can check."""

from __future__ import annotations

import ast
import re
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

ROOT = Path(__file__).parent.parent
COMPILER = ROOT / "compiler" / "attain_compiler"
ENGINE = ROOT / "engine" / "attain_engine"
TESTS = ROOT / "tests"

LONGEST_FILE = 400
LONGEST_TEST = 600
"""So long may a file of tests be, and the grammar, which is one page."""

INPUT_AND_OUTPUT = {"io", "os", "shutil", "socket", "subprocess", "sys", "tempfile", "urllib.request", "pathlib.Path"}
INPUT_AND_OUTPUT_CALLS = {"open", "print", "input", "exec", "eval"}
COMPILES_CODE = {COMPILER / "frozen.py"}  # constructors, from names of fields, as `dataclasses` does
SOLVER = ENGINE / "solve" / "answer_sets.py"
READS_THE_CLOCK = {  # floats in these are seconds
    ENGINE / "lsp" / "session.py",
    ENGINE / "cli" / "limits.py",
    ENGINE / "cli" / "mutating.py",
    ENGINE / "cli" / "test.py",
    ENGINE / "cli" / "planning.py",
    ENGINE / "cli" / "report.py",
    ENGINE / "forecast" / "forecast.py",
    ENGINE / "questions" / "asking.py",
    ENGINE / "questions" / "relaxing.py",
    ENGINE / "optimise" / "ending.py",
    ENGINE / "optimise" / "unsatisfiable.py",
    ENGINE / "optimise" / "race.py",
    ENGINE / "serve" / "pool.py",
    ENGINE / "serve" / "worker.py",
}
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


def broken(paths: Iterable[Path], rule: Callable[[Path], object]) -> list[str]:
    """The files that break a rule, each with what breaks it: `rule` gives what it finds against a file, or nothing."""
    found = ((named(path), rule(path)) for path in paths)
    return [f"{name}: {why}" for name, why in found if why]


def test_the_compiler_knows_neither_the_engine_nor_a_solver() -> None:
    engines = {"attain_engine", "clingo", "highspy", "click", "rich"}
    assert broken(files(COMPILER), lambda path: packages(path) & engines) == []


def test_the_compiler_imports_nothing_that_reads_or_writes() -> None:
    assert broken(files(COMPILER), lambda path: set(imported(path)) & INPUT_AND_OUTPUT) == []


def test_the_compiler_calls_nothing_that_reads_writes_or_runs_text() -> None:
    def found(path: Path) -> list[tuple[str, int]]:
        allowed = {"exec"} if path in COMPILES_CODE else set()
        return [(name, line) for name, line in calls(path) if name in INPUT_AND_OUTPUT_CALLS - allowed]

    assert broken(files(COMPILER), found) == []


def test_only_the_solver_module_imports_clingo() -> None:
    others = [path for path in files(ENGINE) if path != SOLVER]
    assert broken(others, lambda path: packages(path) & {"clingo"}) == []


def test_the_engine_never_runs_text_as_code() -> None:
    runs = {"exec", "eval", "compile", "__import__"}
    assert broken(files(ENGINE), lambda path: [(name, line) for name, line in calls(path) if name in runs]) == []


def floats(path: Path) -> list[int]:
    """The lines of a file on which a float is written or made; how alike two words are may be one."""
    nodes = list(ast.walk(tree(path)))
    likeness = {node.value for node in nodes if isinstance(node, ast.keyword) and node.arg == "cutoff"}
    literals = [
        node.lineno
        for node in nodes
        if isinstance(node, ast.Constant) and isinstance(node.value, float | complex) and node not in likeness
    ]
    return literals + [line for name, line in calls(path) if name == "float"]


def test_no_float_stands_between_a_fact_and_a_verdict() -> None:
    """Reports may draw with floats, and HiGHS computes with them; its answers are rounded and checked again."""
    exact = [
        path
        for path in files(COMPILER, ENGINE)
        if not path.is_relative_to(ENGINE / "report")
        and path not in READS_THE_CLOCK
        and "highspy" not in packages(path)
    ]
    assert broken(exact, floats) == []


def test_no_file_is_too_long_to_read() -> None:
    def lines(path: Path) -> int:
        return len(path.read_text(encoding="utf-8").splitlines())

    def too_long(path: Path) -> int:
        most = LONGEST_TEST if path.is_relative_to(TESTS) or path.suffix == ".lark" else LONGEST_FILE
        return lines(path) if lines(path) > most else 0

    ours = files(COMPILER, ENGINE, TESTS, ROOT / "bench", suffixes=(".py", ".lark", ".lp"))
    ours = [path for path in ours if not path.is_relative_to(TESTS / "asp" / "golden")]  # what a policy compiles to
    assert broken(ours, too_long) == []


def test_the_program_knows_no_particular_programme() -> None:
    ours = files(COMPILER, ENGINE, suffixes=(".py", ".lark", ".lp", ".attain"))
    assert broken(ours, lambda path: "microsoft" in path.read_text(encoding="utf-8").lower()) == []


def test_nothing_is_left_for_later() -> None:
    ours = files(COMPILER, ENGINE, TESTS, suffixes=(".py", ".lark", ".lp", ".attain"))
    assert broken(ours, lambda path: UNFINISHED.findall(path.read_text(encoding="utf-8", errors="replace"))) == []


def test_every_module_says_what_it_is() -> None:
    modules = [path for path in files(COMPILER, ENGINE) if path.read_text(encoding="utf-8").strip()]
    assert broken(modules, lambda path: not ast.get_docstring(tree(path))) == []


def test_a_rule_that_is_broken_is_noticed(tmp_path: Path) -> None:
    """The rules above find nothing; this shows that they look."""
    bad = ROOT / "tests" / "no_such_file.py"
    assert broken([bad], lambda _: ["why"]) == ["tests/no_such_file.py: ['why']"]
    wrong = tmp_path / "wrong.py"
    wrong.write_text("import clingo, os.path\nx = 1.5\ny = eval('2')\n", encoding="utf-8")
    assert (packages(wrong), floats(wrong), [*calls(wrong)]) == ({"clingo", "os"}, [2], [("eval", 3)])
