"""Whatever stage of a plan the time is over in, it ends there, and what was found by then is given with its bound. The
clock goes on by one whenever it is looked at, from some look on: so nothing here depends on how fast a machine is."""

from __future__ import annotations

import datetime
import time
from itertools import count
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from attain_engine.api import forecast, load_policy
from attain_engine.facts import Facts, Row
from attain_engine.plan import Plan, Wishes, answer, plan, schedule, timeline
from attain_engine.plan.opened import open_world
from attain_engine.solve.deadline import OutOfTime, ending_by, look, within
from tests.regressions.asked import HEAD

ON = datetime.date(2024, 6, 30)

LEARNING = (
    HEAD
    + """\
entity Person

enum Level
  first
  second

record Held
  holder  Person
  level   Level
  until   date

designation d "D"
  require two "Two" (count of Held h where h.level is second and h.until later than assessment date) at least 2

change learn(p Person, l Level) "Learn {l}: {p}"
  when l is first or (some Held h where h.holder is p and h.level is first and h.until later than assessment date)
  adds Held { holder: p, level: l, until: 12 months after plan date }
  cost 100 USD
  takes 3 weeks
  at most 1 at a time for each p
"""
)


def facts() -> Facts:
    """Two who are about to lose the first level, and one who has lost it."""
    until = {"ana": datetime.date(2024, 7, 5), "bo": datetime.date(2024, 8, 9), "cy": datetime.date(2024, 5, 1)}
    first = load_policy("p.attain", LEARNING).enums["p.Level"].members[0].constant
    rows = [Row("p.Held", {"holder": each, "level": first, "until": day}) for each, day in until.items()]
    return Facts("o", {"p.Held": tuple(rows)})
