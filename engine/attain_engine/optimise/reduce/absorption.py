"""Alternatives and conjunctions without what adds nothing: `at least 2 of it, or at least 3` is `at least 2 of it`."""

from __future__ import annotations

from attain_engine.open.conditions import (
    Atom,
    Condition,
    Conjunction,
    Disjunction,
    Formula,
    Reaches,
    conjunction,
    disjunction,
    operands,
)
from attain_engine.optimise.reduce.chains import Chains


def absorb(formula: Conjunction | Disjunction, chains: Chains) -> Condition:
    """The same, without operands that imply another alternative, or that are implied by another part."""
    if all(type(each) is Atom for each in formula.operands):
        return formula
    any_of = isinstance(formula, Disjunction)
    found = chains.of((each, 1) for each in formula.operands)
    kept = [chain[0 if any_of else -1][0] for chain in found]
    # Alternatives that were alternatives of an alternative are operands themselves now.
    beside = set(kept)
    left = [each for each in kept if not _adds_nothing(each, beside, any_of)]
    if len(left) == len(formula.operands):
        return formula
    return disjunction(left) if any_of else conjunction(left)


def _adds_nothing(formula: Formula, beside: set[Formula], any_of: bool) -> bool:
    """Whether some alternative beside a formula holds whenever it does; or, among parts, whether it holds whenever all
    parts beside it do."""
    match formula:
        case Reaches():
            return all(_is_among(term, beside, any_of) for term in operands(formula))
        case Conjunction() if any_of:
            return any(each in beside for each in formula.operands)
        case Disjunction() if not any_of:
            return any(each in beside for each in formula.operands)
        case _:
            return False


def _is_among(term: Formula, beside: set[Formula], any_of: bool) -> bool:
    if term in beside:
        return True
    joined = Disjunction if any_of else Conjunction
    return isinstance(term, joined) and all(each in beside for each in operands(term))
