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


def kept_bounds(then: Evaluator, moved: Sequence[model.Measure]) -> list[Kept]:
    """That the measures stay within their bounds which the goal, worked out before in `then`, has asked for, and those
    that changes raise or, by their rows and fields, may have `moved`. One that is outside by what is unknown, whatever
    is done, need not be brought back."""
    measures = then.program.measures
    calls = [
        (key, context.beyond.get(key, each))
        for context in then.contexts()
        for key, each in context.calls.items()
        if key[0] in measures
    ]
    asked = {key for key, _ in calls}
    found = [Kept(measures[key[0]], _kept(measures[key[0]], value, asked=True)) for key, value in calls]
    for key in dict.fromkeys((*then.world.raised, *_calls(then, moved))):
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


def _calls(then: Evaluator, measures: Sequence[model.Measure]) -> Iterator[tuple[str, tuple[Any, ...]]]:
    """All that the measures can be asked for, where that is not too much."""
    for measure in measures:
        kinds = [each.type for each in measure.parameters]
        if all(isinstance(each, EnumType) for each in kinds):
            calls = list(product(*(then.members(each) for each in kinds)))
            yield from ((measure.id, each) for each in calls[:MOST_CALLS] if len(calls) <= MOST_CALLS)


def movable(program: model.Program, changes: Sequence[model.Change]) -> tuple[model.Measure, ...]:
    """The measures with bounds that look at a record which the changes touch, or that they raise."""
    effects = [(change, each) for change in changes for each in change.effects]
    raised = {each.measure for _, each in effects if isinstance(each, model.RaisesMeasure)}
    touched = {
        each.record if isinstance(each, model.Adds) else change.parameters[each.row.number].type.id  # type: ignore[union-attr]
        for change, each in effects
        if not isinstance(each, model.RaisesMeasure)
    }
    looks_at = Depends(program, ()).records
    return tuple(
        each
        for each in program.measures.values()
        if each.low is not None and (each.id in raised or touched & looks_at(each))
    )
