"""The total below a table is a doubt where it would count as a row of it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from attain_engine.facts.totals import says_total
from tests.facts.sheets import read, workbook
from tests.model.policies import program

SUPPORT = """\
policy grants "Grants"
record Support
  recipient  text?
  amount     money EUR
  share      percent?
  paid       flag default no

measure support money EUR
  sum of s.amount among Support s
"""
HEADER = ("recipient", "amount", "share", "paid")
TOTALS: list[tuple[tuple[Any, ...], ...]] = [
    (("a", 5), ("b", 7), ("Total", 12)),
    (("a", 5), ("b", 7), ("Gesamt 2024:", 13)),  # whatever it comes to: the name says what it is
    (("a", 5), ("b", 7), ("", 12)),
    (("a", 5), ("b", 7), ("c", 9), ("in all", 21)),
    (("a", 5, "40%"), ("b", 7, "60%"), ("Summe", 12, "100%")),
]
ROWS: list[tuple[tuple[Any, ...], ...]] = [
    (("a", 1), ("b", 2), ("c", 3)),  # by chance
    (("a", 5), ("b", 7), ("c", 9), ("d", 22)),
    (("a", 5), ("b", 7), ("c", 9), ("d", 21, "", "yes")),  # what is paid is no total
    (("a", 5), ("b", 7), ("Total Energies", 9)),
    (("a", 0), ("b", 0), ("c", 0), ("d", 0)),
    (("Total", 5),),
]


def doubts(folder: Path, rows: tuple[tuple[Any, ...], ...]) -> list[Any]:
    workbook(folder / "f.xlsx", {"Support": [HEADER, *rows]})
    facts, mistakes, found = read(folder / "f.xlsx", program(SUPPORT))
    assert mistakes == []
    assert facts is not None
    assert len(facts.tables["grants.Support"]) == len(rows)  # doubtful, and counted
    return found


@pytest.mark.parametrize("rows", TOTALS)
def test_a_last_row_that_looks_like_a_total_is_doubtful(tmp_path: Path, rows: tuple[tuple[Any, ...], ...]) -> None:
    (found,) = doubts(tmp_path, rows)
    assert (found.code, found.row, found.line) == ("facts-total-row", len(rows), len(rows) + 1)


@pytest.mark.parametrize("rows", ROWS)
def test_a_last_row_that_does_not_is_a_row(tmp_path: Path, rows: tuple[tuple[Any, ...], ...]) -> None:
    assert doubts(tmp_path, rows) == []


def test_the_doubt_says_how_to_leave_it_out(tmp_path: Path) -> None:
    (found,) = doubts(tmp_path, TOTALS[0])
    assert found.help == 'say `ignore_rows = ["Total"]` in the mapping, unless it is to count'
    (tmp_path / "attain-facts.toml").write_text('[tables.Support]\nignore_rows = ["Total"]\n')
    facts, _, left = read(tmp_path / "f.xlsx", program(SUPPORT))
    assert facts is not None
    assert ([row.values["amount"] for row in facts.tables["grants.Support"]], left) == ([5, 7], [])


@pytest.mark.parametrize(
    "text",
    ["Total", "TOTAL:", "Sub-total", "Grand total", "\u0418\u0442\u043e\u0433\u043e", "\u5408\u8a08", "Summe 2024"],
)
def test_words_for_totals(text: str) -> None:
    assert says_total(text)
