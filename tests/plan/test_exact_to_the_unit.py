"""Revenues of 10^15, thresholds beside them: verdicts and plans are right to the unit, where clingo's own sums wrap."""

from __future__ import annotations

import datetime

import clingo
import pytest

from attain_engine.api import assess, load_policy, plan
from attain_engine.facts import Facts, Row

NEEDED = 10**15

POLICY = f"""policy volume "Volume"
  in force from 2020-01-01

record Invoice
  billed money USD 0 USD to 2_000_000_000_000_000 USD

measure revenue money USD
  sum of i.billed among Invoice i

designation large "Large"
  require revenue "A quadrillion" revenue at least {NEEDED} USD

change bill by 1 to 2 "Bill {{n}} more"
  adds Invoice {{ billed: 1 USD }}
  cost 1 EUR each

change bill_much "Bill much more"
  adds Invoice {{ billed: 999_999_999_999_999 USD }}
  cost 5 EUR
"""


def facts(*billed: int) -> Facts:
    return Facts("acme", {"volume.Invoice": tuple(Row("volume.Invoice", {"billed": each}) for each in billed)})


ON = datetime.date(2024, 1, 1)


@pytest.mark.parametrize(
    ("billed", "verdict"),
    [
        ((NEEDED,), "met"),
        ((NEEDED - 1,), "failed"),
        ((NEEDED - 1, 1), "met"),
        ((NEEDED // 2, NEEDED // 2 - 1), "failed"),
        ((2**32 + NEEDED - 2**32,), "met"),
        ((NEEDED - 2**32,), "failed"),
    ],
)
def test_a_verdict_is_right_to_the_unit(billed: tuple[int, ...], verdict: str) -> None:
    assert assess(load_policy("volume.attain", POLICY), facts(*billed), ON).verdict == verdict


@pytest.mark.parametrize(
    ("billed", "cost"), [(NEEDED - 1, "1"), (NEEDED - 2, "2"), (NEEDED - 3, "5"), (1, "5"), (0, "6")]
)
def test_a_plan_is_right_to_the_unit(billed: int, cost: str) -> None:
    found = plan(load_policy("volume.attain", POLICY), facts(billed), ON)
    assert (found.status, found.plans[0].cost_exact.number) == ("proved", cost)


def test_plain_clingo_would_have_been_wrong() -> None:
    """What the same sum comes to in clingo: a number past 32 bits wraps, without a word."""
    control = clingo.Control()
    control.add("base", [], f"billed(1,{NEEDED}). billed(2,1). revenue(R) :- R = #sum{{ B,I : billed(I,B) }}.")
    control.ground([("base", [])])
    (revenue,) = [atom.symbol.arguments[0].number for atom in control.symbolic_atoms.by_signature("revenue", 1)]
    wrapped = (NEEDED + 1 + 2**31) % 2**32 - 2**31
    assert revenue == wrapped != NEEDED + 1
