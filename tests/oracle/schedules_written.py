"""The cases of schedules.py as policies, for the engine."""

from __future__ import annotations

import datetime
from typing import Any

from tests.oracle.schedules import Case, Length

_LIVE = "r.counts and r.since on or before assessment date and r.to_day on or after assessment date"


def _length(length: Length) -> str:
    months, days = length
    return f"{months} months" if months else f"{days} days"


def _written(condition: tuple[Any, ...]) -> str:
    match condition:
        case ("count", kind, least):
            return f"(distinct r.holder among Row r where r.kind is {kind} and {_LIVE}) at least {least}"
        case ("none", kind):
            return f"no Row r where r.kind is {kind} and {_LIVE}"
        case ("held", kind, length):
            held = f"r.since on or before {_length(length)} before assessment date"
            return f"some Row r where r.kind is {kind} and {_LIVE} and {held}"
        case ("window", opens, closes):
            return f"assessment date from {opens} to {closes}"
        case ("field", least):
            return f"the Box.field at least {least}"
        case ("worked", "last", least):
            return f"(sum of k.hours among Work k where k.month is last month) at least {least}"
        case ("worked", "all", least):
            return f"(sum of k.hours among Work k) at least {least}"
        case ("seen", most):
            return f"some Seen s where s.on_day on or after {most} days before assessment date"
        case ("aged", kind, months, least):
            unit = "months" if months else "days"
            live = f"r.kind is {kind} and {_LIVE}"
            return (
                f"(sum of (number of {unit} from r.since to assessment date) among Row r where {live}) at least {least}"
            )
        case ("spans", how, limit):
            span = "number of days from r.since to earliest of (r.to_day, assessment date) else 0"
            begun = "r.counts and r.since on or before assessment date"
            return f"(sum of ({span}) among Row r where {begun}) {how} {limit}"
        case ("gap", how, limit):
            ends = [
                f"{which} of r.since among Row r where r.counts else 2024-01-01" for which in ("earliest", "latest")
            ]
            return f"(number of days from ({ends[0]}) to ({ends[1]})) {how} {limit}"
        case ("in month", kind):
            return f"some Row r where r.kind is {kind} and {_LIVE} and month of r.since is last month"
        case ("before month", kind):
            begun = "r.since earlier than first day of month of assessment date"
            return f"some Row r where r.kind is {kind} and {_LIVE} and {begun}"
        case ("since", kind, month, number):
            day = datetime.date(2024, month, number)
            begin = f"last {number} {day:%B} on or before assessment date"
            return f"some Row r where r.kind is {kind} and {_LIVE} and r.since on or after {begin}"
        case ("lifted", least):
            return f"lifted at least {least}"
        case _:
            raise TypeError(condition)


def text(case: Case) -> str:
    """The case as a policy."""
    lines = [
        'policy small "Small"',
        "enum Kind { a, b }",
        "entity Person",
        "record Holder",
        "  person Person",
        "record Row",
        "  kind Kind",
        "  holder Person",
        "  since date",
        "  to_day date or never",
        "  counts flag?",
        "record Work",
        "  month month",
        "  hours count 0 to 1_000",
        "  continues each month",
        "record Seen",
        "  on_day date",
        "  continues each day",
        "record Box one row",
        "  field count 0 to 1_000",
        "  nothing count 0 to 0",
        "measure lifted count 0 to 1_000",
        "  the Box.nothing",
        'designation goal "Goal"',
    ]
    for index, clause in enumerate(case.goal):
        lines += [f'  require r{index} "R{index}"', "    any of", *(f"      {_written(each)}" for each in clause)]
    for change in case.changes:
        if change.later is not None:
            entries = [f"  from 2020-01-01  {change.lifts}", f"  from {change.later[0]}  {change.later[1]}"]
            lines += [f"parameter lift_{change.name} count", *entries]
        parameters = ["h Holder"] if change.each else []
        parameters += ["w Work"] if change.works is not None else []
        parameters += ["x Box"] if change.sets is not None or change.raises is not None else []
        each, title = (" each", "{n} ") if change.most > 1 else ("", "")
        given = f"({', '.join(parameters)})" if parameters else ""
        by = f" by 1 to {change.most}" if change.most > 1 else ""
        lines.append(f'change {change.name}{given}{by} "{title}{change.name}"')
        if change.needs:
            lines += ["  when all of", *(f"    {_written(each)}" for each in change.needs)]
        if change.adds is not None:
            kind, length = change.adds
            holder = "h.person" if change.each else '"ann"'
            until = "never" if length is None else f"{_length(length)} after plan date"
            since = change.since or "plan date"
            lines.append(
                f"  adds Row {{ kind: {kind}, holder: {holder}, since: {since}, to_day: {until}, counts: yes }}"
            )
        if change.works is not None:
            lines.append(f"  raises w.hours by {change.works}")
        if change.sets is not None:
            lines.append(f"  sets x.field to {change.sets}")
        if change.raises is not None:
            lines.append(f"  raises x.field by {change.raises}")
        if change.lifts is not None:
            lines.append(f"  raises lifted by {change.lifts if change.later is None else f'lift_{change.name}'}")
        lines.append(f"  cost {change.cost} EUR{each}")
        if change.once != (0, 0):
            lines.append(f"  takes {_length(change.once)}")
        if change.takes != (0, 0):
            lines.append(f"  takes {_length(change.takes)}{each}")
        if change.limit is not None:
            lines.append(f"  at most {change.limit[0]} {change.limit[1]}")
    return "\n".join(lines) + "\n"
