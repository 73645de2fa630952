"""What a rate comes to in a time, in answers and plans, and rates in facts."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from attain_engine.api import FactsMistakes
from tests.regressions.asked import assess, plan

HOME = """\
record Home one row
  rent    money USD a month 0 USD a month to 9_000 USD a month
  months  count 0 to 12

"""
POLICY = (
    HOME
    + """\
report paid "Paid" as money USD
  the Home.rent * (the Home.months * 1 month)

designation low
  require low paid at most 9_000 USD

change move(h Home) by 1 to 40 "Pay {n} times 10 USD less"
  lowers h.rent by 10 USD a month
  cost 7 USD each
"""
)


@pytest.mark.parametrize(
    ("rate", "time", "amount"),
    [
        ("900 USD a month", "1 year", "10,800 USD"),
        ("900 USD a year", "1 months", "75 USD"),
        ("7 USD a week", "3 days", "3 USD"),
        ("2 USD a day", "(3 * 2 weeks)", "84 USD"),
        ("2 USD a day", "(0 * 2 weeks)", "0 USD"),
    ],
)
def test_a_rate_comes_to_an_amount(tmp_path: Path, rate: str, time: str, amount: str) -> None:
    policy = f'report d "D" as money USD\n  {rate} * {time}\n\ndesignation x\n  require r yes\n'
    assert [each.value for each in assess(tmp_path, policy).reports] == [amount]


@pytest.mark.parametrize("rent", [1_000, "1000 USD a month"])
def test_a_rate_of_the_facts_is_changed_and_planned_for(tmp_path: Path, rent: Any) -> None:
    tables = {"Home": [{"rent": rent, "months": 12}]}
    assert [each.value for each in assess(tmp_path, POLICY, tables).reports] == ["12,000 USD"]
    found = plan(tmp_path, POLICY, tables)
    assert found.plans[0].cost == "175 USD"


@pytest.mark.parametrize("rent", ["1000 USD", "1000 USD a year", "1000 EUR a month"])
def test_a_rate_of_another_time_is_refused(tmp_path: Path, rent: str) -> None:
    with pytest.raises(FactsMistakes) as refused:
        assess(tmp_path, POLICY, {"Home": [{"rent": rent, "months": 12}]})
    (problem,) = refused.value.problems
    assert problem.message.endswith("not in USD a month")
