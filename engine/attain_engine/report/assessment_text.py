"""An assessment as text: the verdict, every requirement, the worksheet of every score, the rows by reason."""

from __future__ import annotations

from collections.abc import Iterator

from attain_engine.assess import models
from attain_engine.report.console import Console
from attain_engine.report.grouped import Heading, grouped
from attain_engine.report.paper import Paper
from attain_engine.report.threshold import threshold

NO_TRACK = "there is no track: nothing in the facts, nor in the policy, that it could be judged on"
MOST_ROWS = 5


def assessment_text(assessment: models.Assessment, console: Console, *, everything: bool = False) -> str:
    """The whole answer; with `everything`, the rows behind the measures of every track."""
    paper = Paper(console)
    for designation in assessment.designations:
        _designation(paper, assessment, designation)
        paper.line()
    if assessment.reports:
        rows = [[report.title, report.value] for report in assessment.reports]
        paper.table(rows, indent=2)
        paper.line()
    for problem in assessment.problems:
        paper.line(f"  error[{problem.code}]: {problem.message} ({problem.places})")
        paper.line(f"    help: {problem.help}")
    if assessment.problems:
        paper.line()
    _rows(paper, assessment, everything)
    while paper.lines and not paper.lines[-1]:
        paper.lines.pop()
    return paper.text()


def _designation(paper: Paper, assessment: models.Assessment, designation: models.Designation) -> None:
    track = designation.track
    verdict = {"met": "QUALIFIED", "failed": "NOT QUALIFIED", "undetermined": "UNDETERMINED"}[designation.verdict]
    if designation.award:
        verdict = f"{verdict}: {designation.award_title}"
    style = {"met": "good", "failed": "bad", "undetermined": "doubt"}[designation.verdict]
    on = f" ({track.title or track.name})" if track.name else ""
    head = f"{assessment.organisation} → {designation.title}{on}"
    total = f"{track.total} points" if track.total else ""
    paper.flow((paper.styled(head, "strong"), paper.styled(verdict, style), total), "   ")
    edition = f"policy edition {assessment.edition}" if assessment.edition else ""
    newest = f"newest date in the facts {assessment.newest}" if assessment.newest else ""
    dates = (edition, f"assessed as of {assessment.as_of}", newest)
    paper.flow([paper.styled(each, "faint") for each in dates], " · ")
    if assessment.outdated:
        paper.line(f"{paper.styled('warning', 'doubt')}: {assessment.outdated}")
    _other_tracks(paper, designation)
    paper.line()
    for each in designation.undecided:
        paper.line(f"  ? {each}")
    if designation.undecided:
        paper.line()
    if not designation.tracks:
        paper.line(f"  {NO_TRACK}")
    _requirements(paper, designation, track)
    for score in track.scores:
        paper.line()
        _score(paper, designation, track, score)
    _recovered(paper, track)


MOST_TRACKS = 12
"""So many tracks beside the one that is shown are named."""


def other_tracks(designation: models.Designation) -> tuple[str, ...]:
    """What stands on the tracks beside the one that is shown, where no total compares them: each is a verdict of its
    own."""
    shown = designation.track
    others = [each for each in designation.tracks if each is not shown]
    if not others or shown.total:
        return ()
    more = (f"{len(others) - MOST_TRACKS} more",) if len(others) > MOST_TRACKS else ()
    return (*(f"{each.title or each.name} {_stands(each)}" for each in others[:MOST_TRACKS]), *more)


def _other_tracks(paper: Paper, designation: models.Designation) -> None:
    said = other_tracks(designation)
    if said:
        paper.flow((f"other tracks: {said[0]}", *said[1:]), ", ")


def _stands(track: models.Track) -> str:
    if track.verdict == "met":
        return track.award or "qualified"
    return "not qualified" if track.verdict == "failed" else "undetermined"


def _recovered(paper: Paper, track: models.Track) -> None:
    """Which figures their source has lost, and where each was found instead; what is not as in the policy amended."""
    found: dict[str, list[str]] = {}
    for requirement in track.requirements:
        for origin in _origins(requirement.quotation):
            found.setdefault(origin, []).append(requirement.path.rpartition(".")[2])
    for part in (part for score in track.scores for part in score.parts):
        for origin in _origins(part.quotation):
            found.setdefault(origin, []).append(part.name)
    if found:
        paper.line()
    for origin, names in found.items():
        paper.wrapped(f"{', '.join(dict.fromkeys(names))}: {origin}", indent=2)


def _origins(quoted: models.Quotation) -> Iterator[str]:
    yield from (f"recovered from {each}" for each in quoted.recovered)
    yield from (f"amended, not by {each}" for each in quoted.amended)


def _requirements(paper: Paper, designation: models.Designation, track: models.Track) -> None:
    rows: list[list[str]] = []
    for each in grouped(designation, track):
        if isinstance(each, Heading):
            rows.append(
                [
                    f"{'  ' * (len(each.path) - 1)}{paper.mark(each.verdict)} {paper.styled(each.title, 'strong')}",
                    "",
                    "",
                ]
            )
            continue
        *steps, name = each.path.split(".")
        indent = "  " * len(steps)
        rows.append([f"{indent}{paper.mark(each.verdict)} {name}", each.title, found_words(each.clause)])
        if each.verdict == "failed":
            for line in _lines(each.clause):
                rows.append([f"{indent}  {paper.mark(line.verdict)}", f"  {line.text}", _given(line)])
    paper.table(rows, indent=2)
    for requirement in track.requirements:
        if requirement.verdict == "failed" and requirement.quotation.advice:
            paper.line(f"    {requirement.path}: {requirement.quotation.advice}")


def found_words(clause: models.Clause) -> str:
    """What was found: the value of a comparison, or the clauses that fail."""
    if clause.found and not clause.clauses:
        return clause.found + _needed(clause)
    failing = [each for each in clause.clauses if each.verdict != "met"]
    if clause.verdict == "met" or not failing:
        return ""
    deepest = [inner for each in failing for inner in (_failing(each) or [each])]
    words = list(dict.fromkeys(_in_words(each) for each in deepest))
    more = len(words) - MOST_ROWS
    return "; ".join(words[:MOST_ROWS] + ([f"{more:,} more"] if more > 0 else []))


def _lines(clause: models.Clause) -> Iterator[models.Clause]:
    """The lines in a clause that does not hold."""
    for each in clause.clauses:
        if each.given is not None:
            yield each
        elif each.verdict == "failed":
            yield from _lines(each)


def _given(line: models.Clause) -> str:
    """Who was given to a line."""
    given = line.given or ()
    more = len(given) - MOST_ROWS
    return ", ".join(given[:MOST_ROWS]) + (f" and {more:,} more" if more > 0 else "")


def _in_words(clause: models.Clause) -> str:
    """A clause that does not hold: what it is about, what was found, what it needs."""
    if clause.given is not None:
        return f"{clause.text}: {clause.found} found"
    if clause.found:
        return f"{clause.label or clause.text} is {clause.found}{_needed(clause)}"
    return f"{clause.label}: {clause.text}" if clause.label else clause.text


def _needed(clause: models.Clause) -> str:
    """What a comparison that does not hold compares with, where that is a number or one end of an order, and known."""
    number = clause.needed_exact is not None or clause.operator in ("<", "<=", ">", ">=")
    plain = clause.needed == "0" and clause.operator == ">"
    if clause.verdict == "met" or not number or plain or clause.needed in ("unknown", "no value"):
        return ""
    return f" ({threshold(clause.operator, clause.needed)})"


def _failing(clause: models.Clause) -> list[models.Clause]:
    return [inner for each in clause.clauses if each.verdict != "met" for inner in (_failing(each) or [each])]


def _score(paper: Paper, designation: models.Designation, track: models.Track, score: models.Score) -> None:
    others = ", ".join(
        f"{each.title or each.name} has {each.total}" for each in designation.tracks if each is not track and each.total
    )
    which = f"{track.title or track.name}, the better track; {others}" if others and track.chosen else track.title
    paper.line(
        f"  {paper.styled(score.call, 'strong')}  {score.total} of {score.out_of}{f'  ({which})' if which else ''}"
    )
    rows: list[list[str]] = []
    for part in score.parts:
        points = f"{part.points} / {part.maximum}"
        scorings = part.scorings
        first = next((each for each in scorings if each.best), scorings[0]) if scorings else None
        if first is None:
            rows.append([part.name, "", points, ""])
            continue
        label = first.label.rpartition(" ")[2] if len(scorings) > 1 else ""
        rows.append([part.name, _values(first, label), points, _missing(first, part)])
        for each in scorings:
            if each is not first:
                rows.append(["", _values(each, each.label), paper.styled(each.points, "faint"), ""])
    paper.table(rows, indent=4, right=(2,))


def _values(scoring: models.Scoring, label: str) -> str:
    found = f"{label} " if label else ""
    if scoring.form == "gate":
        return f"{found}{scoring.threshold}: {scoring.value}"
    return f"{found}{scoring.value} of {scoring.threshold}" if scoring.threshold else f"{found}{scoring.value}"


def _missing(scoring: models.Scoring, part: models.Part) -> str:
    waits = f"waits for: {part.waits_for}" if part.waits_for else ""
    return waits if waits or part.full or not scoring.missing else f"{scoring.missing} more for full points"


def _rows(paper: Paper, assessment: models.Assessment, everything: bool) -> None:
    for group in assessment.excluded:
        paper.line(f"  left out everywhere: {group.reason}: {_named(group)}")
    chosen = [
        each
        for each in assessment.measures
        if each.groups and (everything or models.on_shown_track(each.tracks, assessment.designations))
    ]
    if not chosen:
        return
    paper.line()
    which = "" if everything else ", on the track that counts (--rows all: on every track)"
    tracks = models.track_names(assessment.designations)
    paper.line(paper.styled(f"  Rows behind the measures{which if tracks else ''}", "strong"))
    everywhere = {group.reason for group in assessment.excluded}
    for measure in chosen:
        paper.line(f"  {measure.call} = {measure.value}")
        first = True
        for group in measure.groups:
            if group.reason in everywhere:
                continue
            if group.elsewhere:
                more = "more" if not first else "row" if group.count == 1 else "rows"
                paper.line(paper.styled(f"      {group.count:,} {more}: {group.reason}", "faint"))
                first = False
                continue
            standing = "met" if group.certain else "undetermined"
            mark = paper.mark(standing) if not group.reason else paper.styled("·", "faint")
            paper.line(f"    {mark} {group.reason or group.counts}: {_named(group)}")
            first = False


def _named(group: models.RowGroup) -> str:
    named = ", ".join(group.rows[:MOST_ROWS])
    more = group.count - min(len(group.rows), MOST_ROWS)
    return f"{group.count:,} ({named}{f' and {more:,} more' if more else ''})"
