"""The formats of diagnostics that programs read."""

from __future__ import annotations

import json
from typing import Any
from xml.etree import ElementTree

import pytest

from attain_compiler.diagnostics.model import Diagnostic, Fix, Label, Severity
from attain_compiler.diagnostics.render import FORMATS, Findings, in_order, render
from attain_compiler.source import SourceFile, Span

A = SourceFile("policies/a, b.attain", "policy a\nmeasure é count\n  1 over 2\n")
CLEAN = SourceFile("policies/clean.attain", "policy clean\n")
OVER = Span(A.path, A.text.index("over"), A.text.index("over") + 4)
HEAD = Span(A.path, 0, 8)

ERROR = Diagnostic(
    "no-over",
    "`over` does not say whether its end is included",
    OVER,
    "write `more than`",
    (Label(HEAD, "in this policy"),),
    help="100% certain: one of\ntwo",
    fix=Fix(OVER, "more than", "replace it"),
)
WARNING = Diagnostic("unused", "`é` is never used", HEAD, severity=Severity.WARNING)
UNREAD = Diagnostic("unreadable-file", "cannot read", Span("gone\x01\udc80.attain", 0, 0))
FINDINGS = Findings((ERROR, WARNING, UNREAD), {A.path: A, CLEAN.path: CLEAN})


def parsed(form: str) -> Any:
    return json.loads(render(FINDINGS, form, version="1.2.3"))


@pytest.mark.parametrize("form", FORMATS)
def test_every_format_takes_every_diagnostic(form: str) -> None:
    assert render(FINDINGS, form)


@pytest.mark.parametrize("form", FORMATS)
def test_every_format_takes_no_diagnostic(form: str) -> None:
    render(Findings((), {}), form)


@pytest.mark.parametrize("form", ["json", "sarif", "junit"])
def test_what_programs_parse_is_ascii_in_every_locale(form: str) -> None:
    assert render(FINDINGS, form).isascii()


def test_an_unknown_format_is_refused() -> None:
    with pytest.raises(ValueError, match="no format 'yaml'"):
        render(FINDINGS, "yaml")


def test_concise_is_a_line_for_each() -> None:
    assert render(FINDINGS, "concise").splitlines()[:2] == [
        "policies/a, b.attain:3:5: error[no-over]: `over` does not say whether its end is included",
        "policies/a, b.attain:1:1: warning[unused]: `é` is never used",
    ]


def test_json_names_its_format_version() -> None:
    assert parsed("json")["format_version"] == 1


def test_json_counts_what_there_is() -> None:
    assert parsed("json")["summary"] == {"errors": 2, "warnings": 1, "notes": 0}


def test_json_has_every_part_of_a_diagnostic() -> None:
    place = {
        "path": A.path,
        "start": {"line": 3, "column": 5, "offset": OVER.start},
        "end": {"line": 3, "column": 9, "offset": OVER.end},
    }
    assert parsed("json")["diagnostics"][0] == {
        "code": "no-over",
        "severity": "error",
        "message": ERROR.message,
        **place,
        "label": "write `more than`",
        "help": ERROR.help,
        "secondary": [
            {
                "path": A.path,
                "start": {"line": 1, "column": 1, "offset": 0},
                "end": {"line": 1, "column": 9, "offset": 8},
                "label": "in this policy",
            }
        ],
        "fix": {"title": "replace it", "replacement": "more than", "certain": True, **place},
    }


def test_json_gives_only_the_path_of_a_file_that_was_not_read() -> None:
    assert parsed("json")["diagnostics"][2].keys() == {
        *("code", "severity", "message", "path", "label", "help", "secondary", "fix")
    }


def test_github_escapes_what_its_commands_use_themselves() -> None:
    assert render(FINDINGS, "github").splitlines()[0] == (
        "::error title=attain%3A no-over,file=policies/a%2C b.attain,line=3,endLine=3,col=5,endColumn=9::"
        "`over` does not say whether its end is included%0Awrite `more than`%0Ahelp: 100%25 certain: one of%0Atwo"
    )


@pytest.mark.parametrize(("number", "command"), [(0, "::error "), (1, "::warning ")])
def test_github_has_a_command_for_each_severity(number: int, command: str) -> None:
    assert render(FINDINGS, "github").splitlines()[number].startswith(command)


def test_sarif_names_its_version_and_the_tool() -> None:
    log = parsed("sarif")
    assert log["version"] == "2.1.0"
    assert log["runs"][0]["tool"]["driver"]["name"] == "attain"
    assert log["runs"][0]["tool"]["driver"]["version"] == "1.2.3"


def test_sarif_results_point_to_their_rules() -> None:
    run = parsed("sarif")["runs"][0]
    rules = run["tool"]["driver"]["rules"]
    assert [rules[result["ruleIndex"]]["id"] for result in run["results"]] == ["no-over", "unused", "unreadable-file"]


def test_sarif_takes_the_text_of_a_rule_from_the_catalogue() -> None:
    rules = parsed("sarif")["runs"][0]["tool"]["driver"]["rules"]
    assert rules[1]["shortDescription"]["text"] == "a policy file cannot be read"


def test_sarif_places_are_relative_addresses_with_regions() -> None:
    location = parsed("sarif")["runs"][0]["results"][0]["locations"][0]["physicalLocation"]
    assert location == {
        "artifactLocation": {"uri": "policies/a%2C%20b.attain"},
        "region": {"startLine": 3, "startColumn": 5, "endLine": 3, "endColumn": 9},
    }


def test_sarif_carries_the_fix() -> None:
    fix = parsed("sarif")["runs"][0]["results"][0]["fixes"][0]
    assert fix["artifactChanges"][0]["replacements"][0]["insertedContent"] == {"text": "more than"}


def test_sarif_relates_the_second_places() -> None:
    related = parsed("sarif")["runs"][0]["results"][0]["relatedLocations"]
    assert [each["message"]["text"] for each in related] == ["in this policy"]


def test_junit_fails_a_file_with_errors_and_passes_one_without() -> None:
    suites = ElementTree.fromstring(render(FINDINGS, "junit")).findall("testsuite")
    assert [(each.get("name"), each.get("tests"), each.get("failures")) for each in suites[:2]] == [
        (A.path, "1", "1"),
        (CLEAN.path, "1", "0"),
    ]


def test_junit_replaces_what_xml_cannot_hold() -> None:
    suites = ElementTree.fromstring(render(FINDINGS, "junit")).findall("testsuite")
    assert suites[2].get("name") == "gone��.attain"


def test_junit_shows_warnings_without_failing() -> None:
    only = Findings((WARNING,), {A.path: A})
    suite = ElementTree.fromstring(render(only, "junit")).find("testsuite")
    assert suite is not None
    assert (suite.get("failures"), suite.findtext("system-out")) == (
        "0",
        "policies/a, b.attain:1:1: warning[unused]: `é` is never used\n",
    )


def test_findings_come_in_the_order_of_their_places_and_each_once() -> None:
    assert in_order((ERROR, WARNING, ERROR)) == (WARNING, ERROR)
