"""Identifiers that only a change would bring are there only if the change is made."""

from __future__ import annotations

import datetime

import pytest

from attain_engine.api import load_policy
from attain_engine.facts import Facts, Row
from attain_engine.plan import plan

POLICY = """policy crew "Crew"
  in force from 2020-01-01

entity Person

record Employee
  person Person

record Training
  person Person

designation trained "Everybody is trained"
  require size "Enough people" (count of Employee e) at least {size}
  require training "Everybody has a training" every Person p has some Training t where t.person is p

change hire by 1 to 3 "Hire {{n}}"
  adds Employee {{ person: new Person }}
  cost 100 EUR each

change train(p Person) "Train {{p}}"
  when no Training t where t.person is p
  adds Training {{ person: p }}
  cost 10 EUR

change hire_trained by 1 to 2 "Hire {{n}} who are trained"
  adds Employee {{ person: new Person called "recruit" }}
  adds Training {{ person: new Person called "recruit" }}
  cost 500 EUR each
"""


@pytest.mark.parametrize(("size", "cost", "steps"), [(1, "10", ["train"]), (2, "510", ["train", "hire_trained"])])
def test_people_who_are_not_hired_need_no_training(size: int, cost: str, steps: list[str]) -> None:
    program = load_policy("crew.attain", POLICY.format(size=size))
    facts = Facts("crew", {"crew.Employee": (Row("crew.Employee", {"person": "ana"}),), "crew.Training": ()})
    found = plan(program, facts, datetime.date(2024, 1, 1))
    assert found.status == "proved"
    assert found.plans[0].cost_exact.number == cost
    assert [step.change for step in found.plans[0].steps] == steps


def test_hiring_the_untrained_is_never_enough() -> None:
    program = load_policy("crew.attain", POLICY.format(size=4))
    facts = Facts("crew", {"crew.Employee": (Row("crew.Employee", {"person": "ana"}),), "crew.Training": ()})
    assert plan(program, facts, datetime.date(2024, 1, 1)).status == "impossible"
