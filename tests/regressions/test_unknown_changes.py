"""What is not known of a change (how often it can be made, what it costs) is named; the others are not lost with it."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

from attain_engine.api import Wishes
from attain_engine.evaluate import EvaluationProblem
from attain_engine.questions import nearest
from attain_engine.report.console import Console
from attain_engine.report.questions_text import question_text
from tests.regressions.asked import ON, plan, read, steps

SEATS = """\
enum Size { small, large }

record Tenant
  name    text
  paid    count? 0 to 10
  active  count 0 to 10
  size    Size?

parameter seats for Size count
  small 3, large 8

designation goal "Goal"
  require it "It" (sum of t.active among Tenant t) at least 6

change activate(t Tenant) by 1 to MOST "Activate {n}"
  raises t.active by 1
  cost 2 USD each
"""
BY_FIELD = SEATS.replace("MOST", "t.paid - t.active")
BY_TABLE = SEATS.replace("MOST", "seats(t.size)")


@pytest.mark.parametrize(
    ("policy", "rows", "status", "cost"),
    [
        (BY_FIELD, [{"name": "a", "active": 4}], "undetermined", ""),
        (BY_FIELD, [{"name": "a", "active": 4}, {"name": "b", "paid": 1, "active": 0}], "undetermined", ""),
        (BY_FIELD, [{"name": "a", "active": 4}, {"name": "b", "paid": 2, "active": 0}], "proved", "4 USD"),
        (BY_FIELD, [{"name": "a", "active": 4, "paid": 5}], "impossible", ""),
        (BY_TABLE, [{"name": "a", "active": 4}], "proved", "4 USD"),  # three of them are sure
        (BY_TABLE, [{"name": "a", "active": 2}], "undetermined", ""),
        (BY_TABLE, [{"name": "a", "active": 2, "size": "small"}], "impossible", ""),
    ],
)
def test_a_number_of_units_that_is_not_known_is_named(
    tmp_path: Path, policy: str, rows: list[dict[str, Any]], status: str, cost: str
) -> None:
    found = plan(tmp_path, policy, {"Tenant": rows})
    assert found.status == status
    assert [each.cost for each in found.plans] == ([cost] if cost else [])
    if status == "undetermined":
        assert any("of Tenant row 1 (facts.json) is missing" in each for each in found.reasons)


PRICES = """\
record Course
  name   text
  price  money USD?
  weeks  count? 0 to 20
  taken  flag default no

designation goal "Goal"
  require it "It" some Course c where c.taken

change take(c Course) "Take {c.name}"
  sets c.taken to yes
  cost c.price
  takes c.weeks * 7 days
"""


@pytest.mark.parametrize("unknown", [{"price": 5}, {"weeks": 1}])
def test_a_cost_that_is_not_known_names_its_row_and_can_be_left_out(tmp_path: Path, unknown: dict[str, int]) -> None:
    rows = {"Course": [{"name": "a", **unknown}, {"name": "b", "price": 30, "weeks": 2}]}
    with pytest.raises(EvaluationProblem, match=r"not known: `c\..*`, Course row 1 \(facts.json\)"):
        plan(tmp_path, PRICES, rows)
    found = plan(tmp_path, PRICES, rows, Wishes(forbid=frozenset({"take(a)"})))
    assert (found.status, steps(found), found.plans[0].cost) == ("proved", {"take": 1}, "30 USD")


def test_what_the_facts_leave_open_is_no_want_of_time(tmp_path: Path) -> None:
    program, facts = read(tmp_path, BY_FIELD, {"Tenant": [{"name": "a", "active": 4}]}, {})
    answer = nearest(program, facts, ON)
    said = question_text(answer, Console(color=False, unicode=True, columns=100))
    assert "from these facts" in said
    assert "time" not in said


def test_that_nothing_was_found_does_not_say_why(tmp_path: Path) -> None:
    """It may be want of time, or that so many ways of it cannot be told: only that nothing is proved is certain."""
    program, facts = read(tmp_path, BY_FIELD, {"Tenant": [{"name": "a", "active": 4}]}, {})
    answer = nearest(program, facts, ON)
    (first, *_) = answer.designations
    open_still = first.model_copy(update={"status": "nothing found"})
    said = question_text(
        answer.model_copy(update={"designations": (open_still,), "complete": False}),
        Console(color=False, unicode=True, columns=100),
    )
    assert "no plan found; that there is none is not proved" in said
    assert "Some could not be told, perhaps for want of time (`--time-limit`): they may belong elsewhere." in said


CHECKED = """\
entity Person

record Member
  person  Person
  checked flag?
  trained flag default no

designation goal "Goal"
  require trained "Trained" (count of Member m where m.trained) at least 3
  require checked "Checked" some Member m where m.checked

change train(m Member) "Train {m.person}"
  sets m.trained to yes
  cost 10 EUR

change check(m Member) "Check {m.person}"
  sets m.checked to yes
  cost 3 EUR
"""


@pytest.mark.parametrize(
    ("members", "budget", "status", "said"),
    [
        (3, 29, "impossible", "the budget is too small: the cheapest plan costs 33 EUR"),
        (3, 30, "undetermined", "`checked` of Member row 1 (facts.json) is missing"),  # if one of them is checked
        (2, None, "impossible", "`trained` cannot be met by any change: Trained"),
    ],
)
def test_what_no_facts_would_bring_about_does_not_rest_on_them(
    tmp_path: Path, members: int, budget: int | None, status: str, said: str
) -> None:
    rows = {"Member": [{"person": f"p{number}"} for number in range(members)]}
    wishes = Wishes(budget=None if budget is None else Fraction(budget))
    found = plan(tmp_path, CHECKED, rows, wishes)
    assert (found.status, found.plans) == (status, ())
    assert said in found.reasons
