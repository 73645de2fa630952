"""Costs and durations that declared bounds let be below 0: a doubt, and none where the policy says otherwise."""

from __future__ import annotations

import pytest

from tests.model.policies import warnings

COURSES = """policy p "P"

enum Level { low, high }

record Course
  level  Level
  fee    money EUR 0 EUR to 900 EUR
  grant  money EUR 0 EUR to 100 EUR
  rest   money EUR -50 EUR to 100 EUR
  open   money EUR
  weeks  count -2 to 9
  hours  count 0 to 40
  taken  flag default no

parameter fees for Level money EUR
  low 20 EUR, high -1 EUR

measure debts money EUR -10 EUR to 10 EUR
  sum of c.rest among Course c

define left(c Course) as money EUR
  c.fee - c.grant

designation team "Team"
  require course "One course" some Course c where c.taken

change take(c Course) "Take {c}"
{when}  sets c.taken to yes
  {lines}
"""


def doubts(lines: str, when: str = "") -> list[str]:
    text = COURSES.replace("{lines}", lines).replace("{when}", when)
    return [each for each in warnings(text) if each == "cost-may-be-negative"]


@pytest.mark.parametrize(
    "lines",
    [
        "cost c.fee - c.grant",
        "cost c.rest",
        "cost 20 EUR\n  cost c.rest",  # what is paid once is added up
        "cost debts",
        "cost fees(c.level)",
        "cost left(c)",
        "cost (c.rest else 0 EUR) * 2",
        "cost 100 EUR - c.hours * 10 EUR",
        "cost least of (c.rest, c.fee)",
        "cost by case\n    c.fee when c.hours at least 1\n    c.rest otherwise",
        "takes c.weeks * 1 days",
        "takes (c.hours - 1) * 1 months",
    ],
)
def test_what_may_be_below_0_is_a_doubt(lines: str) -> None:
    assert doubts(lines) == ["cost-may-be-negative"]


@pytest.mark.parametrize(
    "lines",
    [
        "cost c.fee",
        "cost c.fee + c.grant",
        "cost c.open",  # no bounds are declared: most such fields are no slip
        "cost c.open - c.grant",
        "cost 50 EUR\n  cost c.rest",
        "cost greatest of (c.fee - c.grant, 0 EUR)",
        "cost c.hours * 10 EUR",
        "cost 400 EUR - c.hours * 10 EUR",
        "takes c.hours * 1 days",
        "takes (greatest of (c.weeks, 0)) * 1 days",
        "takes 3 weeks",
    ],
)
def test_what_cannot_be_below_0_or_is_not_bounded_is_none(lines: str) -> None:
    assert doubts(lines) == []


def test_what_the_change_asks_for_is_left_to_it() -> None:
    assert doubts("cost c.fee - c.grant", "  when c.fee at least c.grant\n") == []
    assert doubts("cost c.fee - c.grant", "  when c.hours at least 1\n") == ["cost-may-be-negative"]
    assert doubts("cost fees(c.level)", "  when fees(c.level) at least 0 EUR\n") == []
    assert doubts("cost left(c)", "  when left(c) at least 0 EUR\n") == []
    assert doubts("cost fees(c.level)", "  when fees(low) at least 0 EUR\n") == ["cost-may-be-negative"]
