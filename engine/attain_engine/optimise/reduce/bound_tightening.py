"""What the constraints settle beforehand, and steps that no plan would stop at.

- A part `not x` of the condition settles x: it holds nowhere else either. Likewise a limit on an amount.
- `none of it, or at least so much`: levels of the amount below that are the same as that level.
- A level is worth reaching only if something asks for it. Let a condition in normal form ask for the levels p, q, ...
of
  an amount, and say of others only that they are not to be reached: a plan between p and q is as good at p, where what
  is asked for is the same, what is not to be reached is further away, and nothing costs more. So `not v` can say `not
  q` for the next q above v, and nothing at all if there is none. (A yes-or-no choice that is nowhere asked for is never
  made, by the same rule.)
"""

from __future__ import annotations

from bisect import bisect_left
from typing import Any

from attain_engine.open.conditions import (
    AmountAtLeast,
    Atom,
    Condition,
    Disjunction,
    Formula,
    Negation,
    amount_at_least,
    negation,
    operands,
    subformulas,
)
from attain_engine.open.normal_form import parts, rebuild

ROUNDS = 8
"""What is settled may settle more; after so many rounds it is let be."""


def narrow(condition: Condition) -> Condition:
    """A condition in normal form that has a best plan in common with the given one, and no other plans (where amounts
    are at the levels that occur in it)."""
    for _ in range(ROUNDS):
        narrower = _asked_for(_lots(_settled(condition)))
        if narrower is condition:
            break
        condition = narrower
    return condition


def _settled(condition: Condition) -> Condition:
    """With what the parts of the condition deny put in everywhere."""
    if condition is False:
        return False
    denied: set[Any] = set()
    least: dict[Any, int] = {}
    for part in parts(condition):
        match part:
            case Negation(operand=Atom() as atom):
                denied.add(atom.name)
            case Negation(operand=AmountAtLeast() as level):
                name = level.amount.name
                least[name] = min(level.least, least.get(name, level.least))
            case _:
                pass
    if not denied and not least:
        return condition

    def leaf(formula: Formula) -> Condition:
        match formula:
            case Atom() if formula.name in denied:
                return False
            case AmountAtLeast() if formula.least >= least.get(formula.amount.name, formula.least + 1):
                return False
            case _:
                return formula

    return rebuild(condition, leaf)


def _lots(condition: Condition) -> Condition:
    """With the levels between 0 and the least that is made of an amount, if any is, put up to that."""
    if condition is False:
        return False
    smallest: dict[Any, tuple[int, int]] = {}
    for part in parts(condition):
        match part:
            case Disjunction(operands=(first, second)):
                for denied, asked in ((first, second), (second, first)):
                    match denied, asked:
                        case Negation(operand=AmountAtLeast() as level), AmountAtLeast() if (
                            level.amount == asked.amount
                        ):
                            smallest[asked.amount.name] = level.least, asked.least
            case _:
                pass
    if not smallest:
        return condition

    def leaf(formula: Formula) -> Condition:
        if isinstance(formula, AmountAtLeast) and formula.amount.name in smallest:
            low, high = smallest[formula.amount.name]
            if low <= formula.least < high:
                return amount_at_least(formula.amount, high)
        return formula

    return rebuild(condition, leaf)


def _asked_for(condition: Condition) -> Condition:
    """With levels that are only denied put up to the next that is asked for."""
    asked: dict[Any, set[int]] = {}
    whole = list(subformulas((condition,)))
    if not any(type(formula) is Negation for formula in whole):
        return condition
    for formula in whole:
        if isinstance(formula, Negation):
            continue
        for each in (formula, *operands(formula)) if formula is condition else operands(formula):
            match each:
                case Atom():
                    asked[each.name] = {1}
                case AmountAtLeast():
                    asked.setdefault(each.amount.name, set()).add(each.least)
                case _:
                    pass
    levels = {name: sorted(found) for name, found in asked.items()}

    def leaf(formula: Formula) -> Condition:
        match formula:
            case Negation(operand=Atom() as atom):
                return formula if atom.name in levels else True
            case Negation(operand=AmountAtLeast() as level):
                above = levels.get(level.amount.name, [])
                place = bisect_left(above, level.least)
                return True if place == len(above) else negation(amount_at_least(level.amount, above[place]))
            case _:
                return formula

    return rebuild(condition, leaf)
