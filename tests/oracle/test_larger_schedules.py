"""The engine's plans in time against an integer program written by hand, of cases too large to try every schedule.

By default 30 cases; ATTAIN_SCHEDULE_SEEDS sets how many there are, from ATTAIN_SCHEDULE_FIRST on, as for the small
ones.
"""

from __future__ import annotations

import json
import os
from fractions import Fraction

from attain_engine.api import Wishes, assess, load_facts, load_policy, plan_and_facts
from attain_engine.facts.write import write_facts_json
from attain_engine.plan.written_out import written_out
from tests.oracle.larger_schedules import best, facts, text, training
from tests.seeds import of_each

SEEDS = int(os.environ.get("ATTAIN_SCHEDULE_SEEDS", "30"))
FIRST = int(os.environ.get("ATTAIN_SCHEDULE_FIRST", "0"))


@of_each(range(FIRST, FIRST + SEEDS), at_a_time=5)
def test_the_schedule_of_a_larger_case_is_the_best_of_all(seed: int) -> None:
    this = training(seed)
    policy = load_policy("small.attain", text(this))
    given = load_facts(policy, text=json.dumps(facts(this)))
    budget = None if this.budget is None else Fraction(this.budget)
    wishes = Wishes(minimize=this.order, by=this.last, budget=budget, time_limit=100)
    found, after = plan_and_facts(policy, given, this.on, wishes=wishes)
    right = best(this)
    if right is None:
        doubtful = any(each.cert is None for each in this.people)
        assert found.status in ({"impossible", "undetermined"} if doubtful else {"impossible"})
        assert found.plans == ()
        return
    assert found.status == "proved"
    one = found.plans[0]
    assert (Fraction(one.cost_exact.number), one.changes, one.ready) == (right["cost"], right["changes"], right["time"])
    written = write_facts_json(written_out(policy, after[0].facts, one.ready), policy)
    assert assess(policy, load_facts(policy, text=written), one.ready).verdict == "met"
