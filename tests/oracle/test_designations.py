"""Scores, tracks, tiers and options in the interpreter, worked out by hand."""

from __future__ import annotations

from fractions import Fraction

import pytest

from attain_compiler.model.types import EnumValue, Value
from attain_engine.facts.model import Facts
from tests.oracle.compiled import ON, compiled
from tests.oracle.interpreter import Interpreter, Status

POLICY = """\
policy tried "Tried"
  in force from 2000-01-01

enum Track { a, b, c }

measure m(t Track) count
  0

measure fame count
  0

score capability(t Track) out of 100
  part share  up to 20  in proportion to m(t) full at 3
  part units  up to 15  4 points for each m(t)
  part all    up to 10  all or nothing when m(t) at least 2
  part gated  up to 10  worth 7 points only if m(t) at least 4 else 1 point
  part either up to 9   best of
    2 points for each m(t)
    1 point for each fame

designation best "Best track"
  best for t in Track by capability(t)
  require fame "Fame" fame at least 1
  require two "Two" m(t) is 2

designation any "Any track"
  any for t in Track
  require two "Two" m(t) is 2

designation tiers "Tiers"
  require fame "Fame" fame at least 1
  tier silver
    require some "Some" m(a) at least 1
  tier gold
    require many "Many" m(a) at most 3
    option one
      require b "B" m(b) at least 1
    option other
      require c "C" m(c) at least 1

designation asks "Asks others"
  require first "First" best(a) is met
  require second "Second" tiers at least silver
  require third "Third" tiers is not gold
  require fourth "Fourth" best.two is met
"""
PROGRAM = compiled(POLICY)


def interpreter(a: int, b: int, c: int, fame: int) -> Interpreter:
    values: dict[tuple[str, tuple[Value, ...]], Value] = {
        ("tried.m", (EnumValue("tried.Track", name),)): n for name, n in (("a", a), ("b", b), ("c", c))
    }
    return Interpreter(PROGRAM, Facts("tried", {}, {**values, ("tried.fame", ()): fame}, True), ON, {})


def status(designation: str, a: int, b: int, c: int, fame: int) -> Status:
    return interpreter(a, b, c, fame).designation(f"tried.{designation}")


@pytest.mark.parametrize(
    ("m", "fame", "expected"),
    [
        (0, 0, {"share": 0, "units": 0, "all": 0, "gated": 1, "either": 0}),
        (2, 0, {"share": Fraction(40, 3), "units": 8, "all": 10, "gated": 1, "either": 4}),
        (4, 20, {"share": 20, "units": 15, "all": 10, "gated": 7, "either": 9}),
    ],
)
def test_points_of_the_parts(m: int, fame: int, expected: dict[str, int]) -> None:
    tried = interpreter(m, 0, 0, fame)
    track = (EnumValue("tried.Track", "a"),)
    assert tried.part_points("tried.capability", track) == expected
    assert tried.score("tried.capability", track) == sum(expected.values())


def test_only_the_track_with_the_greatest_total_counts() -> None:
    found = status("best", 2, 5, 1, 1)
    assert [each.track.name for each in found.chosen] == ["b"]
    assert not found.met


def test_any_of_equal_tracks_counts() -> None:
    found = status("best", 2, 2, 1, 1)
    assert [each.track.name for each in found.chosen] == ["a", "b"]
    assert found.met


def test_without_a_total_every_track_counts() -> None:
    assert status("any", 5, 2, 0, 0).verdict == "met"
    assert status("any", 5, 3, 0, 0).verdict == "not met"


@pytest.mark.parametrize(
    ("a", "b", "c", "fame", "expected"),
    [
        (1, 0, 0, 1, "silver"),
        (1, 0, 1, 1, "gold"),
        (0, 1, 0, 1, "gold"),
        (4, 1, 1, 1, "silver"),
        (0, 0, 0, 1, "not met"),
        (1, 1, 1, 0, "not met"),
    ],
)
def test_the_award_is_the_highest_tier_that_holds(a: int, b: int, c: int, fame: int, expected: str) -> None:
    assert status("tiers", a, b, c, fame).verdict == expected


def test_the_status_of_another_designation() -> None:
    found = status("asks", 2, 0, 0, 1).tracks[0].requirements
    assert found == {"first": True, "second": True, "third": True, "fourth": True}


def test_a_track_that_is_asked_for_need_not_be_the_chosen_one() -> None:
    found = status("asks", 2, 5, 0, 1).tracks[0].requirements
    assert found == {"first": True, "second": True, "third": False, "fourth": False}
