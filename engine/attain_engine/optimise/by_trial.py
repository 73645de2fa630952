"""Plans by trial: everything, less what is not needed, whatever the condition is made of."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from attain_engine.open.conditions import AmountAtLeast, Atom, Formula
from attain_engine.open.valuation import Valuation, amounts_in, with_nested
from attain_engine.optimise.ending import Ended, after, never
from attain_engine.optimise.problem import Choice, Solution


def names_in(condition: Formula) -> frozenset[Any]:
    """The names of all that is open in a condition."""
    found: set[Any] = set()
    for formula in with_nested((condition,)):
        if isinstance(formula, Atom):
            found.add(formula.name)
        elif isinstance(formula, AmountAtLeast):
            found.update(each.name for each in amounts_in(formula.amount))
    return frozenset(found)


def plan_by_trial(condition: Formula, choices: Sequence[Choice], ended: Ended = never) -> dict[Any, int] | None:
    """A plan, if everything together is one: less what is not needed, as far as there is time to find out. None says
    nothing."""
    everything = {each.name: 1 if each.amount is None else int(each.amount.high) for each in choices}
    valuation = Valuation((), everything)
    if not valuation.holds(condition):
        return None
    return _lowered(valuation, condition, choices, ended)


def stripped_by_trial(
    condition: Formula, choices: Sequence[Choice], found: Solution, ended: Ended = never
) -> Mapping[Any, int]:
    """A plan without its needless steps: in the end none of them can be left out, or made once less. (`LAST_WORDS` is
    time for that in any case.)"""
    return _lowered(Valuation(found.made, found.amounts), condition, choices, after(ended))


def _lowered(valuation: Valuation, condition: Formula, choices: Sequence[Choice], ended: Ended) -> dict[Any, int]:
    dearest = sorted(choices, key=lambda each: each.cost(valuation.units(each.name)), reverse=True)
    lowered = True
    while lowered:
        lowered = False
        for choice in dearest:
            if ended():
                break
            lowered |= valuation.units(choice.name) > 0 and _lower(valuation, condition, choice.name)
    return {each.name: valuation.units(each.name) for each in choices if valuation.units(each.name)}


def _lower(valuation: Valuation, condition: Formula, name: Any) -> bool:
    """Make less of a choice, as long as the condition goes on holding; whether any less can be made."""
    units = before = valuation.units(name)
    less = units
    while less and units:
        less = min(less, units)
        valuation.decide(name, units - less)
        if valuation.holds(condition):
            units -= less
        else:
            valuation.decide(name, units)
            less //= 2
    return units < before
