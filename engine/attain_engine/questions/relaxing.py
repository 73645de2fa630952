"""Why there is no plan: the least that would have to give way."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import combinations
from typing import TypeAlias

from attain_compiler.frozen import frozen
from attain_compiler.model import program as model
from attain_engine.assess.exact import Exact as ExactNumber
from attain_engine.facts.model import Facts
from attain_engine.plan import Plan, Target, Wishes
from attain_engine.plan.models import Relaxation
from attain_engine.plan.reasons import NO_COMBINATION
from attain_engine.questions.asking import Asking

LONGEST = 20.0
"""So many seconds are spent at the most on what would have to give way."""

MOST_TOGETHER = 3
"""So many limits are let go together at the most."""

Question: TypeAlias = tuple[model.Program, Wishes]


@frozen
class _Limit:
    """Something that a plan must keep to, as it is said, and the question without it."""

    text: str
    without: Callable[[Question], Question]


def explained(
    program: model.Program,
    facts: Facts,
    on: datetime.date,
    readings: Mapping[str, str] | None,
    found: Plan,
    *,
    targets: Sequence[Target] = (),
    wishes: Wishes = Wishes(),
) -> Plan:
    """A plan that does not exist, with the smallest sets of limits without which there is one (minimal correction
    sets; Liffiton & Sakallah, 2008), up to three limits together: the budget, dates, what is forbidden or required, and
    what the policy limits (`at most`). Another plan is returned as it is. It takes no more than the time limit, and
    20 seconds; what is not found by then is left out."""
    if found.status != "impossible":
        return found
    every = tuple(_limits(program, wishes))
    seconds = min(LONGEST, wishes.time_limit or LONGEST)
    asking = Asking(program, facts, on, readings, replace(wishes, time_limit=seconds, show=1))

    def without(dropped: Sequence[_Limit]) -> Plan:
        changed: Question = (program, asking.wishes)
        for each in dropped:
            changed = each.without(changed)
        return asking.plan(targets, changed[1], program=changed[0])

    if not every:
        return found
    freed = without(every)
    if not freed.plans and freed.status != "qualified":
        return found
    relaxations: list[Relaxation] = []
    enough: list[frozenset[str]] = []
    for size in range(1, min(MOST_TOGETHER, len(every)) + 1):
        for dropped in combinations(every, size):
            names = frozenset(each.text for each in dropped)
            if asking.over or any(each <= names for each in enough):
                continue
            one = without(dropped)
            if one.status == "qualified":
                enough.append(names)
                nothing = ExactNumber(number="0", unit="number")
                drop = tuple(each.text for each in dropped)
                relaxations.append(Relaxation(drop=drop, cost="nothing", cost_exact=nothing, changes=0, ready=on))
            if one.plans:
                enough.append(names)
                best = one.plans[0]
                relaxations.append(
                    Relaxation(
                        drop=tuple(each.text for each in dropped),
                        cost=best.cost,
                        cost_exact=best.cost_exact,
                        changes=best.changes,
                        ready=best.ready,
                    )
                )
    reasons = found.reasons
    if relaxations and NO_COMBINATION in reasons:
        reasons = (NO_COMBINATION,)  # what stands in the way is said better now
    return found.model_copy(update={"relaxations": tuple(relaxations), "reasons": reasons})


def _limits(program: model.Program, wishes: Wishes) -> Iterator[_Limit]:
    def wish(text: str, **changed: object) -> _Limit:
        return _Limit(text, lambda this: (this[0], replace(this[1], **changed)))  # type: ignore[arg-type]

    if wishes.budget is not None:
        yield wish("the budget", budget=None)
    if wishes.by is not None:
        yield wish(f"ready by {wishes.by}", by=None)
    if wishes.until is not None:
        yield wish(f"until {wishes.until}", until=None)
    if wishes.most_changes is not None:
        yield wish(f"at most {wishes.most_changes} changes", most_changes=None)
    if wishes.survive:
        yield wish(f"the loss of any one {', '.join(sorted(wishes.survive))}", survive=frozenset())
    for text in sorted(wishes.forbid):
        yield _Limit(f"`{text}` forbidden", _less("forbid", text))
    for text in sorted(wishes.require):
        yield _Limit(f"`{text}` required", _less("require", text))
    for each in wishes.at_most:
        yield _Limit(f"`{each[1]}` at most {each[0]}", _fewer(each))
    for change in program.changes.values():
        if change.limit is not None or change.paces:
            yield _Limit(f"the limits of `{change.name}`", _unlimited(change.id))
    if any(each.low is not None or each.high is not None for each in program.measures.values()):
        yield _Limit("the bounds of measures", _unbounded)


def _less(name: str, text: str) -> Callable[[Question], Question]:
    return lambda this: (this[0], replace(this[1], **{name: getattr(this[1], name) - {text}}))


def _fewer(limit: tuple[int, str]) -> Callable[[Question], Question]:
    return lambda this: (
        this[0],
        replace(this[1], at_most=tuple(each for each in this[1].at_most if each != limit)),
    )


def _unlimited(change: str) -> Callable[[Question], Question]:
    def without(this: Question) -> Question:
        program, wishes = this
        free = replace(program.changes[change], limit=None, paces=())
        return replace(program, changes={**program.changes, change: free}), wishes

    return without


def _unbounded(this: Question) -> Question:
    program, wishes = this
    free = {name: replace(each, low=None, high=None) for name, each in program.measures.items()}
    return replace(program, measures=free), wishes
