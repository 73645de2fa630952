"""Diagnostics as a GitLab code quality report, which shows in merge requests beside the lines."""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from typing import Any

from attain_compiler.diagnostics.model import Diagnostic, Severity
from attain_compiler.diagnostics.render.findings import Findings

_SEVERITIES = {Severity.ERROR: "critical", Severity.WARNING: "minor", Severity.NOTE: "info"}


def render_gitlab(findings: Findings) -> str:
    """One JSON list, in ASCII. A finding keeps its fingerprint as long as its file, message and line of text stay, so
    that GitLab can tell what is new in a merge request although lines above moved."""
    seen = Counter[tuple[str, ...]]()
    return json.dumps([_entry(findings, each, seen) for each in findings.diagnostics], indent=2) + "\n"


def _entry(findings: Findings, diagnostic: Diagnostic, seen: Counter[tuple[str, ...]]) -> dict[str, Any]:
    place = findings.place(diagnostic.span)
    path = diagnostic.span.path.replace("\\", "/").removeprefix("./")
    line = findings.files[place.path].line_text(place.line).strip() if place else ""
    identity = (diagnostic.code, path, diagnostic.message, line)
    seen[identity] += 1
    marked = "\0".join((*identity, str(seen[identity])))
    described = (diagnostic.message, diagnostic.label, diagnostic.help and f"help: {diagnostic.help}")
    return {
        "description": "; ".join(text for text in described if text),
        "check_name": diagnostic.code,
        "fingerprint": hashlib.sha256(marked.encode("utf-8", "backslashreplace")).hexdigest(),
        "severity": _SEVERITIES[diagnostic.severity],
        "location": {"path": path, "lines": {"begin": place.line if place else 1}},
    }
