"""One award for each value of an enum: a verdict, a report, a plan and a worksheet for each."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from attain_engine.api import Target, explain, load_policy, plan
from attain_engine.asked import AskedWrongly, designations_named
from attain_engine.check.claims import check_claims
from attain_engine.check.examples import run_examples
from attain_engine.report.assessment_text import assessment_text
from attain_engine.report.console import Console
from tests.oracle.compiled import compiled
from tests.regressions.asked import ON, assess, read, steps

DIVES = """\
enum Water { pool, lake "The lake" }

enum Depth { shallow, deep }

record Dive
  water    Water?
  depth    Depth
  minutes  count? 0 to 60

measure dived(w Water, d Depth) count 0 to 1_000
  sum of x.minutes among Dive x where x.water is w and x.depth is d

designation grade(w Water) "Diver: {w}"
  best for d in Depth by dived(w, d)
  tier one
    require minutes "At least {10} minutes" dived(w, d) at least 10
  tier two
    require minutes dived(w, d) at least 50

designation diver "Diver"
  require all every Water w has grade(w) at least one

report minutes(w Water) "Minutes: {w}" as count
  dived(w, deep)

change dive(x Dive) by 1 to 60 "Dive {n}"
  raises x.minutes by 1
  cost 1 EUR each

claim grade(pool) is two implies grade(pool) at least one
"""


def row(water: str | None, minutes: int | None, depth: str = "deep") -> dict[str, Any]:
    known = {"water": water, "minutes": minutes}
    return {"depth": depth, **{name: value for name, value in known.items() if value is not None}}


@pytest.mark.parametrize(
    ("rows", "verdicts"),
    [
        ([("pool", 50), ("lake", 10)], ["two", "one", "met"]),
        ([("pool", 9), ("lake", 10)], ["failed", "one", "failed"]),
        ([("pool", 12), (None, 40)], ["one", "undetermined", "undetermined"]),
        ([("pool", 12), ("lake", None)], ["one", "undetermined", "undetermined"]),
        ([], ["failed", "failed", "failed"]),
    ],
)
def test_each_has_a_verdict(tmp_path: Path, rows: list[Any], verdicts: list[str]) -> None:
    said = assess(tmp_path, DIVES, {"Dive": [row(*each) for each in rows]})
    assert [each.name for each in said.designations] == ["grade(pool)", "grade(lake)", "diver"]
    assert [each.award or each.verdict for each in said.designations] == verdicts
    assert [each.title for each in said.designations] == ["Diver: pool", "Diver: The lake", "Diver"]
    assert [each.name for each in said.reports] == ["minutes(pool)", "minutes(lake)"]
    assert "Diver: The lake" in assessment_text(said, Console(color=False, unicode=True, columns=100))


@pytest.mark.parametrize(
    ("asked", "cost"),
    [("grade(lake)", 6), ("grade(lake):two", 46), ("grade(pool):two", 50), ("diver", 16)],
)
def test_each_has_a_plan(tmp_path: Path, asked: str, cost: int) -> None:
    program, facts = read(tmp_path, DIVES, {"Dive": [row("pool", 0), row("lake", 4), row("lake", 3, "shallow")]}, {})
    targets = [Target(*each) for each in designations_named(program, facts, [asked])]
    found = plan(program, facts, ON, targets=targets)
    assert (found.status, steps(found)) == ("proved", {"dive": cost})


def test_each_has_a_worksheet(tmp_path: Path) -> None:
    program, facts = read(tmp_path, DIVES, {"Dive": [row("pool", 0), row("lake", 4)]}, {})
    for name in ("grade(lake)", "grade( lake )", "grade(lake, deep)", "grade(lake).one.minutes", "minutes(pool)"):
        assert explain(program, facts, ON, name).lines


def test_what_is_asked_of_the_pattern_is_refused_with_what_there_is(tmp_path: Path) -> None:
    program, facts = read(tmp_path, DIVES, {}, {})
    with pytest.raises(AskedWrongly, match=r"`grade\(pool\)`, `grade\(lake\)`"):
        designations_named(program, facts, ["grade"])


def test_a_claim_about_one_is_proved() -> None:
    assert [each.standing for each in check_claims(compiled(f'policy p "P"\n\n{DIVES}'))] == ["holds"]


SKILLS = """\
policy tried "Tried"
  in force from 2000-01-01

enum Skill { ropes, knots }

entity Person

record Member
  person  Person
  skill   Skill

record Club one row
  boats  count

parameter boats_for for Skill count
  ropes  1
  knots  5

designation taught(s Skill) "Taught: {s}"
  require some some Member m where m.skill is s

designation many(s Skill) "Many: {s}"
  require two (count of Member m where m.skill is s) at least 2

designation then(s Skill) "Then: {s}"
  require some (some Member m where m.skill is s) as of 2020-01-01

designation fleet(s Skill) "Fleet: {s}"
  require boats the Club.boats at least boats_for(s)

"""


@pytest.mark.parametrize("name", ["taught", "many", "then", "fleet"])
def test_what_is_not_given_of_one_award_is_something_else_than_of_another(name: str) -> None:
    claims = f"""\
claim {name}(ropes) is met implies {name}(knots) is met
claim {name}(knots) is met implies {name}(knots) is met
claim {name}(ropes) is not met or {name}(knots) is met
"""
    found = [each.standing for each in check_claims(load_policy("tried.attain", SKILLS + claims))]
    assert found[1] == "holds"
    assert "holds" not in (found[0], found[2])


def test_an_example_in_which_rows_are_not_given_tells_awards_apart() -> None:
    example = """\
example "nothing is given"
  expect taught(ropes) is met or taught(knots) is not met
"""
    program = load_policy("tried.attain", SKILLS + example)
    (result,) = run_examples(program)
    assert ["cannot be told" in each.message for each in result.failures] == [True]
