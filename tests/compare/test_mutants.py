"""Mutants of a small policy: what is said to be equivalent is decided alike on random facts, and what is told apart by
an example is."""

from __future__ import annotations

from pathlib import Path

import pytest

from attain_compiler.model.program import Program
from attain_compiler.source import SourceFile
from attain_engine.check.examples import run_example
from attain_engine.check.mutate import Mutant, mutants
from attain_engine.compare import compare
from attain_engine.policies import read_policy
from tests.compare.agreement import disagreements

FUND = (Path(__file__).parent / "fund.attain").read_text("utf-8")
GUILD = (Path(__file__).parent / "guild.attain").read_text("utf-8")
SAMPLE = [
    (text, each)
    for text in (FUND, GUILD)
    for each in mutants(SourceFile("fund.attain", text))[::9]
    if not each.line.startswith("measure ")
]
"""Without bounds of measures: a value outside those of one edition is told of the facts, not of what rests on it."""


def program(text: str) -> Program | None:
    return read_policy("fund.attain", text).program


@pytest.mark.parametrize(
    ("text", "mutant"),
    SAMPLE,
    ids=lambda each: f"{each.offset} {each.change.strip()}"[:50] if isinstance(each, Mutant) else each.split()[1],
)
def test_what_is_equivalent_is_decided_alike_and_what_is_not_is_shown(text: str, mutant: Mutant) -> None:
    mutated = mutant.applied_to(text)
    base, head = program(text), program(mutated)
    if base is None or head is None:
        return
    found = compare(base, head)
    assert not list(disagreements(base, head, found, 40, mutant.offset))
    examples = "\n\n".join(each.example for finding in found.findings for each in finding.witnesses)
    if examples:
        old, new = program(f"{text}\n\n{examples}\n"), program(f"{mutated}\n\n{examples}\n")
        assert old is not None
        assert new is not None
        assert not any(run_example(old, each).passed for each in old.examples.values())
        assert all(run_example(new, each).passed for each in new.examples.values())


def test_facts_that_differ_are_noticed_where_a_comparison_is_wrong() -> None:
    base, head = program(FUND), program(FUND.replace("  60 points", "  61 points"))
    assert base is not None
    assert head is not None
    assert list(disagreements(base, head, compare(base, base), 200, 1))
