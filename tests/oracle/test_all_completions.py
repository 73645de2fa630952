"""The verdict on facts with unknown parts against that on every completion of them.

It is `met` where all completions are met, `failed` where all fail, and `undetermined` only where they differ. What the
compiled rules settle is what the evaluator settles.
ATTAIN_ORACLE_SEEDS sets how many random policies are tried, ATTAIN_ORACLE_FIRST the first seed.
"""

from __future__ import annotations

import datetime
from random import Random

from attain_engine.assess import assess
from tests.asp.agreement import disagreements
from tests.oracle.compiled import compiled
from tests.oracle.interpreter import Interpreter
from tests.oracle.unknowns_generator import (
    completions,
    number_of_completions,
    random_facts_with_unknowns,
    random_policy_over_unknowns,
)
from tests.oracle.world import NoValueError
from tests.seeds import asked_for, of_each

ON = datetime.date(2023, 6, 30)
SEEDS = asked_for("ORACLE", 150)
MOST_COMPLETIONS = 100


def one_case(seed: int) -> tuple[str, str]:
    """What the engine says, and what all completions together say."""
    rng = Random(seed)
    program = compiled(random_policy_over_unknowns(rng))
    drawn = random_facts_with_unknowns(program, ON, rng, rows=3)
    facts = next(each for each in drawn if 1 < number_of_completions(program, each) <= MOST_COMPLETIONS)
    found = set()
    for each in completions(program, facts):
        try:
            found.add("met" if Interpreter(program, each, ON, {}).designation("random.goal").met else "failed")
        except NoValueError:
            found.add("no value")
    assert disagreements(program, facts, ON) == []
    said = assess(program, facts, ON, {}, rows=False).designations[0].verdict
    return said, found.pop() if len(found) == 1 else "undetermined"


@of_each(SEEDS, at_a_time=25)
def test_a_verdict_is_what_every_completion_says(seed: int) -> None:
    said, expected = one_case(seed)
    assert said == expected
