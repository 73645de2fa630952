"""The printed plan program: plain clingo finds what `attain plan` proves, and what it could not say is refused."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from attain_engine.cli import main
from attain_engine.plan import program as printing
from attain_engine.plan.plan import goals_of
from tests.asp.plan_programs import compared, random_case
from tests.asp.shipped import day, facts, policy
from tests.documents.page import blocks
from tests.documents.run import Session

ROOT = Path(__file__).parents[2]
GOLDEN = Path(__file__).parent / "golden" / "degree_plan.lp"


@pytest.fixture
def tour(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The policy and the organisation of docs/tour.md, as they stand at its end."""
    session = Session(tmp_path)
    monkeypatch.chdir(tmp_path)
    for block in blocks((ROOT / "docs" / "tour.md").read_text(encoding="utf-8")):
        if block.language != "console":
            session.take(block)
    return tmp_path


def test_plain_clingo_finds_the_plan_of_the_tour(tour: Path) -> None:
    for part in ("rules", "facts"):
        assert (
            main(["asp", "degree.attain", "ana", "--plan", "--for", "bachelor", f"--{part}-only", "-o", f"{part}.lp"])
            == 0
        )
    assert (tour / "rules.lp").read_text(encoding="utf-8") == GOLDEN.read_text(encoding="utf-8")
    command = [sys.executable, "-m", "clingo", "rules.lp", "facts.lp", "--quiet=1"]
    run = subprocess.run(command, cwd=tour, capture_output=True, text=True, check=False)
    assert "Optimization : 1050 3 122" in run.stdout
    assert "done(take(2),1) done(take(3),1) done(take(4),1)" in run.stdout
    assert run.stderr == ""


def test_there_is_no_answer_set_where_there_is_no_plan(tour: Path) -> None:
    assert main(["asp", "degree.attain", "ana", "--plan", "--for", "bachelor:honours", "-o", "plan.lp"]) == 0
    command = [sys.executable, "-m", "clingo", "plan.lp"]
    assert "UNSATISFIABLE" in subprocess.run(command, cwd=tour, capture_output=True, text=True, check=False).stdout


WITH_A_PLAN = (0, 2, 7, 8, 13, 14, 33, 96, 111, 123, 134, 147, 154, 156, 157, 162)
"""Seeds whose policy can be reached by changes, and in no other order than all at once: of most others it is reached
already, or never."""


@pytest.mark.parametrize("first", range(0, int(os.environ.get("ATTAIN_PLAN_SEEDS", "10")), 5))
def test_random_policies_differ_nowhere(first: int) -> None:
    found = [random_case(seed) for seed in range(first, first + 5)]
    assert [each for each in found if each.startswith(("differs", "not printed: its rules"))] == []


def test_the_optimum_of_random_policies_is_the_plan_that_is_proved() -> None:
    assert {seed: random_case(seed) for seed in WITH_A_PLAN} == dict.fromkeys(WITH_A_PLAN, "equal")


@pytest.mark.parametrize(
    ("name", "organisation"), [("cloud_productivity", "woodgrove"), ("data_analytics", "tailspin")]
)
def test_the_optimum_of_a_shipped_policy_is_the_plan_that_is_proved(name: str, organisation: str) -> None:
    program, known, on = policy(name), facts(name, organisation), day(name, organisation)
    (goal,) = goals_of(program, known, on, {}, [])
    assert compared(program, known, *goal, on) == "equal"


@pytest.mark.usefixtures("tour")
def test_the_option_may_stand_before_the_policy(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["asp", "--plan", "degree.attain", "ana"]) == 0
    first = capsys.readouterr().out
    assert main(["asp", "degree.attain", "ana", "--plan"]) == 0
    assert first == capsys.readouterr().out != ""


@pytest.mark.usefixtures("tour")
def test_what_is_to_be_reached_needs_a_plan(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["asp", "degree.attain", "ana", "--for", "bachelor"]) == 2
    assert "give `--plan` too" in capsys.readouterr().err


def test_a_plan_program_needs_facts(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["asp", str(ROOT / "policies" / "cloud_productivity.attain"), "--plan"]) == 2
    assert "give its facts after the policy" in capsys.readouterr().err


def test_amounts_that_are_too_fine_are_refused(tour: Path, capsys: pytest.CaptureFixture[str]) -> None:
    text = (tour / "degree.attain").read_text(encoding="utf-8")
    own = 'change study by 1 to 5_000 "Study"\n  raises credits(core) by 1\n  cost 1 EUR each\n'
    (tour / "degree.attain").write_text(f"{text}\n{own}", encoding="utf-8")
    assert main(["asp", "degree.attain", "ana", "--plan", "--for", "bachelor"]) == 2
    assert "their amounts are too fine" in capsys.readouterr().err


@pytest.mark.usefixtures("tour")
def test_sums_over_choices_that_cannot_be_grounded_are_refused(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(printing, "GROUNDING_SECONDS", 0.001)
    assert main(["asp", "degree.attain", "ana", "--plan", "--for", "bachelor"]) == 2
    assert "can come to too many values" in capsys.readouterr().err
