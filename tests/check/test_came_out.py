"""What an example that fails says came out instead."""

from __future__ import annotations

import pytest

from attain_compiler.pipeline import compile_policy
from attain_engine.check.examples import run_example

POLICY = """\
policy grant "Small grant"

measure members count 0 to 500
  10

measure income money EUR 0 EUR to 1_000 EUR
  500 EUR

define rich(least money EUR)
  income at least least and members more than 3

define fine
  rich(600 EUR) or members at least 20

score merit out of 10
  part members  up to 10  in proportion to members full at 20

designation grant "Small grant"
  require members "Enough members" members at least 10
  require fine "Fine" fine

example "it"
  given members = {members}
  given income = {income} EUR
  expect {expected}
"""


@pytest.mark.parametrize(
    ("expected", "found"),
    [
        ("merit is 4", "`merit` is 5, not 4"),
        ("members at least 11", "`members` is 10"),
        ("members at least 5 and merit is 4", "`merit` is 5, not 4"),
        ("members is 9 or merit is 4", "`members` is 10, not 9; `merit` is 5, not 4"),
        ("not (members is 10)", "`members` is 10"),
        ("members is not 10", "`members` is 10"),
        ("rich(600 EUR)", "`income` is 500 EUR, `least` with least = 600 EUR is 600 EUR"),
        ("fine", "`income` is 500 EUR, `least` with least = 600 EUR is 600 EUR; `members` is 10"),
        ("grant.members is failed", "`members` is 10"),
        ("grant is met", "`income` is 500 EUR, `least` with least = 600 EUR is 600 EUR; `members` is 10"),
    ],
)
def test_the_values_that_decide_are_named(expected: str, found: str) -> None:
    text = POLICY.format(members=10, income=500, expected=expected)
    program, diagnostics = compile_policy("grant.attain", text, lambda _: None)
    assert program is not None, diagnostics
    (example,) = program.examples.values()
    assert [each.message for each in run_example(program, example).failures] == [found]
