"""No plan leads to rows that could not be loaded: what identifies a row is its own, whatever changes write into it."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import pytest

from tests.regressions.asked import plan

DESKS = """\
enum Floor { low, high }

entity Person

record Desk
  holder  Person
  floor   Floor
  place   count 0 to 9
  number  count? 0 to 9
  unique floor, place

WAYchange up(d Desk) "Move {d.holder} upstairs"
  sets d.floor to high
  cost 2 EUR

change desk "A desk at the third place"
  adds Desk { holder: "cy", floor: low, place: 3 }
  cost 1 EUR

change drop(d Desk) "Without {d.holder}"
  removes d
  cost 9 EUR

designation goal "Goal"
  require r "R" CONDITION
"""

SETS = """\
change third(d Desk) "Move {d.holder} to the third place"
  sets d.place to 3
  cost 1 EUR

"""
RAISES = """\
change on(d Desk) by 1 to 3 "Move {d.holder} on by {n}"
  raises d.place by 1
  cost 3 EUR each

"""


@pytest.mark.parametrize(
    ("way", "condition", "cost"),
    [
        (SETS, "every Desk d has d.place at least 3", 4),  # both at the third place, one of them upstairs
        (SETS, "(count of Desk d where d.place is 3) at least 2", 4),
        (SETS, "(count of Desk d where d.place is 3 and d.floor is low) at least 2", None),
        (SETS, "(count of Desk d where d.place is 3 and d.floor is low) at least 1", 1),
        (SETS, '(some Desk d where d.holder is "cy") and (every Desk d has d.place is not 1)', 4),
        (SETS, "(sum of d.place among Desk d) at least 7", 4),
        (RAISES, "every Desk d has d.place is 2", 5),  # one place on would be where bo is
        (RAISES, "(every Desk d has d.place at least 2) and (every Desk d has d.floor is low)", 6),  # bo has to move on
        (RAISES, '(some Desk d where d.holder is "cy") and (every Desk d has d.place at least 2)', 6),
    ],
)
def test_what_changes_write_tells_rows_apart_still(tmp_path: Path, way: str, condition: str, cost: int | None) -> None:
    rows = [{"holder": "ana", "floor": "low", "place": 1}, {"holder": "bo", "floor": "low", "place": 2}]
    policy = DESKS.replace("CONDITION", condition).replace("WAY", way)
    found = plan(tmp_path, policy, {"Desk": rows})
    if cost is None:
        assert found.status == "impossible"
        return
    assert (found.status, Fraction(found.plans[0].cost_exact.number)) == ("proved", cost)
