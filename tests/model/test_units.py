"""Which types expressions have, and which do not go together."""

from __future__ import annotations

import pytest

from tests.model.policies import body, errors_in


@pytest.mark.parametrize(
    ("expression", "type_"),
    [
        ("1 + 2", "count"),
        ("1 + 0.5", "number"),
        ("u.paid_seats - u.active_users", "count"),
        ("u.paid_seats + 0.5", "number"),
        ("capability(t) + 5", "points"),
        ("5 + capability(t)", "points"),
        ("2 * 5", "points"),
        ("2 * capability(t)", "points"),
        ("capability(t) * 40%", "points"),
        ("u.billed * u.paid_seats", "money USD"),
        ("40% * u.paid_seats", "number"),
        ("40% * 50%", "percent"),
        ("3 * 25%", "percent"),
        ("u.paid_seats / 2", "number"),
        ("u.paid_seats / u.active_users else 0%", "percent"),
        ("u.paid_seats / u.active_users else 0", "number"),
        ("u.billed / 12", "money USD"),
        ("u.billed / u.paid_seats else 0 USD", "money USD"),
        ("u.billed / 100 USD", "percent"),
        ("-u.billed", "money USD"),
        ("u.paid_seats / 2 rounded down to 1", "count"),
        ("capability(t) rounded half up to 0.5", "points"),
        ("greatest of (1, u.paid_seats)", "count"),
        ("latest of (c.earned, c.expires)", "date"),
        ("month of c.earned", "month"),
        ("last day of u.month", "date"),
        ("12 months before last month", "month"),
        ("90 days after c.earned", "date"),
        ("number of months from c.earned to assessment date", "count"),
        ("months from u.month to last month", "set of month"),
        ("{ cpor, dpor }", "set of Association"),
        ("distinct x.tenant among Usage x", "count"),
        ("sum of x.billed among Usage x", "money USD"),
        ("average of x.paid_seats among Usage x else 0", "number"),
        ("greatest of x.billed among Usage x else 0 USD", "money USD"),
        ("latest of x.earned among Certificate x else 2000-01-01", "date"),
        ("best for a in Track: adds(a)", "count"),
        ("best for a in associations(t): adds(t)", "count"),
        ("the Membership.length", "duration"),
        ("maximum of capability(t)", "points"),
        ("capability(t).first", "points"),
        ("c.expires as of c.earned", "date"),
    ],
)
def test_an_expression_fits_its_type(expression: str, type_: str) -> None:
    assert str(body(expression, type_).type) == type_


@pytest.mark.parametrize(
    ("expression", "type_", "code"),
    [
        ("u.paid_seats + u.billed", "count", "unit-mismatch"),
        ("u.paid_seats + 40%", "count", "unit-mismatch"),
        ("100 EUR + u.billed", "money USD", "unit-mismatch"),
        ("u.billed * u.billed", "money USD", "unit-mismatch"),
        ("capability(t) / u.billed else 0", "points", "unit-mismatch"),
        ("capability(t)", "count", "unit-mismatch"),
        ("0.5", "count", "unit-mismatch"),
        ("25", "percent", "unit-mismatch"),
        ("25", "money USD", "unit-mismatch"),
        ("u.paid_seats / 2", "count", "unit-mismatch"),
        ("u.month + 1", "month", "type-mismatch"),
        ("c.earned - c.earned", "count", "type-mismatch"),
        ("sum of x.earned among Certificate x", "count", "type-mismatch"),
        ("latest of (1, 2)", "count", "type-mismatch"),
        ("greatest of (t, t)", "Track", "type-mismatch"),
        ("90 days before u.month", "month", "type-mismatch"),
        ("month of u.month", "month", "type-mismatch"),
        ("last day of c.earned", "date", "type-mismatch"),
        ("number of days from u.month to last month", "count", "type-mismatch"),
        ("t.name", "text", "type-mismatch"),
        ("u.tenant.name", "text", "type-mismatch"),
        ('"cpor"', "Association", "type-mismatch"),
        ("{ cpor, 5 }", "set of Association", "type-mismatch"),
        ("cpor", "Track", "type-mismatch"),
    ],
)
def test_what_does_not_go_together_is_one_mistake(expression: str, type_: str, code: str) -> None:
    assert errors_in(expression, type_) == [code]


@pytest.mark.parametrize(
    "condition",
    [
        "u.paid_seats at least 300",
        "300 at most u.paid_seats",
        "capability(t) at least 70",
        "70 at most capability(t)",
        "(u.paid_seats / u.active_users else 0%) at least 35%",
        "c.earned later than 2020-01-01",
        "u.month on or before last month",
        "the Membership.length at least 12 months",
        "u.association in associations(t)",
        "u.association in { cpor, csp }",
        "u.paid_seats in seats(t)",
        "t in Track",
        "cpor is u.association",
        'u.tenant is "a"',
        "u.trial",
        "u.trial is no",
        "u.month within the 12 months before this month",
        "c.earned within the 90 days to assessment date",
        "c.earned from 2020-01-01 to 2020-12-31",
        "c.score is known",
        "u is u",
    ],
)
def test_a_condition_is_accepted(condition: str) -> None:
    assert str(body(condition).type) == "flag"


@pytest.mark.parametrize(
    ("condition", "code"),
    [
        ("u.paid_seats at least 300 USD", "unit-mismatch"),
        ("capability(t) at least u.paid_seats", "unit-mismatch"),
        ("the Membership.growth at least 35", "unit-mismatch"),
        ("c.earned at least 2020-01-01", "wrong-comparison"),
        ("u.paid_seats later than 3", "wrong-comparison"),
        ("c.earned later than u.month", "type-mismatch"),
        ("u.association at least cpor", "type-mismatch"),
        ("u.association in seats(t)", "type-mismatch"),
        ("u.association in 5", "type-mismatch"),
        ("c.earned within the 12 months before this month", "type-mismatch"),
        ("u.association is t", "type-mismatch"),
        ("u.paid_seats", "type-mismatch"),
        ("each part of capability(t) later than 3", "wrong-comparison"),
    ],
)
def test_a_comparison_of_unlike_things_is_one_mistake(condition: str, code: str) -> None:
    assert errors_in(condition) == [code]


@pytest.mark.parametrize(
    ("expression", "type_"),
    [
        ("u.paid_seats / u.active_users", "percent"),
        ("u.paid_seats / u.active_users * 2", "percent"),
        ("average of x.paid_seats among Usage x", "number"),
        ("greatest of x.paid_seats among Usage x", "count"),
    ],
)
def test_what_may_have_no_value_needs_an_else(expression: str, type_: str) -> None:
    assert errors_in(expression, type_) == ["may-have-no-value"]


@pytest.mark.parametrize(
    ("expression", "type_"),
    [
        ("u.paid_seats / 12", "number"),
        ("(u.paid_seats / u.active_users) * 2 else 0%", "percent"),
        ("(u.paid_seats / u.active_users rounded down to 1%) else 0%", "percent"),
        ("best for a in Track: adds(a)", "count"),
        ("best for a in { cpor, dpor }: 1", "count"),
        ("best for a in associations(t): 1", "count"),
    ],
)
def test_what_surely_has_a_value_needs_no_else(expression: str, type_: str) -> None:
    assert errors_in(expression, type_) == []


def test_an_else_does_not_reach_into_conditions() -> None:
    inside = "sum of (1) among Usage x where x.paid_seats / x.active_users at least 50% else 0"
    assert errors_in(inside, "count") == ["may-have-no-value"]


def test_a_division_by_0_is_refused() -> None:
    assert errors_in("u.paid_seats / 0", "number") == ["division-by-zero"]
