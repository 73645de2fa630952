"""Differences that show in the one rows of single records, without any other row: with dates that rules are asked as
of, and in sums of very many parts."""

from __future__ import annotations

import pytest

from attain_engine.check.examples import run_example
from attain_engine.compare import compare
from tests.compare.test_witnesses import program, relations

PARTS = "\n".join(f"  part p{each} up to 2 worth two(the House.f{each}, the House.g{each})" for each in range(1, 16))
FIELDS = "\n".join(f"  f{each}  flag\n  g{each}  flag" for each in range(16))
HOUSE = f"""\
policy house "House"
  in force from 2020-01-01

record House one row
  registered  date
  warmth      count 0 to 100
{FIELDS}

define two(f flag, g flag) as points
  by case
    2 points when f and g
    1 points when f or g
    0 points otherwise

define first(f flag, g flag) as points
  by case
    2 points when f and g
    1 points when f or g
    0 points otherwise

parameter warmth_needed count
  from 2020-01-01  10
  from 2022-01-01  20

define warm
  (the House.warmth at least warmth_needed) as of the House.registered

score points out of 34
  part warm up to 2 all or nothing when warm
  part p0 up to 2 worth first(the House.f0, the House.g0)
{PARTS}

designation good "Good"
  require warm "Warm" warm
  require enough "Enough" points at least 20
"""


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("1 points when f or g", "1 points when f", {"good": "stricter", "good.enough": "stricter"}),
        ("1 points when f or g", "2 points when f or g", {"good": "looser", "good.enough": "looser"}),
        ("from 2022-01-01  20", "from 2022-01-01  21", {"good": "stricter", "good.warm": "stricter"}),
        ("from 2020-01-01  10", "from 2020-01-01  9", {"good": "looser", "good.warm": "looser"}),
        ("points at least 20", "points more than 20", {"good": "stricter", "good.enough": "stricter"}),
    ],
)
def test_a_difference_is_shown_without_other_rows(old: str, new: str, expected: dict[str, str]) -> None:
    head = new.join(HOUSE.rsplit(old, 1))
    assert head != HOUSE
    found = compare(program(HOUSE), program(head))
    told = relations(found)
    assert {name: told[name] for name in expected} == expected
    examples = "\n\n".join(
        one.example for each in found.findings for one in each.witnesses if "\n  expect " in one.example
    )
    for text, passes in ((HOUSE, False), (head, True)):
        asked = program(f"{text}\n\n{examples}\n")
        assert {run_example(asked, each).passed for each in asked.examples.values()} == {passes}
