"""Larger plans: what they must come to is known by hand, or from a 0/1 program that is written independently."""

from __future__ import annotations

import random
from dataclasses import dataclass
from fractions import Fraction

import pytest

from attain_engine.open.conditions import Amount, Condition, conjunction, decision, disjunction
from attain_engine.open.quantities import Quantity, add, at_least, of_amount, scale, stairs, total, weighted
from attain_engine.optimise import Choice, Problem, solve


def test_a_fine_lever_beside_a_coarse_one() -> None:
    """27.5 points are there, 70 are needed. 6 customers give 12 points, and the users the other 30.5: 5499 of them."""
    customers = Amount("decision", "customers", 0, 100)
    users = Amount("decision", "users", 0, 20_000)
    won = stairs(scale(add(of_amount(customers), -59), 2), low=0, high=20)
    grown = stairs(scale(add(of_amount(users), -3599), Fraction(15, 1000)), low=0, high=30)
    problem = Problem(
        conjunction((at_least(total([Fraction(55, 2), won, grown]), 70), at_least(won, Fraction(1, 100)))),
        (
            Choice("customers", customers, 0, Fraction(134_567, 1000), 90, 0),
            Choice("users", users, 0, 1, 60, 0),
        ),
    )
    outcome = solve(problem)
    assert outcome.status == "proved"
    assert outcome.solution is not None
    assert outcome.solution.amounts == {"customers": 66, "users": 5499}


@dataclass(frozen=True)
class Organisation:
    """People with the price of each certificate they lack (0 to 3 intermediate, 4 to 6 advanced), customers with the
    price of winning them and of a deployment, a price for each 10 users more."""

    certificates: dict[tuple[int, int], int]
    held: set[tuple[int, int]]
    people: int
    win: tuple[int, ...]
    deploy: tuple[int, ...]
    grow: int


INTERMEDIATE, ADVANCED = range(4), range(4, 7)


def organisation(seed: int) -> Organisation:
    draw = random.Random(seed)
    people, customers = 40, 60
    held = {(person, each) for person in range(people) for each in range(7) if draw.random() < 0.05}
    prices = {
        (person, each): 165 + (100 if each in ADVANCED else 0) + draw.choice((0, 0, 0, 20, 40))
        for person in range(people)
        for each in range(7)
        if (person, each) not in held
    }
    win = tuple(draw.randint(20, 90) * 10 for _ in range(customers))
    deploy = tuple(draw.randint(5, 30) * 10 for _ in range(customers))
    return Organisation(prices, held, people, win, deploy, draw.randint(3, 8))


def problem_of(found: Organisation) -> Problem:
    choices: list[Choice] = []

    def choice(name: tuple[object, ...], cost: int, days: int) -> Condition:
        choices.append(Choice(name, None, cost, 0, days, 0))
        return decision(name)

    exams = {key: choice(("certify", *key), price, 30 + 5 * (key[0] % 4)) for key, price in found.certificates.items()}

    def certified(certificates: range) -> Quantity:
        return weighted(
            (disjunction((person, each) in found.held or exams[person, each] for each in certificates), 1)
            for person in range(found.people)
        )

    won = weighted((choice(("win", x), price, 90), 1) for x, price in enumerate(found.win))
    deployed = weighted((choice(("deploy", x), price, 30), 1) for x, price in enumerate(found.deploy))
    users = Amount("decision", "users", 0, 300)
    choices.append(Choice("users", users, 0, found.grow, 60, 0))
    parts = [
        stairs(scale(won, 2), high=20),
        stairs(scale(certified(INTERMEDIATE), Fraction(20, 12)), high=20),
        stairs(scale(certified(ADVANCED), Fraction(20, 8)), high=20),
        stairs(scale(of_amount(users), Fraction(15, 200)), high=15),
        stairs(scale(deployed, Fraction(25, 20)), high=25),
    ]
    goal = conjunction([at_least(total(parts), 70), *(at_least(part, Fraction(1, 100)) for part in parts)])
    return Problem(goal, tuple(choices))


def least_cost(found: Organisation) -> int:
    """By a 0/1 program of its own: points of each part, in 120ths, no more than its cap and its count allow."""
    import highspy

    model = highspy.Highs()
    model.setOptionValue("output_flag", False)
    model.setOptionValue("mip_rel_gap", 0.0)
    model.setOptionValue("mip_abs_gap", 0.5)
    exams = {key: model.addBinary(obj=price) for key, price in found.certificates.items()}
    win = [model.addBinary(obj=price) for price in found.win]
    deploy = [model.addBinary(obj=price) for price in found.deploy]
    users = model.addIntegral(0, 300, obj=found.grow)
    counts = [(sum(win), 240, 2400), (sum(deploy), 150, 3000), (users, 9, 1800)]
    for certificates, each_gives in ((INTERMEDIATE, 200), (ADVANCED, 300)):
        persons = []
        for person in range(found.people):
            counted = model.addBinary()
            if not any((person, each) in found.held for each in certificates):
                model.addConstr(counted <= sum(exams[person, each] for each in certificates))
            persons.append(counted)
        counts.append((sum(persons), each_gives, 2400))
    points = []
    for count, each_gives, most in counts:
        part = model.addVariable(0, most)
        model.addConstr(part <= each_gives * count)
        model.addConstr(count >= 1)
        points.append(part)
    model.addConstr(sum(points) >= 8400)
    model.run()
    return round(model.getInfo().objective_function_value)


@pytest.mark.parametrize("seed", range(4))
def test_forty_people_and_sixty_customers_cost_what_a_hand_written_program_says(seed: int) -> None:
    found = organisation(seed)
    outcome = solve(problem_of(found))
    assert outcome.status == "proved"
    assert outcome.solution is not None
    assert outcome.solution.cost == least_cost(found)
