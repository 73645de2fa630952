"""One question about one organisation, asked again and again with other wishes, within one time limit."""

from __future__ import annotations

import datetime
import time
from collections.abc import Mapping, Sequence
from dataclasses import replace

from attain_compiler.model import program as model
from attain_engine.facts.model import Facts
from attain_engine.plan import CarriedOut, Plan, Target, Wishes, plan_and_facts

CERTAIN = frozenset({"proved", "qualified", "impossible"})
"""What is said of a plan that no more time would change."""


class Asking:
    """The policy, the facts and the day. `wishes` hold for every plan; their time limit is for all of them together."""

    def __init__(
        self,
        program: model.Program,
        facts: Facts,
        on: datetime.date,
        readings: Mapping[str, str] | None,
        wishes: Wishes,
    ) -> None:
        self.program = program
        self.facts = facts
        self.on = on
        self.readings = dict(readings or {})
        self.wishes = wishes
        self._ends = None if wishes.time_limit is None else time.monotonic() + wishes.time_limit

    @property
    def left(self) -> float | None:
        """The seconds that are left; None without a limit."""
        return None if self._ends is None else max(self._ends - time.monotonic(), 0.0)

    @property
    def over(self) -> bool:
        """Whether the time is used up."""
        return self.left is not None and self.left < 0.1

    def plan(
        self,
        targets: Sequence[Target],
        wishes: Wishes | None = None,
        *,
        program: model.Program | None = None,
        seconds: float | None = None,
    ) -> Plan:
        """The cheapest plan, in what time is left (or so many seconds, if these are fewer)."""
        return self.plan_and_facts(targets, wishes, program=program, seconds=seconds)[0]

    def plan_and_facts(
        self,
        targets: Sequence[Target],
        wishes: Wishes | None = None,
        *,
        program: model.Program | None = None,
        seconds: float | None = None,
    ) -> tuple[Plan, tuple[CarriedOut, ...]]:
        """The same, and for each plan the facts after it."""
        asked = program or self.program
        of_this = [replace(each, designation=asked.designations[each.designation.id]) for each in targets]
        limits = [each for each in (self.left, seconds) if each is not None]
        wished = replace(wishes or self.wishes, time_limit=min(limits) if limits else None)
        return plan_and_facts(asked, self.facts, self.on, self.readings, targets=of_this, wishes=wished)
