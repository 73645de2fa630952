"""The time to `never` has no value, also where the date is an element of a set that is run over; it is said in the
words of the policy."""

from __future__ import annotations

import pytest

from attain_compiler.pipeline import compile_policy
from tests.regressions.asked import HEAD, codes

POLICY = """\
enum Kind {{ a, b }}

record Pass one row
  ends    date or never
  begun   date

parameter days_of for Kind set of date
  a {{ 2024-01-01, never }}, b {{ 2024-01-01 }}

define late(dates set of date)
  some d in dates where {body}

designation goal "Goal"
  require it "It" {condition}
"""
COUNTED = "(number of days from assessment date to d{}) at least 3"


@pytest.mark.parametrize("covered", [False, True])
@pytest.mark.parametrize(
    ("condition", "may_be_never"),
    [
        ("some d in { the Pass.ends, 2024-03-01 } where COUNTED", True),
        (
            "(best for d in { the Pass.ends, 2024-03-01 }: (number of days from assessment date to dELSE)) at least 3",
            True,
        ),
        ("some d in days_of(a) where COUNTED", True),
        ("some d in { 2024-03-01, never } where COUNTED", True),
        ("late({ the Pass.ends })", True),
        ("some d in { the Pass.begun, 2024-03-01 } where COUNTED", False),
        ("late({ the Pass.begun })", False),
    ],
)
def test_an_element_of_a_set_may_be_never(condition: str, may_be_never: bool, covered: bool) -> None:
    counted = COUNTED.format(" else 0" if covered else "")
    condition = condition.replace("COUNTED", counted).replace("ELSE", " else 0" if covered else "")
    found = codes(POLICY.format(body=counted, condition=condition))
    assert ("may-have-no-value" in found) is (may_be_never and not covered)


@pytest.mark.parametrize(
    ("condition", "said"),
    [
        ("year of the Pass.ends at least 2030", "`year of the Pass.ends` has no value"),
        (
            "(first 1 March on or after the Pass.ends) later than assessment date",
            "`first 1 March on or after the Pass.ends` has",
        ),
        (
            "(number of years from the Pass.ends to assessment date) at least 1",
            "the number of years to or from `never` has",
        ),
    ],
)
def test_what_has_no_value_is_said_as_it_is_written(condition: str, said: str) -> None:
    policy = POLICY.format(body="d later than assessment date", condition=condition)
    _, found = compile_policy("tried.attain", HEAD + policy, lambda _, __: None)
    assert [each.message for each in found if each.code == "may-have-no-value" and said in each.message]
