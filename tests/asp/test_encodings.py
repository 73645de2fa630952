"""Each encoding by itself, on a few facts."""

from __future__ import annotations

from itertools import combinations

import pytest

from attain_compiler.asp import Argument, Fact, Program
from attain_engine.solve.answer_sets import Grounded, Shown


def program(encodings: tuple[str, ...], *facts: tuple[str, *tuple[Argument, ...]]) -> Program:
    return Program(tuple(Fact(name, tuple(arguments)) for name, *arguments in facts), encodings)


def answers(made: Program, predicate: str) -> set[frozenset[tuple[Argument, ...]]]:
    """The atoms of a predicate in each answer set."""
    found: set[frozenset[Shown]] = set()
    with Grounded(made, ("0", "--opt-mode=ignore")).start(found.add) as search:
        search.wait(None)
    return {frozenset(arguments for name, arguments in answer if name == predicate) for answer in found}


def best(made: Program, predicate: str) -> frozenset[tuple[Argument, ...]] | None:
    found = Grounded(made).first()
    return None if found is None else frozenset(arguments for name, arguments in found if name == predicate)


def test_a_lever_is_at_a_step_only_above_the_steps_below_it() -> None:
    made = program(("choices",), ("step", 7, 1), ("step", 7, 2), ("step", 7, 3))
    assert answers(made, "taken") == {
        frozenset(),
        frozenset({(7, 1)}),
        frozenset({(7, 1), (7, 2)}),
        frozenset({(7, 1), (7, 2), (7, 3)}),
    }


LEAVES = (
    *(("step", lever, 1) for lever in range(3)),
    *(("literal", lever, lever, 1, "pos") for lever in range(3)),
)


def test_a_conjunction_that_is_required_has_all_its_operands() -> None:
    made = program(
        ("choices", "truth", "plan"), *LEAVES, ("conjunction", 9), ("operand", 9, 0), ("operand", 9, 2), ("required", 9)
    )
    assert answers(made, "taken") == {frozenset({(0, 1), (2, 1)}), frozenset({(0, 1), (1, 1), (2, 1)})}


def test_a_disjunction_that_is_required_has_one_of_its_operands() -> None:
    made = program(
        ("choices", "truth", "plan"), *LEAVES, ("disjunction", 9), ("operand", 9, 0), ("operand", 9, 2), ("required", 9)
    )
    assert frozenset() not in answers(made, "taken")
    assert frozenset({(1, 1)}) not in answers(made, "taken")
    assert len(answers(made, "taken")) == 6


def test_a_negated_literal_holds_where_the_lever_is_not_used() -> None:
    made = program(("choices", "truth", "plan"), ("step", 0, 1), ("literal", 5, 0, 1, "neg"), ("required", 5))
    assert answers(made, "taken") == {frozenset()}


@pytest.mark.parametrize("required", [8, 9])
def test_a_rung_holds_where_the_sum_reaches_its_bound(required: int) -> None:
    weights = {0: 2, 1: 3, 2: 4}
    bounds = {8: 4, 9: 7}
    made = program(
        ("choices", "truth", "plan"),
        *LEAVES,
        ("ladder", 0),
        *(("addend", 0, formula, weight) for formula, weight in weights.items()),
        ("rung", 0, 8, 4),
        ("rung", 0, 9, 3),
        ("above", 9, 8),
        ("required", required),
    )
    assert answers(made, "taken") == {
        frozenset((lever, 1) for lever in chosen)
        for size in range(4)
        for chosen in combinations(weights, size)
        if sum(weights[lever] for lever in chosen) >= bounds[required]
    }


def test_objectives_count_in_the_order_of_their_priority() -> None:
    facts = (
        *LEAVES,
        ("disjunction", 9),
        *(("operand", 9, lever) for lever in range(3)),
        ("required", 9),
        *(("weighs", "cost", lever, 1, cost) for lever, cost in enumerate((5, 3, 3))),
        *(("weighs", "changes", lever, 1, count) for lever, count in enumerate((1, 2, 4))),
    )
    encodings = ("choices", "truth", "plan", "objective")
    first = program(encodings, *facts, ("priority", "cost", 2), ("priority", "changes", 1))
    second = program(encodings, *facts, ("priority", "changes", 2), ("priority", "cost", 1))
    assert best(first, "taken") == {(1, 1)}
    assert best(second, "taken") == {(0, 1)}


def test_the_time_of_a_plan_is_that_of_its_longest_step() -> None:
    # lever 0 takes 20 days, the levers 1 and 2 take 10 each: both of these are sooner done than the first
    facts = (
        *LEAVES,
        ("conjunction", 8),
        ("operand", 8, 1),
        ("operand", 8, 2),
        ("disjunction", 9),
        ("operand", 9, 0),
        ("operand", 9, 8),
        ("required", 9),
        ("priority", "time", 1),
        ("longer", 1, 10),
        ("longer", 2, 10),
        ("lasts", 0, 1, 2),
        ("lasts", 1, 1, 1),
        ("lasts", 2, 1, 1),
    )
    assert best(program(("choices", "truth", "plan", "objective"), *facts), "taken") == {(1, 1), (2, 1)}


def test_a_group_is_used_only_after_the_one_before_it() -> None:
    made = program(
        ("choices", "symmetry"),
        *(("step", lever, 1) for lever in range(3)),
        ("member", 0, 0),
        ("member", 0, 1),
        ("member", 1, 2),
        ("after", 1, 0),
    )
    every = {frozenset((lever, 1) for lever in chosen) for size in range(4) for chosen in combinations(range(3), size)}
    assert answers(made, "taken") == every - {frozenset({(2, 1)})}


def test_as_few_wishes_as_can_be_are_dropped() -> None:
    made = program(
        ("choices", "truth", "corrections"),
        ("step", 0, 1),
        ("literal", 0, 0, 1, "pos"),
        ("literal", 1, 0, 1, "neg"),
        ("wish", 0, 0),
        ("wish", 1, 1),
        ("droppable", 1),
    )
    assert best(made, "kept") == {(0,)}
