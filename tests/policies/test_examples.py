"""The examples of every policy but Modern Work, which has tests of its own, come true."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest
from tests.seeds import of_each

from attain_compiler.diagnostics.model import Severity
from attain_compiler.model.program import Example, Program
from attain_engine.check.examples import run_example
from attain_engine.policies import read_policy

POLICIES = Path(__file__).parents[2] / "policies"
WITH_EXAMPLES = (
    "cloud_competencies_examples",
    "competencies_boundary_examples",
    "employment_lawyer_examples",
    "federal_skilled_worker_examples",
    "leed_new_construction_examples",
    "life_project_examples",
    "other_competencies_examples",
    "partner_contribution_indicators_examples",
    "pci_boundary_examples",
    "pci_metrics_examples",
    "pci_people_examples",
    "renewal_examples",
    "small_midmarket_examples",
)
OTHERS = sorted(path.stem for path in POLICIES.glob("*.attain") if not path.stem.startswith("modern_work"))


@cache
def compiled(policy: str) -> Program:
    read = read_policy(str(POLICIES / f"{policy}.attain"))
    assert read.program is not None, read.diagnostics
    return read.program


def examples() -> list[tuple[str, Example]]:
    return [(policy, example) for policy in WITH_EXAMPLES for example in compiled(policy).examples.values()]


@of_each(examples(), "example")
def test_the_examples_come_true(example: tuple[str, Example]) -> None:
    policy, of_it = example
    assert run_example(compiled(policy), of_it).failures == ()


@pytest.mark.parametrize("policy", OTHERS)
def test_the_policy_compiles_without_a_mistake_or_a_doubt(policy: str) -> None:
    diagnostics = read_policy(str(POLICIES / f"{policy}.attain")).diagnostics
    assert [each for each in diagnostics if each.severity is not Severity.NOTE] == []
