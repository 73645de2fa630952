"""The engine against the interpreter, on random policies and facts.

ATTAIN_ORACLE_SEEDS sets how many random policies of each kind are tried, ATTAIN_ORACLE_FIRST the first seed.
"""

from __future__ import annotations

import datetime
from random import Random

from tests.oracle.comparison import disagreements
from tests.oracle.compiled import compiled
from tests.oracle.facts_generator import Size, random_facts
from tests.oracle.policy_generator import random_policy
from tests.seeds import asked_for, of_each

ON = datetime.date(2023, 6, 30)
SEEDS = asked_for("ORACLE", 60)


@of_each(SEEDS, at_a_time=15)
def test_verdicts_on_complete_facts(seed: int) -> None:
    rng = Random(seed)
    program = compiled(random_policy(rng))
    assert disagreements(program, random_facts(program, ON, rng, Size(given=0.2)), ON, {}) == []


@of_each(SEEDS, at_a_time=15)
def test_verdicts_under_the_other_readings(seed: int) -> None:
    rng = Random(seed)
    program = compiled(random_policy(rng))
    readings = {each.id: each.alternatives[-1].name for each in program.readings.values()}
    readings["random.counting"] = "strictly"
    assert disagreements(program, random_facts(program, ON, rng), ON, readings) == []


@of_each(SEEDS, at_a_time=15)
def test_verdicts_with_fields_and_figures_unknown(seed: int) -> None:
    rng = Random(seed)
    program = compiled(random_policy(rng, unpublished=True))
    assert disagreements(program, random_facts(program, ON, rng, Size(unknown=0.5)), ON, {}) == []


@of_each(SEEDS, at_a_time=15)
def test_verdicts_with_tables_not_given(seed: int) -> None:
    rng = Random(seed)
    program = compiled(random_policy(rng))
    assert disagreements(program, random_facts(program, ON, rng, Size(absent=0.3, given=0.5)), ON, {}) == []
