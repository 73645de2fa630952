"""Whatever is typed, each feature answers, or refuses with a reason; and what it answers lies in the document."""

from __future__ import annotations

import datetime
import random
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from lsprotocol import types as lsp

from attain_engine.lsp import (
    completion,
    fixes,
    hints,
    hover,
    layout,
    lenses,
    navigation,
    outline,
    rename,
    signature,
    tokens,
)
from attain_engine.lsp import protocol as to
from attain_engine.lsp.workspace import Workspace
from tests.lsp.drawing import GRANT, HOME, PEOPLE
from tests.lsp.test_edits import EDITS
from tests.seeds import of_each

NEW_NAMES = ["zz", "x y", "policy", "Member", "🏡", ""]


def broken(text: str, chance: random.Random) -> str:
    """Cut off, with other ends of lines, strange characters, or an import that leads nowhere."""
    at = chance.randrange(len(text) + 1)
    match chance.choice(["cut", "lines", "character", "import"]):
        case "cut":
            return text[:at]
        case "lines":
            return text.replace("\r\n", "\n").replace("\n", "\r\n")
        case "character":
            return (
                text[:at] + chance.choice(["🏡", "e\u0301", "\u2028", "\x0c", "\r", "\ufeff", "\x00", "\t"]) + text[at:]
            )
        case _:
            return text.replace(
                "import ", chance.choice(["#import ", "import import ", "import x as ", "import grant\nimport "])
            )


def asked_at(files: Workspace, path: str, at: int, chance: random.Random) -> Iterator[Any]:
    """What each feature answers at a place, as the editor is told."""
    source = files.source(path)
    assert source is not None
    yield [to.completion_item(source, each, True) for each in completion.completions(files, path, at)]
    yield hover.hover(files, path, at)
    found = navigation.definition(files, path, at)
    yield to.locations(files.source, [found] if found is not None else [])
    yield to.locations(files.source, navigation.references(files, path, at, declaration=True))
    yield to.locations(files.source, navigation.highlights(files, path, at))
    yield signature.signature(files, path, at)
    yield to.text_edits(source, layout.formatting_on_type(files, path, at))
    yield [each.title for each in fixes.quick_fixes(files, path, at, at + chance.randrange(200))]
    yield rename.renameable(files, path, at)
    try:
        yield to.workspace_edit(files.source, rename.rename(files, path, at, chance.choice(NEW_NAMES)))
    except rename.Refused as refused:
        yield str(refused)


def asked_of(files: Workspace, path: str) -> Iterator[Any]:
    """What each feature answers of a whole document."""
    source = files.source(path)
    assert source is not None
    yield [to.document_symbol(source, each) for each in outline.outline(files, path)]
    yield outline.folds(files, path)
    yield [one for each in outline.workspace_symbols(files, "e") for one in to.symbol_information(files.source, each)]
    yield to.semantic_data(source, tokens.semantic_tokens(files, path))
    yield [to.position_of(source, each.offset) for each in hints.hints(files, path, datetime.date(2024, 6, 30), None)]
    yield [to.range_of(source, each.span) for each in lenses.lenses(files, path, {}, "")]
    yield to.text_edits(source, layout.formatting(files, path))


def shown(files: Workspace, path: str) -> list[lsp.Diagnostic]:
    found = (*fixes.diagnostics(files, path), *fixes.diagnostics_of_imports(files, path))
    return [one for each in found if (one := to.diagnostic(files.source, each)) is not None]


def inside(text: str, where: lsp.Position) -> bool:
    """Whether a place is one of the document, in UTF-16."""
    lines = text.replace("\r\n", "\n").split("\n")
    return (
        where.line < len(lines) and where.character <= len(lines[where.line].encode("utf-16-le", "surrogatepass")) // 2
    )


@of_each(range(16), at_a_time=4)
def test_each_feature_answers_whatever_is_typed(seed: int) -> None:
    chance = random.Random(seed)
    path = chance.choice([GRANT, GRANT, PEOPLE])
    text = Path(path).read_text(encoding="utf-8")
    files = Workspace((str(HOME),))
    for _ in range(4):
        text = chance.choice([*EDITS, broken, broken])(text, chance)
        files.open(path, text)
        for each in fixes.diagnostics(files, path):
            place = to.diagnostic(files.source, each)
            assert place is not None
            assert inside(text, place.range.start), (each.code, text)
            assert inside(text, place.range.end), (each.code, text)
        assert shown(files, path) == shown(Workspace((str(HOME),), {path: text}), path)
        answers = list(asked_of(files, path))
        for _ in range(3):
            answers += asked_at(files, path, chance.randrange(len(text) + 1), chance)
        assert len(answers) >= 7


@pytest.mark.parametrize("line", ["import nothing as n", "import grant as n", "import people as people"])
def test_an_import_that_leads_nowhere_is_a_name_like_others(line: str) -> None:
    text = Path(GRANT).read_text(encoding="utf-8").replace("import people", f"{line}\nimport people", 1)
    files = Workspace((str(HOME),), {GRANT: text})
    chance = random.Random(0)
    start = text.index(line)
    for at in range(start, start + len(line) + 1):
        assert list(asked_at(files, GRANT, at, chance))
    assert list(asked_of(files, GRANT))
