"""Calendar words, against the calendar of Python and a reading of their own."""

from __future__ import annotations

import datetime

import pytest

from attain_compiler.model import calendar
from attain_compiler.model import program as model
from attain_compiler.model.types import DURATION, NEVER, NEVER_MONTH, Duration
from attain_compiler.syntax.build.values import MONTHS
from attain_engine.api import load_policy, run_examples
from tests.model.policies import VOCABULARY, body, errors, errors_in, program

DAYS = [datetime.date(2019, 12, 30) + datetime.timedelta(days=each) for each in range(800)]
SOME = ["1 January", "28 February", "29 February", "1 March", "31 August", "30 November", "31 December"]


def passes(lines: list[str]) -> None:
    """The conditions all hold, judged by the compiled rules and by the evaluator."""
    written = "".join(f"  expect {each}\n" for each in lines)
    text = f'policy p "P"\nexample "q"\n  given nothing else\n{written}'
    for result in run_examples(load_policy("p.attain", text)):
        assert not result.failures, result.failures[:3]


def day_in(year: int, day: int, month: int) -> datetime.date:
    """The day in a year; 29 February is the 28th where there is none."""
    try:
        return datetime.date(year, month, day)
    except ValueError:
        return datetime.date(year, month, 28)


@pytest.mark.parametrize("written", SOME)
def test_the_last_and_the_first_of_a_day_of_the_year(written: str) -> None:
    day, name = written.split()
    years = [day_in(year, int(day), 1 + MONTHS.index(name)) for year in range(2017, 2025)]
    lines = []
    for each in DAYS[::7] + [one + datetime.timedelta(days=by) for one in years[2:6] for by in (-1, 0, 1)]:
        last, first = max(one for one in years if one <= each), min(one for one in years if one >= each)
        lines += [f"last {written} on or before {each} is {last}", f"first {written} on or after {each} is {first}"]
    passes(lines)


def test_the_year_and_the_number_of_the_month() -> None:
    passes([f"year of {each} is {each.year} and month number of {each} is {each.month}" for each in DAYS[::13]])
    passes(
        [
            "year of 2024-05 is 2024",
            "month number of 2024-12 is 12",
            "year of 0001-01-01 is 1",
            "month number of 0001-12-31 is 12",
        ]
    )


def test_months_and_years_between_months() -> None:
    for first in range(24_000, 24_030):
        for last in range(24_000, 24_030):
            days = [calendar.first_day(each) for each in (first, last)]
            for unit in ("months", "years"):
                assert calendar.elapsed(unit, first, last) == calendar.elapsed(unit, *days)


def test_a_count_times_a_duration() -> None:
    passes([
        "(3 * 1 year) after 2020-02-29 is 2023-02-28",
        "(2 * 6 weeks) before 2024-03-25 is 2024-01-01",
        "12 months * 2 at least 730 days",
        "(0 * 1 year) after 2024-01-31 is 2024-01-31",
        "((1 - 3) * 1 month) after 2024-03-31 is 2024-01-31",
        "2024-01-01 within the (2 * 1 year) before 2025-12-31",
    ])  # fmt: skip


def test_it_is_a_duration() -> None:
    found = body("2 * 12 months at least the Membership.length").body
    assert isinstance(found, model.Compare)
    assert isinstance(found.left, model.Repeated)
    assert found.left.type == DURATION
    assert Duration(12, 3).times(2) == Duration(24, 6)


@pytest.mark.parametrize(
    "expression",
    [
        "0.5 * 12 months at least 1 month",
        "50% * 12 months at least 1 month",
        "12 months * 12 months at least 1 month",
        "2 * 1 year after assessment date is assessment date",
        "year of 12 months is 3",
        "last 1 March on or before this month is this month",
    ],
)
def test_what_has_no_meaning_is_refused(expression: str) -> None:
    assert errors_in(expression)[0] in ("unit-mismatch", "type-mismatch")


def test_of_never_there_is_no_number() -> None:
    head = VOCABULARY + "\ndefine it(c Certificate)\n  "
    assert errors(head + "year of c.expires is 2024\n") == ["may-have-no-value"]
    assert errors(head + "last 1 March on or before c.expires is c.earned\n") == ["may-have-no-value"]
    assert program(head + "((year of c.expires) else 0) is 2024\n")
    assert calendar.month_of(NEVER) == NEVER_MONTH


@pytest.mark.parametrize("day", ["31 April", "0 May", "30 February", "32 January"])
def test_a_day_that_no_year_has_is_refused(day: str) -> None:
    text = f"{VOCABULARY}\ndefine it as date\n  last {day} on or before assessment date\n"
    assert errors(text) == ["no-such-date"]


def test_last_and_first_are_names_elsewhere() -> None:
    text = "define first as count\n  1\ndefine last as count\n  first + 2\ndefine it\n  last at least first\n"
    assert program(f'policy p "P"\n{text}')


def test_where_a_date_never_comes_else_says_what_stands_for_it() -> None:
    head = 'policy p "P"\nrecord R\n  d date or never\ndefine it(d date) as date\n'
    rest = 'example "q"\n  given R { d: never }\n  expect some R r where it(r.d) is 2020-01-01\n'
    for value in [
        "last 1 March on or before d",
        "1 day after last 1 March on or before d",
        "(year of d * 1 year) before d",
    ]:
        for result in run_examples(load_policy("p.attain", f"{head}  {value} else 2020-01-01\n{rest}")):
            assert not result.failures, value
