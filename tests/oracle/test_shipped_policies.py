"""The engine against the interpreter on random facts, for every policy that is shipped.

ATTAIN_POLICY_SEEDS sets how many facts are tried of each policy (`make oracle`: 2,000); without it, 2,000 of the first
policy and enough of the others to notice what breaks.
"""

from __future__ import annotations

import datetime
import itertools
import os
from dataclasses import replace
from functools import cache
from pathlib import Path
from random import Random

import pytest

from attain_compiler.model.program import Program
from attain_compiler.model.types import EnumType
from attain_engine.facts.model import Facts
from attain_engine.policies import read_policy
from tests.oracle.comparison import disagreements
from tests.oracle.facts_generator import Size, random_facts
from tests.oracle.samples import Samples
from tests.seeds import of_each

ON = datetime.date(2023, 6, 30)
POLICIES = Path(__file__).parents[2] / "policies"
WITH_DESIGNATIONS = sorted(
    path.stem for path in POLICIES.glob("*.attain") if "\ndesignation " in path.read_text(encoding="utf-8")
)
FEW = 60
CASES = [
    (name, seed)
    for name in WITH_DESIGNATIONS
    for seed in range(int(os.environ.get("ATTAIN_POLICY_SEEDS", 2000 if name == "modern_work" else FEW)))
]
"""Those of one policy one after the other, so that few processes read each."""


@cache
def program_of(name: str) -> Program:
    program = read_policy(str(POLICIES / f"{name}.attain")).program
    assert program is not None
    return program


@of_each(CASES, "case", at_a_time=FEW)
def test_the_engine_and_the_interpreter_agree(case: tuple[str, int]) -> None:
    name, seed = case
    program = program_of(name)
    policy = program.policies[program.main]
    on = policy.force_to or max(policy.force_from or ON, ON)
    # One in three with values missing and measures given straight, the others with everything known.
    size = Size(rows=4, given=0.3, unknown=0.2) if seed % 3 == 2 else Size(rows=4)
    facts = random_facts(program, on, Random(seed), size)
    assert disagreements(program, facts, on, {}, budget=3) == []


def with_measures(facts: Facts, program: Program, on: datetime.date, rng: Random) -> Facts:
    """The facts, and a value near the figures of the policy for each measure by enums: many of these organisations
    qualify, of those with random rows hardly one."""
    samples = Samples(program, on, rng)
    values = {}
    for measure in program.measures.values():
        enums = [program.enums[each.type.id] for each in measure.parameters if isinstance(each.type, EnumType)]
        if len(enums) == len(measure.parameters):
            for key in itertools.product(*([member.constant for member in enum.members] for enum in enums)):
                values[measure.id, key] = samples.of(measure.type, measure.low, measure.high)
    return replace(facts, values=values)


@of_each(range(int(os.environ.get("ATTAIN_POLICY_SEEDS", FEW))), at_a_time=FEW)
@pytest.mark.parametrize("name", WITH_DESIGNATIONS)
def test_they_agree_where_the_measures_are_given(name: str, seed: int) -> None:
    program = program_of(name)
    policy = program.policies[program.main]
    on = policy.force_to or max(policy.force_from or ON, ON)
    rng = Random(seed)
    facts = with_measures(random_facts(program, on, rng), program, on, rng)
    assert disagreements(program, facts, on, {}, budget=3) == []
