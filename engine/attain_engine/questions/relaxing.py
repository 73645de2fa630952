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
from attain_engine.evaluate import EvaluationProblem
from attain_engine.facts.model import Facts
from attain_engine.plan import Plan, Target, Wishes
from attain_engine.plan.models import Relaxation
from attain_engine.plan.reasons import NO_COMBINATION
from attain_engine.questions.asking import CERTAIN, Asking

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
    what the policy limits (`at most`); where these are not what stands in the way, the `when` of changes. Another plan
    is returned as it is. It takes no more than the time limit, and 20 seconds; `relaxations_complete` says whether all
    could be looked at by then."""
    if found.status != "impossible":
        return found
    seconds = LONGEST if wishes.time_limit is None else min(LONGEST, wishes.time_limit)
    asking = Asking(program, facts, on, readings, replace(wishes, time_limit=seconds, show=1))
    limits = tuple(_limits(program, wishes))
    relaxing = _Relaxing(asking, targets)
    relaxations = relaxing.smallest(limits)
    if relaxations == () and relaxing.complete:
        relaxations = relaxing.smallest((*limits, *_whens(program, wishes)))
    reasons = found.reasons
    if relaxations and NO_COMBINATION in reasons:
        reasons = (NO_COMBINATION,)  # what stands in the way is said better now
    told = {"relaxations": relaxations, "relaxations_complete": relaxing.complete, "reasons": reasons}
    return found.model_copy(update=told)


class _Relaxing:
    """The plans without some limits. `complete` is False once something was not looked at to the end."""

    def __init__(self, asking: Asking, targets: Sequence[Target]) -> None:
        self.asking = asking
        self.targets = targets
        self.complete = True

    def smallest(self, every: Sequence[_Limit]) -> tuple[Relaxation, ...]:
        """The smallest sets of these limits without which there is a plan, each with what the best one comes to."""
        if not every or self._without(every) is None:
            return ()
        found: list[Relaxation] = []
        for size in range(1, min(MOST_TOGETHER, len(every)) + 1):
            for dropped in combinations(every, size):
                names = {each.text for each in dropped}
                if any(names.issuperset(each.drop) for each in found):
                    continue
                if self.asking.over:
                    self.complete = False
                    return tuple(found)
                one = self._without(dropped)
                if one is not None:
                    found.append(one)
        return tuple(found)

    def _without(self, dropped: Sequence[_Limit]) -> Relaxation | None:
        """What the best plan comes to without some limits; None where there is none."""
        asking = self.asking
        changed: Question = (asking.program, asking.wishes)
        for each in dropped:
            changed = each.without(changed)
        try:
            found = asking.plan(self.targets, changed[1], program=changed[0])
        except EvaluationProblem:
            return None  # without its `when`, a change may have no value for what it does
        self.complete = self.complete and found.status in CERTAIN
        drop = tuple(each.text for each in dropped)
        if found.status == "qualified":
            nothing = ExactNumber(number="0", unit="number")
            return Relaxation(drop=drop, cost="nothing", cost_exact=nothing, changes=0, ready=asking.on)
        if not found.plans:
            return None
        best = found.plans[0]
        return Relaxation(drop=drop, cost=best.cost, cost_exact=best.cost_exact, changes=best.changes, ready=best.ready)


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


def _whens(program: model.Program, wishes: Wishes) -> Iterator[_Limit]:
    """The conditions of the changes that are not forbidden."""
    for change in program.changes.values():
        if change.condition is not None and change.name not in wishes.forbid:
            yield _Limit(f"the `when` of `{change.name}`", _unconditional(change.id))


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


def _unconditional(change: str) -> Callable[[Question], Question]:
    def without(this: Question) -> Question:
        program, wishes = this
        free = replace(program.changes[change], condition=None)
        return replace(program, changes={**program.changes, change: free}), wishes

    return without


def _unbounded(this: Question) -> Question:
    program, wishes = this
    free = {name: replace(each, low=None, high=None) for name, each in program.measures.items()}
    return replace(program, measures=free), wishes
