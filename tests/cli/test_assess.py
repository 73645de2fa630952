"""`attain assess`."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli.conftest import Attain, Write
from tests.cli.policies import BAD, ENOUGH, FUND, OPEN, SHORT


@pytest.fixture(autouse=True)
def _files(write: Write) -> None:
    for name, content in {"fund.attain": FUND, "short.json": SHORT, "enough.json": ENOUGH, "open.json": OPEN}.items():
        write(name, content)


@pytest.mark.parametrize(
    ("facts", "code", "verdict"),
    [("enough.json", 0, "QUALIFIED"), ("short.json", 1, "NOT QUALIFIED"), ("open.json", 3, "UNDETERMINED")],
)
def test_the_exit_code_is_the_verdict(attain: Attain, facts: str, code: int, verdict: str) -> None:
    result = attain("assess", "fund.attain", facts)
    assert (result.code, result.err) == (code, "")
    assert verdict in result.out.splitlines()[0]


def test_every_requirement_is_shown_with_its_value(attain: Attain) -> None:
    out = attain("assess", "fund.attain", "short.json").out
    assert "✗ members  Three members" in out
    assert "19%" in out


def test_the_marks_are_ascii_where_the_encoding_needs_it(attain: Attain) -> None:
    out = attain("assess", "fund.attain", "short.json", PYTHONUTF8="0", PYTHONIOENCODING="ascii").out
    assert out.isascii()
    assert "\\u" not in out
    assert "members  Three members" in out


def test_json_carries_its_format_version_and_the_same_verdict(attain: Attain) -> None:
    result = attain("assess", "fund.attain", "short.json", "--output-format", "json")
    document = json.loads(result.out)
    assert (result.code, document["format_version"], document["verdict"]) == (1, 1, "failed")


LOST = """policy lost "Lost figures"
  in force from 2020-01-01

parameter revenue_needed for count number
  from 2020-01-01  1 10, 2 20  recovered from "the page of 2019"
  from 2021-01-01  1 11, 2 21  recovered from "the page of 2021"
  recovered from "an archive"

parameter people_needed number
  3  source "the text"

define enough(n count)
  revenue at least revenue_needed(n)
  recovered from "a letter"

measure revenue number
  7

score points_of_it out of 10
  part share up to 10 in proportion to revenue full at revenue_needed(2)

designation lost "Lost"
  require revenue "Revenue" enough(1) recovered from "a table"
  require people "People" 2 * revenue at least people_needed
  require points "Points" points_of_it at least 1
"""
FOUND = ("a table", "an archive", "the page of 2021", "a letter")


def test_a_figure_that_its_source_lost_is_shown_with_where_it_was_found(attain: Attain, write: Write) -> None:
    write("lost.attain", LOST)
    found = json.loads(attain("assess", "lost.attain", "--as-of", "2021-06-01", "--output-format", "json").out)
    quotations = [each["quotation"] for each in found["designations"][0]["tracks"][0]["requirements"]]
    assert sorted(quotations[0]["recovered"]) == sorted(FOUND)
    assert quotations[1]["recovered"] == []
    out = attain("assess", "lost.attain", "--as-of", "2021-06-01").out
    assert "revenue: recovered from a table" in out
    assert "revenue, share: recovered from an archive" in out
    assert "the page of 2019" not in out


def test_an_answer_can_go_into_a_file(attain: Attain, tmp_path: Path) -> None:
    shown = attain("assess", "fund.attain", "short.json").out
    result = attain("assess", "fund.attain", "short.json", "--output-file", "answer.txt")
    assert (result.code, result.out) == (1, "")
    assert (tmp_path / "answer.txt").read_text(encoding="utf-8") == shown


def test_a_measure_can_be_given_straight(attain: Attain) -> None:
    assert attain("assess", "fund.attain", "short.json", "--set", "members=3", "--set", "own_share=20%").code == 0


def test_without_facts_only_what_is_set_is_known(attain: Attain) -> None:
    result = attain("assess", "fund.attain", "--set", "members=2", "--as-of", "2024-06-30")
    assert result.code == 1
    assert attain("assess", "fund.attain", "--set", "members=3", "--as-of", "2024-06-30").code == 3


def test_the_date_can_be_another(attain: Attain) -> None:
    assert attain("assess", "fund.attain", "enough.json", "--as-of", "2024-01-01").code == 0
    assert "2024-01-01" in attain("assess", "fund.attain", "enough.json", "--as-of", "2024-01-01").out


def test_a_reading_can_be_chosen(attain: Attain) -> None:
    assert attain("assess", "fund.attain", "enough.json", "--reading", "least_share=table").code == 1


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("--as-of", "30.6.2024"), "`30.6.2024` is not a date: write it as 2024-06-30"),
        (("--as-of", "2024-02-30"), "`2024-02-30` is not a date"),
        (("--reading", "least_shar=table"), "did you mean `least_share`?"),
        (("--reading", "least_share=draft"), "`least_share` has no alternative `draft`"),
        (("--reading", "least_share"), "least_share"),
        (("--set", "membrs=3"), "did you mean `members`?"),
        (("--set", "members"), "members"),
        (("--set", "members=many"), "many"),
        (("--set", "members=-1"), "-1"),
    ],
)
def test_a_choice_that_is_none_is_bad_input(attain: Attain, arguments: tuple[str, ...], message: str) -> None:
    result = attain("assess", "fund.attain", "enough.json", *arguments)
    assert (result.code, result.out) == (2, "")
    assert message in result.err


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"", "error[facts-"),
        (b"[", "error[facts-bad-json]"),
        (b"\xff", "error[facts-not-text]"),
        (b"[]", "error[facts-"),
        (b"null", "error[facts-"),
        (b'{"organisation": "a", "as_of": "2024-06-30", "facts": {"Membr": []}}', "did you mean `Member`?"),
        (b"[" * 100_000, "error[facts-"),
        (b'{"organisation": "a", "facts": {"Member": [{"person": "a", "joined": "never"}]}}', "error[facts-bad-value]"),
    ],
    ids=["empty", "broken off", "binary", "a list", "null", "misspelled", "deep", "bad value"],
)
def test_bad_facts_are_bad_input(attain: Attain, write: Write, content: bytes, message: str) -> None:
    write("facts.json", content)
    result = attain("assess", "fund.attain", "facts.json")
    assert (result.code, result.out) == (2, "")
    assert message in result.err


@pytest.mark.parametrize("policy", ["gone.attain", "short.json", "broken.attain", "."])
def test_a_policy_that_is_none_is_bad_input(attain: Attain, write: Write, policy: str) -> None:
    write("broken.attain", BAD)
    result = attain("assess", policy, "short.json")
    assert (result.code, result.out) == (2, "")
    assert "error[" in result.err


def test_facts_that_are_missing_are_bad_input(attain: Attain) -> None:
    result = attain("assess", "fund.attain", "gone.json")
    assert (result.code, result.out) == (2, "")
    assert "gone.json" in result.err


def test_a_policy_can_stand_on_standard_input(attain: Attain) -> None:
    assert attain("assess", "-", "enough.json", stdin=FUND).code == 0


def test_without_a_date_anywhere_there_is_no_verdict(attain: Attain) -> None:
    result = attain("assess", "fund.attain", "--set", "members=3")
    assert result.code == 2
    assert "no assessment date" in result.err
