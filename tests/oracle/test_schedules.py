"""The engine's plans in time against every schedule there is.

ATTAIN_SCHEDULE_SEEDS sets how many random cases are tried.
"""

from __future__ import annotations

import json
import os
from fractions import Fraction

import pytest

from attain_engine.api import Wishes, load_facts, load_policy, plan
from tests.oracle.schedules import best, case, facts, text

SEEDS = range(int(os.environ.get("ATTAIN_SCHEDULE_SEEDS", "200")))


@pytest.mark.parametrize("seed", SEEDS)
def test_the_schedule_found_is_the_best_of_all(seed: int) -> None:
    this = case(seed)
    policy = load_policy("small.attain", text(this))
    given = load_facts(policy, text=json.dumps(facts(this)))
    wishes = Wishes(minimize=this.order, by=this.end, until=this.until)
    found = plan(policy, given, this.on, wishes=wishes)
    right = best(this)
    if right is None:
        assert (found.status, found.plans) == ("impossible", ())
        return
    if found.status == "qualified":
        assert right == {"cost": 0, "changes": 0, "time": this.on}
        return
    one = found.plans[0]
    assert found.status == "proved"
    assert (Fraction(one.cost_exact.number), one.changes, one.ready) == (right["cost"], right["changes"], right["time"])
