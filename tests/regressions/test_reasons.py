"""True verdicts have true reasons: rows that count, the worksheet, the track that is shown, the digits that decide."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import pytest

from attain_engine.api import assess as assess_program
from attain_engine.api import full_report
from attain_engine.assess.named import explain_name
from attain_engine.assess.why import Explanation, MeasureExplanation, explain_rows
from attain_engine.report.assessment_text import assessment_text, found_words
from attain_engine.report.console import Console
from attain_engine.report.forms import written
from attain_engine.report.threshold import threshold
from attain_engine.report.why_text import why_text, worksheet_text
from tests.regressions.asked import ON, assess, clause, plan, read

CONSOLE = Console(color=False, unicode=True, columns=100)

CLAIMS = """\
enum Kind { good, bad }

entity Person

record Claim
  person  Person
  kind    Kind
  hours   number 0 to 100

"""
ROWS = {
    "Claim": [
        {"person": "ana", "kind": "good", "hours": 5},
        {"person": "bo", "kind": "good", "hours": 1},
        {"person": "ana", "kind": "bad", "hours": 9},
    ]
}
AWARD = '\ndesignation award "Award"\n  require points "Points" points at least 8\n'
MEASURE = CLAIMS + "measure points number\n  "


def why(folder: Path, policy: str, row: str) -> Explanation:
    program, facts = read(folder, policy, ROWS, {})
    return explain_rows(program, facts, ON, None, row)


def stands(folder: Path, policy: str, row: str) -> tuple[MeasureExplanation, ...]:
    return why(folder, policy, row).rows[0].measures


GOOD = "sum of c.hours among Claim c where c.kind is good and c.hours more than 2"

COUNTED = {
    "capped": f"least of (8, {GOOD})",
    "a floor within a cap": f"least of (8, greatest of (1, {GOOD}))",
    "of a define": "hours_of(good)",
    "the branch of a case that is taken": (f"by case\n    {GOOD} when (count of Claim c) at least 2\n    0 otherwise"),
    "the best of a set": "greatest of (sum of c.hours among Claim c where c.kind is k and c.hours more than 2)"
    " among k in { good } else 0",
}
DEFINE = (
    CLAIMS
    + "define hours_of(k Kind) as number\n  sum of c.hours among Claim c where c.kind is k and c.hours more than 2\n\n"
    + "measure points number\n  "
)


@pytest.mark.parametrize("body", COUNTED.values(), ids=COUNTED)
def test_a_row_counts_wherever_it_is_counted(tmp_path: Path, body: str) -> None:
    policy = DEFINE + body + "\n" + AWARD
    assert any(each.counts for each in stands(tmp_path, policy, "Claim:1") if each.call == "points")
    last = [each for each in stands(tmp_path, policy, "Claim:2") if "c.kind" in each.aggregate]
    assert [(each.call, each.reasons) for each in last] == [("points", ("not: c.hours more than 2",))]


def test_a_branch_that_is_not_taken_is_the_reason(tmp_path: Path) -> None:
    body = f"by case\n    {GOOD} when (count of Claim c) at least 9\n    7 otherwise"
    found = {each.aggregate: each for each in stands(tmp_path, MEASURE + body + "\n" + AWARD, "Claim:1")}
    assert found[GOOD].reasons == ("not: (count of Claim c) at least 9",)
    assert found["count of Claim c"].counts


QUANTIFIED = {
    "some": ("some Claim c where c.kind is good", True, ()),
    "no": ("no Claim c where c.kind is good", True, ("not: no Claim c where c.kind is good",)),
    "every": ("every Claim c where c.kind is good has c.hours at least 6", True, ("not: c.hours at least 6",)),
    "every that holds": ("every Claim c where c.kind is good has c.hours at least 1", True, ()),
    "others": ("some Claim c where c.kind is bad", False, ()),
    "within another": (
        "(count of Person p where some Claim c where c.person is p and c.hours is 5) at least 1",
        True,
        (),
    ),
}


@pytest.mark.parametrize(("condition", "counts", "against"), QUANTIFIED.values(), ids=QUANTIFIED)
def test_a_requirement_that_looks_at_a_row_says_how_the_row_stands(
    tmp_path: Path, condition: str, counts: bool, against: tuple[str, ...]
) -> None:
    policy = f'{CLAIMS}designation award "Award"\n  require x "X" {condition}\n'
    (found,) = stands(tmp_path, policy, "Claim:1")
    assert (found.call, found.counts) == ("award.x", counts)
    assert bool(found.against) == bool(against)
    text = why_text(why(tmp_path, policy, "Claim:1"), CONSOLE)
    assert ("speaks against it" in text) == bool(against)


def test_what_another_row_lacks_is_the_reason_that_a_row_within_it_does_not_count(tmp_path: Path) -> None:
    inner = "some Claim d where d.person is c.person and d.kind is bad"
    body = f"count of Claim c where c.kind is bad and c.hours more than 50 and ({inner})"
    found = stands(tmp_path, MEASURE + body + "\n" + AWARD, "Claim:3")
    assert [each.counts for each in found] == [False, False]
    assert "c.hours more than 50" in found[1].reasons[0]


def test_rows_on_another_date_are_judged_on_that_date(tmp_path: Path) -> None:
    policy = """\
record Claim
  made  date

measure points number
  (count of Claim c where c.made earlier than assessment date) as of 2020-01-01

designation award "Award"
  require points "Points" points at least 8
"""
    program, facts = read(tmp_path, policy, {"Claim": [{"made": "2021-05-01"}, {"made": "2019-05-01"}]}, {})
    late, early = (explain_rows(program, facts, ON, None, row).rows[0].measures[0] for row in ("Claim:1", "Claim:2"))
    assert (late.counts, early.counts) == (False, True)


# ---------------------------------------------------------------- worksheets

OPTIONS = """\
enum Track { enterprise, smb }
enum Option { x, y }

record R
  o  Option
  n  count

parameter options for Track set of Option
  smb { x, y }
  otherwise { }

measure growth(o Option) count
  sum of r.n among R r where r.o is o

"""
WAYS = {
    "in proportion": ("best for o in options(t): in proportion to growth(o) full at 10", "4", "10"),
    "for each": ("best for o in options(t): 10 points for each growth(o)", "4", "10"),
    "all or nothing": ("best for o in options(t): all or nothing when growth(o) at least 9", "4", "9"),
}


@pytest.mark.parametrize(("scoring", "value", "threshold"), WAYS.values(), ids=WAYS)
def test_the_worksheet_shows_options_of_a_set_that_may_be_empty(
    tmp_path: Path, scoring: str, value: str, threshold: str
) -> None:
    policy = f"""{OPTIONS}score s(t Track) out of 100
  part g up to 100  {scoring}

designation d "D"
  best for t in Track by s(t)
  require r "R" s(t) at least 99
"""
    answer = assess(tmp_path, policy, {"R": [{"o": "x", "n": 4}, {"o": "y", "n": 2}]})
    part = next(each for each in answer.designations[0].tracks if each.name == "smb").scores[0].parts[0]
    assert [each.label for each in part.scorings] == ["x", "y"]
    assert (part.scorings[0].value, part.scorings[0].threshold) == (value, threshold)
    empty = next(each for each in answer.designations[0].tracks if each.name == "enterprise").scores[0].parts[0]
    assert empty.points == "0"


# ---------------------------------------------------------------- the track that is shown

ANY = """\
enum Track { big, small, tiny }

measure people count 0 to 100
  count of m in months from 2020-01 to 2020-01 where m is 2020-02

parameter full for Track count
  big 100, small 20, tiny 50

designation d "D"
  any for t in Track
  require people "People" people at least full(t)
  require few "Few" people at most 60
"""


@pytest.mark.parametrize(("people", "shown"), [(25, "small"), (70, "small"), (15, "small"), (100, "big")])
def test_of_tracks_that_all_count_one_that_meets_or_lacks_least_is_shown(
    tmp_path: Path, people: int, shown: str
) -> None:
    answer = assess(tmp_path, ANY, people=people)
    assert answer.designations[0].shown == shown
    assert f"D ({shown})" in assessment_text(answer, CONSOLE)


def test_a_plan_says_how_the_track_stands_that_is_shown(tmp_path: Path) -> None:
    policy = ANY + '\nchange hire by 1 to 9 "Hire {n}"\n  raises people by 1\n  cost 10 USD each\n'
    found = plan(tmp_path, policy, people=18)
    assert (found.before[0].track, found.plans[0].after[0].track) == ("small", "small")
    assert found.plans[0].cost_exact.model_dump() == {"number": "20", "unit": "USD"}
    assert found.plans[0].steps[0].cost_exact == found.plans[0].cost_exact


# ---------------------------------------------------------------- the digits that decide

NEARLY = """\
measure a number 0 to 1_000_000_000_000
  count of m in months from 2020-01 to 2020-01 where m is 2020-02

score s out of 100
  part a up to 100  in proportion to a full at {full}

designation d "D"
  require x "X" {condition}
"""
NEAR = {
    "below": ("300_000_000", "s at least 70", 209_999_999, "about 69.9999997", "70"),
    "above": ("300_000_000", "s at most 70", 210_000_001, "about 70.0000003", "70"),
    "below a decimal": ("300_000_000", "s at least 69.5", 208_499_999, "about 69.4999997", "69.5"),
    "both rounded": (
        "300_000_000_000",
        "s at least 100 points / 3",
        99_999_999_999,
        "33.333333333",
        "about 33.3333333333",
    ),
    "a share": ("300_000_000", "s / 100 points at least 70%", 209_999_999, "about 69.9999997%", "70%"),
}


@pytest.mark.parametrize(("full", "condition", "a", "found", "needed"), NEAR.values(), ids=NEAR)
def test_a_threshold_that_is_not_reached_never_reads_like_one_that_is(
    tmp_path: Path, full: str, condition: str, a: int, found: str, needed: str
) -> None:
    answer = assess(tmp_path, NEARLY.format(full=full, condition=condition), a=a)
    clause = answer.designations[0].tracks[0].requirements[0].clause
    assert (clause.verdict, clause.found, clause.needed) == ("failed", found, needed)
    assert f"{found} ({threshold(clause.operator, needed)})" in assessment_text(answer, CONSOLE)
    assert "about 70 " not in assessment_text(answer, CONSOLE)


ENDS = """\
record Sale
  sold     number 0 to 100
  on       date
  month    month
  ends     date or never
  lasting  duration

designation d "D"
  require r "R" {condition}
"""


@pytest.mark.parametrize(
    ("condition", "said"),
    [
        ("(sum of s.sold among Sale s) more than 7.5", "7.5 (more than 7.5 needed)"),
        ("(sum of s.sold among Sale s) less than 7.5", "7.5 (less than 7.5 needed)"),
        ("(sum of s.sold among Sale s) at most 7.25", "7.5 (at most 7.25)"),
        ("(sum of s.sold among Sale s) is not 7.5", "7.5 (not 7.5)"),
        ("every Sale s has s.sold more than 7.5", "Sale:1: s.sold is 7.5 (more than 7.5 needed)"),
        ("(latest of s.on among Sale s else never) later than 2024-03-31", "2024-03-31 (later than 2024-03-31 needed)"),
        ("(latest of s.on among Sale s else never) on or before 2024-03-30", "(2024-03-30 or earlier needed)"),
        ("(latest of s.on among Sale s else never) earlier than 2024-03-31", "(earlier than 2024-03-31 needed)"),
        ("(latest of s.month among Sale s else 2000-01) later than 2024-03", "2024-03 (later than 2024-03 needed)"),
        ("(latest of s.ends among Sale s else 2000-01-01) earlier than never", "never (earlier than never needed)"),
        ("(greatest of s.lasting among Sale s else 1 days) more than 30 days", "30 days (more than 30 days needed)"),
    ],
)
def test_a_threshold_says_whether_its_end_counts(tmp_path: Path, condition: str, said: str) -> None:
    row = {"sold": 7.5, "on": "2024-03-31", "month": "2024-03", "lasting": "30 days"}
    answer = assess(tmp_path, ENDS.format(condition=condition), {"Sale": [row]})
    assert answer.verdict == "failed"
    assert said in assessment_text(answer, CONSOLE)


def test_numbers_are_exact_beside_their_text(tmp_path: Path) -> None:
    answer = assess(tmp_path, NEARLY.format(full="300", condition="s at least 69.985"), a=200)
    clause = answer.designations[0].tracks[0].requirements[0].clause
    assert clause.found_exact is not None
    assert clause.needed_exact is not None
    assert Fraction(clause.found_exact.number) == Fraction(200, 3)
    assert clause.needed_exact.model_dump() == {"number": "69.985", "unit": "points"}
    assert answer.measures[0].value_exact is not None
    assert answer.measures[0].value_exact.model_dump() == {"number": "200", "unit": "number"}
    unknown = assess(tmp_path, CLAIMS + "measure points number\n  sum of c.hours among Claim c\n" + AWARD)
    assert unknown.measures[0].value_exact is None


BOUNDS = {
    "at least": ("at least 5", 4, "4 (5 needed)"),
    "more than": ("more than 5", 5, "5 (more than 5 needed)"),
    "at most": ("at most 5", 6, "6 (at most 5)"),
    "less than": ("less than 5", 5, "5 (less than 5 needed)"),
    "is": ("is 5", 4, "4 (5 needed)"),
    "is not": ("is not 5", 5, "5 (not 5)"),
    "is nothing": ("is 0", 4, "4 (0 needed)"),
    "at most nothing": ("at most 0", 3, "3 (at most 0)"),
}


@pytest.mark.parametrize(("condition", "points", "shown"), BOUNDS.values(), ids=BOUNDS)
def test_a_bound_that_is_not_kept_is_said_as_it_is_asked(
    tmp_path: Path, condition: str, points: int, shown: str
) -> None:
    policy = MEASURE + f'0\n\ndesignation award "Award"\n  require points "Points" points {condition}\n'
    assert shown in assessment_text(assess(tmp_path, policy, points=points), CONSOLE)


def test_the_arguments_of_a_call_have_no_commas_in_them(tmp_path: Path) -> None:
    policy = (
        CLAIMS
        + "measure hours(year count, most money EUR, p Person) number 0 to 100\n"
        + "  sum of c.hours among Claim c where c.hours more than year and c.person is p and most is 1_500 EUR\n"
        + '\ndesignation award "Award"\n  require hours "Hours" hours(2_024, 1_500 EUR, "1,500") at least 8\n'
    )
    answer = assess(tmp_path, policy)
    assert any("`hours(2024, 1500 EUR, 1,500)`" in each for each in answer.designations[0].undecided)


# ---------------------------------------------------------------- the track that is shown, and none

SHOPS = """\
entity Shop

record Sale
  shop  Shop
  sold  count 0 to 100

measure sold(s Shop) count 0 to 1_000
  sum of x.sold among Sale x where x.shop is s

designation d "D"
  {tracks}
  require enough "Enough" sold(s) at least 8
"""


@pytest.mark.parametrize("tracks", ["any for s in Shop", "best for s in Shop by sold(s)"])
@pytest.mark.parametrize("asked", ["d", "enough", "d.enough"])
def test_why_shows_the_track_that_the_assessment_shows(tmp_path: Path, tracks: str, asked: str) -> None:
    rows = [{"shop": "a", "sold": 3}, {"shop": "b", "sold": 7}, {"shop": "c", "sold": 2}]
    program, facts = read(tmp_path, SHOPS.format(tracks=tracks), {"Sale": rows}, {})
    assert assess_program(program, facts, ON).designations[0].shown == "b"
    assert "sold(b) = 7" in worksheet_text(explain_name(program, facts, ON, None, asked), CONSOLE)


@pytest.mark.parametrize("tracks", ["any for s in Shop", "best for s in Shop by sold(s)"])
def test_a_designation_without_a_track_is_explained_and_reported(tmp_path: Path, tracks: str) -> None:
    program, facts = read(tmp_path, SHOPS.format(tracks=tracks), {"Sale": []}, {})
    assert "there is no track" in worksheet_text(explain_name(program, facts, ON, None, "d"), CONSOLE)
    report = full_report(program, facts, ON)
    for suffix in (".html", ".md", ".json", ".xlsx", ".ics"):
        assert written(report, suffix)
    assert "there is no track" in str(written(report, ".html"))


def test_a_count_of_which_nothing_is_known_is_unknown(tmp_path: Path) -> None:
    policy = CLAIMS + 'report points "Points" as count\n  count of Claim c\n' + AWARD
    answer = assess(tmp_path, policy)
    assert "unknown" in assessment_text(answer, CONSOLE)
    assert "at least 0" not in assessment_text(answer, CONSOLE)


NOT_NONE = """\
enum Level { low, high }

record Firm one row
  team  Level or none

parameter sizes for Level count
  low   3
  high  5

designation both "Both"
  require it "It" the Firm.team is not none and sizes(the Firm.team) at least 4

designation either "Either"
  require it "It" sizes(the Firm.team) at least 4 or the Firm.team is none
"""


def test_what_is_asked_of_no_value_is_no_reason(tmp_path: Path) -> None:
    """It was worked out for the reasons, and its lack of an entry reported as a mistake."""
    found = assess(tmp_path, NOT_NONE, {"Firm": [{}]})
    assert found.problems == ()
    assert [each.verdict for each in found.designations] == ["failed", "met"]
    for each in found.designations:
        (clause,) = each.tracks[0].requirements[0].clause.clauses
        assert "none" in clause.text
    found = assess(tmp_path, NOT_NONE, {"Firm": [{"team": "low"}]})
    assert [len(each.tracks[0].requirements[0].clause.clauses) for each in found.designations] == [2, 2]


DENIED = """\
record Member
  n  count 0 to 10

record Firm one row
  open  flag
  day   date

measure total count 0 to 1_000
  sum of m.n among Member m

define big
  total at least 5

designation d "D"
  require it "It" {condition}
"""


@pytest.mark.parametrize(
    ("condition", "said"),
    [
        ("not (total at least 5)", "9 (less than 5 needed)"),
        ("not (total from 1 to 9)", "total is 9 (less than 1 needed); total is 9 (more than 9 needed)"),
        ("not (total at least 5 and the Firm.open)", "total is 9 (less than 5 needed); not (the Firm.open)"),
        ("not (total at least 5 or total is 3)", "total is 9 (less than 5 needed)"),
        ("not (not (total at most 5))", "9 (at most 5)"),
        ("not big", "total is 9 (less than 5 needed)"),
        ("not (the Firm.day on or before 2024-02-01)", "2024-01-31 (later than 2024-02-01 needed)"),
        ("not (big and (some Member m where m.n is 4))", "total is 9 (less than 5 needed); Member:2: m.n is 4"),
        ("total at most 5 and not (total is 9)", "total is 9 (at most 5); total is 9 (not 9)"),
    ],
)
def test_what_may_not_be_says_what_it_is(tmp_path: Path, condition: str, said: str) -> None:
    tables = {"Member": [{"n": 5}, {"n": 4}], "Firm": [{"open": True, "day": "2024-01-31"}]}
    found = clause(tmp_path, DENIED.format(condition=condition), tables)
    assert (found.verdict, found_words(found)) == ("failed", said)


@pytest.mark.parametrize(
    ("line", "shown"),
    [
        ("2 points for each n only if (n at most 2)", "2 points for each n only if (n at most 2) = 0"),
        ("all or nothing when (n is 4)", "all or nothing when (n is 4) = 0"),
        ("worth (n * (1 point)) only if n at most 2 else (1 point)", "n at most 2: 3 (at most 2)"),
    ],
)
def test_what_stands_for_a_condition_that_fails_says_nothing_by_itself(tmp_path: Path, line: str, shown: str) -> None:
    policy = f"""\
measure n count 0 to 9
  3

score s out of 10
  part p up to 10 {line}

designation d "D"
  require it "It" s at least 9
"""
    program, facts = read(tmp_path, policy, {}, {})
    text = worksheet_text(explain_name(program, facts, ON, None, "s"), Console(color=False, unicode=True, columns=160))
    assert shown in text
    assert "4) = 0" not in text.replace(shown, "")
    assert "n at most 2 = 0" not in text
