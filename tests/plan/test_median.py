"""Medians that changes move."""

from __future__ import annotations

from itertools import product
from pathlib import Path

import pytest

from attain_engine.api import load_policy
from attain_engine.check.examples import run_examples

POLICY = """policy swim "Swim"

entity Swimmer

record Result
  swimmer  Swimmer
  seconds  count 0 to 500
  counts   flag

measure middle number 0 to 500
  median of r.seconds among Result r where r.counts else 400

designation fast
  require middle "In the middle" middle at most {limit}

change drop(r Result) "Drop {{r.seconds}}"
  when r.counts
  sets r.counts to no
  cost r.seconds * 1 EUR

change swim(s Swimmer) "Swim in 90"
  adds Result {{ swimmer: s, seconds: 90, counts: yes }}
  cost 150 EUR

example "four results"
  on 2024-01-01
  given Result
    swimmer  seconds  counts
    "a"      100      yes
    "b"      {second}      yes
    "c"      200      yes
    "d"      300      {last}
  given nothing else
  expect middle is {now}
  expect plan costs {cost} EUR
"""


def failures(tmp_path: Path, **put: object) -> list[str]:
    program = load_policy(tmp_path / "swim.attain", POLICY.format(**put))
    return [failure.message for each in run_examples(program) for failure in each.failures]


def best(values: list[int], limit: float) -> int | None:
    """The least cost over all that can be done."""
    costs = []
    for dropped in product([False, True], repeat=len(values)):
        for more in range(5):
            left = sorted([each for each, gone in zip(values, dropped, strict=True) if not gone] + [90] * more)
            half = len(left) // 2
            found = 400 if not left else (left[half] + left[~half]) / 2
            if found <= limit:
                costs.append(sum(each for each, gone in zip(values, dropped, strict=True) if gone) + 150 * more)
    return min(costs, default=None)


@pytest.mark.parametrize(
    ("second", "last", "limit"),
    [(110, "yes", 150), (110, "yes", 105), (110, "no", 109), (120, "yes", 110), (120, "yes", 95), (120, "no", 119)],
)
def test_the_cheapest_plan_moves_a_median(tmp_path: Path, second: int, last: str, limit: int) -> None:
    values = [100, second, 200, *([300] if last == "yes" else [])]
    half = len(values) // 2
    now = (sorted(values)[half] + sorted(values)[~half]) / 2
    put = {"second": second, "last": last, "limit": limit, "now": f"{now:g}", "cost": best(values, limit)}
    assert failures(tmp_path, **put) == []
    assert failures(tmp_path, **put | {"cost": int(str(put["cost"])) + 1}) != []
