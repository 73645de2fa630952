"""What a spreadsheet works out of a workbook's formulas is what the assessment says."""

from __future__ import annotations

import json
from collections.abc import Iterator
from fractions import Fraction
from typing import Any

import pytest

from attain_engine.api import FullReport, Wishes, full_report, load_facts, load_policy, written
from attain_engine.assess.exact import Exact
from tests.report.spreadsheet import Workbook
from tests.report.test_adds_up import PAIRS, POLICIES, lines, report

FORMS = """\
policy forms "Every form of a part"
  in force from 2020-01-01

record Entry
  m  count 0 to 1_000
  n  number? 0 to 1_000

measure m count 0 to 1_000
  sum of e.m among Entry e

measure n number 0 to 1_000
  sum of e.n among Entry e

measure none count 0 to 1_000
  0

define thirds as points
  1 point * m / 3

define less as points
  1 point - 1 point * m

score s out of 175
  part proportion  up to 30  in proportion to m full at 7
  part each        up to 20  4 points for each m
  part flat        up to 15  all or nothing when m at least 3
  part gated       up to 15  in proportion to m full at 7 only if m at least 100
  part otherwise   up to 15  in proportion to m full at 7 only if m at least 100 else 2
  part worth       up to 10  worth thirds
  part negative    up to 10  worth less
  part unknown     up to 10  in proportion to n full at 10
  part nothing     up to 10  in proportion to m full at none
  part greatest    up to 20  best of
    2 points for each m
    in proportion to m full at 9
  part steps       up to 20  step by step
    gate first "First" m at least 2 worth 3 points
    1 point for each m
    gate second "Second" m at least 50
    in proportion to m full at 7

designation d
  require s s at least 50
"""


def _forms(m: int, n: float | None) -> FullReport:
    policy = load_policy("forms.attain", FORMS)
    facts = load_facts(policy, text=json.dumps({"as_of": "2024-06-30", "facts": {"Entry": [{"m": m, "n": n}]}}))
    assert facts.as_of is not None
    return full_report(policy, facts, facts.as_of, ahead=None)


def _points(whole: FullReport) -> Iterator[tuple[str, Exact | None, str]]:
    """What stands in the column of points of the sheet of scores, row by row from the second."""
    for designation in whole.assessment.designations:
        for score in designation.track.scores:
            yield score.call, None, ""
            for part in score.parts:
                yield part.name, part.points_exact, part.points
                for each in part.scorings:
                    yield f"{part.name}: {each.form}", each.points_exact, each.points
            yield "Total", score.total_exact, score.total
            yield "", None, ""


def _alike(shown: Any, exact: Exact | None, text: str) -> bool:
    if exact is None:
        return shown == (text or None)
    return isinstance(shown, Fraction) and abs(shown - Fraction(exact.number)) <= abs(shown) / 10**12


def _formulas_have_their_values(book: Workbook) -> None:
    """Beside each formula stands what it comes to, for those who look without working anything out."""
    for sheet in book.book:
        for cell in [each for row in sheet for each in row if each.data_type == "f"]:
            beside = book.values[sheet.title][cell.coordinate].value
            worked_out = book.value(sheet.title, cell.coordinate)
            assert abs(Fraction(repr(beside)) - worked_out) <= abs(worked_out) / 10**12, (sheet.title, cell.coordinate)


def _scores_are_those_of_the_assessment(whole: FullReport) -> None:
    book = Workbook(bytes(written(whole, ".xlsx")))  # type: ignore[arg-type]
    for row, (name, exact, text) in enumerate(_points(whole), 2):
        shown = book.value("Scores", f"E{row}")
        assert _alike(shown, exact, text), f"row {row}, {name}: {shown} is not {text}"
    _formulas_have_their_values(book)


@pytest.mark.parametrize(("policy", "facts"), PAIRS)
def test_sums_are_those_of_the_assessment(policy: str, facts: str) -> None:
    _scores_are_those_of_the_assessment(report(policy, facts))


@pytest.mark.parametrize(("m", "n"), [(5, 3), (5, None), (0, 0), (1_000, 0.1), (101, 1_000), (60, 7)])
def test_every_form_of_a_part_is_worked_out_alike(m: int, n: float | None) -> None:
    _scores_are_those_of_the_assessment(_forms(m, n))


@pytest.mark.parametrize(("policy", "facts"), PAIRS)
def test_the_worksheet_has_the_numbers_of_the_assessment(policy: str, facts: str) -> None:
    whole = report(policy, facts)
    book = Workbook(bytes(written(whole, ".xlsx")))  # type: ignore[arg-type]
    for row, line in enumerate(lines(whole.worksheet), 2):
        for column, exact, text in (("D", line.value_exact, line.value), ("E", line.needed_exact, line.needed)):
            shown = book.value("Worksheet", f"{column}{row}")
            if column == "D" and line.kind == "row" and line.text.endswith(" more rows"):
                continue  # what they bring to a sum together
            assert _alike(shown, exact, text), f"row {row}: {line.text}"
    _formulas_have_their_values(book)


SUMS = """\
policy sums "Sums"
  in force from 2020-01-01

record Entry
  m  number -100 to 1_000

measure m number -100_000 to 100_000
  sum of e.m among Entry e where e.m is not 7

designation d
  require m m at least 50
"""


@pytest.mark.parametrize("numbers", [[3, 4.5, 7], [0.1] * 40, [1, -1] * 30, [7], [5]])
def test_a_sum_is_worked_out_from_its_rows(numbers: list[float]) -> None:
    policy = load_policy("sums.attain", SUMS)
    facts = load_facts(
        policy, text=json.dumps({"as_of": "2024-06-30", "facts": {"Entry": [{"m": m} for m in numbers]}})
    )
    assert facts.as_of is not None
    whole = full_report(policy, facts, facts.as_of, ahead=None)
    book = Workbook(bytes(written(whole, ".xlsx")))  # type: ignore[arg-type]
    sheet = book.book["Worksheet"]
    places = {str(row[0].value).strip().partition(" ")[0]: row[0].row for row in sheet.iter_rows(min_row=2)}
    total = sum(Fraction(repr(each)) for each in numbers if each != 7)
    assert book.value("Worksheet", f"D{places['m']}") == total
    _formulas_have_their_values(book)
    if "Entry:1" in places:
        sheet[f"D{places['Entry:1']}"] = 1_000
        first = Fraction(repr(numbers[0]))
        assert book.value("Worksheet", f"D{places['m']}") == total - first + 1_000


def test_the_costs_of_a_plan_are_added_up() -> None:
    policy = load_policy(POLICIES / "modern_work.attain")
    facts = load_facts(policy, POLICIES / "facts" / "dashboard.json")
    assert facts.as_of is not None
    whole = full_report(policy, facts, facts.as_of, wishes=Wishes(), ahead=None)
    assert whole.plan is not None
    (one,) = whole.plan.plans
    book = Workbook(bytes(written(whole, ".xlsx")))  # type: ignore[arg-type]
    assert book.value("Plan", f"C{len(one.steps) + 2}") == Fraction(one.cost_exact.number)
    _formulas_have_their_values(book)
