"""Every name of every shipped policy is understood: nothing is left without a meaning."""

from __future__ import annotations

import pytest

from attain_compiler.syntax.allowed import words
from attain_compiler.syntax.tokens import scan
from attain_engine.lsp.declared import place_of
from attain_engine.lsp.names import names_in
from attain_engine.lsp.workspace import Analysis, Workspace
from attain_engine.policies import find_policies, shipped_policies

PATHS = find_policies([str(shipped_policies())])
TYPES = frozenset({"count", "number", "points", "percent", "money", "date", "month", "duration", "flag", "text"})


@pytest.fixture(scope="module")
def files() -> Workspace:
    return Workspace((str(shipped_policies()),))


def analysed(files: Workspace, path: str) -> Analysis:
    found = files.analysis(path)
    assert found is not None
    return found


def is_citation(text: str) -> bool:
    return text.isupper() or any(each.isdigit() for each in text)


@pytest.mark.parametrize("path", PATHS)
def test_every_word_that_is_not_of_the_language_is_a_name_that_is_understood(path: str, files: Workspace) -> None:
    analysis = analysed(files, path)
    understood = {each.span.start for each in names_in(analysis, path)}
    written = [each for each in scan(analysis.source.text).tokens if each.kind == "NAME"]
    left = [each.text for each in written if each.start not in understood and each.text not in words() | TYPES]
    undecided = [name for name, values in analysis.visible.values.items() if len(values) > 1]  # a column nobody uses
    assert [each for each in left if not is_citation(each) and each not in undecided] == []


@pytest.mark.parametrize("path", PATHS)
def test_every_name_is_declared_somewhere_under_that_name(path: str, files: Workspace) -> None:
    analysis = analysed(files, path)
    for each in names_in(analysis, path):
        place = place_of(analysis, each.symbol)
        assert place is not None, each
        declared = analysis.files[place.path].slice(place)
        assert declared in ("", each.symbol.name), each
