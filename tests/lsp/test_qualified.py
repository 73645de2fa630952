"""Names of imports that are called something, `s.Seat`: to their declaration, all of their uses, renamed, completed."""

from __future__ import annotations

from pathlib import Path

import pytest

from attain_engine.lsp.completion import completions
from attain_engine.lsp.declared import place_of, symbol_at
from attain_engine.lsp.names import names_in
from attain_engine.lsp.navigation import definition
from attain_engine.lsp.rename import applied, rename
from attain_engine.lsp.tokens import semantic_tokens
from attain_engine.lsp.workspace import Workspace
from tests.model.test_modules import BOTH, LARGE, SMALL


@pytest.fixture
def path(tmp_path: Path) -> str:
    for name, text in (("small", SMALL), ("large", LARGE), ("p", BOTH)):
        (tmp_path / f"{name}.attain").write_text(text, "utf-8")
    return str(tmp_path / "p.attain")


def files(path: str) -> Workspace:
    return Workspace((str(Path(path).parent),))


def test_each_half_of_a_name_is_a_name_that_is_understood(path: str) -> None:
    workspace = files(path)
    analysis = workspace.analysis(path)
    assert analysis is not None
    for each in names_in(analysis, path):
        place = place_of(analysis, each.symbol)
        assert place is not None, each
        assert analysis.files[place.path].slice(place) == each.symbol.name
    written = [BOTH[each.span.start : each.span.end] for each in names_in(analysis, path)]
    assert written.count("s") == BOTH.count("s.") + 1, "where it is declared, and where it is used"
    kinds = {BOTH[each.span.start : each.span.end]: each.kind for each in semantic_tokens(workspace, path)}
    assert (kinds["s"], kinds["Seat"], kinds["seats"]) == ("parameter", "struct", "function")


def test_go_to_definition_leads_to_the_right_file(path: str) -> None:
    for name, stem in (("s.Seat", "small"), ("l.Seat", "large"), ("s.needed", "small"), ("l.needed", "large")):
        found = definition(files(path), path, BOTH.index(name) + 3)
        assert found is not None
        assert Path(found.path).stem == stem


def test_a_name_is_renamed_in_its_file_and_behind_the_dot(path: str) -> None:
    found = symbol_at(files(path), path, BOTH.index("l.seats(") + 3)
    assert found is not None
    edits = rename(files(path), path, BOTH.index("l.seats(") + 3, "chairs")
    texts = {Path(name).stem: text for name, text in applied(files(path), edits).items()}
    assert texts["p"] == BOTH.replace("l.seats", "l.chairs")
    assert texts["large"] == LARGE.replace("measure seats", "measure chairs")
    assert "small" not in texts


def test_what_an_import_is_called_is_renamed(path: str) -> None:
    edits = rename(files(path), path, BOTH.index("l.Seat"), "big")
    texts = applied(files(path), edits)
    assert list(texts.values()) == [BOTH.replace("as l\n", "as big\n").replace(" l.", " big.")]


@pytest.mark.parametrize(
    ("written", "first"),
    [
        ("define d(x s.", ["s.Person", "s.Seat", "s.Size"]),
        ("define d\n  some l.Se", ["l.Seat"]),
        ("define d\n  l.seats(", ["high", "low"]),
        ("define d\n  l.ne", ["l.needed"]),
        ("change c\n  adds s.Seat { ", ["holder", "size"]),
        ("import small as", []),
    ],
)
def test_names_are_completed(path: str, written: str, first: list[str]) -> None:
    text = f"{BOTH}\n{written}"
    workspace = Workspace((str(Path(path).parent),), {path: text})
    offered = [each for each in completions(workspace, path, len(text)) if each.kind != "word"]
    assert [each.label for each in offered][: len(first)] == first
    for each in offered:
        assert each.span.end == len(text)
        typed = text[each.span.start :]
        assert not typed or typed[:2] == each.label[:2], "all of a qualified name is replaced"
