"""Rules that rest on figures which nobody knows: whether their verdicts may differ, though no facts say what these are.

A verdict is met where a rule holds whatever such a figure is, failed where it fails whatever it is, and undetermined
else. So a difference needs facts for which one edition is certain, however the figures turn out: they are sought by
counterexamples, each of which says figures for which the edition is not certain of the facts that were found.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import product
from typing import Any

from attain_compiler.frozen import frozen
from attain_engine.compare.opening import RowIsThere
from attain_engine.compare.patience import PATIENCE
from attain_engine.evaluate.missing import (
    FieldIsGiven,
    IsValue,
    MeasureNotGiven,
    MissingField,
    NoEntry,
    RowsNotGiven,
    Unpublished,
)
from attain_engine.open.conditions import Amount, Atom, Condition, conjunction, negation, unknown
from attain_engine.open.linear import of_amount
from attain_engine.open.quantities import Quantity
from attain_engine.open.substitution import Substitution
from attain_engine.open.unknowns import open_parts
from attain_engine.solve.certain import Completion, completion

MOST_FIGURES = 30
"""So many ways in which the figures may turn out are collected, before it is left open."""

MOST_TOGETHER = 6
"""So many figures are tried with all their ends together."""

FAR = 10**15
"""Beyond what anything in a policy comes to."""

_OF_FACTS = (MeasureNotGiven, RowsNotGiven, MissingField, RowIsThere, FieldIsGiven)


@frozen
class InHead:
    """A figure in HEAD, which is asked about apart from the same one in BASE."""

    figure: Any


_FIGURES = (Unpublished, NoEntry, InHead)
"""A figure that nobody knows, and one that a parameter does not have for some keys: no facts say either."""


def rests_on_figures(conditions: Iterable[Condition]) -> bool:
    """Whether conditions rest on figures which no facts say."""
    return any(_is_figure(each.name) for each in open_parts(conditions))


def may_fall(lawful: Condition, once: Condition, now: Condition) -> bool:
    """Whether there may be facts within the law whose verdict on `now` is worse than that on `once`."""
    facts = [each.name for each in open_parts((lawful,))]
    asked = [each.name for each in open_parts((once, now))]
    if not all(map(_is_fact, facts)) or not all(_is_figure(each) or _is_fact(each) for each in asked):
        return True
    apart = _figures(lambda name: unknown(InHead(name)), lambda each: of_amount(_renamed(each))).condition(now)
    return _certain_beside(lawful, once, negation(apart)) or _certain_beside(lawful, negation(apart), once)


def _certain_beside(lawful: Condition, certain: Condition, beside: Condition) -> bool:
    """Whether there may be facts for which one condition holds whatever its figures are, and the other for some."""
    whole = conjunction((lawful, certain, beside, *_at_ends(certain)))
    for _ in range(MOST_FIGURES):
        facts = completion(whole, patience=PATIENCE)
        if facts is None:
            return False
        against = completion(negation(_with_facts(certain, facts)), patience=PATIENCE)
        if against is None or not (facts.exact and against.exact):
            return True
        whole = conjunction((whole, _with_figures(certain, against)))
    return True


def _at_ends(condition: Condition) -> Iterator[Condition]:
    """The condition with each figure as small and as large as it may be, or as anybody would think of: of figures
    without an end, one case after the other would lead nowhere."""
    figures = [each for each in open_parts((condition,)) if _is_figure(each.name)]
    for case in product((False, True), repeat=len(figures)) if len(figures) <= MOST_TOGETHER else ():
        high = {each.name: is_high for each, is_high in zip(figures, case, strict=True)}

        def amount(each: Amount, high: Mapping[Any, bool] = high) -> Quantity:
            end = each.high if high[each.name] else each.low
            return (FAR if high[each.name] else -FAR) if end is None else end

        yield _figures(high.__getitem__, amount).condition(condition)


def _with_facts(condition: Condition, found: Completion) -> Condition:
    """A condition over figures alone."""
    whole = found.substitution()

    def atom(each: Atom) -> Condition | None:
        return None if _is_figure(each.name) else whole.condition(each)

    def amount(each: Amount) -> Quantity | None:
        return None if _is_figure(each.name) else found.number(each, is_date=False)  # type: ignore[return-value]

    return Substitution(atom, amount).condition(condition)


def _with_figures(condition: Condition, found: Completion) -> Condition:
    """A condition over facts alone."""
    return _figures(
        lambda name: name in found.holding,
        lambda each: found.number(each, is_date=False),  # type: ignore[arg-type, return-value]
    ).condition(condition)


def _figures(atom: Callable[[Any], Condition], amount: Callable[[Amount], Quantity]) -> Substitution:
    """Puts something in the place of figures, and nothing else."""
    return Substitution(
        lambda each: atom(each.name) if _is_figure(each.name) else None,
        lambda each: amount(each) if _is_figure(each.name) else None,
    )


def _renamed(figure: Amount) -> Amount:
    return Amount(figure.kind, InHead(figure.name), figure.low, figure.high, figure.whole)


def _is_figure(name: Any) -> bool:
    return isinstance(name, _FIGURES) or (isinstance(name, IsValue) and _is_figure(name.of))


def _is_fact(name: Any) -> bool:
    return isinstance(name, _OF_FACTS) or (isinstance(name, IsValue) and _is_fact(name.of))
