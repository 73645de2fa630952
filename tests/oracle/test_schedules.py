"""The engine's plans in time against every schedule there is.

ATTAIN_SCHEDULE_SEEDS sets how many random cases are tried.
"""

from __future__ import annotations

import json
import os
from fractions import Fraction
from functools import cache
from typing import Any

from attain_engine.api import Wishes, load_facts, load_policy, plan
from tests.oracle.schedules import best, case, facts, text
from tests.seeds import of_each

SEEDS = range(int(os.environ.get("ATTAIN_SCHEDULE_SEEDS", "200")))


@cache
def right_of(seed: int) -> dict[str, Any] | None:
    return best(case(seed))


@of_each(SEEDS, at_a_time=10)
def test_the_schedule_found_is_the_best_of_all(seed: int) -> None:
    this = case(seed)
    policy = load_policy("small.attain", text(this))
    given = load_facts(policy, text=json.dumps(facts(this)))
    budget = None if this.budget is None else Fraction(this.budget)
    wishes = Wishes(minimize=this.order, by=this.end, until=this.until, budget=budget)
    found = plan(policy, given, this.on, wishes=wishes)
    right = right_of(seed)
    if right is None:
        # With facts that are not known none may be found that does whatever they are.
        assert found.status in (("impossible", "undetermined") if this.doubtful else ("impossible",))
        assert found.plans == ()
        return
    if found.status == "qualified":
        assert right == {"cost": 0, "changes": 0, "time": this.on}
        return
    one = found.plans[0]
    assert found.status == "proved"
    assert (Fraction(one.cost_exact.number), one.changes, one.ready) == (right["cost"], right["changes"], right["time"])


def test_most_of_the_cases_have_a_plan() -> None:
    some = SEEDS[:60]
    assert sum(right_of(seed) is not None for seed in some) * 2 > len(some)
