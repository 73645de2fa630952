"""Renaming changes every policy that uses the name, and refuses what would make a mistake."""

from __future__ import annotations

from pathlib import Path

import pytest

from attain_compiler.source import Span
from attain_engine.lsp.hover import hover
from attain_engine.lsp.names import names_in
from attain_engine.lsp.navigation import definition, references
from attain_engine.lsp.rename import Refused, applied, rename
from attain_engine.lsp.workspace import Workspace
from tests.lsp.drawing import GRANT, PEOPLE, place, workspace

POLICIES = Path(__file__).parent.parent.parent / "policies"


def renamed(path: str, before: str, after: str, new: str) -> dict[str, str]:
    files = workspace()
    return dict(applied(files, rename(files, path, place(path, before, after), new)))


def test_a_field_is_renamed_in_the_library_and_where_it_is_imported() -> None:
    texts = renamed(PEOPLE, "  ", "joined", "since")
    assert "  since   date" not in texts[GRANT]
    assert "  m.since on or before" in texts[GRANT]
    assert "since: 2020-01-01" in texts[GRANT]
    assert "  since  date" in texts[PEOPLE]


def test_a_name_with_astral_characters_before_it_is_renamed_in_its_place() -> None:
    texts = renamed(GRANT, "  part ", 'elders "', "old_ones")
    assert '  part old_ones "🏡 Elders"  up to 20' in texts[GRANT]


def test_a_column_is_renamed_in_the_title_of_its_example_and_nowhere_else() -> None:
    texts = renamed(GRANT, "for each (", "n, found", "number")
    assert 'example "{number} members"' in texts[GRANT]
    assert "given members = number" in texts[GRANT]
    assert 'by 1 to 100 "Win {n} members"' in texts[GRANT]


def test_a_variable_is_renamed_in_its_declaration_alone() -> None:
    texts = renamed(GRANT, "define enough(", "t Track", "way")
    assert texts[GRANT].count("standing(way)") == 2
    assert "best for t in Track by standing(t)" in texts[GRANT]


@pytest.mark.parametrize(
    ("before", "after", "new", "because"),
    [
        ("measure ", "members count", "2many", "`2many` is not a name"),
        ("measure ", "members count", "two words", "`two words` is not a name"),
        ("measure ", "members count", "standing", "`standing` is declared twice"),
        ("measure ", "members count", "Member", "`Member` is declared in `people` and in `grant`"),
        ("define enough(", "t Track", "members", "`members` already means something here"),
        ("import ", "people", "folk", "a policy is called as its file is"),
        ("of Member m ", "where", "x", "there is no name here"),
    ],
)
def test_a_bad_name_is_refused(before: str, after: str, new: str, because: str) -> None:
    files = workspace()
    with pytest.raises(Refused) as refused:
        rename(files, GRANT, place(GRANT, before, after), new)
    assert because in str(refused.value)


LIKE = """policy club "Club"

measure members count 0 to 9
  0

designation club "Club"
  require members "Five" members at least 5

example "{n} of \\"ours\\""
  for each (n) in (5), (6)
  given members = n
  expect club is met

example "another" like "{n} of \\"ours\\""

example "by itself"
  given members = 1
  expect club is failed
"""


def like(folder: Path) -> tuple[Workspace, str]:
    path = str(folder / "club.attain")
    Path(path).write_text(LIKE, "utf-8")
    return Workspace((str(folder),)), path


@pytest.mark.parametrize("before", ['example "', 'like "'])
def test_an_example_is_renamed_with_those_that_build_on_it(before: str, tmp_path: Path) -> None:
    files, path = like(tmp_path)
    offset = LIKE.index(before + "{n} of") + len(before) + 5
    places = [
        Span(path, start, start + len('{n} of \\"ours\\"')) for start in (LIKE.index("{n} of"), LIKE.rindex("{n} of"))
    ]
    assert definition(files, path, offset) == places[0]
    assert list(references(files, path, offset)) == places
    shown = hover(files, path, offset)
    assert shown is not None
    assert "given members = n" in shown.text
    new = 'members: {n} (\\"{n}\\")'
    texts = dict(applied(files, rename(files, path, offset, new)))
    assert texts[path] == LIKE.replace('{n} of \\"ours\\"', new)


@pytest.mark.parametrize(
    ("new", "because"), [("by itself", "after that, "), ('a "b', "is not a title"), (" ", "is not a title")]
)
def test_a_title_that_makes_a_mistake_is_refused(new: str, because: str, tmp_path: Path) -> None:
    files, path = like(tmp_path)
    with pytest.raises(Refused) as refused:
        rename(files, path, LIKE.rindex("{n} of") + 5, new)
    assert because in str(refused.value)


def test_a_column_in_the_title_of_a_base_is_renamed_there(tmp_path: Path) -> None:
    files, path = like(tmp_path)
    with pytest.raises(Refused):  # the title that `like` says would be another one
        rename(files, path, LIKE.index("(n)") + 1, "found")


@pytest.mark.parametrize("name", ["and", "is", "where"])
def test_a_word_that_joins_expressions_is_refused(name: str) -> None:
    files = workspace()
    with pytest.raises(Refused):
        rename(files, GRANT, place(GRANT, "measure ", "members count"), name)


@pytest.mark.parametrize("name", ["capability", "Usage", "tenant", "smb", "net_customer_adds", "points_needed"])
def test_a_name_of_modern_work_is_renamed_with_its_examples(name: str) -> None:
    path = str(POLICIES / "modern_work.attain")
    files = Workspace((str(POLICIES),))
    analysis = files.analysis(path)
    assert analysis is not None
    declared = next(each for each in names_in(analysis, path) if each.declares and each.symbol.name == name)
    texts = applied(files, rename(files, path, declared.span.start, "quite_another"))
    after = files.with_texts(texts)
    examples = after.analysis(str(POLICIES / "modern_work_examples.attain"))
    assert examples is not None
    assert examples.program is not None
