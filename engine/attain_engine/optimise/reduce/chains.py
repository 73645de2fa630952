"""Chains: terms of a sum of which each implies the one before it, such as the levels of one amount.

Of a chain always the first so many hold, so what it adds to the sum is a function of one number.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable
from fractions import Fraction
from typing import TypeAlias

from attain_engine.open.conditions import (
    AmountAtLeast,
    Atom,
    Conjunction,
    Disjunction,
    Formula,
    Negation,
    Reaches,
    operands,
)

Term: TypeAlias = tuple[Formula, int]


class Chains:
    """Finds chains, and keeps what it finds out about formulas."""

    def __init__(self) -> None:
        self._families: dict[Formula, Hashable] = {}
        self._implied: dict[tuple[Formula, Formula], bool] = {}

    def of(self, terms: Iterable[Term]) -> list[list[Term]]:
        """The terms in chains, each from its weakest term to its strongest; a term that is in none makes one by
        itself."""
        alike: dict[Hashable, list[Term]] = {}
        for term in terms:
            alike.setdefault(self._family(term[0]), []).append(term)
        found = []
        for group in alike.values():
            if len(group) > 1:
                group.sort(key=lambda term: _rank(term[0]))
            chain = [group[0]]
            for term in group[1:]:
                if self._implies(term[0], chain[-1][0]):
                    chain.append(term)
                else:
                    found.append(chain)
                    chain = [term]
            found.append(chain)
        return found

    def _implies(self, strong: Formula, weak: Formula) -> bool:
        if (strong, weak) not in self._implied:
            self._implied[strong, weak] = implies(strong, weak)
        return self._implied[strong, weak]

    def _family(self, formula: Formula) -> Hashable:
        if type(formula) is Atom:
            return formula
        if type(formula) is AmountAtLeast:
            return formula.amount
        family = self._families.get(formula)
        if family is None:
            family = self._families[formula] = _family(formula)
        return family


def implies(strong: Formula, weak: Formula) -> bool:
    """Whether one formula implies another, as far as their build shows it (False says nothing)."""
    if strong is weak:
        return True
    match strong, weak:
        case AmountAtLeast(), AmountAtLeast():
            return strong.amount == weak.amount and bool(strong.least >= weak.least)
        case Negation(), Negation():
            return implies(weak.operand, strong.operand)
        case Disjunction(), _:
            return all(implies(each, weak) for each in strong.operands)
        case _, Conjunction():
            return all(implies(strong, each) for each in weak.operands)
        case Reaches(), Reaches() | Disjunction() if (scaled := _weights(weak)) is not None:
            # sum of w_i/bound >= 1 in the strong one, and each term weighs as much, against the bound, in the weak one
            bound, weights = scaled
            return all(
                weights.get(term, 0) * strong.bound >= weight * bound or (bound == 1 and _among(term, weights))
                for term, weight in strong.terms
            )
        case Conjunction(), Reaches():
            known = set(strong.operands)
            return sum(weight for term, weight in weak.terms if term in known) >= weak.bound
        case Conjunction(), _:
            return any(implies(each, weak) for each in strong.operands)
        case _, Disjunction():
            return any(implies(strong, each) for each in weak.operands)
        case _:
            return False


def _weights(formula: Formula) -> tuple[int, dict[Formula, int]] | None:
    match formula:
        case Reaches():
            return formula.bound, dict(formula.terms)
        case Disjunction():
            return 1, dict.fromkeys(formula.operands, 1)
        case _:
            return None


def _among(term: Formula, operands: dict[Formula, int]) -> bool:
    """Whether the alternatives of a term are all among the operands."""
    return isinstance(term, Disjunction) and all(each in operands for each in term.operands)


def _family(formula: Formula) -> Hashable:
    """What the formulas of one chain have in common: an amount, or what they are made of."""
    match formula:
        case AmountAtLeast():
            return formula.amount
        case Negation():
            return "not", _family(formula.operand)
        case Reaches() | Disjunction() | Conjunction():
            levels = _levels(formula)
            if levels:
                return type(formula).__name__, frozenset(_family(each) for each in operands(formula))
            found: set[Formula] = set()
            for each in operands(formula):
                found.update(each.operands if isinstance(each, Disjunction) else (each,))
            return frozenset(found)
        case _:
            return formula


def _levels(formula: Formula) -> list[AmountAtLeast]:
    """The levels of amounts among what alternatives, or a conjunction, are made of; the same amounts in the same
    order."""
    if isinstance(formula, Reaches):
        return []
    return sorted(
        (each for each in operands(formula) if isinstance(each, AmountAtLeast)), key=lambda each: hash(each.amount)
    )


def _rank(formula: Formula) -> tuple[Fraction, ...]:
    """Where a formula may stand in its chain; the weaker come first."""
    match formula:
        case AmountAtLeast():
            return (Fraction(formula.least),)
        case Negation():
            return tuple(-each for each in _rank(formula.operand))
        case Reaches():
            return (Fraction(formula.bound, max(weight for _, weight in formula.terms)),)
        case Disjunction() | Conjunction():
            levels = _levels(formula)
            if levels:
                return tuple(Fraction(each.least) for each in levels)
            return (Fraction(1 if isinstance(formula, Disjunction) else len(formula.operands)),)
        case _:
            return ()
