"""Each paragraph of the source documents is carried by a policy, or it is said why it decides nothing."""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path
from types import ModuleType

import pytest

from attain_engine.policies import read_policy

ROOT = Path(__file__).parents[2]


def _generator() -> ModuleType:
    spec = importlib.util.spec_from_file_location("generate_sources", ROOT / "docs" / "generate_sources.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


sources = _generator()
ITEMS = sources.items()
PLACES = sources.places()
REASONS = sources.reasons()


def test_every_item_is_carried_or_accounted_for() -> None:
    assert [item.id for item in ITEMS if item.id not in PLACES and item.id not in REASONS] == []


@pytest.mark.parametrize("item", [each for each in ITEMS if "E" in each.kinds], ids=lambda item: item.id)
def test_a_worked_example_of_a_source_is_an_example_of_a_policy(item: object) -> None:
    texts = [
        (sources.POLICIES / place.file).read_text(encoding="utf-8").splitlines()[place.line - 1 - back]
        for place in PLACES[item.id]  # type: ignore[attr-defined]
        for back in (0, 1)
    ]
    assert any(text.startswith("example ") for text in texts)


def test_there_are_267_items_and_none_twice() -> None:
    assert len(ITEMS) == 267
    assert len({item.id for item in ITEMS}) == 267


def test_every_citation_is_of_an_item() -> None:
    assert set(PLACES) <= {item.id for item in ITEMS}


def test_every_reason_is_for_an_item_that_no_policy_carries() -> None:
    assert set(REASONS) <= {item.id for item in ITEMS} - set(PLACES)


def test_the_page_is_the_generated_one() -> None:
    assert sources.PAGE.read_text(encoding="utf-8") == sources.page(), "run `python docs/generate_sources.py`"


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ('  silver 1  source S1-07 recovered from "a page", "b"\n', [(1, "a page"), (1, "b")]),
        ('  # recovered from "a"\nx "recovered from" recovered from "c" because "d"', [(2, "c")]),
        ('  because "recovered from \\"a\\""', []),
    ],
)
def test_only_notes_say_where_a_figure_was_found(text: str, found: list[tuple[int, str]]) -> None:
    assert list(sources.recovered_in(text)) == found


@pytest.mark.parametrize(
    ("parameter", "figures"),
    [
        ("cloud_platform.azure_consumption_needed", 12),
        ("cloud_platform.cloud_platform_individuals_needed", 2),
        ("cloud_productivity.office_365_professionals_needed", 2),
        ("cloud_crm.crm_revenue_needed", 8),
        ("cloud_crm.crm_individuals_needed", 2),
        ("data_analytics.power_bi_seats_needed", 2),
        ("data_analytics.specialists_needed", 2),
        ("data_analytics.beginners_needed", 2),
        ("data_analytics.business_intelligence_needed", 2),
        ("enterprise_mobility_management.new_ems_customers_needed", 4),
        ("enterprise_mobility_management.ems_active_entitlements_needed", 4),
        ("enterprise_mobility_management.mobility_professionals_needed", 2),
        ("small_midmarket_cloud_solutions.new_office_365_customers_needed", 4),
        ("small_midmarket_cloud_solutions.office_365_seats_needed", 6),
        ("windows_devices.surface_hubs_needed", 2),
        ("windows_devices.windows_individuals_needed", 2),
        ("partner_contribution_indicators.revenue_threshold", 4),
        ("partner_contribution_indicators.customer_adds_threshold", 4),
        ("partner_contribution_indicators.consultants_threshold", 8),
        ("partner_contribution_indicators.developers_threshold", 4),
        ("partner_contribution_indicators.deployments_threshold", 4),
        ("partner_contribution_indicators.user_growth_threshold", 4),
        ("partner_contribution_indicators.score_needed", 2),
    ],
)
def test_a_figure_that_its_source_lost_says_where_it_was_found(parameter: str, figures: int) -> None:
    policy, _, name = parameter.partition(".")
    program = read_policy(str(ROOT / "policies" / f"{policy}.attain")).program
    assert program is not None
    table = program.tables[f"{policy}.{name}"]
    found = [entry for entry in table.entries if table.notes.recovered or entry.notes.recovered]
    assert len(found) == len(table.entries) == figures


@pytest.mark.parametrize(
    ("text", "cited"),
    [
        ('  source S2-05, "the text of S2-06"', [(1, "S2-05")]),
        ('example "S2-09" source S2-42, S2-43', [(1, "S2-42"), (1, "S2-43")]),
        ("# source S2-05", []),
        ('part x "a" up to 1 # of S2-05\n  source S2-06', [(2, "S2-06")]),
    ],
)
def test_only_notes_are_citations(text: str, cited: list[tuple[int, str]]) -> None:
    assert list(sources.cited_in(text)) == cited
