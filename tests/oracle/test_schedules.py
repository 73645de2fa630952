"""The engine's plans in time against every schedule there is.

Each plan is the best of all; it is one that the brute force lives through; the facts that `attain plan --apply` writes
are those that it comes to, and qualify on the day the plan is ready; and without a step of it they do not.

By default these are 80 random cases without a kind, 60 that count days and months, 30 in units, and 30 that write days
of their own. ATTAIN_SCHEDULE_SEEDS sets how many there are, half of them without a kind and a sixth of each other one;
the first of them is numbered ATTAIN_SCHEDULE_FIRST.
"""

from __future__ import annotations

import datetime
import itertools
import json
import os
import re
from collections.abc import Iterator
from fractions import Fraction
from functools import cache
from typing import Any

import pytest

from attain_compiler.model.program import Program
from attain_engine.api import Wishes, assess, load_facts, load_policy, plan_and_facts
from attain_engine.facts.write import write_facts_json
from attain_engine.plan import OnePlan, looked
from attain_engine.plan.written_out import written_out
from tests.oracle import schedules
from tests.oracle.schedules import Case, Plan, best, case, facts_after, lived
from tests.oracle.schedules_written import text
from tests.seeds import of_each

ASKED = int(os.environ.get("ATTAIN_SCHEDULE_SEEDS", "0"))
FIRST = int(os.environ.get("ATTAIN_SCHEDULE_FIRST", "0"))
NUMBERS = (
    {"": -(-ASKED // 2), **dict.fromkeys(("counting", "units", "fixed"), -(-ASKED // 6))}
    if ASKED
    else {"": 80, "counting": 60, "units": 30, "fixed": 30}
)
CASES = [(kind, seed) for kind, number in NUMBERS.items() for seed in range(FIRST, FIRST + number)]


@cache
def right_of(kind: str, seed: int) -> dict[str, Any] | None:
    return best(case(seed, kind))


@of_each(CASES, name="which", at_a_time=10)
def test_the_schedule_found_is_the_best_of_all(which: tuple[str, int]) -> None:
    the_best_of_all(*which)


def the_best_of_all(kind: str, seed: int, statuses: tuple[str, ...] = ("proved",)) -> None:
    this, right = case(seed, kind), right_of(kind, seed)
    policy = load_policy("small.attain", text(this))
    given = load_facts(policy, text=json.dumps(schedules.facts(this)))
    budget = None if this.budget is None else Fraction(this.budget)
    wishes = Wishes(minimize=this.order, by=this.end, until=this.until, budget=budget)
    found, after = plan_and_facts(policy, given, this.on, wishes=wishes)
    if right is None:
        # With facts that are not known none may be found that does whatever they are.
        doubts = {"undetermined"} if this.doubtful else set()
        assert found.status in {"impossible", *doubts, *({"nothing found"} if "best found" in statuses else ())}
        assert found.plans == ()
        return
    if found.status == "qualified":
        assert right == {"cost": 0, "changes": 0, "time": this.on}
        return
    one = found.plans[0]
    assert found.status in statuses
    assert (Fraction(one.cost_exact.number), one.changes, one.ready) == (right["cost"], right["changes"], right["time"])
    written = json.loads(write_facts_json(written_out(policy, after[0].facts, one.ready), policy))
    assert qualified(policy, written, one.ready)
    schedule = lived_through(this, one, written)
    for less in lessened(schedule):
        day = lived(this, less)
        assert day is None or day > one.ready, less
        if day is not None and this.until is None:
            assert not qualified(policy, facts_after(this, less, one.ready), one.ready), less


@of_each([each for number, each in enumerate(CASES) if number % 4 == 0], name="which", at_a_time=10)
def test_so_it_is_where_the_steps_are_many(which: tuple[str, int], monkeypatch: pytest.MonkeyPatch) -> None:
    """Days and starts are looked at in another way then: first a few, and those that may do without an order."""
    monkeypatch.setattr(looked, "MANY_STEPS", 0)
    the_best_of_all(*which, statuses=("proved", "best found"))


def qualified(policy: Program, facts: dict[str, Any], day: datetime.date) -> bool:
    """Whether the goal is certain on a day, if these are the facts."""
    return assess(policy, load_facts(policy, text=json.dumps(facts)), day).verdict == "met"


def lived_through(this: Case, one: OnePlan, written: dict[str, Any]) -> Plan:
    """The plan as a schedule of the brute force, by which the facts come to be what was written."""
    instances = [(change.name, holder) for change, holder in this.instances]
    places = []
    for step in one.steps:
        row = re.search(r"Holder row (\d+)", step.arguments.get("h", "Holder row 1"))
        assert row is not None, step.arguments
        places.append(instances.index((step.change, schedules.HOLDERS[int(row[1]) - 1])))
    days = [(step.start - this.on).days for step in one.steps]
    units = [step.units for step in one.steps]
    moments = range(1 + sum(change.takes == (0, 0) for change, _ in this.instances))
    for begun in itertools.product(moments, repeat=len(places)):
        schedule = dict(zip(places, zip(days, begun, units, strict=True), strict=True))
        if lived(this, schedule) == one.ready and _same(facts_after(this, schedule, one.ready), written):
            return schedule
    raise AssertionError(f"no order of these steps does it: {one.steps}")


def _same(facts: dict[str, Any], others: dict[str, Any]) -> bool:
    """Whether two documents say the same, rows in any order."""
    return {**facts, "facts": _sorted(facts)} == {**others, "facts": _sorted(others)}


def _sorted(facts: dict[str, Any]) -> dict[str, list[str]]:
    tables = {name: rows if isinstance(rows, list) else [rows] for name, rows in facts["facts"].items()}
    return {name: sorted(json.dumps(row, sort_keys=True) for row in rows) for name, rows in tables.items()}


def lessened(schedule: Plan) -> Iterator[Plan]:
    """The schedule without each of its steps, and with a unit less of each."""
    for place, (day, moment, units) in schedule.items():
        yield {other: step for other, step in schedule.items() if other != place}
        if units > 1:
            yield {**schedule, place: (day, moment, units - 1)}


def test_most_of_the_cases_have_a_plan() -> None:
    some = CASES[:60]
    assert sum(right_of(*which) is not None for which in some) * 2 > len(some)
