"""Diagnostics as SARIF 2.1.0, which code scanning services and editors read."""

from __future__ import annotations

import json
from typing import Any
from urllib.parse import quote

from attain_compiler.diagnostics.catalogue import CATALOGUE, Entry
from attain_compiler.diagnostics.model import Diagnostic, Severity
from attain_compiler.diagnostics.render.findings import Findings
from attain_compiler.diagnostics.render.page import render_page
from attain_compiler.source import Span

_SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"


def render_sarif(findings: Findings, *, version: str) -> str:
    """One SARIF log with one run, in ASCII. `version` is that of the tool; the rules are the catalogue's entries of the
    codes that occur."""
    codes = sorted({each.code for each in findings.diagnostics})
    driver = {"name": "attain", "version": version, "rules": [_rule(code, CATALOGUE.get(code)) for code in codes]}
    run = {
        "tool": {"driver": driver},
        "columnKind": "unicodeCodePoints",
        "results": [_result(findings, each, codes.index(each.code)) for each in findings.diagnostics],
    }
    return json.dumps({"$schema": _SCHEMA, "version": "2.1.0", "runs": [run]}, indent=2) + "\n"


def _rule(code: str, entry: Entry | None) -> dict[str, Any]:
    if entry is None:
        return {"id": code}
    return {
        "id": code,
        "shortDescription": {"text": entry.summary},
        "fullDescription": {"text": entry.why},
        "help": {"text": _help(entry), "markdown": render_page(entry)},
        "defaultConfiguration": {"level": _level(entry.severity)},
    }


def _help(entry: Entry) -> str:
    """The page of a code as plain text."""
    shown = (("Avoid:", entry.avoid), ("Prefer:", entry.prefer))
    return "\n\n".join((entry.why, *(f"{title}\n{text.strip()}" for title, text in shown if text.strip())))


def _level(severity: Severity) -> str:
    """SARIF has the same three words."""
    return severity.value


def _result(findings: Findings, diagnostic: Diagnostic, rule: int) -> dict[str, Any]:
    text = "\n".join(line for line in (diagnostic.message, diagnostic.label, diagnostic.help) if line)
    result: dict[str, Any] = {
        "ruleId": diagnostic.code,
        "ruleIndex": rule,
        "level": _level(diagnostic.severity),
        "message": {"text": text},
        "locations": [_location(findings, diagnostic.span)],
    }
    if diagnostic.secondary:
        result["relatedLocations"] = [
            {"id": number, "message": {"text": each.text}, **_location(findings, each.span)}
            for number, each in enumerate(diagnostic.secondary, start=1)
        ]
    fix = diagnostic.fix
    if fix and findings.place(fix.span):
        location = _location(findings, fix.span)["physicalLocation"]
        replacement = {"deletedRegion": location["region"], "insertedContent": {"text": fix.replacement}}
        change = {"artifactLocation": location["artifactLocation"], "replacements": [replacement]}
        result["fixes"] = [{"description": {"text": fix.title}, "artifactChanges": [change]}]
    return result


def _location(findings: Findings, span: Span) -> dict[str, Any]:
    path = span.path.replace("\\", "/")
    prefix = "file://" if path.startswith("/") else ""
    physical: dict[str, Any] = {"artifactLocation": {"uri": prefix + quote(path, errors="surrogateescape")}}
    place = findings.place(span)
    if place:
        physical["region"] = {
            "startLine": place.line,
            "startColumn": place.column,
            "endLine": place.end_line,
            "endColumn": place.end_column,
        }
    return {"physicalLocation": physical}
