"""Parts that are scored step by step."""

from __future__ import annotations

import itertools
from pathlib import Path

import pytest

from attain_compiler.diagnostics.model import Severity
from attain_engine.assess.named import explain_name
from attain_engine.report.assessment_text import assessment_text
from attain_engine.report.console import Console
from tests.model.policies import VOCABULARY, compiled
from tests.regressions.asked import ON, assess, plan, read, steps

POLICY = """\
parameter admins_needed count
  2

measure admins count 0 to 10
  0

measure devs count 0 to 10
  0

measure experts count 0 to 20
  0

score skilling out of 40
  part people "People" up to 40 step by step
    1 point for each admins
    gate admins "{admins_needed} administrators" admins at least admins_needed
    gate devs "Two developers" devs at least 2 worth 4 points
    4 points for each experts
    all or nothing when experts at least 9

designation d "D"
  require enough "At least 20 points" skilling at least 20

change hire_admin by 1 to 10 "Hire {n} administrators"
  raises admins by 1
  cost 10 USD each

change hire_dev by 1 to 10 "Hire {n} developers"
  raises devs by 1
  cost 7 USD each

change hire by 1 to 20 "Hire {n} experts"
  raises experts by 1
  cost 5 USD each
"""


def by_hand(admins: int, devs: int, experts: int) -> int:
    points = admins
    if admins >= 2 and devs >= 2:
        points += 4 + 4 * experts + (40 if experts >= 9 else 0)
    return min(points, 40)


@pytest.mark.parametrize("admins", [0, 1, 2, 7])
def test_a_line_counts_only_if_all_gates_above_it_hold(tmp_path: Path, admins: int) -> None:
    for devs, experts in itertools.product([1, 2, 5], [0, 3, 8, 9]):
        found = assess(tmp_path, POLICY, admins=admins, devs=devs, experts=experts)
        part = found.designations[0].tracks[0].scores[0].parts[0]
        assert part.points == str(by_hand(admins, devs, experts))
        assert part.waits_for == ("2 administrators" if admins < 2 else "Two developers" if devs < 2 else "")


def test_the_report_and_the_worksheet_name_the_gate(tmp_path: Path) -> None:
    console = Console(color=False, unicode=True, columns=100)
    found = assess(tmp_path, POLICY, admins=3, devs=1, experts=3)
    assert "waits for: Two developers" in assessment_text(found, console)
    program, facts = read(tmp_path, POLICY, {}, {"admins": 3, "devs": 1, "experts": 3})
    sheet = explain_name(program, facts, ON, {}, "skilling.people")
    assert "waits for: Two developers" in sheet.model_dump_json()


def test_the_words_of_a_part_have_the_values_of_its_gates(tmp_path: Path) -> None:
    program, facts = read(tmp_path, POLICY, {}, {"admins": 3, "devs": 1, "experts": 3})
    sheet = explain_name(program, facts, ON, {}, "skilling.people").model_dump_json()
    assert 'gate admins \\"2 administrators\\" admins at least' in sheet
    assert "{admins_needed}" not in sheet


def test_an_unknown_gate_leaves_the_points_open(tmp_path: Path) -> None:
    row = "record R one row\n  devs count? 0 to 10\n\nmeasure devs count 0 to 10\n  the R.devs"
    policy = POLICY.replace("measure devs count 0 to 10\n  0", row)
    found = assess(tmp_path, policy, {"R": {}}, admins=3, experts=8).designations[0]
    assert found.verdict == "undetermined"
    assert found.tracks[0].scores[0].parts[0].waits_for == "Two developers"
    assert assess(tmp_path, policy, {"R": {}}, admins=1, experts=8).designations[0].verdict == "failed"


def test_a_plan_opens_the_gates_first(tmp_path: Path) -> None:
    found = plan(tmp_path, POLICY, admins=0, devs=0, experts=0)
    best = min(
        (10 * a + 7 * d + 5 * e)
        for a, d, e in itertools.product(range(11), range(11), range(21))
        if by_hand(a, d, e) >= 20
    )
    assert found.plans[0].cost == f"{best} USD"
    assert steps(found)["hire_dev"] == 2


@pytest.mark.parametrize(
    ("lines", "code"),
    [
        ("    gate a t is smb\n    gate a t is smb\n    worth 3 points", "duplicate-name"),
        ("    gate a 3\n    worth 3 points", "type-mismatch"),
        ("    gate a t is smb worth 3 USD\n    worth 3 points", "unit-mismatch"),
    ],
)
def test_steps_with_a_mistake(lines: str, code: str) -> None:
    text = f"{VOCABULARY}\nscore it(t Track) out of 9\n  part p up to 9 step by step\n{lines}\n"
    assert [each.code for each in compiled(text)[1] if each.severity is Severity.ERROR] == [code]
