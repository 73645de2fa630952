"""Dates that are not known, moved, taken apart or asked as of: what is certain whatever they are."""

from __future__ import annotations

import datetime
from itertools import product
from pathlib import Path
from typing import Any

import pytest

from attain_compiler.model import calendar
from attain_compiler.model.types import DATE, MONTH, NEVER, Duration
from attain_engine.evaluate.missing import MissingField
from attain_engine.evaluate.moved import Moved, Part, distance, earliest
from attain_engine.evaluate.values import Unknown, compare, settled_comparison
from attain_engine.facts.model import Row
from attain_engine.open.conditions import AmountAtLeast
from attain_engine.open.quantities import Comparison
from attain_engine.open.substitution import Substitution
from tests.regressions.asked import verdict

DAYS = [
    datetime.date(2019, 12, 31), datetime.date(2020, 1, 31), datetime.date(2020, 2, 28), datetime.date(2020, 2, 29),
    datetime.date(2020, 3, 1), datetime.date(2021, 2, 28), datetime.date(2021, 3, 1), datetime.date(2021, 3, 31), NEVER,
]  # fmt: skip
LENGTHS = [Duration(1, 0), Duration(12, 0), Duration(0, 30), Duration(1, 1), Duration(0, 0)]
SYMBOLS: tuple[Comparison, ...] = ("==", "!=", "<", "<=", ">", ">=")
OF = Unknown(MissingField(Row("R", {}), "at"), DATE)


def settled(condition: Any, day: datetime.date) -> Any:
    """A condition on the unknown date, where it is this day."""
    return Substitution(lambda _: None, lambda each: day.toordinal() if each.name == OF.name else None).condition(
        condition
    )


@pytest.mark.parametrize(("length", "direction"), list(product(LENGTHS, (1, -1))))
def test_a_moved_date_stands_to_a_known_one_as_it_does_once_it_is_known(length: Duration, direction: int) -> None:
    moved = Unknown(Moved(OF, (length, direction)), DATE)
    for symbol, wanted, day in product(SYMBOLS, DAYS, DAYS):
        expected = settled_comparison(symbol)(calendar.shifted(day, length, direction), wanted)
        assert settled(compare(symbol, moved, wanted), day) is expected
        mirrored = settled_comparison(symbol)(wanted, calendar.shifted(day, length, direction))
        assert settled(compare(symbol, wanted, moved), day) is mirrored


@pytest.mark.parametrize("days_after", [0, 19])
def test_days_after_the_first_or_last_day_of_a_month_of_a_date(days_after: int) -> None:
    month = Unknown(Moved(OF, "month"), MONTH)
    parts: list[tuple[Part, Any]] = [("first day", calendar.first_day), ("last day", calendar.last_day)]
    for part, find in parts:
        moved = Unknown(Moved(Unknown(Moved(month, part), DATE), (Duration(0, days_after), 1)), DATE)
        for symbol, wanted, day in product(SYMBOLS, DAYS, DAYS):
            known = calendar.shifted(find(calendar.month_of(day)), Duration(0, days_after), 1)
            assert settled(compare(symbol, moved, wanted), day) is settled_comparison(symbol)(known, wanted)


@pytest.mark.parametrize(("length", "direction"), list(product(LENGTHS, (1, -1))))
def test_a_date_is_moved_by_no_more_and_no_less_than_is_said(length: Duration, direction: int) -> None:
    ends = distance((length, direction), DATE, never=False)
    assert ends is not None
    for start in range(datetime.date(2019, 1, 1).toordinal(), datetime.date(2021, 1, 1).toordinal()):
        day = datetime.date.fromordinal(start)
        assert ends[0] <= calendar.shifted(day, length, direction).toordinal() - start <= ends[1]


def test_what_may_be_never_may_stay_where_it_is() -> None:
    moved = Unknown(Moved(OF, (Duration(24, 0), 1)), DATE)
    assert compare("<", moved, OF) is False
    assert compare(">", moved, OF) is not True


def test_a_comparison_with_a_known_day_is_one_of_the_date_itself() -> None:
    moved = Unknown(Moved(OF, (Duration(24, 0), 1)), DATE)
    condition = compare(">=", moved, datetime.date(2022, 2, 28))
    assert isinstance(condition, AmountAtLeast)
    assert condition.least == datetime.date(2020, 2, 28).toordinal()


POLICY = """\
record R one row
  at     date?
  other  date?

parameter fee count
  from 2020-01-01  5
  from 2022-01-01  7

parameter always_known count
  3
  from 2022-01-01  4

define grows
  fee at least 5 and assessment date on or after 2024-01-01

designation asked "Asked"
  require it "It"
    {condition}
"""


@pytest.mark.parametrize(
    ("condition", "expected"),
    [
        ("the R.at on or before 2019-01-01 or (1 years after the R.at) later than 2019-12-31", "met"),
        ("the R.at on or before 2018-12-30 or (1 years after the R.at) later than 2019-12-31", "undetermined"),
        ("the R.at later than 2019-01-01 and (1 years after the R.at) earlier than 2020-01-01", "failed"),
        ("(2 years after the R.at) on or after the R.at", "met"),
        ("(2 years after the R.at) earlier than the R.at", "failed"),
        ("(2 years after the R.at) later than the R.other", "undetermined"),
        ("(2 years before the R.at) later than the R.at", "failed"),
        ("(1 months after the R.at) on or after the R.other or the R.at earlier than the R.other", "met"),
        ("(always_known as of the R.at) at least 3", "met"),
        ("(always_known as of the R.at) at least 5", "failed"),
        ("((always_known as of the R.at) at least 4) or the R.at earlier than 2022-01-01", "met"),
        ("((always_known as of the R.at) at least 4) or the R.at earlier than 2021-12-31", "undetermined"),
        ("(fee as of the R.at) at least 5", "undetermined"),
        ("((fee as of the R.at) at least 5) or the R.at earlier than 2020-01-01", "met"),
        ("(grows as of the R.at) or the R.at earlier than 2024-01-01", "undetermined"),
    ],
)
def test_what_is_certain_whatever_a_date_is(tmp_path: Path, condition: str, expected: str) -> None:
    assert verdict(tmp_path, POLICY.format(condition=condition), {"R": [{}]}) == expected


@pytest.mark.parametrize(
    ("length", "wanted", "first"),
    [
        (Duration(0, 0), datetime.date(9998, 12, 13), datetime.date(9998, 12, 13)),
        (Duration(1, 0), datetime.date(9998, 11, 4), datetime.date(9998, 12, 4)),
        (Duration(0, 31), datetime.date(9998, 11, 18), datetime.date(9998, 12, 19)),
    ],
)
def test_what_is_moved_back_to_the_last_year_of_the_calendar(
    length: Duration, wanted: datetime.date, first: datetime.date
) -> None:
    assert earliest((length, -1), DATE, wanted.toordinal()) == first.toordinal()
