"""A row of which it cannot be told whether it counts is never said to count: an exclusion, a row that may come before
it, its own condition, or a case that may not be taken decides."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from attain_engine.assess.why import explain_rows
from tests.regressions.asked import ON, assess, read

ROWS = """\
enum Kind { good, bad }

record Claim
  who    text
  kind   Kind?
  late   flag?
  hours  count 0 to 10

record Firm one row
  open  flag?

"""
LEFT_OUT = 'excluded Claim x "late"\n  when x.late\n\n'
ONE_EACH = "precedence Claim x for each x.who by x.kind\n  good over bad\n\n"
LONG = "sum of c.hours among Claim c where c.hours at least 6"
BY_CASE = f"by case\n    {LONG} when the Firm.open\n    0 otherwise"
NOT_FIRST = f"by case\n    0 when the Firm.open\n    {LONG} otherwise"


@pytest.mark.parametrize(
    ("before", "body", "first", "second"),
    [
        (LEFT_OUT, "sum of c.hours among Claim c", {}, {"late": False}),
        (ONE_EACH, "sum of c.hours among Claim c", {}, {"kind": "good"}),
        ("", "count of Claim c where c.late", {}, {"late": True}),
        ("", BY_CASE, None, None),
        ("", NOT_FIRST, None, None),
    ],
)
def test_a_row_that_may_count_is_not_said_to_count(
    tmp_path: Path, before: str, body: str, first: dict[str, Any] | None, second: dict[str, Any] | None
) -> None:
    policy = (
        f'{ROWS}{before}measure total count\n  {body}\n\ndesignation goal "Goal"\n  require r "R" total at least 0\n'
    )
    rows = [{"who": "ana", "hours": 6, **(first or {})}, {"who": "ana", "hours": 7, **(second or {})}]
    tables = {"Claim": rows, "Firm": [{}]}
    sure = [] if second is None else ["Claim:2"]
    groups = assess(tmp_path, policy, tables).measures[0].groups
    assert [name for each in groups if each.counts == "counted" for name in each.rows] == sure
    assert [name for each in groups if each.counts == "may count" for name in each.rows] == [
        name for name in ("Claim:1", "Claim:2") if name not in sure
    ]
    program, facts = read(tmp_path, policy, tables, {})
    for number in (1, 2):
        found = explain_rows(program, facts, ON, None, f"Claim:{number}").rows[0].measures[0]
        assert (found.counts, found.certain) == (True, f"Claim:{number}" in sure)
