"""What is left of the surface: many ways to write, few forms to mean."""

from __future__ import annotations

import pytest

from attain_compiler.model import program as model
from attain_compiler.model.types import DATE, MONTH, Duration
from tests.model.policies import VOCABULARY, body, program


@pytest.mark.parametrize(
    ("written", "means"),
    [
        ("no Usage x where x.trial", "not (some Usage x where x.trial)"),
        ("every Usage x where x.trial has x.month is u.month",
         "not (some Usage x where x.trial and not (x.month is u.month))"),
        ("every Usage x has x.trial", "not (some Usage x where not (x.trial))"),
        ("u.paid_seats from 11 to 300", "u.paid_seats at least 11 and u.paid_seats at most 300"),
        ("u.month within the 12 months before this month",
         "u.month on or after 12 months before this month and u.month earlier than this month"),
        ("c.earned within the 90 days to assessment date",
         "c.earned later than 90 days before assessment date and c.earned on or before assessment date"),
        ("c.earned within the 90 days after assessment date",
         "c.earned later than assessment date and c.earned on or before 90 days after assessment date"),
        ("each part of capability(t) more than 0",
         "capability(t).first more than 0 and capability(t).second more than 0"),
        ("u.month is last month", "u.month is 1 months before this month"),
        ("u.month is this month", "u.month is month of assessment date"),
        ("u.trial is not yes", "u.trial is not yes"),
        ("c.score is not known", "not (c.score is known)"),
        ("u.association not in { cpor }", "not (u.association in { cpor })"),
        ("all of (u.trial, u.trial)", "u.trial and u.trial"),
        ("any of (u.trial, u.trial)", "u.trial or u.trial"),
        ("work is not gold", "not (work is gold)"),
        ("work less than gold", "not (work at least gold)"),
        ("work is not met", "not (work is met)"),
        ("work is failed", "not (work is met)"),
        ("c.expires is never", "c.expires is never"),
    ],
)  # fmt: skip
def test_one_form_is_spelled_with_another(written: str, means: str) -> None:
    assert body(written).body == body(means).body


def test_greatest_and_best_are_the_same_aggregate() -> None:
    found = body("best for a in associations(t): adds(t)", "count").body
    assert isinstance(found, model.Aggregate)
    assert (found.kind, found.condition) == ("max", None)
    assert isinstance(found.binder.domain, model.Lookup)


def test_an_enum_as_a_domain_needs_no_set() -> None:
    found = body("best for a in Track: adds(a)", "count").body
    assert isinstance(found, model.Aggregate)
    assert found.binder.domain is None


def test_last_month_is_a_month_before_that_of_the_assessment_date() -> None:
    found = body("last month", "month").body
    assert isinstance(found, model.Shift)
    span = found.span
    today = model.AssessmentDate(type=DATE, span=span)
    assert found == model.Shift(
        -1, found.length, model.DatePart("month", today, type=MONTH, span=span), type=MONTH, span=span
    )
    assert isinstance(found.length, model.Constant)
    assert found.length.value == Duration(1, 0)


@pytest.mark.parametrize(
    ("duration", "value"),
    [("90 days", Duration(0, 90)), ("6 weeks", Duration(0, 42)), ("2 years", Duration(24, 0))],
)
def test_a_duration_is_months_and_days(duration: str, value: Duration) -> None:
    found = body(duration, "duration").body
    assert isinstance(found, model.Constant)
    assert found.value == value


def test_the_halves_of_a_range_show_what_was_written() -> None:
    source = f"{VOCABULARY}\ndefine it(u Usage)\n  u.paid_seats from 11 to 300\n"
    found = program(source).defines["p.it"].body
    assert isinstance(found, model.And)
    shown = {source[each.span.start : each.span.end] for each in (found, *found.items)}
    assert shown == {"u.paid_seats from 11 to 300"}


def test_the_operands_of_and_show_themselves() -> None:
    source = f"{VOCABULARY}\ndefine it(u Usage)\n  u.trial and u.paid_seats at least 3\n"
    found = program(source).defines["p.it"].body
    assert isinstance(found, model.And)
    shown = [source[each.span.start : each.span.end] for each in found.items]
    assert shown == ["u.trial", "u.paid_seats at least 3"]


def precedence(extra: str) -> model.Program:
    rule = "\nprecedence Usage u for each u.tenant, u.month by u.association\n  cpor over dpor over csp\n"
    return program(VOCABULARY + rule + extra)


def test_a_precedence_is_an_exclusion_by_another_row() -> None:
    exclusion = precedence("").exclusions["p.excluded_1"]
    spelled = program(
        VOCABULARY + '\nexcluded Usage u "another" when some Usage other_u where all of (other_u.tenant is u.tenant, '
        "other_u.month is u.month, (u.association is dpor and other_u.association is cpor) or "
        "(u.association is csp and (other_u.association is cpor or other_u.association is dpor)))\n"
    ).exclusions["p.excluded_1"]
    assert isinstance(exclusion.condition, model.Exists)
    assert isinstance(spelled.condition, model.Exists)
    assert exclusion.condition.condition == spelled.condition.condition
    assert exclusion.title == "another Usage of the same group comes first (cpor over dpor over csp)"


def test_a_row_that_is_left_out_anyway_takes_no_precedence() -> None:
    found = precedence('\nexcluded Usage x "trial" when x.trial and some Certificate c where c.holder is c.holder\n')
    condition = found.exclusions["p.excluded_1"].condition
    assert isinstance(condition, model.Exists)
    assert isinstance(condition.condition, model.And)
    last = condition.condition.items[-1]
    assert isinstance(last, model.Not)
    assert isinstance(last.operand, model.And)
    trial, certificate = last.operand.items
    assert isinstance(trial, model.FieldOf)
    assert isinstance(trial.row, model.Variable)
    assert isinstance(certificate, model.Exists)
    assert trial.row.number == condition.binder.number
    assert certificate.binder.number == condition.binder.number + 1


def test_an_exclusion_of_some_measures_does_not_mind_a_precedence_everywhere() -> None:
    found = precedence('\nexcluded Usage x "trial" from adds when x.trial\n')
    condition = found.exclusions["p.excluded_1"].condition
    assert isinstance(condition, model.Exists)
    assert isinstance(condition.condition, model.And)
    assert not any(isinstance(each, model.Not) for each in condition.condition.items)
