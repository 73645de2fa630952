"""How the steps of a plan read."""

from __future__ import annotations

import datetime

from attain_compiler.model.types import EnumValue
from attain_engine.api import load_policy, plan
from attain_engine.facts import Facts, Row

POLICY = """policy crew "Crew"
  in force from 2020-01-01

entity Member

enum Skill { medic, driver, diver }

record Training
  member  Member
  skill   Skill

measure trainings count
  count of Training t

designation ready "Ready"
  require trainings "Two trainings" trainings at least 2

change train(m Member, s Skill) "Train {m}"
  when no Training t where t.member is m and t.skill is s
  adds Training { member: m, skill: s }
  cost 5 EUR
"""


def test_choices_that_would_read_alike_are_told_apart() -> None:
    medic = EnumValue("crew.Skill", "medic")
    facts = Facts("acme", {"crew.Training": (Row("crew.Training", {"member": "ana", "skill": medic}),)})
    answer = plan(load_policy("crew.attain", POLICY), facts, datetime.date(2024, 6, 30))
    (step,) = answer.plans[0].steps
    assert sorted(step.any_of) == ["Train ana (diver)", "Train ana (driver)"]
    assert step.text in step.any_of
