"""Definitions that ask themselves: back along an order, and of what only grows, against a few lines of Python."""

from __future__ import annotations

import itertools
import random
from pathlib import Path
from typing import Any

import pytest

from attain_engine.api import assess as assess_program
from attain_engine.api import explain
from tests.oracle.interpreter import Interpreter
from tests.regressions.asked import ON, assess, codes, plan, read, steps, verdict

SALES = """\
enum Level { basic, silver, gold }

record Sale
  year  count
  n     count 0 to 1_000

define level(y count from 2019) as Level
  by case
    gold when (sum of s.n among Sale s where s.year is y) at least 100
    silver when (level(y - 1) else basic) is gold
    basic otherwise

define ever(y count from 2019)
  level(y) is gold or (ever(y - 1) else no)

define streak(y count from 2019) as count
  by case
    (streak(y - 1) else 0) + 1 when some Sale s where s.year is y
    0 otherwise

define highest(y count from 2019) as count
  greatest of (sum of s.n among Sale s where s.year is y, (highest(y - 2) else 0))

change sell(y Years) by 1 to 200 "Sell {n}"
  adds Sale { year: y.year, n: 1 }
  cost 1 EUR each

record Years
  year  count

"""
ASKED = """
designation d "D"
  require it {condition}
"""


def sales(numbers: dict[int, int]) -> list[dict[str, Any]]:
    return [{"year": year, "n": n} for year, n in numbers.items()]


def level(numbers: dict[int, int], year: int) -> str:
    if numbers.get(year, 0) >= 100:
        return "gold"
    return "silver" if year > 2019 and level(numbers, year - 1) == "gold" else "basic"


@pytest.mark.parametrize("seed", range(12))
def test_what_looks_back_is_what_the_years_before_say(tmp_path: Path, seed: int) -> None:
    dice = random.Random(seed)
    numbers = {year: dice.choice((30, 100, 170)) for year in range(2017, 2025) if dice.random() < 0.7}
    run = 0
    while 2024 - run >= 2019 and 2024 - run in numbers:
        run += 1
    best = max((numbers.get(year, 0) for year in (2024, 2022, 2020)), default=0)
    ever = any(numbers.get(year, 0) >= 100 for year in range(2019, 2025))
    conditions = {
        f"level(2024) is {level(numbers, 2024)}": "met",
        f"level(2023) is not {level(numbers, 2023)}": "failed",
        f"streak(2024) is {run}": "met",
        f"highest(2024) at least {best + 1}": "failed",
        f"highest(2024) at least {best}": "met",
        "ever(2024)": "met" if ever else "failed",
    }
    policy = SALES + "".join(f'designation d{n} "D"\n  require it {each}\n\n' for n, each in enumerate(conditions))
    said = assess(tmp_path, policy, {"Sale": sales(numbers), "Years": []})
    assert [each.verdict for each in said.designations] == list(conditions.values())


@pytest.mark.parametrize(
    ("condition", "rows", "cost"),
    [
        ("level(2024) at least silver", {2023: 40}, 60),
        ("level(2024) is gold", {2023: 40, 2024: 1}, 99),
        ("streak(2024) at least 3", {2024: 7}, 2),
        ("ever(2024)", {2019: 95, 2024: 90}, 5),
    ],
)
def test_a_plan_may_begin_with_an_earlier_year(tmp_path: Path, condition: str, rows: dict[int, int], cost: int) -> None:
    condition = condition.replace("at least silver", "is not basic")
    tables = {"Sale": sales(rows), "Years": [{"year": year} for year in (2019, 2022, 2023, 2024)]}
    found = plan(tmp_path, SALES + ASKED.format(condition=condition), tables)
    assert (found.status, steps(found)) == ("proved", {"sell": cost})


def test_before_the_first_there_is_no_value(tmp_path: Path) -> None:
    said = assess(
        tmp_path, SALES + ASKED.format(condition="level(2018) is gold"), {"Sale": sales({2018: 200}), "Years": []}
    )
    assert said.designations[-1].verdict == "undetermined"
    assert any("goes back to 2019" in each.message for each in said.problems)


def test_far_back(tmp_path: Path) -> None:
    policy = """\
record Visit
  month  month

define streak(m month from 1980-01) as count
  by case
    (streak(1 month before m) else 0) + 1 when some Visit v where v.month is m
    0 otherwise

designation d "D"
  require it streak(this month) is 500
"""
    months = [f"{each // 12}-{each % 12 + 1:02}" for each in range(2024 * 12 + 3 - 500, 2024 * 12 + 3)]
    assert verdict(tmp_path, policy, {"Visit": [{"month": each} for each in months]}) == "met"


# ---------------------------------------------------------------- what only grows

COURSES = """\
entity Course

record Needs
  course  Course
  needed  Course
  sure    flag?

define rests_on(a Course, b Course)
  some Needs n where n.course is a and n.sure and (n.needed is b or rests_on(n.needed, b))

define ready(c Course)
  every Needs n where n.course is c and n.sure has ready(n.needed)

change link(a Course, b Course)
  when (some Link l where l.a is a and l.b is b) and (no Needs n where n.course is a and n.needed is b)
  adds Needs { course: a, needed: b, sure: yes }
  cost 1 EUR

record Link
  a  Course
  b  Course

"""

Edges = list[tuple[str, str]]


def reached(edges: Edges, start: str) -> set[str]:
    found: set[str] = set()
    todo = [start]
    while todo:
        here = todo.pop()
        new = {b for a, b in edges if a == here} - found
        found |= new
        todo += new
    return found


def some_edges(dice: random.Random, names: str, number: int) -> Edges:
    return dice.sample([(a, b) for a in names for b in names if a != b], number)


@pytest.mark.parametrize("seed", range(12))
def test_what_grows_is_what_can_be_reached(tmp_path: Path, seed: int) -> None:
    dice = random.Random(seed)
    edges = some_edges(dice, "abcdef", 7)
    rows = [{"course": a, "needed": b, "sure": True} for a, b in edges]
    on_circles = {each for each in "abcdef" if each in reached(edges, each)}
    policy = COURSES + 'designation d "D"\n  require it rests_on("a", "f")\n\n'
    policy += 'designation e "E"\n  require it ready("a")\n'
    said = assess(tmp_path, policy, {"Needs": rows, "Link": []})
    ready = not (on_circles & {"a", *reached(edges, "a")})
    assert [each.verdict for each in said.designations] == [
        "met" if "f" in reached(edges, "a") else "failed",
        "met" if ready else "failed",
    ]


@pytest.mark.parametrize("seed", range(6))
def test_the_other_interpreter_says_the_same(tmp_path: Path, seed: int) -> None:
    dice = random.Random(seed)
    policy = COURSES + "".join(
        f'designation d{b} "D"\n  require it rests_on("a", "{b}")\n\n'
        f'designation e{b} "E"\n  require it ready("{b}")\n\n'
        for b in "bcdef"
    )
    policy += SALES + "".join(
        f'designation y{y} "Y"\n  require it level({y}) is silver or (streak({y}) at least 2 and ever({y}))\n\n'
        for y in range(2019, 2025)
    )
    tables = {
        "Needs": [{"course": a, "needed": b, "sure": True} for a, b in some_edges(dice, "abcdef", 6)],
        "Sale": sales({year: dice.choice((30, 100)) for year in range(2018, 2025) if dice.random() < 0.7}),
        "Link": [], "Years": [],
    }  # fmt: skip
    program, facts = read(tmp_path, policy, tables, {})
    said = assess_program(program, facts, ON)
    assert {each.name: each.verdict.replace("failed", "not met") for each in said.designations} == {
        name.rpartition(".")[2]: verdict for name, verdict in Interpreter(program, facts, ON, {}).verdicts().items()
    }


@pytest.mark.parametrize("seed", range(10))
def test_with_something_unknown_it_is_as_every_completion_says(tmp_path: Path, seed: int) -> None:
    dice = random.Random(seed)
    edges = some_edges(dice, "abcde", 8)
    unsure = dice.sample(edges, 4)
    rows = [{"course": a, "needed": b} | ({} if (a, b) in unsure else {"sure": True}) for a, b in edges]
    truths = set()
    for taken in itertools.product((False, True), repeat=4):
        left = [each for each in edges if each not in unsure]
        left += [each for each, there in zip(unsure, taken, strict=True) if there]
        truths.add("e" in reached(left, "a"))
    expected = "undetermined" if len(truths) == 2 else "met" if True in truths else "failed"
    policy = COURSES + ASKED.format(condition='rests_on("a", "e")')
    assert verdict(tmp_path, policy, {"Needs": rows, "Link": []}) == expected


@pytest.mark.parametrize("seed", range(6))
def test_the_best_plan_is_the_shortest_way(tmp_path: Path, seed: int) -> None:
    dice = random.Random(seed)
    edges = some_edges(dice, "abcde", 10)
    there = [each for each in edges[:3] if each != ("a", "e")]
    ways = [each for each in edges[3:] if each not in there]
    least = next(
        (
            n
            for n in range(len(ways) + 1)
            if any("e" in reached([*there, *some], "a") for some in itertools.combinations(ways, n))
        ),
        None,
    )
    tables = {
        "Needs": [{"course": a, "needed": b, "sure": True} for a, b in there],
        "Link": [{"a": a, "b": b} for a, b in ways],
    }
    found = plan(tmp_path, COURSES + ASKED.format(condition='rests_on("a", "e")'), tables)
    if least is None:
        assert found.status == "impossible"
    else:
        assert found.status in ("proved", "qualified")
        assert sum(steps(found).values()) == least if least else found.status == "qualified"


OWNERS = """\
entity Company

record Holding
  owner  Company
  of     Company
  share  percent 0% to 100%

define controls(a Company, b Company)
  (sum of h.share among Holding h where h.of is b and (h.owner is a or controls(a, h.owner))) more than 50%

designation d "D"
  require it controls("a", "e")
"""


@pytest.mark.parametrize("seed", range(10))
def test_owners_of_owners_with_shares(tmp_path: Path, seed: int) -> None:
    dice = random.Random(seed)
    held = {(a, b): dice.choice((10, 26, 30, 51)) for a, b in some_edges(dice, "abcde", 12)}
    controlled: set[str] = set()
    while True:
        more = {
            b for b in "abcde" if sum(n for (x, y), n in held.items() if y == b and (x == "a" or x in controlled)) > 50
        }
        if more == controlled:
            break
        controlled = more
    rows = [{"owner": a, "of": b, "share": f"{n}%"} for (a, b), n in held.items()]
    assert verdict(tmp_path, OWNERS, {"Holding": rows}) == ("met" if "e" in controlled else "failed")


def test_a_worksheet_follows_the_way_and_ends(tmp_path: Path) -> None:
    policy = COURSES + ASKED.format(condition='rests_on("a", "d")')
    rows = [{"course": a, "needed": b, "sure": True} for a, b in ("ab", "ba", "bc", "cd")]
    program, facts = read(tmp_path, policy, {"Needs": rows, "Link": []}, {})
    assert explain(program, facts, ON, "d").lines


# ---------------------------------------------------------------- what is refused

HEAD = """\
entity P

record R
  a  P
  b  P
  n  number

designation d "D"
  require x some R r where r.n is 1

"""


@pytest.mark.parametrize(
    "text",
    [
        "define f(y count)\n  f(y - 1)\n",
        "define f(y count from 1)\n  (f(y + 1) else no)\n",
        "define f(y count from 1)\n  (f(y - 0) else no)\n",
        "define f(y count from 1)\n  f(y - 1)\n",
        "define f(y count from 1) as count\n  (f(y) else 0) + 1\n",
        "define f(y count from 1)\n  y is 3\n",
        "define f(y count) as count\n  f(y) + 1\n",
        "define f(a P)\n  no R r where r.a is a and f(r.b)\n",
        "define f(a P)\n  not f(a)\n",
        "define f(a P)\n  (count of R r where r.a is a and f(r.b)) at most 2\n",
        "define f(a P)\n  (sum of r.n among R r where r.a is a and f(r.b)) at least 2\n",
        "define f(a P, n count)\n  some R r where r.a is a and f(r.b, n + 1)\n",
        "define f(a P)\n  g(a)\n\ndefine g(a P)\n  f(a)\n",
        "define f(p P from 1)\n  (f(p) else no)\n",
        "measure m(y count from 1) count\n  m(y - 1)\n",
        "define f(d date from 2020-01-01)\n  (f(1 day after d) else no)\n",
    ],
)
def test_what_may_not_end_or_mean_anything_is_refused(text: str) -> None:
    assert "cyclic-definition" in codes(HEAD + text)
