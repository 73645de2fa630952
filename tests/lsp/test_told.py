"""What the editor has been told is what is wrong: whatever was opened, typed, saved, removed or closed before, and in
whatever order, each document and each file that is imported shows the mistakes of a first reading, and no other."""

from __future__ import annotations

import asyncio
import random
from pathlib import Path

import pytest
from lsprotocol import types as lsp

from attain_compiler.diagnostics.model import Diagnostic
from attain_engine.lsp import fixes, server, session
from attain_engine.lsp import protocol as to
from attain_engine.lsp.workspace import Workspace
from tests.lsp.test_edits import EDITS
from tests.seeds import of_each

LIBRARY = """policy {name} "Library"
{first}

record {record} "A row"
  person  Person
  day     date

define {name}_soon(r {record}) "Soon"
  r.day on or before assessment date
"""

MAIN = """policy {name} "Main 🏡"
import left
import right

measure people count 0 to 50 "Pêople 🏡"
  distinct l.person among Left l where left_soon(l)

designation {name} "Main"
  require people "Enough" people at least 2
"""


def written(folder: Path) -> dict[str, str]:
    """Two policies that import two libraries, one of which imports the other."""
    return {
        str(folder / "one.attain"): MAIN.format(name="one"),
        str(folder / "two.attain"): MAIN.format(name="two").replace("import right\n", ""),
        str(folder / "left.attain"): LIBRARY.format(name="left", record="Left", first="import right"),
        str(folder / "right.attain"): LIBRARY.format(name="right", record="Right", first="entity Person"),
    }


class Told:
    """A server without an editor: what it tells is kept, by the path of the document."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(session, "PAUSE", 0)
        monkeypatch.setattr(session, "IMPORTERS_PAUSE", 0)
        self.server = session.AttainServer()
        self.shown: dict[str, list[lsp.Diagnostic]] = {}
        monkeypatch.setattr(self.server, "text_document_publish_diagnostics", self.take)
        self.version = 0

    def take(self, params: lsp.PublishDiagnosticsParams) -> None:
        path = to.path_of(params.uri)
        assert path is not None
        self.shown[path] = list(params.diagnostics)

    def open(self, path: str, text: str) -> None:
        item = lsp.TextDocumentItem(to.uri_of(path), "attain", 1, text)
        server.did_open(self.server, lsp.DidOpenTextDocumentParams(item))

    def type(self, path: str, text: str) -> None:
        """The whole text as one change, from the first letter that differs to the last."""
        source = self.server.files.source(path)
        assert source is not None
        old, first = source.text, 0
        while first < min(len(old), len(text)) and old[first] == text[first]:
            first += 1
        last = 0
        while last < min(len(old), len(text)) - first and old[-1 - last] == text[-1 - last]:
            last += 1
        where = lsp.Range(to.position_of(source, first), to.position_of(source, len(old) - last))
        change = lsp.TextDocumentContentChangePartial(where, text[first : len(text) - last])
        self.version += 1
        about = lsp.VersionedTextDocumentIdentifier(self.version, to.uri_of(path))
        server.did_change(self.server, lsp.DidChangeTextDocumentParams(about, [change]))

    def close(self, path: str) -> None:
        about = lsp.TextDocumentIdentifier(to.uri_of(path))
        server.did_close(self.server, lsp.DidCloseTextDocumentParams(about))

    def files_changed(self) -> None:
        server.did_change_watched_files(self.server, lsp.DidChangeWatchedFilesParams([]))

    async def quiet(self) -> None:
        """Until nothing is left to be told."""
        await asyncio.gather(*self.server.state.reading.values(), return_exceptions=False)

    def wrong(self) -> dict[str, list[lsp.Diagnostic]]:
        return {path: found for path, found in self.shown.items() if found}


def first_reading(documents: dict[str, str]) -> dict[str, list[lsp.Diagnostic]]:
    """What is wrong, read anew: in each open document, and in the files that some of them import."""
    files = Workspace(documents=dict(documents))
    found: dict[str, list[Diagnostic]] = {path: list(fixes.diagnostics(files, path)) for path in documents}
    for path in documents:
        for each in fixes.diagnostics_of_imports(files, path):
            if each.span.path not in documents and each not in found.setdefault(each.span.path, []):
                found[each.span.path].append(each)
    shown = {
        path: [one for each in said if (one := to.diagnostic(files.source, each)) is not None]
        for path, said in found.items()
    }
    return {path: said for path, said in shown.items() if said}


def same(told: dict[str, list[lsp.Diagnostic]], expected: dict[str, list[lsp.Diagnostic]]) -> None:
    order = {path: sorted(map(repr, found)) for path, found in told.items()}
    assert order == {path: sorted(map(repr, found)) for path, found in expected.items()}


def on_disk(texts: dict[str, str]) -> None:
    for path, text in texts.items():
        Path(path).write_text(text, encoding="utf-8")


@of_each(range(24), at_a_time=8)
def test_what_is_told_is_what_is_wrong(seed: int, tmp_path_factory: pytest.TempPathFactory) -> None:
    chance = random.Random(seed)
    texts = written(tmp_path_factory.mktemp("told"))
    on_disk(texts)

    async def typing(told: Told) -> None:
        documents = told.server.files.documents
        for _ in range(14):
            path = chance.choice(list(texts))
            if path not in documents:
                told.open(path, texts[path] if chance.random() < 0.5 else chance.choice(EDITS)(texts[path], chance))
            else:
                match chance.choice(["type", "type", "type", "back", "close", "save", "remove", "circle"]):
                    case "type":
                        told.type(path, chance.choice(EDITS)(documents[path], chance))
                    case "back":
                        told.type(path, texts[path])
                    case "close":
                        told.close(path)
                    case "save":
                        Path(path).write_text(documents[path], encoding="utf-8", newline="")
                        told.files_changed()
                    case "remove":
                        Path(chance.choice(list(texts))).unlink(missing_ok=True)
                        told.files_changed()
                    case "circle":
                        told.type(path, documents[path].replace("\n", "\r\nimport one\r\n", 1))
            await told.quiet()
            same(told.wrong(), first_reading(documents))

    with pytest.MonkeyPatch.context() as patch:
        asyncio.run(typing(Told(patch)))


BROKEN = LIBRARY.format(name="left", record="Left", first="import right").replace("r.day", "r.dy")


def told_after(folder: Path, patch: pytest.MonkeyPatch, *steps: str) -> set[str]:
    """The names of the files that show errors after some steps; `left` is broken on disk."""
    texts = written(folder)
    on_disk(texts | {str(folder / "left.attain"): BROKEN})

    async def session_of(told: Told) -> set[str]:
        for step in steps:
            what, name = step.split()
            path = str(folder / f"{name}.attain")
            match what:
                case "open":
                    told.open(path, Path(path).read_text(encoding="utf-8"))
                case "mend":
                    told.type(path, texts[path])
                case "touch":
                    told.type(path, told.server.files.documents[path] + "\n")
                case "close":
                    told.close(path)
            await told.quiet()
        error = lsp.DiagnosticSeverity.Error
        return {
            Path(path).stem for path, found in told.wrong().items() if any(each.severity is error for each in found)
        }

    return asyncio.run(session_of(Told(patch)))


@pytest.mark.parametrize(
    ("steps", "wrong"),
    [
        (["open one"], {"left"}),
        (["open one", "open left", "touch one"], {"left"}),  # the mistakes of `left` are its own now
        (["open one", "open left", "mend left"], set()),
        (["open one", "open left", "mend left", "close left"], {"left"}),  # it was not saved
        (["open one", "open left", "mend left", "close one"], set()),
        (["open one", "open two", "close one"], {"left"}),  # `two` imports it, too
        (["open one", "open two", "close one", "close two"], set()),
    ],
)
def test_mistakes_of_an_import_are_shown_as_long_as_it_has_them_and_is_imported(
    steps: list[str], wrong: set[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert told_after(tmp_path, monkeypatch, *steps) == wrong
