"""A diagnostic is a value: what is wrong, where, and what to do about it.

Every diagnostic has a stable kebab-case `code` of the catalogue; how it is shown is a renderer's business.
"""

from __future__ import annotations

from dataclasses import field
from enum import Enum

from attain_compiler.frozen import frozen
from attain_compiler.source import Span


class Severity(Enum):
    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"


@frozen
class Label:
    """A second place that matters, and why."""

    span: Span
    text: str


@frozen
class Fix:
    """An edit: `replacement` instead of the text of `span`. `certain`: it can only mean that; otherwise it is what was
    most likely meant, and a person must agree."""

    span: Span
    replacement: str
    title: str
    certain: bool = True


@frozen
class Diagnostic:
    """`message` is one line, lower case, with the user's text in backticks; `label` is what stands under the marked
    text (often `did you mean ...`); `help` says what to do."""

    code: str
    message: str
    span: Span
    label: str = ""
    secondary: tuple[Label, ...] = ()
    help: str = ""
    fix: Fix | None = None
    severity: Severity = field(default=Severity.ERROR)
