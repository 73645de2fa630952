"""`is known` of what a plan writes, or of a date that matters on another day, though it is left open for a while."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from attain_engine.evaluate import EvaluationProblem
from tests.regressions.asked import plan, steps

POLICY = """\
entity Patient

record Data
  patient    Patient
  consented  {type}

record Other
  day  date?

record Therapy
  patient    Patient
  last_dose  date or never

designation eligible "Eligible"
  require consent "Consent" {consent}
  require washout "Washed out" every Therapy h has h.last_dose on or before 14 days before assessment date

change stop(h Therapy) "Stop"
  when {when}
  sets h.last_dose to plan date
  cost 10 EUR

change consent(d Data) "Get consent"
  sets d.consented to {value}
  cost 1 EUR

change file_it(p Patient) "File a consent"
  adds Data {{ patient: p, consented: plan date }}
  cost 3 EUR
"""
LATER = "h.last_dose later than assessment date"
MISSING: dict[str, Any] = {
    "Data": [{"patient": "p1"}],
    "Other": [{}],
    "Therapy": [{"patient": "p1", "last_dose": "never"}],
}
KNOWN: dict[str, Any] = {**MISSING, "Data": [{"patient": "p1", "consented": "2024-03-20"}]}
NONE: dict[str, Any] = {**MISSING, "Data": []}
SOME = "some Data d where d.consented is known and d.consented on or before assessment date"


@pytest.mark.parametrize(
    ("type_", "consent", "when", "tables", "expected"),
    [
        ("date?", SOME, LATER, MISSING, {"stop": 1, "consent": 1}),
        ("date or never", SOME, LATER, MISSING, {"stop": 1, "consent": 1}),
        ("date?", SOME, LATER, NONE, {"stop": 1, "file_it": 1}),
        ("date?", SOME, LATER, KNOWN, {"stop": 1}),
        ("date?", "every Data d has d.consented is known", LATER, MISSING, {"stop": 1, "consent": 1}),
        ("date?", "some Data d where d.consented is known and d.consented on or before 5 days before assessment date",
         LATER, KNOWN, {"stop": 1}),
        ("date?", SOME, f"{LATER} and (some Data d where d.consented is known)", MISSING, {"stop": 1, "consent": 1}),
        ("date?", "no Data d where d.consented is known", LATER, MISSING, {"stop": 1}),
    ],
)  # fmt: skip
def test_what_is_written_on_some_day_is_known(
    tmp_path: Path, type_: str, consent: str, when: str, tables: dict[str, Any], expected: dict[str, int]
) -> None:
    policy = POLICY.format(type=type_, consent=consent, when=when, value="plan date")
    found = plan(tmp_path, policy, tables)
    assert (found.status, steps(found)) == ("proved", expected)


def test_what_is_set_to_something_missing_is_as_it_was_where_it_is_not_set(tmp_path: Path) -> None:
    policy = POLICY.format(
        type="date?", consent=SOME, when=LATER, value="earliest of o.day among Other o else 2020-01-01"
    )
    found = plan(tmp_path, policy, KNOWN)
    assert (found.status, steps(found)) == ("proved", {"stop": 1})


def test_what_may_be_known_or_not_in_more_ways_than_are_followed_is_said(tmp_path: Path) -> None:
    consent = "(latest of d.consented among Data d else 2000-01-01) is known"
    with pytest.raises(EvaluationProblem, match="whether this is known is not settled"):
        plan(tmp_path, POLICY.format(type="date?", consent=consent, when=LATER, value="plan date"), MISSING)


BEFORE: dict[str, Any] = {**MISSING, "Data": [{"patient": "p1", "consented": "2023-03-20"}]}
YEAR = "year of d.consented is 2024"
MONTHS = "(number of months from 2024-01 to month of d.consented) from 2 to 11"
LATEST = "year of (latest of d.consented among Data d else 2000-01-01) is 2024"


@pytest.mark.parametrize(
    ("consent", "tables", "expected"),
    [
        (f"some Data d where {YEAR}", KNOWN, {"stop": 1}),
        (f"some Data d where {YEAR}", BEFORE, {"stop": 1, "consent": 1}),
        ("some Data d where month number of d.consented from 3 to 12", BEFORE, {"stop": 1}),
        (f"some Data d where {MONTHS}", KNOWN, {"stop": 1}),
        (f"some Data d where {MONTHS}", BEFORE, {"stop": 1, "consent": 1}),
        (LATEST, KNOWN, {"stop": 1}),
        (LATEST, BEFORE, {"stop": 1, "consent": 1}),
    ],
)
def test_the_year_of_a_date_that_a_plan_may_write_is_told(
    tmp_path: Path, consent: str, tables: dict[str, Any], expected: dict[str, int]
) -> None:
    found = plan(tmp_path, POLICY.format(type="date", consent=consent, when=LATER, value="plan date"), tables)
    assert (found.status, steps(found)) == ("proved", expected)
