"""Plans for Modern Work: what each change of the policy does, and the two organisations that come with it."""

from __future__ import annotations

import datetime
import json
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from attain_compiler.model.program import Program
from attain_engine.facts.load import load_facts
from attain_engine.plan.models import OnePlan, Plan, PlanStep
from attain_engine.plan.plan import Wishes, plan
from attain_engine.policies import read_policy

POLICIES = Path(__file__).parents[2] / "policies"
ON = datetime.date(2024, 6, 30)

NOTHING = {
    "net_adds": {"enterprise": 0, "smb": 0},
    "certified": {"intermediate": 0, "advanced": 0},
    "growth": {"enterprise": {"cpor": 0, "dpor": 0}, "smb": {"cpor": 0, "csp": 0}},
    "new_deployments": {"enterprise": {"cpor": 0, "dpor": 0}, "smb": {"cpor": 0, "csp": 0}},
}
"""Every measure of a dashboard at 0; a test leaves out what its rows should give."""


@cache
def program() -> Program:
    found = read_policy(str(POLICIES / "modern_work.attain")).program
    assert found is not None
    return found


def planned(path: Path, wishes: Wishes | None = None) -> Plan:
    facts, problems = load_facts(program(), path)
    assert facts is not None, problems
    return plan(program(), facts, ON, wishes=wishes or Wishes())


@cache
def planned_for_example(name: str) -> Plan:
    return planned(POLICIES / "facts" / name)


def plan_from(folder: Path, rows: Mapping[str, Any], given: Mapping[str, Any], wishes: Wishes | None = None) -> Plan:
    path = folder / "facts.json"
    path.write_text(json.dumps({"facts": rows, "given": given}), "utf-8")
    return planned(path, wishes)


def only(found: Plan) -> OnePlan:
    assert found.status == "proved"
    assert len(found.plans) == 1
    return found.plans[0]


def units(found: Plan) -> dict[str, int]:
    return {step.change.rpartition(".")[2]: step.units for step in only(found).steps}


# ---------------------------------------------------------------- the dashboard


def test_the_cheapest_way_from_the_dashboard_is_proved() -> None:
    found = planned_for_example("dashboard.json")
    assert units(found) == {"win_customers": 66, "activate_users": 5_499}


def test_it_costs_66_customers_and_5_499_active_users() -> None:
    assert only(planned_for_example("dashboard.json")).cost_exact.number == str(66 * 4_000 + 5_499 * 20)


def test_after_it_there_are_exactly_70_points() -> None:
    after = only(planned_for_example("dashboard.json")).after[0]
    assert (after.verdict, after.track, after.total) == ("met", "smb", "70")


@pytest.mark.parametrize("step", [0, 1])
def test_each_step_is_needed(step: int) -> None:
    assert only(planned_for_example("dashboard.json")).steps[step].without


# ---------------------------------------------------------------- the rows of Northwind


def northwind() -> OnePlan:
    return only(planned_for_example("northwind"))


def northwind_steps(change: str) -> list[PlanStep]:
    return [each for each in northwind().steps if each.change.rpartition(".")[2] == change]


def test_northwind_qualifies_by_certificates_customers_and_usage_together() -> None:
    assert {each.change.rpartition(".")[2] for each in northwind().steps} == {"certify", "win_tenant", "activate"}


def test_northwind_needs_an_expert_who_is_one_exam_away() -> None:
    """Ten hold a prerequisite; those of some lapse before the expert's certificate could be earned, the later it is
    begun the more. Whoever earns one by the plan's other certificate may be among them."""
    expert = next(
        each for each in northwind_steps("certify") if each.arguments["c"] == "enterprise_administrator_expert"
    )
    assert 8 <= len(expert.any_of) <= 10


def test_northwind_qualifies_on_the_day_its_plan_is_ready() -> None:
    after = northwind().after[0]
    assert (northwind().ready, after.verdict, after.track) == (datetime.date(2024, 9, 30), "met", "smb")


def test_northwind_wins_four_customers() -> None:
    assert [each.units for each in northwind_steps("win_tenant")] == [4]


def test_the_growth_of_northwind_is_in_autumn_what_it_was_in_june() -> None:
    """Its use stood still until September 2023 and goes on as in May 2024."""
    assert sum(each.units for each in northwind_steps("activate")) == 74
    assert northwind().cost_exact.number == "20180"


# ---------------------------------------------------------------- each change

FULL_BUT_PEOPLE = {
    "net_adds": {"enterprise": 0, "smb": 10},
    "growth": {"enterprise": {"cpor": 0, "dpor": 0}, "smb": {"cpor": 500, "csp": 0}},
    "new_deployments": {"enterprise": {"cpor": 0, "dpor": 0}, "smb": {"cpor": 5, "csp": 0}},
}


def test_an_expert_needs_a_prerequisite_which_may_count_itself(tmp_path: Path) -> None:
    found = plan_from(tmp_path, {"Employee": [{"person": "ana"}], "Certificate": []}, FULL_BUT_PEOPLE)
    assert {step.arguments["c"] for step in only(found).steps} in (
        {"endpoint_administrator", "enterprise_administrator_expert"},
        {"identity_and_access_administrator", "enterprise_administrator_expert"},
    )
    assert only(found).cost_exact.number == "2700"


def test_the_plan_is_ready_when_the_longest_preparation_is(tmp_path: Path) -> None:
    found = plan_from(tmp_path, {"Employee": [{"person": "ana"}], "Certificate": []}, FULL_BUT_PEOPLE)
    assert only(found).ready == ON + datetime.timedelta(weeks=12)


def test_only_employees_can_be_certified(tmp_path: Path) -> None:
    held = [{"holder": "ana", "certification": "endpoint_administrator", "earned": "2024-01-01"}]
    found = plan_from(tmp_path, {"Employee": [], "Certificate": held}, FULL_BUT_PEOPLE)
    assert found.status == "impossible"


def test_a_certificate_that_lapsed_can_be_earned_again(tmp_path: Path) -> None:
    held = [
        {"holder": "ana", "certification": kind, "earned": "2022-01-01", "expires": "2024-06-30"}
        for kind in ("endpoint_administrator", "enterprise_administrator_expert")
    ]
    found = plan_from(tmp_path, {"Employee": [{"person": "ana"}], "Certificate": held}, FULL_BUT_PEOPLE)
    assert only(found).cost_exact.number == "2700"


@pytest.mark.parametrize(
    ("track", "others", "customers", "cost"),
    [
        ("smb", {"growth": {"enterprise": {"cpor": 0, "dpor": 0}, "smb": {"cpor": 500, "csp": 0}}}, 1, 4_000),
        ("enterprise", {"growth": {"enterprise": {"cpor": 1_000, "dpor": 0}, "smb": {"cpor": 0, "csp": 0}}}, 1, 30_000),
    ],
)
def test_a_customer_won_is_a_net_customer_add(
    tmp_path: Path, track: str, others: dict[str, Any], customers: int, cost: int
) -> None:
    deployments = {each: {"cpor": 5 if each == track else 0, "dpor" if each == "enterprise" else "csp": 0}
                   for each in ("enterprise", "smb")}  # fmt: skip
    given = {"certified": {"intermediate": 4, "advanced": 2}, **others, "new_deployments": deployments}
    usage = {"tenant": "old", "workload": "other", "association": "cpor", "associated": "2020-01-01",
             "month": "2024-05", "paid_seats": 5, "active_users": 5}  # fmt: skip
    found = plan_from(tmp_path, {"Usage": [usage]}, given)
    assert units(found) == {"win_tenant": customers}
    assert only(found).cost_exact.number == str(cost)


A_YEAR = (*(f"2023-{month:02}" for month in range(5, 13)), *(f"2024-{month:02}" for month in range(1, 5)))
"""The months against which last month is measured, now and in the year to come."""


def usage_rows(seats: int, before: int, now: int, associated: str = "2020-01-01") -> list[dict[str, Any]]:
    return [
        {"tenant": "a", "workload": "teams", "association": "cpor", "associated": associated, "month": month,
         "paid_seats": seats, "active_users": active}
        for month, active in (*((each, before) for each in A_YEAR), ("2024-05", now))
    ]  # fmt: skip


def test_users_are_activated_until_40_percent_of_the_seats_are_in_use(tmp_path: Path) -> None:
    given = {key: value for key, value in NOTHING.items() if key not in ("new_deployments",)} | {
        "net_adds": {"enterprise": 0, "smb": 10},
        "certified": {"intermediate": 2, "advanced": 1},
        "growth": {"enterprise": {"cpor": 0, "dpor": 0}, "smb": {"cpor": 500, "csp": 0}},
    }
    found = plan_from(tmp_path, {"Usage": usage_rows(200, 70, 70)}, given)
    assert units(found) == {"activate": 10}


def test_no_more_users_are_activated_than_seats_are_paid(tmp_path: Path) -> None:
    given = {
        "net_adds": {"enterprise": 0, "smb": 10},
        "certified": {"intermediate": 2, "advanced": 1},
        "new_deployments": {"enterprise": {"cpor": 0, "dpor": 0}, "smb": {"cpor": 4, "csp": 0}},
    }
    soon = Wishes(by=datetime.date(2024, 9, 30))
    reached = plan_from(tmp_path, {"Usage": usage_rows(200, 100, 116)}, given, soon)
    assert units(reached) == {"activate": 68}  # 84 more than a year ago: 5.04 points on top of 20, 25 and 20
    missed = plan_from(tmp_path, {"Usage": usage_rows(183, 100, 116)}, given, soon)
    assert missed.status == "impossible"


def test_a_customer_taken_over_last_month_cannot_grow_yet(tmp_path: Path) -> None:
    given = {
        "net_adds": {"enterprise": 0, "smb": 10},
        "certified": {"intermediate": 2, "advanced": 1},
        "new_deployments": {"enterprise": {"cpor": 0, "dpor": 0}, "smb": {"cpor": 5, "csp": 0}},
    }
    found = plan_from(tmp_path, {"Usage": usage_rows(200, 0, 20, associated="2024-05-02")}, given)
    # In July the month of its association is no longer the last one: what is activated then is growth.
    assert only(found).steps[0].start == datetime.date(2024, 7, 1)


def test_deployments_can_be_added_to_a_dashboard(tmp_path: Path) -> None:
    given = NOTHING | {
        "net_adds": {"enterprise": 0, "smb": 10},
        "certified": {"intermediate": 2, "advanced": 1},
        "growth": {"enterprise": {"cpor": 0, "dpor": 0}, "smb": {"cpor": 0, "csp": 1_000}},
    }
    rows = {"Prospect": [{"track": "smb", "option": "csp", "deployments": 9}]}
    found = plan_from(tmp_path, rows, given)
    assert units(found) == {"deploy": 4}
    assert only(found).cost_exact.number == str(4 * 8_000)


def test_no_more_is_won_than_the_prospects_say(tmp_path: Path) -> None:
    given = NOTHING | {"certified": {"intermediate": 2, "advanced": 1}}
    rows = {"Prospect": [{"track": "smb", "option": "csp", "customers": 10, "active_users": 1_333, "deployments": 2}]}
    assert plan_from(tmp_path, rows, given).status == "impossible"
