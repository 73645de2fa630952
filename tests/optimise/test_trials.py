"""A condition with a few decisions taken otherwise is as one that is tried anew."""

from __future__ import annotations

from random import Random

import pytest

from attain_engine.open.conditions import (
    Condition,
    Formula,
    Trial,
    conjunction,
    decision,
    disjunction,
    holds,
    negation,
)
from attain_engine.open.quantities import compare, weighted


def drawn(rng: Random, depth: int) -> Condition:
    if not depth:
        return decision(rng.randrange(8))
    parts = [drawn(rng, depth - 1) for _ in range(rng.randint(1, 3))]
    match rng.randrange(4):
        case 0:
            return conjunction(parts)
        case 1:
            return disjunction(parts)
        case 2:
            return negation(parts[0])
        case _:
            return compare(">=", weighted((each, rng.choice([1, 2, 3])) for each in parts), rng.randint(1, 3))


@pytest.mark.parametrize("seed", range(60))
def test_a_few_decisions_taken_otherwise(seed: int) -> None:
    rng = Random(seed)
    condition = drawn(rng, 4)
    made = frozenset(each for each in range(8) if rng.random() < 0.5)
    if isinstance(condition, Formula):
        trial = Trial(condition, made, {})
        assert trial.truth is holds(condition, made, {})
        for _ in range(10):
            others = frozenset(each for each in range(8) if rng.random() < 0.3)
            assert trial.otherwise(made ^ others, {}, others) is holds(condition, made ^ others, {})
