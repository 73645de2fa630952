"""Ten kinds of change to a rule, each with what a reviewer is told (the pages in `golden`)."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path
from typing import Final

import pytest

from attain_compiler.model.program import Program
from attain_engine.check.examples import run_example
from attain_engine.compare import Comparison, compare
from attain_engine.policies import read_policy
from attain_engine.report.diff_markdown import diff_markdown

HERE = Path(__file__).parent
FUND = (HERE / "fund.attain").read_text("utf-8")

CHANGES: Final[Mapping[str, tuple[tuple[str, str], ...]]] = {
    "threshold": (("  60 points", "  61 points"),),
    "comparator": (("hours more than 5", "hours at least 5"),),
    "date_of_effect": (("in force from 2023-01-01", "in force from 2024-01-01"),),
    "new_track": (
        ('  school  "A school"', '  school  "A school"\n  choir   "A choir"'),
        ("  school  20", "  school  20\n  choir   30"),
    ),
    "removed_exclusion": (('excluded Helper h "paid help does not count"\n  when h.paid\n', ""),),
    "renamed_measure": (("members(t", "participants(t"),),
    "reading_s_default": (("  all_hours  default", "  all_hours"), ("  long_days", "  long_days  default")),
    "parameter_by_date": (("  60 points", "  from 2023-01-01  60 points\n  from 2024-01-01  65 points"),),
    "unit": (
        ("  hours   count 0 to 1_000", "  hours   number 0 to 1_000"),
        ("measure hours count", "measure hours number"),
        ("for Track count", "for Track number"),
    ),
    "title": (('"Supported by the fund"', '"Carried by the fund"'),),
}


def compiled(name: str, text: str) -> Program:
    read = read_policy(f"{name}/fund.attain", text)
    assert read.program is not None, [each.message for each in read.diagnostics]
    return read.program


def changed(kind: str) -> str:
    text = FUND
    for old, new in CHANGES[kind]:
        assert old in text
        text = text.replace(old, new)
    return text


def compared(kind: str) -> Comparison:
    return compare(compiled("base", FUND), compiled("head", changed(kind)))


def results(text: str, comparison: Comparison) -> list[bool]:
    """Whether each example of a comparison passes in a policy."""
    examples = "\n\n".join(each.example for finding in comparison.findings for each in finding.witnesses)
    program = compiled("run", f"{text}\n\n{examples}\n")
    return [run_example(program, each).passed for each in program.examples.values()]


@pytest.mark.parametrize("kind", CHANGES)
def test_a_reviewer_is_told_what_a_change_means(kind: str) -> None:
    page = HERE / "golden" / f"{kind}.md"
    found = diff_markdown(compared(kind))
    if os.environ.get("GOLDEN") == "write":
        page.parent.mkdir(exist_ok=True)
        page.write_text(found, "utf-8")
    assert found == page.read_text("utf-8")


@pytest.mark.parametrize(
    "kind", ["threshold", "comparator", "removed_exclusion", "reading_s_default", "parameter_by_date"]
)
def test_every_example_passes_in_head_and_fails_in_base(kind: str) -> None:
    comparison = compared(kind)
    new, old = results(changed(kind), comparison), results(FUND, comparison)
    assert new, "nothing was shown"
    assert (set(new), set(old)) == ({True}, {False})
