"""What the language server remembers of its editor, what it tells it by itself, and what it asks it."""

from __future__ import annotations

import asyncio
import datetime
from collections.abc import Generator, Iterable
from dataclasses import dataclass, field
from pathlib import PurePath
from typing import Any

from lsprotocol import types as lsp
from pygls.lsp.server import LanguageServer
from pygls.protocol import LanguageServerProtocol, lsp_method

from attain_compiler.diagnostics.model import Diagnostic
from attain_compiler.source import SourceFile
from attain_engine import __version__
from attain_engine.lsp import fixes, lenses
from attain_engine.lsp import protocol as to
from attain_engine.lsp.ask import Question, answer_apart
from attain_engine.lsp.facts import facts_in
from attain_engine.lsp.results import Ran, Standing
from attain_engine.lsp.workspace import Workspace

PAUSE = 0.01
"""Seconds after a keystroke before the policy is read, so that a burst of them is read once."""

IMPORTERS_PAUSE = 0.4
"""Seconds after a keystroke before the other open policies, which may import this one, are read."""


class _Protocol(LanguageServerProtocol):
    """Columns are counted as in UTF-16, which every editor can; the documents are the workspace's own."""

    @lsp_method(lsp.INITIALIZE)
    def lsp_initialize(self, params: lsp.InitializeParams) -> Generator[Any, Any, lsp.InitializeResult]:
        if params.capabilities.general is not None:
            params.capabilities.general.position_encodings = None
        return (yield from super().lsp_initialize(params))

    @lsp_method(lsp.TEXT_DOCUMENT_DID_CHANGE)
    def lsp_text_document__did_change(self, params: lsp.DidChangeTextDocumentParams) -> Generator[Any, Any, None]:
        handler = self.fm.features[lsp.TEXT_DOCUMENT_DID_CHANGE]
        yield handler, (params,), None


@dataclass(slots=True)
class _State:
    """What the server remembers between two questions. `on` is the date of the hints, None for today. `found` is what
    is wrong in the files that an open document imports, by the document and the file."""

    workspace: Workspace = field(default_factory=Workspace)
    on: datetime.date | None = None
    snippets: bool = False
    ran: dict[tuple[str, str], Ran] = field(default_factory=dict)
    standings: dict[str, Standing] = field(default_factory=dict)
    last_facts: dict[str, str] = field(default_factory=dict)
    versions: dict[str, int] = field(default_factory=dict)
    found: dict[str, dict[str, list[Diagnostic]]] = field(default_factory=dict)
    reading: dict[str, asyncio.Task[None]] = field(default_factory=dict)


class AttainServer(LanguageServer):
    def __init__(self) -> None:
        super().__init__("attain", f"v{__version__}", protocol_cls=_Protocol)
        self.state = _State()

    @property
    def files(self) -> Workspace:
        return self.state.workspace

    def at(self, uri: str, position: lsp.Position) -> tuple[str, int] | None:
        """The place that an editor speaks of; None in a document that is not known."""
        path = to.path_of(uri)
        source = self.files.source(path) if path is not None else None
        return (path, to.offset_of(source, position)) if path is not None and source is not None else None

    def document(self, uri: str) -> tuple[str, SourceFile] | None:
        path = to.path_of(uri)
        source = self.files.source(path) if path is not None else None
        return (path, source) if path is not None and source is not None else None

    # ------------------------------------------------------------ diagnostics

    def publish(self, path: str) -> None:
        """Tell what is wrong in an open document, and in those files it imports that are not open themselves."""
        imported: dict[str, list[Diagnostic]] = {}
        for found in fixes.diagnostics_of_imports(self.files, path):
            imported.setdefault(found.span.path, []).append(found)
        before = self.state.found.get(path, {})
        self.state.found[path] = imported
        self._tell(path, fixes.diagnostics(self.files, path))
        self._tell_imported([*before, *imported])

    def publish_importers(self, path: str) -> None:
        """Tell what is wrong in the open documents that import a file."""
        for other in tuple(self.files.documents):
            if other != path and self._imports(other, path):
                self.publish(other)

    def closed(self, path: str) -> None:
        """From now on what is on disk counts of a document: tell what that changes."""
        reading = self.state.reading.pop(path, None)
        if reading is not None:
            reading.cancel()
        self.state.versions.pop(path, None)
        imported = self.state.found.pop(path, {})
        self.publish_importers(path)
        self._tell_imported([path, *imported])

    def _imports(self, path: str, other: str) -> bool:
        analysis = self.files.analysis(path)
        return analysis is not None and (other in analysis.files or other in self.state.found.get(path, {}))

    def _tell_imported(self, paths: Iterable[str]) -> None:
        """Tell what is wrong in files that are not open, for all documents that import them."""
        for where in dict.fromkeys(paths):
            if where not in self.files.documents:
                told = (each for imported in self.state.found.values() for each in imported.get(where, ()))
                self._tell(where, tuple(dict.fromkeys(told)))

    def _tell(self, path: str, found: Iterable[Diagnostic]) -> None:
        shown = [one for one in (to.diagnostic(self.files.source, each) for each in found) if one]
        version = self.state.versions.get(path)
        self.text_document_publish_diagnostics(lsp.PublishDiagnosticsParams(to.uri_of(path), shown, version))

    def publish_soon(self, path: str) -> None:
        """Tell what is wrong once the typing pauses. What was to be told before is not."""
        before = self.state.reading.get(path)
        if before is not None:
            before.cancel()
        self.state.reading[path] = asyncio.get_running_loop().create_task(self._publish_soon(path))

    async def _publish_soon(self, path: str) -> None:
        """Tell what is wrong, then what that does to the other open policies."""
        await asyncio.sleep(PAUSE)
        self.publish(path)
        await asyncio.sleep(IMPORTERS_PAUSE)
        for other in tuple(self.files.documents):
            if other != path and other in self.files.documents and self._imports(other, path):
                self.publish(other)
            await asyncio.sleep(0)  # what is asked meanwhile comes first

    # ------------------------------------------------------------ commands

    async def ask(self, command: lenses.Command, path: str, subject: str, facts: str) -> dict[str, str] | None:
        """Answer a command of a code lens, show the answer, and return it."""
        if command in ("attain.assess", "attain.plan") and not facts:
            chosen = await self.choose_facts(path)
            if chosen is None:
                return None
            facts = chosen
        analysis = self.files.analysis(path)
        files = analysis.files if analysis is not None else {}
        question = Question(command, path, dict(self.files.documents), subject, facts)
        found = await answer_apart(question)
        for each in found.examples:
            self.state.ran[path, each.title] = Ran(files, each.cases, each.failed, each.message)
        if facts:
            self.state.last_facts[path] = facts
        if found.on:
            points = {(score, part): value for score, part, value in found.points}
            on = datetime.date.fromisoformat(found.on)
            self.state.standings[path] = Standing(files, found.facts, on, points)
        self.window_log_message(lsp.LogMessageParams(lsp.MessageType.Info, found.text or found.headline))
        self.window_show_message(lsp.ShowMessageParams(lsp.MessageType.Info, found.headline))
        self.refresh()
        return {"headline": found.headline, "text": found.text}

    async def choose_facts(self, path: str) -> str | None:
        """The facts to ask about: the only ones there are, or those that the user chooses."""
        found = facts_in(self.files, path)
        if len(found) < 2:
            if not found:
                message = "the workspace has no facts for this policy: a folder of CSV tables, or a JSON file"
                self.window_show_message(lsp.ShowMessageParams(lsp.MessageType.Warning, message))
            return found[0] if found else None
        names = {_shown(each, self.files.folders): each for each in found}
        chosen = await self.window_show_message_request_async(
            lsp.ShowMessageRequestParams(
                lsp.MessageType.Info, "with which facts?", [lsp.MessageActionItem(each) for each in names]
            )
        )
        return names.get(chosen.title) if chosen is not None else None

    def refresh(self) -> None:
        """Have the editor ask for lenses and hints again."""
        workspace = self.client_capabilities.workspace
        if workspace is not None and workspace.code_lens is not None and workspace.code_lens.refresh_support:
            self.workspace_code_lens_refresh(None)
        if workspace is not None and workspace.inlay_hint is not None and workspace.inlay_hint.refresh_support:
            self.workspace_inlay_hint_refresh(None)


def _shown(path: str, folders: tuple[str, ...]) -> str:
    """A path as it is chosen by: relative to the folder of the workspace that it is in."""
    inside = next((each for each in folders if PurePath(path).is_relative_to(each)), None)
    return str(PurePath(path).relative_to(inside)) if inside is not None else path
