"""A plan for several aims, one after the other: what is proved of a later one counts for the best of those before."""

from __future__ import annotations

import itertools
from pathlib import Path
from random import Random

import pytest

from attain_engine.api import Wishes
from attain_engine.optimise.problem import Objective
from tests.regressions.asked import plan, steps

OFFERS = 7

POLICY = """\
record Offer
  name    text
  price   money EUR 0 EUR to 100 EUR
  weight  count 0 to 9
  lasts   count 1 to 40
  taken   flag default no
  unique  name

measure weight count 0 to 100
  sum of o.weight among Offer o where o.taken

designation d "D"
  require heavy "Heavy" weight at least {least}
  {also}

change take(o Offer) "Take {{o.name}}"
  when not (o.taken)
  sets o.taken to yes
  cost o.price
  takes o.lasts * 1 days
"""
ALSO = {
    "one threshold": "",
    "some of two": (
        'require some "Some" any of (weight at most 11,'
        " (count of Offer o where o.taken and o.lasts more than 20) at least 2)"
    ),
    "not too many light ones": 'require few "Few" (count of Offer o where o.taken and o.weight at most 2) at most 1',
    "for each heavy one a light one": (
        'require pairs "Pairs" (count of Offer o where o.taken and o.weight at least 5) at most'
        " (count of Offer o where o.taken and o.weight at most 4)"
    ),
}


def holds(also: str, taken: list[dict[str, int]]) -> bool:
    """Whether these offers meet the second requirement, by the same rule written a second time."""
    weights = [each["weight"] for each in taken]
    match also:
        case "some of two":
            return sum(weights) <= 11 or sum(each["lasts"] > 20 for each in taken) >= 2
        case "not too many light ones":
            return sum(each <= 2 for each in weights) <= 1
        case "for each heavy one a light one":
            return sum(each >= 5 for each in weights) <= sum(each <= 4 for each in weights)
        case _:
            return True


def came_to(taken: list[dict[str, int]]) -> dict[Objective, int]:
    return {
        "cost": sum(each["price"] for each in taken),
        "changes": len(taken),
        "time": max(each["lasts"] for each in taken),
    }


@pytest.mark.parametrize("aims", list(itertools.permutations(("cost", "changes", "time"))), ids=" then ".join)
@pytest.mark.parametrize("also", ALSO)
def test_the_best_by_one_aim_after_the_other_is_proved(tmp_path: Path, also: str, aims: tuple[Objective, ...]) -> None:
    rng = Random(f"{also} {aims}")
    offers = [
        {"price": rng.randrange(5, 9) * 2, "weight": rng.randrange(1, 7), "lasts": rng.randrange(1, 30)}
        for _ in range(OFFERS)
    ]
    rows = [{**each, "name": f"o{number}"} for number, each in enumerate(offers)]
    best = min(
        tuple(came_to(taken)[aim] for aim in aims)
        for size in range(1, OFFERS + 1)
        for taken in map(list, itertools.combinations(offers, size))
        if sum(each["weight"] for each in taken) >= 10 and holds(also, taken)
    )
    found = plan(tmp_path, POLICY.format(least=10, also=ALSO[also]), {"Offer": rows}, Wishes(minimize=aims))
    one = found.plans[0]
    said = {"cost": int(one.cost_exact.number), "changes": one.changes, "time": one.days}
    assert (found.status, tuple(said[aim] for aim in aims)) == ("proved", best)
    assert steps(found) == {"take": said["changes"]}
