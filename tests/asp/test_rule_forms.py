"""What has a form as a rule: months and years between dates, quotients by a parameter, numbers that do not fit."""

from __future__ import annotations

import datetime
from fractions import Fraction

import clingo
import pytest

from attain_compiler.asp.from_model import rules_of
from attain_compiler.asp.program import LARGEST
from attain_compiler.asp.render import statement
from attain_compiler.asp.rules import Atom, Number, Relation, Rule
from attain_compiler.asp.units import Exact, compared, in_steps_of
from attain_compiler.model.types import NEVER
from attain_engine.facts.model import Facts, Row
from attain_engine.rules.facts_program import profile_of
from tests.asp.agreement import disagreements
from tests.oracle.compiled import compiled

ON = datetime.date(2024, 2, 29)
RELATIONS: dict[Relation, object] = {
    "=": int.__eq__,
    "!=": int.__ne__,
    "<": int.__lt__,
    "<=": int.__le__,
    ">": int.__gt__,
}
DATES = [datetime.date(*each) for each in ((2024, 2, 29), (2023, 2, 28), (2022, 8, 31), (2025, 3, 1), (2020, 2, 29))]

POLICY = """policy p "P"
parameter full_time number
  30
parameter fits band of number
  from 5 to 6
parameter sizes set of number
  { 2, 4 }
record Owner one row
  born  date
record Stay
  begun  date
  hours  number
  until  date or never
designation d "D"
  require months "Months" (sum of (number of months from s.begun to assessment date) among Stay s) at least {bound}
  require years "Years" (number of years from the Owner.born to assessment date) at least {bound}
  require before "Before" some Stay s where (number of years from the Owner.born to s.begun) at most {bound}
  require b "B" some Stay s where ((number of months from month of s.until to month of s.begun) else 9) at most {bound}
  require year "Year" some Stay s where year of s.begun is 2_023
  require share "Share" (greatest of s.hours / full_time among Stay s else 0%) at least {bound}%
  require fit "Fit" (count of Stay s where s.hours in fits) at least 1
  require unfit "Unfit" (count of Stay s where s.hours not in fits) at least 1
  require size "Size" (count of Stay s where s.hours in sizes) at least 1
"""


@pytest.mark.parametrize("bound", [0, 1, 2, 9, 23])
@pytest.mark.parametrize("hours", [Fraction(5), Fraction(13, 2), Fraction(4), Fraction(9, 2), Fraction(-1, 2)])
def test_months_years_and_quotients_are_rules_that_agree_with_the_evaluator(bound: int, hours: Fraction) -> None:
    program = compiled(POLICY.replace("{bound}", str(bound)))
    for born in DATES:
        stays = tuple(
            Row("p.Stay", {"begun": each, "hours": hours, "until": until})
            for each, until in zip(DATES, [*DATES[1:], NEVER], strict=True)
        )
        facts = Facts("o", {"p.Owner": (Row("p.Owner", {"born": born}),), "p.Stay": stays}, closed=True)
        assert disagreements(program, facts, ON) == []


def test_none_of_them_comes_from_outside() -> None:
    program = compiled(POLICY.replace("{bound}", "2"))
    stays = tuple(Row("p.Stay", {"begun": each, "hours": Fraction(9, 2), "until": each}) for each in DATES)
    facts = Facts("o", {"p.Owner": (Row("p.Owner", {"born": DATES[0]}),), "p.Stay": stays}, closed=True)
    outside = [each.reason for each in rules_of(program, profile_of(program, facts)).outsides]
    assert outside == ["it is in steps of 1/2, where steps of 1/1 are held against it"]  # `not in` a band


def test_months_between_days_that_differ_from_row_to_row_come_from_outside() -> None:
    text = POLICY.replace("{bound}", "2").replace("to assessment date) among", "to s.until) among")
    reasons = [each.reason for each in rules_of(compiled(text)).outsides]
    assert any("differ from row to row" in each for each in reasons)


@pytest.mark.parametrize("relation", RELATIONS)
@pytest.mark.parametrize("fine", [-201, -200, -199, -1, 0, 1, 99, 100, 101, 250])
@pytest.mark.parametrize("coarse", [-3, -2, 0, 1, 2])
def test_what_does_not_fit_in_the_common_unit_is_compared_in_steps(relation: Relation, fine: int, coarse: int) -> None:
    most = LARGEST // 50  # a hundred times as much does not fit
    left = Exact(Number(coarse), 4, -most, most)
    right = Exact(Number(fine), 400, -250, LARGEST // 2)
    for pair, holds in (
        (compared(left, relation, right), RELATIONS[relation](coarse * 100, fine)),
        (compared(right, relation, left), RELATIONS[relation](fine, coarse * 100)),
    ):
        control = clingo.Control()
        control.add("base", [], statement(Rule(Atom("holds"), (pair,))))
        control.ground([("base", [])])
        assert bool(list(control.symbolic_atoms.by_signature("holds", 0))) is holds


def test_numbers_below_zero_are_not_cut_into_steps() -> None:
    with pytest.raises(Exception, match="in steps of"):
        in_steps_of(Exact(Number(-1), 400, -1, 1), 4)
