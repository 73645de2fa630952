"""The integer program of a condition: as few columns as by hand, and its best plan is the best there is."""

from __future__ import annotations

import random
from fractions import Fraction

import pytest

from attain_engine.open.conditions import Amount, Condition, Formula, conjunction, decision, disjunction, negation
from attain_engine.open.quantities import Quantity, at_least, of_amount, scale, stairs, total, weighted
from attain_engine.optimise import Choice, Problem, race, solve
from attain_engine.optimise.integer_program import integer_program
from attain_engine.optimise.order_encoding import required, to_its_top
from attain_engine.optimise.problem import OBJECTIVES
from attain_engine.optimise.reduce.reduce import reduce
from tests.optimise.test_best_plan import ORDERS, agree
from tests.seeds import of_each


def in_proportion(number: Quantity, points: int, full_at: int) -> Quantity:
    """So many points at `full_at`, in proportion below it."""
    return stairs(scale(number, Fraction(points, full_at)), high=points)


def test_points_for_each_of_a_count_are_one_column() -> None:
    choices = tuple(Choice(name, None, 10 + name, 0, 0, 0) for name in range(40))
    counts = [weighted((decision(name), 1) for name in range(start, 40, 2)) for start in (0, 1)]
    goal = at_least(total([in_proportion(each, 50, 15) for each in counts]), 70)
    condition = required(Problem(goal, choices))
    assert not isinstance(condition, bool)
    program = integer_program(condition, choices, ("cost",))
    assert program.rows.columns == len(choices) + len(counts)
    assert sorted(program.rows.ends.values()) == [(0, 15), (0, 15)]


def test_an_amount_whose_steps_are_left_out_for_clasp_is_one_column_all_the_same() -> None:
    names = range(40)
    usage = Amount("decision", "usage", 0, 600)
    counts = [weighted((decision(name), 1) for name in range(start, 40, 2)) for start in (0, 1)]
    points = [(40, 12), (20, 10)]
    parts = [in_proportion(count, *each) for count, each in zip(counts, points, strict=True)]
    parts.append(in_proportion(of_amount(usage), 15, 500))
    # Each costs something else for the other count as well, so that none is preferred to another.
    choices = [Choice(name, None, 10 + name % 7, 0, 40 - name, 0) for name in names]
    problem = Problem(at_least(total(parts), 45), (*choices, Choice("usage", usage, 0, 3, 0, 0)))
    left = reduce(required(problem), problem.choices, OBJECTIVES)
    assert sum(len(lever.values) for lever in left.levers if lever.choice.name == "usage") < 100
    assert not isinstance(left.even, bool)
    program = integer_program(left.even, [to_its_top(each) for each in left.levers], ("cost",))
    assert program.rows.columns <= len(left.levers) + 2 * len(parts)


def scored(seed: int) -> Problem:
    """Counts and an amount that give points in proportion, some of them asked for by themselves as well."""
    draw = random.Random(seed)
    names = range(7)
    amount = Amount("decision", "users", 0, 12)
    counts: list[Quantity] = [
        weighted((decision(name), draw.choice((1, 1, 2))) for name in draw.sample(names, draw.randint(3, 6)))
        for _ in range(2)
    ]
    counts.append(of_amount(amount))
    parts = [in_proportion(each, draw.choice((20, 30, 40)), draw.choice((3, 4, 7))) for each in counts]
    wanted: list[Condition] = [at_least(total(parts), draw.choice((30, 45, 60)))]
    asked = draw.choice(counts)
    bound = draw.randint(1, 4)
    wanted.append(draw.choice((at_least(asked, bound), disjunction((at_least(asked, bound), decision(0))))))
    if draw.random() < 0.5:
        wanted.append(at_least(total([*draw.sample(parts, 2), *parts]), draw.choice((40, 70))))
    choices = [Choice(name, None, draw.randint(1, 9), 0, draw.randint(0, 30), 0) for name in names]
    choices.append(Choice("users", amount, draw.choice((0, 5)), draw.randint(1, 4), 0, draw.choice((0, 7))))
    return Problem(conjunction(wanted), tuple(choices))


@of_each(range(120))
def test_the_best_plan_of_sums_of_points_is_the_best_of_all(seed: int) -> None:
    problem = scored(seed)
    objectives = ORDERS[seed % len(ORDERS)]
    alone = solve(problem, minimize=objectives, provers=("highs",), reducing=seed % 2 == 0)
    agree(problem, objectives, alone)


@of_each(range(200, 240))
def test_the_best_plan_is_found_where_there_is_too_much_to_ground(seed: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(race, "MOST_GROUNDED", 0)
    problem = scored(seed)
    outcome = solve(problem)
    agree(problem, ORDERS[0], outcome)
    assert "clasp" not in outcome.statistics


def test_levels_that_cost_multiples_leave_room_for_what_lies_between() -> None:
    """Ten units are the only level that matters, and the totals of the levels are multiples of 30: those of the program
    of sums are multiples of 3."""
    amount = Amount("decision", "x", 0, 40)
    tens = stairs(scale(of_amount(amount), Fraction(1, 10)), high=4)
    problem = Problem(at_least(tens, 3), (Choice("x", amount, 0, 3, 0, 0),))
    for provers in (("clasp",), ("highs",), ("clasp", "highs")):
        outcome = solve(problem, provers=provers)
        assert outcome.status == "proved"
        assert outcome.solution is not None
        assert dict(outcome.solution.amounts) == {"x": 30}
        assert outcome.solution.cost == 90


def starts_of(people: int, days: int) -> list[list[Formula]]:
    return [[decision((person, day)) for day in range(days)] for person in range(people)]


def each_once(starts: list[list[Formula]]) -> list[Condition]:
    return [negation(at_least(weighted((each, 1) for each in of), 2)) for of in starts]


def test_what_is_done_by_a_day_is_a_sum_where_it_is_done_once() -> None:
    starts = starts_of(6, 5)
    by_days = [
        at_least(weighted((disjunction(of[: day + 1]), 1) for of in starts), day + 1)
        for day in range(4)
    ]  # fmt: skip
    choices = tuple(Choice((person, day), None, 1, 0, 0, 0) for person in range(6) for day in range(5))
    for condition, columns in (
        (conjunction([*by_days, *each_once(starts)]), 30),
        (conjunction(by_days), 30 + 6 * 3),  # done on the first day is one choice, and so no alternatives
    ):
        wanted = required(Problem(condition, choices))
        assert not isinstance(wanted, bool)
        assert integer_program(wanted, choices, ("cost",)).rows.columns == columns


def exclusive(seed: int) -> Problem:
    """Decisions of which some exclude one another, in alternatives of those that do and others, within each other."""
    draw = random.Random(seed)
    starts = starts_of(3, 3)
    every = [each for of in starts for each in of]
    once = each_once(starts)[: draw.randint(1, 3)]

    def alternatives(depth: int) -> Condition:
        some: list[Condition] = list(draw.sample(draw.choice([*starts, every]), draw.randint(1, 3)))
        if depth:
            inner = [alternatives(depth - 1) for _ in range(draw.randint(1, 2))]
            some += [conjunction((each, draw.choice(every))) if draw.random() < 0.3 else each for each in inner]
        if draw.random() < 0.2:
            some[0] = negation(some[0])
        return disjunction(some)

    wanted: list[Condition] = [
        at_least(
            weighted((alternatives(draw.randint(0, 2)), draw.choice((1, 1, 2))) for _ in range(4)), draw.randint(2, 5)
        )
        for _ in range(draw.randint(1, 3))
    ]
    choices = [Choice((who, day), None, draw.randint(1, 9), 0, day, 0) for who in range(3) for day in range(3)]
    return Problem(conjunction((*wanted, *once)), tuple(choices))


@of_each(range(200))
def test_the_best_plan_of_what_excludes_one_another_is_the_best_of_all(seed: int) -> None:
    problem = exclusive(seed)
    objectives = ORDERS[seed % len(ORDERS)]
    agree(problem, objectives, solve(problem, minimize=objectives, provers=("highs",), reducing=seed % 2 == 0))
