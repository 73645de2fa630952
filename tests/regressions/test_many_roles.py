"""Each person once for many roles, in plans: as a number of places that are filled, for which the solver has a flow."""

from __future__ import annotations

from fractions import Fraction
from itertools import combinations, permutations
from pathlib import Path
from random import Random
from typing import Any

import pytest

from attain_engine.api import Wishes
from attain_engine.evaluate import allocation
from tests.regressions.asked import plan
from tests.seeds import of_each

PEOPLE = ("ann", "bob", "cyd", "dan")
SKILLS = ("cook", "sing", "sew")

POLICY = """\
enum Skill { cook, sing, sew }
entity Person

record Member
  person Person

record Training
  person Person
  skill  Skill

parameter price for Skill money EUR
  cook 5 EUR
  sing 7 EUR
  sew  4 EUR

define can(p Person, s Skill)
  some Training t where t.person is p and t.skill is s

change train(m Member, s Skill) "Train {m.person}: {s}"
  adds Training { person: m.person, skill: s }
  cost price(s)

change leave(t Training) "{t.person} gives up {t.skill}"
  removes t
  cost 3 EUR

"""
PRICE = {"cook": 5, "sing": 7, "sew": 4}


def filled(trained: frozenset[tuple[str, str]], needs: dict[str, int]) -> bool:
    """Whether everybody who is needed can be had, by every way of giving out the places."""
    places = [skill for skill, need in needs.items() for _ in range(need)]
    return len(places) <= len(PEOPLE) and any(
        all((person, skill) in trained for person, skill in zip(chosen, places, strict=True))
        for chosen in permutations(PEOPLE, len(places))
    )


def best(trained: frozenset[tuple[str, str]], needs: dict[str, int], goal: str, kept: str) -> tuple[int, int] | None:
    every = [(person, skill) for person in PEOPLE for skill in SKILLS]
    found = []
    for size in range(4):
        for turned in combinations(every, size):
            after = trained.symmetric_difference(turned)
            reached = filled(after, needs) is (goal == "crew")
            if reached and any(person == kept for person, _ in after):
                cost = sum(3 if each in trained else PRICE[each[1]] for each in turned)
                found.append((cost, size))
    return min(found, default=None)


@of_each(range(24), at_a_time=4)
def test_the_cheapest_crew_of_all(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, seed: int) -> None:
    monkeypatch.setattr(allocation, "FEW_ROLES", 0)
    draw = Random(seed)
    needs = {skill: draw.choice((0, 1, 1, 2)) for skill in SKILLS}
    goal = draw.choice(("crew", "crew", "not (crew)"))
    share = 0.6 if goal == "not (crew)" else 0.25
    trained = frozenset((person, skill) for person in PEOPLE for skill in SKILLS if draw.random() < share)
    lines = "".join(f"    {need} with can(p, {skill})\n" for skill, need in needs.items())
    policy = f"""{POLICY}define crew
  each Person p once for
{lines}
designation d "D"
  require crew "Crew" {goal}
  require kept "Kept" some Training t where t.person is "dan"
"""
    facts = {
        "Member": [{"person": each} for each in PEOPLE],
        "Training": [{"person": person, "skill": skill} for person, skill in sorted(trained)],
    }
    right = best(trained, needs, goal, "dan")
    found = plan(tmp_path, policy, facts, Wishes(most_changes=3))
    got = [(Fraction(each.cost_exact.number), each.changes) for each in found.plans]
    if right is None:
        assert (found.status, got) == ("impossible", [])
    elif right == (0, 0):
        assert found.status == "qualified"
    else:
        assert (found.status, got) == ("proved", [right])


def test_thirty_roles_are_filled(tmp_path: Path) -> None:
    """Everybody can do what their number and the next one say; what is needed is everything once."""
    number = 30
    skills = [f"s{each}" for each in range(number)]
    trained = [(each, skill) for each in range(number - 1) for skill in (each, each + 1)]
    lines = "".join(f"      1 with can(p, {each})\n" for each in skills)
    policy = f"""enum Skill {{ {", ".join(skills)} }}
entity Person

record Training
  person Person
  skill  Skill

define can(p Person, s Skill)
  some Training t where t.person is p and t.skill is s

designation d "D"
  require crew "Crew"
    each Person p once for
{lines}
change train(t Training, s Skill) "Train {{t.person}}: {{s}}"
  when t.skill is s4 and s in {{ s9, s22 }}
  adds Training {{ person: t.person, skill: s }}
  cost 10 EUR

change hire by 1 to 3 "Hire {{n}}"
  adds Training {{ person: new Person, skill: s7 }}
  cost 90 EUR each
"""
    facts: dict[str, Any] = {"Training": [{"person": f"p{each}", "skill": f"s{skill}"} for each, skill in trained]}
    found = plan(tmp_path, policy, facts)
    assert found.status == "proved"
    assert (found.plans[0].cost_exact.number, [each.units for each in found.plans[0].steps]) == ("90", [1])
    too_few = {"Training": facts["Training"][4:]}
    assert plan(tmp_path, policy.replace("1 to 3", "1 to 1"), too_few).status == "impossible"
