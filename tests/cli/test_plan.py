"""`attain plan`."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli.conftest import Attain, Write
from tests.cli.policies import ENOUGH, FUND, SHORT


@pytest.fixture(autouse=True)
def _files(write: Write) -> None:
    for name, content in {"fund.attain": FUND, "short.json": SHORT, "enough.json": ENOUGH}.items():
        write(name, content)


def test_the_least_plan_is_shown_and_proved(attain: Attain) -> None:
    result = attain("plan", "fund.attain", "short.json")
    assert (result.code, result.err) == (0, "")
    assert "Plan: proved minimal, 115 EUR, 2 changes, ready 2024-07-28" in result.out
    assert "Win 1 members" in result.out
    assert "Pay 1 hundred euros more" in result.out


def test_who_qualifies_needs_no_plan(attain: Attain) -> None:
    result = attain("plan", "fund.attain", "enough.json")
    assert result.code == 0
    assert "certify" not in result.out


def test_json_has_the_cost_exactly(attain: Attain) -> None:
    document = json.loads(attain("plan", "fund.attain", "short.json", "--output-format", "json").out)
    assert (document["format_version"], document["status"], document["plans"][0]["cost_exact"]["number"]) == (
        1,
        "proved",
        "115",
    )


@pytest.mark.parametrize(
    "arguments",
    [("--budget", "100"), ("--forbid", "recruit"), ("--by", "2024-07-01")],
    ids=["budget", "forbidden", "too soon"],
)
def test_a_wish_that_cannot_be_met_is_a_proved_no(attain: Attain, arguments: tuple[str, ...]) -> None:
    result = attain("plan", "fund.attain", "short.json", *arguments)
    assert result.code == 1
    assert " (proved)." in result.out


def test_a_budget_can_name_the_currency_of_the_costs(attain: Attain) -> None:
    assert attain("plan", "fund.attain", "short.json", "--budget", "1_500 EUR").code == 0


def test_a_plan_can_be_for_a_later_date(attain: Attain) -> None:
    assert attain("plan", "fund.attain", "short.json", "--by", "2024-08-01").code == 0


def test_a_reading_changes_the_plan(attain: Attain) -> None:
    out = attain("plan", "fund.attain", "short.json", "--reading", "least_share=table").out
    assert "615 EUR" in out


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("--forbid", "recuit"), "recuit"),
        (("--require", "recuit"), "recuit"),
        (("--for", "fnd"), "there is no designation `fnd`"),
        (("--for", "fund:gold"), "`fund` has no tier `gold`"),
        (("--minimize", "beauty"), "cost, changes, time"),
        (("--minimize", "cost,cost"), "each once"),
        (("--budget", "much"), "is not an amount"),
        (("--budget", "²"), "is not an amount"),
        (("--budget", "1,500"), "is not an amount"),
        (("--budget", "-1"), "is below 0"),
        (("--budget", "-0.5 USD"), "is below 0"),
        (("--budget", "500 CHF"), "the costs are in EUR"),
        (("--require", "recruit", "--forbid", "recruit"), "both required and forbidden"),
        (("--by", "2024-06-29"), "is before the assessment date, 2024-06-30"),
        (("--by", "soon"), "is not a date"),
        (("--show", "0"), "0"),
        (("--time-limit", "0"), "0"),
        (("--time-limit", "nan"), "nan"),
    ],
)
def test_a_wish_that_is_none_is_wrong_usage(attain: Attain, arguments: tuple[str, ...], message: str) -> None:
    result = attain("plan", "fund.attain", "short.json", *arguments)
    assert (result.code, result.out) == (2, "")
    assert message in result.err


def test_a_plan_that_would_end_after_all_dates_is_refused(attain: Attain) -> None:
    result = attain("plan", "fund.attain", "short.json", "--as-of", "9998-12-31")
    assert (result.code, result.out) == (2, "")
    assert "error[outside-the-calendar]" in result.err


def test_a_plan_can_go_into_a_file(attain: Attain, tmp_path: Path) -> None:
    shown = attain("plan", "fund.attain", "short.json").out
    assert attain("plan", "fund.attain", "short.json", "-o", "plan.txt").out == ""
    assert (tmp_path / "plan.txt").read_text(encoding="utf-8") == shown
