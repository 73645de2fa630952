"""Declared bounds of measures hold everywhere: what is worked out, plans, claims; and new identifiers are new."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from attain_engine.rules.decide import decide
from tests.asp.agreement import disagreements
from tests.oracle.compiled import ON, compiled, facts
from tests.regressions.asked import assess, plan, steps, verdict

CLUB = """\
enum Side { left, right }
entity Person

record Seat
  side   Side
  holder Person
  paid   count? 0 to 100

measure seats count 0 to 3 "Seats"
  count of Seat s

measure on(side Side) count 0 to 2 "Seats on a side"
  count of Seat s where s.side is side

measure paid count 0 to 250 "Paid"
  sum of s.paid among Seat s

"""
SHARE = """\
measure share number 0 to 1 "Share on the left"
  on(left) / (on(right) + 1) else 0

"""
LEFT: dict[str, Any] = {"side": "left", "holder": "ana", "paid": 10}
RIGHT: dict[str, Any] = {"side": "right", "holder": "bo", "paid": 10}


@pytest.mark.parametrize(
    ("condition", "rows", "expected"),
    [
        ("seats at least 2", [LEFT, LEFT, RIGHT], "met"),
        ("seats at least 2", [LEFT, LEFT, RIGHT, RIGHT], "undetermined"),
        ("on(right) at least 1", [LEFT, LEFT, LEFT, RIGHT], "met"),
        ("on(left) at least 1", [LEFT, LEFT, LEFT, RIGHT], "undetermined"),
        ("paid at least 1", [{**LEFT, "paid": 100}, {**LEFT, "paid": 100}, {**RIGHT, "paid": 51}], "undetermined"),
        ("paid at least 1", [{**LEFT, "paid": 100}, {**LEFT, "paid": 100}, {**RIGHT, "paid": 50}], "met"),
        ("share at most 1", [LEFT, LEFT], "undetermined"),  # it is 2: the facts are wrong, or the bounds
        ("share at least 0.5", [LEFT, LEFT], "undetermined"),
        ("seats at most 3", [LEFT, LEFT, RIGHT, RIGHT], "undetermined"),
        ("seats more than 3", [LEFT, LEFT, RIGHT, RIGHT], "undetermined"),
        ("paid at most 300", [{**LEFT, "paid": 100}] * 3, "undetermined"),
    ],
)
def test_what_a_measure_comes_to_outside_its_bounds_is_no_value(
    tmp_path: Path, condition: str, rows: list[dict[str, Any]], expected: str
) -> None:
    policy = f'{CLUB}{SHARE}designation d "D"\n  require r "R" {condition}\n'
    said = assess(tmp_path, policy, {"Seat": rows})
    assert said.designations[-1].verdict == expected
    program = compiled(f'policy club "Club"\n\n{policy}')
    given = facts(program, {"Seat": rows})
    if expected == "undetermined":
        assert [each.code for each in said.problems] == ["measure-out-of-bounds"]
        assert not decide(program, given, ON).designations["club.d"].settled
    else:
        assert disagreements(program, given, ON) == []


def test_the_measure_is_named_with_its_value_and_its_bounds(tmp_path: Path) -> None:
    policy = f'{CLUB}designation d "D"\n  require r "R" on(left) at least 1\n'
    (problem,) = assess(tmp_path, policy, {"Seat": [LEFT, LEFT, LEFT]}).problems
    assert problem.message == "`on(left)` is 3, which is not from 0 to 2"


WAYS = """\
change seat by 1 to 9 "Add {n}"
  adds Seat { side: left, holder: new Person, paid: 60 }
  cost 1 EUR each

change raise by 1 to 9 "Raise by {n}"
  raises seats by 1
  cost 10 EUR each

change pay(s Seat) by 1 to 9 "{n}0 more"
  raises s.paid by 10
  cost 5 EUR each

"""


@pytest.mark.parametrize(
    ("condition", "expected"),
    [
        ("seats at least 3", {"seat": 1, "raise": 1}),  # two on the left at the most
        ("seats at least 4", None),
        ("paid at least 61", {"seat": 1}),
        ("paid at least 131", {"pay": 7, "seat": 1}),
        ("paid at least 251", None),
        ("(some Seat s where s.paid more than 90) and (count of Seat s) at least 4", None),  # `seats` is not asked for
        ("(count of Seat s where s.side is left) at least 3", None),
    ],
)
def test_a_plan_stays_within_the_bounds_of_measures(
    tmp_path: Path, condition: str, expected: dict[str, int] | None
) -> None:
    policy = f'{CLUB}{WAYS}designation d "D"\n  require r "R" {condition}\n'
    found = plan(tmp_path, policy, {"Seat": [LEFT]})
    if expected is None:
        assert (found.status, found.plans) == ("impossible", ())
        assert "would not be within the bounds that the policy declares" in found.reasons[0]
    else:
        assert (found.status, steps(found)) == ("proved", expected)


LEAVE = """\
change leave(s Seat) "Leave"
  removes s
  cost 100 EUR

"""
POINTS = """\
score points out of 50
  part money up to 40  1 point for each paid
  part left  up to 10  1 point for each on(left)

"""


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        (WAYS, {"pay": 1}),  # nothing brings it back
        (WAYS + LEAVE, {"leave": 1, "pay": 2}),
    ],
)
def test_a_measure_that_the_goal_asks_for_is_brought_back_into_its_bounds_if_it_can_be(
    tmp_path: Path, changes: str, expected: dict[str, int]
) -> None:
    policy = f'{CLUB}{changes}{POINTS}designation d "D"\n  require r "R" points at least 40\n'
    found = plan(tmp_path, policy, {"Seat": [LEFT, LEFT, LEFT]})
    assert (found.status, steps(found)) == ("proved", expected)


LATELY = """\
entity Person

record Licence
  holder Person
  earned date

measure new_ones count 0 to 2 "Licences of the last 30 days"
  count of Licence l where l.earned within the 30 days to assessment date

change train "Train"
  adds Licence { holder: new Person, earned: plan date }
  cost 10 EUR

change hire "Hire"
  adds Licence { holder: new Person, earned: 60 days before plan date }
  cost 90 EUR

designation d "D"
  require many "Many" (count of Licence l) at least 4
"""


@pytest.mark.parametrize(("earned", "day"), [("2024-03-20", "2024-04-19"), ("2024-01-01", "2024-03-31")])
def test_a_bound_that_only_time_lets_a_plan_keep_to_is_waited_for(tmp_path: Path, earned: str, day: str) -> None:
    # The goal looks at no date; the measure that must stay within its bounds does.
    rows = [{"holder": name, "earned": earned} for name in ("a", "b")]
    found = plan(tmp_path, LATELY, {"Licence": rows})
    assert found.status == "proved"
    assert (found.plans[0].cost_exact.number, found.plans[0].ready.isoformat()) == ("100", day)


BAN = """\
enum Side { left, right }
entity Person

record Seat
  side   Side
  holder Person
  paid   count? 0 to 100

record Ban
  holder Person

excluded Seat s "Banned" when some Ban b where b.holder is s.holder

measure seats count 1 to 3 "Seats"
  count of Seat s

score worth out of 3 "Worth"
  part seated "Seats" up to 3
    in proportion to (count of Seat s) full at 3

measure rated percent 10% to 100% "As a score has it"
  worth / 3 points

change ban(s Seat) "Ban {s.holder}"
  adds Ban { holder: s.holder }
  cost 1 EUR

designation d "D"
  require r "R" (count of Ban b) at least 1
"""


@pytest.mark.parametrize(("rows", "status"), [([LEFT], "impossible"), ([LEFT, RIGHT], "proved")])
@pytest.mark.parametrize("measure", ["seats", "rated"])
def test_a_measure_is_moved_by_what_excludes_its_rows_and_by_what_a_score_counts(
    tmp_path: Path, measure: str, rows: list[dict[str, Any]], status: str
) -> None:
    free = {"seats": "rated percent 10% to", "rated": "seats count 1 to"}[measure]
    policy = BAN.replace(free, f"{free[: free.index('1')]}0{'%' if '%' in free else ''} to")
    assert plan(tmp_path, policy, {"Seat": rows, "Ban": []}).status == status


def test_a_measure_that_is_unknown_does_not_forbid_what_leaves_it_within_its_bounds_by_itself(tmp_path: Path) -> None:
    policy = f'{CLUB}{WAYS}designation d "D"\n  require r "R" on(left) at least 2\n'
    unknown = {**RIGHT, "paid": None}
    found = plan(tmp_path, policy, {"Seat": [{**LEFT, "paid": 0}, unknown]})
    assert (found.status, steps(found)) == ("proved", {"seat": 1})


OPEN_SUM = """\
record R
  a  count? 0 to 10
  b  number? -5 to 5

measure m count 0 to 15
  sum of r.a among R r

measure q number -3 to 3
  sum of r.b among R r

measure doubled count 0 to 30
  m + m

measure rows count 0 to 9
  count of R r

score points out of 10
  part p up to 10 1 point for each (m - 15)

designation d "D"
  require r "R" {condition}
  require n "N" rows at least {rows}

change add "Add a row"
  adds R {{ a: 0, b: 0 }}
  cost 5 EUR

change tell(r R) "Tell"
  when r.a is not known
  sets r.a to 2
  cost 1 EUR
"""


@pytest.mark.parametrize(
    ("condition", "said"),
    [
        ("m at most 15", "met"),
        ("m at most 14", "undetermined"),
        ("m at least 16", "failed"),
        ("q at most 3 and q at least -3", "met"),
        ("(q rounded up to 1) at most 3", "met"),
        ("doubled at most 30", "met"),
        ("doubled more than 30", "failed"),
        ("points is 0", "met"),
        ("(sum of r.a among R r) at most 20", "met"),
        ("m at least (sum of r.a among R r where r.a at most 2)", "met"),
    ],
)
def test_a_measure_of_unknowns_keeps_to_its_bounds_and_a_plan_relies_on_it(
    tmp_path: Path, condition: str, said: str
) -> None:
    rows: list[dict[str, Any]] = [{"a": None, "b": None}, {"a": None, "b": None}]
    assert verdict(tmp_path, OPEN_SUM.format(condition=condition, rows=2), {"R": rows}) == said
    if said == "met":
        found = plan(tmp_path, OPEN_SUM.format(condition=condition, rows=3), {"R": rows})
        assert (found.status, steps(found)) == ("proved", {"add": 1})


@pytest.mark.parametrize("condition", ["m at most 15", "m at least 15", "m more than 15"])
def test_a_measure_whose_bounds_hold_in_no_completion_is_anything(tmp_path: Path, condition: str) -> None:
    rows = [{"a": 10, "b": 0}, {"a": 10, "b": 0}, {"a": None, "b": 0}]
    assert verdict(tmp_path, OPEN_SUM.format(condition=condition, rows=3), {"R": rows}) == "undetermined"


def test_a_plan_leads_back_into_the_bounds_where_the_goal_asks_for_the_measure(tmp_path: Path) -> None:
    """`seats at most 3` is not met by four seats, though no more than three are allowed."""
    leave = """change leave(s Seat) "Leave"
  removes s
  cost 1 EUR

"""
    policy = f'{CLUB}{leave}designation d "D"\n  require r "R" seats at most 3\n'
    found = plan(tmp_path, policy, {"Seat": [LEFT, LEFT, RIGHT, RIGHT]})
    assert (found.status, steps(found)) == ("proved", {"leave": 1})


PAIRS = """\
entity Person

record Pair
  mentor  Person
  learner Person?

measure people count 0 to 100
  count of Person p where some Pair x where x.mentor is p or x.learner is p

change pair by 1 to 3 "Hire {n} pairs"
  adds Pair { mentor: new Person, learner: new Person }
  cost 5 EUR each

change again "Hire one more pair"
  adds Pair { mentor: new Person, learner: new Person }
  cost 6 EUR

"""


@pytest.mark.parametrize(
    ("condition", "rows", "expected"),
    [
        ("some Pair p where p.mentor is not p.learner", [], {"pair": 1}),
        ("people at least 6", [], {"pair": 3}),
        ("people at least 8", [], {"pair": 3, "again": 1}),
        ("people at least 3", [{"mentor": "new Person pair-1-1", "learner": "new Person pair-1-1"}], {"pair": 1}),
        ("people at least 4", [{"mentor": "new Person pair-1-1", "learner": "new Person pair-1-1-2"}], {"pair": 1}),
        # Whoever it is that somebody learns from, it is nobody whom the plan brings.
        ("people at least 3", [{"mentor": "ana", "learner": None}], {"pair": 1}),
    ],
)
def test_every_new_identifier_is_a_new_one(
    tmp_path: Path, condition: str, rows: list[dict[str, Any]], expected: dict[str, int]
) -> None:
    policy = f'{PAIRS}designation d "D"\n  require r "R" {condition}\n'
    assert verdict(tmp_path, policy, {"Pair": rows}) == "failed" or rows
    found = plan(tmp_path, policy, {"Pair": rows})
    assert (found.status, steps(found)) == ("proved", expected)
