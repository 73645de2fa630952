"""A value may be given for a set: in an example, in facts and by `--set`, wherever the set comes from."""

from __future__ import annotations

from pathlib import Path

import pytest

from attain_engine.api import assess as assess_program
from attain_engine.api import load_facts, load_policy
from attain_engine.api import plan as plan_program
from attain_engine.check.examples import run_examples
from tests.regressions.asked import HEAD, ON

LEVELS = """\
enum Level { low, mid, high }

record Course
  level  Level

parameter group for Level set of Level
  low { low, mid }, mid { mid }, high { high }

define taken(s set of Level) as count
  count of Course c where c.level in s

define one_more(s set of Level) as count
  taken(s) + 1

define any_in(s set of Level)
  some Course c where c.level in s

measure counted(s set of Level) count 0 to 9
  count of Course c where c.level in s

change take "Take one"
  adds Course { level: high }
  cost 1 USD

"""

GIVEN = [
    ("taken(group(low)) at least 3", "taken({low, mid}) = 3", None, True),
    ("taken(group(low)) at least 4", "taken({mid, low}) = 3", None, False),
    ("taken(group(mid)) at least 3", "taken({mid}) = 3", "taken.mid=3", True),
    ("some Level l where taken(group(l)) at least 3", "taken({mid}) = 3", "taken.mid=3", True),
    ("every Level l has taken(group(l)) at least 1", "taken({mid}) = 3", "taken.mid=3", False),
    ("one_more(group(mid)) at least 4", "taken({mid}) = 3", "taken.mid=3", True),
    ("one_more(group(mid)) at least 4", "one_more({mid}) = 4", "one_more.mid=4", True),
    ("any_in(group(mid))", "any_in({mid}) = no", "any_in.mid=no", False),
    ("counted(group(mid)) at least 4", "counted({mid}) = 4", "counted.mid=4", True),
    ("taken({mid}) at least 3", "taken({mid}) = 3", "taken.mid=3", True),
    ("taken(group(high)) at least 1", "taken({mid}) = 3", "taken.mid=3", False),
]


@pytest.mark.parametrize(("condition", "given", "setting", "met"), GIVEN)
def test_a_value_that_is_given_for_a_set_counts(
    tmp_path: Path, condition: str, given: str, setting: str | None, met: bool
) -> None:
    policy = (
        f'{HEAD}{LEVELS}designation d "D"\n  require r "R" {condition}\n\nexample "it"\n  given {given}\n'
        f"  given Course {{ level: mid }}\n  expect d is {'met' if met else 'failed'}\n"
    )
    program = load_policy("tried.attain", policy)
    assert [each.passed for each in run_examples(program)] == [True]
    if setting is not None:
        table = tmp_path / "facts"
        table.mkdir()
        (table / "course.csv").write_text("level\nmid\n", encoding="utf-8")
        facts = load_facts(program, table, sets=(setting,))
        assert assess_program(program, facts, ON).verdict == ("met" if met else "failed")
        assert plan_program(program, facts, ON).before[0].verdict == ("met" if met else "failed")


HOLDERS = """\
entity Skill

record Holder
  levels  set of Level
  skills  set of Skill
  years   count 0 to 9

"""


@pytest.mark.parametrize(
    ("condition", "met"),
    [
        ("some Holder h where mid in h.levels", True),
        ("some Holder h where high in h.levels and h.years at least 5", False),
        ("every Holder h has low in h.levels", False),
        ("(count of Holder h where high in h.levels) is 1", True),
        ("(sum of h.years among Holder h where mid in h.levels) at least 3", True),
        ("some Holder h where h.levels is group(low)", True),
        ("some Skill k where (every Holder h has k in h.skills)", True),
        ("(sum of (count of l in h.levels) among Holder h) is 4", True),
        ("(count of Holder h where h.years at least 2) is 1", True),
    ],
)
def test_a_row_may_hold_a_set(condition: str, met: bool) -> None:
    policy = (
        f'{HEAD}{LEVELS}{HOLDERS}designation d "D"\n  require r "R" {condition}\n\nexample "it"\n'
        '  given Holder { levels: {low, mid}, skills: {"a", "b"}, years: 3 }\n'
        '  given Holder { levels: {high, mid}, skills: {"b"}, years: 0 }\n'
        f"  expect d is {'met' if met else 'failed'}\n"
    )
    assert [each.failures for each in run_examples(load_policy("tried.attain", policy))] == [()]
