"""What would have to give way for a plan in time, against every schedule there is."""

from __future__ import annotations

import datetime
import itertools
import json
from collections.abc import Callable
from dataclasses import replace
from fractions import Fraction
from typing import Any

import pytest

from attain_engine.api import Wishes, explained, load_facts, load_policy, plan
from attain_engine.questions import relaxing
from tests.oracle.schedules import Case, best, case, facts
from tests.oracle.schedules_written import text
from tests.seeds import of_each


def tightened(seed: int) -> Case | None:
    """A case with a plan, but for less than it costs."""
    this = replace(case(seed, "units" if seed % 2 else ""), doubtful=frozenset())
    right = best(replace(this, budget=None, order=("cost", "changes", "time")))
    return replace(this, budget=right["cost"] - 1) if right is not None and right["cost"] > 0 else None


def limits_of(this: Case) -> dict[str, Callable[[Case], Case]]:
    """What may give way, by how it is said, and the case without it."""

    def unlimited(name: str) -> Callable[[Case], Case]:
        return lambda one: replace(
            one, changes=tuple(replace(each, limit=None) if each.name == name else each for each in one.changes)
        )

    found: dict[str, Callable[[Case], Case]] = {"the budget": lambda one: replace(one, budget=None)}
    if this.until is not None:
        found[f"until {this.until}"] = lambda one: replace(one, until=None)
    return found | {f"the limits of `{each.name}`": unlimited(each.name) for each in this.changes if each.limit}


def smallest(this: Case) -> dict[frozenset[str], Any]:
    """The smallest sets of limits without which there is a plan, with the best one."""
    limits = limits_of(this)
    found: dict[frozenset[str], Any] = {}
    for size in range(1, len(limits) + 1):
        for dropped in itertools.combinations(limits, size):
            freed = this
            for each in dropped:
                freed = limits[each](freed)
            right = None if any(each <= set(dropped) for each in found) else best(freed)
            if right is not None:
                found[frozenset(dropped)] = right
    return found


@of_each(range(40), at_a_time=10)
def test_the_least_that_gives_way_in_time(seed: int) -> None:
    this = tightened(seed)
    if this is None:
        return
    policy = load_policy(
        "small.attain", text(this).replace('"Small"', f'"Small"\n  in force from 2020-01-01 to {this.end}', 1)
    )
    given = load_facts(policy, text=json.dumps(facts(this)))
    assert this.budget is not None
    wishes = Wishes(minimize=this.order, until=this.until, budget=Fraction(this.budget))
    plain = plan(policy, given, this.on, wishes=wishes)
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(relaxing, "LONGEST", 100_000)
        found = explained(policy, given, this.on, None, plain, wishes=wishes)
    expected = smallest(this)
    right = best(this)
    if right is not None:
        assert plain.status in ("proved", "qualified")
        return
    told = {frozenset(each.drop): each for each in found.relaxations}
    assert (set(told), found.relaxations_complete) == (set(expected), True)
    for drop, each in told.items():
        one = expected[drop]
        cost = Fraction(each.cost_exact.number)
        assert (cost, each.changes, each.ready) == (one["cost"], one["changes"], one["time"])


WINDOW = """\
policy hut "Hut"
  in force from 2020-01-01
record Permit
  expires date
record Hut
  safe flag
designation open "Open"
  require permit "A permit" some Permit p where p.expires on or after assessment date
  require safe "Safe" some Hut h where h.safe
change apply "Apply"
  when assessment date from 2024-03-01 to 2024-03-31
  adds Permit { expires: 6 months after plan date }
  cost 50 EUR
  takes 1 month
change mend(h Hut) "Mend"
  when not (h.safe)
  sets h.safe to yes
  cost 100 EUR
  takes 3 weeks
"""


@pytest.mark.parametrize(
    ("day", "wishes", "expected"),
    [
        ("2024-01-01", {"by": "2024-03-15"}, {("ready by 2024-03-15",)}),
        ("2024-01-01", {"by": "2024-03-15", "budget": 120}, {("the budget", "ready by 2024-03-15")}),
        ("2024-01-01", {"forbid": frozenset({"apply"})}, {("`apply` forbidden",)}),
        ("2024-04-15", {"by": "2024-12-01"}, {("the `when` of `apply`",)}),
        ("2024-04-15", {"by": "2024-12-01", "budget": 149}, {("the budget", "the `when` of `apply`")}),
    ],
)
def test_windows_and_dates_that_give_way(day: str, wishes: dict[str, Any], expected: set[tuple[str, ...]]) -> None:

    policy = load_policy("hut.attain", WINDOW)
    given = load_facts(policy, text=json.dumps({"facts": {"Permit": [], "Hut": [{"safe": False}]}}))
    asked: dict[str, Any] = dict(wishes)
    if "by" in asked:
        asked["by"] = datetime.date.fromisoformat(asked["by"])
    if "budget" in asked:
        asked["budget"] = Fraction(asked["budget"])
    on = datetime.date.fromisoformat(day)
    plain = plan(policy, given, on, wishes=Wishes(**asked))
    assert plain.status == "impossible"
    found = explained(policy, given, on, None, plain, wishes=Wishes(**asked))
    assert {each.drop for each in found.relaxations} == expected
