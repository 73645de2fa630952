"""Applying the fixes that are certain."""

from __future__ import annotations

from collections.abc import Iterable

from attain_compiler.diagnostics.model import Diagnostic, Fix


def certain_fixes(path: str, diagnostics: Iterable[Diagnostic]) -> tuple[Fix, ...]:
    """The fixes that can be made in one file at once: those that are certain, in order, none within another."""
    found: list[Fix] = []
    fixes = {
        each.fix for each in diagnostics if each.fix is not None and each.fix.certain and each.fix.span.path == path
    }
    for fix in sorted(fixes, key=lambda each: (each.span, each.replacement)):
        if not found or fix.span.start >= found[-1].span.end:
            found.append(fix)
    return tuple(found)


def with_fixes(text: str, fixes: Iterable[Fix]) -> str:
    """The text with fixes of `certain_fixes` made."""
    for fix in reversed(tuple(fixes)):
        text = text[: fix.span.start] + fix.replacement + text[fix.span.end :]
    return text
