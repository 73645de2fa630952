"""A field of the one row that meets a condition, against rows looked up by hand."""

from __future__ import annotations

from random import Random
from typing import Any

import pytest

from attain_compiler.model.types import EnumValue
from attain_engine.assess.assess import assess
from attain_engine.facts.model import UNKNOWN
from tests.oracle.comparison import disagreements
from tests.oracle.compiled import ON, compiled, facts
from tests.oracle.completions import verdict
from tests.oracle.interpreter import Interpreter

POLICY = """\
policy tried "Tried"
  in force from 2000-01-01

enum Grade { junior, senior, lead }

record Staff
  code   text
  year   count
  grade  Grade
  core   Grade or none
  hours  count? 0 to 60
  left   flag default no
  unique code, year

excluded Staff m "Has left"
  when m.left

report grade "Grade" as Grade or none
  the m.grade of Staff m where m.code is "a" and m.year is 2

report core "Core" as Grade or none
  the m.core of Staff m where m.code is "a" and m.year is 2

report graded "Grade, or lead" as Grade
  the m.grade of Staff m where m.code is "a" and m.year is 2 else lead

report cored "Core, or lead" as Grade
  the m.core of Staff m where m.code is "a" and 2 is m.year else lead

report hours "Hours" as count
  2 * (the m.hours of Staff m where m.code is "a" and m.year is 2 and m.grade is not junior) else 7

designation same "Same"
  require same "Same"
    (the m.grade of Staff m where m.code is "a" and m.year is 2)
      is (the m.core of Staff m where m.code is "a" and m.year is 2)

designation busy "Busy"
  require busy "Busy" (the m.hours of Staff m where m.code is "a" and m.year is 2 else 3) at least 3
"""
PROGRAM = compiled(POLICY)
GRADES = ("junior", "senior", "lead")


def rows(rng: Random) -> list[dict[str, Any]]:
    keys = [(code, year) for code in "ab" for year in (1, 2, 3)]
    return [
        {
            "code": code,
            "year": year,
            "grade": rng.choice(GRADES),
            "core": rng.choice([*GRADES, EnumValue("tried.Grade or none", "none")]),
            "hours": rng.randrange(60),
            "left": rng.random() < 0.3,
        }
        for code, year in rng.sample(keys, rng.randrange(len(keys) + 1))
    ]


@pytest.mark.parametrize("seed", range(40))
def test_it_is_that_of_the_row(seed: int) -> None:
    table = rows(Random(seed))
    one = next((each for each in table if (each["code"], each["year"], each["left"]) == ("a", 2, False)), None)
    core = one["core"] if one and one["core"] in GRADES else "none"
    grade = one["grade"] if one else "none"
    expected = {
        "grade": grade,
        "core": core,
        "graded": grade if one else "lead",
        "cored": "lead" if core == "none" else core,
        "hours": 2 * one["hours"] if one and grade != "junior" else 7,
    }
    given = facts(PROGRAM, {"Staff": table})
    interpreter = Interpreter(PROGRAM, given, ON, {})
    said = {id_.removeprefix("tried."): value for id_, value in interpreter.reports().items()}
    assert {name: str(each) if isinstance(each, EnumValue) else each for name, each in said.items()} == expected
    assert interpreter.verdicts()["tried.same"] == ("met" if grade == core else "not met")
    assert disagreements(PROGRAM, given, ON, {}) == []


@pytest.mark.parametrize(
    ("hours", "expected"),
    [(3, "met"), (2, "not met"), (UNKNOWN, "undetermined")],
)
def test_a_field_that_is_missing_is_unknown(hours: Any, expected: str) -> None:
    table = [{"code": "a", "year": 2, "grade": "lead", "core": "lead", "hours": hours}]
    given = facts(PROGRAM, {"Staff": table})
    assert verdict(PROGRAM, given, ON, {}, "tried.busy") == expected
    assert disagreements(PROGRAM, given, ON, {}) == []


def test_where_rows_are_not_given_there_may_be_one() -> None:
    given = facts(PROGRAM, {}, closed=False)
    found = assess(PROGRAM, given, ON, {})
    assert [each.verdict for each in found.designations] == ["undetermined", "undetermined"]
