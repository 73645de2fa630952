"""A track whose total is not known may be the one that counts, also where a requirement surely fails on it."""

from __future__ import annotations

import datetime

import pytest

from attain_engine.assess import assess
from attain_engine.facts.model import UNKNOWN, Facts, Row
from attain_engine.rules.decide import decide
from tests.asp.agreement import disagreements
from tests.oracle.compiled import compiled
from tests.oracle.interpreter import Interpreter

ON = datetime.date(2023, 6, 30)
POLICY = """\
policy p "P"

enum Level { low, middle, high }

record Branch
  level  Level
  size   count? 0 to 9
  unique level

parameter secret for Level count
  low unknown "nobody says"
  otherwise 2

score s(v Level) out of 10
  part a up to 10 worth (sum of b.size among Branch b where b.level is v) * 1 point

define size(v Level) as count
  sum of b.size among Branch b where b.level is v

designation d "D"
  best for v in Level by TOTAL
  require r "R" v is not low
TIERS
"""
TOTALS = ("secret(v)", "((secret(v)) as of 2023-01-31)", "size(v)", "s(v)", "(size(v) * size(v))")
TIERS = ("", '  tier one\n    require t "T" v is middle\n')


def facts(sizes: dict[str, object], program: object) -> Facts:
    level = program.enums["p.Level"]  # type: ignore[attr-defined]
    rows = tuple(Row("p.Branch", {"level": each.constant, "size": sizes[each.constant.name]}) for each in level.members)
    return Facts("f", {"p.Branch": rows}, {}, True)


@pytest.mark.parametrize("tiers", TIERS, ids=["no tiers", "tiers"])
@pytest.mark.parametrize("total", TOTALS)
def test_it_is_not_told_what_rests_on_it(total: str, tiers: str) -> None:
    program = compiled(POLICY.replace("TOTAL", total).replace("TIERS", tiers))
    given = facts({"low": UNKNOWN, "middle": 2, "high": 1}, program)
    assert not disagreements(program, given, ON, decided=decide(program, given, ON))
    assert assess(program, given, ON).verdict == "undetermined"


@pytest.mark.parametrize(("low", "verdict"), [(0, "met"), (2, "met"), (3, "failed")])
def test_what_the_unknown_may_be_goes_both_ways(low: int, verdict: str) -> None:
    program = compiled(POLICY.replace("TOTAL", "size(v)").replace("TIERS", ""))
    given = facts({"low": low, "middle": 2, "high": 1}, program)
    assert assess(program, given, ON).verdict == verdict
    assert Interpreter(program, given, ON, {}).designation("p.d").met is (verdict == "met")


def test_a_total_that_cannot_be_the_greatest_decides_nothing() -> None:
    program = compiled(POLICY.replace("TOTAL", "size(v)").replace("TIERS", ""))
    given = facts({"low": UNKNOWN, "middle": 9, "high": 1}, program)
    assert assess(program, given, ON).verdict == "met"
