"""Verdicts on facts with unknown parts."""

from __future__ import annotations

from typing import Any

import pytest

from attain_engine.facts.model import UNKNOWN
from tests.oracle.compiled import ON, compiled, facts
from tests.oracle.completions import verdict

POLICY = """\
policy tried "Tried"
  in force from 2000-01-01

record Badge
  level  count? 0 to 5
  fee    flag default yes

record Other
  level count

parameter needed count
  unknown "never published"

designation many "Many"
  require levels "Levels" (sum of b.level among Badge b) at least 6

designation known "Known"
  require known "Known" every Badge b has b.level is known

designation secret "Secret"
  require secret "Secret" count of Badge b at least needed

designation others "Others"
  require others "Others" some Other o where o.level at least 3

designation undecided "Undecided"
  require many "Many" many is undetermined
"""
PROGRAM = compiled(POLICY)


@pytest.mark.parametrize(
    ("levels", "designation", "expected"),
    [
        ([3, 3], "many", "met"),
        ([3, 2], "many", "not met"),
        ([3, UNKNOWN], "many", "undetermined"),
        ([0, UNKNOWN], "many", "not met"),
        ([5, 1, UNKNOWN], "many", "met"),
        ([5, 1], "known", "met"),
        ([5, UNKNOWN], "known", "not met"),
        ([5], "secret", "undetermined"),
        ([5], "others", "undetermined"),
        ([3, 3], "undecided", "not met"),
    ],
)
def test_a_verdict_is_undetermined_where_completions_disagree(
    levels: list[Any], designation: str, expected: str
) -> None:
    given = facts(PROGRAM, {"Badge": [{"level": level} for level in levels]}, closed=False)
    assert verdict(PROGRAM, given, ON, {}, f"tried.{designation}") == expected
