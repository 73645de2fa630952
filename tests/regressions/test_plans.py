"""Plans that were refused, or called impossible, or not verified, and should not have been."""

from __future__ import annotations

import datetime
from pathlib import Path

import pytest

from attain_engine.api import EvaluationProblem, Wishes
from tests.regressions.asked import plan, steps

PEOPLE = """\
entity Person

record Role
  holder  Person
  ready   flag default no

record Shop
  sales count

designation asked "Asked"
  require ready "Everybody is ready" every Person p has some Role r where r.holder is p and r.ready
  require sales "Sales" (sum of s.sales among Shop s) at least 5
"""


def test_somebody_whom_only_a_change_would_bring_need_not_be_ready(tmp_path: Path) -> None:
    policy = (
        PEOPLE
        + """
change hire "Hire"
  adds Role { holder: new Person }
  cost 1 USD

change sell(s Shop) by 1 to 10 "Sell {n}"
  raises s.sales by 1
  cost 10 USD each
"""
    )
    tables = {"Role": [{"holder": "ana", "ready": True}], "Shop": [{"sales": 1}]}
    assert steps(plan(tmp_path, policy, tables)) == {"sell": 4}


def test_somebody_who_has_left_need_not_be_ready(tmp_path: Path) -> None:
    policy = PEOPLE + "\nchange part(r Role)\n  removes r\n  cost 1 USD\n"
    tables = {"Role": [{"holder": "ana", "ready": True}, {"holder": "bo"}], "Shop": [{"sales": 5}]}
    assert steps(plan(tmp_path, policy, tables)) == {"part": 1}


SALES = """\
record Shop
  sales count

measure sold count
  sum of s.sales among Shop s

designation asked "Asked"
  require sold "Sold" sold at least 2_500
"""


def test_more_rows_than_can_be_added_are_refused_and_not_cut_off(tmp_path: Path) -> None:
    policy = SALES + "\nchange open by 1 to 5_000\n  adds Shop { sales: 1 }\n  cost 1 USD each\n"
    with pytest.raises(EvaluationProblem, match="5,000 times"):
        plan(tmp_path, policy, {"Shop": []})


def test_a_measure_is_raised_beside_the_rows_that_it_counts(tmp_path: Path) -> None:
    policy = (
        SALES
        + """
change open
  adds Shop { sales: 1_250 }
  cost 1 USD

change boost
  raises sold by 1_250
  cost 1 USD
"""
    )
    assert steps(plan(tmp_path, policy, {"Shop": []})) == {"open": 1, "boost": 1}


SITE = """\
record Site one row
  score  count?{score}
  other  count 0 to 100

designation asked "Asked"
  require it "It" {condition}

change raise_score(s Site) by 1 to 50
  raises s.score by 1
  cost 1 USD each

change raise_other(s Site) by 1 to 50
  raises s.other by 1
  cost 2 USD each

change measure_it(s Site)
  when s.score is not known
  sets s.score to 7
  cost {cost} USD
"""


@pytest.mark.parametrize(
    ("score", "condition", "cost", "expected"),
    [
        (" 0 to 100", "the Site.other at least 10", 3, {"raise_other": 7}),
        (" 0 to 100", "the Site.score is known", 3, {"measure_it": 1}),
        (" 0 to 100", "the Site.score + the Site.other at least 10", 3, {"measure_it": 1}),
        (" 0 to 100", "the Site.score + the Site.other at least 10", 90, {"raise_other": 7}),
        ("", "the Site.score + the Site.other at least 10", 90, {"raise_score": 7}),
    ],
)
def test_what_is_unknown_is_raised_and_set(
    tmp_path: Path, score: str, condition: str, cost: int, expected: dict[str, int]
) -> None:
    policy = SITE.format(score=score, condition=condition, cost=cost)
    assert steps(plan(tmp_path, policy, {"Site": [{"other": 3}]})) == expected


def test_the_one_row_of_a_record_is_not_removed(tmp_path: Path) -> None:
    policy = """\
record Site one row
  closes date

designation asked "Asked"
  require later "Later" the Site.closes later than 2024-06-01
  require none "None" no Site s where s.closes later than 2025-01-01

change close(s Site)
  removes s
"""
    assert plan(tmp_path, policy, {"Site": [{"closes": "2026-01-01"}]}).status == "impossible"


def test_a_row_that_a_change_adds_keeps_to_the_bounds(tmp_path: Path) -> None:
    policy = """\
record Shop
  sales count 0 to 10

designation asked "Asked"
  require it "It" (sum of s.sales among Shop s) at least 13

change copy(s Shop)
  adds Shop { sales: s.sales + 5 }
  cost 1 USD
"""
    assert plan(tmp_path, policy, {"Shop": [{"sales": 8}]}).status == "impossible"
    assert steps(plan(tmp_path, policy, {"Shop": [{"sales": 5}, {"sales": 0}]})) == {"copy": 1}


@pytest.mark.parametrize(
    ("second", "status"),
    [("sets s.open to yes", "proved"), ("sets s.open to no", "proved"), ("removes s", "impossible")],
)
def test_two_changes_may_set_a_field_to_one_value(tmp_path: Path, second: str, status: str) -> None:
    policy = f"""\
record Shop
  open   flag
  sales  count

measure fame count
  count of Shop s where s.open

designation asked "Asked"
  require it "It" fame at least 3 and some Shop s where s.sales at least 1

change renovate(s Shop)
  sets s.open to yes
  raises fame by 2
  cost 1 USD

change promote(s Shop)
  {second}
  raises s.sales by 1
  cost 1 USD
"""
    assert plan(tmp_path, policy, {"Shop": [{"open": False, "sales": 0}]}).status == status


BEFORE_MARCH = Wishes(by=datetime.date(2024, 3, 1))


@pytest.mark.parametrize(
    ("wishes", "expected"),
    [
        (BEFORE_MARCH, {"quick": 1}),
        (Wishes(minimize=("time",)), {"quick": 1}),
    ],
)
def test_a_month_is_as_long_as_it_is(tmp_path: Path, wishes: Wishes, expected: dict[str, int]) -> None:
    policy = """\
record Shop
  sales count

designation asked "Asked"
  require it "It" some Shop s where s.sales at least 2

change quick(s Shop)
  raises s.sales by 2
  cost 5 USD
  takes 1 month

change slow(s Shop)
  raises s.sales by 2
  cost 1 USD
  takes 30 days
"""
    found = plan(tmp_path, policy, {"Shop": [{"sales": 0}]}, wishes, on=datetime.date(2024, 2, 1))
    assert steps(found) == expected


@pytest.mark.parametrize("clause", ["cost the Site.price", "cost 1 USD\n  takes the Site.time", "cost the Other.price"])
def test_a_cost_or_duration_that_is_not_known_is_a_clear_error(tmp_path: Path, clause: str) -> None:
    policy = f"""\
record Site one row
  sales  count
  price  money USD?
  time   duration?

record Other one row
  price  money USD

designation asked "Asked"
  require it "It" the Site.sales at least 2

change sell(s Site)
  raises s.sales by 2
  {clause}
"""
    with pytest.raises(EvaluationProblem, match="what `sell` costs, takes or does is not known"):
        plan(tmp_path, policy, {"Site": [{"sales": 0}]})


def test_an_identifier_that_is_not_known_may_be_of_somebody_else(tmp_path: Path) -> None:
    policy = """\
entity Person

record Badge
  holder Person?

designation asked "Asked"
  require it "It" (count of Person p) at least 2
"""
    assert plan(tmp_path, policy, {"Badge": [{"holder": "ana"}, {}]}).before[0].verdict == "undetermined"


def test_who_is_hired_is_nobody_of_the_facts(tmp_path: Path) -> None:
    policy = """\
entity Person

record Badge
  holder Person?

designation asked "Asked"
  require it "It" (distinct b.holder among Badge b where b.holder is known) at least 2
  require apart "Nobody twice" no Badge a where (some Badge b where b.holder is a.holder and b is not a)

change hire by 1 to 3 "Hire {n}"
  adds Badge { holder: new Person }
  cost 10 USD each
"""
    found = plan(tmp_path, policy, {"Badge": [{}]})
    assert (found.status, steps(found)) == ("proved", {"hire": 2})


@pytest.mark.parametrize(("least", "made"), [(1, 2), (2, 2), (3, 3), (5, 5)])
def test_a_change_by_2_to_5_is_made_twice_at_least(tmp_path: Path, least: int, made: int) -> None:
    policy = f"""\
measure helpers count 0 to 50
  count of Helper h

record Helper
  name text

designation asked "Asked"
  require it "It" helpers at least {least}

change hire by 2 to 5 "Hire {{n}}"
  raises helpers by 1
  cost 10 USD each
"""
    found = plan(tmp_path, policy, {"Helper": []})
    assert (found.status, steps(found)) == ("proved", {"hire": made})


UNKNOWN_KIND = """\
enum Kind {{ a, b }}

record Site one row
  kind  Kind?
  n     count 0 to 10
  big   count 0 to 10

designation inner "Inner"
  require it "It" {condition}

designation asked "Asked"
  require it "It" {asked}

change more(s Site) by 1 to 5
  raises s.n by 1
  cost 1 USD each

change big(s Site)
  raises s.big by 1
  cost 100 USD
"""
EITHER = "(the Site.kind is a and the Site.n at least 3) or (the Site.kind is b and the Site.n at least 2)"


@pytest.mark.parametrize(
    ("asked", "expected"),
    [("inner is met or the Site.big at least 1", {"more": 2}), ("inner is undetermined", {"more": 1})],
)
def test_a_plan_that_does_for_each_value_of_an_unknown(tmp_path: Path, asked: str, expected: dict[str, int]) -> None:
    policy = UNKNOWN_KIND.format(condition=EITHER, asked=asked)
    assert steps(plan(tmp_path, policy, {"Site": [{"n": 1, "big": 0}]})) == expected
