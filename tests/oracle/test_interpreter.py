"""The interpreter against values worked out by hand."""

from __future__ import annotations

import datetime
from fractions import Fraction
from typing import Any

import pytest

from attain_compiler.model.types import EnumValue
from tests.oracle.compiled import ON, compiled, facts
from tests.oracle.interpreter import Interpreter
from tests.oracle.world import NoValueError

POLICY = """\
policy tried "Tried"
  in force from 2000-01-01

enum Level { low, middle, high }
entity Person

record Sale
  seller  Person
  level   Level
  amount  count
  price   money USD
  begun   date
  ended   date or never
  month   month
  trial   flag default no
  size    count? 0 to 10

record Badge
  holder Person
  level  Level

record Firm one row
  founded date

parameter rate for Level percent
  from 2015-01-01  low 10%, middle 20%, high 30%
  from 2024-01-01  low 15%, otherwise 25%

parameter seats for Level band of count
  low  from 2 to 4
  middle  more than 4
  high  at least 2

parameter fee for count, Level money USD
  from 1 to 2  low 5 USD
  otherwise low 7 USD
  otherwise otherwise 8 USD

reading bonus "Bonus"
  small 2 points default
  large 6 points

reading way "Way"
  strict default
  loose

excluded Sale s "trial"
  when s.trial

excluded Sale s "cheap" from dear_sales
  when s.price less than 20 USD

precedence Badge b for each b.holder by b.level
  high over middle over low

define big(s Sale, n count)
  s.amount at least n

measure sales count
  count of Sale s

measure dear_sales count
  sales

measure twice count
  dear_sales + sales

define chosen(l Level) as count
  by case
    1 when l is low
    2 when l is middle
    3 otherwise

define staffed
  each Person p once for
    1 with some Badge b where b.holder is p and b.level is high
    1 with some Sale s where s.seller is p

report answer as {type}
  {expression}
"""

SALES = [
    {
        "seller": "ana", "level": "low", "amount": 3, "price": 10, "begun": datetime.date(2023, 1, 31),
        "month": 2023 * 12,
    },
    {
        "seller": "ben", "level": "high", "amount": 5, "price": 30, "begun": datetime.date(2024, 2, 29),
        "ended": datetime.date(2024, 3, 1), "month": 2024 * 12 + 1, "size": 4,
    },
    {
        "seller": "cem", "level": "low", "amount": 100, "price": 99, "begun": datetime.date(2024, 2, 29),
        "month": 2024 * 12 + 1, "trial": True,
    },
]  # fmt: skip
BADGES = [{"holder": "ana", "level": "low"}, {"holder": "ana", "level": "high"}, {"holder": "dan", "level": "low"}]
FIRM = [{"founded": datetime.date(2020, 2, 29)}]


def interpreter(expression: str, type_: str, readings: dict[str, str] | None = None) -> Interpreter:
    program = compiled(POLICY.replace("{type}", type_).replace("{expression}", expression))
    given = facts(program, {"Sale": SALES, "Badge": BADGES, "Firm": FIRM})
    return Interpreter(program, given, ON, readings or {})


@pytest.mark.parametrize(
    ("type_", "expression", "expected"),
    [
        ("number", "0.5 + 2 * 3 - 1", Fraction(11, 2)),
        ("percent", "1 / sales else 7%", Fraction(1, 2)),
        ("percent", "1 / (sales - 2) else 7%", Fraction(7, 100)),
        ("money USD", "40 USD * rate(low)", 6),
        ("money USD", "40 USD * rate(high)", 10),
        ("percent", "rate(middle) as of 2023-12-31", Fraction(1, 5)),
        ("money USD", "fee(2, low)", 5),
        ("money USD", "fee(3, low)", 7),
        ("money USD", "fee(1, high)", 8),
        ("money USD", "fee(0, high)", 8),
        ("flag", "4 in seats(low)", True),
        ("flag", "4 in seats(middle)", False),
        ("flag", "5 not in seats(middle)", False),
        ("points", "bonus", 2),
        ("flag", "way is loose", False),
        ("count", "sales", 2),
        ("count", "dear_sales", 1),
        ("count", "twice", 3),
        ("count", "sum of s.amount among Sale s", 8),
        ("count", "sum of s.amount among Sale s where s.level is middle", 0),
        ("count", "count of Sale s where big(s, 4)", 1),
        ("money USD", "greatest of s.price among Sale s where yes else 1 USD", 30),
        ("money USD", "least of s.price among Sale s where s.level is middle else 1 USD", 1),
        ("money USD", "average of s.price among Sale s where yes else 1 USD", 20),
        ("money USD", "median of s.price among Sale s where yes else 1 USD", 20),
        ("count", "count of Badge b", 2),
        ("count", "count of Person p", 4),
        ("count", "distinct s.begun among Sale s", 2),
        ("flag", "some Sale s where s.trial", False),
        ("flag", "no Sale s where s.price more than 30 USD", True),
        ("flag", "every Sale s where s.level is high has s.amount is 5", True),
        ("flag", "every Sale s has s.amount is 5", False),
        ("count", "count of Sale s where s.size is known", 1),
        ("flag", "staffed", True),
        ("count", "best for l in Level: chosen(l)", 3),
        ("count", "least for l in { middle, high }: chosen(l)", 2),
        ("date", "1 month before 2023-03-31", datetime.date(2023, 2, 28)),
        ("date", "1 month before assessment date", datetime.date(2024, 2, 29)),
        ("date", "12 months after the Firm.founded", datetime.date(2021, 2, 28)),
        ("date", "last day of last month", datetime.date(2024, 2, 29)),
        ("month", "12 months before this month", 2023 * 12 + 2),
        ("count", "number of years from the Firm.founded to 2024-02-28", 3),
        ("count", "number of years from the Firm.founded to 2024-02-29", 4),
        ("count", "number of months from 2024-01-31 to 2024-02-29", 1),
        ("count", "number of months from 2024-01-31 to 2024-02-28", 0),
        ("count", "number of days from 2024-03-01 to 2024-02-28", -2),
        ("flag", "2023-03-31 within the 12 months before assessment date", True),
        ("flag", "assessment date within the 12 months before assessment date", False),
        ("flag", "2023-03-31 within the 12 months to assessment date", False),
        ("flag", "assessment date within the 12 months to assessment date", True),
        ("flag", "2024-03-31 within the 30 days after 2024-03-01", True),
        ("flag", "2024-03-31 within the 29 days after 2024-03-01", False),
        ("flag", "2024-01 in months from 2024-01 to 2024-02", True),
        ("count", "count of Sale s where s.ended later than assessment date", 1),
        ("number", "2.25 rounded half even to 0.5", 2),
        ("number", "2.25 rounded half up to 0.5", Fraction(5, 2)),
        ("number", "2.25 rounded down to 0.5", 2),
        ("number", "(0 - 2.25) rounded half up to 0.5", Fraction(-5, 2)),
        ("number", "(0 - 2.25) rounded down to 0.5", Fraction(-5, 2)),
        ("number", "2.01 rounded up to 0.5", Fraction(5, 2)),
        ("flag", "at least 2 of (yes, no, 1 is 1)", True),
        ("flag", "2 from 2 to 3", True),
    ],
)  # fmt: skip
def test_a_value_is_what_the_reference_says(type_: str, expression: str, expected: Any) -> None:
    assert interpreter(expression, type_).reports() == {"tried.answer": expected}


def test_a_chosen_reading_replaces_the_default() -> None:
    tried = interpreter("bonus", "points", {"tried.bonus": "large"})
    assert tried.reports() == {"tried.answer": 6}


def test_the_rows_that_are_left_out_are_named_with_their_exclusion() -> None:
    tried = interpreter("1", "count")
    left_out = {row for row, reasons in tried.excluded_rows().items() if reasons}
    assert left_out == {("tried.Sale", 2), ("tried.Badge", 0)}


def test_a_table_without_the_key_has_no_value() -> None:
    tried = interpreter("rate(low) as of 2010-01-01", "percent")
    with pytest.raises(NoValueError):
        tried.look_up(tried.program.tables["tried.rate"], (EnumValue("tried.Level", "low"),), datetime.date(2010, 1, 1))
