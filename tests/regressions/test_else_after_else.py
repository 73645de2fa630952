"""`a else b else c` of what may be none: the plan that is found is proved, whichever of them a change sets."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.regressions.asked import assess, plan

POLICY = """\
enum Region {{ north, south }}

record Family one row
  region  Region or none
  second  Region or none
  n       count 0 to 100

parameter extra for Region count
  north  30
  south  0

parameter next_to for Region Region or none
  north  none
  south  north

define main(r Region) as Region or none
  by case
    the Family.region when the Family.region is r
    none otherwise

measure got count 0 to 1_000
  the Family.n + extra({region})

designation d
  require got got at least 50

change more(f Family) by 1 to 100 "More {{n}}"
  raises f.n by 1
  cost 50 EUR each

change move(f Family, r Region) "Move"
  when f.region is not r
  sets f.region to r
  cost 900 EUR
"""


@pytest.mark.parametrize(
    "region",
    [
        "the Family.region else the Family.second else south",
        "the Family.region else the Family.second else the Family.second else south",
        "main(north) else main(south) else the Family.second else south",
        "the Family.region else (the Family.second else south)",
    ],
)
@pytest.mark.parametrize(
    ("family", "found", "cost"),
    [
        ({"n": 48}, "48", "100 EUR"),
        ({"n": 0}, "0", "1,900 EUR"),
        ({"n": 20, "second": "north"}, "50", ""),
        ({"n": 19, "second": "north"}, "49", "50 EUR"),
        ({"n": 19, "region": "south", "second": "north"}, "19", "950 EUR"),
    ],
)
def test_the_plan_is_proved(tmp_path: Path, region: str, family: dict[str, Any], found: str, cost: str) -> None:
    policy, rows = POLICY.format(region=region), {"Family": [family]}
    assert assess(tmp_path, policy, rows).designations[0].track.requirements[0].clause.found == found
    made = plan(tmp_path, policy, rows)
    assert made.status == ("proved" if cost else "qualified")
    assert [each.cost for each in made.plans] == ([cost] if cost else [])
