"""Every shipped policy beside itself, and a sample of mutants, whose witnesses are confirmed by running them."""

from __future__ import annotations

from pathlib import Path

import pytest

from attain_compiler.model.program import Program
from attain_engine.check.examples import run_example
from attain_engine.compare import compare
from attain_engine.policies import read_policy

POLICIES = Path(__file__).parents[2] / "policies"

MUTANTS = [
    ("modern_work", "70 points  source", "71 points  source", "stricter"),
    ("modern_work", "smb         10  source S4-06", "smb         5  source S4-06", "incomparable"),
    ("enterprise_mobility_management", "silver 2, gold 4", "silver 3, gold 4", "stricter"),
]


def program(path: Path, text: str | None = None) -> Program:
    found = read_policy(str(path), text).program
    assert found is not None
    return found


@pytest.mark.parametrize("path", sorted(POLICIES.rglob("*.attain")), ids=lambda each: each.stem)
def test_a_policy_is_equivalent_to_itself(path: Path) -> None:
    found = compare(program(path), program(path))
    assert found.same


@pytest.mark.parametrize(("policy", "old", "new", "relation"), MUTANTS)
def test_a_mutant_is_told_apart_by_examples_that_pass_there_and_fail_here(
    policy: str, old: str, new: str, relation: str
) -> None:
    path = POLICIES / f"{policy}.attain"
    text = path.read_text("utf-8")
    assert old in text
    mutant = text.replace(old, new, 1)
    found = compare(program(path, text), program(path, mutant))
    designation = next(each for each in found.findings if each.kind == "designation")
    assert (designation.relation, designation.proved) == (relation, True)
    examples = "\n\n".join(each.example for finding in found.findings for each in finding.witnesses)

    def passing(of: str) -> set[bool]:
        asked = program(path, f"{of}\n\n{examples}\n")
        shown = [each for each in asked.examples.values() if " before, " in each.title]
        return {run_example(asked, each).passed for each in shown}

    assert (passing(text), passing(mutant)) == ({False}, {True})
