"""The row-level organisation that comes with Modern Work: what counts in it, what does not, and why."""

from __future__ import annotations

import csv
import datetime
import importlib.util
import sys
from functools import cache
from pathlib import Path

import pytest

from attain_engine.assess.assess import assess
from attain_engine.assess.models import Assessment, MeasureUse
from attain_engine.facts.load import load_facts
from attain_engine.policies import read_policy

POLICIES = Path(__file__).parents[2] / "policies"
NORTHWIND = POLICIES / "facts" / "northwind"


def rows(table: str) -> list[dict[str, str]]:
    with (NORTHWIND / f"{table}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@cache
def assessment() -> Assessment:
    program = read_policy(str(POLICIES / "modern_work.attain")).program
    assert program is not None
    facts, problems = load_facts(program, NORTHWIND)
    assert facts is not None, problems
    return assess(program, facts, datetime.date(2024, 6, 30))


def measure(call: str) -> MeasureUse:
    return next(each for each in assessment().measures if each.call == call)


def reasons(call: str) -> list[str]:
    return [each.reason for each in measure(call).groups]


def test_the_generator_writes_the_same_files_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    spec = importlib.util.spec_from_file_location("generate_northwind", POLICIES / "generate_northwind.py")
    assert spec is not None
    assert spec.loader is not None
    generator = importlib.util.module_from_spec(spec)
    monkeypatch.setitem(sys.modules, spec.name, generator)
    spec.loader.exec_module(generator)
    generator.write(tmp_path)
    written = {path.name: path.read_bytes() for path in tmp_path.iterdir()}
    assert written == {path.name: path.read_bytes() for path in NORTHWIND.glob("*.csv")}


def test_it_has_forty_people_with_certificates_and_sixty_customers_over_thirteen_months() -> None:
    assert len({row["holder"] for row in rows("Certificate")}) >= 40
    assert len({row["tenant"] for row in rows("Usage")}) == 60
    assert len({row["month"] for row in rows("Usage")}) == 13


@pytest.mark.parametrize("seats", ["10", "11", "300", "301"])
def test_a_customer_stands_at_the_edge_of_a_band(seats: str) -> None:
    assert any(row["paid_seats"] == seats and row["month"] == "2024-05" for row in rows("Usage"))


def test_it_does_not_qualify_yet() -> None:
    assert assessment().verdict == "failed"


@pytest.mark.parametrize("reason", ["trial seats: only paid seats count", "before the association with the customer"])
def test_rows_are_left_out_everywhere_by_name(reason: str) -> None:
    assert reason in [each.reason for each in assessment().excluded]


def test_a_deployment_that_was_taken_over_is_left_out_by_name() -> None:
    assert "over 40% already at the association in the past 12 months" in reasons("deployments(smb, cpor, 2024-05)")


@pytest.mark.parametrize(
    "reason",
    [
        "not: c.expires later than assessment date",
        "not: eligible_for(c.certification, level)",
        "not: One of its prerequisites is met",
    ],
)
def test_a_certificate_that_does_not_count_says_why(reason: str) -> None:
    assert reason in [*reasons("certified(intermediate)"), *reasons("certified(advanced)")]


@pytest.mark.parametrize(
    "reason",
    [
        "month is not 2024-05",
        "not: u.workload in eligible_workloads",
        "not: option_of(u.association) in options(t)",
        "not: A tenant with a workload of the right size",
    ],
)
def test_a_workload_that_does_not_count_says_why(reason: str) -> None:
    assert reason in reasons("tenants(smb, 2024-05)")
