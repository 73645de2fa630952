"""A report as Markdown: for a wiki, an issue, a summary of a job."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from attain_engine.assess import models
from attain_engine.assess.lines import Line
from attain_engine.forecast.models import Forecast
from attain_engine.plan.models import Plan
from attain_engine.report.assessment_text import NO_TRACK, found_words, other_tracks
from attain_engine.report.forecast_text import turn_words
from attain_engine.report.full import FullReport
from attain_engine.report.grouped import Heading, grouped
from attain_engine.report.html import VERDICTS, comparison, named, sources
from attain_engine.report.plain import code, plain, ticked
from attain_engine.report.plan_words import in_time, outcome, proof, waiting, why_so
from attain_engine.report.why_text import said

MARKS = {"met": "✓", "failed": "✗", "undetermined": "?", "": ""}


def markdown(report: FullReport) -> str:
    """The whole report, ending in a line break."""
    return "\n".join(_lines(report)).rstrip() + "\n"


def _lines(report: FullReport) -> Iterator[str]:
    answer = report.assessment
    yield f"# {plain(answer.organisation)}: {plain(answer.policy_title)}"
    yield ""
    edition = f"policy edition {answer.edition} · " if answer.edition else ""
    newest = f" · newest date in the facts {report.newest}" if report.newest else ""
    yield f"{edition}assessed as of {answer.as_of}{newest}"
    if answer.outdated:
        yield f"\n**Warning**: {plain(answer.outdated)}"
    for problem in answer.problems:
        yield f"\n**Could not be worked out**: {plain(problem.message)} ({plain(problem.place)}). {plain(problem.help)}"
    for designation, line in zip(answer.designations, report.worksheet, strict=True):
        yield from _designation(designation, line)
    if answer.reports:
        yield "\n## Figures that the policy reports\n"
        yield from _table(("figure", "value"), [(plain(each.title), plain(each.value)) for each in answer.reports])
    if report.plan is not None:
        yield from _plan(report.plan)
    if report.forecast is not None:
        yield from _forecast(report.forecast)
    if report.upcoming:
        yield "\n## Dates to come\n"
        rows = (
            (str(each.day), f"{each.row} {each.title}", "ends" if each.what == "ends" else "begins", each.rule)
            for each in report.upcoming
        )
        yield from _table(("from", "row", "what", "condition"), [tuple(map(plain, each)) for each in rows])
    if any(each.groups for each in answer.measures):
        yield "\n## Rows by reason\n"
    for measure in answer.measures:
        if measure.groups:
            yield f"- {code(measure.call)}: {plain(measure.value)}"
            for group in measure.groups:
                told = f"{group.count:,}" if group.elsewhere else named(group)
                yield f"  - {group.counts}{f', {plain(group.reason)}' if group.reason else ''}: {plain(told)}"
    quoted = sources(answer)
    if quoted:
        yield "\n## Sources\n"
        for rule, each in quoted:
            told = ", ".join(f"“{plain(text)}”" if " " in text else plain(text) for text in each.sources)
            told = "; ".join(filter(None, (told, *(f"amended, not by {plain(one)}" for one in each.amended))))
            yield f"- {code(rule)}: {told}"


def _designation(designation: models.Designation, line: Line) -> Iterator[str]:
    track = designation.track
    where = f" ({plain(track.title or track.name)})" if track.name else ""
    award = f": {plain(designation.award_title)}" if designation.award else ""
    points = f" with {track.total} points" if track.total else ""
    yield f"\n## {plain(designation.title)}{where}\n"
    yield f"**{VERDICTS[designation.verdict]}{award}**{points}\n"
    for each in designation.undecided:
        yield f"- not known: {plain(each)}"
    if not designation.tracks:
        yield f"{NO_TRACK.capitalize()}."
    others = other_tracks(designation)
    if others:
        yield f"Other tracks: {', '.join(map(plain, others))}\n"
    rows = []
    for requirement in grouped(designation, track):
        if isinstance(requirement, Heading):
            rows.append((MARKS[requirement.verdict], f"**{plain(requirement.title)}** ({requirement.kind})", "", ""))
            continue
        told = comparison(requirement.clause)
        title = f"{plain(requirement.title)} {code(requirement.path)}"
        rows.append(
            (
                MARKS[requirement.verdict],
                title,
                plain(told["found"] or found_words(requirement.clause)),
                plain(told["needed"]),
            )
        )
    yield from _table(("", "requirement", "found", "needed"), rows)
    for score in track.scores:
        yield f"\n### {plain(score.title)}: {score.total} of {score.out_of}\n"
        parts = [
            (
                f"{plain(each.title)} {code(each.name)}"
                + (f" (waits for: {plain(each.waits_for)})" if each.waits_for else ""),
                each.points,
                each.maximum,
            )
            for each in score.parts
        ]
        yield from _table(("part", "points", "of"), parts)
    yield "\n### How it comes about\n"
    yield from _tree(line, 0)


def _tree(line: Line, depth: int) -> Iterator[str]:
    mark = f"{MARKS[line.verdict]} " if line.verdict else ""
    yield f"{'  ' * depth}- {mark}{plain(said(line))}"
    for each in line.lines:
        yield from _tree(each, depth + 1)


def _plan(plan: Plan) -> Iterator[str]:
    yield "\n## Plan\n"
    if not plan.plans:
        yield f"**{outcome(plan)}**\n"
        yield from (f"- {ticked(each)}" for each in plan.reasons)
    for one in plan.plans:
        changes = f"{one.changes} change{'' if one.changes == 1 else 's'}"
        yield f"**{proof(plan)}**: {one.cost}, {changes}, ready {one.ready}\n"
        rows = [(plain(each.text), each.cost, each.takes, str(each.ready), ticked(why_so(each))) for each in one.steps]
        yield from _table(("step", "cost", "takes", "ready", "without it"), rows)
        if wait := waiting(plan, one):
            yield f"\n{wait.capitalize()}."
        for standing in one.after:
            award = f": {plain(standing.award)}" if standing.award else ""
            points = f" with {standing.total} points" if standing.total else ""
            verdict = VERDICTS[standing.verdict].lower()
            yield f"\nAfter the plan, assessed again: {plain(standing.title)}, {verdict}{award}{points}."
        for told in in_time(plan, one):
            yield f"\n{ticked(told[0].upper() + told[1:])}."
        for title, before, after in plan.moved(one):
            yield f"\n{plain(title)}: {before}, after the plan {after}."


def _forecast(ahead: Forecast) -> Iterator[str]:
    yield "\n## If nothing is done\n"
    for each in ahead.assumed:
        yield f"- {plain(each)}"
    rows = [
        (str(day.day), plain("; ".join(map(turn_words, day.turns))), plain("; ".join(day.causes[:8])))
        for day in ahead.days
    ]
    yield from _table(("day", "what changes", "because of"), rows)
    if ahead.to < ahead.asked_to:
        yield f"\nLooked at until {ahead.to} only: the time was too short."
    else:
        yield f"\nNothing {'else ' if ahead.days else ''}changes until {ahead.to}."
    if ahead.critical:
        yield "\nCritical now: without any one of these, a status of today would be lost.\n"
        yield from (f"- {plain(each.title)} ({plain(each.row)})" for each in ahead.critical)
    if ahead.critical_rows < ahead.rows:
        yield f"\n{ahead.critical_rows:,} of {ahead.rows:,} rows were tried in the time allowed."


def _table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> Iterator[str]:
    if rows:
        yield f"| {' | '.join(head)} |"
        yield f"|{'---|' * len(head)}"
        yield from (f"| {' | '.join(each)} |" for each in rows)
