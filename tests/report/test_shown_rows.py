"""The text of an assessment shows the rows of the track that counts; no others are worked out for it."""

from __future__ import annotations

from pathlib import Path

import pytest

from attain_engine.api import load_facts, load_policy
from attain_engine.assess import Assessment, assess
from attain_engine.report.assessment_text import assessment_text
from attain_engine.report.console import Console

POLICIES = Path(__file__).parent.parent.parent / "policies"
CONSOLE = Console(color=False, unicode=True, columns=120)
CASES = [("modern_work", "northwind"), ("modern_work", "dashboard.json"), ("leed_new_construction", "mill_street")]


def assessed(policy: str, facts: str) -> tuple[Assessment, Assessment]:
    """With all rows, and with those that are shown."""
    program = load_policy(POLICIES / f"{policy}.attain")
    given = load_facts(program, POLICIES / "facts" / facts)
    assert given.as_of is not None
    return assess(program, given, given.as_of), assess(program, given, given.as_of, rows="shown")


@pytest.mark.parametrize(("policy", "facts"), CASES)
def test_the_text_is_that_of_an_assessment_with_all_rows(policy: str, facts: str) -> None:
    whole, shown = (assessment_text(each, CONSOLE) for each in assessed(policy, facts))
    assert shown == whole


def test_rows_of_other_tracks_are_not_worked_out() -> None:
    whole, shown = assessed("modern_work", "northwind")
    (designation,) = shown.designations
    other = [each for each in shown.measures if each.tracks and designation.shown not in each.tracks]
    assert [each for each in other if each.groups] == []
    assert any(each.groups for each in whole.measures if each.call in {one.call for one in other})
    assert any(each.groups for each in shown.measures)
