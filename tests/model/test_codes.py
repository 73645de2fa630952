"""Every code that this stage reports has its entry in the catalogue, with the severity that it is reported with."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

import attain_compiler.model
from attain_compiler.diagnostics.catalogue import CATALOGUE, semantics

SOURCES = sorted(Path(attain_compiler.model.__path__[0]).rglob("*.py"))


def codes_in(node: ast.expr) -> set[str]:
    """The codes that an expression may be: a text, or one of two."""
    match node:
        case ast.Constant(value=str(text)):
            return {text}
        case ast.IfExp(body=body, orelse=other):
            return codes_in(body) | codes_in(other)
        case _:
            return set()


def reported() -> set[tuple[str, str]]:
    """Each code with the method that it is reported by."""
    calls = (node for path in SOURCES for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))))
    return {
        (code, node.func.attr)
        for node in calls
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)
        if node.func.attr in ("error", "warning") and node.args
        for code in codes_in(node.args[0])
    } | {(code, "note") for path in SOURCES for code in notes(ast.parse(path.read_text(encoding="utf-8")))}


def notes(module: ast.Module) -> set[str]:
    """The codes of the diagnostics that are made as notes."""
    made = (node for node in ast.walk(module) if isinstance(node, ast.Call) and node.args)
    return {
        code
        for node in made
        if any(isinstance(each.value, ast.Attribute) and each.value.attr == "NOTE" for each in node.keywords)
        for code in codes_in(node.args[0])
    }


@pytest.mark.parametrize(("code", "severity"), sorted(reported()))
def test_a_code_that_is_reported_has_its_entry(code: str, severity: str) -> None:
    assert CATALOGUE[code].severity.value == severity


def test_every_entry_of_this_stage_is_reported() -> None:
    spoken = {code for code, _ in reported()} | {"unknown-name"}
    assert {entry.code for entry in semantics.ENTRIES} <= spoken
