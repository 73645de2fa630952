"""What a plan that is ready on a day must cost at the least, where not every start was tried."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from dataclasses import replace

from attain_engine import optimise
from attain_engine.evaluate import Evaluator
from attain_engine.open.conditions import Atom, Condition, Formula, conjunction, negation
from attain_engine.open.normal_form import normal_form
from attain_engine.plan.candidates import Candidate
from attain_engine.plan.opened import open_world
from attain_engine.plan.timeline import Timeline


def relaxed(line: Timeline, goal: Callable[[Evaluator], Condition], day: datetime.date) -> optimise.Problem | None:
    """A problem whose plans are cheaper than those that are ready on a day, or as cheap: every change may be done by
    then, in any order, whatever its `when` waits for; the dates that it writes, and what is not known, are as is best.
    None where what a change does or costs depends on when it is done in another way."""
    if line.rivals or line.varying or any(line.continues(each) for each in line.changes):
        return None
    options: list[Candidate] = []
    for change in line.changes:
        starts = (line.on, *line.openings(change))
        for instance in line.instances(change):
            plain = line.candidate(instance, line.on)
            if plain is None:
                continue
            if not line.waits(change) and not any(line.possible(instance, each) for each in starts if each <= day):
                continue
            number = line.number(plain.instance, datetime.date.min, 0)
            amount = None if plain.amount is None else replace(plain.amount, name=number)
            options.append(replace(plain, index=number, amount=amount))
    base = line.evaluator(day)
    opened = open_world(base, options, lambda each: (base, each.arguments), blurred=line.dated_fields)
    then = Evaluator(line.program, opened.world, day, line.readings)
    condition = normal_form(conjunction((goal(then), *opened.constraints)), _possible)
    choices = tuple(
        optimise.Choice(
            name=each.name,
            amount=each.amount,
            cost_once=each.cost_once + (each.cost_each if each.amount is None else 0),
            cost_each=0 if each.amount is None else each.cost_each,
            days_once=0,
            days_each=0,
        )
        for each in options
    )
    return optimise.Problem(condition, choices)


def _possible(leaf: Formula, sign: bool) -> Condition:
    """A decision as it is; what is not known, as is best."""
    kind = leaf.kind if isinstance(leaf, Atom) else leaf.amount.kind  # type: ignore[attr-defined]
    if kind == "unknown":
        return True
    return leaf if sign else negation(leaf)
