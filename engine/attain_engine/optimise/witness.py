"""An example of a condition: what is open in it, settled so that it holds."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from typing import Any, TypeAlias

from attain_compiler.frozen import frozen
from attain_engine.open.conditions import (
    Amount,
    AmountAtLeast,
    Atom,
    Condition,
    Formula,
    amount_at_least,
    decision,
    negation,
    subformulas,
)
from attain_engine.open.normal_form import normal_form
from attain_engine.optimise.encode import lower
from attain_engine.optimise.order_encoding import levers
from attain_engine.optimise.problem import Choice
from attain_engine.solve.answer_sets import CLASP, Grounded

Exact: TypeAlias = int | Fraction


@frozen
class Witness:
    """Which atoms hold (the others do not), by kind and name, and how large each amount is. Of the examples there are,
    one with as few atoms that hold, and amounts above their lowest level, as can be."""

    holding: frozenset[tuple[str, Any]]
    amounts: Mapping[Amount, Exact]


def witness(condition: Condition) -> Witness | None:
    """An example of a condition over decisions and unknowns; None if it cannot hold. Raises TooLarge."""
    if condition is False:
        return None
    bounds: dict[Amount, set[Any]] = {}
    atoms: set[tuple[str, Any]] = set()
    for formula in subformulas((condition,)):
        match formula:
            case Atom():
                atoms.add((formula.kind, formula.name))
            case AmountAtLeast():
                bounds.setdefault(formula.amount, set()).add(formula.least)
            case _:
                pass
    ordered = {amount: sorted(levels) for amount, levels in bounds.items()}
    stand_ins = {amount: Amount("decision", ("amount", amount), 0, len(levels)) for amount, levels in ordered.items()}

    def leaf(formula: Formula, sign: bool) -> Condition:
        match formula:
            case Atom():
                stand_in: Condition = decision(("atom", formula.kind, formula.name))
            case AmountAtLeast():
                level = ordered[formula.amount].index(formula.least) + 1
                stand_in = amount_at_least(stand_ins[formula.amount], level)
            case _:
                raise TypeError(formula)
        return stand_in if sign else negation(stand_in)

    choices = [Choice(("atom", *atom), None, 0, 0, 0, 0) for atom in atoms]
    choices += [Choice(each.name, each, 0, 0, 0, 0) for each in stand_ins.values()]
    levels = _found(normal_form(condition, leaf), tuple(choices))
    if levels is None:
        return None
    return Witness(
        frozenset(atom for atom in atoms if levels.get(("atom", *atom))),
        {amount: _value(amount, ordered[amount], levels.get(("amount", amount), 0)) for amount in ordered},
    )


def _found(condition: Condition, choices: tuple[Choice, ...]) -> dict[Any, int] | None:
    if isinstance(condition, bool):
        return {} if condition else None
    lowered = lower(condition, levers(condition, choices), ("changes",))
    atoms = Grounded(lowered.program, CLASP).first()
    return None if atoms is None else lowered.read((int(lever), int(step)) for _, (lever, step) in atoms)


def _value(amount: Amount, bounds: list[Any], level: int) -> Exact:
    """A value of an amount that reaches just so many of its bounds."""
    if level:
        return bounds[level - 1]  # type: ignore[no-any-return]
    return amount.low if amount.low is not None else bounds[0] - 1  # type: ignore[no-any-return]
