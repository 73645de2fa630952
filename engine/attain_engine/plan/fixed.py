"""What no change can bring about: requirements that look at nothing which a change touches."""

from __future__ import annotations

import datetime
from collections.abc import Sequence

from attain_compiler.model import program as model
from attain_engine.evaluate.problems import NoAnswer
from attain_engine.plan.effects import read_of
from attain_engine.plan.reads import reads
from attain_engine.plan.target import Target
from attain_engine.plan.timeline import Timeline


class Fixed:
    """The requirements without which a target cannot be reached, and of which a day decides whatever is done."""

    def __init__(self, line: Timeline, targets: Sequence[Target]) -> None:
        self.line = line
        self.requirements = [each for target in targets for each in _needed(target) if not self._touched(each)]
        self.missed: dict[str, None] = {}
        """The requirements that failed on a day that was asked for."""

    def _touched(self, requirement: model.Requirement) -> bool:
        found = reads(self.line.now, (requirement.condition,))
        return any(read_of(self.line.touches(each), found) for each in self.line.changes)

    def fails(self, day: datetime.date) -> bool:
        """Whether no plan can be ready on a day: one of them certainly fails then."""
        evaluator = self.line.evaluator(day)
        for each in self.requirements:
            try:
                truth = evaluator.condition(each.condition)
            except NoAnswer:
                continue  # the policy has no answer for that day: it is found out where the goal is judged
            if truth is False:
                self.missed[each.path] = None
                return True
        return False


def _needed(target: Target) -> list[model.Requirement]:
    """The requirements that hold wherever the target is reached: the common ones, and those of a highest tier that is
    asked for. Of options one may stand for another, and so may tracks."""
    designation = target.designation
    if designation.tracks is not None:
        return []
    found = list(designation.requirements)
    if designation.tiers and target.tier == designation.tiers[-1].name:
        found += designation.tiers[-1].requirements
    return found
