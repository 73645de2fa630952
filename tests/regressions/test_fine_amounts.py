"""Amounts that come in steps which do not divide each other: few values, but far more than that between them by the
step they have in common. Every plan is compared with all that there are."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from itertools import product
from pathlib import Path

import pytest

from tests.regressions.asked import plan

POLICY = """\
record Box one row
  sales money EUR
  spent money EUR

score s out of 100
  part a up to 60 in proportion to the Box.sales full at 8_844_124 EUR
  part b up to 40 in proportion to the Box.spent full at 6_000_001 EUR

change sell(x Box) by 1 to 6 "Sell {n}"
  raises x.sales by 4_060_229 EUR
  cost 30 EUR each

change deal(x Box) by 1 to 7 "Deal {n}"
  raises x.sales by 319_031 EUR
  raises x.spent by 106_343 EUR
  cost 4 EUR each

change save(x Box) by 1 to 3 "Save {n}"
  lowers x.spent by 580_032 EUR
  cost 20 EUR each

"""
SALES, SPENT = 8_179_170, 4_827_615


def points(sales: int, spent: int) -> Fraction:
    return min(Fraction(60 * sales, 8_844_124), Fraction(60)) + min(Fraction(40 * spent, 6_000_001), Fraction(40))


@pytest.mark.parametrize(
    ("condition", "holds"),
    [
        ("(6_000_000 EUR / the Box.sales else 100%) at most 60%", lambda a, b: 60 * a >= 600_000_000),
        ("(the Box.spent / the Box.sales else 100%) at most 45%", lambda a, b: 100 * b <= 45 * a),
        ("(the Box.sales rounded down to 70_000 EUR) at least 13_500_000 EUR", lambda a, b: a // 70_000 >= 193),
        ("(the Box.sales rounded up to 3_000_000 EUR) is 15_000_000 EUR", lambda a, b: -(-a // 3_000_000) == 5),
        ("(least of (the Box.sales, 9_000_000 EUR)) - the Box.spent at least 4_300_000 EUR",
         lambda a, b: min(a, 9_000_000) - b >= 4_300_000),
        ("the Box.sales * (the Box.spent / 1_000_003 EUR) at least 40_000_000 EUR",
         lambda a, b: a * b >= 40_000_000 * 1_000_003),
        ("s at least 94", lambda a, b: points(a, b) >= 94),
        ("(the Box.spent / the Box.sales else 100%) at most 45% and s at least 91",
         lambda a, b: 100 * b <= 45 * a and points(a, b) >= 91),
    ],
)  # fmt: skip
def test_the_cheapest_of_all_is_proved(tmp_path: Path, condition: str, holds: Callable[[int, int], bool]) -> None:
    facts = {"Box": [{"sales": f"{SALES} EUR", "spent": f"{SPENT} EUR"}]}
    found = plan(tmp_path, f'{POLICY}designation d "D"\n  require r "R" {condition}\n', facts)
    best = min(
        (30 * sell + 4 * deal + 20 * save, (sell > 0) + (deal > 0) + (save > 0))
        for sell, deal, save in product(range(7), range(8), range(4))
        if holds(SALES + 4_060_229 * sell + 319_031 * deal, SPENT + 106_343 * deal - 580_032 * save)
    )
    assert best > (0, 0)
    assert found.status == "proved"
    assert (int(found.plans[0].cost_exact.number), found.plans[0].changes) == best
