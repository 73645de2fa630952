"""`attain forecast`."""

from __future__ import annotations

import json

import pytest

from tests.cli.conftest import Attain, Write

POLICY = """\
policy shop "Certified shop"
  in force from 2020-01-01

entity Person

record Certificate
  holder Person
  expires date

designation shop "Certified shop"
  require people "Certified" (count of Certificate c where c.expires on or after assessment date) at least 2

change renew(c Certificate) "Renew {c.holder}"
  sets c.expires to 12 months after plan date
  cost 100 EUR
"""
FACTS = """\
{"organisation": "ours", "as_of": "2024-06-01", "facts": {"Certificate": [
  {"holder": "ana", "expires": "2024-08-31"}, {"holder": "bo", "expires": "2030-03-01"}]}}
"""


@pytest.fixture(autouse=True)
def _files(write: Write) -> None:
    write("shop.attain", POLICY)
    write("shop.json", FACTS)


def test_what_is_lost_is_shown_with_its_cause_and_prevention(attain: Attain) -> None:
    result = attain("forecast", "shop.attain", "shop.json")
    assert (result.code, result.err) == (1, "")
    assert "2024-09-01\n  ✗ Certified shop: qualified → not qualified" in result.out
    assert "because of Certificate (ana): expires 2024-08-31" in result.out
    assert "prevented for 100 EUR: Renew ana" in result.out
    assert "Critical now: without any one of these" in result.out


def test_nothing_is_lost_before_it_lapses(attain: Attain) -> None:
    result = attain("forecast", "shop.attain", "shop.json", "--to", "2024-08-31")
    assert result.code == 0
    assert "Nothing changes until 2024-08-31, if nothing is done." in result.out


def test_json_has_the_days(attain: Attain) -> None:
    document = json.loads(attain("forecast", "shop.attain", "shop.json", "--output-format", "json").out)
    assert [each["day"] for each in document["days"]] == ["2024-09-01"]
    assert [each["row"] for each in document["critical"]] == [
        "Certificate row 1 (shop.json)",
        "Certificate row 2 (shop.json)",
    ]


def test_a_day_before_the_assessment_date_is_refused(attain: Attain) -> None:
    result = attain("forecast", "shop.attain", "shop.json", "--to", "2024-05-31")
    assert result.code == 2
    assert "`--to 2024-05-31` is before the assessment date" in result.err
