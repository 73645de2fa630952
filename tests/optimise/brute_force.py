"""Small random planning problems, and their best plan by trying everything."""

from __future__ import annotations

import itertools
import random
from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction

from attain_engine.open.conditions import (
    Amount,
    Condition,
    conjunction,
    decision,
    disjunction,
    either,
    negation,
)
from attain_engine.open.quantities import Quantity, add, at_least, extreme, of_amount, scale, stairs, times, weighted
from attain_engine.open.valuation import holds
from attain_engine.optimise import Choice, Problem, Solution
from attain_engine.optimise.problem import OBJECTIVES, Objective, solution


def best(problem: Problem, objectives: tuple[Objective, ...] = OBJECTIVES) -> Solution | None:
    """A plan with the least totals, in the order of the objectives; None if there is no plan."""
    found = None
    for plan in plans(problem):
        if found is None or totals(plan, objectives) < totals(found, objectives):
            found = plan
    return found


def plans(problem: Problem) -> Iterator[Solution]:
    """Every plan that holds."""
    ranges = [range((1 if choice.amount is None else choice.amount.high) + 1) for choice in problem.choices]
    conditions = (problem.goal, *problem.constraints)
    for counts in itertools.product(*ranges):
        plan = solution(problem.choices, {choice.name: n for choice, n in zip(problem.choices, counts, strict=True)})
        if plan.affordable(problem) and all(holds(each, plan.made, dict(plan.amounts)) for each in conditions):
            yield plan


def totals(plan: Solution, objectives: tuple[Objective, ...]) -> tuple[Fraction, ...]:
    return tuple(Fraction(plan.total(objective)) for objective in objectives)


class Random:
    """A problem drawn from a seed: `monotone` leaves out negations and either-or; alike choices are common."""

    def __init__(self, seed: int, *, monotone: bool) -> None:
        self.draw = random.Random(seed)
        self.monotone = monotone
        self.names = [f"choice {index}" for index in range(self.draw.randint(2, 7))]
        self.amounts = [
            Amount("decision", f"amount {index}", 0, self.draw.randint(1, 5))
            for index in range(self.draw.randint(0, 2))
        ]

    def problem(self) -> Problem:
        """Goal, choices and now and then constraints."""
        constraints = tuple(self.condition(2) for _ in range(self.draw.choice((0, 0, 1, 2))))
        if self.draw.random() < 0.2 and not self.monotone:
            first, second = self.draw.sample(self.names, 2)
            constraints += (negation(conjunction((decision(first), decision(second)))),)
        return Problem(self.condition(3), self.choices(), constraints)

    def limited(self) -> Problem:
        """A problem with limits: on the cost, the days, how many choices, how much of an amount if any."""
        draw = self.draw
        problem = self.problem()
        limits: list[Condition] = []
        if draw.random() < 0.4:
            limits.append(negation(at_least(weighted((decision(name), 1) for name in self.names), draw.randint(2, 4))))
        if draw.random() < 0.3:
            chosen = [(decision(name), draw.randint(1, 4)) for name in self.names]
            limits.append(negation(at_least(weighted(chosen), draw.randint(3, 8))))
        for amount in self.amounts:
            some, enough = (at_least(of_amount(amount), least) for least in (1, draw.randint(1, 3)))
            if draw.random() < 0.4:
                limits.append(negation(conjunction((some, negation(enough)))))
            if draw.random() < 0.3:
                limits.append(negation(at_least(of_amount(amount), draw.randint(1, amount.high))))
        if draw.random() < 0.2:
            limits.append(negation(decision(self.names[0])))
        return replace(
            problem,
            constraints=(*problem.constraints, *limits),
            budget=draw.choice((None, None, Fraction(19, 2), 14, 6)),
            within=draw.choice((None, None, 10, 7, 0)),
        )

    def choices(self) -> tuple[Choice, ...]:
        kinds = [self.kind() for _ in range(self.draw.randint(1, 4))]
        yes_or_no = [Choice(name, None, *self.draw.choice(kinds)) for name in self.names]
        return (*yes_or_no, *(Choice(amount.name, amount, *self.draw.choice(kinds)) for amount in self.amounts))

    def kind(self) -> tuple[Fraction | int, Fraction | int, int, int, int]:
        draw = self.draw
        once = draw.choice((0, 1, 2, Fraction(7, 2), Fraction(13, 3), 10))
        each = draw.choice((0, 1, Fraction(1, 2), 3))
        return once, each, draw.choice((0, 5, 10)), draw.choice((0, 1)), draw.choice((1, 1, 1, 0, 2))

    def condition(self, depth: int) -> Condition:
        draw = self.draw
        kind = draw.choice(("all", "any", "sum", "sum", "count", "count", "not", "either", "alike", "score"))
        if depth == 0 or (self.monotone and kind in ("not", "either")):
            return self.leaf()
        if kind == "not":
            return negation(self.condition(depth - 1))
        if kind == "either":
            return either(self.condition(depth - 1), self.condition(depth - 1), self.condition(depth - 1))
        if kind in ("all", "any"):
            join = conjunction if kind == "all" else disjunction
            return join([self.condition(depth - 1) for _ in range(draw.randint(2, 3))])
        if kind == "count":
            chosen = draw.sample(self.names, draw.randint(2, len(self.names)))
            return at_least(weighted((decision(name), 1) for name in chosen), draw.randint(1, len(chosen)))
        if kind == "alike":
            return at_least(weighted((pair, 1) for pair in self.pairs()), draw.randint(1, 2))
        if kind == "score":
            return at_least(self.score(), draw.choice((5, 10, Fraction(40, 3), 17)))
        items = [(self.condition(depth - 1), Fraction(draw.randint(1, 9), draw.choice((1, 1, 2, 3)))) for _ in range(4)]
        number: Quantity = weighted(items)
        for amount in self.amounts:
            if draw.random() < 0.5:
                number = add(number, scale(of_amount(amount), draw.choice((1, 2, Fraction(1, 2)))))
        if not self.monotone and draw.random() < 0.3:
            number = scale(number, -1)
            return at_least(number, -draw.randint(1, 12))
        return at_least(number, draw.randint(1, 14))

    def pairs(self) -> list[Condition]:
        """People who have one of two certificates each."""
        return [
            disjunction((decision(first), decision(second)))
            for first, second in zip(self.names[::2], self.names[1::2], strict=False)
        ]

    def score(self) -> Quantity:
        """Points in proportion with a cap, and the better of two."""
        draw = self.draw
        count = weighted((decision(name), 1) for name in self.names)
        points = stairs(scale(count, Fraction(10, draw.choice((3, 4)))), high=10)
        for amount in self.amounts:
            part = stairs(scale(of_amount(amount), draw.choice((2, Fraction(5, 3)))), high=7)
            points = add(points, part) if draw.random() < 0.5 else extreme("max", [points, part])
        if self.pairs() and draw.random() < 0.5:
            points = add(points, times(self.pairs()[0], 4))
        return points

    def leaf(self) -> Condition:
        draw = self.draw
        if self.amounts and draw.random() < 0.3:
            amount = draw.choice(self.amounts)
            return at_least(of_amount(amount), draw.randint(1, amount.high))
        leaf = decision(draw.choice(self.names))
        return negation(leaf) if not self.monotone and draw.random() < 0.3 else leaf


class People:
    """A problem about people who can earn certificates, some of them of use in two places, and about customers."""

    def __init__(self, seed: int) -> None:
        self.draw = random.Random(seed)
        self.people = [f"person {index}" for index in range(self.draw.choice((2, 3, 3, 4)))]
        self.certificates = ["first", "second", "third"][: 3 if len(self.people) < 4 else 2]
        self.customers = [f"customer {index}" for index in range(self.draw.randint(0, 3))]
        self.held = {(person, each) for person in self.people for each in self.certificates if self.draw.random() < 0.1}

    def problem(self) -> Problem:
        """Enough people with a certificate of each list, enough points; sometimes nobody may do two at once."""
        draw = self.draw
        lists = [draw.sample(self.certificates, draw.randint(1, 2)) for _ in range(2)]
        counts = [weighted((self.certified(person, each), 1) for person in self.people) for each in lists]
        won = weighted((decision(customer), 1) for customer in self.customers)
        score = counts[0]
        for number in (*counts[1:], won):
            score = add(score, stairs(scale(number, Fraction(draw.choice((10, 7, 4)), draw.randint(1, 3))), high=10))
        goal = conjunction(
            (
                at_least(counts[0], draw.randint(1, 2)),
                at_least(counts[1], draw.randint(0, 2)),
                at_least(score, draw.choice((4, 8, 12))),
            )
        )
        busy: list[Condition] = []
        if draw.random() < 0.3:
            busy = [negation(at_least(self.taken(person), 2)) for person in self.people]
        return Problem(goal, self.choices(), tuple(busy))

    def certified(self, person: str, certificates: list[str]) -> Condition:
        return disjunction((person, each) in self.held or decision((person, each)) for each in certificates)

    def taken(self, person: str) -> Quantity:
        return weighted((decision((person, each)), 1) for each in self.certificates)

    def choices(self) -> tuple[Choice, ...]:
        draw = self.draw
        exams = {each: (draw.randint(1, 3), draw.choice((0, 10, 20))) for each in self.certificates}
        dearer = {person: draw.choice((1, 1, Fraction(3, 2), 2)) for person in self.people}
        slower = {person: draw.choice((0, 0, 5)) for person in self.people}
        found = [
            Choice((person, each), None, exams[each][0] * dearer[person], 0, exams[each][1] + slower[person], 0)
            for person in self.people
            for each in self.certificates
            if (person, each) not in self.held
        ]
        draw.shuffle(found)
        found += [Choice(customer, None, draw.randint(1, 4), 0, draw.choice((0, 15)), 0) for customer in self.customers]
        return tuple(found)
