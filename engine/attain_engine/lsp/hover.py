"""Hover: the declaration of what stands under the cursor, its unit, and its source in its own words."""

from __future__ import annotations

import re

from attain_compiler.frozen import frozen
from attain_compiler.source import Span
from attain_compiler.syntax import ast
from attain_engine.lsp.declared import Declaration, declaration_of, symbol_at, type_of
from attain_engine.lsp.symbols import Occurrence
from attain_engine.lsp.workspace import Workspace

MOST_LINES = 12
"""How much of a declaration is shown."""

_NOTE_LINE = re.compile(r"[ \t]*(source|because|advice)[ \t]+(\"|[A-Z][\w.-]*[ \t]*(,|$))")


@frozen
class Hover:
    """`text` is Markdown, about the name at `span`."""

    span: Span
    text: str


def hover(workspace: Workspace, path: str, offset: int) -> Hover | None:
    found = symbol_at(workspace, path, offset)
    if found is None:
        return None
    analysis, name = found
    if name.symbol.kind == "variable":
        return Hover(name.span, _of_variable(workspace, path, name))
    declared = declaration_of(analysis, name.symbol)
    if declared is None:
        return None
    kind = type_of(analysis, name.symbol)
    parts = [f"```attain\n{_code(declared)}\n```", kind, _title(declared), *_notes(declared)]
    return Hover(name.span, "\n\n".join(each for each in parts if each))


def _of_variable(workspace: Workspace, path: str, name: Occurrence) -> str:
    from attain_engine.lsp.names import names_in

    analysis = workspace.analysis(path)
    names = names_in(analysis, path) if analysis is not None else ()
    bound = next((each for each in names if each.declares and each.symbol == name.symbol), None)
    domain = bound.domain if bound is not None else ""
    return f"`{name.symbol.name}`: {domain}" if " " in domain else f"`{name.symbol.name}`: `{domain}`"


def _code(declared: Declaration) -> str:
    """The declaration as written, without its notes, and not all of a long one."""
    line, _ = declared.source.line_and_column(declared.node.span.start)
    first = declared.source.line_text(line)
    margin = len(first) - len(first.lstrip())
    lines = [each.rstrip() for each in declared.text.split("\n")]
    kept = [lines[0], *(each[margin:] for each in lines[1:] if not _NOTE_LINE.match(each))]
    while kept and not kept[-1].strip():
        kept.pop()
    return "\n".join(kept if len(kept) <= MOST_LINES else [*kept[: MOST_LINES - 1], "  ..."])


def _title(declared: Declaration) -> str:
    title = getattr(declared.node, "title", None)
    return title.value if isinstance(title, ast.Text) and title.value else ""


def _notes(declared: Declaration) -> list[str]:
    notes = declared.node.notes
    shown = []
    if notes.sources:
        shown.append(
            "source "
            + ", ".join(f"“{each.value}”" if isinstance(each, ast.Text) else each.text for each in notes.sources)
        )
    if notes.because:
        shown.append(f"because {notes.because.value}")
    if notes.advice:
        shown.append(f"advice: {notes.advice.value}")
    return [f"> {' '.join(each.split())}" for each in shown]
