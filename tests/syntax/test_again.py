"""Reading a file again after an edit gives exactly what reading it anew gives, places included."""

from __future__ import annotations

import dataclasses
import random
from collections.abc import Iterator
from pathlib import Path

import pytest

from attain_compiler.source import SourceFile, Span
from attain_compiler.syntax import ast, parse
from attain_compiler.syntax.again import Memory

POLICIES = Path(__file__).parent.parent.parent / "policies"
TYPED = ["x", " ", "\n", "  ", "{", "(", '"', "#", "\t", "🏡", "0", "define y\n  yes\n\n", "at least"]


def places(value: object) -> Iterator[Span]:
    """Every place in a tree."""
    if isinstance(value, tuple):
        for each in value:
            yield from places(each)
    elif isinstance(value, ast.Node):
        yield value.span
        for field in dataclasses.fields(value):
            yield from places(getattr(value, field.name))


@pytest.mark.parametrize("name", ["modern_work", "renewal_examples", "shared/people"])
@pytest.mark.parametrize("seed", range(3))
def test_after_any_edits_the_tree_is_that_of_the_text(name: str, seed: int) -> None:
    chance = random.Random(f"{name} {seed}")
    text = (POLICIES / f"{name}.attain").read_text(encoding="utf-8")
    memory = Memory()
    memory.parse(SourceFile("p", text))
    for _ in range(8):
        start = chance.randrange(len(text))
        end = min(len(text), start + chance.choice([0, 0, 0, 1, 40]))
        text = text[:start] + chance.choice(TYPED) + text[end:]
        source = SourceFile("p", text)
        again, new = memory.parse(source), parse.parse(source)
        assert again == new
        assert list(places(again[0])) == list(places(new[0]))


def test_a_declaration_that_stays_the_same_is_not_read_again(monkeypatch: pytest.MonkeyPatch) -> None:
    text = "policy p\n\ndefine a\n  yes\n\ndefine b\n  no\n"
    memory = Memory()
    memory.parse(SourceFile("p", text))
    read: list[str] = []
    original = parse.declaration_of

    def counted(source: SourceFile, chunk: list[parse.Token]) -> object:
        read.append(chunk[1].text)
        return original(source, chunk)

    monkeypatch.setattr("attain_compiler.syntax.again.declaration_of", counted)
    memory.parse(SourceFile("p", text.replace("yes", "not (no)")))
    assert read == ["a"]
