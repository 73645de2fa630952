"""Facts that are made up keep to what facts are refused for."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from attain_compiler.model.program import Program
from attain_engine.api import load_policy
from attain_engine.facts import Facts, Row
from attain_engine.facts.model import UNKNOWN
from attain_engine.facts.possible import is_possible

POLICY = """policy seats "Seats"

record Seat
  room    text
  number  count? 0 to 100
  unique room, number

measure seats count 1 to 10
  count of Seat s

designation enough "Enough"
  require seats "Three seats" seats at least 3
"""


@pytest.fixture
def program(tmp_path: Path) -> Program:
    return load_policy(tmp_path / "seats.attain", POLICY)


@pytest.mark.parametrize(("value", "possible"), [(0, False), (1, True), (10, True), (11, False)])
def test_measures_lie_within_their_bounds(program: Program, value: int, possible: bool) -> None:
    assert is_possible(program, Facts("x", {}, {("seats.seats", ()): value})) is possible


@pytest.mark.parametrize(
    ("rows", "possible"),
    [
        ([("a", 1), ("a", 2)], True),
        ([("a", 1), ("b", 1)], True),
        ([("a", 1), ("a", 2), ("a", 1)], False),
        ([("a", UNKNOWN), ("a", UNKNOWN)], True),
        ([("a", UNKNOWN), ("a", 1)], True),
    ],
)
def test_no_two_rows_are_alike_in_what_is_unique(program: Program, rows: list[tuple[str, Any]], possible: bool) -> None:
    tables = {"seats.Seat": tuple(Row("seats.Seat", {"room": room, "number": number}) for room, number in rows)}
    assert is_possible(program, Facts("x", tables)) is possible


def test_what_the_policy_does_not_have_is_left_aside(program: Program) -> None:
    assert is_possible(program, Facts("x", {"other.Seat": ()}, {("other.seats", ()): 99}))
