"""Limits on a text, so that no input can exhaust the machine, and signs that do not belong in a policy."""

from __future__ import annotations

from collections.abc import Iterator

from attain_compiler.diagnostics.model import Diagnostic
from attain_compiler.source import SourceFile, Span
from attain_compiler.syntax.tokens import Scan


def check_text(source: SourceFile) -> Iterator[Diagnostic]:
    return iter(())


def check_tokens(source: SourceFile, scan: Scan) -> Iterator[Diagnostic]:
    return iter(())
