"""A count that is a year is shown as one: 2020, not 2,020. What the expression is decides, not its size."""

from __future__ import annotations

import datetime
from pathlib import Path

import pytest

from attain_compiler.model.program import Program
from attain_engine.api import assess, explain, load_facts, load_policy
from attain_engine.assess.lines import Worksheet
from attain_engine.facts import Facts
from attain_engine.report.assessment_text import assessment_text
from attain_engine.report.console import Console
from attain_engine.report.why_text import worksheet_text

POLICY = """policy years "Years"

record Contract "A contract"
  ended date
  worth count 0 to 5_000

define last_year as count
  year of assessment date - 1

measure newest count 0 to 3_000
  (greatest of (year of c.ended) among Contract c) else 0

measure worth count 0 to 100_000
  sum of c.worth among Contract c

report shown "Shown" as {type}
  {value}

designation d "D"
  require fresh "Since {{last_year}}" newest at least last_year
  require large "Large" newest more than 2_500
  require worth "Worth {{worth}}" worth at least 1_500
"""
FACTS = '{"facts": {"Contract": [{"ended": "2020-01-01", "worth": 2020}]}}'
ON = datetime.date(2024, 5, 5)


def read(folder: Path, value: str, type_: str = "count") -> tuple[Program, Facts]:
    program = load_policy(folder / "years.attain", POLICY.format(value=value, type=type_))
    return program, load_facts(program, text=FACTS)


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        ("year of assessment date", "2024"),
        ("year of assessment date + 1", "2025"),
        ("1 + year of assessment date", "2025"),
        ("last_year", "2023"),
        ("newest", "2020"),
        ("least of (year of assessment date, 2022)", "2022"),
        ("(least of (year of c.ended) among Contract c) else 0", "2020"),
        ("by case\n    last_year when newest at least 1\n    year of assessment date otherwise", "2023"),
        ("year of assessment date * 2", "4,048"),
        ("sum of (year of c.ended) among Contract c", "2,020"),
        ("3_000 - year of assessment date", "976"),
        ("1_000_000 * (year of assessment date - last_year)", "1,000,000"),
        ("worth", "2,020"),
    ],
)
def test_the_expression_decides(value: str, shown: str, tmp_path: Path) -> None:
    program, facts = read(tmp_path, value)
    assert assess(program, facts, ON).reports[0].value == shown


def test_reports_and_worksheets(tmp_path: Path) -> None:
    program, facts = read(tmp_path, "worth")
    console = Console(color=False, unicode=True, columns=120)
    found = assessment_text(assess(program, facts, ON), console)
    sheet = explain(program, facts, ON, "d")
    assert isinstance(sheet, Worksheet)
    for text in (found, worksheet_text(sheet, console)):
        assert "2020 (2023 needed)" in text
        assert "2020 (more than 2500 needed)" in text
        assert "Since 2023" in text
        assert "Worth 2,020" in text
        assert "2,023" not in text


def test_what_calls_a_year_is_one(tmp_path: Path) -> None:
    """Also through what stands further below, and through an import."""
    further = "shifted(1)\n\ndefine shifted(n count) as count\n  base - n\n\ndefine base as count\n  last_year\n"
    program, facts = read(tmp_path, further)
    assert assess(program, facts, ON).reports[0].value == "2022"
    importing = 'policy z "Z"\n\nimport years\n\nreport before "Before" as count\n  (base as of 2020-01-01) - 1\n'
    (tmp_path / "years.attain").write_text(POLICY.format(value=further, type="count"), "utf-8")
    program = load_policy(tmp_path / "z.attain", importing)
    reports = {each.name: each.value for each in assess(program, facts, ON).reports}
    assert reports["before"] == "2018"


def test_long_chains_of_definitions_are_left(tmp_path: Path) -> None:
    chain = "\n\n".join(f"define c{n} as count\n  least of (c{n + 1}, c{n + 1})" for n in range(80))
    program, facts = read(tmp_path, f"c0\n\n{chain}\n\ndefine c80 as count\n  last_year\n")
    assert assess(program, facts, ON).reports[0].value in ("2023", "2,023")


def test_a_year_is_a_count_like_any_other(tmp_path: Path) -> None:
    program, facts = read(tmp_path, "(year of assessment date - 1_990) * 1 USD", "money USD")
    assert assess(program, facts, ON).reports[0].value == "34 USD"
