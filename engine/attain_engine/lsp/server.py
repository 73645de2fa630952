"""The language server: what an editor asks is handed to the features, and their answers back; it decides nothing."""

from __future__ import annotations

import datetime

from lsprotocol import types as lsp
from pygls.exceptions import JsonRpcException

from attain_compiler.source import SourceFile
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
from attain_engine.lsp.session import AttainServer
from attain_engine.lsp.workspace import absolute

server = AttainServer()


# ---------------------------------------------------------------- documents


@server.feature(lsp.INITIALIZE)
def initialize(ls: AttainServer, params: lsp.InitializeParams) -> None:
    folders = [to.path_of(each.uri) for each in params.workspace_folders or ()]
    if not folders and params.root_uri is not None:
        folders = [to.path_of(params.root_uri)]
    ls.state.workspace.folders = tuple(each for each in folders if each is not None)
    options = params.initialization_options if isinstance(params.initialization_options, dict) else {}
    if isinstance(options.get("date"), str) and options["date"]:
        try:
            ls.state.on = datetime.date.fromisoformat(options["date"])
        except ValueError:
            message = f"`{options['date']}` is not a date: write it as 2024-06-30; the hints are for today"
            ls.window_show_message(lsp.ShowMessageParams(lsp.MessageType.Warning, message))
    document = params.capabilities.text_document
    item = document.completion.completion_item if document is not None and document.completion is not None else None
    ls.state.snippets = bool(item is not None and item.snippet_support)


@server.feature(lsp.TEXT_DOCUMENT_DID_OPEN)
def did_open(ls: AttainServer, params: lsp.DidOpenTextDocumentParams) -> None:
    path = to.path_of(params.text_document.uri)
    if path is not None:
        ls.files.open(path, params.text_document.text)
        ls.state.versions[path] = params.text_document.version
        ls.publish(path)
        ls.publish_importers(path)


@server.feature(lsp.TEXT_DOCUMENT_DID_CHANGE)
def did_change(ls: AttainServer, params: lsp.DidChangeTextDocumentParams) -> None:
    """Not a coroutine: what is asked right after a keystroke must see it."""
    path = to.path_of(params.text_document.uri)
    if path is None:
        return
    for change in params.content_changes:
        if isinstance(change, lsp.TextDocumentContentChangePartial):
            source = ls.files.source(path) or SourceFile(path, "")
            start, end = (to.offset_of(source, each) for each in (change.range.start, change.range.end))
            ls.files.open(path, source.text[:start] + change.text + source.text[end:])
        else:
            ls.files.open(path, change.text)
    ls.state.versions[path] = params.text_document.version
    ls.publish_soon(path)


@server.feature(lsp.TEXT_DOCUMENT_DID_SAVE)
def did_save(ls: AttainServer, _: lsp.DidSaveTextDocumentParams) -> None:
    ls.files.forget()
    for path in tuple(ls.files.documents):
        ls.publish(path)


@server.feature(lsp.WORKSPACE_DID_CHANGE_WATCHED_FILES)
def did_change_watched_files(ls: AttainServer, _: lsp.DidChangeWatchedFilesParams) -> None:
    ls.files.forget()
    for path in tuple(ls.files.documents):
        ls.publish(path)


@server.feature(lsp.WORKSPACE_DID_CHANGE_WORKSPACE_FOLDERS)
def did_change_folders(ls: AttainServer, params: lsp.DidChangeWorkspaceFoldersParams) -> None:
    gone = {to.path_of(each.uri) for each in params.event.removed}
    come = [to.path_of(each.uri) for each in params.event.added]
    kept = [each for each in ls.files.folders if each not in gone]
    ls.files.folders = tuple(dict.fromkeys([*kept, *(each for each in come if each is not None)]))


@server.feature(lsp.TEXT_DOCUMENT_DID_CLOSE)
def did_close(ls: AttainServer, params: lsp.DidCloseTextDocumentParams) -> None:
    path = to.path_of(params.text_document.uri)
    if path is None:
        return
    ls.files.close(path)
    ls.closed(path)


# ---------------------------------------------------------------- reading


@server.feature(lsp.TEXT_DOCUMENT_HOVER)
def on_hover(ls: AttainServer, params: lsp.HoverParams) -> lsp.Hover | None:
    place = ls.at(params.text_document.uri, params.position)
    found = hover.hover(ls.files, *place) if place is not None else None
    if place is None or found is None:
        return None
    source = ls.files.source(place[0])
    text = lsp.MarkupContent(lsp.MarkupKind.Markdown, found.text)
    return lsp.Hover(text, to.range_of(source, found.span) if source is not None else None)


@server.feature(lsp.TEXT_DOCUMENT_DEFINITION)
def on_definition(ls: AttainServer, params: lsp.DefinitionParams) -> list[lsp.Location]:
    place = ls.at(params.text_document.uri, params.position)
    found = navigation.definition(ls.files, *place) if place is not None else None
    return to.locations(ls.files.source, [found] if found is not None else [])


@server.feature(lsp.TEXT_DOCUMENT_REFERENCES)
def on_references(ls: AttainServer, params: lsp.ReferenceParams) -> list[lsp.Location]:
    place = ls.at(params.text_document.uri, params.position)
    if place is None:
        return []
    found = navigation.references(ls.files, *place, declaration=params.context.include_declaration)
    return to.locations(ls.files.source, found)


@server.feature(lsp.TEXT_DOCUMENT_DOCUMENT_HIGHLIGHT)
def on_highlight(ls: AttainServer, params: lsp.DocumentHighlightParams) -> list[lsp.DocumentHighlight]:
    place = ls.at(params.text_document.uri, params.position)
    found = navigation.highlights(ls.files, *place) if place is not None else ()
    return [lsp.DocumentHighlight(each.range) for each in to.locations(ls.files.source, found)]


@server.feature(lsp.TEXT_DOCUMENT_DOCUMENT_SYMBOL)
def on_document_symbol(ls: AttainServer, params: lsp.DocumentSymbolParams) -> list[lsp.DocumentSymbol]:
    document = ls.document(params.text_document.uri)
    if document is None:
        return []
    path, source = document
    return [to.document_symbol(source, each) for each in outline.outline(ls.files, path)]


@server.feature(lsp.WORKSPACE_SYMBOL)
def on_workspace_symbol(ls: AttainServer, params: lsp.WorkspaceSymbolParams) -> list[lsp.WorkspaceSymbol]:
    found = outline.workspace_symbols(ls.files, params.query)
    return [one for each in found for one in to.symbol_information(ls.files.source, each)]


@server.feature(lsp.TEXT_DOCUMENT_FOLDING_RANGE)
def on_folding(ls: AttainServer, params: lsp.FoldingRangeParams) -> list[lsp.FoldingRange]:
    document = ls.document(params.text_document.uri)
    found = outline.folds(ls.files, document[0]) if document is not None else ()
    comment = lsp.FoldingRangeKind.Comment
    return [lsp.FoldingRange(each.first, each.last, kind=comment if each.comment else None) for each in found]


@server.feature(lsp.TEXT_DOCUMENT_SEMANTIC_TOKENS_FULL, to.LEGEND)
def on_semantic_tokens(ls: AttainServer, params: lsp.SemanticTokensParams) -> lsp.SemanticTokens:
    document = ls.document(params.text_document.uri)
    if document is None:
        return lsp.SemanticTokens([])
    path, source = document
    return lsp.SemanticTokens(to.semantic_data(source, tokens.semantic_tokens(ls.files, path)))


@server.feature(lsp.TEXT_DOCUMENT_INLAY_HINT)
def on_inlay_hint(ls: AttainServer, params: lsp.InlayHintParams) -> list[lsp.InlayHint]:
    document = ls.document(params.text_document.uri)
    if document is None:
        return []
    path, source = document
    first, last = to.offset_of(source, params.range.start), to.offset_of(source, params.range.end)
    on = ls.state.on or datetime.date.today()
    found = hints.hints(ls.files, path, on, ls.state.standings.get(path))
    return [
        lsp.InlayHint(to.position_of(source, each.offset), each.text, tooltip=each.tooltip)
        for each in found
        if first <= each.offset <= last
    ]


# ---------------------------------------------------------------- writing


@server.feature(lsp.TEXT_DOCUMENT_COMPLETION, lsp.CompletionOptions(trigger_characters=["."]))
def on_completion(ls: AttainServer, params: lsp.CompletionParams) -> list[lsp.CompletionItem]:
    place = ls.at(params.text_document.uri, params.position)
    source = ls.files.source(place[0]) if place is not None else None
    if place is None or source is None:
        return []
    found = completion.completions(ls.files, *place)
    return [to.completion_item(source, each, ls.state.snippets) for each in found]


@server.feature(lsp.TEXT_DOCUMENT_SIGNATURE_HELP, lsp.SignatureHelpOptions(trigger_characters=["(", ","]))
def on_signature(ls: AttainServer, params: lsp.SignatureHelpParams) -> lsp.SignatureHelp | None:
    place = ls.at(params.text_document.uri, params.position)
    found = signature.signature(ls.files, *place) if place is not None else None
    if found is None:
        return None
    parameters = [lsp.ParameterInformation(each) for each in found.parameters]
    shown = lsp.SignatureInformation(found.label, found.detail, parameters)
    return lsp.SignatureHelp([shown], active_signature=0, active_parameter=found.active)


@server.feature(lsp.TEXT_DOCUMENT_PREPARE_RENAME)
def on_prepare_rename(ls: AttainServer, params: lsp.PrepareRenameParams) -> lsp.Range | None:
    place = ls.at(params.text_document.uri, params.position)
    found = rename.renameable(ls.files, *place) if place is not None else None
    source = ls.files.source(place[0]) if place is not None else None
    return to.range_of(source, found) if found is not None and source is not None else None


@server.feature(lsp.TEXT_DOCUMENT_RENAME, lsp.RenameOptions(prepare_provider=True))
def on_rename(ls: AttainServer, params: lsp.RenameParams) -> lsp.WorkspaceEdit | None:
    place = ls.at(params.text_document.uri, params.position)
    if place is None:
        return None
    try:
        return to.workspace_edit(ls.files.source, rename.rename(ls.files, *place, params.new_name))
    except rename.Refused as refused:
        raise _RequestFailed(str(refused)) from None


class _RequestFailed(JsonRpcException):
    """A request that is understood and cannot be met; editors show the message."""

    CODE = lsp.LSPErrorCodes.RequestFailed
    MESSAGE = "request failed"


@server.feature(lsp.TEXT_DOCUMENT_CODE_ACTION, lsp.CodeActionOptions(code_action_kinds=[lsp.CodeActionKind.QuickFix]))
def on_code_action(ls: AttainServer, params: lsp.CodeActionParams) -> list[lsp.CodeAction]:
    document = ls.document(params.text_document.uri)
    if document is None:
        return []
    path, source = document
    first, last = to.offset_of(source, params.range.start), to.offset_of(source, params.range.end)
    actions = []
    for each in fixes.quick_fixes(ls.files, path, first, last):
        mended = to.diagnostic(ls.files.source, each.diagnostic)
        edit = to.workspace_edit(ls.files.source, [rename.Edit(each.span, each.text)])
        actions.append(
            lsp.CodeAction(
                each.title,
                kind=lsp.CodeActionKind.QuickFix,
                diagnostics=[mended] if mended is not None else None,
                is_preferred=True,
                edit=edit,
            )
        )
    return actions


@server.feature(lsp.TEXT_DOCUMENT_FORMATTING)
def on_formatting(ls: AttainServer, params: lsp.DocumentFormattingParams) -> list[lsp.TextEdit]:
    document = ls.document(params.text_document.uri)
    return to.text_edits(document[1], layout.formatting(ls.files, document[0])) if document is not None else []


@server.feature(lsp.TEXT_DOCUMENT_ON_TYPE_FORMATTING, lsp.DocumentOnTypeFormattingOptions("\n"))
def on_type_formatting(ls: AttainServer, params: lsp.DocumentOnTypeFormattingParams) -> list[lsp.TextEdit]:
    place = ls.at(params.text_document.uri, params.position)
    document = ls.document(params.text_document.uri)
    if place is None or document is None:
        return []
    return to.text_edits(document[1], layout.formatting_on_type(ls.files, *place))


# ---------------------------------------------------------------- lenses


@server.feature(lsp.TEXT_DOCUMENT_CODE_LENS)
def on_code_lens(ls: AttainServer, params: lsp.CodeLensParams) -> list[lsp.CodeLens]:
    document = ls.document(params.text_document.uri)
    if document is None:
        return []
    path, source = document
    found = lenses.lenses(ls.files, path, ls.state.ran, ls.state.last_facts.get(path, ""))
    return [
        lsp.CodeLens(
            to.range_of(source, each.span),
            lsp.Command(each.title, each.command, arguments=[params.text_document.uri, *each.arguments]),
        )
        for each in found
    ]


async def _answered(ls: AttainServer, command: lenses.Command, arguments: tuple[str, ...]) -> dict[str, str] | None:
    """Answer a command: the document, then what it is about and the facts, as far as they are given."""
    uri, subject, facts = (*arguments, "", "", "")[:3]
    path = to.path_of(uri)
    return await ls.ask(command, path, subject, absolute(facts) if facts else "") if path is not None else None


@server.command("attain.runExample")
async def run_example(ls: AttainServer, *arguments: str) -> dict[str, str] | None:
    return await _answered(ls, "attain.runExample", arguments)


@server.command("attain.runExamples")
async def run_examples(ls: AttainServer, *arguments: str) -> dict[str, str] | None:
    return await _answered(ls, "attain.runExamples", arguments)


@server.command("attain.assess")
async def assess(ls: AttainServer, *arguments: str) -> dict[str, str] | None:
    return await _answered(ls, "attain.assess", arguments)


@server.command("attain.plan")
async def plan(ls: AttainServer, *arguments: str) -> dict[str, str] | None:
    return await _answered(ls, "attain.plan", arguments)
