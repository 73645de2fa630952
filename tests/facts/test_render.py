"""Problems as text."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import pytest

from attain_engine.facts import FactsProblem, render_problems

PROBLEM = FactsProblem(
    "facts-unknown-value",
    "`Smb` is not a value of `Track`",
    "facts/usage.csv",
    "Usage",
    12,
    13,
    "track",
    "Smb",
    "`track` is a value of `Track`",
    "did you mean `smb`?",
)


def many(number: int, file: str) -> list[FactsProblem]:
    return [FactsProblem("facts-missing-value", f"number {each}", file) for each in range(number)]


def test_people_see_place_value_rule_and_what_to_do() -> None:
    assert render_problems([PROBLEM]) == (
        """\
error[facts-unknown-value]: `Smb` is not a value of `Track`
  --> facts/usage.csv:13
   |
   | Usage row 12, track: Smb
   |
   = rule: `track` is a value of `Track`
   = help: did you mean `smb`?

"""
    )


def test_what_does_not_apply_is_left_out() -> None:
    assert render_problems([FactsProblem("facts-bad-json", "the file is not JSON")]) == (
        "error[facts-bad-json]: the file is not JSON\n\n"
    )


def test_concise_is_one_line_for_each() -> None:
    assert render_problems([PROBLEM], "concise") == (
        "facts/usage.csv:13: error[facts-unknown-value]: Usage row 12, track: `Smb` is not a value of `Track`\n"
    )


def test_colours_change_nothing_but_colours() -> None:
    painted = render_problems([PROBLEM], color=True)
    assert "\x1b[1;31merror[facts-unknown-value]\x1b[0m" in painted
    assert not set(render_problems([PROBLEM])) & {"\x1b"}


@pytest.mark.parametrize("form", ["full", "concise"])
def test_only_the_first_fifty_of_a_file_are_shown_and_the_rest_is_counted(form: str) -> None:
    text = render_problems([*many(53, "a.csv"), PROBLEM], form)
    assert text.count("number") == 50
    assert "and 3 more in a.csv: 3 facts-missing-value\n" in text
    assert "facts/usage.csv:13" in text


def same(lines: list[int], **more: Any) -> list[FactsProblem]:
    return [replace(PROBLEM, row=line - 1, line=line, **more) for line in lines]


@pytest.mark.parametrize(
    ("problems", "also"),
    [
        (same([5, 6, 7, 9, 12, 13]), "5 more, lines 6 to 7, 9, 12 to 13"),
        (same([5, 6, 7, 9], sheet="Usage", column="B"), "3 more, B6:B7, B9"),
        ([replace(PROBLEM, row=row, line=None) for row in (2, 3, 4)], "2 more, rows 3 to 4"),
        (same(list(range(1, 41, 2))), "19 more, lines 3, 5, 7, 9, 11, 13, 15, 17 and 11 others"),
    ],
)
def test_what_is_wrong_with_many_rows_in_the_same_way_is_said_once(problems: list[FactsProblem], also: str) -> None:
    text = render_problems(problems)
    assert text.count("error[") == 1
    assert f"   = also: {also}\n" in text
    assert render_problems(problems, "concise").count("error[") == len(problems)
    assert json.loads(render_problems(problems, "json"))["summary"]["errors"] == len(problems)


def test_other_values_and_other_columns_are_said_apart() -> None:
    problems = [*same([5, 6]), *same([5], value="smB"), *same([5], field="tracks")]
    assert render_problems(problems).count("error[") == 3


def test_fifty_are_shown_without_a_remark() -> None:
    assert "more in" not in render_problems(many(50, "a.csv"))


def test_json_has_them_all() -> None:
    document = json.loads(render_problems([*many(53, "a.csv"), PROBLEM], "json"))
    assert document["format_version"] == 1
    assert document["summary"] == {"errors": 54, "warnings": 0}
    assert document["problems"][-1] == {
        "severity": "error",
        "code": "facts-unknown-value",
        "message": "`Smb` is not a value of `Track`",
        "file": "facts/usage.csv",
        "table": "Usage",
        "row": 12,
        "line": 13,
        "field": "track",
        "value": "Smb",
        "rule": "`track` is a value of `Track`",
        "help": "did you mean `smb`?",
        "sheet": "",
        "column": "",
    }


@pytest.mark.parametrize("form", ["full", "concise"])
def test_nothing_in_the_facts_can_drive_a_terminal(form: str) -> None:
    hostile = FactsProblem("facts-bad-value", "`\x1b[2J`", "a\x1b[2J.csv", "T\x07", 1, 1, "f\n", "\x1b]0;x\x07\u202e")
    text = render_problems([hostile], form)
    assert not {character for character in text if ord(character) < 32} - {"\n"}
    assert "\u202e" not in text
    assert text.count("\n") == (5 if form == "full" else 1)


def test_another_form_is_a_mistake_of_the_program() -> None:
    with pytest.raises(ValueError, match="no form 'yaml'"):
        render_problems([PROBLEM], "yaml")
