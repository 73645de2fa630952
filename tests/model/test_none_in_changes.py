"""The `when` of a change guards what it costs, takes and does: `when x.area is not none`, `cost fee(x.area)`."""

from __future__ import annotations

from pathlib import Path

import pytest

from attain_engine.api import load_policy
from attain_engine.check.examples import run_examples
from tests.model.policies import compiled

POLICY = """policy crew "Crew"

enum Area {{ sea, land }}

record Member "A member"
  name   text
  area   Area or none
  other  Area or none
  hours  count 0 to 100

parameter fee for Area money EUR
  sea   90 EUR
  land  20 EUR

parameter days for Area count
  sea   30
  land  3

designation crew "Crew"
  require some_hours "Ten hours" (sum of m.hours among Member m) at least 10

change train(m Member) "Train {{m.name}}"
  when {when}
{does}

{more}

example "three"
  on 2024-01-01
  given Member
    name   area  other  hours
    "ana"  sea   none   0
    "bo"   none  none   0
    "cy"   land  none   0
  given nothing else
{expected}
"""

DOES = "  raises m.hours by 10\n  cost fee(m.area)\n  takes (days(m.area) * 1 day)"
PLAN = "  expect plan costs 20 EUR"


def text(
    when: str = "m.area is not none and m.hours less than 5", does: str = DOES, more: str = "", expected: str = PLAN
) -> str:
    return POLICY.format(when=when, does=does, more=more, expected=expected)


@pytest.mark.parametrize(
    ("does", "cost"),
    [
        (DOES, 20),
        ("  raises m.hours by least of (days(m.area), 10)\n  cost fee(m.area)", 90),
        ("  raises m.hours by days(m.area)\n  cost 7 EUR", 7),
        ('  adds Member { name: "new", area: m.area, hours: days(m.area) }\n  cost fee(m.area)', 90),
        ("  sets m.hours to 10\n  sets m.area to m.area\n  cost fee(m.area)", 20),
    ],
)
def test_what_a_change_costs_and_does_needs_no_else(does: str, cost: int, tmp_path: Path) -> None:
    program = load_policy(tmp_path / "crew.attain", text(does=does, expected=f"  expect plan costs {cost} EUR"))
    assert [each.message for one in run_examples(program) for each in one.failures] == []


def test_of_whom_there_is_none_it_is_not_possible(tmp_path: Path) -> None:
    alone = "\n".join(line for line in text(expected="  expect no plan").splitlines() if "ana" not in line)
    program = load_policy(tmp_path / "crew.attain", "\n".join(x for x in alone.splitlines() if '"cy"' not in x))
    assert [each.message for one in run_examples(program) for each in one.failures] == []


@pytest.mark.parametrize(
    ("when", "more"),
    [
        ("m.hours less than 5", ""),
        ("m.other is not none", ""),
        ("m.area is not none or m.hours less than 5", ""),
        ("m.area is none", ""),
        ("m.area is not none", 'change place(m Member) "Place"\n  when m.area is none\n  sets m.area to land'),
        ("m.area is not none", 'change place(m Member) "Place"\n  sets m.area to land'),
    ],
)
def test_what_the_when_does_not_say_is_asked_for(when: str, more: str) -> None:
    _, diagnostics = compiled(text(when, more=more))
    assert {each.code for each in diagnostics if each.severity.value == "error"} == {"may-have-no-value"}


def test_what_sets_another_field_or_takes_the_value_away_is_no_matter() -> None:
    more = 'change place(m Member) "Place"\n  when m.other is none\n  sets m.other to land'
    moved = 'change move(m Member) "Move"\n  when m.area is not none\n  sets m.area to none'
    for each in (more, moved):
        assert [one for one in compiled(text(more=each))[1] if one.severity.value == "error"] == []
