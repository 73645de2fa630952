"""The examples of the shipped policies, judged by the interpreter instead of the engine."""

from __future__ import annotations

from pathlib import Path

import pytest

from attain_engine.policies import read_policy
from tests.oracle.examples import failed_expectations

SHIPPED = sorted(str(path) for path in (Path(__file__).parents[2] / "policies").glob("*.attain"))


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: Path(path).stem)
def test_every_expectation_comes_out_true(path: str) -> None:
    program = read_policy(path).program
    assert program is not None
    failed = {each.id: failed_expectations(program, each) for each in program.examples.values()}
    assert {id_: numbers for id_, numbers in failed.items() if numbers} == {}
