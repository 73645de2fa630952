"""The planner that tries every plan, on instances worked out by hand."""

from __future__ import annotations

import datetime
from fractions import Fraction

from attain_engine.api import load_policy, run_examples
from tests.oracle.changes import Plan, Step, apply, cheapest, possible_changes
from tests.oracle.compiled import ON, compiled, facts
from tests.oracle.interpreter import Interpreter

POLICY = """\
policy tried "Tried"
  in force from 2000-01-01

entity Person

record Badge
  holder Person
  level  count 0 to 5
  old    flag default no

measure levels count
  sum of b.level among Badge b where not (b.old)

measure fame count
  distinct b.holder among Badge b

designation goal "Goal"
  require levels "Levels" levels at least 6
  require fame "Fame" fame at least 3

change hire by 1 to 3 "Hire {n}"
  adds Badge { holder: new Person, level: 1 }
  cost 10 USD each
  takes 30 days

change teach(b Badge) by 1 to 5 - b.level
  when not (b.old)
  raises b.level by 1
  cost 2.5 USD each
  takes 1 week each
  at most 2

change renew(b Badge)
  when b.old
  sets b.old to no
  cost 3 USD

change boast
  raises fame by 1
  cost 15 USD
"""
PROGRAM = compiled(POLICY)


def interpreter(*rows: tuple[str, int, bool]) -> Interpreter:
    badges = [{"holder": holder, "level": level, "old": old} for holder, level, old in rows]
    return Interpreter(PROGRAM, facts(PROGRAM, {"Badge": badges}), ON, {})


def plan(tried: Interpreter) -> Plan | None:
    return cheapest(tried, lambda after: after.designation("tried.goal").met)


def test_a_change_is_possible_for_every_row_that_fits() -> None:
    found = possible_changes(interpreter(("ana", 1, False), ("ben", 4, True)))
    assert [(each.change.name, list(each.amounts)) for each in found] == [
        ("hire", [1, 2, 3]),
        ("teach", [1, 2, 3, 4]),
        ("renew", [1]),
        ("boast", [1]),
    ]


def test_the_cheapest_plan_combines_changes() -> None:
    found = plan(interpreter(("ana", 1, False), ("ben", 4, True)))
    assert found is not None
    assert [(step.possible.change.name, step.amount) for step in found.steps] == [("hire", 1), ("renew", 1)]
    assert found.cost == 13
    assert found.ends == ON + datetime.timedelta(days=30)


def test_fewer_changes_are_better_where_the_cost_is_the_same() -> None:
    found = plan(interpreter(("ana", 1, False), ("ben", 1, False), ("cem", 1, False)))
    assert found is not None
    assert [(step.possible.change.name, step.amount) for step in found.steps] == [("hire", 1), ("teach", 2)]
    assert found.cost == Fraction(15)


def test_a_limit_counts_the_units_of_all_combinations() -> None:
    found = plan(interpreter(("ana", 1, False), ("ben", 1, False), ("cem", 0, False)))
    assert found is not None
    assert [(step.possible.change.name, step.amount) for step in found.steps] == [("hire", 2), ("teach", 2)]


def test_nothing_is_needed_where_the_goal_holds() -> None:
    found = plan(interpreter(("ana", 2, False), ("ben", 2, False), ("cem", 2, False)))
    assert found == Plan((), Fraction(0), ON)


def test_no_plan_is_said_to_be_none() -> None:
    tried = interpreter(("ana", 5, False))
    assert cheapest(tried, lambda after: after.measure_value("tried.levels") >= 11) is None


def test_each_unit_of_a_change_has_a_new_identifier() -> None:
    tried = interpreter()
    hire = possible_changes(tried)[0]
    after = apply(tried, (Step(hire, 3),))
    assert after is not None
    assert after.measure_value("tried.fame") == 3


def test_what_is_lowered_is_planned_for_and_proved() -> None:
    """`lowers` of a field and of a measure: the least of each that is enough."""
    text = """policy p "P"
  in force from 2020-01-01
record Ticket
  id text
  hours count 0 to 50
measure open count 0 to 100
  count of Ticket t where t.hours at least 3
measure backlog number 0 to 100
  5
designation calm
  require few open at most 1
  require small backlog at most 2
change speed(t Ticket) by 1 to 50 "Speed up {t.id} by {n}"
  lowers t.hours by 1
  cost 5 USD each
change clear by 1 to 50 "Clear {n}"
  lowers backlog by 0.5
  cost 1 USD each
example "the cheapest"
  given nothing else
  given Ticket
    id hours
    "a" 5
    "b" 3
    "c" 4
  expect plan costs 21 USD
  expect plan has speed 3 times, clear 6 times
example "no lower than its bound"
  given nothing else
  given backlog = 1
  given Ticket { id: "a", hours: 0 }
  expect plan costs 0 USD
"""
    for result in run_examples(load_policy("p.attain", text)):
        assert not result.failures
