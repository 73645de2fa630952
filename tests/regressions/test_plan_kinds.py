"""Kinds of wrong plans and false proofs, each with further members of its kind."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from attain_engine.api import EvaluationProblem
from tests.regressions.asked import plan, steps

ITEMS = """\
record Item
  name text
  kept flag default no
  price money EUR -1_000 EUR to 1_000 EUR default 0 EUR
  lasts duration default 1 days
  late  count -100 to 100_000 default 0
  unique name

designation kept "Kept"
  require two "Two kept" (count of Item i where i.kept) at least 2

change keep(i Item) "Keep {i.name}"
  sets i.kept to yes
"""


def refused(folder: Path, policy: str, *items: dict[str, Any]) -> EvaluationProblem:
    """What is said of a plan that cannot be made."""
    with pytest.raises(EvaluationProblem) as caught:
        plan(folder, policy, {"Item": list(items)})
    return caught.value


def test_a_negative_cost_of_a_row_is_refused_with_row_field_and_value(tmp_path: Path) -> None:
    problem = refused(tmp_path, ITEMS + "  cost i.price\n", {"name": "a", "price": 10}, {"name": "b", "price": -3})
    assert problem.code == "cost-negative"
    assert problem.message == "`keep` costs -3 EUR, less than nothing: `i.price`, Item row 2 (facts.json)"


def test_a_negative_cost_that_is_worked_out_from_a_row_is_refused(tmp_path: Path) -> None:
    policy = ITEMS + "  cost i.price - 5 EUR\n"
    problem = refused(tmp_path, policy, {"name": "a", "price": 5}, {"name": "b", "price": 2})
    assert problem.message == "`keep` costs -3 EUR, less than nothing: `i.price - 5 EUR`, Item row 2 (facts.json)"


def test_a_negative_cost_of_each_unit_is_refused(tmp_path: Path) -> None:
    policy = ITEMS + '\nchange add(i Item) by 1 to 3 "Add {n}"\n  adds Item { name: i.name, kept: yes }\n'
    problem = refused(tmp_path, policy + "  cost 5 EUR\n  cost i.price each\n", {"name": "a", "price": -1})
    assert problem.message.startswith("`add` costs -1 EUR")


def test_a_discount_that_leaves_a_cost_of_nothing_is_no_negative_cost(tmp_path: Path) -> None:
    policy = ITEMS + "  cost 3 EUR\n  cost i.price\n"
    found = plan(tmp_path, policy, {"Item": [{"name": "a", "price": -3}, {"name": "b", "price": -2}]})
    assert steps(found) == {"keep": 2}
    assert found.plans[0].cost == "1 EUR"


@pytest.mark.parametrize(
    ("takes", "value", "said"),
    [
        ("takes i.late * 1 days", -3, "-3 days, less than nothing: `i.late * 1 days`"),
        ("takes i.late * 1 months", -2, "-2 months, less than nothing: `i.late * 1 months`"),
        ("takes 2 weeks\n  takes i.late * 1 years each", -1, "-1 years, less than nothing: `i.late * 1 years`"),
        ("takes i.late * 1 months", 99_999, "99,999 months, which ends after the year 9998: `i.late * 1 months`"),
    ],
)
def test_a_duration_that_cannot_be_is_refused_with_its_row(tmp_path: Path, takes: str, value: int, said: str) -> None:
    policy = f"{ITEMS}  {takes}\n"
    problem = refused(tmp_path, policy, {"name": "a"}, {"name": "b", "late": value})
    assert problem.message == f"`keep` takes {said}, Item row 2 (facts.json)"


def test_a_duration_that_ends_outside_the_calendar_is_refused_with_its_row(tmp_path: Path) -> None:
    problem = refused(tmp_path, ITEMS + "  takes i.lasts\n", {"name": "a"}, {"name": "b", "lasts": "8000 years"})
    assert problem.code == "outside-the-calendar"
    assert "`i.lasts`, Item row 2 (facts.json)" in problem.message


SHOP = """\
record Stand
  place text
  open  flag default no
  unique place

measure open count 0 to 100
  count of Stand s where s.open

measure sales count 0 to 100
  count of Stand s where s.open

change hire(s Stand) "Open {s.place}"
  when not (s.open)
  sets s.open to yes
  cost 2 EUR
  cost 3 EUR each

change advertise by 1 to 3 "Advertise"
  raises sales by 2
  cost 1 EUR each

change discount by 1 to 3 "Discount"
  raises sales by 3
  cost 2 EUR each

change pitch "Pitch a stand"
  adds Stand { place: "market", open: yes }
  cost 1 EUR

change camp "Camp"
  adds Stand { place: "market", open: yes }
  cost 1 EUR

"""


@pytest.mark.parametrize(
    ("condition", "stands", "cost", "changes"),
    [
        ("open at least 2", ["a", "b"], "6", 2),  # one stand of 5 EUR with what is for each, and one that is pitched
        ("open at least 3", ["a", "b"], "11", 3),  # there is one market, so not both who would stand there
        ("open at least 4", ["a", "b"], None, 0),
        ("open at least 1", ["market"], "5", 1),
        ("sales at least 9", [], "5", 2),  # three times 2 and once 3: both raise the one measure
        ("sales at least 15", [], "9", 2),
    ],
)
def test_effects_and_costs_add_up_and_rows_stay_unique(
    tmp_path: Path, condition: str, stands: list[str], cost: str | None, changes: int
) -> None:
    policy = f'{SHOP}designation d "D"\n  require r "R" {condition}\n'
    found = plan(tmp_path, policy, {"Stand": [{"place": each} for each in stands]})
    if cost is None:
        assert found.status == "impossible"
    else:
        assert (found.plans[0].cost_exact.number, found.plans[0].changes) == (cost, changes)
