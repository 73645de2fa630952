"""The server over the real protocol: `attain lsp` in a process of its own, spoken to as an editor does."""

from __future__ import annotations

import subprocess
import sys

import pytest
from lsprotocol import types as lsp
from pygls.exceptions import JsonRpcException

from tests.lsp.client import Editor, in_an_editor, uri_of
from tests.lsp.drawing import GRANT, HOME, PEOPLE, place

WHOLE = (HOME / "grant.attain").read_text(encoding="utf-8")
URI = uri_of(GRANT)
DOCUMENT = lsp.TextDocumentIdentifier(URI)
LINES = WHOLE.split("\n")


def at(before: str, after: str = "") -> lsp.Position:
    """The place between two texts, as editors count."""
    offset = place(GRANT, before, after)
    line = WHOLE.count("\n", 0, offset)
    start = WHOLE.rfind("\n", 0, offset) + 1
    return lsp.Position(line, len(WHOLE[start:offset].encode("utf-16-le")) // 2)


def test_the_server_counts_in_utf_16_whatever_else_the_editor_can() -> None:
    async def session(editor: Editor) -> lsp.InitializeResult:
        return editor.result

    assert in_an_editor(session).capabilities.position_encoding == lsp.PositionEncodingKind.Utf16


def test_mistakes_come_and_go_while_one_types() -> None:
    async def session(editor: Editor) -> None:
        assert await editor.open(GRANT, WHOLE) == []
        line, column = LINES.index("  m.joined on or before assessment date"), 4
        (wrong,) = await editor.change(GRANT, 2, (line, column, line, column + 6, "joind"))
        assert (wrong.code, wrong.source) == ("unknown-name", "attain")
        assert wrong.range == lsp.Range(lsp.Position(line, column), lsp.Position(line, column + 5))
        assert wrong.message.startswith("no field `joind` on `Member`")
        asked = lsp.CodeActionParams(DOCUMENT, wrong.range, lsp.CodeActionContext([wrong]))
        (fix,) = await editor.client.text_document_code_action_async(asked)
        assert fix.title == "change `joind` to `joined`"
        assert list(fix.edit.changes[URI]) == [lsp.TextEdit(wrong.range, "joined")]
        assert await editor.change(GRANT, 3, (line, column, line, column + 5, "joined")) == []

    in_an_editor(session)


def test_columns_after_an_astral_character_are_those_of_the_editor() -> None:
    async def session(editor: Editor) -> None:
        await editor.open(GRANT, WHOLE)
        role = at("where m.", "role")
        line = LINES[role.line]
        assert role.character == line.index("role") + 1
        (wrong,) = await editor.change(GRANT, 2, (role.line, role.character, role.line, role.character + 4, "rule"))
        assert wrong.range.start == role
        assert wrong.related_information[0].location.uri == uri_of(PEOPLE)
        await editor.change(GRANT, 3, (role.line, role.character, role.line, role.character + 4, "role"))
        (found,) = await editor.client.text_document_definition_async(lsp.DefinitionParams(DOCUMENT, role))
        assert found.uri == uri_of(PEOPLE)
        hover = await editor.client.text_document_hover_async(lsp.HoverParams(DOCUMENT, role))
        assert "a `Role`" in hover.contents.value
        assert hover.range == lsp.Range(role, lsp.Position(role.line, role.character + 4))

    in_an_editor(session)


def test_a_mistake_in_an_import_that_is_typed_shows_in_the_policy_that_imports_it() -> None:
    people = (HOME / "shared" / "people.attain").read_text(encoding="utf-8")

    async def session(editor: Editor) -> None:
        await editor.open(GRANT, WHOLE)
        editor.diagnostics.clear()
        await editor.open(PEOPLE, people)
        await editor.told(URI)  # of what is opened the editor's text counts, in every policy that imports it
        line = people.split("\n").index("  joined  date")
        editor.diagnostics.clear()
        await editor.change(PEOPLE, 2, (line, 2, line, 8, "since"))
        await editor.told(URI)
        assert {each.code for each in editor.diagnostics[URI]} == {"unknown-name", "missing-field"}

    in_an_editor(session)


def test_an_editor_can_ask_for_everything_that_the_server_offers() -> None:
    async def session(editor: Editor) -> None:
        await editor.open(GRANT, WHOLE)
        client = editor.client
        standing = at("score ", "standing")
        context = lsp.ReferenceContext(include_declaration=True)
        found = await client.text_document_references_async(lsp.ReferenceParams(context, DOCUMENT, standing))
        assert len(found) == 8
        marked = await client.text_document_document_highlight_async(lsp.DocumentHighlightParams(DOCUMENT, standing))
        assert len(marked) == 8
        names = [
            each.name for each in await client.text_document_document_symbol_async(lsp.DocumentSymbolParams(DOCUMENT))
        ]
        assert names[:3] == ["grant", "Track", "exactly_enough"]
        everywhere = await client.workspace_symbol_async(lsp.WorkspaceSymbolParams("Role"))
        assert [each.name for each in everywhere] == ["Role"]
        folds = await client.text_document_folding_range_async(lsp.FoldingRangeParams(DOCUMENT))
        assert (folds[0].start_line, folds[0].end_line) == (0, 2)
        tokens = await client.text_document_semantic_tokens_full_async(lsp.SemanticTokensParams(DOCUMENT))
        assert list(tokens.data[:5]) == [0, 0, 6, 12, 0]
        offered = await client.text_document_completion_async(lsp.CompletionParams(DOCUMENT, at("where m.", "role")))
        assert [each.label for each in offered] == ["joined", "person", "role"]
        help_ = await client.text_document_signature_help_async(
            lsp.SignatureHelpParams(DOCUMENT, at("expect standing(", "small).people is 80"))
        )
        assert help_.signatures[0].label == "standing(t Track)"
        whole = lsp.Range(lsp.Position(0, 0), lsp.Position(len(LINES), 0))
        hints = await client.text_document_inlay_hint_async(lsp.InlayHintParams(DOCUMENT, whole))
        assert " = 60" in [each.label for each in hints]
        options = lsp.FormattingOptions(2, True)
        assert await client.text_document_formatting_async(lsp.DocumentFormattingParams(DOCUMENT, options)) == ()
        enter = lsp.DocumentOnTypeFormattingParams(DOCUMENT, lsp.Position(9, 0), "\n", options)
        assert await client.text_document_on_type_formatting_async(enter) == ()

    in_an_editor(session, date="2024-06-30")


def test_what_is_asked_right_after_a_keystroke_sees_it() -> None:
    async def session(editor: Editor) -> None:
        await editor.open(GRANT, WHOLE)
        line = LINES.index("  m.joined on or before assessment date")
        for version in range(2, 12):  # a burst, and the question with it
            editor.type(GRANT, version, (line, 2, line, len(LINES[line]) if version == 2 else 4, "m."))
        asked = lsp.CompletionParams(DOCUMENT, lsp.Position(line, 4))
        found = await editor.client.text_document_completion_async(asked)
        assert [each.label for each in found] == ["joined", "person", "role"]
        (wrong,) = await editor.diagnostics_of(URI, 11)
        assert wrong.range.start.line in (line, line + 2)

    in_an_editor(session)


def test_a_rename_changes_both_files_and_a_bad_name_says_why() -> None:
    async def session(editor: Editor) -> None:
        await editor.open(GRANT, WHOLE)
        role = at("where m.", "role")
        prepared = await editor.client.text_document_prepare_rename_async(lsp.PrepareRenameParams(DOCUMENT, role))
        assert prepared.start == role
        found = await editor.client.text_document_rename_async(lsp.RenameParams(DOCUMENT, role, "duty"))
        assert {uri: len(edits) for uri, edits in found.changes.items()} == {URI: 2, uri_of(PEOPLE): 1}
        with pytest.raises(JsonRpcException, match="`2` is not a name"):
            await editor.client.text_document_rename_async(lsp.RenameParams(DOCUMENT, role, "2"))

    in_an_editor(session)


def test_the_commands_of_the_lenses_answer_and_their_results_stand_above() -> None:
    async def titles(editor: Editor) -> list[str]:
        found = await editor.client.text_document_code_lens_async(lsp.CodeLensParams(DOCUMENT))
        return [each.command.title for each in found]

    async def session(editor: Editor) -> None:
        await editor.open(GRANT, WHOLE)
        assert await titles(editor) == ["run 2 examples", "assess with ...", "plan with ...", "run", "run"]
        ran = await editor.command("attain.runExamples", URI)
        assert ran is not None
        assert ran["headline"] == "1 of 2 examples passed"
        assert "✗ failed: 🏡 wrong: `standing(small).people` is 40, not 80" in await titles(editor)
        editor.choose = "facts/oak"
        assessed = await editor.command("attain.assess", URI, "grant_paid")
        assert assessed is not None
        assert assessed["headline"] == "oak → The grant (Small 🏡 clubs)   NOT QUALIFIED   36 points"
        assert "assess with oak" in await titles(editor)
        planned = await editor.command("attain.plan", URI, "grant_paid", str(HOME / "facts" / "oak"))
        assert planned is not None
        assert planned["headline"].startswith("Plan: proved minimal, 30 USD")
        assert editor.shown == [each["headline"] for each in (ran, assessed, planned)]

    in_an_editor(session)


def test_a_policy_with_mistakes_is_answered_with_them() -> None:
    async def session(editor: Editor) -> None:
        await editor.open(GRANT, WHOLE.replace("m.joined on", "m.joind on"))
        found = await editor.command("attain.assess", URI, "grant_paid", str(HOME / "facts" / "oak"))
        assert found is not None
        assert found["headline"] == "the policy has mistakes"
        assert "error[unknown-name]: no field `joind` on `Member`" in found["text"]

    in_an_editor(session)


def test_without_its_packages_the_command_says_how_to_install_them() -> None:
    script = (
        "import sys, importlib.util as util; find = util.find_spec\n"
        "util.find_spec = lambda name, *rest: None if name == 'pygls' else find(name, *rest)\n"
        "import attain_engine.cli as cli; sys.exit(cli.main(['lsp']))"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=False)
    assert done.returncode == 2
    assert 'pip install "attain[lsp]"' in done.stderr


def test_the_server_has_no_time_limit_since_it_lasts() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "attain_engine", "lsp", "--help"], capture_output=True, text=True, check=True
    )
    assert "--time-limit" not in done.stdout
