"""Which places of a policy its examples decide both ways."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from attain_compiler.pipeline import compile_policy
from attain_engine.check.coverage import coverage, per_mille
from attain_engine.report.coverage_text import said
from tests.cli.conftest import Attain, Write, attain, write

__all__ = ["attain", "write"]

POLICY = """\
policy grant "Small grant"

enum Size
  small "Small"
  large "Large"

entity Person

record Member "A member"
  person Person
  joined date
  guest  flag default no

excluded Member m "guests do not count" when m.guest

parameter needed for Size count
  small  10
  from 2024-01-01
    large  20
  from 2025-01-01
    large  30

measure members count 0 to 500
  count of Member m where m.joined on or before assessment date

measure friends(p Person) count
  count of Member m where m.person is p

define size as Size
  by case
    large when members more than 100
    small otherwise

designation grant "Small grant"
  require members "Enough members" members at least needed(size)
"""


def missing(*examples: str) -> dict[str, str]:
    """What each place of the policy misses with these examples, by the text of the place."""
    text = POLICY + "".join(f'\nexample "{number}"\n{each}' for number, each in enumerate(examples))
    program, diagnostics = compile_policy("grant.attain", text, lambda _: None)
    assert program is not None, diagnostics
    source = program.files["grant.attain"]
    found: dict[str, str] = {}
    for each in coverage([program]):
        if each.missing:
            found[f"{each.kind}: {source.slice(each.span)}"] = said(each)
    return found


def met(members: int, on: str = "2024-06-30") -> str:
    return f"  on {on}\n  given members = {members}\n  expect grant.members is met\n"


AT = "threshold: members at least needed(size)"
BOUND = "comparator: members at least needed(size)"


@pytest.mark.parametrize(
    ("members", "threshold", "bound"),
    [
        ((), "never decided", "never exactly at its bound"),
        ((11,), "never missed", "never exactly at its bound"),
        ((9,), "never met", "never exactly at its bound"),
        ((9, 11), None, "never exactly at its bound"),
        ((9, 10), None, None),
    ],
)
def test_a_threshold_is_to_be_met_missed_and_hit(
    members: tuple[int, ...], threshold: str | None, bound: str | None
) -> None:
    found = missing(*(met(each) for each in members))
    assert (found.get(AT), found.get(BOUND)) == (threshold, bound)


def test_a_branch_is_to_be_taken() -> None:
    assert missing(met(10))["branch: large"] == "never taken"
    assert missing(met(101))["branch: small"] == "never taken"
    assert not [each for each in missing(met(10), met(101)) if each.startswith("branch")]


def test_an_entry_is_to_be_read_and_a_date_to_lie_between_examples() -> None:
    found = missing(met(101, "2025-06-30"))
    assert found["entry: large  20"] == "never read"
    assert found["date: large  30"] == "nothing before its date"
    assert not [each for each in missing(met(101), met(101, "2025-01-01"), met(10)) if each.startswith(("en", "da"))]


def test_an_exclusion_is_to_leave_a_row_out_and_to_let_one_count() -> None:
    rows = (
        "  on 2024-06-30\n  given Member\n    person  joined  guest\n{}  given nothing else\n  expect members is {}\n"
    )
    key = "exclusion: m.guest"
    guest, member = '    "ana"  2024-01-01  yes\n', '    "bo"  2024-01-01  no\n'
    assert missing(rows.format(guest, 0))[key] == "never lets a row count"
    assert missing(rows.format(member, 1))[key] == "leaves no row out"
    assert key not in missing(rows.format(guest + member, 1))


def test_what_an_index_answers_is_seen_both_ways() -> None:
    rows = (
        '  on 2024-06-30\n  given Member\n    person  joined  guest\n    "ana"  2024-01-01  no\n{}'
        '  given nothing else\n  expect friends("ana") is 1\n'
    )
    key = "threshold: m.person is p"
    assert missing(rows.format(""))[key] == "never missed"
    assert key not in missing(rows.format('    "bo"  2024-01-01  no\n'))


def test_the_share_counts_outcomes() -> None:
    program, _ = compile_policy("a.attain", 'policy a "A"\n', lambda _: None)
    assert program is not None
    assert per_mille(coverage([program])) == 1000


def test_lines_are_shown_with_marks_and_a_number_can_be_held(attain: Attain, write: Write) -> None:
    write("grant.attain", POLICY + '\nexample "a"\n' + met(11))
    result = attain("test", "--coverage", "--fail-under", "90")
    assert result.code == 1
    assert "never exactly at its bound, never missed" in result.out
    assert ", less than 90 %" in result.err
    assert attain("test", "--fail-under", "10").code == 0


def test_json_has_every_place(attain: Attain, write: Write) -> None:
    write("grant.attain", POLICY + '\nexample "a"\n' + met(11))
    found = json.loads(attain("test", "--coverage", "--output-format", "json").out)["coverage"]
    (file,) = found["files"]
    assert found["percent"] == file["percent"]
    where = {"kind": "comparator", "line": POLICY.count("\n"), "column": 36}
    assert {**where, "seen": [], "missing": ["at"], "impossible": []} in file["places"]


def test_the_summary_has_a_table(attain: Attain, write: Write, tmp_path: Path) -> None:
    write("grant.attain", POLICY + '\nexample "a"\n' + met(11))
    attain("test", "--coverage", "--summary", "s.md")
    assert "| file | decided by examples |" in (tmp_path / "s.md").read_text(encoding="utf-8")


def test_no_facts_decide_what_is_compared_with_a_figure_that_was_not_published() -> None:
    text = """policy grant "Grant"

enum Level { silver, gold }

measure n count 0 to 9
  3

parameter needed for Level count
  silver  unknown "not published", gold  3

designation grant "Grant"
  require silver "Silver" n at least needed(silver)
  require gold "Gold" n at least needed(gold)
"""
    program, _ = compile_policy("grant.attain", text, lambda _: None)
    assert program is not None
    thresholds = [text[each.span.start : each.span.end] for each in coverage([program]) if each.kind == "threshold"]
    assert thresholds == ["n at least needed(gold)"]
