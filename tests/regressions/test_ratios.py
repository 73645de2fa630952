"""A ratio of sums that changes move: what is asked of it is multiplied out, against trying every plan."""

from __future__ import annotations

from fractions import Fraction
from itertools import product
from pathlib import Path
from random import Random

import pytest

from attain_engine.evaluate import numbers
from tests.regressions.asked import plan
from tests.seeds import of_each

POLICY = """\
record Survey
  points   count 0 to 100
  answers  count 1 to 20

record Complaint
  weight  count 1 to 9

measure points count -1_000 to 1_000
  (sum of s.points among Survey s) - (sum of c.weight among Complaint c)

measure score number -100 to 100
  points / (sum of s.answers among Survey s) else {otherwise}

designation d "D"
  require score "Score" score {comparison} {limit}

change survey by 1 to {most} "{{n}} more with all fives"
  adds Survey {{ points: {points}, answers: {answers} }}
  cost 5 EUR each

change settle(c Complaint) "Settle"
  removes c
  cost 3 EUR
"""

COMPARISONS = {
    "at least": lambda found, limit: found >= limit,
    "more than": lambda found, limit: found > limit,
    "at most": lambda found, limit: found <= limit,
    "less than": lambda found, limit: found < limit,
}


@of_each(range(24))
def test_the_cheapest_plan_for_a_ratio_is_found(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, seed: int) -> None:
    monkeypatch.setattr(numbers, "MANY_QUOTIENTS", 0)
    draw = Random(seed)
    surveys = [(draw.randint(0, 45), draw.randint(1, 9)) for _ in range(draw.randint(0, 3))]
    complaints = [draw.randint(1, 9) for _ in range(draw.randint(0, 2))]
    points, answers, most = draw.randint(0, 45), draw.randint(1, 9), draw.randint(1, 6)
    comparison, otherwise = draw.choice(sorted(COMPARISONS)), draw.randint(0, 4)
    limit = Fraction(draw.randint(0, 500), 100)

    def reaches(more: int, kept: tuple[bool, ...]) -> bool:
        over = sum(each for each, _ in surveys) + more * points
        over -= sum(weight for weight, there in zip(complaints, kept, strict=True) if there)
        below = sum(each for _, each in surveys) + more * answers
        return COMPARISONS[comparison](Fraction(over, below) if below else Fraction(otherwise), limit)

    costs = [
        5 * more + 3 * kept.count(False)
        for more in range(most + 1)
        for kept in product((True, False), repeat=len(complaints))
        if reaches(more, kept)
    ]
    text = POLICY.format(
        comparison=comparison, limit=float(limit), otherwise=otherwise, most=most, points=points, answers=answers
    )
    tables = {
        "Survey": [{"points": each, "answers": number} for each, number in surveys],
        "Complaint": [{"weight": each} for each in complaints],
    }
    found = plan(tmp_path, text, tables)
    if not costs:
        assert found.status == "impossible"
    elif min(costs) == 0:
        assert found.status == "qualified"
    else:
        assert (found.status, found.plans[0].cost_exact.number) == ("proved", str(min(costs)))
