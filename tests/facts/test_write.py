"""Facts that are written read back the same."""

from __future__ import annotations

import datetime
import json
import string
import unicodedata
from fractions import Fraction
from pathlib import Path
from typing import Any

import jsonschema
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from attain_compiler.model.program import Field, Record
from attain_compiler.model.types import (
    NEVER,
    Duration,
    EntityType,
    EnumType,
    Quantity,
    SetType,
    Simple,
    Type,
    Value,
)
from attain_engine.facts import UNKNOWN, Facts, Row, load_facts, write_facts_json
from attain_engine.facts.schema import schema_text
from tests.facts.policy import MEMBERSHIP, PROGRAM, SMB


def composed(text: str) -> str:
    return unicodedata.normalize("NFC", text)


TEXT = st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=8).map(composed)
NAMES = st.text(string.ascii_letters + string.digits + ".-é ßЖ", min_size=1, max_size=8).filter(
    lambda name: name == name.strip()
)


def numbers(low: Any, high: Any, whole: bool) -> st.SearchStrategy[int | Fraction]:
    if whole:
        return st.integers(low, high)
    return st.fractions(low, high, max_denominator=1000).map(
        lambda number: number.numerator if number.denominator == 1 else number
    )


def values(of: Type, low: Any = None, high: Any = None) -> st.SearchStrategy[Any]:
    match of:
        case Quantity(kind=kind):
            return numbers(low, high, kind == "count")
        case Simple(kind="date"):
            return st.dates(low or datetime.date.min, datetime.date(9999, 12, 30))
        case Simple(kind="month"):
            return st.integers(12, 9999 * 12)
        case Simple(kind="duration"):
            return st.builds(Duration, st.integers(0, 9999), st.integers(0, 9999))
        case Simple(kind="flag"):
            return st.booleans()
        case Simple():
            return TEXT
        case EnumType(id=enum):
            return st.sampled_from([member.constant for member in PROGRAM.enums[enum].members])
        case EntityType():
            return NAMES
        case SetType(element=element):
            return st.frozensets(values(element), max_size=3)
        case _:
            raise AssertionError(of)


def field_values(field: Field) -> st.SearchStrategy[Any]:
    low = 0 if field.low is None and field.type == Quantity("count") else field.low
    ordinary = values(field.type, low, field.high)
    if field.or_never:
        ordinary = ordinary | st.just(NEVER)
    return ordinary | st.just(UNKNOWN) if field.optional else ordinary


def rows(record: Record) -> st.SearchStrategy[tuple[Row, ...]]:
    row = st.fixed_dictionaries({field.name: field_values(field) for field in record.fields})
    key = record.unique[0] if record.unique else ()
    unique = (lambda each: tuple(each[name] for name in key)) if key else None
    several = st.lists(row, min_size=record.single, max_size=1 if record.single else 4, unique_by=unique)
    return several.map(lambda found: tuple(Row(record.id, each) for each in found))


@st.composite
def facts(draw: st.DrawFn) -> Facts:
    tables = draw(st.fixed_dictionaries({}, optional={each.id: rows(each) for each in PROGRAM.records.values()}))
    given_values: dict[tuple[str, tuple[Value, ...]], Value] = {}
    for target in (*PROGRAM.measures.values(), PROGRAM.defines["club.starts"], PROGRAM.defines["club.authorised"]):
        arguments = st.tuples(*(values(parameter.type) for parameter in target.parameters))
        low, high = getattr(target, "low", None), getattr(target, "high", None)
        for some in draw(st.lists(arguments, max_size=2, unique=True)):
            given_values[target.id, some] = draw(values(target.type, low, high))
    as_of = draw(st.none() | st.dates(max_value=datetime.date(9999, 12, 30)))
    return Facts(draw(NAMES), tables, given_values, draw(st.booleans()), as_of)


def plain(known: Facts) -> Any:
    tables = {record: [dict(row.values) for row in table] for record, table in known.tables.items()}
    return known.organisation, tables, known.values, known.closed, known.as_of


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(facts())
def test_facts_that_are_written_read_back_the_same(tmp_path: Path, known: Facts) -> None:
    path = tmp_path / "facts.json"
    path.write_text(write_facts_json(known, PROGRAM), encoding="utf-8")
    again, problems = load_facts(PROGRAM, path)
    assert problems == ()
    assert again is not None
    assert plain(again) == plain(known)


@settings(max_examples=25, deadline=None)
@given(facts())
def test_facts_that_are_written_fit_the_schema(known: Facts) -> None:
    jsonschema.validate(json.loads(write_facts_json(known, PROGRAM)), json.loads(schema_text(PROGRAM)))


def test_a_row_is_a_line_and_numbers_are_exact() -> None:
    membership = Row(MEMBERSHIP.id, {"anniversary": datetime.date(2024, 10, 1)})
    visit = {"room": "1", "guest": UNKNOWN}
    known = Facts(
        "Contoso",
        {"club.Membership": (membership,), "club.Visit": (Row("club.Visit", visit), Row("club.Visit", visit))},
        {
            ("club.growth", (SMB, 2024 * 12)): Fraction(1, 3),
            ("club.growth", (SMB, 2024 * 12 + 1)): Fraction(-12345678901234567890123, 1000),
            ("club.rate", ()): Fraction(1, 8),
            ("club.revenue", ()): Fraction(25, 2),
        },
        closed=True,
        as_of=datetime.date(2024, 6, 30),
    )
    assert write_facts_json(known, PROGRAM) == (
        """\
{
  "organisation": "Contoso",
  "as_of": "2024-06-30",
  "closed": true,
  "facts": {
    "Membership": {"anniversary": "2024-10-01"},
    "Visit": [
      {"room": "1"},
      {"room": "1"}
    ]
  },
  "given": {
    "growth": {
      "smb": {"2024-01": "1/3", "2024-02": -12345678901234567890.123}
    },
    "rate": "12.5%",
    "revenue": 12.5
  }
}
"""
    )


def test_an_empty_table_is_written_as_empty(tmp_path: Path) -> None:
    path = tmp_path / "facts.json"
    path.write_text(write_facts_json(Facts("x", {"club.Usage": ()}), PROGRAM))
    again, _ = load_facts(PROGRAM, path)
    assert again is not None
    assert again.tables == {"club.Usage": ()}
