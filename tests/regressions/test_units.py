"""Units given out to lines, each row whole: any number of lines, and lines that may share, against every way tried."""

from __future__ import annotations

import itertools
import random
from pathlib import Path
from typing import Any

import pytest

from attain_compiler.pipeline import compile_policy
from attain_engine.api import assess as assess_program
from attain_engine.api import explain
from tests.oracle.interpreter import Interpreter
from tests.regressions.asked import ON, assess, codes, plan, read, verdict

WORDS = """\
entity Course

record Passed
  course  Course
  units   number? 0 to 20
  a       flag
  b       flag
  c       flag

change pass(w Wish)
  when no Passed p where p.course is w.course
  adds Passed { course: w.course, units: w.units, a: w.a, b: w.b, c: w.c }
  cost w.units * 1 EUR

record Wish
  course  Course
  units   number 0 to 20
  a       flag
  b       flag
  c       flag

designation it "It"
  require buckets "Each counts once"
    each Passed p by p.units once for
      {a} with p.a as first
      {b} with p.b as second
      {c} with p.c
{share}
designation heads "Heads"
  require buckets
    each Passed p once for
      2 with p.a as x
      2 with p.b as y
      at most 1 in both x and y
"""


def policy(a: int, b: int, c: int, share: int | None = None) -> str:
    line = "" if share is None else f"      at most {share} in both first and second\n"
    return WORDS.replace("{a}", str(a)).replace("{b}", str(b)).replace("{c}", str(c)).replace("{share}", line)


def some_rows(dice: random.Random, names: str) -> list[dict[str, Any]]:
    rows = []
    for name in names:
        flags = {each: dice.random() < 0.6 for each in "abc"}
        rows.append({"course": name, "units": dice.choice((2, 3, 4, 5))} | flags)
    return rows


@pytest.mark.parametrize("seed", range(24))
def test_it_is_as_every_way_says(tmp_path: Path, seed: int) -> None:
    dice = random.Random(seed)
    text = policy(dice.randint(0, 7), dice.randint(3, 8), dice.choice((0, 4)), dice.choice((None, 1, 2)))
    program, facts = read(tmp_path, text, {"Passed": some_rows(dice, "mnopq"), "Wish": []}, {})
    said = {
        each.name: each.verdict.replace("failed", "not met") for each in assess_program(program, facts, ON).designations
    }
    other = Interpreter(program, facts, ON, {}).verdicts()
    assert said == {name.rpartition(".")[2]: verdict for name, verdict in other.items()}


@pytest.mark.parametrize("seed", range(6))
def test_the_best_plan_is_the_cheapest_that_fills_all_lines(tmp_path: Path, seed: int) -> None:
    dice = random.Random(seed)
    text = policy(5, 6, 2, 1)
    there, wishes = some_rows(dice, "mn"), some_rows(dice, "vwxyz")
    least = None
    for some in itertools.chain.from_iterable(itertools.combinations(wishes, n) for n in range(6)):
        program, facts = read(tmp_path, text, {"Passed": [*there, *some], "Wish": []}, {})
        if Interpreter(program, facts, ON, {}).verdicts()["tried.it"] == "met":
            cost = sum(each["units"] for each in some)
            least = cost if least is None else min(least, cost)
    program_text = text.partition("designation heads")[0]
    found = plan(tmp_path, program_text, {"Passed": there, "Wish": wishes})
    if least is None:
        assert found.status == "impossible"
    else:
        assert found.status in ("proved", "qualified")
        assert found.status == "qualified" or found.plans[0].cost == f"{least} EUR"


@pytest.mark.parametrize(
    ("units", "expected"), [((4, 4, None), "met"), ((4, 1, None), "undetermined"), ((1, 1, None), "failed")]
)
def test_units_that_are_not_known(tmp_path: Path, units: tuple[Any, ...], expected: str) -> None:
    text = policy(4, 4, 0).replace("number? 0 to 20", "number? 0 to 2").replace("4 with p.b", "4 with p.b or p.c")
    text = text if expected == "failed" else text.replace("0 to 2\n", "0 to 20\n")
    rows = [
        {"course": name, "a": True, "b": True, "c": True} | ({} if number is None else {"units": number})
        for name, number in zip("mno", units, strict=True)
    ]
    assert verdict(tmp_path, text.partition("designation heads")[0], {"Passed": rows, "Wish": []}) == expected


def test_a_report_says_what_went_where(tmp_path: Path) -> None:
    rows = [
        {"course": "m", "units": 5, "a": True, "b": True, "c": False},
        {"course": "n", "units": 4, "a": False, "b": True, "c": False},
        {"course": "o", "units": 3, "a": True, "b": False, "c": False},
    ]
    said = assess(tmp_path, policy(8, 9, 0, 1), {"Passed": rows, "Wish": []})
    first, second, _ = said.designations[0].tracks[0].requirements[0].clause.clauses
    assert (first.found, first.needed, len(first.given)) == ("8", "8", 2)
    assert (second.found, second.needed, len(second.given)) == ("9", "9", 2)
    said = assess(tmp_path, policy(8, 9, 0), {"Passed": rows, "Wish": []})
    first, second, _ = said.designations[0].tracks[0].requirements[0].clause.clauses
    assert (first.verdict, first.found, second.verdict, second.found) == ("met", "8", "failed", "4")
    program, facts = read(tmp_path, policy(8, 9, 0), {"Passed": rows, "Wish": []}, {})
    assert explain(program, facts, ON, "it")


def test_any_number_of_lines(tmp_path: Path) -> None:
    lines = "".join(f'      1 with p.course is "c{n}"\n' for n in range(20))
    text = (
        WORDS.partition("designation it")[0]
        + f'designation it "It"\n  require x\n    each Passed p by p.units once for\n{lines}'
    )
    rows = [{"course": f"c{n}", "units": 1, "a": False, "b": False, "c": False} for n in range(20)]
    assert verdict(tmp_path, text, {"Passed": rows, "Wish": []}) == "met"
    assert verdict(tmp_path, text, {"Passed": rows[1:], "Wish": []}) == "failed"


def test_many_rows_and_lines_are_given_out_at_once(tmp_path: Path) -> None:
    rows = [{"course": f"c{n}", "units": n % 3 + 2, "a": n % 2 == 0, "b": n % 3 == 0, "c": True} for n in range(60)]
    assert (
        verdict(tmp_path, policy(60, 40, 70).partition("designation heads")[0], {"Passed": rows, "Wish": []}) == "met"
    )


@pytest.mark.parametrize(
    ("line", "code"),
    [
        ("      at most 1 in both first and third\n", "unknown-name"),
        ("      at most 1 in both first and first\n", "duplicate-name"),
        ("      2 with p.c as first\n", "duplicate-name"),
        ("      2 EUR with p.c\n", "unit-mismatch"),
    ],
)
def test_what_is_refused(line: str, code: str) -> None:
    assert code in codes(WORDS.replace("{a}", "1").replace("{b}", "1").replace("{c}", "1").replace("{share}", line))


def test_a_line_that_names_its_unit_is_told_where_to_say_it() -> None:
    text = policy(1, 1, 1).replace("1 with p.c\n", "1 units with p.c\n").replace(" by p.units", "")
    _, found = compile_policy("tried.attain", f'policy p "P"\n\n{text}', lambda _, __: None)
    assert any("`each R r by r.units once for`" in each.help for each in found)


def test_what_adds_up_is_a_quantity() -> None:
    assert "type-mismatch" in codes(policy(1, 1, 1).replace("by p.units", "by p.course"))
