"""Signature help: what the call that is being written takes."""

from __future__ import annotations

from attain_compiler.frozen import frozen
from attain_compiler.model.units import described
from attain_compiler.syntax import ast
from attain_compiler.syntax.allowed import allowed_at
from attain_engine.lsp.half_written import without_broken_lines
from attain_engine.lsp.scope import call_around
from attain_engine.lsp.workspace import Workspace


@frozen
class Signature:
    """`label` is the call, `parameters` are the places of its parameters in it, `active` the one being written."""

    label: str
    detail: str
    parameters: tuple[tuple[int, int], ...]
    active: int


def signature(workspace: Workspace, path: str, offset: int) -> Signature | None:
    analysis = without_broken_lines(workspace, path, offset)
    allowed = allowed_at(path, analysis.source.text, offset) if analysis is not None else None
    call = call_around(allowed.tokens) if allowed is not None else None
    if analysis is None or call is None:
        return None
    name, active = call
    declared = analysis.visible.declarations.get(name)
    head = analysis.understood.heads.values.get(declared.id) if declared is not None else None
    if declared is None or head is None or not head.formals:
        return None
    label = f"{name}("
    places: list[tuple[int, int]] = []
    for each in head.formals:
        label += ", " if places else ""
        shown = f"{each.name} {each.type}" if head.kind != "parameter" else str(each.type)
        places.append((len(label), len(label) + len(shown)))
        label += shown
    title = getattr(declared.written, "title", None)
    detail = described(head.type) + (f": {title.value}" if isinstance(title, ast.Text) else "")
    return Signature(f"{label})", detail, tuple(places), min(active, len(places) - 1))
