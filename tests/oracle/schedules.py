"""Small random planning questions in which time matters, and their answers by trying every schedule.

A case is plain data. `text` and `facts` write it as a policy and facts for the engine; `best` goes through every set of
steps, every start day and every order of steps that take no time, and lives through each of them day by day. Neither
uses anything of the engine or of the compiler.
"""

from __future__ import annotations

import calendar
import datetime
import itertools
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from random import Random
from typing import Any

DAY = datetime.timedelta(days=1)
FOREVER = datetime.date(9999, 12, 31)
HOLDERS = ("ann", "bob")
ORDERS = tuple(itertools.permutations(("cost", "changes", "time")))


Length = tuple[int, int]


@dataclass(frozen=True)
class Change:
    """A change; with `each` it can be made for either holder. `adds` is a kind, and for how long the row counts (None:
    for ever); `sets` and `raises` are about one field, `lifts` about a measure, `works` about the hours of the newest
    month. `limit` is a number and of what. A length is a number of months and of days."""

    name: str
    each: bool
    takes: Length
    cost: int
    needs: tuple[tuple[Any, ...], ...]
    adds: tuple[str, Length | None] | None
    sets: int | None
    raises: int | None
    lifts: int | None
    works: int | None
    limit: tuple[int, str] | None


@dataclass(frozen=True)
class Case:
    """`doubtful` are the rows, by their place, of which it is not known whether they count; `hours` were worked in the
    month before the assessment date and go on each month; somebody was `seen` so many days ago, and is each day."""

    on: datetime.date
    end: datetime.date
    until: datetime.date | None
    rows: tuple[tuple[str, str, datetime.date, datetime.date], ...]
    doubtful: frozenset[int]
    hours: int
    seen: int
    budget: int | None
    field: int
    changes: tuple[Change, ...]
    goal: tuple[tuple[tuple[Any, ...], ...], ...]
    order: tuple[str, ...]

    @property
    def instances(self) -> list[tuple[Change, str]]:
        return [(each, holder) for each in self.changes for holder in (HOLDERS if each.each else ("ann",))]


def case(seed: int) -> Case:
    """A case that needs a plan, of several drafts, where one is found soon."""
    for attempt in range(60):
        draft = _draft(Random(f"{seed}/{attempt}"))
        if seed % 5 == 0 or (lived(draft, {}) is None and _promising(draft)):
            return draft
    return draft


def _promising(draft: Case) -> bool:
    rng = Random(0)
    days = (draft.end - draft.on).days
    number = len(draft.instances)
    return any(
        lived(
            draft,
            {i: (rng.randint(0, days), rng.randrange(_moments(draft))) for i in range(number) if rng.random() < 0.8},
        )
        is not None
        for _ in range(60)
    )


def _draft(rng: Random) -> Case:
    monthly = rng.random() < 0.2
    on = datetime.date(2024, 1, 24) + rng.randint(5 if monthly else 0, 7) * DAY
    shape = rng.choice([(False,), (True,), (False, False), (False, False), (True, False), (False, False, False)])
    if monthly:
        shape = rng.choice([(False,), (False,), (False,), (False, False)])
    number = sum(2 if each else 1 for each in shape)
    horizon = {1: 65, 2: 34}[number] if monthly else {1: 14, 2: 10, 3: 6}[number]
    end = on + horizon * DAY

    def length(most: int, least: int = 1) -> Length:
        return (rng.randint(1, 2), 0) if monthly and rng.random() < 0.6 else (0, rng.randint(least, most))

    def condition(*kinds: str) -> tuple[Any, ...]:
        kind = rng.choice("ab")
        opens = on + rng.randint(0, horizon) * DAY
        match rng.choice(kinds):
            case "count":
                return ("count", kind, rng.choice([1, 1, 2]))
            case "none":
                return ("none", kind)
            case "held":
                return ("held", kind, length(3))
            case "window":
                return ("window", opens, opens + rng.randint(0, 6) * DAY)
            case "field":
                return ("field", rng.randint(2, 7))
            case "worked":
                return ("worked", rng.choice(["last", "all"]), rng.randint(2, 9))
            case "seen":
                return ("seen", rng.randint(1, 4))
            case _:
                return ("lifted", rng.randint(1, 4))

    def change(index: int, each: bool) -> Change:
        effect = rng.choice(["adds"] * 5 + ["sets", "raises", "lifts", "both", "works"]) if not each else "adds"
        kinds = ("count", "count", "none", "held", "window", "field", "worked", "seen")
        return Change(
            name=f"c{index}",
            each=each,
            takes=length(3, 0),
            cost=rng.randint(0, 5),
            needs=tuple(condition(*kinds) for _ in range(rng.choice([0, 0, 1, 1, 2]))),
            adds=(rng.choice("ab"), rng.choice([None, length(6)])) if effect == "adds" else None,
            sets=rng.randint(0, 6) if effect in ("sets", "both") else None,
            raises=rng.randint(1, 4) if effect in ("raises", "both") else None,
            lifts=rng.randint(1, 3) if effect == "lifts" else None,
            works=rng.randint(1, 4) if effect == "works" else None,
            limit=rng.choice([None, (1, "each month"), (1, "at a time")]) if each else None,
        )

    rows = tuple(
        (
            rng.choice("ab"),
            rng.choice(HOLDERS),
            on - rng.randint(0, 6) * DAY,
            rng.choice([FOREVER, on + rng.randint(-1, horizon) * DAY, on + rng.randint(1, 5) * DAY]),
        )
        for _ in range(rng.randint(1, 3))
    )
    goals = ("count", "count", "count", "none", "held", "window", "field", "lifted", "worked", "seen")
    return Case(
        on=on,
        end=end,
        until=rng.choice([None, None, on + rng.randint(1, horizon) * DAY]),
        rows=rows,
        doubtful=frozenset(place for place in range(len(rows)) if rng.random() < 0.12),
        hours=rng.randint(0, 3),
        seen=rng.randint(0, 5),
        budget=rng.choice([None, None, None, rng.randint(2, 10)]),
        field=rng.randint(0, 4),
        changes=tuple(change(index, each) for index, each in enumerate(shape)),
        goal=tuple(
            tuple(condition(*goals) for _ in range(rng.choice([1, 2, 2]))) for _ in range(rng.choice([1, 2, 2, 3]))
        ),
        order=rng.choice([*ORDERS, ORDERS[0], ORDERS[0], ORDERS[0]]),
    )


# ---------------------------------------------------------------- the answer, by living through every schedule


@dataclass
class _State:
    """`worked` has the hours of each month that there is a row of, by its number."""

    rows: list[tuple[str, str, datetime.date, datetime.date]]
    field: int
    lifted: int
    worked: dict[int, int]


def _month(day: datetime.date) -> int:
    return day.year * 12 + day.month


def _later(day: datetime.date, length: Length, sign: int = 1) -> datetime.date:
    """Months first, to the last day of a month that is too short; then days."""
    year, month = divmod(day.year * 12 + day.month - 1 + sign * length[0], 12)
    last = calendar.monthrange(year, month + 1)[1]
    return datetime.date(year, month + 1, min(day.day, last)) + sign * length[1] * DAY


def _holds(condition: tuple[Any, ...], day: datetime.date, state: _State, case: Case) -> bool:
    alive = [row for row in state.rows if row[2] <= day <= row[3]]
    match condition:
        case ("count", kind, least):
            return bool(len({row[1] for row in alive if row[0] == kind}) >= least)
        case ("none", kind):
            return not any(row[0] == kind for row in alive)
        case ("held", kind, length):
            return any(row[0] == kind and row[2] <= _later(day, length, -1) for row in alive)
        case ("window", opens, closes):
            return bool(opens <= day <= closes)
        case ("field", least):
            return bool(state.field >= least)
        case ("worked", "last", least):
            return bool(state.worked[_month(day) - 1] >= least)
        case ("worked", "all", least):
            return bool(sum(state.worked.values()) >= least)
        case ("seen", most):
            return bool(case.seen <= most)
        case ("lifted", least):
            return bool(state.lifted >= least)
        case _:
            raise TypeError(condition)


def _moments(case: Case) -> int:
    return 1 + sum(change.takes == (0, 0) for change, _ in case.instances)


def lived(case: Case, plan: Mapping[int, tuple[int, int]]) -> datetime.date | None:
    """The day on which a plan is ready: for each instance in it, by its place, after how many days and at which moment
    of the day it starts. None where it never is, or a step may not start then, whatever the doubtful rows are."""
    moments = _moments(case)
    instances = case.instances
    starts = {i: (case.on + days * DAY, moment) for i, (days, moment) in plan.items()}
    ends: dict[int, tuple[datetime.date, int]] = {}
    for i, (day, moment) in starts.items():
        takes = instances[i][0].takes
        if takes == (0, 0) and moment + 1 >= moments:
            return None
        ends[i] = (_later(day, takes), 0) if takes != (0, 0) else (day, moment + 1)
        if ends[i][0] > case.end:
            return None
    if not all(_within(case, change, starts, ends) for change in case.changes if change.limit):
        return None
    good = dict.fromkeys(_days(case.on, case.end), True)
    for size in range(len(case.doubtful) + 1):
        for missing in itertools.combinations(sorted(case.doubtful), size):
            rows = [row for place, row in enumerate(case.rows) if place not in missing]
            if not _live(case, starts, ends, moments, rows, good):
                return None
    last = max((day for day, _ in ends.values()), default=case.on)
    for day in good:
        stop = max(day, case.until or day)
        if last <= stop <= case.end and all(good[each] for each in _days(day, stop)):
            return day
    return None


def _live(
    case: Case,
    starts: Mapping[int, tuple[datetime.date, int]],
    ends: Mapping[int, tuple[datetime.date, int]],
    moments: int,
    rows: list[tuple[str, str, datetime.date, datetime.date]],
    good: dict[datetime.date, bool],
) -> bool:
    """Whether each step may start when it does, if these are the rows; on the days that are not `good` it is said."""
    instances = case.instances
    before = _month(case.on) - 1
    state = _State(rows, case.field, 0, {before: case.hours})
    for day in _days(case.on, case.end):
        state.worked.setdefault(_month(day) - 1, state.worked[max(state.worked)])
        for moment in range(moments):
            now = [i for i in ends if ends[i] == (day, moment)]
            if not _done([instances[i] for i in now], day, state):
                return False
            for i in starts:
                if starts[i] == (day, moment) and not all(
                    _holds(each, day, state, case) for each in instances[i][0].needs
                ):
                    return False
        good[day] &= all(any(_holds(each, day, state, case) for each in clause) for clause in case.goal)
    return True


def _within(case: Case, change: Change, starts: Mapping[int, Any], ends: Mapping[int, Any]) -> bool:
    assert change.limit is not None
    most, what = change.limit
    mine = [i for i in starts if case.instances[i][0] is change]
    if what == "each month":
        months = [starts[i][0].month for i in mine]
        return all(months.count(month) <= most for month in months)
    return all(sum(starts[i] <= starts[j] < ends[i] for i in mine) <= most for j in mine)


def _done(steps: list[tuple[Change, str]], day: datetime.date, state: _State) -> bool:
    for change, holder in steps:
        if change.adds is not None:
            kind, length = change.adds
            state.rows.append((kind, holder, day, FOREVER if length is None else _later(day, length)))
        state.worked[max(state.worked)] += change.works or 0
        state.lifted += change.lifts or 0
    values = {change.sets for change, _ in steps if change.sets is not None}
    if len(values) > 1:
        return False
    state.field = values.pop() if values else state.field
    state.field += sum(change.raises or 0 for change, _ in steps)
    return True


def _days(first: datetime.date, last: datetime.date) -> Iterator[datetime.date]:
    while first <= last:
        yield first
        first += DAY


def best(case: Case) -> dict[str, Any] | None:
    """Cost, changes and time (the ready day) of the best schedule, or None where there is none."""
    instances = case.instances
    slots = list(itertools.product(range((case.end - case.on).days + 1), range(_moments(case))))
    found: dict[str, Any] | None = None

    def rank(totals: Mapping[str, Any]) -> tuple[Any, ...]:
        return tuple(totals[each] for each in case.order)

    for size in range(len(instances) + 1):
        for chosen in itertools.combinations(range(len(instances)), size):
            totals: dict[str, Any] = {"cost": sum(instances[i][0].cost for i in chosen), "changes": size}
            if case.budget is not None and totals["cost"] > case.budget:
                continue
            if found is not None and rank({**totals, "time": case.on}) >= rank(found):
                continue
            for times in itertools.product(slots, repeat=size):
                day = lived(case, dict(zip(chosen, times, strict=True)))
                if day is not None and (found is None or rank({**totals, "time": day}) < rank(found)):
                    found = {**totals, "time": day}
    return found


# ---------------------------------------------------------------- the same, written for the engine

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
        parameters = ["h Holder"] if change.each else []
        parameters += ["w Work"] if change.works is not None else []
        parameters += ["x Box"] if change.sets is not None or change.raises is not None else []
        lines.append(f'change {change.name}{"(" + ", ".join(parameters) + ")" if parameters else ""} "{change.name}"')
        if change.needs:
            lines += ["  when all of", *(f"    {_written(each)}" for each in change.needs)]
        if change.adds is not None:
            kind, length = change.adds
            holder = "h.person" if change.each else '"ann"'
            until = "never" if length is None else f"{_length(length)} after plan date"
            lines.append(
                f"  adds Row {{ kind: {kind}, holder: {holder}, since: plan date, to_day: {until}, counts: yes }}"
            )
        if change.works is not None:
            lines.append(f"  raises w.hours by {change.works}")
        if change.sets is not None:
            lines.append(f"  sets x.field to {change.sets}")
        if change.raises is not None:
            lines.append(f"  raises x.field by {change.raises}")
        if change.lifts is not None:
            lines.append(f"  raises lifted by {change.lifts}")
        lines.append(f"  cost {change.cost} EUR")
        if change.takes != (0, 0):
            lines.append(f"  takes {_length(change.takes)}")
        if change.limit is not None:
            lines.append(f"  at most {change.limit[0]} {change.limit[1]}")
    return "\n".join(lines) + "\n"


def facts(case: Case) -> dict[str, Any]:
    """The case's facts, as JSON."""
    return {
        "organisation": "small",
        "as_of": case.on.isoformat(),
        "facts": {
            "Holder": [{"person": each} for each in HOLDERS],
            "Row": [
                {
                    "kind": kind,
                    "holder": holder,
                    "since": since.isoformat(),
                    "to_day": "never" if to_day == FOREVER else to_day.isoformat(),
                    "counts": None if place in case.doubtful else True,
                }
                for place, (kind, holder, since, to_day) in enumerate(case.rows)
            ],
            "Work": [{"month": (case.on.replace(day=1) - DAY).isoformat()[:7], "hours": case.hours}],
            "Seen": [{"on_day": (case.on - case.seen * DAY).isoformat()}],
            "Box": [{"field": case.field, "nothing": 0}],
        },
    }
