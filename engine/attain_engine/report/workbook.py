"""A report as a workbook: requirements, scores with sums that the spreadsheet works out again, rows, plan, dates."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from functools import partial
from itertools import count
from typing import Any, Final

from attain_compiler.frozen import frozen
from attain_compiler.model import program as model
from attain_engine.assess import models
from attain_engine.assess.exact import Exact
from attain_engine.assess.lines import Line
from attain_engine.forecast.models import Forecast
from attain_engine.report.assessment_text import found_words, other_tracks
from attain_engine.report.forecast_text import turn_words
from attain_engine.report.full import FullReport
from attain_engine.report.grouped import Heading, grouped
from attain_engine.report.html import VERDICTS, comparison, named
from attain_engine.report.live_sums import live_sums
from attain_engine.report.optional import library
from attain_engine.report.plan_words import in_time, outcome, proof, waiting, why_so
from attain_engine.report.why_text import said

LONGEST: Final = 30_000
"""So many characters of a text stand in a cell: a spreadsheet takes 32,767."""
_WIDTHS: Final = (44, 40, 14, 14, 14, 14, 40)


_WORKED_OUT: Final = re.compile(rb'(<c r="([A-Z]+[0-9]+)"[^>]*><f>[^<]*</f>)<v ?(?:/>|></v>)')


@frozen
class Formula:
    """What a spreadsheet works out, and what it comes to: that is shown where nothing is worked out (a preview, a
    workbook from a mail). Every text stands as it is, also one that begins with `=`."""

    text: str
    value: Fraction


def workbook(report: FullReport) -> bytes:
    """The workbook as the bytes of an .xlsx file. Raises MissingLibrary where openpyxl is not installed."""
    return _Workbook(library("openpyxl", "a workbook"), library("openpyxl.cell.cell", "a workbook")).file(report)


class _Workbook:
    def __init__(self, openpyxl: Any, cells: Any) -> None:
        self._book = openpyxl.Workbook()
        self._book.remove(self._book.active)
        self._illegal = cells.ILLEGAL_CHARACTERS_RE
        self._bold = openpyxl.styles.Font(bold=True)
        self._fill = openpyxl.styles.PatternFill("solid", fgColor="FFE8EEF7")
        self._wrapped = openpyxl.styles.Alignment(wrap_text=True, vertical="top")
        self._formulas: dict[str, dict[str, Formula]] = {}

    def file(self, report: FullReport) -> bytes:
        self._sheet("Verdict", _verdict(report))
        if any(each.track.scores for each in report.assessment.designations):
            self._sheet("Scores", _scores(report.assessment))
        if report.assessment.reports:
            self._sheet("Figures", _figures(report.assessment))
        self._sheet("Worksheet", _worksheet(report.worksheet))
        self._sheet("Rows", _rows(report.assessment))
        if report.plan is not None:
            self._sheet("Plan", _plan(report))
        if report.forecast is not None:
            self._sheet("If nothing is done", _forecast(report.forecast))
        if report.upcoming:
            self._sheet("Dates to come", _dates(report))
        content = io.BytesIO()
        self._book.save(content)
        return self._with_values(content)

    def _with_values(self, content: io.BytesIO) -> bytes:
        """The file with the value of each formula beside it, which openpyxl leaves empty."""
        found = io.BytesIO()
        with zipfile.ZipFile(content) as before, zipfile.ZipFile(found, "w", zipfile.ZIP_DEFLATED) as after:
            for part in before.infolist():
                valued = partial(_valued, formulas=self._formulas.get(part.filename, {}))
                after.writestr(part, _WORKED_OUT.sub(valued, before.read(part)))
        return found.getvalue()

    def _sheet(self, title: str, rows: Iterator[Sequence[Any]]) -> None:
        sheet = self._book.create_sheet(title)
        formulas = self._formulas[f"xl/worksheets/sheet{len(self._book.worksheets)}.xml"] = {}
        for number, values in enumerate(rows, 1):
            for column, value in enumerate(values, 1):
                if value is None or value == "":
                    continue
                cell = sheet.cell(number, column)
                if isinstance(value, str):
                    cell.value = self._illegal.sub(" ", value)[:LONGEST]
                    cell.data_type = "s"  # or a text that begins with `=` would be a formula
                elif isinstance(value, Formula):
                    cell.value, formulas[cell.coordinate] = value.text, value
                else:
                    cell.value = value
                cell.alignment = self._wrapped
                if number == 1 or values[0] in ("Part", "Total"):
                    cell.font = self._bold
                if number == 1:
                    cell.fill = self._fill
        for column, width in enumerate(_WIDTHS, 1):
            sheet.column_dimensions["ABCDEFG"[column - 1]].width = width
        sheet.freeze_panes = "A2"


def _valued(cell: re.Match[bytes], formulas: Mapping[str, Formula]) -> bytes:
    number = formulas[cell[2].decode()].value
    shown = str(number) if number.denominator == 1 else repr(float(number))
    return cell[1] + f"<v>{shown}</v>".encode()


def _number(value: Exact | None, text: str) -> Any:
    """A number for a cell: exact where a spreadsheet can hold it, a quotient where it has no finite decimal."""
    if value is None:
        return text
    number = Fraction(value.number)
    if "/" in value.number:
        return Formula(f"={number.numerator}/{number.denominator}", number)
    return int(number) if number.denominator == 1 else float(number)


def _verdict(report: FullReport) -> Iterator[Sequence[Any]]:
    answer = report.assessment
    yield ("Requirement", "Title", "Verdict", "Found", "Needed", "", "Source")
    yield (answer.organisation, answer.policy_title, "", "", "", "", f"assessed as of {answer.as_of}")
    if report.newest:
        yield ("Newest date in the facts", report.newest)
    if answer.outdated:
        yield ("Warning", answer.outdated)
    for designation in answer.designations:
        track = designation.track
        where = model.name_on(designation.name, track.name) if track.name else designation.name
        yield (where, designation.title, VERDICTS[designation.verdict], designation.award_title)
        if others := other_tracks(designation):
            yield ("Other tracks", ", ".join(others))
        for each in grouped(designation, track):
            if isinstance(each, Heading):
                yield (".".join(each.path), each.title, each.verdict, each.kind)
                continue
            told = comparison(each.clause)
            quoted = ", ".join(each.quotation.sources)
            yield (
                each.path,
                each.title,
                each.verdict,
                told["found"] or found_words(each.clause),
                told["needed"],
                "",
                quoted,
            )
    yield ()
    yield ("The verdicts are Attain's, exact. Scores and sums are worked out by the spreadsheet, to about 15 digits.",)


def _scores(answer: models.Assessment) -> Iterator[Sequence[Any]]:
    yield ("Score and part", "What counts", "Value", "For full points", "Points", "Of", "Source")
    row = 1
    for designation in answer.designations:
        for score in designation.track.scores:
            row += 1
            yield (score.call, score.title)
            parts: list[str] = []
            for part in score.parts:
                parts.append(f"E{row + 1}")
                lines = list(_part(part, row + 1))
                yield from lines
                row += len(lines)
            row += 1
            total = _number(score.total_exact, score.total)
            if score.total_exact is not None and parts:
                total = Formula(f"={'+'.join(parts)}", Fraction(score.total_exact.number))
            yield ("Total", "", "", "", total, _number(score.out_of_exact, score.out_of))
            row += 1
            yield ()


def _part(part: models.Part, row: int) -> Iterator[Sequence[Any]]:
    """A part in the row that adds up, and below it a row for each way of scoring (they name what counts). What is not
    known is a text: a spreadsheet would take it for 0."""
    most = _number(part.maximum_exact, part.maximum)
    quoted = ", ".join(part.quotation.sources)
    points: Any = _number(part.points_exact, part.points)
    if part.scorings and part.points_exact is not None and isinstance(most, int | float | Formula):
        last = row + len(part.scorings)
        points = Formula(f"=MAX(0,MIN(F{row},MAX(E{row + 1}:E{last})))", Fraction(part.points_exact.number))
    waits = f", waits for: {part.waits_for}" if part.waits_for else ""
    yield (f"{part.title} ({part.name}){waits}", "", "", "", points, most, quoted)
    for index, each in enumerate(part.scorings, row + 1):
        value, full = _number(each.value_exact, each.value), _number(each.threshold_exact, each.threshold)
        found: Any = _number(each.points_exact, each.points)
        if each.form == "in proportion" and each.value_exact is not None and each.points_exact is not None:
            found = Formula(f"=MAX(0,MIN(F{row},F{row}*C{index}/D{index}))", Fraction(each.points_exact.number))
        what = f"{each.label} {each.form}".strip() if each.form != "gate" else f"{each.label} {each.threshold}".strip()
        yield ("", what, value, full if each.form != "gate" else "", found)


def _figures(answer: models.Assessment) -> Iterator[Sequence[Any]]:
    yield ("Figure", "Title", "Value", "Unit", "", "", "Source")
    for each in answer.reports:
        quoted = ", ".join(each.quotation.sources)
        unit = each.value_exact.unit if each.value_exact is not None else ""
        yield (each.name, each.title, _number(each.value_exact, each.value), unit, "", "", quoted)


def _worksheet(lines: Sequence[Line]) -> Iterator[Sequence[Any]]:
    yield ("How it comes about", "Title", "Verdict", "Value", "Needed", "Of", "Source")
    sums, rows = live_sums(lines, 2, "D"), count(2)

    def below(line: Line, depth: int) -> Iterator[Sequence[Any]]:
        needed = _number(line.needed_exact, line.needed)
        live = sums.get(next(rows))
        value = Formula(*live) if live is not None else _number(line.value_exact, line.value)
        quoted = ", ".join(line.quotation.sources) if line.quotation else ""
        words = f"{'    ' * depth}{said(line)}"
        yield (words, line.title, line.verdict, value, needed, _number(line.out_of_exact, line.out_of), quoted)
        for each in line.lines:
            yield from below(each, depth + 1)

    for line in lines:
        yield from below(line, 0)


def _rows(answer: models.Assessment) -> Iterator[Sequence[Any]]:
    yield ("Measure", "Reason", "Value", "Rows", "", "", "Which")
    for group in answer.excluded:
        yield ("everywhere", f"left out: {group.reason}", "", group.count, "", "", named(group))
    for measure in answer.measures:
        for number, group in enumerate(measure.groups):
            value = _number(measure.value_exact, measure.value) if number == 0 else ""
            yield (measure.call, group.reason or group.counts, value, group.count, "", "", named(group))


def _plan(report: FullReport) -> Iterator[Sequence[Any]]:
    assert report.plan is not None
    yield ("Step", "Without it", "Cost", "Begins", "Ready", "Units", "Any of")
    if not report.plan.plans:
        yield (outcome(report.plan), "; ".join(report.plan.reasons))
    for one in report.plan.plans:
        for step in one.steps:
            cost = _number(step.cost_exact, step.cost)
            yield (step.text, why_so(step), cost, step.start, step.ready, step.units, "; ".join(step.any_of))
        total: Any = one.cost
        if len(report.plan.plans) == 1:
            total = Formula(f"=SUM(C2:C{len(one.steps) + 1})", Fraction(one.cost_exact.number))
        yield ("Total", proof(report.plan), total, one.cost_exact.unit, one.ready)
        for told in filter(None, (waiting(report.plan, one), *in_time(report.plan, one))):
            yield (told,)
        for title, before, after in report.plan.moved(one):
            yield (f"{title}: {before}, after the plan {after}",)


def _forecast(ahead: Forecast) -> Iterator[Sequence[Any]]:
    yield ("What changes", "Because of", "Day", "", "", "", "")
    for day in ahead.days:
        for turn in day.turns:
            yield (turn_words(turn), "; ".join(day.causes), day.day)
    if ahead.to < ahead.asked_to:
        yield ("Looked at until this day only: the time was too short.", "", ahead.to)
    for each in ahead.critical:
        yield (f"Critical now: {each.title}", f"without it {', '.join(each.loses)} is lost", "", "", "", "", each.row)
    if ahead.critical_rows < ahead.rows:
        yield (f"{ahead.critical_rows:,} of {ahead.rows:,} rows were tried in the time allowed",)


def _dates(report: FullReport) -> Iterator[Sequence[Any]]:
    yield ("Row", "Condition", "From", "What", "Field", "Date", "Rule")
    for each in report.upcoming:
        what = "ends" if each.what == "ends" else "begins"
        yield (f"{each.row} {each.title}".strip(), each.rule, each.day, what, each.field, each.date, each.place)
