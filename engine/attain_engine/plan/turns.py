"""How many steps that take no time may have to follow one another on one day."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from graphlib import CycleError, TopologicalSorter
from typing import Any

from attain_engine.open.conditions import AmountAtLeast, Derived, Formula
from attain_engine.open.normal_form import normal_form
from attain_engine.open.unknowns import open_parts
from attain_engine.plan.looked import Instance
from attain_engine.plan.timeline import Timeline


def turns_of(line: Timeline, instant: Sequence[Instance]) -> int:
    """The most that may have to follow one another of some steps that take no time. All of one change are done at once
    where none of them makes another possible; of two changes the one is done first that the other waits for, or that
    the other makes impossible. What sets what others set, is limited by what is under way, or rests on measures that
    are raised, may have to be done one by one."""
    changes = {change.id: change for change, _ in instant}
    raised = any(line.whens(each).measures & line.raised_whenever for each in changes.values())
    if line.rivals or raised or any(pace.span_of == "at a time" for each in changes.values() for pace in each.paces):
        return len(instant)
    names = {line.number((change.id, arguments), datetime.date.min, 0): change.id for change, arguments in instant}
    before: dict[str, set[str]] = {each: set() for each in changes}
    for change, arguments in instant:
        if not line.waits(change):
            continue
        for day in (line.on, *line.openings(change)):
            helping, harming = _named(line, (change, arguments), day)
            if any(names.get(each) == change.id for each in helping):
                return len(instant)
            before[change.id] |= {names[each] for each in helping if each in names}
            for each in harming:
                if each in names and names[each] != change.id:
                    before[names[each]].add(change.id)
    depth: dict[str, int] = {}
    try:
        for each in TopologicalSorter(before).static_order():
            depth[each] = 1 + max((depth[other] for other in before[each]), default=0)
    except CycleError:
        return len(instant)
    return max(depth.values(), default=0)


def _named(line: Timeline, instance: Instance, day: datetime.date) -> tuple[set[Any], set[Any]]:
    """The names of the steps that may help to make a change possible on a day, and of those that may harm."""
    helping: set[Any] = set()
    harming: set[Any] = set()

    def leaf(formula: Formula, sign: bool) -> bool:
        whole = isinstance(formula, AmountAtLeast) and isinstance(formula.amount.name, Derived)
        for each in open_parts((formula,)):
            if sign or whole:  # which way it pulls in what is worked out from it is not looked at
                helping.add(each.name)
            if not sign or whole:
                harming.add(each.name)
        return True

    normal_form(line.may_be(instance, day), leaf)
    return helping, harming
