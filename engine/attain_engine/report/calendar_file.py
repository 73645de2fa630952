"""A report as a calendar file (iCalendar): what lapses, what begins, and the steps of the plan."""

from __future__ import annotations

import datetime
import hashlib
from typing import Any

from attain_engine import __version__
from attain_engine.report.forecast_text import turn_words
from attain_engine.report.full import FullReport
from attain_engine.report.optional import library


def calendar_file(report: FullReport) -> bytes:
    """The calendar, each event a whole day; the same report makes the same bytes. Raises MissingLibrary."""
    icalendar = library("icalendar", "a calendar file")
    answer = report.assessment
    calendar = icalendar.Calendar()
    calendar.add("prodid", f"-//Attain {__version__}//attain report//EN")
    calendar.add("version", "2.0")
    calendar.add("X-WR-CALNAME", f"{answer.organisation}: {answer.policy_title}")
    stamp = datetime.datetime.combine(answer.as_of, datetime.time(), datetime.UTC)

    def add(first: datetime.date, last: datetime.date, summary: str, text: str) -> None:
        event: Any = icalendar.Event()
        parts = (answer.organisation, answer.policy, str(first), str(last), summary, text)
        event.add("uid", f"{hashlib.sha256(chr(0).join(parts).encode()).hexdigest()[:32]}@attain")
        event.add("dtstamp", stamp)
        event.add("dtstart", first)
        event.add("dtend", last + datetime.timedelta(days=1))
        event.add("summary", summary)
        event.add("description", text)
        event.add("transp", "TRANSPARENT")
        calendar.add_component(event)

    for each in report.upcoming:
        who = f"{each.row} ({each.title})" if each.title else each.row
        what = f"{who}: `{each.rule}` {'ends' if each.what == 'ends' else 'begins'}"
        turns = "holds no longer" if each.what == "ends" else "begins to hold"
        add(
            each.day,
            each.day,
            what,
            f"From this day on, `{each.rule}` {turns}: {each.field} is {each.date}. {each.place}",
        )
    for day in report.forecast.days if report.forecast is not None else ():
        lost = [turn_words(turn) for turn in day.turns if turn.lost]
        if lost:
            add(day.day, day.day, f"Lost if nothing is done: {lost[0]}", f"{'; '.join(lost)}. {'; '.join(day.causes)}")
    plan = report.plan
    for one in plan.plans[:1] if plan is not None else ():
        for step in one.steps:
            begin = step.start
            cost = f"costs {step.cost}; " if step.cost else ""
            add(begin, step.ready, f"Plan: {step.text}", f"{cost}ready {step.ready}. {step.without}".strip())
    content: bytes = calendar.to_ical()
    return content
