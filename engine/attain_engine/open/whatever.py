"""What holds whatever the unknowns are: conditions over decisions alone.

A condition that an unknown can only help, or only harm, is settled with that unknown at its worst. One that an unknown
may help here and harm there (`a, and 3 of it; or b, and 2 of it`) must hold for each value that the unknown can have:
they are gone through.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import product
from math import prod
from typing import Any

from attain_compiler.frozen import frozen
from attain_engine.open import quantities
from attain_engine.open.conditions import (
    Amount,
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

MOST_WORK = 200_000
"""So many formulas are made at the most for going through the values of unknowns."""


@frozen
class Certain:
    """A condition over decisions alone that is sufficient; `exact`: it is necessary as well."""

    condition: Condition
    exact: bool


def certain(condition: Condition) -> Certain:
    """On what a condition holds whatever the unknowns are."""
    if isinstance(condition, bool):
        return Certain(condition, True)
    order = tuple(subformulas((condition,)))
    signs = _signs(condition, order)
    worst: dict[Formula, bool] = {}
    groups: dict[Any, list[Formula]] = {}
    for formula in order:
        if is_unknown(formula):
            groups.setdefault(_group(formula), []).append(formula)
    mixed: list[list[dict[Formula, bool]]] = []
    for leaves in groups.values():
        sign = {each for leaf in leaves for each in signs[leaf]}
        if len(sign) == 1:
            worst.update(dict.fromkeys(leaves, sign == {False}))
        else:
            mixed.append(list(_assignments(leaves)))
    exact = len(order) * prod(len(each) for each in mixed) <= MOST_WORK
    if not exact:
        return Certain(_at_worst(condition, order), exact=False)
    found: list[Condition] = []
    for assignment in product(*mixed):
        settled = dict(worst)
        for each in assignment:
            settled.update(each)
        found.append(_with(condition, order, settled))
        if found[-1] is False:
            break
    return Certain(conjunction(found), exact=True)


def certain_of_all(conditions: Iterable[Condition]) -> Certain:
    """On what all the conditions hold whatever the unknowns are."""
    found = [certain(each) for each in conditions]
    return Certain(conjunction(each.condition for each in found), all(each.exact for each in found))


def undetermined(condition: Condition) -> Condition:
    """On what it depends on the unknowns whether a condition holds."""
    return negation(disjunction((certain(condition).condition, certain(negation(condition)).condition)))


def is_unknown(formula: Formula) -> bool:
    """Whether a formula is an unknown itself."""
    match formula:
        case Atom(kind=kind):
            return kind == "unknown"
        case AmountAtLeast(amount=amount):
            return amount.kind == "unknown"
        case _:
            return False


def _group(leaf: Formula) -> Any:
    """Unknowns that exclude or imply each other: the levels of an amount, the values of an enum."""
    match leaf:
        case AmountAtLeast(amount=amount):
            return amount
        case Atom(name=(name, "is", _)):
            return ("value", name)
        case _:
            return leaf


def _assignments(leaves: list[Formula]) -> Iterator[dict[Formula, bool]]:
    """Each way in which the unknowns of one group may turn out."""
    levels = sorted((each for each in leaves if isinstance(each, AmountAtLeast)), key=lambda each: each.least)
    for place in range(len(leaves) + 1):
        if levels:
            yield {leaf: index < place for index, leaf in enumerate(levels)}
        else:
            yield {leaf: index + 1 == place for index, leaf in enumerate(leaves)}


def _signs(root: Formula, order: tuple[Formula, ...]) -> Mapping[Formula, set[bool]]:
    """For each formula below the root whether it helps it to hold (True), harms it (False), or both."""
    signs: dict[Formula, set[bool]] = {formula: set() for formula in order}
    signs[root].add(True)
    for formula in reversed(order):
        turned = isinstance(formula, Negation)
        for each in operands(formula):
            signs[each].update(sign != turned for sign in signs[formula])
    return signs


def _with(root: Formula, order: tuple[Formula, ...], settled: Mapping[Formula, bool]) -> Condition:
    """The root with some of its leaves settled."""
    made: dict[Formula, Condition] = {}
    for formula in order:
        known = settled.get(formula)
        made[formula] = _again(formula, made) if known is None else known
    return made[root]


def _at_worst(root: Formula, order: tuple[Formula, ...]) -> Condition:
    """The root with every unknown at its worst, wherever it stands: where it helps false, where it harms true."""
    helps: dict[Formula, Condition] = {}
    harms: dict[Formula, Condition] = {}
    for formula in order:
        if is_unknown(formula):
            helps[formula], harms[formula] = False, True
        elif isinstance(formula, Negation):
            helps[formula], harms[formula] = negation(harms[formula.operand]), negation(helps[formula.operand])
        else:
            helps[formula], harms[formula] = _again(formula, helps), _again(formula, harms)
    return helps[root]


def _again(formula: Formula, made: Mapping[Formula, Condition]) -> Condition:
    """A formula of what its operands have become."""
    match formula:
        case Negation(operand=operand):
            return negation(made[operand])
        case Conjunction():
            return conjunction(made[each] for each in formula.operands)
        case Disjunction():
            return disjunction(made[each] for each in formula.operands)
        case Reaches(terms=terms, bound=bound):
            return quantities.at_least(quantities.weighted((made[term], weight) for term, weight in terms), bound)
        case _:
            return formula


def rests_on_unknowns(value: Any) -> bool:
    """Whether anything unknown is in a condition, a number, or what is made of them."""
    match value:
        case Formula():
            return any(is_unknown(each) for each in subformulas((value,)))
        case quantities.Linear(terms=terms, amounts=amounts):
            return any(map(rests_on_unknowns, (*terms, *amounts)))
        case quantities.Stairs(steps=steps):
            return any(rests_on_unknowns(condition) for _, condition in steps)
        case Amount(kind=kind):
            return kind == "unknown"
        case _:
            return False
