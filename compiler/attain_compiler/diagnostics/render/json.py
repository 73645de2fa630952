"""Diagnostics as JSON, for programs. The layout carries a `format_version`, which changes when a reader must."""

from __future__ import annotations

import json
from typing import Any

from attain_compiler.diagnostics.model import Diagnostic, Severity
from attain_compiler.diagnostics.render.findings import Findings
from attain_compiler.source import Span

FORMAT_VERSION = 1


def render_json(findings: Findings) -> str:
    """One JSON object, in ASCII: `diagnostics`, each with its places, and a `summary` of how many there are.

    Lines and columns count code points from 1, offsets from 0; ends are excluded. A place in a file that could not be
    read has no `start` and `end`.
    """
    document = {
        "format_version": FORMAT_VERSION,
        "diagnostics": [_diagnostic(findings, each) for each in findings.diagnostics],
        "summary": {
            "errors": findings.count(Severity.ERROR),
            "warnings": findings.count(Severity.WARNING),
            "notes": findings.count(Severity.NOTE),
        },
    }
    return json.dumps(document, indent=2) + "\n"


def _diagnostic(findings: Findings, diagnostic: Diagnostic) -> dict[str, Any]:
    fix = diagnostic.fix
    return {
        "code": diagnostic.code,
        "severity": diagnostic.severity.value,
        "message": diagnostic.message,
        **_place(findings, diagnostic.span),
        "label": diagnostic.label,
        "help": diagnostic.help,
        "secondary": [{**_place(findings, each.span), "label": each.text} for each in diagnostic.secondary],
        "fix": fix
        and {
            "title": fix.title,
            "replacement": fix.replacement,
            "certain": fix.certain,
            **_place(findings, fix.span),
        },
    }


def _place(findings: Findings, span: Span) -> dict[str, Any]:
    place = findings.place(span)
    if place is None:
        return {"path": span.path}
    return {
        "path": place.path,
        "start": {"line": place.line, "column": place.column, "offset": span.start},
        "end": {"line": place.end_line, "column": place.end_column, "offset": span.end},
    }
