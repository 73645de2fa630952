"""Two independent readings of a policy, clingo's of the compiled rules and the evaluator's, come to the same."""

from __future__ import annotations

import datetime
import os
from random import Random

import pytest

from attain_engine.evaluate import EvaluationProblem
from attain_engine.rules.decide import decide
from tests.asp.agreement import disagreements, example_disagreements
from tests.asp.shipped import NAMES, PAIRS, day, facts, policy
from tests.oracle.compiled import compiled
from tests.oracle.facts_generator import Size, random_facts
from tests.oracle.policy_generator import random_policy

ON = datetime.date(2023, 6, 30)
SEEDS = range(int(os.environ.get("ATTAIN_ORACLE_SEEDS", "40")))


@pytest.mark.parametrize(("name", "organisation"), PAIRS)
def test_a_shipped_policy_on_a_shipped_organisation(name: str, organisation: str) -> None:
    assert disagreements(policy(name), facts(name, organisation), day(name, organisation)) == []


@pytest.mark.parametrize(("name", "organisation"), PAIRS)
def test_a_grounding_stays_small(name: str, organisation: str) -> None:
    assert decide(policy(name), facts(name, organisation), day(name, organisation)).atoms <= 50_000


@pytest.mark.parametrize("name", [name for name in NAMES if policy(name).examples])
def test_the_examples_of_a_shipped_policy(name: str) -> None:
    assert example_disagreements(policy(name)) == []


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
