"""Diagnostics as GitHub workflow commands, which show as annotations on the changed lines."""

from __future__ import annotations

from attain_compiler.diagnostics.model import Diagnostic, Severity
from attain_compiler.diagnostics.render.findings import Findings

_COMMANDS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.NOTE: "notice"}


def render_github(findings: Findings) -> str:
    """One workflow command a line, for a step of a GitHub action to print."""
    return "".join(_command(findings, each) + "\n" for each in findings.diagnostics)


def _command(findings: Findings, diagnostic: Diagnostic) -> str:
    place = findings.place(diagnostic.span)
    properties = {"title": f"attain: {diagnostic.code}", "file": diagnostic.span.path}
    if place:
        properties |= {"line": str(place.line), "endLine": str(place.end_line)}
        if place.line == place.end_line:  # columns are only understood within one line
            properties |= {"col": str(place.column), "endColumn": str(place.end_column)}
    lines = (diagnostic.message, diagnostic.label, diagnostic.help and f"help: {diagnostic.help}")
    text = _escape("\n".join(line for line in lines if line))
    listed = ",".join(f"{name}={_escape_property(value)}" for name, value in properties.items())
    return f"::{_COMMANDS[diagnostic.severity]} {listed}::{text}"


def _escape(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _escape_property(text: str) -> str:
    return _escape(text).replace(":", "%3A").replace(",", "%2C")
