"""Titles show the values of their rules: of the day and of the track; and say where one is not known."""

from __future__ import annotations

from pathlib import Path

from tests.regressions.asked import assess, plan

POLICY = """\
enum Kind { small, large }

parameter needed for Kind points
  from 2020-01-01  small 10 points, large 30 points
  from 2022-01-01  small 20 points, large 30 points
  from 2030-01-01  small 70 points, large 70 points

measure done(k Kind) count 0 to 100
  0

measure paid money USD 0 USD to 9_000 USD
  0 USD

score progress(k Kind) out of 100
  part steps "{maximum of progress(k)} points for {k}" up to 100 worth 1 point * done(k)

designation d "D"
  any for k in Kind
  require enough "At least {needed(k)} points, {needed(k) / 2} by June" progress(k) at least needed(k)
  require fee    "{paid} of {100 USD * 12.5}" paid at least 1_250 USD
"""


def test_a_title_has_the_values_of_its_rule_on_its_track(tmp_path: Path) -> None:
    tracks = assess(tmp_path, POLICY, done={"small": 5, "large": 0}, paid="300 USD").designations[0].tracks
    assert [[each.title for each in track.requirements] for track in tracks] == [
        ["At least 20 points, 10 by June", "300 USD of 1,250 USD"],
        ["At least 30 points, 15 by June", "300 USD of 1,250 USD"],
    ]
    assert [track.scores[0].parts[0].title for track in tracks] == ["100 points for small", "100 points for large"]


def test_a_value_that_is_not_known_is_said_to_be_so(tmp_path: Path) -> None:
    policy = 'record R one row\n  a text?\ndesignation d\n  require it "{the R.a} of 3" the R.a is "x"\n'
    found = assess(tmp_path, policy, {"R": {}}).designations[0].tracks[0].requirements[0]
    assert found.title == "unknown of 3"


def test_why_there_is_no_plan_is_said_with_the_values(tmp_path: Path) -> None:
    found = plan(tmp_path, POLICY, done={"small": 5, "large": 0}, paid="2_000 USD")
    assert found.reasons[0] == "`enough` on small cannot be met by any change: At least 20 points, 10 by June"
