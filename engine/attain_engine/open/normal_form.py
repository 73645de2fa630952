"""Normal form: the same condition with every negation at a leaf.

Negated sums become sums of negations: `not (sum of w*x >= b)` is `sum of w*(not x) >= all - b + 1`. What is left rises
with each of its leaves (a decision, a level of an amount, or the negation of one), so the solver needs only one
direction of each: a formula that is claimed to hold must have what it takes.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable

from attain_engine.open.conditions import (
    AmountAtLeast,
    Atom,
    Condition,
    Conjunction,
    Disjunction,
    Formula,
    Negation,
    Reaches,
    conjunction,
    disjunction,
    negation,
    operands,
    subformulas,
)
from attain_engine.open.quantities import at_least, weighted


def normal_form(condition: Condition, leaf: Callable[[Formula, bool], Condition] | None = None) -> Condition:
    """The normal form of a condition. `leaf` may put something in the place of a leaf (an atom or a level, and whether
    it is to hold); without it leaves stay as they are."""
    place = leaf or _leaf
    if isinstance(condition, bool):
        return condition
    order = list(subformulas((condition,)))
    wanted: dict[Formula, set[bool]] = {formula: set() for formula in order}
    wanted[condition].add(True)
    for formula in reversed(order):
        for each in operands(formula):
            wanted[each] |= {not sign for sign in wanted[formula]} if isinstance(formula, Negation) else wanted[formula]
    made: dict[tuple[Formula, bool], Condition] = {}
    for formula in order:
        for sign in wanted[formula]:
            made[formula, sign] = _normal(formula, sign, made, place)
    return made[condition, True]


def _normal(
    formula: Formula,
    sign: bool,
    made: dict[tuple[Formula, bool], Condition],
    leaf: Callable[[Formula, bool], Condition],
) -> Condition:
    composed = sign and isinstance(formula, Conjunction | Disjunction | Reaches)
    if composed and all(made[each, sign] is each for each in operands(formula)):
        return formula
    match formula:
        case Atom() | AmountAtLeast():
            return leaf(formula, sign)
        case Negation():
            return made[formula.operand, not sign]
        case Conjunction() | Disjunction():
            join = conjunction if isinstance(formula, Conjunction) is sign else disjunction
            return join(made[each, sign] for each in formula.operands)
        case Reaches():
            items = [(made[each, sign], weight) for each, weight in formula.terms]
            bound = formula.bound if sign else sum(weight for _, weight in formula.terms) - formula.bound + 1
            return sum_reaches(items, bound)
        case _:
            raise TypeError(formula)


def _leaf(formula: Formula, sign: bool) -> Condition:
    return formula if sign else negation(formula)


def sum_reaches(items: Iterable[tuple[Condition, int]], bound: int) -> Condition:
    """`sum of weight * condition >= bound`, simplified."""
    return at_least(weighted(items), bound)


def rebuild(condition: Condition, replace: Callable[[Formula], Condition]) -> Condition:
    """A condition with each formula, its operands replaced already, replaced."""
    if isinstance(condition, bool):
        return condition
    made: dict[Formula, Condition] = {}
    for formula in subformulas((condition,)):
        again: Condition = formula
        if formula.below and any(made[each] is not each for each in formula.below):
            match formula:
                case Negation():
                    again = negation(made[formula.operand])
                case Conjunction():
                    again = conjunction(made[each] for each in formula.operands)
                case Disjunction():
                    again = disjunction(made[each] for each in formula.operands)
                case Reaches():
                    again = sum_reaches([(made[each], weight) for each, weight in formula.terms], formula.bound)
                case _:
                    raise TypeError(formula)
        made[formula] = replace(again) if isinstance(again, Formula) else again
    return made[condition]


def without(condition: Condition, names: Collection[object]) -> Condition:
    """The condition with these choices never made."""

    def leaf(formula: Formula) -> Condition:
        match formula:
            case Atom() if formula.name in names:
                return False
            case AmountAtLeast() if formula.amount.name in names:
                return False
            case _:
                return formula

    return rebuild(condition, leaf)


def parts(condition: Condition) -> tuple[Formula, ...]:
    """The formulas that must all hold for a condition to hold; the condition is not False."""
    assert condition is not False
    if condition is True:
        return ()
    assert isinstance(condition, Formula)
    return condition.operands if isinstance(condition, Conjunction) else (condition,)


def is_limit(part: Formula) -> bool:
    """Whether a part of a condition in normal form only says what is not to be used: all its leaves are negated."""
    if isinstance(part, Atom | AmountAtLeast):
        return False
    return not any(
        isinstance(each, Atom | AmountAtLeast)
        for formula in subformulas((part,))
        if not isinstance(formula, Negation)
        for each in operands(formula)
    )
