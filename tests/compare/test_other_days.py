"""Rules that say the same on the day that is compared, and something else in another month or year, differ."""

from __future__ import annotations

import pytest

from attain_engine.check.examples import run_example
from attain_engine.compare import compare
from tests.compare.test_witnesses import program

POLICY = """\
policy house "House"
  in force from 2020-01-01

record Payment
  paid date

record Course one row
  begun date

designation asked "Asked"
  require it "It"
    RULE
"""


@pytest.mark.parametrize(
    ("before", "after", "relation"),
    [
        (  # the first day of each month but the 19th says the same
            "assessment date on or after 19 days after first day of month of assessment date",
            "assessment date on or after 18 days after first day of month of assessment date",
            "looser",
        ),
        ("month of assessment date is not 2021-02", "assessment date later than 2019-01-01", "looser"),
        ("year of assessment date at most 2023", "year of assessment date at most 2024", "looser"),
        (  # January has 31 days, as the month before it
            "some Payment p where p.paid within the 31 days to assessment date",
            "some Payment p where p.paid within the 1 month to assessment date",
            "stricter",
        ),
        (
            "year of assessment date at least 2022 and year of the Course.begun at most 2021",
            "year of assessment date at least 2022 and year of the Course.begun at most 2020",
            "cannot be told",  # an example of an open date's year is not found; it was equivalent
        ),
    ],
)  # fmt: skip
def test_another_day_tells_them_apart(before: str, after: str, relation: str) -> None:
    base, head = (program(POLICY.replace("RULE", rule)) for rule in (before, after))
    comparison = compare(base, head)
    assert relation in {each.relation for each in comparison.findings if each.name == "asked"}
    for finding in comparison.findings:
        for one in finding.witnesses:
            passes = [
                run_example(this, example).passed
                for this in (program(f"{POLICY.replace('RULE', rule)}\n\n{one.example}\n") for rule in (before, after))
                for example in this.examples.values()
            ]
            assert passes == [False, True]


def test_what_another_day_leaves_open_stays_open_where_another_stretch_differs() -> None:
    """With a witness of one stretch the others are tried again: on their other days as well."""
    rule = """any of
      assessment date earlier than 2020-06-01 and some Payment p where p.paid on or before FIRST
      year of assessment date at least 2022 and year of the Course.begun at most YEAR"""
    base = rule.replace("FIRST", "2020-01-01").replace("YEAR", "2021")
    head = rule.replace("FIRST", "2020-01-02").replace("YEAR", "2020")
    comparison = compare(*(program(POLICY.replace("RULE", each)) for each in (base, head)))
    last = [each for each in comparison.findings if each.name == "asked"][-1]
    assert any(each.witnesses for each in comparison.findings)
    assert (last.relation, last.until) == ("cannot be told", None)
