"""The calendar of the compiler and the engine: month ends by hand, and as the oracle's own arithmetic has them."""

from __future__ import annotations

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from attain_compiler.model.calendar import elapsed, first_day, last_day, month_of, shifted, shifted_month
from attain_compiler.model.types import Duration
from tests.oracle import arithmetic

DATES = st.dates(datetime.date(1990, 1, 1), datetime.date(2060, 12, 31))
ENDS = st.builds(lambda year, month: last_day(year * 12 + month), st.integers(1990, 2060), st.integers(0, 11))
DAYS = (
    DATES | ENDS | st.sampled_from([datetime.date(2024, 2, 29), datetime.date(2023, 2, 28), datetime.date(2024, 2, 28)])
)
DURATIONS = st.builds(Duration, st.integers(0, 60), st.integers(0, 400))


@pytest.mark.parametrize(
    ("day", "length", "direction", "expected"),
    [
        ("2023-01-31", Duration(1, 0), 1, "2023-02-28"),
        ("2024-01-31", Duration(1, 0), 1, "2024-02-29"),
        ("2024-01-30", Duration(1, 0), 1, "2024-02-29"),
        ("2024-03-31", Duration(1, 0), 1, "2024-04-30"),
        ("2024-03-31", Duration(1, 0), -1, "2024-02-29"),
        ("2024-02-29", Duration(12, 0), 1, "2025-02-28"),
        ("2024-02-29", Duration(48, 0), -1, "2020-02-29"),
        ("2023-12-31", Duration(2, 1), 1, "2024-03-01"),
        ("2024-03-01", Duration(0, 1), -1, "2024-02-29"),
    ],
)
def test_a_moved_date_keeps_its_day_or_takes_the_last_of_the_month(
    day: str, length: Duration, direction: int, expected: str
) -> None:
    assert shifted(datetime.date.fromisoformat(day), length, direction).isoformat() == expected


@pytest.mark.parametrize(
    ("unit", "first", "last", "expected"),
    [
        ("months", "2024-01-31", "2024-02-29", 1),
        ("months", "2024-01-31", "2024-02-28", 0),
        ("months", "2024-01-15", "2024-02-14", 0),
        ("months", "2024-01-15", "2024-02-15", 1),
        ("years", "2020-02-29", "2023-02-28", 3),
        ("years", "2020-02-29", "2024-02-28", 3),
        ("years", "2020-03-31", "2023-03-30", 2),
        ("years", "2024-03-30", "2021-03-31", -2),
        ("days", "2024-02-28", "2024-03-01", 2),
        ("days", "2024-03-01", "2024-02-28", -2),
    ],
)
def test_only_whole_months_and_years_lie_between(unit: str, first: str, last: str, expected: int) -> None:
    assert elapsed(unit, datetime.date.fromisoformat(first), datetime.date.fromisoformat(last)) == expected


def test_a_month_ends_on_its_last_day() -> None:
    ends = [last_day(2024 * 12 + month).day for month in range(12)]
    assert ends == [31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
    assert last_day(2100 * 12 + 1).day == 28


@given(DAYS, DURATIONS, st.sampled_from([1, -1]))
def test_dates_move_as_those_of_the_oracle(day: datetime.date, length: Duration, direction: int) -> None:
    assert shifted(day, length, direction) == arithmetic.shift_date(day, length, direction)


@given(DAYS, st.integers(0, 60), st.sampled_from([1, -1]))
def test_months_move_as_the_first_days_of_them(day: datetime.date, months: int, direction: int) -> None:
    length = Duration(months, 0)
    assert first_day(shifted_month(month_of(day), length, direction)) == shifted(
        first_day(month_of(day)), length, direction
    )


@given(DAYS, DAYS, st.sampled_from(["days", "months", "years"]))
def test_the_time_between_is_that_of_the_oracle(first: datetime.date, last: datetime.date, unit: str) -> None:
    assert elapsed(unit, first, last) == arithmetic.elapsed(unit, first, last)


@given(DAYS, DAYS, st.sampled_from(["months", "years"]))
def test_the_time_between_months_is_that_between_their_first_days(
    first: datetime.date, last: datetime.date, unit: str
) -> None:
    months = month_of(first), month_of(last)
    assert elapsed(unit, *months) == elapsed(unit, *(first_day(each) for each in months))
