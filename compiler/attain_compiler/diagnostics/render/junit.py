"""Diagnostics as JUnit XML: a suite for each file, which passes when the file has no error."""

from __future__ import annotations

from attain_compiler.diagnostics.model import Diagnostic, Severity
from attain_compiler.diagnostics.render.concise import render_concise
from attain_compiler.diagnostics.render.findings import Findings
from attain_compiler.diagnostics.render.junit_document import Case, Failed, Suite, junit_document


def render_junit(findings: Findings) -> str:
    """One JUnit document, in ASCII. Every error is a failed case of its file; a file without one is one passed case,
    with its warnings and notes as output."""
    by_path: dict[str, list[Diagnostic]] = {path: [] for path in findings.files}
    for each in findings.diagnostics:
        by_path.setdefault(each.span.path, []).append(each)
    suites = [junit_suite(path, tuple(diagnostics), findings) for path, diagnostics in by_path.items()]
    return junit_document("attain check", suites)


def junit_suite(path: str, diagnostics: tuple[Diagnostic, ...], findings: Findings) -> Suite:
    """The suite of one file, with all that was found in it."""
    errors = [each for each in diagnostics if each.severity is Severity.ERROR]
    others = tuple(each for each in diagnostics if each.severity is not Severity.ERROR)
    cases = [Case(path, _name(each, findings), (_failed(each, findings),)) for each in errors]
    output = render_concise(Findings(others, findings.files))
    return Suite(path, tuple(cases) or (Case(path, "check"),), output)


def _failed(diagnostic: Diagnostic, findings: Findings) -> Failed:
    text = render_concise(Findings((diagnostic,), findings.files))
    return Failed(diagnostic.code, diagnostic.message, text + (f"help: {diagnostic.help}\n" if diagnostic.help else ""))


def _name(diagnostic: Diagnostic, findings: Findings) -> str:
    place = findings.place(diagnostic.span)
    return f"{diagnostic.code} at {place.line}:{place.column}" if place else diagnostic.code
