"""Units of a change that add rows which no two may be alike in."""

from __future__ import annotations

import pytest

from tests.model.policies import compiled

POLICY = """policy p "P"

enum Kind {{ small, large }}
entity Room

record Seat
  room    Room
  number  count 0 to 9 default 1
  kind    Kind
  month   month
  code    text?
  until   date or never
  unique {unique}

designation d
  require seats (count of Seat s) at least 2

change build(k Kind) by 1 to {most} "Build {{n}}"
  adds Seat {{ {values} }}
  cost 5 USD each
"""
SEAT = 'room: "a", kind: k, month: last month'


@pytest.mark.parametrize(
    ("unique", "most", "values", "doubts"),
    [
        ("month", "9", SEAT, 1),
        ("month", "9", 'room: "a", kind: k, month: month of plan date', 1),
        ("number", "9", SEAT, 1),
        ("room, kind", "2", SEAT, 1),
        ("room, kind", "9", "room: new Room, kind: k, month: last month", 0),
        ("room", "9", "room: new Room, kind: k, month: last month", 0),
        ("month", "9", "room: new Room, kind: k, month: last month", 1),
        ("month", "1", SEAT, 0),
        ("room, code", "9", SEAT, 0),  # of codes that nobody knows each may be another
        ("room, code", "9", SEAT + ', code: "x"', 1),
        ("room, until", "9", SEAT, 1),
    ],
)
def test_units_that_cannot_be_told_apart_are_a_doubt(unique: str, most: str, values: str, doubts: int) -> None:
    _, found = compiled(POLICY.format(unique=unique, most=most, values=values))
    assert [each.code for each in found if each.code != "title-differs"].count("units-alike") == doubts
