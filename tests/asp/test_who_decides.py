"""Clingo decides: where its answers are replaced, nothing is answered any more, in any shipped policy."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from functools import cache
from pathlib import Path

import pytest

from attain_compiler.asp.rules import Atom, Number
from attain_compiler.model.program import Example, Program
from attain_engine.api import load_facts, load_policy
from attain_engine.assess import assess
from attain_engine.check.examples import run_example
from attain_engine.rules import decide as rules
from attain_engine.rules.decide import Disagreement

POLICIES = Path(__file__).parent.parent.parent / "policies"
NAMES = sorted(path.stem for path in POLICIES.glob("*.attain"))
Answer = tuple[frozenset[Atom], int]


@cache
def policy(name: str) -> Program:
    return load_policy(POLICIES / f"{name}.attain")


def nothing(_: str) -> Answer:
    """As a solver that is not there: no atom holds."""
    return frozenset(), 0


def notices(program: Program, example: Example) -> bool:
    try:
        run_example(program, example)
    except Disagreement:
        return True
    return False


def flipped(decided: Callable[[str], Answer], asked: int) -> Callable[[str], Answer]:
    """The conditions that hold are said not to hold, and the others to hold; nothing is said to be open."""

    def answer(text: str) -> Answer:
        atoms, size = decided(text)
        held = {atom for atom in atoms if atom.predicate == "holds" and len(atom.arguments) == 1}
        others = frozenset(
            atom
            for number in range(asked)
            if (atom := Atom("holds", (Number(number),))) not in held
            and Atom("open_asked", atom.arguments) not in atoms
        )
        return (atoms - held) | others, size

    return answer


WITH_EXAMPLES = [name for name in NAMES if any(each.partition(".")[0] == name for each in policy(name).examples)]


@pytest.mark.parametrize("name", WITH_EXAMPLES)
@pytest.mark.parametrize("how", ["nothing", "flipped"])
def test_an_example_notices_an_answer_that_is_replaced(name: str, how: str, monkeypatch: pytest.MonkeyPatch) -> None:
    program = policy(name)
    asked = sum(len(each.expectations) for each in program.examples.values())
    monkeypatch.setattr(rules, "answer_set", nothing if how == "nothing" else flipped(rules.answer_set, asked))
    own = [each for each in program.examples.values() if each.id.partition(".")[0] == name]
    assert any(notices(program, each) for each in own)


def test_an_assessment_notices_that_nothing_was_decided(monkeypatch: pytest.MonkeyPatch) -> None:
    program = policy("modern_work")
    facts = load_facts(program, POLICIES / "facts" / "dashboard.json")
    monkeypatch.setattr(rules, "answer_set", nothing)
    with pytest.raises(Disagreement):
        assess(program, facts, datetime.date(2024, 6, 30))
