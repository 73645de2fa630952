"""Examples, claims and reports."""

from __future__ import annotations

import datetime

import pytest

from attain_compiler.model import program as model
from attain_compiler.model.types import EnumValue
from attain_engine.check.examples import run_examples
from tests.model.policies import VOCABULARY, error, errors, marked, program, warnings

ROW = 'tenant: "a", track: smb, association: cpor, month: 2023-05, paid_seats: n, active_users: 1, billed: 5 USD'


def examples(text: str) -> list[model.Example]:
    return list(program(VOCABULARY + text).examples.values())


def test_every_case_is_an_example_of_its_own() -> None:
    first, second = examples(
        f'\nexample "{{n}} seats, {{ found }}"\n  for each (n, found) in (10, 0), (11, 1)\n'
        f"  given Usage {{ {ROW} }}\n  expect adds(smb) is found\n".replace("{ found }", "{found}")
    )
    assert (first.id, first.title) == ("p.example_1", "10 seats, 0")
    assert (second.id, second.title) == ("p.example_2", "11 seats, 1")
    assert [each.rows[0].rows[0]["paid_seats"] for each in (first, second)] == [10, 11]
    (expected,) = second.expectations
    assert isinstance(expected, model.Compare)
    assert isinstance(expected.right, model.Constant)
    assert expected.right.value == 1


def test_columns_can_be_values_of_enums_conditions_and_sets() -> None:
    (found,) = examples(
        '\nexample "x"\n  for each (a, s) in (smb, { cpor })\n'
        "  given adds(a) = 3\n  expect cpor in s and adds(a) is 3\n"
    )
    assert found.values[0].arguments == (EnumValue("p.Track", "smb"),)


def test_rows_of_a_table_and_a_date() -> None:
    (found,) = examples(
        '\nexample "x"\n  on 2023-06-30\n  given Certificate\n    holder earned\n'
        '    "ana" 2023-01-01\n    "bo" 2023-02-01\n  given nothing else\n  expect work is met\n'
    )
    assert (found.on, found.closed) == (datetime.date(2023, 6, 30), True)
    assert [dict(each) for each in found.rows[0].rows] == [
        {"holder": "ana", "earned": datetime.date(2023, 1, 1)},
        {"holder": "bo", "earned": datetime.date(2023, 2, 1)},
    ]


def test_an_example_chooses_a_reading() -> None:
    (found,) = examples('\nreading r\n  a default\n  b\nexample "x"\n  reading r is b\n  expect r is b\n')
    assert found.readings == (("p.r", "b"),)


@pytest.mark.parametrize(
    ("lines", "code"),
    [
        ("  given adds(smb) = 3", "nothing-expected"),
        ("  given adds(smb) = 3 USD\n  expect yes", "unit-mismatch"),
        ("  given adds = 3\n  expect yes", "wrong-arguments"),
        ("  given adds(cpor) = 3\n  expect yes", "type-mismatch"),
        ("  given adds(smb) = adds(smb)\n  expect yes", "not-constant"),
        ("  given ads(smb) = 3\n  expect yes", "unknown-name"),
        ("  given seats(smb) = 3\n  expect yes", "not-given"),
        ("  given capability(smb) = 3\n  expect yes", "not-given"),
        ("  given row(3) = yes\n  expect yes", "not-given"),
        ("  given Usge { tenant: 5 }\n  expect yes", "unknown-name"),
        ("  given Track { name: 5 }\n  expect yes", "not-a-record"),
        ('  given Certificate { holder: "a" }\n  expect yes', "missing-field"),
        ('  given Certificate { holder: "a", earned: 2023-01 }\n  expect yes', "type-mismatch"),
        ('  given Certificate { holder: "a", earned: 2023-01-01, eaned: 3 }\n  expect yes', "unknown-name"),
        ('  given Certificate { holder: "a", earned: 2023-01-01, score: 2_000 }\n  expect yes', "out-of-bounds"),
        ("  reading r is c\n  expect yes", "unknown-name"),
        ("  reading q is a\n  expect yes", "unknown-name"),
        ("  given adds(smb) = 3\n  given adds(smb) = 4\n  expect yes", "given-twice"),
        ("  expect 3", "type-mismatch"),
        ("  for each (n, n) in (3, 3)\n  expect n is 3", "duplicate-name"),
    ],
)
def test_an_example_with_a_mistake(lines: str, code: str) -> None:
    source = f"{VOCABULARY}\ndefine row(u Usage)\n  u.trial\nreading r\n  a default\n  b\n"
    assert errors(f'{source}\nexample "x"\n{lines}\n') == [code]


def test_an_unknown_placeholder_in_a_title_is_a_mistake() -> None:
    assert errors(f'{VOCABULARY}\nexample "{{m}}"\n  for each (n) in (3)\n  expect n is 3\n') == ["unknown-placeholder"]


def test_a_mistake_in_every_case_is_reported_once() -> None:
    source = f'{VOCABULARY}\nexample "x"\n  for each (n) in (1), (2), (3)\n  expect nowhere is n\n'
    assert errors(source) == ["unknown-name"]


def test_a_mistake_in_one_case_is_shown_there() -> None:
    source = f'{VOCABULARY}\nexample "x"\n  for each (n) in (1), (2 USD), (3)\n  expect adds(smb) is n\n'
    found = error(source)
    assert found.code == "unit-mismatch"
    assert "2 USD" in source[found.secondary[0].span.start :] or marked(source, found) == "n"


def test_one_row_is_all_there_is_of_a_single_record() -> None:
    rows = "    2020-01-01 5% 3 months\n" * 2
    source = f'{VOCABULARY}\nexample "x"\n  given Membership\n    anniversary growth length\n{rows}  expect yes\n'
    assert errors(source) == ["not-single"]


@pytest.mark.parametrize(("day", "doubt"), [("2022-10-02", True), ("2022-10-03", False), ("2024-01-01", True)])
def test_an_example_outside_the_dates_of_its_policy_is_a_doubt(day: str, doubt: bool) -> None:
    source = VOCABULARY.replace('policy p "P"\n', 'policy p "P"\n  in force from 2022-10-03 to 2023-12-31\n')
    found = warnings(f'{source}\nexample "x"\n  on {day}\n  expect yes\n')
    assert ("example-not-in-force" in found) == doubt


def test_a_claim_is_called_as_it_is_written() -> None:
    found = program(f"{VOCABULARY}\nclaim work is gold implies work at least silver\n").claims["p.claim_1"]
    assert found.title == "work is gold implies work at least silver"
    assert found.implies is not None


def test_a_report_has_its_type() -> None:
    found = program(f'{VOCABULARY}\nreport fee "Fee" as money USD\n  5 USD\n').reports["p.fee"]
    assert (str(found.type), found.title) == ("money USD", "Fee")


def test_a_report_of_another_type_is_a_mistake() -> None:
    assert errors(f'{VOCABULARY}\nreport fee "Fee" as money USD\n  5\n') == ["unit-mismatch"]


def test_a_date_moved_by_a_constant_is_a_constant() -> None:
    row = '{ holder: "a", earned: 1 days after d }'
    (found,) = examples(f'\nexample "x"\n  for each (d) in (2023-01-31)\n  given Certificate {row}\n  expect yes\n')
    assert found.rows[0].rows[0]["earned"] == datetime.date(2023, 2, 1)


MISSING = """\
policy p "P"

enum Answer { agreed, refused, unknown }

record R
  a  count
  b  date?
  c  Answer?
  d  flag default no

define dated
  some R r where r.b is known

define answered_unknown
  some R r where r.c is unknown
"""


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ("given R\n    a  b        c\n    1  unknown  agreed", "not dated"),
        ("given R\n    a  b           c\n    1  2020-01-01  agreed", "dated"),
        ("given R { a: 1, b: unknown }", "not dated"),
        ("given R { a: 1, c: unknown }", "answered_unknown"),
    ],
)
def test_a_field_that_may_be_missing_is_said_to_be(given: str, expected: str) -> None:
    found = program(f'{MISSING}\nexample "e"\n  {given}\n  given nothing else\n  expect {expected}\n')
    assert [each.failures for each in run_examples(found)] == [()]


@pytest.mark.parametrize("given", ["given R { a: unknown }", "given R { a: 1, d: unknown }"])
def test_a_field_that_is_never_missing_is_not_said_to_be(given: str) -> None:
    assert error(f'{MISSING}\nexample "e"\n  {given}\n  expect dated\n').code in ("type-mismatch", "unknown-name")


def test_a_column_of_cases_may_say_that_a_field_is_missing() -> None:
    cases = 'example "{v}"\n  for each (v, k) in (unknown, no), (2020-01-01, yes)\n  given R { a: 1, b: v }\n'
    found = program(f"{MISSING}\n{cases}  given nothing else\n  expect dated is k\n")
    assert [each.failures for each in run_examples(found)] == [(), ()]
