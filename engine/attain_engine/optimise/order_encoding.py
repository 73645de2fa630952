"""Levers: the choices of a problem, cut down to the values that its conditions can tell apart.

An amount matters to the conditions only through the levels they ask for (`amount >= least`). Between two of these
nothing changes but the cost, the days and the count of changes, which do not fall; so a best plan takes one of these
levels or nothing at all, whatever the conditions are.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from attain_compiler.frozen import frozen
from attain_engine.open.conditions import (
    Amount,
    AmountAtLeast,
    Atom,
    Condition,
    Derived,
    Formula,
    amount_at_least,
    conjunction,
    decision,
    disjunction,
    negation,
    subformulas,
)
from attain_engine.open.normal_form import normal_form
from attain_engine.open.quantities import Quantity, add, compare, of_amount, scale, times, weighted
from attain_engine.open.substitution import Substitution
from attain_engine.open.unknowns import open_parts
from attain_engine.optimise.problem import Choice, Exact, Problem


@frozen
class Lever:
    """A choice, with the numbers of units it may be used at besides 0, rising; a yes-or-no choice has 1 alone."""

    choice: Choice
    values: tuple[int, ...]


def to_its_top(lever: Lever) -> Choice:
    """The choice of a lever, to be used up to the lever's highest value at the most."""
    choice = lever.choice
    if choice.amount is None:
        return choice
    return replace(choice, amount=replace(choice.amount, high=lever.values[-1]))


def required(problem: Problem) -> Condition:
    """What must hold, in normal form over the problem's choices alone (see `over_choices`), the days it may take
    included, its budget not (see `budget_limit`)."""
    return over_choices(problem, conjunction((problem.required(), in_time(problem))))


def in_time(problem: Problem) -> Condition:
    """That nothing takes longer than a plan may take."""
    if problem.within is None:
        return True
    return negation(disjunction(_too_long(choice, problem.within) for choice in problem.choices))


def _too_long(choice: Choice, within: int) -> Condition:
    """That a choice takes longer than so many days."""
    if choice.amount is None:
        return decision(choice.name) if choice.days(1) > within else False
    if choice.days(1) > within:
        return amount_at_least(choice.amount, 1)
    if choice.days(choice.amount.high) <= within:
        return False
    return amount_at_least(choice.amount, bisect_right(range(1, choice.amount.high), within, key=choice.days) + 1)


def budget_limit(levers: Iterable[Lever], budget: Exact | None) -> Condition:
    """That a plan by these levers costs no more than the budget, in normal form."""
    if budget is None:
        return True
    items: list[tuple[Condition, Exact]] = []
    for lever in levers:
        before: Exact = 0
        for value in lever.values:
            amount = lever.choice.amount
            level = decision(lever.choice.name) if amount is None else amount_at_least(amount, value)
            items.append((level, lever.choice.cost(value) - before))
            before = lever.choice.cost(value)
    return normal_form(compare("<=", weighted(items), budget))


def cost_of(choice: Choice) -> Quantity:
    """What a choice costs, as a number over it."""
    if choice.amount is None:
        return times(decision(choice.name), choice.cost(1))
    return add(
        times(amount_at_least(choice.amount, 1), choice.cost_once), scale(of_amount(choice.amount), choice.cost_each)
    )


def over_choices(problem: Problem, condition: Condition) -> Condition:
    """A condition in normal form over the problem's choices alone: other decisions are never made, and an unknown helps
    no plan, whether it is asked to hold or not to."""
    offered = {choice.name: choice for choice in problem.choices}
    if len(offered) != len(problem.choices):
        raise ValueError("two choices have the same name")

    def never(each: Atom) -> Condition | None:
        return False if each.kind == "decision" and each.name not in offered else None

    def nothing(each: Amount) -> int | None:
        return 0 if each.kind == "decision" and each.name not in offered else None

    def leaf(formula: Formula, sign: bool) -> Condition:
        match formula:
            case AmountAtLeast() if isinstance(formula.amount.name, Derived):
                found = list(open_parts((formula,)))
                if any(each.kind == "unknown" for each in found):
                    return False
                if all(each.name in offered for each in found):
                    return formula if sign else negation(formula)
                left = Substitution(never, nothing).condition(formula)
                return normal_form(left if sign else negation(left), leaf)
            case Atom(kind="decision"):
                known = formula.name in offered and offered[formula.name].amount is None
            case AmountAtLeast() if formula.amount.kind == "decision":
                known = formula.amount.name in offered and offered[formula.amount.name].amount is not None
            case _:
                return False
        if not known:
            return not sign
        return formula if sign else negation(formula)

    return normal_form(condition, leaf)


def levers(condition: Condition, choices: Iterable[Choice]) -> tuple[Lever, ...]:
    """The levers that a condition in normal form depends on, in the order of the choices."""
    return levers_of((condition,), choices)


def levers_of(conditions: Iterable[Condition], choices: Iterable[Choice]) -> tuple[Lever, ...]:
    """The levers that any of the conditions depends on."""
    values: dict[Any, set[int]] = {}
    for formula in subformulas(conditions):
        match formula:
            case Atom():
                values[formula.name] = {1}
            case AmountAtLeast():
                values.setdefault(formula.amount.name, set()).add(formula.least)
            case _:
                pass
    return tuple(Lever(choice, tuple(sorted(values[choice.name]))) for choice in choices if choice.name in values)
