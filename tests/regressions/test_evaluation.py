"""Kinds of faults that lived in evaluation: what is run over, what has no value, what cannot be worked out."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from attain_compiler.pipeline import compile_policy
from attain_engine.api import EvaluationProblem
from attain_engine.assess.models import Clause
from attain_engine.report.assessment_text import assessment_text
from attain_engine.report.console import Console
from tests.regressions.asked import assess, clause, codes, verdict

COURSES = """\
entity Course

record Passed
  course  Course
  unique course

define passed(c Course)
  some Passed p where p.course is c

"""


# ---------------------------------------------------------------- what the policy names is run over


@pytest.mark.parametrize(
    "condition",
    [
        'every Course c where c is "a" or c is "b" has passed(c)',
        "every Course c where c in core has passed(c)",
        "every Course c where named_by_a_definition(c) has passed(c)",
        "not (some Course c where c in core and not (passed(c)))",
        "(count of Course c where c in core and passed(c)) at least 2",
    ],
)
def test_an_identifier_that_only_the_policy_names_is_run_over(tmp_path: Path, condition: str) -> None:
    policy = f"""{COURSES}parameter core set of Course
  {{ "a", "b" }}

define named_by_a_definition(c Course)
  c is "a" or c is "b"

designation both "Both"
  require both "Both" {condition}
"""
    assert verdict(tmp_path, policy, {"Passed": [{"course": "a"}]}) == "failed"
    assert verdict(tmp_path, policy, {"Passed": [{"course": "a"}, {"course": "b"}]}) == "met"


def test_an_identifier_in_the_key_of_a_parameter_is_run_over(tmp_path: Path) -> None:
    policy = f"""{COURSES}parameter credits for Course count
  "a"        5
  "b"        5
  otherwise  0

designation all "All"
  require all "All that count" every Course c where credits(c) more than 0 has passed(c)
"""
    assert verdict(tmp_path, policy, {"Passed": [{"course": "a"}, {"course": "x"}]}) == "failed"


def test_what_only_an_example_names_is_not_run_over(tmp_path: Path) -> None:
    policy = f"""{COURSES}designation all "All"
  require all "All" every Course c has passed(c)

example "another"
  given Passed
    course
    "z"
  expect all is met
"""
    assert verdict(tmp_path, policy, {"Passed": [{"course": "a"}]}) == "met"


@pytest.mark.parametrize(
    ("condition", "doubted"),
    [
        ("every Passed p has p.course is not bad()", True),
        ('every Passed p where p.course is not "x" has p.course is not bad()', True),
        ("every Course c where passed(c) has c is not bad()", True),
        ("(some Passed p) and (every Passed p has p.course is not bad())", False),
        ('every Course c where c is "a" or c is "b" has passed(c)', False),
        ("no Passed p where p.course is bad()", False),
    ],
)
def test_check_doubts_an_every_that_may_hold_of_nothing(condition: str, doubted: bool) -> None:
    policy = f"""{COURSES}define bad as Course
  "bad"

designation all "All"
  require all "All" {condition.replace("bad()", "bad")}
"""
    assert ("holds-of-nothing" in codes(policy)) is doubted


@pytest.mark.parametrize(
    ("worth", "doubted"),
    [
        ('all or nothing when every Passed p has p.course is not "x"', True),
        ('2 points for each 1 only if every Passed p has p.course is not "x"', True),
        ('all or nothing when (some Passed p) and (every Passed p has p.course is not "x")', False),
        ("all or nothing when every d in days from 2024-02-28 to 2024-03-01 has d later than 2024-01-01", False),
        ("all or nothing when every d in days from 2024-03-01 to 2024-02-28 has d later than 2024-01-01", True),
        ("all or nothing when every n in { year of assessment date, 5 } has n at least 3", False),
    ],
)
def test_check_doubts_points_for_an_every_that_may_hold_of_nothing(worth: str, doubted: bool) -> None:
    policy = f"""{COURSES}score points out of 10
  part p up to 10 {worth}

designation all "All"
  require all "All" points at least 10
"""
    assert ("holds-of-nothing" in codes(policy)) is doubted


def test_what_a_doubt_proposes_for_an_every_over_a_set_is_what_can_be_written() -> None:
    policy = """policy tried "Tried"

parameter years set of count
  { 2023, 2024 }

record Visit
  year count

define visited(y count)
  some Visit v where v.year is y

designation all "All"
  require all "All" every y in years where y more than 2023 has visited(y)
"""
    diagnostics = compile_policy("tried.attain", policy, lambda _, __: None)[1]
    doubt = next(each for each in diagnostics if each.code == "holds-of-nothing")
    assert "there is nothing in `years`" in doubt.message
    assert "`some y in years where ...`" in doubt.help


# ---------------------------------------------------------------- which of them fail

ROWS = """\
enum Area { a, b, c }

record Held
  area  Area
  n     count 0 to 100

designation all "All"
  require all "All" """


@pytest.mark.parametrize(
    ("condition", "named"),
    [
        ("every Held h has h.n at least 5", ["Held:2: h.n"]),
        ("every Held h where h.area is not a has h.n at least 5", ["Held:2: h.n"]),
        ("no Held h where h.n less than 5", ["Held:2"]),
        ("every Held h has (h.n at least 5 and h.n at most 50)", ["Held:2", "Held:3"]),
        (
            "every Area x where (some Held h where h.area is x) has (some Held h where h.area is x and h.n over_five)",
            ["b"],
        ),
    ],
)
def test_what_fails_of_every_and_no_is_named(tmp_path: Path, condition: str, named: list[str]) -> None:
    rows = [{"area": "a", "n": 50}, {"area": "b", "n": 3}, {"area": "a", "n": 60}]
    found = clause(tmp_path, ROWS + condition.replace("over_five", "at least 5") + "\n", {"Held": rows})
    assert [each.label for each in found.clauses if each.verdict == "failed"] == named


@pytest.mark.parametrize(
    ("condition", "named"),
    [
        ("all_good", ["Held:2: h.n"]),
        ("none_bad(b)", ["Held:2"]),
        ("all_good and (count of Held h) at least 1", ["Held:2: h.n"]),
        ("twice", ["Held:2: h.n"]),
        ("filled", ["2 with h.n at most 10"]),
        ("twice and filled", ["Held:2: h.n", "2 with h.n at most 10"]),
        ("every Area x where x is not c has none_bad(x)", ["b: Held:2"]),
    ],
)
def test_what_fails_of_a_definition_is_named(tmp_path: Path, condition: str, named: list[str]) -> None:
    definitions = """\
define all_good
  every Held h has h.n at least 5

define none_bad(x Area)
  no Held h where h.area is x and h.n less than 5

define twice
  all_good

define filled
  each Held h once for
    1 with h.n more than 10
    2 with h.n at most 10

"""
    rows = [{"area": "a", "n": 50}, {"area": "b", "n": 3}, {"area": "a", "n": 60}]
    found = clause(tmp_path, definitions + ROWS + condition + "\n", {"Held": rows})
    assert [each.label or each.text for each in failing(found)] == named


def failing(found: Clause) -> list[Clause]:
    """The innermost clauses that fail."""
    inner = [each for each in found.clauses if each.verdict == "failed"]
    return [one for each in inner for one in failing(each)] or [found]


def test_what_a_where_leaves_out_is_not_named(tmp_path: Path) -> None:
    condition = "every Area x where (some Held h where h.area is x) has (some Held h where h.area is x and h.n is 1)\n"
    found = clause(tmp_path, ROWS + condition, {"Held": [{"area": "a", "n": 3}, {"area": "c", "n": 1}]})
    assert [(each.label, each.verdict) for each in found.clauses] == [("a", "failed"), ("c", "met")]


# ---------------------------------------------------------------- the time to never

CONTRACTS = """\
record Contract
  ends  date or never

define day_after(x date) as date
  1 day after x

"""


@pytest.mark.parametrize(
    "number",
    [
        "number of days from assessment date to c.ends",
        "number of months from c.ends to assessment date",
        "number of years from assessment date to day_after(c.ends)",
        "number of days from assessment date to (latest of (c.ends, 2024-01-01))",
        "number of months from assessment date to first day of month of c.ends",
        "number of days from assessment date to (latest of other.ends among Contract other else 2024-01-01)",
    ],
)
def test_the_time_to_never_needs_else(number: str) -> None:
    counted = f'designation d "D"\n  require r "R" some Contract c where ({number}) at least 3\n'
    assert "may-have-no-value" in codes(CONTRACTS + counted)
    covered = f'designation d "D"\n  require r "R" some Contract c where (({number}) else 0) at least 3\n'
    assert "may-have-no-value" not in codes(CONTRACTS + covered)


@pytest.mark.parametrize(("ends", "said"), [({}, "met"), ({"ends": "2024-05-01"}, "failed")])
def test_else_stands_for_the_time_to_never(tmp_path: Path, ends: dict[str, str], said: str) -> None:
    policy = f"""{CONTRACTS}designation d "D"
  require r "R" days_left at least 500

measure days_left number
  average of ((number of days from assessment date to c.ends) else 1_000) among Contract c else 0
"""
    assert verdict(tmp_path, policy, {"Contract": [ends]}) == said


def test_the_time_to_a_date_that_cannot_be_never_needs_no_else() -> None:
    policy = """\
record Contract
  ends  date or never
  sure  date

designation d "D"
  require r "R" some Contract c where (number of days from c.sure to (earliest of (c.ends, 2030-01-01))) at least 3
"""
    assert "may-have-no-value" not in codes(policy)


# ---------------------------------------------------------------- a value that cannot be worked out

BAD = """\
enum Kind {{ a, b }}

record Sale
  kind    Kind
  on      date
  needed  number 0 to 100
  sold    number 0 to 100

parameter price for Kind number
  from 2020-01-01
    a  5, b  5

score points out of 20
  part p up to 20 best for s in {{ a, b }}: in proportion to sold(s) full at needed(s)

measure sold(k Kind) number
  sum of s.sold among Sale s where s.kind is k

measure needed(k Kind) number
  greatest of s.needed among Sale s where s.kind is k else 1

measure priced number
  sum of {value} among Sale s

designation bad "Bad"
  require it "It" {condition}

designation good "Good"
  require it "It" (count of Sale s) at least 1
"""


@pytest.mark.parametrize(
    ("value", "condition", "row", "code"),
    [
        ("price(s.kind) as of s.on", "priced at least 10", {"on": "1990-01-01"}, "no-entry"),
        ("(number of days from s.on to (9_000 years after s.on))", "priced at least 10", {}, "outside-the-calendar"),
        ("1", "(points) at least 20", {"needed": 0}, "full-not-positive"),
    ],
)
def test_what_does_not_depend_on_a_bad_value_is_answered(
    tmp_path: Path, value: str, condition: str, row: dict[str, Any], code: str
) -> None:
    sale = {"kind": "a", "on": "2023-01-01", "needed": 10, "sold": 5, **row}
    answer = assess(tmp_path, BAD.format(value=value, condition=condition), {"Sale": [sale]})
    assert {each.name: each.verdict for each in answer.designations} == {"bad": "undetermined", "good": "met"}
    assert [each.code for each in answer.problems] == [code]
    assert f"error[{code}]" in assessment_text(answer, Console(color=False, unicode=True, columns=120))


def test_the_row_of_a_bad_value_is_named(tmp_path: Path) -> None:
    policy = BAD.format(value="price(s.kind) as of s.on", condition="priced at least 10")
    rows = [{"kind": "a", "on": on, "needed": 1, "sold": 1} for on in ("2021-01-01", "1990-01-01")]
    (problem,) = assess(tmp_path, policy, {"Sale": rows}).problems
    assert problem.rows == ("Sale row 2 (facts.json)",)


def test_a_verdict_that_a_bad_value_cannot_change_is_given(tmp_path: Path) -> None:
    policy = BAD.format(
        value="price(s.kind) as of s.on", condition="priced at least 10 and (count of Sale s) at least 2"
    )
    row = {"kind": "a", "on": "1990-01-01", "needed": 1, "sold": 1}
    assert assess(tmp_path, policy, {"Sale": [row]}).designations[0].verdict == "failed"


# ---------------------------------------------------------------- nothing to qualify for


@pytest.mark.parametrize(
    "policy", ["record Item\n  n count\n", "measure m number\n  5\n", 'report r "R" as number\n  5\n']
)
def test_an_assessment_without_a_designation_is_no_yes(tmp_path: Path, policy: str) -> None:
    with pytest.raises(EvaluationProblem, match="nothing to qualify for"):
        assess(tmp_path, policy)
