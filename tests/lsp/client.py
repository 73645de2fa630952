"""A client that speaks the real protocol with `attain lsp` in a process of its own."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import Awaitable, Callable
from typing import Any, TypeVar

from lsprotocol import types as lsp
from pygls.lsp.client import LanguageClient
from pygls.uris import from_fs_path

from tests.lsp.drawing import HOME

_Found = TypeVar("_Found")
PATIENCE = 60
"""Seconds for which an answer is waited for; only a server that hangs needs them."""


class Editor:
    """What a test does with an editor: open, type, ask, and see what the server tells of its own accord."""

    def __init__(self) -> None:
        self.client = LanguageClient("tests", "1")
        self.diagnostics: dict[str, list[lsp.Diagnostic]] = {}
        self.shown: list[str] = []
        self.choose = ""
        self.result = lsp.InitializeResult(lsp.ServerCapabilities())
        self._told = asyncio.Condition()
        self._versions: dict[str, int] = {}
        _listen(self)

    async def tell(self, params: lsp.PublishDiagnosticsParams) -> None:
        """The server tells what is wrong in a document."""
        async with self._told:
            self.diagnostics[params.uri] = list(params.diagnostics)
            self._versions[params.uri] = params.version or 0
            self._told.notify_all()

    async def start(self, **options: Any) -> lsp.InitializeResult:
        """Start the server as an editor does, and shake hands."""
        await self.client.start_io(sys.executable, "-m", "attain_engine", "lsp")
        capabilities = lsp.ClientCapabilities(
            general=lsp.GeneralClientCapabilities(
                position_encodings=[lsp.PositionEncodingKind.Utf8, lsp.PositionEncodingKind.Utf16]
            ),
            workspace=lsp.WorkspaceClientCapabilities(
                code_lens=lsp.CodeLensWorkspaceClientCapabilities(refresh_support=True),
                inlay_hint=lsp.InlayHintWorkspaceClientCapabilities(refresh_support=True),
            ),
        )
        folder = lsp.WorkspaceFolder(uri_of(str(HOME)), "workspace")
        result = await self.client.initialize_async(
            lsp.InitializeParams(capabilities, workspace_folders=[folder], initialization_options=options)
        )
        self.client.initialized(lsp.InitializedParams())
        return result

    async def open(self, path: str, text: str) -> list[lsp.Diagnostic]:
        """Open a document; what the server finds wrong in it."""
        uri = uri_of(path)
        self.client.text_document_did_open(lsp.DidOpenTextDocumentParams(lsp.TextDocumentItem(uri, "attain", 1, text)))
        return await self.diagnostics_of(uri, 1)

    async def change(self, path: str, version: int, *changes: tuple[int, int, int, int, str]) -> list[lsp.Diagnostic]:
        """Type, and wait for what the server finds wrong then."""
        self.type(path, version, *changes)
        return await self.diagnostics_of(uri_of(path), version)

    def type(self, path: str, version: int, *changes: tuple[int, int, int, int, str]) -> None:
        """Type: each change is the line and column where a text begins, those where it ends, and what stands there
        instead."""
        uri = uri_of(path)
        events = [
            lsp.TextDocumentContentChangePartial(lsp.Range(lsp.Position(a, b), lsp.Position(c, d)), text)
            for a, b, c, d, text in changes
        ]
        identifier = lsp.VersionedTextDocumentIdentifier(version, uri)
        self.client.text_document_did_change(lsp.DidChangeTextDocumentParams(identifier, events))

    async def diagnostics_of(self, uri: str, version: int) -> list[lsp.Diagnostic]:
        """What is wrong in a version of a document."""
        async with self._told:
            await asyncio.wait_for(self._told.wait_for(lambda: self._versions.get(uri) == version), PATIENCE)
            return self.diagnostics[uri]

    async def told(self, uri: str) -> None:
        """Wait until the server says something of a document, since `diagnostics` was emptied."""
        async with self._told:
            await asyncio.wait_for(self._told.wait_for(lambda: uri in self.diagnostics), PATIENCE)

    async def command(self, name: str, *arguments: str) -> dict[str, str] | None:
        params = lsp.ExecuteCommandParams(name, list(arguments))
        found: dict[str, str] | None = await asyncio.wait_for(
            self.client.workspace_execute_command_async(params), PATIENCE
        )
        return found

    async def stop(self) -> None:
        await self.client.shutdown_async(None)
        self.client.exit(None)
        await self.client.stop()


def _listen(editor: Editor) -> None:
    client = editor.client

    @client.feature(lsp.TEXT_DOCUMENT_PUBLISH_DIAGNOSTICS)
    async def told(params: lsp.PublishDiagnosticsParams) -> None:
        await editor.tell(params)

    @client.feature(lsp.WINDOW_SHOW_MESSAGE)
    def shown(params: lsp.ShowMessageParams) -> None:
        editor.shown.append(params.message)

    @client.feature(lsp.WINDOW_SHOW_MESSAGE_REQUEST)
    def chosen(params: lsp.ShowMessageRequestParams) -> lsp.MessageActionItem | None:
        return next((each for each in params.actions or () if each.title == editor.choose), None)

    @client.feature(lsp.WINDOW_LOG_MESSAGE)
    def logged(_: lsp.LogMessageParams) -> None:
        return None

    @client.feature(lsp.WORKSPACE_CODE_LENS_REFRESH)
    def lenses(_: None) -> None:
        return None

    @client.feature(lsp.WORKSPACE_INLAY_HINT_REFRESH)
    def hints(_: None) -> None:
        return None


def uri_of(path: str) -> str:
    uri = from_fs_path(path)
    assert uri is not None
    return uri


def in_an_editor(session: Callable[[Editor], Awaitable[_Found]], **options: Any) -> _Found:
    """Run a session with a server of its own, which is ended whatever happens."""

    async def run() -> _Found:
        editor = Editor()
        editor.result = await editor.start(**options)
        try:
            return await session(editor)
        finally:
            await editor.stop()

    return asyncio.run(run())
