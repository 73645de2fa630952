"""What a plan must keep to beside its goal: it leads no measure out of the bounds that the policy declares."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import product
from typing import Any

from attain_compiler.asp.depends import Depends
from attain_compiler.frozen import frozen
from attain_compiler.model import program as model
from attain_compiler.model.types import EnumType
from attain_engine.evaluate import Evaluator
from attain_engine.evaluate.bounds import within
from attain_engine.evaluate.problems import CannotStayOpen
from attain_engine.open.conditions import Condition, Formula, disjunction, negation
from attain_engine.open.linear import TooFine
from attain_engine.open.unknowns import open_parts
from attain_engine.plan.robust import carried_out

MOST_CALLS = 200
"""A measure of parameters that can be more combinations than this is looked at only where something asks for it."""


@frozen
class Kept:
    """That a measure stays within its bounds."""

    measure: model.Measure
    condition: Condition


def kept_bounds(then: Evaluator, changes: Sequence[model.Change]) -> list[Kept]:
    """That the measures stay within their bounds which the goal, worked out before in `then`, has asked for, and those
    that the changes raise or, by their rows and fields, may move. One that is outside by what is unknown, whatever is
    done, need not be brought back."""
    measures = then.program.measures
    calls = [
        (key, context.beyond.get(key, each))
        for context in then.contexts()
        for key, each in context.calls.items()
        if key[0] in measures
    ]
    asked = {key for key, _ in calls}
    found = [Kept(measures[key[0]], _kept(measures[key[0]], value, asked=True)) for key, value in calls]
    for key in dict.fromkeys((*then.world.raised, *_moved(then, changes))):
        if key not in asked:
            try:
                value = then.measure(*key)
                value = then.context.beyond.get(key, value)
            except (CannotStayOpen, TooFine):
                continue  # nothing that a designation asks for, and more than can be said
            found.append(Kept(measures[key[0]], _kept(measures[key[0]], value, asked=False)))
    return [each for each in found if each.condition is not True]


def _kept(measure: model.Measure, value: Any, *, asked: bool) -> Condition:
    keeps = within(measure, value)
    if not isinstance(keeps, Formula) or not any(each.kind == "decision" for each in open_parts((keeps,))):
        return True  # no change moves it: the facts are as they are
    before = carried_out(frozenset(), {}).condition(keeps)
    return keeps if before is True or (asked and before is False) else disjunction((negation(before), keeps))


def _moved(then: Evaluator, changes: Sequence[model.Change]) -> Iterator[tuple[str, tuple[Any, ...]]]:
    """The measures with bounds that look at a record which the changes touch."""
    touched = {
        each.record if isinstance(each, model.Adds) else change.parameters[each.row.number].type.id  # type: ignore[union-attr]
        for change in changes
        for each in change.effects
        if not isinstance(each, model.RaisesMeasure)
    }
    looks_at = Depends(then.program, ()).records
    for measure in then.program.measures.values():
        kinds = [each.type for each in measure.parameters]
        if measure.low is None or not all(isinstance(each, EnumType) for each in kinds):
            continue
        if touched & looks_at(measure):
            calls = list(product(*(then.members(each) for each in kinds)))
            yield from ((measure.id, each) for each in calls[:MOST_CALLS] if len(calls) <= MOST_CALLS)
