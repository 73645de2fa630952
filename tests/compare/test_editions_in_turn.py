"""Editions of which one takes over from the other: they are compared for the time of HEAD, every day of it."""

from __future__ import annotations

import datetime
from pathlib import Path

import pytest

from attain_engine.api import load_policy
from attain_engine.compare import compare

POLICY = """\
policy tried "Tried"
  in force from {force}

enum Kind {{ a, b }}

record Row
  kind  Kind

parameter wrong set of Kind
{wrong}

designation clean
  require clean no Row r where r.kind in wrong
"""
DAY = datetime.date
BEFORE, AFTER = "2023-01-01 to 2023-12-31", "2024-01-01"
ONE, CHANGED = "  { a }", "  from 2000-01-01 { a }\n  from 2024-06-01 { a, b }"


@pytest.mark.parametrize(
    ("base", "head", "found"),
    [
        (
            (BEFORE, ONE),
            (AFTER, CHANGED),
            [("equivalent", DAY(2024, 1, 1), DAY(2024, 5, 31)), ("stricter", DAY(2024, 6, 1), None)],
        ),
        ((AFTER, CHANGED), (BEFORE, ONE), [("equivalent", DAY(2023, 1, 1), DAY(2023, 12, 31))]),
        ((BEFORE, "  { b }"), (AFTER, "  { a, b }"), [("stricter", DAY(2024, 1, 1), None)]),
    ],
)
def test_the_time_of_the_later_edition_is_compared(
    tmp_path: Path,
    base: tuple[str, str],
    head: tuple[str, str],
    found: list[tuple[str, datetime.date, datetime.date | None]],
) -> None:
    one, other = (
        load_policy(tmp_path / "tried.attain", POLICY.format(force=force, wrong=wrong)) for force, wrong in (base, head)
    )
    told = [each for each in compare(one, other).findings if each.name == "clean.clean"]
    assert [(each.relation, each.since, each.until) for each in told] == found


COUNTED = """\
policy counted "Counted"
  in force from {force}

enum Area {{ north, south }}

record Room
  area  Area
  beds  count

measure beds(a Area) count
  sum of r.beds among Room r where r.area is a

designation open
  any for a in Area
  require many beds(a) at least {least}

designation grade
  tier low
    require two beds(north) at least 2
  tier high
    require more beds(south) at least {least}
"""


@pytest.mark.parametrize(
    ("base", "head", "relation"),
    [((BEFORE, 3), (AFTER, 4), "stricter"), ((BEFORE, 4), (AFTER, 3), "looser"), ((AFTER, 3), (BEFORE, 4), "stricter")],
)
def test_designations_are_told_apart_on_days_on_which_base_is_not_in_force(
    tmp_path: Path, base: tuple[str, int], head: tuple[str, int], relation: str
) -> None:
    one, other = (
        load_policy(tmp_path / "counted.attain", COUNTED.format(force=force, least=least))
        for force, least in (base, head)
    )
    told = {(each.kind, each.name): each for each in compare(one, other).findings}
    assert told["designation", "open"].relation == relation
    assert told["designation", "open"].witnesses
    assert told["tier", "grade at least high"].relation == relation
