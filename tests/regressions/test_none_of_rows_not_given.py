"""Rows that were not given may be none: then the greatest of them is what stands after `else`, in every answer."""

from __future__ import annotations

from pathlib import Path

import pytest

from attain_compiler.model.program import Program
from attain_engine.compare import compare
from attain_engine.policies import read_policy
from tests.regressions.asked import verdict

HELD = """\
record Held "What is held"
  fee    money USD 0 USD to 5_000 USD
  units  count 0 to 10
  since  date

measure top money USD -9 USD to 5_000 USD
  greatest of x.fee among Held x else -2 USD

define best as money USD
  greatest of x.fee among Held x else -2 USD

designation asked "Asked"
  require it "It"
    {condition}

report told "Told" as {type}
  {value}
"""

UNDETERMINED = [
    "best at least -1 USD",
    "(least of x.fee among Held x else -2 USD) at least -1 USD",
    "(2 * (greatest of x.fee among Held x) else -2 USD) at least -1 USD",
    "(average of x.units among Held x else 20) at most 10",
    "(median of x.units among Held x else 20) at most 10",
    "(latest of x.since among Held x else never) is not never",
    "((sum of x.units among Held x) / (count of Held x) else -1%) at least 0%",
]


def held(condition: str = "best at least 0 USD", value: str = "best", type_: str = "money USD") -> str:
    return HELD.format(condition=condition, value=value, type=type_)


@pytest.mark.parametrize("condition", UNDETERMINED)
def test_it_is_not_certain_that_there_are_some(tmp_path: Path, condition: str) -> None:
    assert verdict(tmp_path, held(condition), {}) == "undetermined"


@pytest.mark.parametrize("condition", ["best at least -2 USD", "top at least -9 USD", "best at most 5_000 USD"])
def test_what_holds_of_none_and_of_some_is_certain(tmp_path: Path, condition: str) -> None:
    assert verdict(tmp_path, held(condition), {}) == "met"


@pytest.mark.parametrize(
    ("once", "now", "type_"),
    [
        ("greatest of x.fee among Held x else 0 USD", "greatest of x.fee among Held x else -1 USD", "money USD"),
        ("least of x.fee among Held x else 0 USD", "least of x.fee among Held x else -1 USD", "money USD"),
        ("average of x.units among Held x else 0", "average of x.units among Held x else 1", "number"),
        ("latest of x.since among Held x else 2020-01-01", "latest of x.since among Held x else 2020-01-02", "date"),
    ],
)
def test_editions_that_differ_where_there_are_none_are_not_equivalent(once: str, now: str, type_: str) -> None:
    def program(value: str) -> Program:
        read = read_policy("held.attain", f'policy held "Held"\n\n{held(value=value, type_=type_)}')
        assert read.program is not None, [each.message for each in read.diagnostics]
        return read.program

    found = compare(program(once), program(now))
    (report,) = (each for each in found.findings if each.kind == "report")
    assert report.relation == "different"
    assert len(report.witnesses) == 1
