"""Large sums, written as sums that fit, hold just where they did."""

from __future__ import annotations

import itertools
import random

from attain_engine.open.conditions import Condition, Reaches, decision, negation, subformulas
from attain_engine.open.quantities import at_least, weighted
from attain_engine.open.valuation import holds
from attain_engine.solve.wide_sums import fits, split_sums
from tests.seeds import of_each


def large_sum(draw: random.Random) -> Condition:
    """A few terms of ten to twenty digits, and a bound near one of the sums that they can come to."""
    size = 10 ** draw.randint(9, 20)
    weights = [draw.choice((1, size, size, 3 * size)) + draw.choice((0, 0, draw.randrange(size))) for _ in range(7)]
    reached = sum(weight for weight in weights if draw.random() < 0.5)
    return at_least(
        weighted((decision(index), weight) for index, weight in enumerate(weights)),
        max(1, reached + draw.choice((-1, 0, 0, 1, draw.randrange(-size, size)))),
    )


@of_each(range(120))
def test_a_large_sum_keeps_its_truth_and_fits(seed: int) -> None:
    condition = large_sum(random.Random(seed))
    if seed % 3 == 0:
        condition = negation(negation(condition))
    split = split_sums(condition)
    assert all(fits(each) for each in subformulas((split,)) if isinstance(each, Reaches))
    plans = [frozenset(chosen) for size in range(8) for chosen in itertools.combinations(range(7), size)]
    assert [holds(split, made, {}) for made in plans] == [holds(condition, made, {}) for made in plans]


def test_a_sum_that_fits_stays_as_it_is() -> None:
    condition = at_least(weighted((decision(index), 2 + index) for index in range(4)), 7)
    assert split_sums(condition) is condition
