"""The most of several designations that can be reached within a budget."""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence
from fractions import Fraction
from itertools import combinations

from attain_compiler.model import program as model
from attain_engine.assess import designations_of
from attain_engine.facts.model import Facts
from attain_engine.plan import Plan, PlanProblem, Target, Wishes
from attain_engine.questions.asking import CERTAIN, Asking
from attain_engine.questions.models import Most

MOST_TARGETS = 12
"""So many targets can be chosen among: every set of them may have to be looked at."""


def most(
    program: model.Program,
    facts: Facts,
    on: datetime.date,
    readings: Mapping[str, str] | None = None,
    *,
    targets: Sequence[Target] = (),
    wishes: Wishes = Wishes(),
) -> Most:
    """The largest set of targets (without any: designations of the main policy) that one plan within the wishes
    reaches; of several the cheapest. A set is left out where a part of it cannot be reached. Raises EvaluationProblem
    and PlanProblem."""
    asking = Asking(program, facts, on, readings, wishes)
    wanted = list(targets) or [Target(each) for each in designations_of(program)]
    if len(wanted) > MOST_TARGETS:
        raise PlanProblem(
            f"there are {len(wanted)} designations, more than the {MOST_TARGETS} that can be chosen among",
            "name those that you want with `--for`",
        )
    beyond: list[frozenset[int]] = []
    proved = True
    for size in range(len(wanted), 0, -1):
        if size == len(wanted) - 1:  # what none reaches alone needs no looking at with others
            for index, each in enumerate(wanted):
                if asking.over:
                    break
                alone = asking.plan((each,))
                proved = proved and alone.status in CERTAIN
                if alone.status == "impossible":
                    beyond.append(frozenset((index,)))
        best: tuple[Fraction, tuple[int, ...], Plan] | None = None
        for chosen in combinations(range(len(wanted)), size):
            if any(each <= frozenset(chosen) for each in beyond):
                continue
            if asking.over:
                proved = False
                break
            one = asking.plan([wanted[index] for index in chosen])
            if one.status == "impossible":
                beyond.append(frozenset(chosen))
            elif one.plans or one.status == "qualified":
                cost = Fraction(one.plans[0].cost_exact.number) if one.plans else Fraction(0)
                proved = proved and one.status in CERTAIN
                if best is None or cost < best[0]:
                    best = cost, chosen, one
            else:
                proved = False
        if best is not None:
            _, chosen, one = best
            left = [each for index, each in enumerate(wanted) if index not in chosen]
            return Most(as_of=on, reached=one.targets, left=tuple(each.text for each in left), proved=proved, plan=one)
    return Most(as_of=on, reached=(), left=tuple(each.text for each in wanted), proved=proved, plan=None)
