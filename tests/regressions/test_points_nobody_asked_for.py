"""Points of parts that the rules work out and the evaluator had no need of, where something enters from outside."""

from __future__ import annotations

import datetime
import subprocess
import sys
from fractions import Fraction

import pytest

from attain_engine.assess import assess
from attain_engine.facts.model import UNKNOWN, Facts, Row
from attain_engine.rules.decide import decide
from attain_engine.rules.printed import printed
from tests.asp.agreement import disagreements
from tests.oracle.compiled import compiled

ON = datetime.date(2023, 6, 30)
POLICY = """\
policy k "K"
  in force from 2020-01-01

enum Level
  low
  high

record Profile "P" one row
  joined date
  staff count 0 to 100

define long_ago(times count)
  2024-02-29 later than ((times * 365 days) before the Profile.joined)

score s(v Level) out of 30
  part o "O" up to 10 all or nothing when the Profile.staff at least 10
  part p "P" up to 10 all or nothing when long_ago(least of (5, the Profile.staff))
  part q "Q" up to 10 best of
    all or nothing when long_ago(the Profile.staff) and the Profile.staff more than 50
    in proportion to the Profile.staff full at 16

designation d "D"
  require a "A" REQUIREMENT
"""

REQUIREMENTS = (
    "each part of s(low) more than 0",
    "all of (the Profile.staff at least 50, s(low) at least 5, s(high) at least 5)",
    "any of (the Profile.staff at most 50, s(high) at least 5)",
    "(the Profile.staff at least 50 and (some v in Level where s(v) at least 5))",
)


@pytest.mark.parametrize("requirement", REQUIREMENTS)
def test_both_readings_of_them_agree(requirement: str) -> None:
    program = compiled(POLICY.replace("REQUIREMENT", requirement))
    facts = Facts("f", {"k.Profile": (Row("k.Profile", {"joined": datetime.date(2022, 6, 30), "staff": 4}),)}, {}, True)
    assess(program, facts, ON)  # raises Disagreement
    decided = decide(program, facts, ON)
    assert decided.parts, "the rules come across points"
    assert {points for (*_, name), points in decided.parts.items() if name == "p"} == {Fraction(10)}


def test_the_printed_facts_have_what_they_rest_on() -> None:
    program = compiled(POLICY.replace("REQUIREMENT", REQUIREMENTS[1]))
    facts = Facts("f", {"k.Profile": (Row("k.Profile", {"joined": datetime.date(2022, 6, 30), "staff": 4}),)}, {}, True)
    text = printed(program, facts, ON, {}, None, any_facts=False)
    ran = subprocess.run(
        [sys.executable, "-m", "clingo", "-"], input=text, capture_output=True, text=True, check=False
    ).stdout
    assert "s(low,100) s(high,100)" in ran, "12.5 points in eighths"


@pytest.mark.parametrize("requirement", REQUIREMENTS)
def test_they_agree_where_it_is_asked_about_what_is_not_known(requirement: str) -> None:
    program = compiled(POLICY.replace("count 0 to 100\n\n", "count? 0 to 100\n\n").replace("REQUIREMENT", requirement))
    facts = Facts(
        "f", {"k.Profile": (Row("k.Profile", {"joined": datetime.date(2022, 6, 30), "staff": UNKNOWN}),)}, {}, True
    )
    assert not disagreements(program, facts, ON, decided=decide(program, facts, ON))
    assess(program, facts, ON)
