"""Points that ask for a value where a gate says that there is one: in verdicts, in plans, in the worksheet."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.regressions.asked import assess, plan

POLICY = """\
enum Area { core, other }
record Firm one row
  main  Area or none
  n     count 0 to 9

parameter wgt for Area count
  core   1
  other  2

parameter wpts for Area points
  core   1 points
  other  2 points

score sc out of 30
  part y  up to 10  2 points for each wgt(the Firm.main) only if the Firm.main is not none
  part z  up to 10  step by step
    gate one "{the Firm.n} and a main area" the Firm.main is not none worth wpts(the Firm.main)
    gate two wgt(the Firm.main) at least 1
    2 points for each wgt(the Firm.main)
  part w  up to 10  in proportion to wgt(the Firm.main) full at 4 only if the Firm.main is not none else 1

designation d
  require points sc at least 12

change main(f Firm, a Area) "Main {a}"
  sets f.main to a
  cost 5 EUR
"""


@pytest.mark.parametrize(
    ("main", "points", "worksheet"),
    [
        (None, ("0", "0", "1"), "no"),
        ("core", ("2", "3", "2.5"), "1"),
        ("other", ("4", "6", "5"), "2"),
    ],
)
def test_points_where_there_is_a_value(
    tmp_path: Path, main: str | None, points: tuple[str, ...], worksheet: str
) -> None:
    said = assess(tmp_path, POLICY, {"Firm": [{"n": 1, "main": main} if main else {"n": 1}]})
    assert said.problems == ()
    parts = said.designations[0].track.scores[0].parts
    assert tuple(each.points for each in parts) == points
    assert parts[0].scorings[0].value == worksheet
    made = plan(tmp_path, POLICY, {"Firm": [{"n": 1, "main": main} if main else {"n": 1}]})
    assert (made.status, len(made.plans)) == (("qualified", 0) if main == "other" else ("proved", 1))
