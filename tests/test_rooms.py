"""The rooms of the engine, and what each may know of the others."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Mapping
from graphlib import CycleError, TopologicalSorter
from pathlib import Path
from typing import Final

import pytest

ROOT = Path(__file__).parent.parent

ARROWS: Final[Mapping[str, frozenset[str]]] = {
    "open": frozenset(),
    "facts": frozenset({"lazily"}),
    "evaluate": frozenset({"facts", "open", "solve"}),  # solve: what is certain, for `is undetermined`
    "show": frozenset({"evaluate", "facts", "open"}),
    "solve": frozenset({"open", "optimise"}),  # optimise: what the provers of a plan share
    "optimise": frozenset({"lazily", "open", "solve"}),
    "rules": frozenset({"evaluate", "facts", "open", "solve"}),
    "assess": frozenset({"evaluate", "facts", "open", "rules", "show", "solve"}),
    "check": frozenset({"assess", "evaluate", "lazily", "facts", "open", "plan", "policies", "rules", "show", "solve"}),
    "compare": frozenset({"assess", "check", "evaluate", "facts", "open", "show", "solve"}),
    "suggest": frozenset({"check", "compare", "evaluate", "facts", "open", "policies", "rules", "solve"}),
    "plan": frozenset({"assess", "evaluate", "facts", "open", "optimise", "rules", "show", "solve"}),
    "forecast": frozenset({"assess", "evaluate", "facts", "open", "plan", "show", "solve"}),
    "questions": frozenset({"assess", "evaluate", "facts", "plan", "show"}),
    "many": frozenset({"assess", "evaluate", "facts", "open", "plan"}),
    "serve": frozenset(
        {"asked", "assess", "attain_engine", "check", "evaluate", "facts", "memory", "open", "plan", "policies"}
        | {"questions", "refusals", "report", "show"}
    ),
    "report": frozenset(
        {"assess", "attain_engine", "check", "compare", "facts", "forecast", "many", "plan", "questions", "show"}
    ),
}
"""What each room imports from. The command line may know them all, and none knows the command line."""


def modules(package: str) -> dict[str, Path]:
    """The modules of a package, by name."""
    folder = ROOT / {"attain_compiler": "compiler", "attain_engine": "engine"}[package]
    found: dict[str, Path] = {}
    for path in sorted((folder / package).rglob("*.py")):
        parts = path.relative_to(folder).with_suffix("").parts
        found[".".join(parts[:-1] if parts[-1] == "__init__" else parts)] = path
    return found


def imports(known: Mapping[str, Path], path: Path) -> Iterator[str]:
    """The modules of the package that a file imports, anywhere in it: also only for their types, or in a function."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names if alias.name in known)
        elif isinstance(node, ast.ImportFrom) and node.module in known:
            names = (f"{node.module}.{alias.name}" for alias in node.names)
            yield from (name if name in known else str(node.module) for name in names)


def graph(package: str) -> dict[str, set[str]]:
    """For each module of a package those that it imports."""
    known = modules(package)
    return {name: set(imports(known, path)) - {name} for name, path in known.items()}


@pytest.mark.parametrize("package", ["attain_compiler", "attain_engine"])
def test_no_modules_import_each_other_in_a_circle(package: str) -> None:
    try:
        TopologicalSorter(graph(package)).prepare()
    except CycleError as circle:
        pytest.fail(f"in a circle: {' <- '.join(circle.args[1])}")


@pytest.mark.parametrize("room", ARROWS)
def test_a_room_imports_only_from_the_rooms_below_it(room: str) -> None:
    def room_of(module: str) -> str:
        return module.split(".")[1] if "." in module else module

    found = {
        f"{module} imports {other}"
        for module, others in graph("attain_engine").items()
        for other in others
        if room_of(module) == room and room_of(other) not in {room, *ARROWS[room]}
    }
    assert found == set()
