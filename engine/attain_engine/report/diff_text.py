"""A comparison as text: what is stricter, looser or not comparable, with who is decided otherwise."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import groupby
from typing import Final

from attain_engine.compare.models import Comparison, Finding, Note
from attain_engine.report.console import Console
from attain_engine.report.paper import Paper

_STYLE: Final = {
    "equivalent": "good", "stricter": "bad", "looser": "doubt", "incomparable": "bad", "different": "doubt",
    "new": "doubt", "removed": "doubt", "cannot be told": "doubt",
    "not compared": "doubt",
}  # fmt: skip

TOPICS: Final = {
    "renamed": "Renamed",
    "facts": "For facts",
    "plans": "For plans",
    "reads": "Reads differently",
}
"""The headings of what decides nothing by itself."""


def diff_text(comparisons: Iterable[Comparison], console: Console) -> str:
    """Every comparison, one below the other."""
    paper = Paper(console)
    for each in comparisons:
        _comparison(paper, each)
    if paper.lines and not paper.lines[-1]:
        paper.lines.pop()
    return paper.text()


def _comparison(paper: Paper, comparison: Comparison) -> None:
    verdict = "no difference" if comparison.same else "differs" if comparison.differs else "decides the same"
    paper.line(f"{paper.styled(comparison.policy_title, 'strong')}   {verdict}")
    paper.line(paper.styled(f"{comparison.base} → {comparison.head}", "faint"))
    paper.line()
    different = [each for each in comparison.findings if each.relation != "equivalent"]
    for each in different:
        _finding(paper, each)
    rules = [each for each in comparison.findings if each.kind != "policy"]
    same = sum(each.relation == "equivalent" for each in rules)
    if same:
        paper.line(f"equivalent: {same} of {len(rules)} rules, proved for all facts")
        paper.line()
    for topic, notes in by_topic(comparison.notes):
        paper.line(paper.styled(TOPICS[topic], "strong"))
        for note in notes:
            paper.wrapped(f"{note.name}: {note.message}", indent=2)
        paper.line()


def _finding(paper: Paper, finding: Finding) -> None:
    relation = paper.styled(finding.relation, _STYLE[finding.relation])
    paper.line(f"{relation}   {finding.kind} {finding.name}")
    if title := title_of(finding):
        paper.wrapped(title, indent=2)
    if time := time_of(finding):
        paper.wrapped(time, indent=2)
    if unproved := unproved_of(finding):
        paper.wrapped(unproved, indent=2)
    for witness in finding.witnesses:
        paper.line(f"  {words(witness.direction)}: {witness.base} in BASE, {witness.head} in HEAD")
        for line in witness.example.splitlines():
            paper.verbatim(f"    {line}")
    paper.line()


def title_of(finding: Finding) -> str:
    """The title where it says more than the name, and what it was before: `Below 50 points (was: Below 40 points)`."""
    if finding.title_before:
        return f"{finding.title} (was: {finding.title_before})"
    return finding.title if finding.title not in finding.name else ""


def words(direction: str) -> str:
    """What a direction is for the organisation that is shown."""
    return {"stricter": "loses", "looser": "gains"}.get(direction, "differs")


def unproved_of(finding: Finding) -> str:
    """Why a relation is not proved; empty where it is."""
    if finding.relation == "not compared":
        return f"not compared ({finding.bound})"
    return f"not proved: {finding.bound}" if finding.bound else ""


def time_of(finding: Finding) -> str:
    """The days a finding is for: `from 2023-10-01, compared on 2023-10-01`."""
    since = f"from {finding.since}" if finding.since else ""
    until = f"to {finding.until}" if finding.until else ""
    asked = f"compared on {finding.asked}" if finding.asked else ""
    return ", ".join(filter(None, (" ".join(filter(None, (since, until))), asked)))


def by_topic(notes: Iterable[Note]) -> list[tuple[str, list[Note]]]:
    """Notes under their headings, in order."""
    order = list(TOPICS)
    ordered = sorted(notes, key=lambda each: order.index(each.topic))
    return [(topic, list(each)) for topic, each in groupby(ordered, key=lambda each: each.topic)]
