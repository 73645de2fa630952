"""What cannot be worked out from values that are not known is undetermined, with what is missing, and ends nothing
else: a median, an extreme of many, an allocation to many lines or of units, a set that is not known."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.regressions.asked import assess

POLICY = """\
entity Person

record Visit
  who     Person
  nights  count? 0 to 9
  paid    flag?
  kind    count 0 to 9

record Rule one row
  needed  count? 0 to 20

parameter friends set of Person
  unknown "nobody says"

designation goal "Goal"
  require it "It" {condition}

designation other "Other"
  require it "It" (count of Visit v) at least 1
"""
LINES = "".join(f"\n      1 with v.kind is {kind} and v.paid" for kind in range(9))


def visits(*nights: int | None, **more: Any) -> list[dict[str, Any]]:
    return [{"who": f"p{place}", "nights": each, "kind": 0, **more} for place, each in enumerate(nights)]


@pytest.mark.parametrize(
    ("condition", "rows", "found"),
    [
        ("(median of v.nights among Visit v else 0) at least 3", visits(1, 2, None), "failed"),  # 1 to 2
        ("(median of v.nights among Visit v else 0) at least 1", visits(1, 2, None), "met"),
        ("(median of v.nights among Visit v else 0) at least 2", visits(1, 2, None), "undetermined"),
        ("(median of v.nights among Visit v else 0) at most 5", visits(1, None), "met"),  # half of 1 to 10
        ("(median of v.nights among Visit v where v.paid else 0) at least 2", visits(3, None), "undetermined"),
        ("(greatest of v.nights among Visit v where v.paid else 0) at least 2", visits(*[None] * 120), "undetermined"),
        (f"each Visit v once for{LINES}", [{"who": "a", "kind": kind} for kind in range(9)], "undetermined"),
        ("each Visit v by v.nights once for\n      5 with v.paid", visits(3, None), "undetermined"),
        ("each Visit v by v.nights once for\n      5 with v.paid", visits(3, 1, paid=True), "failed"),
        (
            "each Visit v by v.nights once for\n      the Rule.needed with v.paid",
            visits(3, 1, paid=True),
            "undetermined",
        ),
        ('some p in friends where p is "ana"', visits(1), "undetermined"),
        ("(count of p in friends) at least 0 and (count of Visit v) at least 9", visits(1), "failed"),
    ],
)
def test_what_cannot_be_left_open_is_undetermined_and_the_rest_is_answered(
    tmp_path: Path, condition: str, rows: list[dict[str, Any]], found: str
) -> None:
    answer = assess(tmp_path, POLICY.format(condition=condition), {"Visit": rows, "Rule": [{}]})
    goal, other = answer.designations
    assert (goal.verdict, other.verdict) == (found, "met")
    assert bool(goal.undecided) is (found == "undetermined")
