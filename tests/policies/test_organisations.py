"""The organisations that come with the policies: what `docs/organisations.md` says of each."""

from __future__ import annotations

import datetime
import importlib.util
import sys
from functools import cache
from pathlib import Path

import pytest

from attain_compiler.model.program import Program
from attain_engine.assess.assess import assess
from attain_engine.assess.models import Assessment
from attain_engine.facts.load import load_facts
from attain_engine.plan.models import Plan
from attain_engine.plan.plan import Target, Wishes, plan
from attain_engine.policies import read_policy

POLICIES = Path(__file__).parents[2] / "policies"
FACTS = POLICIES / "facts"
ORGANISATIONS = ("adatum", "contoso", "fabrikam", "litware", "proseware", "tailspin", "woodgrove")


@cache
def compiled(policy: str) -> Program:
    read = read_policy(str(POLICIES / f"{policy}.attain"))
    assert read.program is not None, read.diagnostics
    return read.program


@cache
def assessed(policy: str, organisation: str) -> Assessment:
    facts, problems = load_facts(compiled(policy), FACTS / organisation)
    assert facts is not None, problems
    assert facts.as_of is not None
    return assess(compiled(policy), facts, facts.as_of)


@pytest.mark.parametrize("organisation", ORGANISATIONS)
def test_the_generator_writes_the_same_files_again(
    organisation: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    spec = importlib.util.spec_from_file_location("generate_organisations", POLICIES / "generate_organisations.py")
    assert spec is not None
    assert spec.loader is not None
    generator = importlib.util.module_from_spec(spec)
    monkeypatch.setitem(sys.modules, spec.name, generator)
    spec.loader.exec_module(generator)
    generator.main(tmp_path)
    written = {path.name: path.read_text(encoding="utf-8") for path in (tmp_path / organisation).iterdir()}
    assert written == {path.name: path.read_text(encoding="utf-8") for path in (FACTS / organisation).iterdir()}


@pytest.mark.parametrize(
    ("policy", "organisation", "verdict", "award"),
    [
        ("partner_contribution_indicators", "fabrikam", "failed", ""),
        ("cloud_platform", "contoso", "met", "silver"),
        ("renewal", "contoso", "failed", ""),
        ("small_midmarket_cloud_solutions", "tailspin", "met", "silver"),
        ("enterprise_mobility_management", "woodgrove", "met", "gold"),
        ("cloud_productivity", "woodgrove", "met", "silver"),
        ("cloud_platform", "adatum", "undetermined", ""),
        ("partner_contribution_indicators", "litware", "met", "silver"),
        ("windows_devices", "proseware", "met", "silver"),
    ],
)
def test_the_verdict_and_the_award(policy: str, organisation: str, verdict: str, award: str) -> None:
    designation = next(each for each in assessed(policy, organisation).designations if each.name != "insights")
    assert (designation.verdict, designation.award) == (verdict, award)


@pytest.mark.parametrize(
    ("part", "points"),
    [
        ("net_new_revenue", "about 6.853333"),
        ("net_customer_adds", "6"),
        ("functional_consultants", "12"),
        ("functional_consultant_growth", "0"),
        ("developers", "3"),
        ("new_large_deployments", "12"),
        ("monthly_active_user_growth", "about 14.097222"),
    ],
)
def test_the_points_of_fabrikam(part: str, points: str) -> None:
    tracks = assessed("partner_contribution_indicators", "fabrikam").designations[0].tracks
    score = next(each for each in tracks if each.chosen).scores[0]
    assert next(each for each in score.parts if each.name == part).points == points


@pytest.mark.parametrize(
    ("requirement", "verdict"),
    [
        ("contact", "met"),
        ("window", "met"),
        ("catalogue", "met"),
        ("cloud_platform", "failed"),
        ("small_midmarket_cloud_solutions", "met"),
        ("cloud_productivity", "met"),
        ("cloud_crm", "met"),
        ("enterprise_mobility_management", "met"),
        ("data_analytics", "met"),
        ("windows_devices", "met"),
        ("hosting", "met"),
        ("cloud_business_applications", "met"),
        ("others", "met"),
        ("satisfaction", "met"),
        ("references", "failed"),
    ],
)
def test_the_renewal_of_contoso(requirement: str, verdict: str) -> None:
    requirements = assessed("renewal", "contoso").designations[0].tracks[0].requirements
    assert next(each for each in requirements if each.path == requirement).verdict == verdict


def planned(policy: str, organisation: str, tier: str | None, by: str | None = None) -> Plan:
    program = compiled(policy)
    facts, problems = load_facts(program, FACTS / organisation)
    assert facts is not None, problems
    assert facts.as_of is not None
    day = datetime.date.fromisoformat(by) if by else None
    targets = [Target(each, tier) for each in program.designations.values() if each.id.startswith(f"{policy}.")]
    return plan(program, facts, facts.as_of, targets=targets[:1], wishes=Wishes(by=day, time_limit=60))


@pytest.mark.parametrize(
    ("policy", "organisation", "tier", "cost"),
    [
        ("partner_contribution_indicators", "fabrikam", "silver", "2575"),
        ("partner_contribution_indicators", "fabrikam", "gold", "173575"),
        ("cloud_productivity", "woodgrove", "gold", "12165"),
        ("small_midmarket_cloud_solutions", "tailspin", "gold", "50895"),
        ("windows_devices", "proseware", "gold", "4730"),
    ],
)
def test_the_cheapest_plan(policy: str, organisation: str, tier: str | None, cost: str) -> None:
    found = planned(policy, organisation, tier)
    assert found.status == "proved"
    assert found.plans[0].cost_exact.number == cost


def test_the_plan_of_contoso_pays_the_fee_that_lapses_before_it_is_ready() -> None:
    """Consumption takes 90 days to win; the fee was paid until the anniversary, 34 days before that."""
    found = planned("cloud_platform", "contoso", "gold")
    assert found.status in ("proved", "best found")  # the proof takes 4 s where nothing else runs
    assert (found.plans[0].cost_exact.number, found.plans[0].ready) == ("10730", datetime.date(2019, 2, 13))


def test_in_november_it_is_too_late_for_contoso_to_renew() -> None:
    found = planned("renewal", "contoso", None, by="2019-02-13")
    assert found.plans == ()
    assert "6,400 USD would do; but on 2019-02-13" in found.reasons[-1]


def test_one_plan_for_several_competencies_uses_what_they_share() -> None:
    program = compiled("cloud_competencies")
    facts, _ = load_facts(program, FACTS / "woodgrove")
    assert facts is not None
    wanted = (
        ("cloud_platform", "silver"),
        ("small_midmarket_cloud_solutions", "gold"),
        ("cloud_productivity", "gold"),
    )
    targets = [Target(program.designations[f"{name}.{name}"], tier) for name, tier in wanted]
    found = plan(program, facts, datetime.date(2018, 6, 15), targets=targets)
    assert found.status == "proved"
    assert found.plans[0].cost_exact.number == "62165"


@pytest.mark.parametrize(
    ("policy", "known", "cost"),
    [
        ("cloud_platform", ("azure_consumption=15000 USD", "cloud_platform_individuals=1"), "1530"),
        ("windows_devices", ("assessed.windows_10_deployment_assessment=2",), "1670"),
        ("data_analytics", ("data_analytics_specialists=1",), "1670"),
    ],
)
def test_before_october_2017_a_plan_pays_the_subsidised_fee_for_a_cloud_competency_only(
    policy: str, known: tuple[str, ...], cost: str, tmp_path: Path
) -> None:
    (tmp_path / "facts.json").write_text(
        '{"closed": true, "facts": {"Organization": [{"market": "developed"}]}}', encoding="utf-8"
    )
    program = compiled(policy)
    facts, problems = load_facts(program, tmp_path / "facts.json", sets=("usable_references=3", *known))
    assert facts is not None, problems
    target = Target(program.designations[f"{policy}.{policy}"], "silver")
    found = plan(program, facts, datetime.date(2017, 6, 15), targets=[target])
    assert (found.status, found.plans[0].cost_exact.number) == ("proved", cost)
