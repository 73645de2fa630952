"""On which decisions a condition holds whatever the unknowns are: found by counterexamples.

Instead of going through every completion, those are collected that refute what was found so far: decide; ask for a
completion that breaks it; ask that this one be survived as well; again, until none breaks it.
"""

from __future__ import annotations

from attain_engine.open.conditions import Condition, conjunction, disjunction, negation
from attain_engine.open.linear import TooFine
from attain_engine.open.unknowns import at_worst, has_decisions, rests_on_unknowns
from attain_engine.open.valuation import holds
from attain_engine.solve.certain import Completion, completion, status

MOST_COMPLETIONS = 500
"""So many completions are collected at the most for one condition."""


def for_all(condition: Condition) -> Condition:
    """The condition over decisions alone that says when another holds in every completion. Raises TooFine."""
    remaining = at_worst(condition)
    if not rests_on_unknowns(remaining):
        return remaining
    survived: Condition = True
    for _ in range(MOST_COMPLETIONS):
        found = completion(conjunction((survived, negation(remaining))))
        if found is None:
            return survived
        settled = found.settle(remaining)
        if _holds(settled, found):
            break  # numbers that are known by their ends alone: this was no completion
        survived = conjunction((survived, settled))
    raise TooFine(condition)


def undetermined(condition: Condition) -> Condition:
    """On what it depends on the unknowns whether a condition holds. Raises TooFine."""
    if not has_decisions(condition):
        return status(condition) == "open"
    return negation(disjunction((for_all(condition), for_all(negation(condition)))))


def _holds(condition: Condition, found: Completion) -> bool:
    amounts = {amount.name: int(value) for amount, value in found.amounts.items() if amount.kind == "decision"}
    return holds(condition, found.holding, amounts)
