"""Plans over sums of which each counts only within a band, or below a threshold, and changes move it."""

from __future__ import annotations

import itertools
from collections.abc import Callable
from pathlib import Path

import pytest

from attain_engine.api import Wishes
from tests.regressions.asked import plan

HEAD = """\
entity Tenant

record Usage
  tenant  Tenant
  year    count 2000 to 2100
  used    {type}
  unique tenant, year

define used(x Tenant, y count) as {result}
  sum of u.used among Usage u where u.tenant is x and u.year is y

"""
MONEY = HEAD.format(type="money EUR 0 EUR to 1_000_000 EUR", result="money EUR")
COUNT = HEAD.format(type="count 0 to 1_000", result="count")
GROW = """
change grow(u Usage) by 1 to {most} "Grow {{u.tenant}} by {{n}}"
  when u.year is 2024
  raises u.used by {step}
  cost {cost} EUR each
"""

# Each: the policy; what each tenant used this year; how much a step is and how many there may be; what they come to by
# the same rule written a second time.
CASES: dict[str, tuple[str, tuple[int, ...], int, int, Callable[[list[int]], bool]]] = {
    "growth of those in a band": (
        MONEY
        + """\
parameter small band of money EUR
  from 1 EUR to 12_000 EUR

measure small_usage(y count) money EUR
  sum of used(x, y) among Tenant x where used(x, y) in small

score s out of 100
  part growth up to 100  in proportion to small_usage(2024) - small_usage(2023) full at 10_000 EUR

designation d "D"
  require s "70 points" s at least 70
""",
        (8_000, 8_130, 8_260, 11_900),
        500,
        9,
        lambda used: sum(each for each in used if 1 <= each <= 12_000) - 4 * 8_000 >= 7_000,
    ),
    "so many that are in use": (
        COUNT
        + """\
measure busy count
  count of Tenant x where used(x, 2024) at least 50 and used(x, 2024) less than 60

designation d "D"
  require busy "Three" busy at least 3
""",
        (20, 44, 59, 57),
        5,
        4,
        lambda used: sum(50 <= each < 60 for each in used) >= 3,
    ),
    "hours of those who are not above a limit": (
        COUNT
        + """\
measure within count
  sum of used(x, 2024) among Tenant x where not (used(x, 2024) more than 40)

designation d "D"
  require within "105 hours" within at least 105
  require nobody "One above it at most" (count of Tenant x where used(x, 2024) more than 40) at most 1
""",
        (10, 20, 30, 36),
        3,
        5,
        lambda used: sum(each for each in used if each <= 40) >= 105 and sum(each > 40 for each in used) <= 1,
    ),
}


@pytest.mark.parametrize(("policy", "used", "step", "most", "holds"), CASES.values(), ids=CASES)
def test_the_cheapest_is_proved(
    tmp_path: Path, policy: str, used: tuple[int, ...], step: int, most: int, holds: Callable[[list[int]], bool]
) -> None:
    money = "money EUR" in policy
    change = GROW.format(most=most, step=f"{step} EUR" if money else step, cost=3)
    rows = [{"tenant": f"t{n}", "year": 2024, "used": each} for n, each in enumerate(used)]
    rows += [{"tenant": f"t{n}", "year": 2023, "used": 8_000} for n in range(len(used))] if money else []
    found = plan(tmp_path, policy + change, {"Usage": rows}, Wishes(time_limit=60))
    best = min(
        sum(made)
        for made in itertools.product(range(most + 1), repeat=len(used))
        if holds([each + step * n for each, n in zip(used, made, strict=True)])
    )
    assert found.status == "proved"
    assert found.plans[0].cost == f"{3 * best} EUR"
