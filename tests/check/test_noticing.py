"""Whether examples notice a mutant: asking only those that look at what is broken answers as asking all does."""

from __future__ import annotations

import pytest

from attain_compiler.source import SourceFile
from attain_engine.check.examples import holds, plans_hold
from attain_engine.check.looked_at import looked_at
from attain_engine.check.mutate import Mutant, mutants
from attain_engine.check.noticing import Trial, suites
from attain_engine.check.tested import own_examples
from attain_engine.evaluate import EvaluationProblem
from attain_engine.policies import read_policy

POLICY = """policy club "Club"

enum Kind { junior, senior }

record Member "A member"
  kind  Kind
  age   count 0 to 150 default 40

excluded Member m "a slip"
  when m.age more than 120

parameter needed for Kind count
  junior 2, senior 3
  from 2024-01-01  junior 1

parameter price money EUR
  5 EUR

define grown(m Member)
  m.age at least 18

measure members(k Kind) count 0 to 100
  count of Member m where m.kind is k and grown(m)

measure visits count 0 to 1_000
  0

score size out of 20
  part seniors "Seniors" up to 10  in proportion to members(senior) full at 5
  part visits "Visits" up to 10  in proportion to visits full at 50

designation club "Club"
  require juniors "Juniors" members(junior) at least needed(junior)
  require seniors "Seniors" members(senior) at least needed(senior)

designation big "Big club"
  require points "Twelve points" size at least 12

change invite by 1 to 4 "Invite {n}"
  raises members(senior) by 1
  cost price each

example "juniors"
  on 2023-12-31
  given Member
    kind    age
    junior  18
    junior  17
    junior  121
  given nothing else
  expect members(junior) is 1
  expect club.juniors is not met

example "one is enough since"
  on 2024-01-01
  given members(junior) = 1
  given members(senior) = 3
  expect club is met

example "twelve points"
  on 2024-01-01
  given members(senior) = 5
  given visits = 10
  expect big is met

example "one more" like "one is enough since"
  given members(senior) = 2
  expect plan for club costs 5 EUR
"""


def by_all(mutant: Mutant) -> bool:
    """Whether any example fails, all being asked."""
    program = read_policy("club.attain", mutant.applied_to(POLICY)).program
    if program is None:
        return True
    try:
        return not all(holds(program, each) and plans_hold(program, each, 60) for each in own_examples(program))
    except EvaluationProblem:
        return True


def test_what_is_noticed_is_what_all_examples_notice() -> None:
    program = read_policy("club.attain", POLICY).program
    assert program is not None
    trial = Trial(suites([program]), 60)
    found = mutants(SourceFile("club.attain", POLICY))
    told = {(each.offset, each.change): trial.notices(each) for each in found}
    assert told == {(each.offset, each.change): by_all(each) for each in found}
    assert {True, False} == set(told.values())


@pytest.mark.parametrize(
    ("title", "looked", "not_looked"),
    [
        ("juniors", {"club.members", "club.grown", "club.needed", "club.club"}, {"club.size", "club.price"}),
        ("twelve points", {"club.size", "club.visits", "club.members"}, {"club.grown", "club.needed", "club.club"}),
    ],
)
def test_an_example_looks_at_what_decides_it(title: str, looked: set[str], not_looked: set[str]) -> None:
    program = read_policy("club.attain", POLICY).program
    assert program is not None
    example = next(each for each in own_examples(program) if each.title == title)
    found = looked_at(program, example)
    assert found >= looked
    assert not found & not_looked


def test_without_seconds_plans_are_not_asked() -> None:
    program = read_policy("club.attain", POLICY).program
    assert program is not None
    price = next(each for each in mutants(SourceFile("club.attain", POLICY)) if each.declaration == "parameter price")
    assert Trial(suites([program]), 60).notices(price)
    assert not Trial(suites([program]), 0).notices(price)
