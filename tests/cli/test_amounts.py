"""Amounts as answers: shown before and after a plan, and what a plan is to reach."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.check.test_planned import AMOUNTS
from tests.cli.conftest import Attain, Write

FACTS = '{"as_of": "2024-01-01", "facts": {"Child": [{"born": "2020-05-05"}]}}'


def written(write: Write) -> None:
    write("benefit.attain", AMOUNTS)
    write("facts.json", FACTS)


def test_a_plan_reaches_an_amount_and_shows_what_it_moves(attain: Attain, write: Write) -> None:
    written(write)
    found = attain("plan", "benefit.attain", "facts.json", "--for", "benefit at least 600 EUR")
    assert found.code == 0, found.err
    assert "to reach Monthly benefit at least 600 EUR" in found.out
    assert "Plan: proved minimal, 60 EUR" in found.out
    assert "Monthly benefit: 219 EUR, after the plan 657 EUR" in found.out
    assert "In a year: 2,628 EUR, after the plan 7,884 EUR" in found.out


def test_the_figures_are_in_the_answer(attain: Attain, write: Write) -> None:
    written(write)
    found = attain("plan", "benefit.attain", "facts.json", "--for", "yearly at least 5000", "--output-format", "json")
    answer = json.loads(found.out)
    assert [each["value"] for each in answer["reports"]] == ["219 EUR", "2,628 EUR"]
    assert [each["value"] for each in answer["plans"][0]["reports"]] == ["438 EUR", "5,256 EUR"]
    assert answer["targets"] == ["yearly_at_least"]


def test_amounts_and_designations_together(attain: Attain, write: Write) -> None:
    written(write)
    both = ("--for", "children at least 3", "--for", "entitled", "--for", "benefit at  most 800 EUR")
    found = attain("plan", "benefit.attain", "facts.json", *both)
    assert "proved minimal, 60 EUR" in found.out, found.out + found.err
    most = attain("plan", "benefit.attain", "facts.json", *both, "--most", "--budget", "30")
    assert "2 of 3" in most.out or "Entitled" in most.out, most.out + most.err


@pytest.mark.parametrize(
    ("asked", "message"),
    [
        ("benefit at least 600 USD", "in USD, not in EUR"),
        ("benefit at least", "there is no designation"),
        ("benefits at least 600 EUR", "did you mean `benefit`?"),
        ("entitled at least 600 EUR", "there is no amount `entitled`"),
        ("children at least 2.5", "whole"),
    ],
)
def test_what_is_no_amount_is_refused(attain: Attain, write: Write, asked: str, message: str) -> None:
    written(write)
    found = attain("plan", "benefit.attain", "facts.json", "--for", asked)
    assert found.code == 2
    assert message in found.err, found.err


def test_a_report_that_no_rule_names_is_reached_as_well(attain: Attain, write: Write) -> None:
    text = AMOUNTS.partition("claim benefit")[0] + AMOUNTS.partition("claim benefit at most 4_380 EUR\n")[2]
    write("benefit.attain", text.replace("benefit more than 0 EUR", "children at least 1").partition("example")[0])
    write("facts.json", FACTS)
    found = attain("plan", "benefit.attain", "facts.json", "--for", "yearly at least 2629 EUR")
    assert "proved minimal, 30 EUR" in found.out, found.out + found.err


@pytest.mark.parametrize("name", ["page.md", "page.html"])
def test_the_whole_answer_has_them_in_every_form(attain: Attain, write: Write, tmp_path: Path, name: str) -> None:
    written(write)
    write("facts.json", '{"as_of": "2024-01-01", "closed": true, "facts": {}}')
    found = attain("report", "benefit.attain", "facts.json", "-o", str(tmp_path / name))
    assert found.code in (0, 1), found.err
    text = (tmp_path / name).read_text("utf-8")
    assert "after the plan" in text, text[-3000:]
    assert "219 EUR" in text


def test_why_tells_a_named_report_once(attain: Attain, write: Write) -> None:
    written(write)
    found = attain("why", "benefit.attain", "facts.json", "benefit")
    assert found.out.count('"Monthly benefit"') == 1, found.out


@pytest.mark.parametrize(
    "command",
    [
        ("what-if", "benefit.attain", "facts.json", "2 register", "--for", "benefit at least 600 EUR"),
        ("nearest", "benefit.attain", "facts.json", "--for", "benefit at least 600 EUR"),
        ("forecast", "benefit.attain", "facts.json", "--for", "benefit at least 100 EUR"),
        ("asp", "benefit.attain", "facts.json", "--plan", "--for", "benefit at least 600 EUR"),
    ],
    ids=lambda command: command[0],
)
def test_every_question_about_what_is_reached_takes_an_amount(
    attain: Attain, write: Write, command: tuple[str, ...]
) -> None:
    written(write)
    found = attain(*command)
    assert found.code in (0, 1), found.err
    assert "benefit_at_least" in found.out or "Monthly benefit at least" in found.out, found.out
