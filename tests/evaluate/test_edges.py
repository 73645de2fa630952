"""What each construct comes to at its edges: on a bound and beside it, of nothing, of what is not known."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.regressions.asked import assess, verdict

FIRM = """\
enum Grade { bronze, silver, gold }
enum Side { left, right }
entity Person

record Item
  n       number -1_000 to 1_000
  kind    Grade?
  holder  Person?

record Firm one row
  staff  count? 0 to 10
  rooms  count? 0 to 10

parameter seats for Side band of count
  left   more than 3
  right  less than 3

"""

ASKED = """
designation asked "Asked"
  require it "It"
    {condition}
"""


def said(folder: Path, declared: str, condition: str, items: list[Any] | None = None, **firm: Any) -> str:
    tables = {"Item": items or [], "Firm": [firm]}
    return verdict(folder, FIRM + declared + ASKED.format(condition=condition), tables)


@pytest.mark.parametrize(
    ("condition", "expected"),
    [
        ("3 in seats(left)", "failed"),
        ("4 in seats(left)", "met"),
        ("3 in seats(right)", "failed"),
        ("2 in seats(right)", "met"),
        ("the Firm.staff in seats(left) and the Firm.staff at most 3", "failed"),
        ("the Firm.staff in seats(right) and the Firm.staff at least 3", "failed"),
        ("the Firm.staff in seats(left) or the Firm.staff at most 3", "met"),
        ("the Firm.staff in seats(right) or the Firm.staff at least 3", "met"),
        ("the Firm.staff more than 3 and the Firm.staff at most 3", "failed"),
        ("the Firm.staff more than 3 or the Firm.staff at most 3", "met"),
        ("the Firm.staff - the Firm.staff is 0", "met"),
        ("the Firm.staff - the Firm.rooms at most 10", "met"),
        ("the Firm.staff more than 10", "failed"),
        ("the Firm.staff at least 5 and not (the Firm.staff at least 5)", "failed"),
        ("the Firm.staff at least 5 or not (the Firm.staff at least 5)", "met"),
        ("the Firm.staff at least 5 and the Firm.staff at most 4", "failed"),
        ("the Firm.staff at least 5 and 1 is 1", "undetermined"),
        ("the Firm.staff at least 5 or 1 is 1", "met"),
        ("the Firm.staff at least 5 and 1 is 2", "failed"),
    ],
)
def test_bounds_of_what_is_known_and_what_is_not(tmp_path: Path, condition: str, expected: str) -> None:
    assert said(tmp_path, "", condition) == expected


NO_ROWS = [
    ("((5 / (count of Item i)) else 700%) is 700%", "met"),
    ("((greatest of i.n among Item i) else -1) is -1", "met"),
    ("((least of i.n among Item i) else 5) is 5", "met"),
    ("((average of i.n among Item i) else 5) is 5", "met"),
    ("((median of i.n among Item i) else 5) is 5", "met"),
    ("(sum of i.n among Item i) is 0", "met"),
    ("(count of Item i) is 0", "met"),
    ("(distinct i.kind among Item i) is 0", "met"),
    ("some Item i", "failed"),
    ("no Item i", "met"),
]


@pytest.mark.parametrize(("condition", "expected"), NO_ROWS)
def test_what_nothing_comes_to(tmp_path: Path, condition: str, expected: str) -> None:
    assert said(tmp_path, "", condition) == expected


@pytest.mark.parametrize(
    ("condition", "expected"),
    [
        ("((median of i.n among Item i) else 0) is 2", "met"),
        ("((median of i.n among Item i where i.n more than 2 or i.n less than 2) else 0) is 3.5", "met"),
        ("(sum of i.n among Item i) is 11", "met"),
        ("(count of Item i) is 4", "met"),
        ("(distinct i.n among Item i) is 3", "met"),
        ("((average of i.n among Item i) else 0) is 2.75", "met"),
        ("((greatest of i.n among Item i) else 0) is 6", "met"),
        ("((least of i.n among Item i) else 0) is 1", "met"),
        # of the last row it is not known what kind it is
        ("((greatest of i.n among Item i where i.kind is gold) else 0) at least 2", "met"),
        ("((greatest of i.n among Item i where i.kind is gold) else 0) at least 6", "undetermined"),
        ("((greatest of i.n among Item i where i.kind is gold) else 0) more than 6", "failed"),
        ("((least of i.n among Item i where i.kind is gold) else 0) is 2", "met"),
        ("(count of Item i where i.kind is gold) at least 2", "met"),
        ("(count of Item i where i.kind is gold) at least 3", "undetermined"),
        ("(count of Item i where i.kind is gold) at most 3", "met"),
        ("(distinct i.kind among Item i) at most 3", "met"),
        ("(distinct i.kind among Item i) at least 3", "undetermined"),
        ("(distinct i.kind among Item i where i.kind is known) is 2", "met"),
        ("(count of Person p) at least 2", "undetermined"),
        ("(count of Person p) at least 1", "met"),
        ("(count of Person p) at most 2", "met"),
    ],
)
def test_what_rows_come_to(tmp_path: Path, condition: str, expected: str) -> None:
    rows = [
        {"n": 1, "kind": "bronze", "holder": "a"},
        {"n": 2, "kind": "gold", "holder": "a"},
        {"n": 2, "kind": "gold", "holder": "a"},
        {"n": 6},
    ]
    assert said(tmp_path, "", condition, rows) == expected


@pytest.mark.parametrize(
    ("condition", "expected"),
    [
        ("((0 / the Firm.rooms) else 500%) is 0%", "met"),
        ("first is 2", "undetermined"),
        ("first is 3", "failed"),
        ("first at most 2", "met"),
    ],
)
def test_cases_and_else(tmp_path: Path, condition: str, expected: str) -> None:
    declared = """define first as count
  by case
    1 when the Firm.staff at least 5
    2 when the Firm.rooms is 4
    3 otherwise
"""
    assert said(tmp_path, declared, condition, rooms=4) == expected


SCORE = """score total out of 30
  part each_one    up to 10  1 point for each (sum of i.n among Item i)
  part proportion  up to 10  in proportion to (sum of i.n among Item i) full at 20
  part flat        up to 10  all or nothing when some Item i where i.n is 7

"""


@pytest.mark.parametrize(
    ("numbers", "points"),
    [
        ([], (0, 0, 0)),
        ([-5], (0, 0, 0)),
        ([7], (7, 3.5, 10)),
        ([20], (10, 10, 0)),
        ([21], (10, 10, 0)),
        ([19], (10, 9.5, 0)),
    ],
)
def test_parts_of_a_score_keep_to_their_ends(tmp_path: Path, numbers: list[int], points: tuple[float, ...]) -> None:
    names = ("each_one", "proportion", "flat")
    condition = " and ".join(f"total.{name} is {each}" for name, each in zip(names, points, strict=True))
    every = f"{condition} and total is {sum(points)}"
    assert said(tmp_path, SCORE, every, [{"n": each} for each in numbers]) == "met"


def test_points_of_what_is_not_known_keep_to_their_ends(tmp_path: Path) -> None:
    declared = """score total out of 10
  part below  up to 5  1 point for each (the Firm.staff - 10)
  part above  up to 5  in proportion to the Firm.staff + 1 full at 1

"""
    assert said(tmp_path, declared, "total.below is 0") == "met"
    assert said(tmp_path, declared, "total.above is 5") == "met"
    assert said(tmp_path, declared, "total is 5") == "met"


@pytest.mark.parametrize("full", [0, -1])
def test_full_points_at_nothing_have_no_value(tmp_path: Path, full: int) -> None:
    declared = f"""define full as number
  {full} + (count of Item i where i.n is 999)

score total out of 10
  part it  up to 10  in proportion to the Firm.rooms full at full

"""
    policy = FIRM + declared + ASKED.format(condition="total at least 1")
    found = assess(tmp_path, policy, {"Item": [], "Firm": [{"rooms": 3}]}).designations[-1]
    assert found.verdict == "undetermined"


@pytest.mark.parametrize(
    ("entries", "condition", "expected"),
    [
        # the assessment is on 2024-03-31
        ("from 2020-01-01 to 2024-03-31  left 1", "fee(left) is 1", "met"),
        ("from 2020-01-01 to 2024-03-30  left 1", "fee(left) is 1", "undetermined"),
        ("from 2020-01-01  left 1\n  from 2024-03-31  left 2", "fee(left) is 2", "met"),
        ("from 2020-01-01  left 1\n  from 2024-04-01  left 2", "fee(left) is 1", "met"),
        ("from 2020-01-01  left 1\n  from 2022-01-01  left 2", "fee(left) is 2", "met"),
        ("from 2024-03-31 to 2024-03-31  left 1", "fee(left) is 1", "met"),
        ("otherwise 1\n  left 2", "fee(left) is 2 and fee(right) is 1", "met"),
        ("left 2\n  otherwise 1", "fee(left) is 2 and fee(right) is 1", "met"),
        ("from 2020-01-01  left 2, otherwise 1\n  from 2022-01-01  otherwise 3", "fee(left) is 3", "met"),
    ],
)
def test_the_entry_that_is_in_force(tmp_path: Path, entries: str, condition: str, expected: str) -> None:
    assert said(tmp_path, f"parameter fee for Side count\n  {entries}\n", condition) == expected


LIMITED = """measure all_of_them count
  count of Item i

measure gold_ones count
  count of Item i where i.kind is gold

measure through count
  all_of_them

excluded Item i "large" from all_of_them
  when i.n more than 5

excluded Item i "small" from through
  when i.n less than 2
"""


@pytest.mark.parametrize(
    "condition",
    ["all_of_them is 2", "through is 1", "(count of Item i) is 3", "gold_ones is 3", "(all_of_them + through) is 3"],
)
def test_limited_exclusions_hold_within_and_in_what_is_called(tmp_path: Path, condition: str) -> None:
    rows = [{"n": each, "kind": "gold", "holder": "a"} for each in (1, 3, 7)]
    assert said(tmp_path, LIMITED, condition, rows) == "met"


@pytest.mark.parametrize(
    ("condition", "expected"),
    [
        ("(count of Item i) is 1", "met"),
        ("(sum of i.n among Item i) is 7", "met"),
        ("some Item i where i.n is 1", "failed"),
        ("every Item i has i.n is 7", "met"),
    ],
)
def test_an_excluded_row_counts_nowhere_and_still_excludes_others(
    tmp_path: Path, condition: str, expected: str
) -> None:
    # while an exclusion is decided nothing is excluded: 3 goes because of 1, which goes because of 7
    declared = """excluded Item i "one below"
  when some Item other where other.n is i.n - 2 or other.n is i.n + 6
"""
    rows = [{"n": each, "kind": "gold", "holder": "a"} for each in (1, 3, 7)]
    assert said(tmp_path, declared, condition, rows) == expected


TIERS = """designation club "Club"
  require common "Common" the Firm.rooms at least 1
  tier silver "Silver"
    require few "Few" the Firm.staff at least 1
  tier gold "Gold"
    require many "Many" the Firm.staff at least 5
"""


@pytest.mark.parametrize(
    ("staff", "rooms", "condition", "expected"),
    [
        (5, 1, "club is gold", "met"),
        (5, 1, "club is silver", "failed"),
        (5, 1, "club at least silver", "met"),
        (1, 1, "club is silver", "met"),
        (1, 1, "club at least gold", "failed"),
        (0, 1, "club is failed", "met"),
        (5, 0, "club is met", "failed"),
        (5, 0, "club at least silver", "failed"),
    ],
)
def test_tiers(tmp_path: Path, staff: int, rooms: int, condition: str, expected: str) -> None:
    assert said(tmp_path, TIERS, condition, staff=staff, rooms=rooms) == expected


def test_a_tier_stands_for_the_ones_below_where_these_fail(tmp_path: Path) -> None:
    declared = TIERS.replace("staff at least 1", "staff at most 2")
    assert said(tmp_path, declared, "club is gold and club at least silver", staff=5, rooms=1) == "met"


@pytest.mark.parametrize(
    ("staff", "rooms", "expected"), [(1, 0, "met"), (0, 1, "met"), (0, 0, "failed"), (1, 1, "met")]
)
def test_one_option_is_enough(tmp_path: Path, staff: int, rooms: int, expected: str) -> None:
    declared = """designation club "Club"
  option people "People"
    require few "Few" the Firm.staff at least 1
  option space "Space"
    require room "Room" the Firm.rooms at least 1
"""
    assert said(tmp_path, declared, "club is met", staff=staff, rooms=rooms) == expected


TRACKS = """define size(s Side) as count
  by case
    the Firm.staff when s is left
    the Firm.rooms otherwise

designation club "Club"
  {which}
  require left "Left" s is left
"""


@pytest.mark.parametrize(
    ("which", "staff", "rooms", "condition", "expected"),
    [
        ("best for s in Side by size(s)", 2, 1, "club is met", "met"),
        ("best for s in Side by size(s)", 2, 2, "club is met", "met"),
        ("best for s in Side by size(s)", 1, 2, "club is met", "failed"),
        ("best for s in Side by size(s)", 2, 2, "club(left) is met", "met"),
        ("best for s in Side by size(s)", 2, 2, "club(right) is met", "failed"),
        ("any for s in Side", 1, 2, "club is met", "met"),
        ("any for s in Side", 1, 2, "club(right) is met", "failed"),
    ],
)
def test_tracks(tmp_path: Path, which: str, staff: int, rooms: int, condition: str, expected: str) -> None:
    assert said(tmp_path, TRACKS.format(which=which), condition, staff=staff, rooms=rooms) == expected


SETS = """\
parameter good for Side set of Grade
  left   { silver, gold }
  right  { bronze }
parameter late for Side set of Grade
  from 2990-01-01
    left   { silver }
    right  { silver }
"""
GRADED = [
    {"n": 1, "kind": "gold"},
    {"n": 2, "kind": "bronze"},
    {"n": 4, "kind": "silver"},
    {"n": 8, "kind": "gold"},
]


@pytest.mark.parametrize(
    ("condition", "more", "expected"),
    [
        ("(sum of i.n among Item i where i.kind in good(left)) is 13", [], "met"),
        ("(sum of i.n among Item i where i.kind in good(right)) is 2", [], "met"),
        ("(sum of i.n among Item i where i.n at least 2 and i.kind in good(left)) is 12", [], "met"),
        ("(sum of i.n among Item i where i.kind in {gold} and i.kind in good(left)) is 9", [], "met"),
        ("(sum of i.n among Item i where not (i.kind in good(left))) is 2", [], "met"),
        # The same rows are asked for several sets.
        ("(count of Side s where (sum of i.n among Item i where i.kind in good(s)) more than 2) is 1", [], "met"),
        ("(count of Item i where (some Item j where j.kind in good(left) and j.n is i.n)) is 3", [], "met"),
        # A kind that is missing may be any.
        ("(sum of i.n among Item i where i.kind in good(left)) is 13", [{"n": 16}], "undetermined"),
        ("(sum of i.n among Item i where i.kind in good(left)) at least 13", [{"n": 16}], "met"),
        ("(sum of i.n among Item i where i.kind in good(left) and i.n at most 8) is 13", [{"n": 16}], "met"),
        # A set that has no value yet matters only for rows that nothing else rules out.
        ("(sum of i.n among Item i where i.kind in late(left) and i.n more than 8) is 0", [], "met"),
        ("(sum of i.n among Item i where i.kind in late(left) and i.n more than 7) is 0", [], "undetermined"),
    ],
)
def test_rows_that_have_one_of_a_set(tmp_path: Path, condition: str, more: list[Any], expected: str) -> None:
    assert said(tmp_path, SETS, condition, [*GRADED, *more]) == expected
