"""What is offered and outlined while other declarations cannot be read."""

from __future__ import annotations

import pytest

from attain_engine.lsp.completion import completions
from attain_engine.lsp.half_written import without_broken_lines
from attain_engine.lsp.outline import outline
from attain_engine.lsp.signature import signature
from attain_engine.lsp.workspace import Workspace
from tests.lsp.drawing import GRANT, cut

POLICY = """\
policy club "Club"

enum Track "Tracks"
  smb    "Small"
  large  "Large

record Member
  joined  dat
  left    date or
  track   Track
  unique

measure members(t Track) count 0 to 10
  count of Member m where m.track is t
  source because

measure (( count
  count of Member m where m.

designation club "Club"
"""


def files(written: str) -> tuple[Workspace, int]:
    text, offset = cut(f"{POLICY}{written}")
    return Workspace((), {GRANT: text}), offset


def offered(written: str) -> list[str]:
    workspace, offset = files(written)
    return [each.label for each in completions(workspace, GRANT, offset)]


@pytest.mark.parametrize(
    ("written", "first"),
    [
        ("  require a members(smb) at least 1\ndefine d\n  some Member m where m.‸", ["joined", "track"]),
        ("  require a members(smb) at least 1\ndefine d\n  some Member m where m.track is ‸", ["smb"]),
        ("  require a members(‸", ["smb"]),
        ("change c\n  adds Member { ‸", ["joined", "track"]),
    ],
)
def test_what_can_be_read_of_other_declarations_is_known(written: str, first: list[str]) -> None:
    assert offered(written)[: len(first)] == first


def test_a_call_of_what_has_a_line_that_cannot_be_read_is_shown() -> None:
    found = signature(*((files("  require a members(‸"))[0], GRANT, files("  require a members(‸")[1]))
    assert found is not None
    assert found.label == "members(t Track)"


def test_a_declaration_that_cannot_be_read_stands_in_the_outline() -> None:
    workspace, _ = files("  require a ‸")
    items = [(each.kind, each.name) for each in outline(workspace, GRANT)]
    assert items == [
        ("policy", "club"),
        ("enum", "Track"),
        ("record", "Member"),
        ("measure", "members"),
        ("designation", "club"),
    ]


def test_what_is_being_written_is_left_as_it_is() -> None:
    workspace, offset = files("  require a ‸")
    analysis = without_broken_lines(workspace, GRANT, offset)
    assert analysis is not None
    assert "require a" in analysis.source.text
    assert "left" not in analysis.source.text
    assert len(analysis.source.text) == len(workspace.documents[GRANT])


def test_a_file_without_mistakes_is_understood_once() -> None:
    workspace = Workspace((), {GRANT: 'policy club "Club"\n\nenum Track { smb, large }\n'})
    assert without_broken_lines(workspace, GRANT, 0) is workspace.analysis(GRANT)


def test_what_is_mended_is_told_again() -> None:
    workspace, offset = files("  require a members(‸")
    before = [each.label for each in completions(workspace, GRANT, offset)]
    workspace.open(GRANT, workspace.documents[GRANT].replace('"Large\n', '"Large"\n'))
    after = [each.label for each in completions(workspace, GRANT, offset + 1)]
    assert (before[:2], after[:2]) == (["smb", "Track"], ["large", "smb"])
