"""What may be traded for what: the Pareto front of cost, number of changes and time."""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence
from dataclasses import replace
from fractions import Fraction
from typing import TypeAlias

from attain_compiler.model import program as model
from attain_engine.facts.model import Facts
from attain_engine.plan import Plan, Target, Wishes
from attain_engine.plan.schedule import last_day
from attain_engine.questions.asking import Asking
from attain_engine.questions.models import Front

MOST_PLANS = 40
"""So many plans are asked for at the most."""

_Measures: TypeAlias = tuple[Fraction, int, int]
"""Cost, number of changes, days."""

_ONE = datetime.timedelta(days=1)


def front(
    program: model.Program,
    facts: Facts,
    on: datetime.date,
    readings: Mapping[str, str] | None = None,
    *,
    targets: Sequence[Target] = (),
    wishes: Wishes = Wishes(),
) -> Front:
    """The plans than which none is at once no dearer, no longer and no sooner ready, and better in one of these.

    By bounds on two of three objectives (the epsilon-constraint method; Haimes, Lasdon & Wismer, 1971): for each latest
    day, from the horizon down, the cheapest plan, then the cheapest with fewer changes, and so on. A plan that is not
    found so is no better than one that is. Without `wishes.by` the last day is that to which plans are looked for at
    all. Raises EvaluationProblem and PlanProblem.
    """
    asking = Asking(program, facts, on, readings, wishes)
    wished = replace(wishes, minimize=("cost", "changes", "time"), show=1)
    found: list[Plan] = []
    complete = True
    asked = 0
    by = wishes.by or last_day(program, on)
    first = True
    while True:
        slowest: datetime.date | None = None
        changes = wishes.most_changes
        while first or changes is None or changes >= 1:
            if asked >= MOST_PLANS or (asked and asking.over):
                complete = False
                break
            one = asking.plan(targets, replace(wished, by=by, most_changes=changes))
            asked += 1
            if not one.plans:
                complete = complete and one.status in ("impossible", "qualified")
                if first:
                    found.append(one)  # says why there is none, or that nothing is to be done
                break
            first = False
            complete = complete and one.status == "proved"
            found.append(one)
            best = one.plans[0]
            slowest = best.ready if slowest is None else max(slowest, best.ready)
            changes = best.changes - 1
        first = False
        if slowest is None or slowest <= on or asked >= MOST_PLANS or asking.over:
            break
        by = slowest - _ONE
    return Front(as_of=on, complete=complete, plans=tuple(_undominated(found)))


def _undominated(found: Sequence[Plan]) -> list[Plan]:
    measured = {id(each): _measured(each) for each in found if each.plans}
    if not measured:
        return list(found[:1])
    kept: dict[_Measures, Plan] = {}
    for each in found:
        this = measured.get(id(each))
        if this is None or this in kept:
            continue
        if not any(_better(other, this) for other in measured.values()):
            kept[this] = each
    return [kept[key] for key in sorted(kept)]


def _better(one: _Measures, other: _Measures) -> bool:
    return one != other and one[0] <= other[0] and one[1] <= other[1] and one[2] <= other[2]


def _measured(one: Plan) -> _Measures:
    best = one.plans[0]
    return Fraction(best.cost_exact.number), best.changes, best.days
