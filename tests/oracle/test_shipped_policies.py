"""The engine against the interpreter on random facts, for every policy that is shipped.

ATTAIN_POLICY_SEEDS sets how many facts are tried of each policy (`make oracle`: 2,000); without it, 2,000 of the first
policy and enough of the others to notice what breaks.
"""

from __future__ import annotations

import datetime
import os
from functools import cache
from pathlib import Path
from random import Random

import pytest

from attain_compiler.model.program import Program
from attain_engine.policies import read_policy
from tests.oracle.comparison import disagreements
from tests.oracle.facts_generator import Size, random_facts

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


@cache
def program_of(name: str) -> Program:
    program = read_policy(str(POLICIES / f"{name}.attain")).program
    assert program is not None
    return program


@pytest.mark.parametrize(("name", "seed"), CASES)
def test_the_engine_and_the_interpreter_agree(name: str, seed: int) -> None:
    program = program_of(name)
    policy = program.policies[program.main]
    on = policy.force_to or max(policy.force_from or ON, ON)
    # One in three with values missing and measures given straight, the others with everything known.
    size = Size(rows=4, given=0.3, unknown=0.2) if seed % 3 == 2 else Size(rows=4)
    facts = random_facts(program, on, Random(seed), size)
    assert disagreements(program, facts, on, {}, budget=3) == []
