"""A forecast as text: day by day what changes, why, and what would prevent it; then what is critical now."""

from __future__ import annotations

from typing import Final

from attain_engine.forecast.models import Forecast, Prevention, Turn
from attain_engine.report.console import Console
from attain_engine.report.paper import Paper
from attain_engine.report.plan_words import standing_title

_WORDS: Final = {"met": "qualified", "failed": "not qualified", "undetermined": "cannot be told"}
_REQUIREMENT: Final = {"met": "holds", "failed": "fails", "undetermined": "cannot be told"}
MOST_CAUSES = 8
"""So many causes of a day are named; JSON has all."""
MOST_CRITICAL = 20
"""So many critical rows are named; JSON has all."""


def forecast_text(answer: Forecast, console: Console) -> str:
    """The whole answer."""
    paper = Paper(console)
    for standing in answer.now:
        award = f": {standing.award}" if standing.award else ""
        head = paper.styled(f"{answer.organisation} → {standing_title(standing)}", "strong")
        paper.flow((head, f"{_WORDS[standing.verdict]}{award} on {answer.as_of}"), "   ")
    for each in answer.assumed:
        paper.line(paper.styled(f"  {each}", "faint"))
    paper.line()
    for day in answer.days:
        paper.line(paper.styled(str(day.day), "strong"))
        for turn in day.turns:
            paper.line(f"  {_mark(paper, turn)} {turn_words(turn, '  ')}")
        for cause in day.causes[:MOST_CAUSES]:
            paper.line(f"    because of {cause}")
        if len(day.causes) > MOST_CAUSES:
            paper.line(f"    and {len(day.causes) - MOST_CAUSES} more")
        for told in dict.fromkeys(map(_prevented, day.preventions)):  # the same may prevent that several are lost
            paper.line(f"    {told}")
        paper.line()
    if answer.to < answer.asked_to:
        told = f"looked at until {answer.to} only: the time was too short (`--time-limit`)"
        paper.line(paper.styled(told, "doubt"))
    elif not answer.days:
        paper.line(f"Nothing changes until {answer.to}, if nothing is done.")
    else:
        paper.line(f"Nothing else changes until {answer.to}.")
    if answer.critical:
        paper.line()
        paper.line(paper.styled("Critical now: without any one of these", "strong"))
        rows = [[f"- {each.title}", f"{', '.join(each.loses)} is lost", each.row] for each in answer.critical]
        paper.table(rows[:MOST_CRITICAL], indent=2)
        if len(rows) > MOST_CRITICAL:
            paper.line(f"  and {len(rows) - MOST_CRITICAL} more")
    if answer.critical_rows < answer.rows:
        told = f"{answer.critical_rows:,} of {answer.rows:,} rows were tried in the time allowed"
        paper.line(paper.styled(told, "doubt"))
    return paper.text()


def _mark(paper: Paper, turn: Turn) -> str:
    good = {"met", "qualified"}
    if turn.what == "track":
        return "→"
    if turn.what == "award":
        return paper.mark("failed" if turn.lost else "met")
    return paper.mark("met" if turn.after in good else turn.after)


def turn_words(turn: Turn, gap: str = ", ") -> str:
    """What changes, in a line; `gap` stands between the name of a requirement and its title."""
    track = f" ({turn.track})" if turn.track else ""
    match turn.what:
        case "verdict":
            return f"{turn.title}{track}: {_WORDS[turn.before]} → {_WORDS[turn.after]}"
        case "award":
            return f"{turn.title}{track}: {turn.before or 'no tier'} → {turn.after or 'no tier'}"
        case "track":
            return f"{turn.title}: on {turn.after or 'no track'}, not on {turn.before or 'none'} any more"
        case "requirement":
            said = f"{_REQUIREMENT[turn.before]} → {_REQUIREMENT[turn.after]}"
            return f"{turn.requirement}{track}{gap}{turn.title}: {said}"


def _prevented(each: Prevention) -> str:
    match each.status:
        case "qualified":
            return f"{each.title} holds on that day whatever is done"
        case "proved" | "best found":
            proved = "" if each.status == "proved" else " (not proved to be the least)"
            return (
                f"prevented for {each.cost}{proved}: {'; '.join(each.steps[:6])}{'; …' if len(each.steps) > 6 else ''}"
            )
        case "impossible":
            return f"no change prevents that {each.title} is lost"
        case "undetermined":
            return "whether that can be prevented rests on facts that are not known"
        case "nothing found":
            return "no prevention was found in the time allowed"
