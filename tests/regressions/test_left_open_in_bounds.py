"""Plans that were said not to exist, or to be the best, because of what was taken for settled that is not: what other
steps set on a row with a date that is seen otherwise later, what is worked out from a date that is left open, and what
is worked out from numbers that changes move."""

from __future__ import annotations

import datetime
from typing import Any

import pytest

from tests.regressions.test_plans_in_time import planned, ready

ITEMS = """\
record Item
  expires date
  kept flag default no
  ready flag default no
  done flag default no

designation asked "Asked"
  require b "B" (count of Item x where x.done and x.expires on or after assessment date) at least 1

change prepare(x Item) "Prepare {x}"
  when not x.ready and not x.kept
  sets x.ready to yes
  cost 10 EUR
  takes 5 days

change finish(x Item) "Finish {x}"
  when x.ready and not x.done
  sets x.done to yes
  cost 10 EUR
  takes 5 days
"""

BUY = """
change buy(x Item) "Buy {x}"
  when x.kept
  sets x.done to yes
  cost 100 EUR
  takes 30 days
"""


@pytest.mark.parametrize(
    ("policy", "wishes"), [(ITEMS + BUY, {}), (ITEMS, {}), (ITEMS + BUY, {"by": datetime.date(2024, 2, 14)})]
)
def test_a_step_for_a_row_that_lapses_later(policy: str, wishes: dict[str, Any]) -> None:
    facts = {"Item": [{"expires": "2024-02-12"}, {"expires": "2026-01-01", "kept": True}]}
    assert ready(planned(policy, "2024-01-31", facts, **wishes)) == ("proved", "20", "2024-02-10")


BOXES = """\
record Item
  since date

record Box
  open flag default no
  done flag default no

designation asked "Asked"
  require a "A" (count of Item x where LENGTH at most 12 days) at least 1
  require b "B" (count of Box x where x.done) at least 1

change prepare(x Box) "Prepare {x}"
  when not x.open
  sets x.open to yes
  cost 10 EUR
  takes 5 days

change finish(x Box) "Finish {x}"
  when x.open
  sets x.done to yes
  cost 10 EUR
  takes 5 days

change see "See"
  adds Item { since: 2024-01-01 }
  cost 1 EUR
  takes 100 days
"""


@pytest.mark.parametrize(
    "length",
    [
        "((number of days from x.since to assessment date) * 1 day)",
        "((greatest of (3, number of days from x.since to assessment date)) * 1 day)",
    ],
)
def test_a_length_worked_out_from_a_date_that_is_seen_otherwise(length: str) -> None:
    facts = {"Item": [{"since": "2024-01-30"}], "Box": [{}]}
    found = planned(BOXES.replace("LENGTH", length), "2024-01-31", facts, by=datetime.date(2024, 2, 20))
    assert ready(found) == ("proved", "20", "2024-02-10")


LEVELS = """\
record Item
  level count 0 to 20

define tower(n count from 0) as count
  (tower(n - 1) else 0) + 1

designation asked "Asked"
  require a "A" (count of Item x where GOAL) at least 1

change more(x Item) "More {x}"
  EFFECT
  cost 10 EUR
"""


@pytest.mark.parametrize("effect", ["sets x.level to 7", "raises x.level by 5"])
@pytest.mark.parametrize(
    "goal",
    [
        "(x.level * 1 day) at least 5 days",
        "(x.level * 1 day) after 2024-01-31 on or after 2024-02-05",
        "tower(x.level) at least 6",
        "month of (x.level * 30 days) after 2024-01-31 later than 2024-04",
    ],
)
def test_what_is_worked_out_from_a_number_that_changes_move(effect: str, goal: str) -> None:
    policy = LEVELS.replace("EFFECT", effect).replace("GOAL", goal)
    if "tower(x" not in policy:
        policy = policy[: policy.index("define tower")] + policy[policy.index("designation") :]
    assert ready(planned(policy, "2024-01-31", {"Item": [{"level": 2}]})) == ("proved", "10", "2024-01-31")
