"""How the steps of a plan read."""

from __future__ import annotations

import datetime
import random
from collections.abc import Sequence
from itertools import combinations

import pytest

from attain_compiler.model.types import EnumValue
from attain_engine.api import Plan, Wishes, differing, load_policy, plan
from attain_engine.facts import Facts, Row
from attain_engine.report.console import Console
from attain_engine.report.plan_text import plan_text

EIGHTY = Console(color=False, unicode=True, columns=80)

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


CHOIR = """policy choir "Choir"
  in force from 2020-01-01

enum Voice { low "Low voice", high "High voice" }

entity Singer

record Member
  singer   Singer
  voice    Voice
  weight   count 0 to 100
  trained  flag default no
  unique singer

measure worth count 0 to 10_000
  sum of m.weight among Member m where m.trained

designation mark "Mark"
  require worth "Enough trained singers" worth at least NEEDED

change school(m Member) "School {m.singer}: {m.voice}"
  when not (m.trained)
  sets m.trained to yes
  cost 100 EUR
"""


def _schooled(weights: Sequence[int], needed: int, show: int = 1, *, names: bool = False) -> tuple[Plan, str]:
    low = EnumValue("choir.Voice", "low")
    rows = tuple(
        Row("choir.Member", {"singer": f"s{number}", "voice": low, "weight": weight, "trained": False})
        for number, weight in enumerate(weights)
    )
    policy = load_policy("choir.attain", CHOIR.replace("NEEDED", str(needed)))
    facts = Facts("choir", {"choir.Member": rows})
    answer, _ = differing(policy, facts, datetime.date(2024, 6, 30), wishes=Wishes(show=show))
    return answer, plan_text(answer, EIGHTY, names)


def test_any_so_many_of_a_pool_are_one_line_and_the_list_comes_on_request() -> None:
    answer, text = _schooled([1] * 9, 7)
    assert {step.together for step in answer.plans[0].steps} == {7}
    lines = text.splitlines()
    assert "  + School s0: Low voice           100 EUR    any 7 of 9" in lines
    assert "  + School s1: Low voice           100 EUR    of these" in lines
    assert "    … and 4 more of `school`  100 EUR each" in lines
    assert "    every step and what would do as well: `--names`" in lines
    assert "s8" not in text
    _, whole = _schooled([1] * 9, 7, names=True)
    assert "any 7 of 9: School s0: Low voice; School s1: Low voice;" in whole
    assert "School s8: Low voice" in whole
    assert "--names" not in whole


@pytest.mark.parametrize("seed", range(12))
def test_any_so_many_are_really_any(seed: int) -> None:
    draw = random.Random(seed)
    weights = [draw.randint(3, 6) for _ in range(7)]
    needed = draw.randint(9, 24)
    answer, _ = _schooled(weights, needed)
    steps = answer.plans[0].steps
    worth = {f"School s{number}: Low voice": weight for number, weight in enumerate(weights)}
    for step in steps:
        same = [each.text for each in steps if each.any_of[1:] == step.any_of[1:]] if step.any_of else [step.text]
        rest = sum(worth[each.text] for each in steps if each.text not in same)
        sums = [sum(worth[each] for each in some) for some in combinations({*same, *step.any_of}, len(same))]
        assert (step.together == len(same)) is (len(same) == 1 or all(rest + each >= needed for each in sums))


def test_any_so_many_of_more_than_can_be_tried_is_told_where_it_is_proved() -> None:
    alike, text = _schooled([1] * 60, 10)
    assert {step.together for step in alike.plans[0].steps} == {10}
    assert "any 10 of 60" in text


def test_requirements_that_reasons_name_are_told_with_their_titles() -> None:
    assert "    `worth` is: Enough trained singers" in _schooled([1, 1], 1)[1].splitlines()


def test_nothing_is_wider_than_the_terminal() -> None:
    for weights, needed in (([1] * 8, 5), ([3, 3, 2, 2], 5), ([9, 8, 7, 6, 5, 4, 3, 2, 1, 1], 40)):
        assert max(map(len, _schooled(weights, needed)[1].splitlines())) <= 80


def test_it_is_said_why_there_are_no_more_plans() -> None:
    answer, text = _schooled([1, 1], 2, show=3)
    assert len(answer.plans) == 1
    assert "no other plan makes some change less often" in text
    assert not _schooled([1, 1], 2)[0].no_more


def test_many_reasons_that_differ_in_numbers_alone_are_one() -> None:
    weights = range(2, 12)
    text = " ".join(_schooled(list(weights), sum(weights))[1].split())
    assert "and 7 more: without it: `worth` fails `worth` is" in text
    _, whole = _schooled(list(weights), sum(weights), names=True)
    assert whole.count("fails with") == len(weights)
