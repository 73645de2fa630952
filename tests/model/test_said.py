"""Names and types that are called otherwise elsewhere are answered with what to write."""

from __future__ import annotations

import pytest

from attain_compiler.diagnostics.model import Diagnostic
from tests.model.policies import compiled

BASE = """policy p "P"
  in force from 2024-01-01

enum Level { basic, expert }

record Sale
  date    date?
  level   Level
  amount  money USD
  paid    flag

record Firm one row
  staff  count

measure sales count 0 to 9
  count of Sale s

define first as date
  earliest of s.date among Sale s else 2024-01-01

parameter needed for Level count
  basic   1
  expert  2
"""

CONDITIONS = [
    ("sales at least five", "`5`"),
    ("sales at least 5 or more", "`at least 5`"),
    ('sales at least "5"', "write 5 without quotes"),
    ("max(sales, 3) at least 5", "`greatest of (a, b)`"),
    ("count(Sale) at least 5", "`count of Sale s where s.paid`"),
    ("sum(s.amount) at least 5 USD", "`sum of s.amount among Sale s`"),
    ("some Sale s where s.date is empty", "`is not known`"),
    ("some Sale s where s.level is basic or expert", "`x in { a, b }`"),
    ("Firm.staff at least 5", "`the Firm.FIELD`"),
    ("first before 2024-05-01", "`earlier than`"),
    ("first after 2024-05-01", "`later than`"),
    ("first in 2024", "`year of D is 2024`"),
    ("first in January", "`month number of D is 1`"),
    ("first on or after 01/02/2024", "`2022-10-03`"),
    ("(days from first to assessment date) at least 30", "`number of days from A to B`"),
    ("assessment date - first at least 30", "`number of days from A to B`"),
    ("yes is true", "`yes`"),
    ("some Sale s where paid", "`s.paid`"),
    ("some Sale s where s.date is present", "`is known`"),
    ("some Sale s where s.date in the future", "`later than assessment date`"),
    ("first later than the day after 2020-01-01", "`1 days after D`"),
    ("first in Q2", "`month number of D from 4 to 6`"),
    ("sales at least twice", "`(count of Sale s where s.paid) at least 2`"),
    ("age at least 18", "`number of years from p.born to assessment date`"),
    ("the Firm.age at least 18", "`number of years from p.born to assessment date`"),
]
DECLARATIONS = [
    ("record R\n  a integer", "`count`"),
    ("record R\n  a int", "`count`"),
    ("record R\n  a string", "`text`"),
    ("record R\n  a boolean", "`flag`"),
    ("record R\n  a percentage", "`percent`"),
    ("record R\n  a USD", "`money USD`"),
    ("parameter q for Level count\n  basic is 5", "leave `is` out"),
    ("parameter q for count points\n  0 to 5 1 points", "`from 0 to 5`"),
    ("parameter q for count points\n  over 5 1 points", "`more than 5`"),
    ("parameter q count\n  since 2024-01-01 5", "`from 2024-01-01 5`"),
    ("parameter q count\n  5 until 2024-01-01", "`from 2024-01-01 to 2024-12-31 5`"),
]


def found(text: str) -> list[Diagnostic]:
    return [each for each in compiled(f"{BASE}\n{text}\n")[1] if each.code != "unused"]


@pytest.mark.parametrize(("text", "written"), CONDITIONS, ids=[text for text, _ in CONDITIONS])
def test_a_name_from_elsewhere_is_answered(text: str, written: str) -> None:
    first = found(f"define d\n  {text}")[0]
    assert written in f"{first.label} {first.help}"


@pytest.mark.parametrize(("text", "written"), DECLARATIONS, ids=[text for text, _ in DECLARATIONS])
def test_a_type_or_an_entry_from_elsewhere_is_answered(text: str, written: str) -> None:
    first = found(text)[0]
    assert written in f"{first.label} {first.help}"


def test_a_declaration_that_is_called_so_is_meant() -> None:
    assert found("define today\n  sales at least 3\n\ndefine d\n  today") == []
