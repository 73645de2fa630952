"""The codes that the program reports are those of the catalogue."""

from __future__ import annotations

import ast
import re
from functools import cache
from pathlib import Path

from attain_compiler.diagnostics.catalogue import CATALOGUE

ROOT = Path(__file__).parent.parent.parent
KEBAB = re.compile(r"[a-z]+(-[a-z]+)+")


@cache
def nodes() -> tuple[ast.AST, ...]:
    """Every node of the program, the catalogue aside."""
    paths = [path for folder in ("compiler", "engine") for path in (ROOT / folder).rglob("*.py")]
    paths = [path for path in paths if path.name != "guard.py"]  # names of headers
    sources = [path.read_text(encoding="utf-8") for path in paths if "catalogue" not in path.parts]
    return tuple(node for source in sources for node in ast.walk(ast.parse(source)))


@cache
def texts() -> frozenset[str]:
    return frozenset(node.value for node in nodes() if isinstance(node, ast.Constant) and isinstance(node.value, str))


def test_every_code_that_is_reported_has_an_entry() -> None:
    named = {"what-if"}  # a command
    first = [node.args[0] for node in nodes() if isinstance(node, ast.Call) and node.args]
    words = {each.value for each in first if isinstance(each, ast.Constant) and isinstance(each.value, str)}
    assert {word for word in words if KEBAB.fullmatch(word)} <= CATALOGUE.keys() | named


def test_every_entry_is_of_a_code_that_is_reported() -> None:
    assert CATALOGUE.keys() - texts() == set()
