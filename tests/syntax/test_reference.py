"""Every construct that the reference shows can be read, and stands there as the formatter would lay it out."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from attain_compiler.syntax.format import format_source
from tests.syntax.shown import codes, source

ROOT = Path(__file__).parent.parent.parent
REFERENCE = (ROOT / "docs" / "reference" / "language.md").read_text(encoding="utf-8")
BLOCKS = re.findall(r"```text\n(.*?)```", REFERENCE, re.DOTALL)
POLICIES = sorted((ROOT / "policies").rglob("*.attain"))


def first_line(block: str) -> str:
    return block.partition("\n")[0]


@pytest.mark.parametrize("block", BLOCKS, ids=first_line)
def test_a_block_of_the_reference_is_read_without_errors(block: str) -> None:
    assert codes(block) == []


@pytest.mark.parametrize("block", BLOCKS, ids=first_line)
def test_a_block_of_the_reference_is_laid_out(block: str) -> None:
    assert format_source(source(block)) == block


@pytest.mark.parametrize("path", POLICIES, ids=lambda path: str(path.relative_to(ROOT)))
def test_a_policy_is_read_without_errors(path: Path) -> None:
    assert codes(path.read_text(encoding="utf-8")) == []


@pytest.mark.parametrize("path", POLICIES, ids=lambda path: str(path.relative_to(ROOT)))
def test_a_policy_is_laid_out(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert format_source(source(text)) == text
