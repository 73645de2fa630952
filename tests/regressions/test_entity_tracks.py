"""Tracks over an entity: one for each identifier of the facts and of the policy, in text, JSON, plans and claims."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from attain_engine.check.claims import check_claims
from attain_engine.report.assessment_text import assessment_text
from attain_engine.report.console import Console
from tests.oracle.compiled import compiled
from tests.regressions.asked import assess, plan, steps

SITES = """\
entity Location

record Site
  location Location?
  n        count 0 to 100
  unique location

define size(l Location) as count
  sum of s.n among Site s where s.location is l

designation d "D"
  {tracks}
  require big "Big" size(l) at least 50
  require known "Not too big" size(l) at most 90

change grow(s Site) by 1 to 100 "Grow"
  raises s.n by 1
  cost 1 EUR each
"""
ANY, BEST = "any for l in Location", "best for l in Location by size(l)"


@pytest.mark.parametrize(
    ("tracks", "sites", "verdict", "shown"),
    [
        (ANY, {"x": 60}, "met", "x"),
        (ANY, {"x": 6, "y": 60}, "met", "y"),
        (BEST, {"x": 6, "y": 60}, "met", "y"),
        (BEST, {"x": 60, "y": 95}, "failed", "y"),
        (ANY, {"x": 60, "y": 95}, "met", "x"),
        (ANY, {"x": 6}, "failed", "x"),
        (ANY, {}, "failed", ""),
        (BEST, {}, "failed", ""),
        (ANY, None, "undetermined", "unknown"),
    ],
)
def test_each_identifier_is_a_track(
    tmp_path: Path, tracks: str, sites: dict[str, int] | None, verdict: str, shown: str
) -> None:
    rows: dict[str, Any] = (
        {} if sites is None else {"Site": [{"location": name, "n": number} for name, number in sites.items()]}
    )
    said = assess(tmp_path, SITES.format(tracks=tracks), rows)
    designation = said.designations[0]
    assert (designation.verdict, designation.track.name) == (verdict, shown)
    assert assessment_text(said, Console(color=False, unicode=True, columns=100))
    assert said.model_dump_json()


@pytest.mark.parametrize("tracks", [ANY, BEST])
def test_a_plan_goes_by_the_cheapest_track(tmp_path: Path, tracks: str) -> None:
    rows = {"Site": [{"location": "x", "n": 30}, {"location": "y", "n": 45}]}
    found = plan(tmp_path, SITES.format(tracks=tracks), rows)
    assert (found.status, steps(found)) == ("proved", {"grow": 5})


@pytest.mark.parametrize("claim", ["d is not met", "d.big is not met"])
def test_a_claim_about_some_identifier_is_not_proved(claim: str) -> None:
    program = compiled(f'policy p "P"\n\n{SITES.format(tracks=ANY)}\nclaim {claim}\n')
    assert [each.standing for each in check_claims(program)] != ["holds"]
