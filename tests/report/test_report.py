"""Reports: every form has the same answer, whatever the texts in it are."""

from __future__ import annotations

import datetime
import io
import re
from collections.abc import Callable
from html.parser import HTMLParser
from itertools import pairwise
from pathlib import Path

import icalendar
import openpyxl
import pytest

from attain_engine.api import Wishes, assess, load_facts, load_policy
from attain_engine.assess.models import ReportedValue
from attain_engine.report import optional
from attain_engine.report.calendar_file import calendar_file
from attain_engine.report.forms import written
from attain_engine.report.full import FullReport, full_report
from attain_engine.report.html import html
from attain_engine.report.markdown import markdown
from attain_engine.report.plain import ticked
from attain_engine.report.workbook import workbook
from tests.cli.conftest import Attain, Write

ON = datetime.date(2024, 6, 30)
POLICY = """\
policy club "Club <script>alert(1)</script>"
  in force from 2024-01-01

entity Person

record Helper "A helper"
  person   Person
  trained  date
  until    date or never
  hours    number 0 to 100

record Offer
  person  Person
  fee     money EUR 0 EUR to 500 EUR

measure trained count 0 to 50 "People with training"
  distinct h.person among Helper h where all of
    h.trained within the 24 months to assessment date
    h.until later than assessment date

score work out of 30 "Work"
  part people up to 20
    in proportion to trained full at 3
    source "Rules of the club, section 2"
  part hours up to 10
    best of
      in proportion to trained full at 10
      0.1 points for each (sum of h.hours among Helper h)

designation club "Club"
  require work "Twenty points" work at least 20
    source R-1, "twenty points <b>are</b> needed"

change train(o Offer) "Train {o.person}"
  when no Helper h where h.person is o.person
  adds Helper { person: o.person, trained: plan date, until: never, hours: 0 }
  cost o.fee
  takes 1 month
"""
FACTS = """{"as_of": "2024-06-30", "organisation": "=1+1 & co", "facts": {
  "Helper": [{"person": "=ana", "trained": "2022-09-15", "hours": 20},
             {"person": "bo", "trained": "2024-01-10", "until": "2024-12-31", "hours": 10},
             {"person": "cy", "trained": "2021-01-10", "hours": 1}],
  "Offer": [{"person": "dee", "fee": 90}]}}"""


@pytest.fixture(scope="module")
def report() -> FullReport:
    policy = load_policy("club.attain", POLICY)
    return full_report(policy, load_facts(policy, text=FACTS), ON, wishes=Wishes())


class Outline(HTMLParser):
    """The headings, landmarks, ids and what points to them; fails on what is not closed."""

    VOID = frozenset({"meta", "br", "wbr"})

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.seen: list[tuple[str, dict[str, str | None]]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.seen.append((tag, dict(attrs)))
        if tag not in self.VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


@pytest.fixture(scope="module")
def outline(report: FullReport) -> Outline:
    found = Outline()
    found.feed(html(report))
    return found


def test_a_page_is_well_formed_and_needs_nothing_else(outline: Outline) -> None:
    assert outline.open == []
    assert not [tag for tag, has in outline.seen if tag in ("link", "img", "iframe") or "src" in has]
    assert [has["href"] for _, has in outline.seen if "href" in has and not str(has["href"]).startswith("#")] == []


def test_a_page_can_be_read_aloud(outline: Outline) -> None:
    """One main heading, none skipped; landmarks; ids once, and every link and label leads to one."""
    levels = [int(tag[1]) for tag, _ in outline.seen if re.fullmatch("h[1-6]", tag)]
    assert levels.count(1) == 1
    assert all(after - before <= 1 for before, after in pairwise(levels))
    tags = [tag for tag, _ in outline.seen]
    assert {"header", "nav", "main", "footer"} <= set(tags)
    ids = [has["id"] for _, has in outline.seen if "id" in has]
    assert len(ids) == len(set(ids))
    pointed = [str(has["href"])[1:] for _, has in outline.seen if "href" in has]
    pointed += [str(has["aria-labelledby"]) for _, has in outline.seen if "aria-labelledby" in has]
    assert set(pointed) <= set(ids)
    assert all("scope" in has for tag, has in outline.seen if tag == "th")


def test_long_names_go_on_in_the_next_line_after_an_underscore_or_a_dot() -> None:
    policy = load_policy("modern_work")
    page = html(full_report(policy, load_facts(policy, text='{"given": {"net_adds": {"smb": 1}}}'), ON))
    assert "<code>net_<wbr>customer_<wbr>adds</code>" in page
    assert not re.findall("<code>[^<]*[a-z]_[a-z]", page)


def test_every_section_can_be_jumped_to(report: FullReport) -> None:
    given = report.model_copy(
        update={
            "assessment": report.assessment.model_copy(
                update={"reports": (ReportedValue.model_construct(name="f", title="F", value="1"),)}
            )
        }
    )
    for each in (report, given):
        page = html(each)
        assert set(re.findall('<section aria-labelledby="([^"]*)"', page)) <= set(re.findall('href="#([^"]*)"', page))


def test_a_plan_is_drawn_between_its_first_and_its_last_day(report: FullReport) -> None:
    assert report.plan is not None
    page = html(report)
    ends = ("2024-06-30", "2024-07-30")
    assert f"{'</span><span>'.join(f'<time>{each}</time>' for each in ends)}</span></p>" in page
    assert 'class="bar span"' in page
    at_once = [each.model_copy(update={"ready": ON, "steps": ()}) for each in report.plan.plans]
    page = html(report.model_copy(update={"plan": report.plan.model_copy(update={"plans": tuple(at_once)})}))
    assert 'class="bar span"' not in page
    assert 'class="note axis"' not in page


def test_texts_of_policy_and_facts_are_no_marks_of_a_page(report: FullReport) -> None:
    page = html(report)
    assert page.count("<script") == 1
    assert "<b>are</b>" not in page
    assert "&lt;script&gt;" in page


def test_a_page_has_the_whole_answer(report: FullReport) -> None:
    page = html(report)
    assert [each in page for each in ("Not qualified", "Twenty points", "Proved minimal", "Train dee", "R-1")] == [
        True
    ] * 5


def evaluated(book: openpyxl.Workbook, sheet: str, cell: str) -> float:
    """What a spreadsheet makes of a cell: of the sums, least and greatest that reports write."""
    value = book[sheet][cell].value
    if not isinstance(value, str) or not value.startswith("="):
        return float(value or 0)

    def of(reference: re.Match[str]) -> str:
        return repr(evaluated(book, sheet, reference[0]))

    def ranged(reference: re.Match[str]) -> str:
        first, last = int(reference[1]), int(reference[2])
        return ",".join(
            repr(evaluated(book, sheet, f"{value_column(reference)}{row}")) for row in range(first, last + 1)
        )

    def value_column(reference: re.Match[str]) -> str:
        return reference[0][0]

    text = re.sub(r"[A-Z](\d+):[A-Z](\d+)", ranged, value[1:])
    text = re.sub(r"\b[A-Z]\d+\b", of, text)
    names = {"MAX": lambda *all_: max(all_), "MIN": lambda *all_: min(all_), "SUM": lambda *all_: sum(all_)}
    return float(eval(text, {"__builtins__": {}}, names))


def test_the_sums_of_a_workbook_are_those_of_the_answer(report: FullReport) -> None:
    book = openpyxl.load_workbook(io.BytesIO(workbook(report)))
    rows = {str(row[0].value): row[4].coordinate for row in book["Scores"].iter_rows() if row[0].value}
    track = report.assessment.designations[0].track
    parts = [evaluated(book, "Scores", rows[f"{each.title} ({each.name})"]) for each in track.scores[0].parts]
    assert parts == [pytest.approx(40 / 3), pytest.approx(3.1)]
    assert str(book["Scores"][rows["Total"]].value).startswith("=")
    assert evaluated(book, "Scores", rows["Total"]) == pytest.approx(40 / 3 + 3.1)
    rows = {str(row[0].value): row[2].coordinate for row in book["Plan"].iter_rows() if row[0].value}
    assert evaluated(book, "Plan", rows["Total"]) == 90


def test_a_text_that_begins_like_a_formula_is_none(report: FullReport) -> None:
    book = openpyxl.load_workbook(io.BytesIO(workbook(report)))
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row if "=1+1" in str(cell.value)]
    assert cells
    assert {cell.data_type for cell in cells} == {"s"}


def test_a_calendar_has_what_lapses_and_the_steps_of_the_plan(report: FullReport) -> None:
    """The days are those on which the assessment no longer counts them; Cy's training counts no more as it is."""
    calendar = icalendar.Calendar.from_ical(calendar_file(report))
    events = [(each["dtstart"].dt, str(each["summary"])) for each in calendar.walk("VEVENT")]
    lapses = sorted((day, summary[:8]) for day, summary in events if "ends" in summary)
    assert lapses == [(datetime.date(2024, 9, 15), "Helper:1"), (datetime.date(2024, 12, 31), "Helper:2")]
    policy = load_policy("club.attain", POLICY)
    for day, people in ((datetime.date(2024, 9, 14), "2"), (datetime.date(2024, 9, 15), "1")):
        assert assess(policy, load_facts(policy, text=FACTS), day).measures[0].value == people
    assert (ON, "Plan: Train dee") in events
    assert calendar_file(report) == calendar_file(report)


@pytest.fixture(scope="module")
def losing() -> FullReport:
    """The club with a third training: it qualifies until that of `=ana` no longer counts."""
    policy = load_policy("club.attain", POLICY)
    facts = load_facts(policy, text=FACTS.replace("2021-01-10", "2023-08-01"))
    return full_report(policy, facts, ON, ahead=60.0)


def test_every_form_says_what_is_lost_if_nothing_is_done(losing: FullReport) -> None:
    page = html(losing)
    assert 'href="#forecast"' in page
    assert "qualified → not qualified" in page
    assert "A helper (=ana): trained <time>2022-09-15</time>" in page
    found = Outline()
    found.feed(page)
    assert found.open == []
    text = str(written(losing, ".md"))
    assert "## If nothing is done" in text
    assert "| 2024-09-15 |" in text
    book = openpyxl.load_workbook(io.BytesIO(workbook(losing)))
    days = [row[2].value.date() for row in book["If nothing is done"].iter_rows(min_row=2) if row[2].value]
    assert datetime.date(2024, 9, 15) in days
    calendar = icalendar.Calendar.from_ical(calendar_file(losing))
    lost = [each["dtstart"].dt for each in calendar.walk("VEVENT") if "Lost if nothing" in str(each["summary"])]
    assert lost == [datetime.date(2024, 9, 15)]


@pytest.mark.parametrize("suffix", [".html", ".md", ".json"])
def test_a_report_is_the_same_each_time(report: FullReport, suffix: str) -> None:
    assert written(report, suffix) == written(report, suffix)


@pytest.mark.parametrize(("form", "name"), [(html, "jinja2"), (workbook, "openpyxl"), (calendar_file, "icalendar")])
def test_without_its_library_a_form_says_what_to_install(
    report: FullReport, form: Callable[[FullReport], object], name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def missing(module: str) -> object:
        raise ImportError(module)

    monkeypatch.setattr(optional.importlib, "import_module", missing)
    with pytest.raises(optional.MissingLibrary, match=rf"needs the library `{name}`.*pip install 'attain\[report\]'"):
        form(report)


def test_the_command_writes_by_the_ending_of_the_name(attain: Attain, write: Write) -> None:
    write("club.attain", POLICY)
    write("club.json", FACTS)
    wrong = attain("report", "club.attain", "club.json", "-o", "out.pdf")
    assert (wrong.code, wrong.out) == (2, "")
    done = attain("report", "club.attain", "club.json", "-o", "out.md", "--no-plan")
    assert (done.code, done.out) == (1, "wrote out.md\n")


def test_every_form_says_what_time_does_to_a_plan() -> None:
    policies = Path(__file__).parents[2] / "policies"
    program = load_policy(policies / "federal_skilled_worker.attain")
    facts = load_facts(program, policies / "facts" / "santos.json")
    whole = full_report(program, facts, ON, wishes=Wishes(), ahead=None)
    said = (
        "wait until 2025-01-01",
        "lasts until 2025-02-10, then `points` fails",
        "minimal among the plans that are ready by 2026-06-30",
    )
    text = re.sub("</?time>", "", re.sub("</?code>", "`", html(whole)))
    book = openpyxl.load_workbook(io.BytesIO(workbook(whole)))["Plan"]
    cells = [str(each.value) for row in book for each in row]
    for each in said:
        assert f"{each[0].upper()}{each[1:]}." in text
        assert f"{each[0].upper()}{each[1:]}." in markdown(whole)
        assert each in cells


def test_no_form_says_that_there_is_no_plan_at_all_where_days_were_looked_at() -> None:
    policies = Path(__file__).parents[2] / "policies"
    program = load_policy(policies / "employment_lawyer.attain")
    facts = load_facts(program, policies / "facts" / "adeyemi")
    whole = full_report(program, facts, ON, wishes=Wishes(), ahead=None)
    assert whole.plan is not None
    assert (whole.plan.status, whole.plan.horizon is not None) == ("impossible", True)
    said = f"No plan is ready by {whole.plan.horizon} (proved)."
    cells = [str(each.value) for row in openpyxl.load_workbook(io.BytesIO(workbook(whole)))["Plan"] for each in row]
    assert said in re.sub("</?time>", "", html(whole))
    assert said in markdown(whole)
    assert said in cells


OPTIONS = """\
policy club "Club 2024-01-01"
record Day one row
  on  date
designation club "Club"
  require day "The day" the Day.on on or after 2024-01-01
  option short "The short way"
    require a "A" yes
  option long "The long way"
    require b "B" no
"""


def test_every_form_says_what_is_one_option_of_several() -> None:
    program = load_policy("club.attain", OPTIONS)
    facts = load_facts(program, text='{"facts": {"Day": [{"on": "2024-05-01"}]}}')
    whole = full_report(program, facts, ON, wishes=None, ahead=None)
    assert "| ✗ | **The long way** (an option, one is enough) |  |  |" in markdown(whole)
    page = html(whole)
    assert 'The short way <span class="note">an option, one is enough</span>' in page
    book = openpyxl.load_workbook(io.BytesIO(workbook(whole)))
    cells = [tuple(cell.value for cell in row)[:4] for row in book[book.sheetnames[0]]]
    assert ("long", "The long way", "failed", "an option, one is enough") in cells
    # No line of a page ends within a date; in its title a date is a text.
    assert "<time>2024-05-01</time>" in page
    assert ": Club 2024-01-01</title>" in page


def test_backticks_in_markdown_are_code_and_nothing_else_is_marked() -> None:
    assert ticked("without it: `a_b` fails with 5 * 2") == "without it: `a_b` fails with 5 \\* 2"
    assert ticked("one ` alone") == "one \\` alone"
