"""Which choices may be exchanged in a plan."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import combinations

import pytest

from attain_engine.open.conditions import Condition, conjunction, decision, disjunction
from attain_engine.open.quantities import at_least, weighted
from attain_engine.open.substitution import Substitution
from attain_engine.optimise import Solution
from attain_engine.plan.pools import exchangeable, settled
from tests.optimise.brute_force import Random
from tests.seeds import of_each

PLAN = Solution(made=frozenset({"a", "b", "z"}), amounts={}, cost=0, days=0, changes=3)


def worth(weights: Mapping[str, int], needed: int) -> object:
    return at_least(weighted((decision(name), weight) for name, weight in weights.items()), needed)


@pytest.mark.parametrize(
    ("weights", "needed", "alike"),
    [
        ({"a": 2, "b": 2, "c": 2, "d": 2, "z": 5}, 9, True),
        ({"a": 3, "b": 3, "c": 2, "d": 2, "z": 5}, 10, False),  # one of the lighter two does, both do not
        ({"a": 2, "b": 2, "c": 2, "d": 2}, 4, True),
    ],
)
def test_choices_of_one_weight_may_be_exchanged(weights: dict[str, int], needed: int, alike: bool) -> None:
    condition = worth(weights, needed)
    assert exchangeable(condition, PLAN, ("a", "b", "c", "d"), 1) is alike  # type: ignore[arg-type]
    every = [sum(weights[each] for each in two) for two in combinations("abcd", 2)]
    assert all(each + weights.get("z", 0) >= needed for each in every) is alike


def test_what_is_decided_otherwise_in_the_plan_does_not_matter() -> None:
    sum_ = worth({"a": 1, "b": 1, "c": 1}, 2)
    beside = disjunction([decision("z"), decision("c")])  # `c` alone does something else, which `z` does already
    assert exchangeable(conjunction([sum_, beside]), PLAN, ("a", "b", "c"), 1)  # type: ignore[list-item]
    alone = disjunction([decision("y"), decision("c")])
    assert not exchangeable(conjunction([sum_, alone]), PLAN, ("a", "b", "c"), 1)  # type: ignore[list-item]


@of_each(range(80))
def test_two_choices_change_places_as_if_each_stood_for_the_other_everywhere(seed: int) -> None:
    problem = Random(seed, monotone=False).problem()
    condition = problem.required()
    names = [each.name for each in problem.choices if each.amount is None]
    plan = Solution(made=frozenset(names[:2]), amounts={}, cost=0, days=0, changes=2)
    for pool in combinations(names, 3):
        rest = settled(condition, plan, frozenset(pool), 1)
        alike = all(exchanged(rest, pool[0], other) is rest for other in pool[1:])
        assert exchangeable(condition, plan, pool, 1) is alike


def exchanged(condition: Condition, one: object, other: object) -> Condition:
    """The whole condition with two choices in the place of each other."""
    places = {one: decision(other), other: decision(one)}
    return Substitution(lambda each: places.get(each.name), lambda _: None).condition(condition)
