"""Two independent readings of a policy, clingo's of the compiled rules and the evaluator's, come to the same; on
complete facts so does the oracle's interpreter.

2,000 small random policies and facts; `make compare-rules N=100000` tries more. ATTAIN_ORACLE_SEEDS sets how many large
random policies of each kind are tried beside them.
"""

from __future__ import annotations

import datetime
import os
from random import Random

import pytest

from attain_engine.evaluate import EvaluationProblem
from attain_engine.rules.decide import decide
from tests.asp.agreement import disagreements
from tests.asp.many_cases import FACTS_OF_A_POLICY, cases
from tests.asp.shipped import PAIRS, day, facts, policy
from tests.oracle.compiled import compiled
from tests.oracle.facts_generator import Size, random_facts
from tests.oracle.policy_generator import random_policy

ON = datetime.date(2023, 6, 30)
POLICIES = 105
AT_ONCE = 7
SEEDS = range(int(os.environ.get("ATTAIN_ORACLE_SEEDS", "8")))


@pytest.mark.parametrize(("name", "organisation"), PAIRS)
def test_a_shipped_policy_on_a_shipped_organisation(name: str, organisation: str) -> None:
    assert disagreements(policy(name), facts(name, organisation), day(name, organisation)) == []


@pytest.mark.parametrize(("name", "organisation"), PAIRS)
def test_a_grounding_stays_small(name: str, organisation: str) -> None:
    assert decide(policy(name), facts(name, organisation), day(name, organisation)).atoms <= 50_000


def random_disagreements(seed: int, size: Size, *, unpublished: bool = False) -> list[str]:
    """Of one random policy on random facts; nothing where the policy has no answer for them."""
    rng = Random(seed)
    program = compiled(random_policy(rng, unpublished=unpublished))
    try:
        return disagreements(program, random_facts(program, ON, rng, size), ON)
    except EvaluationProblem:
        return []


@pytest.mark.parametrize("seed", SEEDS)
def test_random_policies_on_complete_facts(seed: int) -> None:
    assert random_disagreements(seed, Size(given=0.2)) == []


@pytest.mark.parametrize("seed", SEEDS)
def test_random_policies_where_fields_and_figures_are_unknown(seed: int) -> None:
    assert random_disagreements(seed, Size(unknown=0.5), unpublished=True) == []


@pytest.mark.parametrize("seed", SEEDS)
def test_random_policies_where_tables_are_not_given(seed: int) -> None:
    assert random_disagreements(seed, Size(absent=0.3, given=0.5)) == []


@pytest.mark.parametrize("first", range(0, POLICIES, AT_ONCE))
def test_small_random_policies_each_on_many_organisations(first: int) -> None:
    """2,100 cases in all; of a few the policy has no answer."""
    tried = [each for seed in range(first, first + AT_ONCE) for each in cases(seed)]
    assert len(tried) > AT_ONCE * FACTS_OF_A_POLICY * 0.8
    assert {name: found for name, found in tried if found} == {}


def test_a_case_in_which_the_readings_differed() -> None:
    """A name that was taken back with a score without a rule form was given twice."""
    assert {name: found for name, found in cases(1066) if found} == {}
