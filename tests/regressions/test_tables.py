"""Tables that were read wrongly, or names that counted twice, in silence."""

from __future__ import annotations

from pathlib import Path

import pytest

from attain_engine.api import FactsMistakes, load_facts, load_policy
from tests.regressions.asked import HEAD

BRANCH = """\
record Branch
  name   text
  area   number 0 to 100_000
  share  percent ?
  worth  points ?
  unique name

designation asked "Asked"
  require area "Area" (sum of b.area among Branch b) at least 1_000
"""
PEOPLE = """\
entity Person

record Certificate
  holder  Person

record Employee
  person  Person
  unique person

measure people count 0 to 1_000
  distinct c.holder among Certificate c where (some Employee e where e.person is c.holder)

designation asked "Asked"
  require people "People" people at least 1
"""


def remarks(folder: Path, policy: str, **tables: str) -> list[str]:
    program = load_policy(folder / "tried.attain", HEAD + policy)
    facts = folder / "facts"
    facts.mkdir()
    for name, text in tables.items():
        (facts / f"{name}.csv").write_text(text, encoding="utf-8")
    return [each.code for each in load_facts(program, facts).remarks]


@pytest.mark.parametrize(
    "row", ["North;1.250;;", "North;12.500;;", "North;-1.250;;", "North;1;1.250%;", "North;1;;1.250"]
)
def test_a_dot_before_three_digits_beside_semicolons(tmp_path: Path, row: str) -> None:
    with pytest.raises(FactsMistakes, match="could be"):
        remarks(tmp_path, BRANCH, branch=f"name;area;share;worth\n{row}\n")


@pytest.mark.parametrize("row", ["North;1.25;;", "North;1250;;", "North;0.125;;", "North;1.2500;;"])
def test_a_dot_that_can_only_stand_before_decimals(tmp_path: Path, row: str) -> None:
    assert remarks(tmp_path, BRANCH, branch=f"name;area;share;worth\n{row}\n") == []


@pytest.mark.parametrize("other", ["ana\u00a0b", "ana\u200b b", "ana  b", "Ana B", "an\u00ada b", "ana\u202fb"])
def test_names_that_look_alike_in_tables(tmp_path: Path, other: str) -> None:
    found = remarks(tmp_path, PEOPLE, certificate=f"holder\n{other}\n", employee="person\nana b\n")
    assert found == ["facts-look-alike"]


@pytest.mark.parametrize(
    ("holder", "doubted"),
    [
        ("HEAT-ENDRIN", []),
        ("HEAT\u2011ENDRIN", ["facts-look-alike"]),
        ("Heat-Endrin", ["facts-look-alike"]),
        ("HE\u0410T-ENDRIN", ["facts-look-alike"]),
        ("Heat Endrin", []),
    ],
)
def test_names_that_look_like_one_of_the_policy(tmp_path: Path, holder: str, doubted: list[str]) -> None:
    policy = PEOPLE + '  require named "Named" some Certificate c where c.holder is "HEAT-ENDRIN"\n'
    assert remarks(tmp_path, policy, certificate=f"holder\n{holder}\n", employee="person\nana\n") == doubted


def test_names_that_look_alike_where_rows_are_told_apart_by_them(tmp_path: Path) -> None:
    assert remarks(tmp_path, BRANCH, branch="name,area\nNorth,1\nnorth,2\n") == ["facts-look-alike"]


def test_a_row_that_was_exported_twice(tmp_path: Path) -> None:
    assert remarks(tmp_path, PEOPLE, certificate="holder\nana\nana\n") == ["facts-identical-rows"]
