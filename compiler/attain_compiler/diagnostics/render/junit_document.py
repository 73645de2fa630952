"""JUnit XML, whatever it is about: suites of cases that passed or failed. Written as CI services read it (Jenkins's
schema, which GitLab, Azure and others follow)."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from xml.etree import ElementTree  # only ever written here, never read

from attain_compiler.frozen import frozen

_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


@frozen
class Failed:
    """Why a case failed: a code, a message of one line, and the whole text with its place."""

    code: str
    message: str
    text: str


@frozen
class Case:
    """One case: the class it is listed under, its name, and why it failed (nothing where it passed)."""

    class_name: str
    name: str
    failures: tuple[Failed, ...] = ()


@frozen
class Suite:
    """The cases of one file, and what else was said about it."""

    name: str
    cases: tuple[Case, ...]
    output: str = ""


def junit_document(name: str, suites: Iterable[Suite]) -> str:
    """One JUnit document, in ASCII. Services take cases of one class and name for one, so names are made unique."""
    root = ElementTree.Element("testsuites", name=name)
    for suite in suites:
        root.append(_suite(suite))
    ElementTree.indent(root)
    document: bytes = ElementTree.tostring(root, encoding="us-ascii", xml_declaration=True)
    return document.decode("ascii") + "\n"


def _suite(suite: Suite) -> ElementTree.Element:
    failed = sum(1 for each in suite.cases if each.failures)
    element = ElementTree.Element(
        "testsuite", name=_clean(suite.name), tests=str(len(suite.cases)), failures=str(failed), errors="0"
    )
    for each, name in zip(suite.cases, _unique(suite.cases), strict=True):
        case = ElementTree.SubElement(element, "testcase", classname=_clean(each.class_name), name=_clean(name))
        for failure in each.failures:
            ElementTree.SubElement(case, "failure", message=_clean(failure.message), type=failure.code).text = _clean(
                failure.text
            )
    if suite.output:
        ElementTree.SubElement(element, "system-out").text = _clean(suite.output)
    return element


def _unique(cases: tuple[Case, ...]) -> list[str]:
    """The names of the cases; from the second on, a case of the same name has its number behind it."""
    names: list[str] = []
    taken = {(each.class_name, each.name) for each in cases}
    used = Counter[tuple[str, str]]()
    for each in cases:
        key = (each.class_name, each.name)
        used[key] += 1
        name = each.name
        while used[key] > 1 and (each.class_name, name) in taken:
            name = f"{each.name} ({used[key]})"
            used[key] += (each.class_name, name) in taken
        taken.add((each.class_name, name))
        names.append(name)
    return names


def _clean(text: str) -> str:
    """The text without the characters that XML cannot hold."""
    return _NOT_XML.sub("\N{REPLACEMENT CHARACTER}", text)
