"""A plan for one track of a designation: of an enum, of an entity, of an award for each of something."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from attain_compiler.diagnostics.model import Severity
from attain_compiler.pipeline import compile_policy
from attain_engine.api import Target
from attain_engine.api import plan as plan_program
from attain_engine.asked import AskedWrongly, designations_named
from attain_engine.check.examples import run_examples
from attain_engine.plan import with_targets
from attain_engine.report.assessment_text import assessment_text
from attain_engine.report.console import Console
from tests.model.policies import compiled
from tests.regressions.asked import HEAD, ON, assess, read

POLICY = """\
enum Size {{ small, large }}
enum Area {{ water, wood }}

entity Site

record Drill
  site  Site
  size  Size
  n     count 0 to 100

measure drills(s Site) count 0 to 1_000
  sum of d.n among Drill d where d.site is s

measure of_size(z Size) count 0 to 1_000
  sum of d.n among Drill d where d.size is z

designation safe "Safe"
  {way}
  require drills drills(s) at least 2
  tier basic
    require some drills(s) at least 3
  tier full
    require many drills(s) at least 6

designation sized "Sized"
  best for z in Size by of_size(z)
  require enough of_size(z) at least 4

designation status(a Area)
  any for z in Size
  require enough of_size(z) at least 5 or (a is wood and of_size(z) at least 3)

change more(d Drill) by 1 to 20 "More"
  raises d.n by 1
  cost 7 EUR each
"""
ROWS = {"Drill": [{"site": "graz", "size": "large", "n": 8}, {"site": "linz", "size": "small", "n": 1}]}
ANY, BEST = "any for s in Site", "best for s in Site by drills(s)"


def planned(folder: Path, way: str, name: str) -> tuple[str, str]:
    program, facts = read(folder, POLICY.format(way=way), ROWS, {})
    targets = [Target(*each) for each in designations_named(program, facts, [name])]
    found = plan_program(with_targets(program, targets), facts, ON, targets=targets)
    return found.status, found.plans[0].cost if found.plans else ""


@pytest.mark.parametrize("way", [ANY, BEST])
@pytest.mark.parametrize(
    ("name", "status", "cost"),
    [
        ("safe(linz)", "proved", "14 EUR"),
        ('safe("linz"):full', "proved", "35 EUR"),
        ("safe(graz):full", "qualified", ""),
        ("safe", "qualified", ""),
        ("sized(small)", "proved", "21 EUR"),
        ("sized(large)", "qualified", ""),
        ("status(water, small)", "proved", "28 EUR"),
        ("status(wood,small)", "proved", "14 EUR"),
        ("status(wood, large)", "qualified", ""),
    ],
)
def test_a_plan_is_for_the_track_alone(tmp_path: Path, way: str, name: str, status: str, cost: str) -> None:
    assert planned(tmp_path, way, name) == (status, cost)


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("safe(lin)", "`safe` has no track `lin`; did you mean `linz`?"),
        ("sized(medium)", "`sized` has no track `medium`"),
        ("status(water, medium)", "`status(water)` has no track `medium`"),
        ("nothing(linz)", "there is no designation `nothing(linz)`"),
    ],
)
def test_a_track_that_is_not_there_is_refused(tmp_path: Path, name: str, message: str) -> None:
    program, facts = read(tmp_path, POLICY.format(way=ANY), ROWS, {})
    with pytest.raises(AskedWrongly) as refused:
        designations_named(program, facts, [name])
    assert message in str(refused.value)


EXAMPLE = """
example "two sites"
  given Drill
    site    size   n
    "graz"  large  8
    "linz"  small  1
  given nothing else
  expect plan for {expected}
"""


@pytest.mark.parametrize(
    ("expected", "wrong"),
    [
        ('safe("linz") costs 14 EUR', []),
        ('safe("linz") at least full costs 35 EUR', []),
        ('safe("graz") at least full costs 0 EUR', []),
        ("sized(small) costs 21 EUR", []),
        ("status(wood, small) costs 14 EUR", []),
        ("status(wood) costs 0 EUR", []),
        ("safe(5) costs 14 EUR", ["type-mismatch"]),
        ("sized(small, large) costs 14 EUR", ["wrong-arguments"]),
    ],
)
def test_examples_expect_plans_for_a_track(expected: str, wrong: list[str]) -> None:
    policy = f"{HEAD}{POLICY.format(way=ANY)}{EXAMPLE.format(expected=expected)}"
    program, diagnostics = compile_policy("tried.attain", policy, lambda _path, _name: None)
    assert [each.code for each in diagnostics if each.severity is Severity.ERROR] == wrong
    failed = [one for each in run_examples(program) for one in each.failures] if program is not None else []
    assert [each.message for each in failed] == []


def test_an_example_that_expects_too_little_fails() -> None:
    example = EXAMPLE.format(expected='safe("linz") costs 13 EUR')
    policy = f"{HEAD}{POLICY.format(way=ANY)}{example}"
    program, _ = compile_policy("tried.attain", policy, lambda _path, _name: None)
    assert program is not None
    (failure,) = run_examples(program)[0].failures
    assert "costs 14 EUR, not 13 EUR" in failure.message


@pytest.mark.parametrize(
    ("declared", "help_"),
    [
        ('designation d(s Site) "D"\n  require r drills(s) at least 1\n', "`any for s in Site`"),
        ('designation d(k Area, s Site) "D"\n  require r drills(s) at least 1\n', "`designation d(k Area) "),
        ('designation d(k Area, s Site) "D"\n  require r drills(s) at least 1\n', "`d(k, s) is met`"),
    ],
)
def test_one_for_each_identifier_is_answered_with_what_to_write(declared: str, help_: str) -> None:
    found: Any = compiled(f'policy p "P"\n\n{POLICY.format(way=ANY)}\n{declared}')[1]
    assert any(help_ in each.help for each in found if each.code == "type-mismatch")


def test_the_other_tracks_are_named(tmp_path: Path) -> None:
    console = Console(color=False, unicode=True, columns=100)
    said = assessment_text(assess(tmp_path, POLICY.format(way=ANY), ROWS), console)
    assert "other tracks: linz not qualified" in said
