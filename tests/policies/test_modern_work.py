"""Modern Work: every figure of its source, through the compiled policy and `assess`."""

from __future__ import annotations

import datetime
import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path

import pytest
from tests.seeds import of_each

from attain_compiler.model.program import Example, Program
from attain_engine.assess.assess import assess
from attain_engine.assess.models import Assessment, Part, Track
from attain_engine.check.examples import run_example
from attain_engine.facts.load import load_facts
from attain_engine.policies import read_policy

POLICIES = Path(__file__).parents[2] / "policies"
DASHBOARD = POLICIES / "facts" / "dashboard.json"
LAST_DAY_OF_JUNE = datetime.date(2024, 6, 30)


@cache
def compiled(name: str) -> Program:
    read = read_policy(str(POLICIES / f"{name}.attain"))
    assert read.program is not None, read.diagnostics
    return read.program


def assessed(*sets: str, facts: Path | None = DASHBOARD, readings: Mapping[str, str] | None = None) -> Assessment:
    program = compiled("modern_work")
    known, problems = load_facts(program, facts, sets=sets)
    assert known is not None, problems
    chosen = {f"modern_work.{reading}": alternative for reading, alternative in (readings or {}).items()}
    return assess(program, known, LAST_DAY_OF_JUNE, chosen)


def track(assessment: Assessment, name: str) -> Track:
    return next(each for each in assessment.designations[0].tracks if each.name == name)


def part(assessment: Assessment, track_name: str, part_name: str) -> Part:
    return next(each for each in track(assessment, track_name).scores[0].parts if each.name == part_name)


# ---------------------------------------------------------------- the policy itself


def test_the_policy_compiles_without_a_mistake_or_a_doubt() -> None:
    assert read_policy(str(POLICIES / "modern_work.attain")).diagnostics == ()


def examples() -> list[tuple[str, Example]]:
    beside = ("modern_work_examples", "modern_work_boundary_examples")
    return [(policy, example) for policy in beside for example in compiled(policy).examples.values()]


@of_each(examples(), "example")
def test_the_examples_come_true(example: tuple[str, Example]) -> None:
    policy, of_it = example
    assert run_example(compiled(policy), of_it).failures == ()


def test_every_item_of_the_source_is_cited() -> None:
    text = (POLICIES / "modern_work.attain").read_text("utf-8")
    cited = {int(number) for number in re.findall(r"\bsource S4-([0-9]{2})\b", text)}
    assert set(range(1, 36)) - cited == set()


@pytest.mark.parametrize(
    ("reading", "default"),
    [
        ("qualifying_threshold", "at_least"),
        ("points_in_each_metric", "more_than_zero"),
        ("highest_scores", "by_total"),
        ("net_adds_of", "tenants"),
        ("counted_workloads", "all_eligible"),
        ("promoted_tenants", "as_they_are"),
        ("certification_list", "as_printed"),
        ("prerequisite", "on_completion"),
        ("forty_percent", "reached"),
        ("deployment_use", "all_workloads"),
        ("already_over", "over_40"),
        ("renewed_association", "goes_on"),
    ],
)
def test_an_ambiguity_has_a_default_with_a_reason(reading: str, default: str) -> None:
    declared = compiled("modern_work").readings[f"modern_work.{reading}"]
    chosen = next(each for each in declared.alternatives if each.name == declared.default)
    assert chosen.name == default
    assert chosen.notes.because


# ---------------------------------------------------------------- the dashboard


def test_the_dashboard_has_27_5_points_on_the_better_path() -> None:
    found = assessed()
    assert track(found, "smb").total == "27.5"
    assert track(found, "smb").chosen
    assert not track(found, "enterprise").chosen
    assert found.verdict == "failed"


@pytest.mark.parametrize(
    ("name", "points", "maximum"),
    [
        ("net_customer_adds", "0", "20"),
        ("intermediate", "10", "10"),
        ("advanced", "15", "15"),
        ("usage_growth", "0", "30"),
        ("deployments", "2.5", "25"),
    ],
)
def test_the_parts_of_the_dashboard(name: str, points: str, maximum: str) -> None:
    found = part(assessed(), "smb", name)
    assert (found.points, found.maximum) == (points, maximum)


@pytest.mark.parametrize(
    ("customers", "users", "total", "verdict"),
    [
        (66, 5_499, "70", "met"),
        (66, 5_498, "69.985", "failed"),
        (65, 5_499, "68", "failed"),
        (69, 5_599, "77.5", "met"),
    ],
)
def test_what_is_added_to_the_dashboard(customers: int, users: int, total: str, verdict: str) -> None:
    found = assessed(f"net_adds.smb={customers - 59}", f"growth.smb.csp={users - 3_599}")
    assert track(found, "smb").total == total
    assert found.verdict == verdict


def test_seventy_points_do_not_surpass_seventy() -> None:
    found = assessed("net_adds.smb=7", "growth.smb.csp=1900", readings={"qualifying_threshold": "surpassing"})
    assert found.verdict == "failed"


@pytest.mark.parametrize(("reading", "verdict"), [("more_than_zero", "met"), ("one_point", "failed")])
def test_half_a_point_in_a_metric(reading: str, verdict: str) -> None:
    # 20 for customers, 25 for people, 25 for deployments and 0.495 for a growth of 33
    found = assessed(
        "net_adds.smb=10",
        "new_deployments.smb.csp=10",
        "growth.smb.csp=33",
        readings={"points_in_each_metric": reading},
    )
    assert track(found, "smb").total == "70.495"
    assert found.verdict == verdict


@pytest.mark.parametrize(("reading", "verdict"), [("by_total", "failed"), ("either_path", "met")])
def test_a_better_path_that_fails_beside_one_that_qualifies(reading: str, verdict: str) -> None:
    found = assessed(
        "net_adds.enterprise=5",
        "certified.intermediate=4",
        "certified.advanced=2",
        "growth.enterprise.cpor=1000",
        "net_adds.smb=7",
        "growth.smb.csp=1900",
        readings={"highest_scores": reading},
    )
    assert track(found, "enterprise").total.startswith("75") or reading == "either_path"
    assert found.verdict == verdict


# ---------------------------------------------------------------- the source's figures, on a dashboard


@pytest.mark.parametrize(
    ("setting", "track_name", "part_name", "points"),
    [
        # S4-06
        ("net_adds.enterprise=1", "enterprise", "net_customer_adds", "4"),
        ("net_adds.enterprise=5", "enterprise", "net_customer_adds", "20"),
        ("net_adds.enterprise=6", "enterprise", "net_customer_adds", "20"),
        ("net_adds.smb=1", "smb", "net_customer_adds", "2"),
        ("net_adds.smb=10", "smb", "net_customer_adds", "20"),
        ("net_adds.smb=-5", "smb", "net_customer_adds", "0"),
        # S4-13
        ("certified.intermediate=1", "enterprise", "intermediate", "2.5"),
        ("certified.intermediate=4", "enterprise", "intermediate", "10"),
        ("certified.intermediate=1", "smb", "intermediate", "5"),
        ("certified.intermediate=2", "smb", "intermediate", "10"),
        ("certified.advanced=1", "enterprise", "advanced", "7.5"),
        ("certified.advanced=2", "enterprise", "advanced", "15"),
        ("certified.advanced=1", "smb", "advanced", "15"),
        # S4-20, S4-23
        ("growth.enterprise.cpor=1000", "enterprise", "usage_growth", "30"),
        ("growth.enterprise.cpor=1", "enterprise", "usage_growth", "0.03"),
        ("growth.enterprise.dpor=4000", "enterprise", "usage_growth", "30"),
        ("growth.enterprise.dpor=2000", "enterprise", "usage_growth", "15"),
        ("growth.smb.cpor=500", "smb", "usage_growth", "30"),
        ("growth.smb.cpor=1", "smb", "usage_growth", "0.06"),
        ("growth.smb.csp=2000", "smb", "usage_growth", "30"),
        ("growth.smb.csp=1", "smb", "usage_growth", "0.015"),
        # S4-28
        ("new_deployments.enterprise.cpor=1", "enterprise", "deployments", "5"),
        ("new_deployments.enterprise.dpor=1", "enterprise", "deployments", "2.5"),
        ("new_deployments.enterprise.dpor=10", "enterprise", "deployments", "25"),
        ("new_deployments.smb.cpor=5", "smb", "deployments", "25"),
        ("new_deployments.smb.csp=10", "smb", "deployments", "25"),
    ],
)
def test_the_points_of_a_metric(setting: str, track_name: str, part_name: str, points: str) -> None:
    assert part(assessed(setting), track_name, part_name).points == points


@pytest.mark.parametrize(
    ("csp", "cpor", "points"),
    [(4, 3, "15"), (4, 4, "20")],
    ids=["as the text says", "as the computation says"],
)
def test_the_printed_deployments_of_the_smb_path(csp: int, cpor: int, points: str) -> None:
    found = assessed(f"new_deployments.smb.csp={csp}", f"new_deployments.smb.cpor={cpor}")
    assert part(found, "smb", "deployments").points == points
