"""Kinds of faults in rules: allocation, exclusions and precedence, windows, chains, keys without an entry."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.regressions.asked import assess, clause, codes, verdict

# ---------------------------------------------------------------- allocation


def allocation(lines: list[tuple[int, str]]) -> str:
    kinds = ", ".join(f"k{n}" for n in range(30))
    written = "".join(f"      {needed} with {condition}\n" for needed, condition in lines)
    return f"""enum Kind {{ {kinds} }}

entity Course

record Fits
  course  Course
  kind    Kind
  unique course, kind

define fits(c Course, k Kind)
  some Fits f where f.course is c and f.kind is k

designation degree "Degree"
  require lines "None twice"
    each Course c once for
{written}"""


def fits(*pairs: tuple[str, int]) -> dict[str, Any]:
    return {"Fits": [{"course": course, "kind": f"k{kind}"} for course, kind in pairs]}


def test_twenty_roles_are_filled(tmp_path: Path) -> None:
    """Each course fits its own line and the next: the last can only be filled by moving all others."""
    policy = allocation([(1, f"fits(c, k{n})") for n in range(20)])
    moved = [(f"c{n}", kind) for n in range(20) for kind in (n, (n + 1) % 20)]
    assert verdict(tmp_path, policy, fits(*moved)) == "met"
    assert verdict(tmp_path, policy, fits(*moved[:-2])) == "failed"


def test_a_line_that_needs_many_takes_no_more_than_there_are(tmp_path: Path) -> None:
    policy = allocation([(300, "fits(c, k0)"), (200, "fits(c, k1)")])
    both = [(f"c{n}", kind) for n in range(500) for kind in (0, 1)]
    assert verdict(tmp_path, policy, fits(*both)) == "met"
    assert verdict(tmp_path, policy, fits(*both[:-2])) == "failed"


def test_the_line_that_could_not_be_filled_is_named_with_what_went_where(tmp_path: Path) -> None:
    policy = allocation([(1, "fits(c, k0)"), (2, "fits(c, k1)"), (1, "fits(c, k2)")])
    found = clause(tmp_path, policy, fits(("a", 0), ("b", 0), ("b", 1), ("d", 1), ("a", 2)))
    assert [(each.text, each.verdict, each.given) for each in found.clauses] == [
        ("1 with fits(c, k0)", "met", ("a",)),
        ("2 with fits(c, k1)", "met", ("b", "d")),
        ("1 with fits(c, k2)", "failed", ()),
    ]


# ---------------------------------------------------------------- exclusions and precedence

ROLES = """\
record Course
  kind    count 0 to 9
  honour  flag?

designation award "Award"
  require roles "Roles"
    each Course c once for
{lines}"""


@pytest.mark.parametrize(
    ("lines", "said"),
    [
        (
            ["3 with c.honour", "1 with c.kind is 1"],
            ["3: Course:1 (not known), Course:2, Course:3 (not known)", "0 of 1: "],
        ),
        (["4 with c.honour"], ["3 of 4: Course:1 (not known), Course:2, Course:3 (not known)"]),
        (["1 with c.kind is 7 and c.honour", "1 with c.kind is 2"], ["0 of 1: ", "1: Course:2"]),
    ],
)
def test_a_line_that_cannot_be_filled_whatever_is_open_is_named(
    tmp_path: Path, lines: list[str], said: list[str]
) -> None:
    rows = [{"kind": 1}, {"kind": 2, "honour": True}, {"kind": 2}]
    policy = ROLES.format(lines="".join(f"      {each}\n" for each in lines))
    answer = assess(tmp_path, policy, {"Course": rows})
    assert answer.verdict == "failed"
    clauses = answer.designations[0].tracks[0].requirements[0].clause.clauses
    assert [
        f"{each.found.removeprefix('at most ')}{f' of {each.needed}' if each.verdict == 'failed' else ''}: "
        f"{', '.join(each.given or ())}"
        for each in clauses
    ] == said


CREDITS = """\
enum Kind { first, second, third }

record Credit
  item   text
  kind   Kind
  size   count 0 to 9 default 1
  trial  flag default no

precedence Credit c for each c.item by c.kind
  first over second over third

precedence Credit c for each c.kind by c.size
  2 over 1

excluded Credit c "a trial"
  when c.trial

measure counted count
  count of Credit c

measure small count
  count of Credit c where c.size at most 1

excluded Credit c "nothing" from small
  when c.size is 0

designation exactly "As many as that"
  require it "It" counted is the_number and small is the_small_ones
"""


@pytest.mark.parametrize(
    ("rows", "counted", "small"),
    [
        pytest.param([{"kind": "first"}, {"kind": "second"}], 1, 1, id="the first of a group counts"),
        pytest.param([{"kind": "first", "trial": True}, {"kind": "second"}], 1, 1, id="what is excluded yields"),
        pytest.param(
            [{"kind": "first", "trial": True}, {"kind": "second"}, {"kind": "third"}], 1, 1, id="to the next only"
        ),
        pytest.param(
            [{"kind": "first", "size": 0}, {"kind": "second"}], 1, 0, id="excluded from one measure, it stays in others"
        ),
        pytest.param(
            [{"item": "y", "kind": "first", "size": 2}, {"kind": "first"}, {"kind": "second"}],
            1,
            0,
            id="what gives way by one precedence goes before by another",
        ),
    ],
)
def test_exclusions_and_precedences_together(
    tmp_path: Path, rows: list[dict[str, Any]], counted: int, small: int
) -> None:
    policy = CREDITS.replace("the_number", str(counted)).replace("the_small_ones", str(small))
    assert verdict(tmp_path, policy, {"Credit": [{"item": "x", **row} for row in rows]}) == "met"


# ---------------------------------------------------------------- windows and chains


@pytest.mark.parametrize(
    ("window", "doubted"),
    [
        ("s.day within the 12 months to last day of month of assessment date", True),
        ("s.day within the 6 months to year_end", True),
        ("s.day within the 1 year to (year_end as of 2021-02-15)", True),
        ("s.day within the 12 months to (1 day before first day of (1 month after this month))", True),
        ("s.day within the 12 months before last day of last month", True),
        ("s.day within the 1 month after year_end", True),
        ("s.day within the 12 months before first day of this month", False),
        ("s.day within the 12 months to (2 days before first day of this month)", False),
        ("s.day within the 90 days to year_end", False),
        ("month of s.day within the 12 months to month of assessment date", False),
        ("s.day within the 12 months to assessment date", False),
    ],
)
def test_check_doubts_windows_to_the_end_of_a_month(window: str, doubted: bool) -> None:
    policy = f"""\
record Sale
  day  date

define year_end as date
  last day of month of assessment date

designation d "D"
  require r "R" (some Sale s where {window}) and (some Sale s where s.day is year_end)
"""
    assert ("window-to-month-end" in codes(policy)) is doubted


def chain(length: int, body: str) -> str:
    first = "define c0 as number\n  1\n\n"
    others = "".join(f"define c{n} as number\n  {body.format(f'c{n - 1}')}\n\n" for n in range(1, length))
    return f'{first}{others}designation d "D"\n  require r "R" c{length - 1} at least 1\n'


@pytest.mark.parametrize("body", ["{} + 1", "greatest of ({}, 1)", "{}"])
def test_a_chain_of_definitions_is_evaluated_or_refused(tmp_path: Path, body: str) -> None:
    assert verdict(tmp_path, chain(400, body)) == "met"
    assert "chain-too-long" in codes(chain(1_200, body))


# ---------------------------------------------------------------- a missing value of a key that is worked out from rows

KEYED = """\
enum Size { small, large }

record Visit
  size   Size
  hours  count 0 to 9

parameter fee for count money EUR
  less than 2  10 EUR

define counts(v Visit, most count)
  v.hours at most most

define some_count(s Size)
  some Visit v where v.size is s and counts(v, 5)

measure visits(s Size) count
  count of Visit v where v.size is s and counts(v, 5)

measure fullest count
  greatest of v.hours among Visit v where counts(v, visits(v.size)) else 0

measure sizes count
  count of Size s where some_count(s)

designation cheap "Cheap"
  require fee "Fee" KEY at most 10 EUR
"""


@pytest.mark.parametrize(
    "key",
    [
        "fee(visits(small))",
        "fee(fullest + 2)",
        "fee(sizes + 2)",
        "(sum of fee(visits(s)) among Size s)",
        "(sum of fee(visits(v.size)) among Visit v)",
    ],
)
def test_a_key_without_an_entry_is_told_however_it_comes_about(tmp_path: Path, key: str) -> None:
    rows = {"Visit": [{"size": "small", "hours": 1}, {"size": "small", "hours": 2}, {"size": "large", "hours": 9}]}
    answer = assess(tmp_path, KEYED.replace("KEY", key), rows)
    assert answer.designations[0].verdict == "undetermined"
    assert any("`fee(2)` has no value" in each or "no entry" in each for each in answer.designations[0].undecided)
