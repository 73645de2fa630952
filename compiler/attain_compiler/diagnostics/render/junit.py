"""Diagnostics as JUnit XML: a suite for each file, which passes when the file has no error."""

from __future__ import annotations

import re
from xml.etree import ElementTree  # only ever written here, never read

from attain_compiler.diagnostics.model import Diagnostic, Severity
from attain_compiler.diagnostics.render.concise import render_concise
from attain_compiler.diagnostics.render.findings import Findings

_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def render_junit(findings: Findings) -> str:
    """One JUnit document, in ASCII. Every error is a failed case of its file; a file without one is one passed case,
    with its warnings and notes as output."""
    by_path: dict[str, list[Diagnostic]] = {path: [] for path in findings.files}
    for each in findings.diagnostics:
        by_path.setdefault(each.span.path, []).append(each)
    root = ElementTree.Element("testsuites", name="attain check")
    for path, diagnostics in by_path.items():
        root.append(_suite(path, tuple(diagnostics), findings))
    ElementTree.indent(root)
    document: bytes = ElementTree.tostring(root, encoding="us-ascii", xml_declaration=True)
    return document.decode("ascii") + "\n"


def _suite(path: str, diagnostics: tuple[Diagnostic, ...], findings: Findings) -> ElementTree.Element:
    errors = [each for each in diagnostics if each.severity is Severity.ERROR]
    others = tuple(each for each in diagnostics if each.severity is not Severity.ERROR)
    suite = ElementTree.Element(
        "testsuite", name=_clean(path), tests=str(max(1, len(errors))), failures=str(len(errors)), errors="0"
    )
    for each in errors:
        text = _clean(render_concise(Findings((each,), findings.files)))
        case = ElementTree.SubElement(suite, "testcase", classname=_clean(path), name=_clean(_name(each, findings)))
        failure = ElementTree.SubElement(case, "failure", message=_clean(each.message), type=each.code)
        failure.text = text + (_clean(f"help: {each.help}\n") if each.help else "")
    if not errors:
        ElementTree.SubElement(suite, "testcase", classname=_clean(path), name="check")
    if others:
        ElementTree.SubElement(suite, "system-out").text = _clean(render_concise(Findings(others, findings.files)))
    return suite


def _name(diagnostic: Diagnostic, findings: Findings) -> str:
    place = findings.place(diagnostic.span)
    return f"{diagnostic.code} at {place.line}:{place.column}" if place else diagnostic.code


def _clean(text: str) -> str:
    """The text without the characters that XML cannot hold."""
    return _NOT_XML.sub("\N{REPLACEMENT CHARACTER}", text)
