"""Days that one runs over: every day counts, and only those on which something changes are looked at."""

from __future__ import annotations

import random
from pathlib import Path
from typing import Any

import pytest

from attain_engine.api import assess as assess_program
from tests.oracle.interpreter import Interpreter
from tests.regressions.asked import ON, assess, codes, plan, read, steps, verdict

WORDS = """\
entity Person

record Shift
  who    Person
  day    date?
  hours  count 0 to 24

record Member
  who     Person
  joined  date
  left    date or never

excluded Member m "on probation"
  when m.joined later than 1 month before assessment date

parameter least for Person count
  from 2000-01-01  otherwise 1
  from 2023-05-07  otherwise 2

define on_duty(d date) as count
  count of Member m where m.joined on or before d and m.left later than d

measure here() count
  count of Member m where m.joined on or before assessment date and m.left later than assessment date

change join(y Wish)
  adds Member { who: new Person, joined: y.day }
  cost 1 EUR

record Wish
  day  date

"""
WORDS = WORDS.replace("measure here()", "measure here")
CONDITIONS = [
    "no d in days from first_day to last_day where (sum of s.hours among Shift s where s.day is d) more than 8",
    "some d in days from first_day to last_day where on_duty(d) at least 3",
    "every d in days from first_day to last_day has on_duty(d) at least 1",
    "some d in days from first_day to last_day where on_duty(5 days after d) is 0",
    (
        "no d in days from first_day to last_day where "
        "(sum of s.hours among Shift s where s.day within the 7 days to d) more than 30"
    ),
    (
        "some d in days from first_day to last_day where "
        "(count of Shift s where s.day within the 1 month before d) at least 6"
    ),
    'some d in days from first_day to last_day where (here as of d) is (least("x") as of d)',
    "every d in days from first_day to last_day has (here as of d) at least 1",
    "some d in days from first_day to last_day where d later than 2023-04-30 and on_duty(d) at most 1",
    (
        "some d in days from first_day to last_day where "
        "(some Shift s where 1 month after s.day is d and (some Member m where m.left is d))"
    ),
    "(count of d in days from first_day to last_day where on_duty(d) at least 2) at least 40",
    "some d in days from first_day to last_day where month of d is 2023-05 and on_duty(d) at least 3",
    "2023-05-05 in days from first_day to last_day",
    (
        "some m in months from month of first_day to month of last_day where (every d in days from "
        "first day of m to last day of m has on_duty(d) at least 1)"
    ),
]


def designations(first: str, last: str) -> str:
    days = f"define first_day as date\n  {first}\n\ndefine last_day as date\n  {last}\n\n"
    return days + "".join(f'designation a{n} "A"\n  require it {each}\n\n' for n, each in enumerate(CONDITIONS))


def date_of(dice: random.Random) -> str:
    return f"2023-{dice.randint(3, 6):02}-{dice.choice((1, 7, 28, 30)):02}"


@pytest.mark.parametrize("seed", range(10))
def test_every_day_is_asked(tmp_path: Path, seed: int) -> None:
    dice = random.Random(seed)
    tables: dict[str, Any] = {
        "Shift": [{"who": dice.choice("ab"), "day": date_of(dice), "hours": dice.choice((3, 6, 12))} for _ in range(6)],
        "Member": [
            {"who": who, "joined": date_of(dice)} | ({"left": date_of(dice)} if dice.random() < 0.6 else {})
            for who in "abcde"
        ],
        "Wish": [],
    }
    ends = [("2023-03-15", "2023-06-20"), ("364 days before assessment date", "assessment date"),
            ("2023-05-01", "2023-05-01"), ("2023-05-02", "2023-05-01")]  # fmt: skip
    policy = WORDS + designations(*ends[seed % 4])
    program, facts = read(tmp_path, policy, tables, {})
    said = {
        each.name: each.verdict.replace("failed", "not met") for each in assess_program(program, facts, ON).designations
    }
    other = Interpreter(program, facts, ON, {}).verdicts()
    assert said == {name.rpartition(".")[2]: verdict for name, verdict in other.items()}


def test_days_on_which_nothing_changes_are_not_looked_at(tmp_path: Path) -> None:
    """In thirty years there are some 11,000 days: too many to go through all rows on each."""
    policy = (
        WORDS
        + 'designation it "D"\n  require it some x in days from 1994-04-01 to 2024-03-31 where on_duty(x) is 600\n'
    )
    rows = [{"who": f"p{n}", "joined": "2023-03-01", "left": "2023-06-01"} for n in range(600)]
    assert verdict(tmp_path, policy, {"Member": rows, "Shift": []}) == "met"
    assert verdict(tmp_path, policy, {"Member": rows[1:], "Shift": []}) == "failed"


def test_days_of_a_list_are_all_looked_at(tmp_path: Path) -> None:
    """Between two days of a list there may be one on which something changes."""
    listed = ", ".join(f"2023-{month:02}-{day:02}" for month in (1, 2, 3, 4) for day in (5, 10, 15, 20, 25))
    policy = WORDS + f"parameter listed set of date\n  {{ {listed} }}\n\n"
    policy += 'designation it "D"\n  require it some x in listed where on_duty(x) at least 1\n'
    rows = [{"who": "a", "joined": "2023-02-11", "left": "2023-02-16"}]
    assert verdict(tmp_path, policy, {"Member": rows, "Shift": []}) == "met"


@pytest.mark.parametrize(
    ("hours", "expected"), [([8, None], "met"), ([9, None], "failed"), ([8, 1, None], "undetermined")]
)
def test_a_day_that_is_not_known_may_be_any(tmp_path: Path, hours: list[int | None], expected: str) -> None:
    asked = (
        "no d in days from 2024-03-01 to 2024-03-31 where (sum of s.hours among Shift s where s.day is d) more than 8"
    )
    rows = [
        {"who": "a", "hours": 2} if each is None else {"who": "a", "day": f"2024-03-{n + 1:02}", "hours": each}
        for n, each in enumerate(hours)
    ]
    if expected == "met":
        rows[-1]["hours"] = 0
    policy = WORDS + f'designation it "D"\n  require it {asked}\n'
    said = verdict(tmp_path, policy, {"Shift": rows, "Member": [], "Wish": []})
    assert said == expected


def test_a_report_names_the_days(tmp_path: Path) -> None:
    asked = (
        "no x in days from 2024-01-01 to 2024-03-31 where (sum of s.hours among Shift s where s.day is x) more than 8"
    )
    rows = [{"who": "a", "day": f"2024-02-0{n}", "hours": 3 * n} for n in (1, 2, 3)]
    said = assess(tmp_path, WORDS + f'designation it "D"\n  require it {asked}\n', {"Shift": rows, "Member": []})
    clauses = said.designations[0].tracks[0].requirements[0].clause.clauses
    assert [each.label for each in clauses] == ["2024-02-03"]


def test_a_plan_for_a_day_of_the_past_and_to_come(tmp_path: Path) -> None:
    asked = "some x in days from 2024-03-01 to 2024-04-30 where on_duty(x) at least 3"
    tables = {
        "Member": [{"who": "a", "joined": "2024-01-01", "left": "2024-04-10"}, {"who": "b", "joined": "2024-01-01"}],
        "Wish": [{"day": "2024-04-09"}, {"day": "2024-04-10"}],
        "Shift": [],
    }
    policy = WORDS.partition("excluded")[0] + "parameter" + WORDS.partition("parameter")[2]
    found = plan(tmp_path, policy + f'designation it "D"\n  require it {asked}\n', tables)
    assert (found.status, steps(found)) == ("proved", {"join": 1})
    assert "row 1" in str(found.plans[0].steps[0].arguments)


@pytest.mark.parametrize(
    ("asked", "code"),
    [
        ("some x in days from 2024-01 to 2024-02 where on_duty(x) is 1", "type-mismatch"),
        ("some x in days from last month to assessment date where on_duty(x) is 1", "type-mismatch"),
        ("2024-01 in days from 2024-01-01 to 2024-02-01", "type-mismatch"),
    ],
)
def test_what_is_refused(asked: str, code: str) -> None:
    assert code in codes(WORDS + f'designation it "D"\n  require it {asked}\n')
