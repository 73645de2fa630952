"""The 0/1 program has just the answer sets of the ground program for its solutions."""

from __future__ import annotations

import itertools

import clingo
import pytest

from attain_engine.solve.answer_sets import GroundProgram, Recorder
from attain_engine.solve.completion import Rows, completion

PROGRAMS = {
    "choices": "{a; b}.",
    "a fact": "a. {b}. c :- a, b.",
    "several reasons": "{a; b}. c :- a. c :- b.",
    "a body of several": "{a; b; d}. c :- a, not b, d.",
    "negation": "{a}. b :- not a. c :- not b.",
    "an allowed atom": "{a}. {b} :- a. {b} :- not a, c. {c}.",
    "an integrity constraint": "{a; b; c}. :- a, b. :- not b, not c.",
    "a sum": "{a; b; c}. d :- #sum{ 2 : a; 3 : b; 4 : c } >= 5.",
    "a sum with a negative weight": "{a; b; c}. :- #sum{ 2 : a; 3 : b; -4 : c } < 0.",
    "a sum of negations": "{a; b}. d :- #sum{ 2 : not a; 3 : not b } >= 3.",
    "two ends": "{a; b; c}. :- not 1 #sum{ 1,a : a; 1,b : b; 1,c : c } 2.",
    "the same as another": "{a}. b :- a. c :- b. :- not c.",
    "what must not hold": "{a; b}. c :- a, b. :- c.",
    "what cannot hold": "{a}. b :- a, c. {c} :- a, b, not a. :- not a, not b.",
    "no answer set": "{a}. :- a. :- not a.",
    "a fact that must not hold": "{a}. b :- a. b :- not a. :- b.",
    "a goal": "{a; b; c}. g :- a, b. g :- c. :- not g. #minimize{ 3,a : a; 1,b : b; 5,c : c }.",
    "two objectives": "{a; b}. :- not a, not b. #minimize{ 1@2,a : a; 1@2,b : b; 2@1 : a; 1@1 : not b }.",
}


def ground(text: str) -> tuple[clingo.Control, GroundProgram]:
    control = clingo.Control(["0", "--opt-mode=enum"], logger=lambda *_: None)
    recorder = Recorder()
    control.register_observer(recorder)
    control.add("base", [], text)
    control.ground([("base", [])])
    return control, recorder.program


def solutions(rows: Rows) -> dict[frozenset[str], tuple[int, ...]]:
    """The shown atoms of each solution, and what the objectives come to."""
    found = {}
    for values in itertools.product((0, 1), repeat=rows.columns):
        if any(values[column] != value for column, value in rows.fixed.items()):
            continue
        sums = [sum(weight * values[column] for column, weight in terms.items()) for terms, _, _ in rows.rows]
        ends = [(low, high) for _, low, high in rows.rows]
        if all(
            (low is None or low <= n) and (high is None or n <= high) for n, (low, high) in zip(sums, ends, strict=True)
        ):
            atoms = frozenset(name for (name, _), (column, sign) in rows.shown.items() if bool(values[column]) is sign)
            found[atoms] = tuple(
                constant + sum(weight * values[column] for column, weight in terms.items())
                for terms, constant in rows.objectives
            )
    return found


@pytest.mark.parametrize("name", PROGRAMS)
def test_each_solution_is_an_answer_set_and_costs_the_same(name: str) -> None:
    control, program = ground(PROGRAMS[name])
    facts = {str(atom.symbol) for atom in control.symbolic_atoms if atom.is_fact}
    expected: dict[frozenset[str], tuple[int, ...]] = {}

    def take(model: clingo.Model) -> None:
        expected[frozenset(set(map(str, model.symbols(atoms=True))) - facts)] = tuple(model.cost)

    control.solve(on_model=take)
    assert solutions(completion(program)) == expected


def test_a_rule_with_alternatives_in_its_head_is_refused() -> None:
    _, program = ground("a | b. {c}.")
    with pytest.raises(ValueError, match="disjunction"):
        completion(program)
