"""What is rewritten before it is solved means what it meant, whatever is decided."""

from __future__ import annotations

import itertools
import random
from collections.abc import Iterator
from fractions import Fraction
from typing import Any

import pytest

from attain_engine.open.conditions import (
    Amount,
    AmountAtLeast,
    Atom,
    Condition,
    Negation,
    Reaches,
    conjunction,
    decision,
    disjunction,
    either,
    negation,
    subformulas,
)
from attain_engine.open.normal_form import normal_form
from attain_engine.open.quantities import add, at_least, chosen, of_amount, scale, stairs, total, weighted
from attain_engine.open.valuation import holds, value_at
from attain_engine.optimise import Problem
from attain_engine.optimise.local_search import Evaluation
from attain_engine.optimise.order_encoding import levers, required
from attain_engine.optimise.problem import OBJECTIVES
from attain_engine.optimise.reduce.chains import implies
from attain_engine.optimise.reduce.coefficient_tightening import coarsen
from attain_engine.optimise.reduce.reduce import reduce
from attain_engine.optimise.thresholds import ladders
from tests.optimise.brute_force import Random
from tests.seeds import of_each

DECISIONS = tuple(f"decision {index}" for index in range(4))
SMALL = Amount("decision", "small", 0, 3)
LARGE = Amount("decision", "large", 0, 3)


def everything_decided(problem: Problem) -> Iterator[tuple[frozenset[Any], dict[Any, int]]]:
    """Every way to decide, of those that matter to the conditions."""
    ranges = [range((1 if choice.amount is None else choice.amount.high) + 1) for choice in problem.choices]
    for counts in itertools.product(*ranges):
        named = list(zip(problem.choices, counts, strict=True))
        made = frozenset(choice.name for choice, count in named if choice.amount is None and count)
        yield made, {choice.name: count for choice, count in named if choice.amount is not None and count}


@of_each(range(60))
def test_the_normal_form_holds_where_the_condition_does(seed: int) -> None:
    problem = Random(seed, monotone=False).problem()
    normal = normal_form(problem.required())
    assert all(
        isinstance(each.operand, (Atom, AmountAtLeast)) for each in subformulas((normal,)) if isinstance(each, Negation)
    )
    decided = list(everything_decided(problem))
    assert [holds(normal, *each) for each in decided] == [holds(problem.required(), *each) for each in decided]


def test_an_alternative_says_only_what_the_others_leave_open() -> None:
    a, b, c = map(decision, DECISIONS[:3])
    assert disjunction((a, conjunction((negation(a), b)))) is disjunction((a, b))
    assert conjunction((a, disjunction((negation(a), b)))) is conjunction((a, b))
    assert disjunction((negation(a), conjunction((a, negation(b), c)), b)) is disjunction((negation(a), b, c))
    assert either(a, True, either(b, True, c)) is disjunction((a, b, c))
    assert either(a, False, either(b, False, c)) is conjunction((negation(a), negation(b), c))


@of_each(range(200))
def test_what_is_joined_holds_where_its_parts_say(seed: int) -> None:
    draw = random.Random(seed)
    worlds = [
        dict(zip(DECISIONS, each, strict=True)) for each in itertools.product((False, True), repeat=len(DECISIONS))
    ]

    def drawn(depth: int) -> tuple[Condition, list[bool]]:
        if not depth:
            name = draw.choice(DECISIONS)
            return decision(name), [world[name] for world in worlds]
        parts = [drawn(draw.randrange(depth)) for _ in range(draw.randint(1, 3))]
        match draw.randrange(4):
            case 0:
                return negation(parts[0][0]), [not truth for truth in parts[0][1]]
            case 1:
                return conjunction(each for each, _ in parts), [
                    all(each) for each in zip(*(of for _, of in parts), strict=True)
                ]
            case _:
                return disjunction(each for each, _ in parts), [
                    any(each) for each in zip(*(of for _, of in parts), strict=True)
                ]

    condition, truth = drawn(5)
    assert [holds(condition, frozenset(name for name in world if world[name]), {}) for world in worlds] == truth


@of_each(range(60, 120))
def test_moving_levers_one_by_one_tells_what_holds(seed: int) -> None:
    problem = Random(seed, monotone=False).problem()
    condition = required(problem)
    evaluation = Evaluation(condition, levers(condition, problem.choices))
    decided = list(everything_decided(problem))
    found = []
    for made, amounts in decided:
        evaluation.use({**dict.fromkeys(made, 1), **amounts})
        found.append(evaluation.holds)
    assert found == [holds(condition, *each) for each in decided]


@of_each(range(60, 120))
def test_levers_that_begin_at_a_step_are_as_if_moved_there(seed: int) -> None:
    problem = Random(seed, monotone=False).problem()
    condition = required(problem)
    used = levers(condition, problem.choices)
    tops = [len(each.values) for each in used]
    evaluation = Evaluation(condition, used, tops)
    assert evaluation.holds is holds(condition, *in_full(evaluation))
    for index, top in enumerate(tops):  # moved back and forth again it says the same
        evaluation.move(index, 0)
        assert evaluation.holds is holds(condition, *in_full(evaluation))
        evaluation.move(index, top)
    assert evaluation.holds is holds(condition, *in_full(evaluation))


def in_full(evaluation: Evaluation) -> tuple[set[object], dict[object, int]]:
    """What the levers make, decisions and amounts apart."""
    units = evaluation.units()
    decided = {each.choice.name for each in evaluation.levers if each.choice.amount is None}
    return units.keys() & decided, {name: count for name, count in units.items() if name not in decided}


@pytest.mark.parametrize("monotone", [True, False])
@of_each(range(120, 200))
def test_a_coarser_condition_holds_where_the_condition_does(seed: int, monotone: bool) -> None:
    problem = Random(seed, monotone=monotone).problem()
    normal = normal_form(problem.required())
    decided = list(everything_decided(problem))
    assert [holds(coarsen(normal), *each) for each in decided] == [holds(normal, *each) for each in decided]


@of_each(range(200, 260))
def test_what_is_left_of_a_problem_holds_alike_with_even_steps(seed: int) -> None:
    problem = Random(seed, monotone=False).problem()
    left = reduce(required(problem), problem.choices, OBJECTIVES, problem.budget)
    used = {lever.choice.name for lever in left.levers}
    for made, amounts in everything_decided(problem):
        within = made & used, {name: units for name, units in amounts.items() if name in used}
        assert holds(left.even, *within) == holds(left.condition, *within)


def test_alternatives_that_ask_for_more_of_the_same_are_left_out() -> None:
    atoms = [decision(name) for name in DECISIONS]
    count = weighted((each, 1) for each in atoms)
    levels = [at_least(of_amount(SMALL), least) for least in (1, 2, 3)]
    assert coarsen(disjunction(levels)) is levels[0]
    assert coarsen(conjunction(levels)) is levels[2]
    assert coarsen(disjunction(at_least(count, bound) for bound in (2, 3, 4))) is at_least(count, 2)
    assert coarsen(disjunction(at_least(count, bound) for bound in (1, 2, 3))) is disjunction(atoms)
    assert coarsen(conjunction(at_least(count, bound) for bound in (2, 3, 4))) is conjunction(atoms)


@pytest.mark.parametrize("never", range(3), ids=["least", "middle", "greatest"])
def test_a_number_of_which_one_case_cannot_be_is_one_of_the_others(never: int) -> None:
    # That the third condition holds of nothing is seen by no simplification; that the other two leave nothing out is.
    first, *rest = (decision(name) for name in DECISIONS)
    count = weighted((each, 1) for each in rest)
    impossible = conjunction(
        (negation(at_least(count, 2)), disjunction(map(conjunction, itertools.combinations(rest, 2))))
    )
    assert not isinstance(impossible, bool)
    values = [Fraction(1), Fraction(3001, 1000), Fraction(700)]
    of_never = values.pop(never)
    number = chosen([(first, values[0]), (impossible, of_never), (negation(first), values[1])])
    for made in itertools.chain.from_iterable(itertools.combinations(DECISIONS, size) for size in range(5)):
        assert value_at(number, made, {}) == values[0 if DECISIONS[0] in made else 1]


FINE = Amount("decision", "fine", 0, 60)
COARSE = Amount("decision", "coarse", 0, 5)


@pytest.mark.parametrize("bound", [1, 5, Fraction(17, 2), 10, 13, 20, Fraction(101, 5)])
@pytest.mark.parametrize("unit", [Fraction(1, 4), Fraction(2, 15), Fraction(3, 100)])
@pytest.mark.parametrize("floor", [0, 20])
def test_a_sum_without_its_idle_steps_holds_where_it_did(bound: Fraction, unit: Fraction, floor: int) -> None:
    fine = stairs(scale(add(of_amount(FINE), -floor), unit), low=0, high=8)
    condition = at_least(
        total([fine, scale(of_amount(COARSE), 2), weighted([(decision("big"), 5), (decision("small"), 1)])]), bound
    )
    coarser = coarsen(condition)
    cases = [
        (frozenset(made), {"fine": fine_units, "coarse": coarse_units})
        for made in ((), ("big",), ("small",), ("big", "small"))
        for fine_units in range(61)
        for coarse_units in range(6)
    ]
    assert [holds(coarser, *each) for each in cases] == [holds(condition, *each) for each in cases]


def test_of_two_thousand_fine_steps_those_stay_that_complete_the_bound() -> None:
    customers = Amount("decision", "customers", 0, 100)
    users = Amount("decision", "users", 0, 20_000)
    points = total(
        [
            Fraction(55, 2),
            stairs(scale(add(of_amount(customers), -59), 2), low=0, high=20),
            stairs(scale(add(of_amount(users), -3599), Fraction(15, 1000)), low=0, high=30),
        ]
    )
    condition = at_least(points, 70)
    assert sum(isinstance(each, AmountAtLeast) for each in subformulas((condition,))) > 2000
    assert sum(isinstance(each, AmountAtLeast) for each in subformulas((coarsen(condition),))) < 30


def simple_conditions() -> list[Condition]:
    atoms = [decision(name) for name in DECISIONS]
    levels = [at_least(of_amount(amount), least) for amount in (SMALL, LARGE) for least in (1, 2, 3)]
    pairs = [disjunction(atoms[:2]), conjunction(atoms[:2]), disjunction((levels[0], levels[4]))]
    pairs += [disjunction((levels[1], levels[5])), conjunction((levels[0], levels[3]))]
    counts = [at_least(weighted((each, 1) for each in atoms), bound) for bound in (1, 2, 3, 4)]
    weighed = [
        at_least(weighted(zip(atoms, weights, strict=True)), bound)
        for weights in ((1, 2, 3, 4), (2, 2, 3, 5))
        for bound in (1, 3, 4, 5, 7)
    ]
    people = [at_least(weighted([(disjunction(atoms[:2]), 1), (atoms[2], 1), (atoms[3], 1)]), n) for n in (1, 2, 3)]
    found = [*atoms, *levels, *pairs, *counts, *weighed, *people]
    return [*found, *(normal_form(conjunction((each,))) for each in found)]


def consequence(strong: Condition, weak: Condition) -> bool:
    """Whether one condition implies another, by trying everything."""
    return all(
        holds(weak, frozenset(made), {"small": small, "large": large})
        for size in range(5)
        for made in itertools.combinations(DECISIONS, size)
        for small in range(4)
        for large in range(4)
        if holds(strong, frozenset(made), {"small": small, "large": large})
    )


@pytest.mark.parametrize("place", range(len(simple_conditions())))
def test_what_is_seen_to_imply_another_formula_does(place: int) -> None:
    conditions = simple_conditions()
    seen = [weak for weak in conditions if implies(conditions[place], weak)]  # type: ignore[arg-type]
    assert conditions[place] in seen
    assert all(consequence(conditions[place], weak) for weak in seen)


def test_the_levels_of_a_count_are_one_ladder() -> None:
    people = [disjunction((decision((person, 1)), decision((person, 2)))) for person in range(5)]
    count = weighted((each, 1) for each in people)
    levels = [at_least(count, bound) for bound in (1, 2, 3, 4)]
    (ladder,) = ladders(subformulas(levels))
    assert [bound for _, bound in ladder.rungs] == [1, 2, 3, 4]
    assert [formula for formula, _ in ladder.rungs] == levels


def test_sums_with_other_weights_are_other_ladders() -> None:
    atoms = [decision(index) for index in range(4)]
    one = at_least(weighted(zip(atoms, (2, 3, 4, 5), strict=True)), 7)
    other = at_least(weighted(zip(atoms, (5, 4, 3, 2), strict=True)), 9)
    assert isinstance(one, Reaches)
    assert isinstance(other, Reaches)
    assert len(ladders((one, other))) == 2


def test_alternatives_that_are_a_term_of_a_sum_are_no_rung_of_it() -> None:
    first, second = decision("first"), decision("second")
    either = disjunction((first, second, conjunction((first, second))))
    condition = at_least(weighted([(first, 1), (either, 2)]), 2)
    (ladder,) = ladders(subformulas((condition,)))
    assert [formula for formula, _ in ladder.rungs] == [condition]
