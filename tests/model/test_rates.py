"""A rate is like no amount and no other rate; in a time it comes to an amount."""

from __future__ import annotations

import pytest

from tests.model.policies import compiled

BASE = """policy p "P"
  in force from 2024-01-01

record Home one row
  rent    money USD a month
  income  money USD a year
  months  count 0 to 12

"""


def found(text: str) -> list[str]:
    return [f"{each.code}: {each.help}" for each in compiled(f"{BASE}{text}\n")[1] if each.code != "unused"]


@pytest.mark.parametrize(
    "expression",
    [
        "the Home.rent * 1 year at least the Home.income * 1 year",
        "the Home.rent at least 900 USD a month",
        "the Home.rent * (the Home.months * 1 month) at least 5 USD",
        "1 year * the Home.rent at least 5 USD",
        "the Home.rent + 5 USD  a  month more than 2 * the Home.rent",
        "(the Home.rent / 900 USD a month) at least 50%",
        "the Home.rent / 2 at least the Home.rent * 40%",
    ],
)
def test_rates_of_one_time_go_together(expression: str) -> None:
    assert found(f"define d\n  {expression}") == []


@pytest.mark.parametrize(
    ("expression", "help_"),
    [
        ("the Home.rent at least the Home.income", "multiply it by how long"),
        ("the Home.rent at least 900 USD a year", "multiply it by how long"),
        ("the Home.rent + the Home.income at least 900 USD a month", "multiply it by how long"),
        ("the Home.rent at least 900 USD", "`900 USD a month`"),
        ("the Home.rent * 30 days at least 900 USD", "`12 months`"),
        ("(the Home.rent / 900 USD) at least 50%", "divide by something alike"),
    ],
)
def test_what_is_of_another_time_is_refused(expression: str, help_: str) -> None:
    (only,) = found(f"define d\n  {expression}")
    assert only.startswith("unit-mismatch")
    assert help_ in only


def test_a_cost_is_no_rate() -> None:
    text = 'change c(h Home) "C"\n  lowers h.rent by 20 USD a month\n  cost 20 USD a month'
    assert found(text) == ["unit-mismatch: say for how long: `... * 12 months`"]
