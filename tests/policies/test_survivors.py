"""What may go unnoticed in the shipped policies is said line by line."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path
from typing import Any

import pytest

from attain_compiler.source import SourceFile
from attain_engine.check.mutate import mutants
from attain_engine.check.survivors import explanations

POLICIES = Path(__file__).parents[2] / "policies"
TEXT = (POLICIES / "survivors.toml").read_text(encoding="utf-8")
ENTRIES: list[dict[str, Any]] = tomllib.loads(TEXT)["survivor"]
EXPLANATIONS = explanations(TEXT)
FILES = {each.stem: each for each in POLICIES.rglob("*.attain")}


@pytest.mark.parametrize("number", range(len(ENTRIES)), ids=[each["policy"] for each in ENTRIES])
def test_an_explanation_is_about_lines_that_it_names(number: int) -> None:
    entry = ENTRIES[number]
    explanation = EXPLANATIONS[number]
    path = FILES[entry["policy"]]
    found = [each for each in mutants(SourceFile(str(path), path.read_text("utf-8"))) if explanation.explains(each)]
    lines = {re.sub(r"\s+", " ", each.line) for each in found}
    assert lines, "nothing is like this any more"
    assert lines == set(entry["lines"]) if "lines" in entry else len(lines) == 1
