"""Diagnostics of a file, and the quick fixes for them."""

from __future__ import annotations

from attain_compiler.diagnostics.model import Diagnostic, Fix
from attain_compiler.frozen import frozen
from attain_compiler.source import Span
from attain_engine.lsp.workspace import Workspace


@frozen
class QuickFix:
    """An edit that mends a mistake; `preferred`: it is certain to be what was meant."""

    title: str
    diagnostic: Diagnostic
    span: Span
    text: str


def diagnostics(workspace: Workspace, path: str) -> tuple[Diagnostic, ...]:
    """What is wrong or doubtful in one file. What is wrong in a file it imports is told there, and on the import."""
    analysis = workspace.analysis(path)
    if analysis is None:
        return ()
    return tuple(each for each in analysis.diagnostics if each.span.path == path)


def diagnostics_of_imports(workspace: Workspace, path: str) -> tuple[Diagnostic, ...]:
    """What is wrong in the files that a file imports."""
    analysis = workspace.analysis(path)
    if analysis is None:
        return ()
    return tuple(each for each in analysis.diagnostics if each.span.path != path)


def quick_fixes(workspace: Workspace, path: str, start: int, end: int) -> tuple[QuickFix, ...]:
    """The fixes of what is wrong between two places of a file."""
    found = []
    for each in diagnostics(workspace, path):
        if each.fix is not None and each.fix.span.path == path and each.span.start <= end and start <= each.span.end:
            found.append(_quick_fix(each, each.fix))
    return tuple(found)


def _quick_fix(diagnostic: Diagnostic, fix: Fix) -> QuickFix:
    return QuickFix(fix.title, diagnostic, fix.span, fix.replacement)
