"""Small random planning questions in which time matters, and their answers by trying every schedule.

A case is plain data. `text` and `facts` write it as a policy and facts for the engine; `best` goes through every set of
steps, every start day and every order of steps that take no time, and lives through each of them day by day. Neither
uses anything of the engine or of the compiler.
"""

from __future__ import annotations

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


@dataclass(frozen=True)
class Change:
    """A change; with `each` it can be made for either holder. `adds` is a kind, and for how many days the row counts
    (None: for ever); `sets` and `raises` are about one field, `lifts` about a measure. `limit` is a number and of
    what."""

    name: str
    each: bool
    takes: int
    cost: int
    needs: tuple[tuple[Any, ...], ...]
    adds: tuple[str, int | None] | None
    sets: int | None
    raises: int | None
    lifts: int | None
    limit: tuple[int, str] | None


@dataclass(frozen=True)
class Case:
    on: datetime.date
    end: datetime.date
    until: datetime.date | None
    rows: tuple[tuple[str, str, datetime.date, datetime.date], ...]
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
    on = datetime.date(2024, 1, 24) + rng.randint(0, 7) * DAY
    shape = rng.choice([(False,), (True,), (False, False), (False, False), (True, False), (False, False, False)])
    number = sum(2 if each else 1 for each in shape)
    horizon = {1: 14, 2: 10, 3: 6}[number]
    end = on + horizon * DAY

    def condition(*kinds: str) -> tuple[Any, ...]:
        kind = rng.choice("ab")
        opens = on + rng.randint(0, horizon) * DAY
        match rng.choice(kinds):
            case "count":
                return ("count", kind, rng.choice([1, 1, 2]))
            case "none":
                return ("none", kind)
            case "held":
                return ("held", kind, rng.randint(1, 3))
            case "window":
                return ("window", opens, opens + rng.randint(0, 6) * DAY)
            case "field":
                return ("field", rng.randint(2, 7))
            case _:
                return ("lifted", rng.randint(1, 4))

    def change(index: int, each: bool) -> Change:
        effect = rng.choice(["adds"] * 5 + ["sets", "raises", "lifts", "both"]) if not each else "adds"
        return Change(
            name=f"c{index}",
            each=each,
            takes=rng.choice([0, 1, 2, 3]),
            cost=rng.randint(0, 5),
            needs=tuple(
                condition("count", "count", "none", "held", "window", "field")
                for _ in range(rng.choice([0, 0, 1, 1, 2]))
            ),
            adds=(rng.choice("ab"), rng.choice([None, rng.randint(1, 6)])) if effect == "adds" else None,
            sets=rng.randint(0, 6) if effect in ("sets", "both") else None,
            raises=rng.randint(1, 4) if effect in ("raises", "both") else None,
            lifts=rng.randint(1, 3) if effect == "lifts" else None,
            limit=rng.choice([None, (1, "each month"), (1, "at a time")]) if each else None,
        )

    return Case(
        on=on,
        end=end,
        until=rng.choice([None, None, on + rng.randint(1, horizon) * DAY]),
        rows=tuple(
            (
                rng.choice("ab"),
                rng.choice(HOLDERS),
                on - rng.randint(0, 6) * DAY,
                rng.choice([FOREVER, on + rng.randint(-1, horizon) * DAY, on + rng.randint(1, 5) * DAY]),
            )
            for _ in range(rng.randint(1, 3))
        ),
        field=rng.randint(0, 4),
        changes=tuple(change(index, each) for index, each in enumerate(shape)),
        goal=tuple(
            tuple(
                condition("count", "count", "count", "none", "held", "window", "field", "lifted")
                for _ in range(rng.choice([1, 2, 2]))
            )
            for _ in range(rng.choice([1, 2, 2, 3]))
        ),
        order=rng.choice([*ORDERS, ORDERS[0], ORDERS[0], ORDERS[0]]),
    )


# ---------------------------------------------------------------- the answer, by living through every schedule


@dataclass
class _State:
    rows: list[tuple[str, str, datetime.date, datetime.date]]
    field: int
    lifted: int


def _holds(condition: tuple[Any, ...], day: datetime.date, state: _State) -> bool:
    alive = [row for row in state.rows if row[2] <= day <= row[3]]
    match condition:
        case ("count", kind, least):
            return bool(len({row[1] for row in alive if row[0] == kind}) >= least)
        case ("none", kind):
            return not any(row[0] == kind for row in alive)
        case ("held", kind, days):
            return any(row[0] == kind and row[2] <= day - days * DAY for row in alive)
        case ("window", opens, closes):
            return bool(opens <= day <= closes)
        case ("field", least):
            return bool(state.field >= least)
        case ("lifted", least):
            return bool(state.lifted >= least)
        case _:
            raise TypeError(condition)


def _moments(case: Case) -> int:
    return 1 + sum(change.takes == 0 for change, _ in case.instances)


def lived(case: Case, plan: Mapping[int, tuple[int, int]]) -> datetime.date | None:
    """The day on which a plan is ready: for each instance in it, by its place, after how many days and at which moment
    of the day it starts. None where it never is, or a step may not start then."""
    moments = _moments(case)
    instances = case.instances
    starts = {i: (case.on + days * DAY, moment) for i, (days, moment) in plan.items()}
    ends: dict[int, tuple[datetime.date, int]] = {}
    for i, (day, moment) in starts.items():
        takes = instances[i][0].takes
        if not takes and moment + 1 >= moments:
            return None
        ends[i] = (day + takes * DAY, 0) if takes else (day, moment + 1)
        if ends[i][0] > case.end:
            return None
    if not all(_within(case, change, starts, ends) for change in case.changes if change.limit):
        return None
    state = _State(list(case.rows), case.field, 0)
    good = {}
    for day in _days(case.on, case.end):
        for moment in range(moments):
            now = [i for i in plan if ends[i] == (day, moment)]
            if not _done([instances[i] for i in now], day, state):
                return None
            for i in plan:
                if starts[i] == (day, moment) and not all(_holds(each, day, state) for each in instances[i][0].needs):
                    return None
        good[day] = all(any(_holds(each, day, state) for each in clause) for clause in case.goal)
    last = max((day for day, _ in ends.values()), default=case.on)
    for day in good:
        stop = max(day, case.until or day)
        if last <= stop and all(good[each] for each in _days(day, stop)):
            return day
    return None


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
            kind, days = change.adds
            state.rows.append((kind, holder, day, FOREVER if days is None else day + days * DAY))
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
            if found is not None and rank({**totals, "time": case.on}) >= rank(found):
                continue
            for times in itertools.product(slots, repeat=size):
                day = lived(case, dict(zip(chosen, times, strict=True)))
                if day is not None and (found is None or rank({**totals, "time": day}) < rank(found)):
                    found = {**totals, "time": day}
    return found


# ---------------------------------------------------------------- the same, written for the engine

_LIVE = "r.since on or before assessment date and r.to_day on or after assessment date"


def _written(condition: tuple[Any, ...]) -> str:
    match condition:
        case ("count", kind, least):
            return f"(distinct r.holder among Row r where r.kind is {kind} and {_LIVE}) at least {least}"
        case ("none", kind):
            return f"no Row r where r.kind is {kind} and {_LIVE}"
        case ("held", kind, days):
            held = f"r.since on or before {days} days before assessment date"
            return f"some Row r where r.kind is {kind} and {_LIVE} and {held}"
        case ("window", opens, closes):
            return f"assessment date from {opens} to {closes}"
        case ("field", least):
            return f"the Box.field at least {least}"
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
        parameters += ["x Box"] if change.sets is not None or change.raises is not None else []
        lines.append(f'change {change.name}{"(" + ", ".join(parameters) + ")" if parameters else ""} "{change.name}"')
        if change.needs:
            lines += ["  when all of", *(f"    {_written(each)}" for each in change.needs)]
        if change.adds is not None:
            kind, days = change.adds
            holder = "h.person" if change.each else '"ann"'
            until = "never" if days is None else f"{days} days after plan date"
            lines.append(f"  adds Row {{ kind: {kind}, holder: {holder}, since: plan date, to_day: {until} }}")
        if change.sets is not None:
            lines.append(f"  sets x.field to {change.sets}")
        if change.raises is not None:
            lines.append(f"  raises x.field by {change.raises}")
        if change.lifts is not None:
            lines.append(f"  raises lifted by {change.lifts}")
        lines.append(f"  cost {change.cost} EUR")
        if change.takes:
            lines.append(f"  takes {change.takes} days")
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
                }
                for kind, holder, since, to_day in case.rows
            ],
            "Box": [{"field": case.field, "nothing": 0}],
        },
    }
