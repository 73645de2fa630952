"""What is certain, whatever the unknowns are: sums, functions of them, tracks, examples, plans and their conditions."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from attain_engine.api import load_policy
from attain_engine.check.examples import run_examples
from tests.regressions.asked import HEAD, assess, plan, steps, verdict

FIRM = """\
enum Size {{ small, large }}

record Firm one row
  staff  count? 0 to 100
  rooms  count? 0 to 100
  doors  count? 0 to 9
  seats  count? 0 to 1_000_000
  desks  count? 0 to 1_000_000_000_000
  fees   money USD? 0 USD to 100 USD
  debts  money USD? 0 USD to 100 USD
  size   Size?

record Course
  n count 0 to 20

measure best count 0 to 20
  greatest of c.n among Course c else 0

score total out of 100
  part a up to 50 in proportion to the Firm.staff full at 80
  part b up to 50 in proportion to 100 - the Firm.staff full at 80

designation asked "Asked"
  require it "It"
    {condition}
"""


def said_of(tmp_path: Path, condition: str) -> str:
    return verdict(tmp_path, FIRM.format(condition=condition), {"Firm": [{}], "Course": []})


@pytest.mark.parametrize(
    ("condition", "expected"),
    [
        ("the Firm.staff + the Firm.rooms at least 10 or the Firm.staff less than 10", "met"),
        ("the Firm.staff + the Firm.rooms at least 11 or the Firm.staff less than 10", "undetermined"),
        ("the Firm.staff + the Firm.rooms at most 200", "met"),
        ("the Firm.staff - the Firm.rooms at least 1 and the Firm.rooms - the Firm.staff at least 0", "failed"),
        ("2 * the Firm.staff + 2 * the Firm.rooms is 7", "failed"),
        ("the Firm.seats + the Firm.desks at least 10 or the Firm.seats less than 10", "met"),
        ("3 * the Firm.seats + 5 * the Firm.desks is 7", "failed"),
        ("3 * the Firm.seats + 5 * the Firm.desks is 8", "undetermined"),
        ("the Firm.fees + the Firm.debts at least 10 USD or the Firm.fees less than 10 USD", "met"),
        ("the Firm.fees + the Firm.debts more than 10 USD or the Firm.fees at most 10 USD", "met"),
        ("the Firm.fees + the Firm.debts at least 10 USD or the Firm.fees at most 9.99 USD", "undetermined"),
    ],
)
def test_a_sum_of_unknowns_is_that_sum(tmp_path: Path, condition: str, expected: str) -> None:
    assert said_of(tmp_path, condition) == expected


@pytest.mark.parametrize(
    ("condition", "expected"),
    [
        ("(greatest of (the Firm.staff, 3)) at least 3", "met"),
        ("(greatest of (the Firm.staff, the Firm.rooms)) - the Firm.rooms at least 0", "met"),
        ("(least of (the Firm.fees, the Firm.debts)) at most the Firm.fees", "met"),
        ("(least of (the Firm.fees, the Firm.debts)) + 1 USD at most the Firm.fees", "undetermined"),
        ("(greatest of (2, the Firm.staff)) less than (greatest of (0, the Firm.staff))", "failed"),
        ("(the Firm.staff rounded up to 10) at least the Firm.staff", "met"),
        ("(the Firm.seats rounded half up to 2) - the Firm.seats at most 1", "met"),
        ("(the Firm.seats rounded half even to 2) - the Firm.seats at least 1", "undetermined"),
        ("(the Firm.fees rounded half even to 1 USD) - the Firm.fees more than 0.5 USD", "failed"),
        (
            "((the Firm.staff / (the Firm.rooms + 1)) else 0%) at most 99% or the Firm.staff at least the Firm.rooms",
            "met",
        ),
        ("((the Firm.fees / the Firm.debts) else 0%) at least 0%", "met"),
        (
            "((the Firm.fees / the Firm.debts) else 50%) at least 50% or the Firm.debts more than 2 * the Firm.fees",
            "met",
        ),
        ("the Firm.staff * the Firm.doors at least the Firm.staff or the Firm.doors is 0", "met"),
        ("total at least 50", "met"),
        ("total more than 50", "undetermined"),
        ("total is 62.5 or the Firm.staff less than 20 or the Firm.staff more than 80", "met"),
        ("total more than 62.5", "failed"),
    ],
)
def test_functions_of_unknowns_are_complete(tmp_path: Path, condition: str, expected: str) -> None:
    assert said_of(tmp_path, condition) == expected


@pytest.mark.parametrize(
    ("condition", "expected"),
    [
        ("(distinct d.f among Day d) at least 2", "undetermined"),
        ("(distinct d.f among Day d) at most 2 or (distinct d.f among Day d) is 3", "met"),
        ("(greatest of d.f among Day d where d.f at most 2 else 0) at most 2", "met"),
        (
            "(earliest of d.on among Day d else 2024-01-01) later than (latest of d.on among Day d else 2024-01-01)",
            "failed",
        ),
        ("some Day d where d.on is 2023-01-01 and d.on later than 2023-01-01", "failed"),
        ('no Day d where d.who is "a" and d.who is "b"', "met"),
    ],
)
def test_what_runs_over_unknown_values_is_complete(tmp_path: Path, condition: str, expected: str) -> None:
    policy = f"""\
record Day
  f    count? 0 to 2
  on   date?
  who  text?

designation asked "Asked"
  require it "It" {condition}
"""
    rows: list[dict[str, Any]] = [{"f": 1}, {}, {}]
    assert verdict(tmp_path, policy, {"Day": rows}) == expected


UNTOLD = """\
enum Kind {{ one, other }}

parameter kinds set of Kind
  {{ one, other }}

record Bonus
  kind   Kind
  amount count 0 to 1_000_000
  loss   number -10 to 0
  size   count 5 to 10
  on     date

designation asked "Asked"
  require it "It" {condition}
"""


@pytest.mark.parametrize(
    ("condition", "expected"),
    [
        ("10 + (sum of b.amount among Bonus b) less than 10", "failed"),
        ("(count of Bonus b) at least 0", "met"),
        ("(sum of b.loss among Bonus b) at most 0", "met"),
        ("(distinct b.amount among Bonus b) less than 0", "failed"),
        ("(sum of b.amount among Bonus b) less than 10", "undetermined"),
        ("(sum of b.amount * 2 + 3 among Bonus b) less than 0", "failed"),
        ("(sum of b.amount - b.loss among Bonus b) at least 0", "met"),
        ("(sum of b.loss / 3 among Bonus b where b.amount at least 5) at most 0", "met"),
        ("10 + (sum of (greatest of (b.loss, 0)) among Bonus b) at least 10", "met"),
        ("(greatest of (least of (b.amount, 20)) among Bonus b else 0) at most 20", "met"),
        ("(sum of b.amount * b.loss among Bonus b) at most 0", "met"),
        ("(sum of b.amount + b.loss among Bonus b) at least 0", "undetermined"),
        ("(sum of b.amount - 1 among Bonus b) at least 0", "undetermined"),
    ],
)
def test_rows_that_are_not_told_keep_to_their_fields(tmp_path: Path, condition: str, expected: str) -> None:
    assert verdict(tmp_path, UNTOLD.format(condition=condition)) == expected


@pytest.mark.parametrize(
    ("condition", "expected"),
    [
        ("(greatest of b.size among Bonus b else 0) at least 5", "undetermined"),
        ("(average of b.size among Bonus b where b.amount more than 3 else 20) at most 10", "undetermined"),
        ("(median of b.size * 2 among Bonus b else 0) + 1 at least 11", "undetermined"),
        ("(latest of b.on among Bonus b else 2030-01-01) later than 2025-01-01", "undetermined"),
        ("((least of b.size among Bonus b) + 1 else 0) at least 1", "undetermined"),
        ("(least of b.size among Bonus b else 7) at least 5", "met"),
        ("(greatest of b.size among Bonus b else 11) less than 5", "failed"),
        ("(best for k in Kind: count of Bonus b where b.kind is k) at least 0", "met"),
        ("(least of (count of Bonus b where b.kind is k) among k in { one, other }) less than 0", "failed"),
        ("(least for k in kinds: sum of b.size among Bonus b where b.kind is k) less than 0", "failed"),
        ("(greatest of b.size among Bonus b where b.kind is one else 4) from 4 to 10", "met"),
    ],
)
def test_there_may_be_no_rows_where_they_are_not_told(tmp_path: Path, condition: str, expected: str) -> None:
    assert verdict(tmp_path, UNTOLD.format(condition=condition)) == expected


TRACKS = """\
enum Track {{ big, small }}

parameter neither Track
  unknown "not printed"

record Partner one row
  customers  count? 0 to 100
  track      Track?

define track as Track
  by case
    big when the Partner.customers at least 5
    small otherwise

designation asked "Asked"
  {tracks}
  require it "It" {condition}
"""


@pytest.mark.parametrize(
    ("tracks", "condition", "expected"),
    [
        ("any for t in { track }", "t is big", "undetermined"),
        ("any for t in { track }", "t is big or t is small", "met"),
        ("any for t in { track }", "t is small or the Partner.customers at least 5", "met"),
        ("best for t in { track } by 1", "t is big", "undetermined"),
        ("best for t in { track, small } by the Partner.customers", "t is small or track is big", "met"),
        ("any for t in { neither }", "t is big", "undetermined"),
        ("any for t in { neither, big }", "t is big", "met"),
        ("best for t in { the Partner.track } by 1", "t is not t", "failed"),
    ],
)
def test_a_track_that_is_not_known(tmp_path: Path, tracks: str, condition: str, expected: str) -> None:
    policy = TRACKS.format(tracks=tracks, condition=condition)
    assert verdict(tmp_path, policy, {"Partner": [{}]}) == expected


EXAMPLES = """\
record Firm one row
  staff  count? 0 to 100
  rooms  count? 0 to 100

designation d "D"
  require r "Whatever the staff is"
    {condition}

example "told"
  given Firm {{}}
  expect {expected}
"""


@pytest.mark.parametrize(
    ("condition", "expected", "passes"),
    [
        ("the Firm.staff at least 3 or the Firm.staff at most 4", "d is met", True),
        ("the Firm.staff at least 3 or the Firm.staff at most 4", "d is not undetermined", True),
        ("the Firm.staff at least 3 or the Firm.staff at most 4", "the Firm.staff + 1 at least 1", True),
        ("the Firm.staff + the Firm.rooms less than the Firm.rooms", "d is failed", True),
        ("the Firm.staff at least 3", "d is undetermined", True),
        ("the Firm.staff at least 3", "d is met", False),
        ("the Firm.staff at least 3", "d is met or d is failed", True),
    ],
)
def test_an_example_says_what_an_assessment_says(tmp_path: Path, condition: str, expected: str, passes: bool) -> None:
    text = HEAD + EXAMPLES.format(condition=condition, expected=expected)
    (result,) = run_examples(load_policy(tmp_path / "tried.attain", text))
    assert result.passed is passes


PLANNED = """\
record Course
  n count 0 to 20

record Firm one row
  o      count? 0 to 3
  staff  count? 0 to 100
  rooms  count? 0 to 100
  open   flag?

measure courses count 0 to 10
  count of Course c

measure best count 0 to 20
  greatest of c.n among Course c else 0

score points out of 20
  part a up to 5  2 points for each the Firm.o + 0.5
  part b up to 10  worth (greatest of (best, 2 * the Firm.o)) * 1 point
  part c up to 5  in proportion to (7 - the Firm.o) full at 4

designation asked "Asked"
  require it "It"
    {condition}

change teach "Teach"
  {when}adds Course {{ n: 8 }}
  cost 1 USD

change more "More" by 1 to 3
  adds Course {{ n: 2 }}
  cost 5 USD each
"""


@pytest.mark.parametrize(
    ("condition", "when", "status", "expected"),
    [
        (
            "courses at least 1",
            "when ((the Firm.o + 7) / (the Firm.o - 7) else 0%) at most 0%\n  ",
            "proved",
            {"teach": 1},
        ),
        ("courses at least 1", "when the Firm.o at least 0 or the Firm.open\n  ", "proved", {"teach": 1}),
        ("courses at least 1", "when the Firm.o at least 1\n  ", "proved", {"more": 1}),
        ("best at least 8", "when the Firm.o at least 1\n  ", "undetermined", {}),
        ("best at least 8", "when the Firm.o at least 1 and the Firm.o less than 1\n  ", "impossible", {}),
        ("(greatest of (best, the Firm.o)) at least 8", "", "proved", {"teach": 1}),
        ("(least of (best, the Firm.o + 8)) at least 8", "", "proved", {"teach": 1}),
        ("(best + the Firm.o) at least 8", "", "proved", {"teach": 1}),
        ("((best + the Firm.o) rounded down to 4) at least 8", "", "proved", {"teach": 1}),
        ("points at least 14", "", "proved", {"teach": 1}),
        (
            "the Firm.staff + the Firm.rooms at least 10 or the Firm.staff less than 10 or courses at least 1",
            "",
            "qualified",
            {},
        ),
        (
            "the Firm.staff + the Firm.rooms at least 11 or the Firm.staff less than 10 or courses at least 1",
            "",
            "proved",
            {"teach": 1},
        ),
        (
            "(the Firm.open and courses at least 2) or (not (the Firm.open) and best at least 8)",
            "",
            "proved",
            {"teach": 1, "more": 1},
        ),
        ("the Firm.open", "", "undetermined", {}),
    ],
)
def test_a_plan_does_whatever_the_unknowns_are(
    tmp_path: Path, condition: str, when: str, status: str, expected: dict[str, int]
) -> None:
    policy = PLANNED.format(condition=condition, when=when)
    found = plan(tmp_path, policy, {"Firm": [{}], "Course": []})
    assert (found.status, steps(found) if found.plans else {}) == (status, expected)


def test_a_change_that_may_not_be_possible_is_named_by_what_it_rests_on(tmp_path: Path) -> None:
    policy = PLANNED.format(condition="best at least 8", when="when the Firm.o at least 1\n  ")
    found = plan(tmp_path, policy, {"Firm": [{}], "Course": []})
    assert [each.split(" of ")[0] for each in found.reasons] == ["`o`"]


def test_an_undetermined_verdict_names_every_unknown_of_a_sum(tmp_path: Path) -> None:
    condition = "(greatest of (the Firm.staff, the Firm.rooms)) + the Firm.seats at least 10"
    found = assess(tmp_path, FIRM.format(condition=condition), {"Firm": [{}], "Course": []}).designations[0]
    assert {each.split("`")[1] for each in found.undecided} == {"staff", "rooms", "seats"}


def test_which_track_counts_may_be_open_where_the_verdict_is_not(tmp_path: Path) -> None:
    """What the tracks are chosen by rests on rows that were not given; on each of them a requirement fails."""
    policy = """\
enum Track { low, high }

record Profile one row
  staff count? 0 to 2

score s(t Track) out of 20
  part staff up to 5   1 point for each the Profile.staff
  part track up to 10  all or nothing when t is high

designation d "D"
  best for t in Track by s(t)
  require part "Something of each" each part of s(t) more than 0
  require never "Never" s(t) at least 16
"""
    said = assess(tmp_path, policy)
    assert said.designations[0].verdict == "failed"
