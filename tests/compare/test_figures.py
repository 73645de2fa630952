"""Rules that rest on figures which nobody knows: their verdicts are compared, whatever the figures are."""

from __future__ import annotations

import pytest

from attain_compiler.model.program import Program
from attain_engine.compare import compare
from attain_engine.policies import read_policy

POLICY = """\
policy partner "Partner"
  in force from 2020-01-01 to 2150-12-31

enum Level {{ silver, gold }}

record House one row
  level  Level

measure sales money EUR 0 EUR to 1_000 EUR
  0 EUR

measure staff count 0 to 100
  0

parameter needed for Level money EUR
  silver  10 EUR
  gold    unknown "not published"

parameter secret for Level money EUR
  otherwise  unknown "not published"

parameter later for Level money EUR
  from 2200-01-01  silver 10 EUR, gold 20 EUR

parameter open for Level flag
  silver  yes
  gold    unknown "not published"

designation partner "Partner"
  require it "It"
    {condition}
"""


def program(condition: str) -> Program:
    read = read_policy("partner.attain", POLICY.format(condition=condition))
    assert read.program is not None, [each.message for each in read.diagnostics]
    return read.program


@pytest.mark.parametrize(
    ("once", "now"),
    [
        ("sales at least needed(gold)", "sales more than needed(gold)"),
        ("sales at least needed(gold)", "sales at most needed(gold)"),
        ("sales at least needed(gold) and staff at least 5", "sales less than needed(gold) and staff at least 5"),
        ("open(gold) or staff at least 5", "staff at least 5 or sales at least needed(gold)"),
        ("open(gold)", "not (open(gold))"),
        ("2 * sales at least needed(gold) + 3 EUR", "sales at least 2 * needed(gold)"),
        ("sales at least secret(the House.level)", "sales at least later(the House.level)"),
        (
            "sales at least later(the House.level) and staff at least 5",
            "staff at least 5 and sales at most needed(gold)",
        ),
    ],
)
def test_what_is_undetermined_in_both_is_equivalent(once: str, now: str) -> None:
    found = compare(program(once), program(now))
    assert {each.relation for each in found.findings} == {"equivalent"}


@pytest.mark.parametrize(
    ("once", "now"),
    [
        ("sales at least needed(gold) or staff at least 5", "sales at least needed(gold) or staff at least 6"),
        ("sales at least needed(gold) and staff at least 5", "sales at least needed(gold) and staff at least 6"),
        ("sales at least needed(gold) and staff at least 5", "sales at least needed(gold)"),
        ("sales at least needed(silver)", "sales at least needed(gold)"),
        ("sales at least needed(silver)", "sales at least later(gold)"),
        ("sales at least later(gold) and staff at least 5", "sales at least later(gold) and staff at least 6"),
        (
            "sales at least later(the House.level) or staff at least 5",
            "sales at least secret(gold) or staff at least 6",
        ),
        ("open(gold) or staff at least 5", "open(gold) and staff at least 5"),
        ("open(gold) and not (open(gold)) and staff at least 5", "open(gold) and staff at least 5"),
        ("open(gold) or not (open(gold))", "open(gold)"),
        ("sales - needed(gold) at least 0 EUR or needed(gold) at least sales", "sales at least needed(gold)"),
    ],
)
@pytest.mark.parametrize("backwards", [False, True])
def test_what_is_certain_in_one_alone_is_not(once: str, now: str, backwards: bool) -> None:
    pair = (now, once) if backwards else (once, now)
    found = compare(*map(program, pair))
    assert "equivalent" not in {each.relation for each in found.findings}
