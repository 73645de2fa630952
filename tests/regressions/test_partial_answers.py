"""What can be answered is answered, with its reasons, beside what cannot."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from attain_compiler.pipeline import compile_policy
from attain_engine.api import assess as assess_program
from attain_engine.api import full_report
from attain_engine.assess.named import explain_name
from attain_engine.assess.why import explain_rows
from attain_engine.cli.application import run
from attain_engine.report.assessment_text import assessment_text
from attain_engine.report.console import Console
from attain_engine.report.forms import written
from tests.regressions.asked import HEAD, ON, assess, plan, read

PEOPLE = """\
enum Kind {{ a, b }}

entity Person

record Member
  person  Person
  kind    Kind
  years   count 0 to 99

parameter weight for Kind count
  a 1

parameter most for Kind points
  a 10 points

parameter wanted for Kind set of Kind
  a {{ a }}

score points out of 10
  part p up to most(b) worth 10

designation bad "Bad"
  require it "It" {condition}

designation tracked "Tracked"
  any for k in wanted(b)
  require it "It" (some Member m where m.kind is k)

designation good "Good"
  require it "It" (count of Member m) at least 1
"""


@pytest.mark.parametrize(
    ("condition", "verdict"),
    [
        ("every Member m where weight(m.kind) at least 1 has m.years at least 5", "failed"),  # the first, which is an a
        ("every Member m where weight(m.kind) at least 1 has m.years at least 1", "met"),  # whatever weighs bo
        ("every Member m where weight(m.kind) at least 1 has m.years at least 2", "undetermined"),
        ("no Member m where weight(m.kind) at least 2 and m.years at least 5", "met"),
        ("no Member m where weight(m.kind) at least 2 and m.years at least 1", "undetermined"),
        ("every Kind k where k is a has weight(k) at least 1", "met"),
        ("(count of k in wanted(b) where k is a) at least 1", "undetermined"),
        ("each Member m once for\n      2 with weight(m.kind) at least 1", "met"),  # the others, who are an a
        ("each Member m once for\n      3 with weight(m.kind) at least 1", "undetermined"),
        ("each Member m by weight(m.kind) once for\n      2 with m.years at least 3", "met"),
        ("each Member m by m.years once for\n      12 with weight(m.kind) at least 1", "met"),
        ("each Member m by m.years once for\n      14 with weight(m.kind) at least 1", "failed"),
        ("each Member m once for\n      4 with m.years at least 0 or weight(m.kind) at least 1", "failed"),
        ("points at least 5", "undetermined"),
        ("(tracked is met)", "undetermined"),
    ],
)
def test_one_bad_value_leaves_the_rest_of_the_answer_and_its_reasons(
    tmp_path: Path, condition: str, verdict: str
) -> None:
    rows = [
        {"person": "ana", "kind": "a", "years": 3},
        {"person": "bo", "kind": "b", "years": 1},
        {"person": "cy", "kind": "a", "years": 9},
    ]
    program, facts = read(tmp_path, PEOPLE.format(condition=condition), {"Member": rows}, {})
    answer = assess_program(program, facts, ON)
    assert {each.name: each.verdict for each in answer.designations} == {
        "bad": verdict,
        "tracked": "undetermined",
        "good": "met",
    }
    assert written(full_report(program, facts, ON), ".html")
    for asked in ("bad.it", "tracked"):
        assert explain_name(program, facts, ON, None, asked).lines
    assert explain_rows(program, facts, ON, None, "Member:2").rows


FEES = """\
enum Kind { a, b }

record Member
  kind   Kind
  years  count 0 to 99

parameter weight for Kind count
  a 1

designation d "D"
  require it "It" CONDITION
"""


@pytest.mark.parametrize("rows", [("b5", "a9"), ("a9", "b5"), ("b5", "b6", "a9", "b7")])
@pytest.mark.parametrize(
    ("condition", "verdict"),
    [
        ("some Member m where weight(m.kind) at least 1", "met"),
        ("some Member m where weight(m.kind) at least 2", "undetermined"),
        ("some Member m where weight(m.kind) at least 1 and m.years at most 3", "failed"),
        ("no Member m where weight(m.kind) at least 1", "failed"),
        ("every Member m has weight(m.kind) at least 2", "failed"),
        ("every Member m where m.kind is a has weight(m.kind) at least 1", "met"),
        ("every Member m has weight(m.kind) at least 1 or m.years at least 5", "met"),
        ("(count of Member m where weight(m.kind) at least 1 and m.years at most 3) is 0", "met"),
        ("weight(b) at least 1 or (count of Member m) at least 2", "met"),
        ("weight(b) at least 1 and (count of Member m) at most 1", "failed"),
        ("weight(b) at least 1 and (count of Member m) at least 2", "undetermined"),
        ("at least 1 of (weight(b) at least 1, weight(a) is 1)", "met"),
        ("at least 2 of (weight(b) at least 1, weight(a) is 1)", "undetermined"),
        ("at least 2 of (weight(b) at least 1, weight(a) is 2)", "failed"),
    ],
)
def test_where_a_value_is_missing_what_others_decide_is_decided_in_whatever_order_they_stand(
    tmp_path: Path, rows: tuple[str, ...], condition: str, verdict: str
) -> None:
    tables = {"Member": [{"kind": each[0], "years": int(each[1:])} for each in rows]}
    program, facts = read(tmp_path, FEES.replace("CONDITION", condition), tables, {})
    assert assess_program(program, facts, ON).verdict == verdict


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


@pytest.mark.parametrize(
    ("policy", "facts"),
    [
        ("record Item\n  n count\n", None),
        ("record Item\n  n count\n", {"facts": {"Item": [{"n": 1}]}}),
        ("measure m number\n  5\n\nclaim m is 5\n", None),
        ('report r "R" as number\n  5\n', {"as_of": "2024-01-01"}),
    ],
)
@pytest.mark.parametrize("command", [["assess"], ["plan"], ["report", "-o", "x.md"]])
def test_that_there_is_nothing_to_qualify_for_is_said_before_a_date_is_asked_for(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], policy: str, facts: dict[str, Any] | None, command: list[str]
) -> None:
    written_to = tmp_path / "tried.attain"
    written_to.write_text(HEAD + policy, encoding="utf-8")
    given = []
    if facts is not None:
        (tmp_path / "facts.json").write_text(json.dumps(facts), encoding="utf-8")
        given = [str(tmp_path / "facts.json")]
    assert run([command[0], str(written_to), *given, *command[1:]]) == 2
    assert "nothing to qualify for" in capsys.readouterr().err


@pytest.mark.parametrize("written_day", ["9999-12-31", "9999-06-30", "last day of 9999-01"])
def test_a_date_after_the_calendar_is_not_taken_for_never(written_day: str) -> None:
    policy = f"""{HEAD}record Contract
  ends date or never

designation d "D"
  require r "R" some Contract c where c.ends later than {written_day}
"""
    _, found = compile_policy("tried.attain", policy, lambda _, __: None)
    assert "no-such-date" in [each.code for each in found]


def test_the_assessment_date_lies_in_the_calendar(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    policy = tmp_path / "tried.attain"
    policy.write_text(f'{HEAD}designation d "D"\n  require r "R" 1 is 1\n', encoding="utf-8")
    for given in (["--as-of", "9999-12-31"], ["--as-of", "9999-01-01"]):
        assert run(["assess", str(policy), *given]) == 2
        assert "outside the years 1 to 9998" in capsys.readouterr().err


@pytest.mark.parametrize("unit", ["units", "credits", "hours"])
def test_a_line_of_an_allocation_that_counts_units_is_refused_with_the_way_to_say_it(unit: str) -> None:
    policy = ROLES.format(lines=f"      4 {unit} with c.kind is 1\n")
    _, found = compile_policy("tried.attain", HEAD + policy, lambda _, __: None)
    assert f"counts no `{unit}`" in found[0].message
    assert f"by r.{unit} once for" in (found[0].help or "")


UNITS = """\
enum Bucket {{ none, design, computing }}

record Passed
  course  text
  units   number 0 to 20
  fits    set of Bucket
  bucket  Bucket default none
  unique course

measure units(b Bucket) number 0 to 1_000
  sum of p.units among Passed p where p.bucket is b and b in p.fits

designation degree "Degree"
  require design "Design" units(design) at least {design}
  require computing "Computing" units(computing) at least {computing}

change count_for(p Passed, b Bucket) "Count {{p.course}} for {{b}}"
  when b in p.fits
  sets p.bucket to b
  cost 0 USD
"""


@pytest.mark.parametrize(
    ("design", "computing", "status"),
    [
        (4, 8, "proved"),
        (4, 9, "proved"),
        (5, 8, "proved"),
        (5, 9, "impossible"),
        (9, 4, "proved"),
        (9, 5, "impossible"),
    ],
)
def test_units_that_are_counted_once_are_assigned_by_a_plan(
    tmp_path: Path, design: int, computing: int, status: str
) -> None:
    """Of `a` (4, either), `b` (4, computing only) and `c` (5, either)."""
    rows = [
        {"course": "a", "units": 4, "fits": ["design", "computing"]},
        {"course": "b", "units": 4, "fits": ["computing"]},
        {"course": "c", "units": 5, "fits": ["design", "computing"]},
    ]
    policy = UNITS.format(design=design, computing=computing)
    assert plan(tmp_path, policy, {"Passed": rows}).status == status


# ---------------------------------------------------------------- one bad row among others

BAD_ROW = """\
enum Kind {{ a, b }}

entity Shop

record Sale
  kind  Kind
  shop  Shop
  on    date
  n     count 0 to 5

parameter price for Kind count
  from 2020-01-01  a 5, b 7

define dear(s Sale)
  (price(s.kind) as of s.on) at least 5

measure many count
  count of Sale s where dear(s)

measure sold number
  sum of s.n among Sale s where dear(s) and s.n at least 1

measure worth number
  sum of s.n * (price(s.kind) as of s.on) among Sale s where s.n at most 2

measure best number
  greatest of s.n among Sale s where dear(s) else 0

measure worst number
  least of s.n among Sale s where dear(s) else 0

measure mean number
  average of s.n among Sale s where dear(s) else 0

measure middle number
  median of s.n among Sale s where dear(s) else 0

measure shops count
  distinct s.shop among Sale s where dear(s)

measure dearest number
  greatest of (price(s.kind) as of s.on) among Sale s else 0

measure of_the_dear count
  count of Sale s where s.n is (least of z.n among Sale z where dear(z) else 0)

score points out of 10
  part p up to 10  1 point for each (count of Sale s where dear(s))

designation d "D"
  require it "It" {condition}
"""


@pytest.mark.parametrize(
    ("condition", "said"),
    [
        ("many at least 3", "met"),
        ("many at most 5", "met"),
        ("many at least 5", "undetermined"),
        ("many at most 3", "failed"),
        ("sold at least 8", "met"),
        ("sold at most 8", "undetermined"),
        ("sold more than 9", "failed"),
        ("worth at least 40", "undetermined"),
        ("best is 2", "met"),
        ("best at least 3", "failed"),
        ("worst at least 1", "met"),
        ("worst at least 2", "undetermined"),
        ("mean at least 1.8", "met"),
        ("mean at least 1.9", "undetermined"),
        ("mean more than 2", "failed"),
        ("middle is 2", "met"),
        ("shops at least 2", "met"),
        ("shops is 2", "undetermined"),
        ("shops at most 3", "met"),
        ("dearest at least 5", "met"),
        ("dearest at least 6", "undetermined"),
        ("of_the_dear at least 1", "met"),
        ("of_the_dear at most 4", "met"),
        ("points at least 4", "met"),
        ("points at least 5", "undetermined"),
        ("points at least 6", "failed"),
        ("(count of Sale s where dear(s)) at least 4", "met"),
        ("(greatest of s.n among Sale s where dear(s) else 0) at least 3", "failed"),
        ("(distinct s.shop among Sale s where dear(s)) at least 4", "failed"),
    ],
)
def test_with_one_bad_row_the_others_may_decide(tmp_path: Path, condition: str, said: str) -> None:
    good = [{"kind": "a", "shop": f"s{day % 2}", "on": f"2021-01-0{day}", "n": 2} for day in range(1, 5)]
    bad = {"kind": "b", "shop": "elsewhere", "on": "1999-01-01", "n": 1}
    answer = assess(tmp_path, BAD_ROW.format(condition=condition), {"Sale": [*good, bad]})
    assert answer.verdict == said
    assert [each.rows for each in answer.problems] == [("Sale row 5 (facts.json)",)]


EXCLUDED = """\
enum Kind {{ a, b }}

record Sale
  kind  Kind
  on    date

parameter price for Kind count
  from 2020-01-01  a 5, b 7

measure few count
  count of Sale s

excluded Sale s "too dear"{limited}
  when (price(s.kind) as of s.on) at least 6

designation d "D"
  require it "It" {condition}
"""


@pytest.mark.parametrize(
    ("limited", "condition", "said"),
    [
        ("", "(count of Sale s) at least 2", "met"),
        ("", "(count of Sale s) is 2", "undetermined"),
        ("", "(count of Sale s) at least 4", "failed"),
        ("", "some Sale s where s.kind is a", "met"),
        ("", "some Sale s where s.kind is b", "undetermined"),
        ("", "few at most 3", "met"),
        (" from few", "few at least 2", "met"),
        (" from few", "few at least 3", "undetermined"),
        (" from few", "(count of Sale s) is 4", "met"),
    ],
)
def test_a_row_of_which_it_cannot_be_worked_out_whether_it_is_excluded_may_count(
    tmp_path: Path, limited: str, condition: str, said: str
) -> None:
    days = [("a", "2021-01-01"), ("a", "2021-01-02"), ("b", "2021-01-03"), ("b", "1999-01-01")]
    rows = [{"kind": kind, "on": day} for kind, day in days]
    answer = assess(tmp_path, EXCLUDED.format(limited=limited, condition=condition), {"Sale": rows})
    assert answer.verdict == said
    assert [each.rows for each in answer.problems] in ([("Sale row 4 (facts.json)",)], [])
    assert answer.problems or condition == "(count of Sale s) is 4"


def test_what_is_wrong_with_many_rows_in_the_same_words_is_said_once(tmp_path: Path) -> None:
    rows = [{"kind": "b", "shop": "s", "on": "1999-01-01", "n": 1}] * 30 + [
        {"kind": "a", "shop": "s", "on": "1999-01-01", "n": 2}
    ]
    answer = assess(tmp_path, BAD_ROW.format(condition="many at most 40"), {"Sale": rows})
    assert (answer.verdict, [len(each.rows) for each in answer.problems]) == ("met", [30, 1])
    text = " ".join(assessment_text(answer, Console(color=False, unicode=True, columns=120)).split())
    assert "Sale row 10 (facts.json) and 20 more)" in text


def test_a_report_says_that_a_bad_row_may_count(tmp_path: Path) -> None:
    rows = [
        {"kind": "a", "shop": "s", "on": "2021-01-01", "n": 2},
        {"kind": "b", "shop": "s", "on": "1999-01-01", "n": 1},
    ]
    text = assessment_text(
        assess(tmp_path, BAD_ROW.format(condition="many at least 2"), {"Sale": rows}),
        Console(color=False, unicode=True, columns=120),
    )
    assert "1 to 2 (2 needed)" in text
    assert "? may count: 1 (Sale:2)" in text
