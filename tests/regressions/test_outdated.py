"""An answer says when the facts are older than what the rules look at."""

from __future__ import annotations

import datetime

import pytest

from attain_engine.api import assess, load_facts, load_policy

POLICY = """\
policy club "Club"

record Visit
  day  date

measure visits count 0 to 50
  count of Visit v where v.day within the 30 days to assessment date

designation club "Club"
  require visits "One visit" visits at least 1
"""


@pytest.mark.parametrize(("day", "outdated"), [("2024-06-01", False), ("2024-05-30", True)])
def test_facts_that_end_before_the_shortest_window_are_outdated(day: str, outdated: bool) -> None:
    policy = load_policy("club.attain", POLICY)
    facts = load_facts(policy, text='{"facts": {"Visit": [{"day": "' + day + '"}, {"day": "2025-01-01"}]}}')
    answer = assess(policy, facts, datetime.date(2024, 6, 30))
    assert (str(answer.newest), bool(answer.outdated)) == (day, outdated)
    assert ("30 days" in answer.outdated) is outdated


def test_a_window_longer_than_the_calendar_looks_at_everything() -> None:
    policy = load_policy("club.attain", POLICY.replace("30 days", "9_000 years"))
    facts = load_facts(policy, text='{"facts": {"Visit": [{"day": "2024-05-30"}]}}')
    answer = assess(policy, facts, datetime.date(2024, 6, 30))
    assert (answer.outdated, [each.code for each in answer.problems]) == ("", ["outside-the-calendar"])
