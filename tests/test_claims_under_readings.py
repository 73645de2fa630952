"""A claim stands or falls under each reading by itself, also under those that it has nothing to do with."""

from __future__ import annotations

import pytest

from attain_engine.api import load_policy
from attain_engine.check.claims import check_claims

POLICY = """\
policy case "Case"

reading printed_maximum "Printed as 15, where 5 is meant"
  corrected   5 points  default
  printed    15 points

reading who_decides "Not said"
  chair  default
  board
  members

record Vote one row
  chair  flag
  board  flag

measure votes count 0 to 10
  1

score standing out of 10
  part votes up to printed_maximum 1 point for each votes
  part chair up to 5 all or nothing when decided

define decided
  by case
    the Vote.chair when who_decides is chair
    the Vote.board otherwise

designation case "Case"
  require standing "Standing" standing at least 5

claim "the maxima add up" maximum of standing is 10
"""

STANDINGS = {
    ("", ""): "holds",
    ("printed_maximum", "printed"): "fails",
    ("who_decides", "board"): "holds",
    ("who_decides", "members"): "holds",
}


@pytest.fixture(scope="module")
def found() -> dict[tuple[str, str], tuple[str, str]]:
    results = check_claims(load_policy("case.attain", POLICY))
    return {(each.reading, each.alternative): (each.standing, each.message) for each in results}


def test_every_alternative_is_answered_for_once(found: dict[tuple[str, str], tuple[str, str]]) -> None:
    assert list(found) == list(STANDINGS)


@pytest.mark.parametrize("reading", STANDINGS, ids=lambda reading: reading[1] or "by default")
def test_a_claim_under_a_reading(reading: tuple[str, str], found: dict[tuple[str, str], tuple[str, str]]) -> None:
    assert found[reading][0] == STANDINGS[reading]


def test_what_breaks_it_is_said(found: dict[tuple[str, str], tuple[str, str]]) -> None:
    assert found["printed_maximum", "printed"][1] == "`maximum of standing` is 20, not 10"
