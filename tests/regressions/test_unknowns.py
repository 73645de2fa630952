"""What is unknown twice need not be the same, and what is the same is not unknown twice."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.regressions.asked import assess, verdict

DATED = """\
record Order
  d date

measure so_far count
  count of Order o where o.d earlier than assessment date

measure growth count -1000 to 1000
  so_far - (so_far as of 12 months before assessment date)

define any_yet
  some Order o where o.d earlier than assessment date

designation asked "Asked"
"""


@pytest.mark.parametrize(
    "condition",
    ["growth at least 3", "any_yet and not ((any_yet as of 12 months before assessment date))"],
)
def test_what_was_not_given_may_differ_between_two_dates(tmp_path: Path, condition: str) -> None:
    policy = DATED + f'  require it "It" {condition}\n'
    assert verdict(tmp_path, policy) == "undetermined"


def test_two_values_that_were_not_published_may_differ(tmp_path: Path) -> None:
    policy = """\
parameter fee money USD
  from 2015-01-01  unknown "not published"
  from 2020-01-01  unknown "not published"

designation asked "Asked"
  require it "It" fee is (fee as of 2016-01-01)
"""
    assert verdict(tmp_path, policy) == "undetermined"


@pytest.mark.parametrize(
    ("field", "rows", "least", "expected"),
    [
        ("count? 0 to 10", [{}, {}], 2, "undetermined"),
        ("count? 0 to 10", [{}, {}], 1, "met"),
        ("count? 0 to 10", [{}, {}], 3, "failed"),
        ("count? 0 to 10", [{"f": 3}, {"f": 4}, {}], 2, "met"),
        ("count? 0 to 10", [{"f": 3}, {"f": 4}, {}], 3, "undetermined"),
        ("flag?", [{}, {}], 2, "undetermined"),
        ("flag?", [{}, {}, {}], 3, "failed"),
        ("flag?", [{"f": True}, {}], 2, "undetermined"),
    ],
)
def test_unknown_values_may_be_alike(
    tmp_path: Path, field: str, rows: list[dict[str, Any]], least: int, expected: str
) -> None:
    policy = f"""\
record Entry
  f {field}

designation asked "Asked"
  require it "It" (distinct e.f among Entry e) at least {least}
"""
    assert verdict(tmp_path, policy, {"Entry": rows}) == expected


def test_a_product_and_a_quotient_of_the_same_unknowns_differ(tmp_path: Path) -> None:
    policy = """\
record Site one row
  a count? 1 to 10
  b money USD? 1 USD to 100 USD

designation asked "Asked"
  require it "It" the Site.a * the Site.b is (the Site.b / the Site.a else 0 USD)
"""
    assert verdict(tmp_path, policy, {"Site": [{}]}) == "undetermined"


def test_an_unknown_member_of_a_set_may_be_the_one(tmp_path: Path) -> None:
    policy = """\
entity Person

record Site one row
  owner   Person?
  deputy  Person?

record Certificate
  holder Person

designation asked "Asked"
  require it "It" some Certificate c where c.holder in { the Site.owner, the Site.deputy }
"""
    tables = {"Site": [{"owner": "ana"}], "Certificate": [{"holder": "bo"}]}
    assert verdict(tmp_path, policy, tables) == "undetermined"


def test_on_an_unknown_date_each_row_is_unknown_by_itself(tmp_path: Path) -> None:
    policy = """\
entity Person

record Site one row
  opens date?

record Certificate
  holder Person
  earned date

define done(p Person)
  some Certificate c where c.holder is p and c.earned earlier than assessment date

designation asked "Asked"
  require it "It" (count of Person p where (done(p) as of the Site.opens)) is 1
"""
    rows = [{"holder": "ana", "earned": "2020-01-01"}, {"holder": "bo", "earned": "2022-01-01"}]
    assert verdict(tmp_path, policy, {"Site": [{}], "Certificate": rows}) == "undetermined"


@pytest.mark.parametrize(("least", "expected"), [(5, "undetermined"), (2, "met"), (9, "failed")])
def test_the_status_on_an_unknown_track(tmp_path: Path, least: int, expected: str) -> None:
    policy = f"""\
enum Track {{ north, south }}

record Site one row
  track Track?

parameter points_on for Track points
  north  7 points
  south  3 points

designation inner "Inner"
  any for t in Track
  require it "It" points_on(t) at least {least}

designation asked "Asked"
  require it "It" inner(the Site.track) is met
"""
    assert verdict(tmp_path, policy, {"Site": [{}]}) == expected


def test_an_argument_that_is_not_known_may_be_one_for_which_a_value_was_given(tmp_path: Path) -> None:
    policy = """\
entity Person

record Certificate
  holder Person?

measure held(p Person) count
  count of Certificate c where c.holder is p

designation asked "Asked"
  require it "It" some Certificate c where held(c.holder) at least 5
"""
    assert verdict(tmp_path, policy, {"Certificate": [{}]}, held={"ana": 7}) == "undetermined"


@pytest.mark.parametrize(("least", "expected"), [(5, "undetermined"), (0, "met")])
def test_points_whose_full_and_maximum_are_not_known(tmp_path: Path, least: int, expected: str) -> None:
    policy = f"""\
parameter most points
  unknown "not published"

record Site one row
  n count? 0 to 10
  f count? 0 to 10

score total out of 20
  part a up to 10 in proportion to the Site.n full at the Site.f
  part b up to most 1 point for each the Site.n
  part c up to most in proportion to the Site.n full at 10

designation asked "Asked"
  require it "It" total.a at least {least}
  require all "All" total.b at most 3 or total at least 30
"""
    assert verdict(tmp_path, policy, {"Site": [{"n": 3}]}) == expected


@pytest.mark.parametrize(
    ("length", "condition", "expected"),
    [
        ("45 days", "at least 1 month", "met"),
        ("31 days", "more than 1 month", "met"),
        ("30 days", "at least 1 month", "failed"),
        ("1 month", "at least 31 days", "failed"),
        ("366 days", "more than 1 year", "met"),
        ("365 days", "less than 1 year", "met"),
        ("2 weeks", "is 14 days", "met"),
    ],
)
def test_the_longer_duration_is_greater(tmp_path: Path, length: str, condition: str, expected: str) -> None:
    policy = f"""\
record Site one row
  length duration

designation asked "Asked"
  require it "It" the Site.length {condition}
"""
    assert verdict(tmp_path, policy, {"Site": [{"length": length}]}) == expected


BANDS = """\
enum Size {{ small, medium, large, huge }}

record Site one row
  size   Size?
  staff  count? 0 to 100

parameter by_size for Size points
  small   1 points
  medium  2 points
  large   3 points
  huge    4 points

parameter by_staff for count points
  less than 15   1 points
  from 15 to 29  2 points
  {last}

designation asked "Asked"
  require it "It" by_size(the Site.size) + by_staff(the Site.staff) {condition}
"""


@pytest.mark.parametrize(
    ("last", "condition", "expected"),
    [
        ("at least 30     3 points", "at least 2", "met"),
        ("at least 30     3 points", "at least 8", "failed"),
        ("at least 30     3 points", "at least 3", "undetermined"),
        ("from 50 to 60   3 points", "at least 2", "undetermined"),
    ],
)
def test_an_entry_for_a_key_that_is_not_known(tmp_path: Path, last: str, condition: str, expected: str) -> None:
    policy = BANDS.format(last=last, condition=condition)
    assert verdict(tmp_path, policy, {"Site": [{}]}) == expected


@pytest.mark.parametrize(
    "condition",
    [
        "every Item i has fits((i.group else low))",
        "every Item i has fits((team(i.n) else low))",
        "every Item i has chosen(i) is none or fits(chosen(i))",
        "every Item i has i.group is none or fits(i.group)",
        "(sum of twice((chosen(i) else high)) among Item i) at least 2",
        "big at least 1 and big at most 3",
    ],
)
@pytest.mark.parametrize("row", [{}, {"group": "none", "n": 0}, {"group": "high", "n": 5}])
def test_where_else_stands_for_none_nothing_is_asked_of_none(
    tmp_path: Path, condition: str, row: dict[str, Any]
) -> None:
    policy = f"""\
enum Level {{ low, middle, high }}

record Item
  group  Level or none?
  n      count? 0 to 9

parameter sizes for Level band of count
  low  from 1 to 5, middle from 1 to 9, high from 2 to 9

parameter size for Level count
  low 1, middle 2, high 3

parameter team for count Level or none
  from 1 to 3  high
  at least 6   low
  otherwise    none

define chosen(i Item) as Level or none
  team(i.n)

define fits(l Level)
  3 in sizes(l)

define twice(l Level) as count
  2 * size(l)

measure big count
  sum of size((i.group else low)) among Item i

designation asked "Asked"
  require it "It" {condition}
"""
    answer = assess(tmp_path, policy, {"Item": [row]})
    assert (answer.verdict, answer.problems) == ("met", ())
