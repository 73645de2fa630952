"""Properties of the oracle's own arithmetic."""

from __future__ import annotations

import datetime
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from attain_compiler.model.calendar import OutsideTheCalendar, shifted
from attain_compiler.model.types import NEVER, NEVER_MONTH, Duration
from tests.oracle import arithmetic
from tests.oracle.world import NoValueError

DATES = st.dates(datetime.date(1990, 1, 1), datetime.date(2060, 12, 31))
NUMBERS = st.fractions(-100, 100, max_denominator=40)
STEPS = st.fractions(Fraction(1, 20), 10, max_denominator=20)


@given(DATES, st.integers(0, 60))
def test_whole_months_between_a_date_and_the_date_months_later(date: datetime.date, months: int) -> None:
    later = arithmetic.shift_date(date, Duration(months, 0), 1)
    assert arithmetic.elapsed("months", date, later) == months
    assert arithmetic.elapsed("years", date, later) == months // 12


@pytest.mark.parametrize(
    ("day", "length", "direction"),
    [
        (datetime.date(1, 1, 31), Duration(1, 0), -1),
        (datetime.date(1, 1, 31), Duration(0, 31), -1),
        (datetime.date(2023, 6, 30), Duration(12 * 2024, 0), -1),
        (datetime.date(9998, 12, 31), Duration(0, 1), 1),
        (datetime.date(9998, 1, 1), Duration(12, -30), 1),
        (datetime.date(2023, 6, 30), Duration(10**9, 10**9), 1),
    ],
)
def test_a_date_moved_out_of_the_calendar_has_no_value(day: datetime.date, length: Duration, direction: int) -> None:
    with pytest.raises(NoValueError):
        arithmetic.shift_date(day, length, direction)
    with pytest.raises(OutsideTheCalendar):
        shifted(day, length, direction)


@given(DATES, DATES)
def test_elapsed_months_are_whole_ones(first: datetime.date, last: datetime.date) -> None:
    first, last = min(first, last), max(first, last)
    months = arithmetic.elapsed("months", first, last)
    assert arithmetic.shift_date(first, Duration(months, 0), 1) <= last
    assert arithmetic.shift_date(first, Duration(months + 1, 0), 1) > last


@given(DATES, DATES, st.sampled_from(["days", "months", "years"]))
def test_elapsed_backwards_is_the_negative(first: datetime.date, last: datetime.date, unit: str) -> None:
    assert arithmetic.elapsed(unit, first, last) == -arithmetic.elapsed(unit, last, first)


@given(DATES)
def test_a_date_lies_in_its_month(date: datetime.date) -> None:
    month = arithmetic.month_of(date)
    assert arithmetic.first_day(month) <= date <= arithmetic.last_day(month)
    assert arithmetic.first_day(month + 1) - arithmetic.last_day(month) == datetime.timedelta(days=1)


@given(NUMBERS, STEPS, st.sampled_from(["down", "up", "half up", "half even"]))
def test_rounding_gives_a_multiple_of_the_step_less_than_a_step_away(
    value: Fraction, step: Fraction, mode: str
) -> None:
    rounded = arithmetic.rounded(value, mode, step)
    assert (rounded / step).denominator == 1
    assert abs(rounded - value) < step


@given(NUMBERS, STEPS)
def test_rounding_down_is_never_above_and_up_never_below(value: Fraction, step: Fraction) -> None:
    assert arithmetic.rounded(value, "down", step) <= value <= arithmetic.rounded(value, "up", step)


@given(NUMBERS, STEPS)
def test_half_up_treats_a_number_and_its_negative_alike(value: Fraction, step: Fraction) -> None:
    assert arithmetic.rounded(-value, "half up", step) == -arithmetic.rounded(value, "half up", step)


@pytest.mark.parametrize(("value", "expected"), [(Fraction(1, 2), 0), (Fraction(3, 2), 2), (Fraction(-1, 2), 0)])
def test_half_even_takes_the_even_one(value: Fraction, expected: int) -> None:
    assert arithmetic.rounded(value, "half even", 1) == expected


def test_never_has_no_month_but_the_last() -> None:
    assert arithmetic.month_of(NEVER) == NEVER_MONTH
    assert arithmetic.first_day(NEVER_MONTH) == arithmetic.last_day(NEVER_MONTH) == NEVER
    assert arithmetic.shift_date(NEVER, Duration(12, 3), -1) == NEVER
