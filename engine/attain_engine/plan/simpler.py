"""A simpler goal for long periods: the requirements that are judged otherwise on few days.

What a goal asks may change from each day to the next: days of service are added up, a record ages. Then each day has a
problem of its own. A part of the goal that changes seldom is asked of many days at once; what a plan costs at the least
that reaches this part, it costs at the least that reaches all of it.
"""

from __future__ import annotations

from collections.abc import Container, Iterable, Sequence
from copy import copy
from dataclasses import replace

from attain_compiler.model import program as model
from attain_engine.evaluate import Evaluator
from attain_engine.evaluate.designations import requirements_of
from attain_engine.open.conditions import Condition, conjunction, disjunction
from attain_engine.plan.bound import Bounds
from attain_engine.plan.reads import Reads, all_of, reads
from attain_engine.plan.ready import Asked
from attain_engine.plan.target import Target
from attain_engine.plan.timeline import Timeline

MANY_PERIODS = 30
"""A goal that has no more periods than this is asked of each as it is."""

FEWER = 4
"""What is taken of a goal has at most one in so many of its periods."""


def simpler(line: Timeline, asked: Asked, periods: int) -> Bounds | None:
    """The bounds by what changes seldom of a goal that has so many periods, where that is something."""
    if periods <= MANY_PERIODS:
        return None
    targets = [each for each in asked.targets if each.designation.tracks is None]
    found = {
        each.condition: reads(line.now, (each.condition,))
        for target in targets
        for each in requirements_of(target.designation)
    }
    seldom = {
        each: read for each, read in found.items() if len(_of(line, [read]).own_days(line.horizon)) * FEWER <= periods
    }
    if not seldom:
        return None

    def goal(then: Evaluator) -> Condition:
        return conjunction(_reached(then, target, seldom) for target in targets)

    return Bounds(_of(line, seldom.values()), replace(asked, goal=goal))


def _of(line: Timeline, parts: Iterable[Reads]) -> Timeline:
    """The same days and changes for a goal whose parts look at these."""
    other = copy(line)
    other.goals = tuple(parts)
    other.goal = all_of(other.goals)
    return other


def _reached(then: Evaluator, target: Target, seldom: Container[model.Expression]) -> Condition:
    """That a target is reached, as far as these conditions say it: all others hold."""

    def held(requirements: Sequence[model.Requirement], options: Sequence[model.Option]) -> Condition:
        own = conjunction(then.condition(each.condition) for each in requirements if each.condition in seldom)
        ways = disjunction(held(each.requirements, ()) for each in options) if options else True
        return conjunction((own, ways))

    designation = target.designation
    names = [each.name for each in designation.tiers]
    enough = designation.tiers[names.index(target.tier) if target.tier else 0 :]
    tiers = disjunction(held(each.requirements, each.options) for each in enough) if enough else True
    return conjunction((held(designation.requirements, designation.options), tiers))
