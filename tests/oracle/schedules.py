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
from typing import Any, Literal, TypeAlias

DAY = datetime.timedelta(days=1)
FOREVER = datetime.date(9999, 12, 31)
HOLDERS = ("ann", "bob")
AIMS: tuple[Literal["cost", "changes", "time"], ...] = ("cost", "changes", "time")
ORDERS = tuple(itertools.permutations(AIMS))


Length = tuple[int, int]


@dataclass(frozen=True)
class Change:
    """A change; with `each` it can be made for either holder. `adds` is a kind, and for how long the row counts (None:
    for ever), from the plan date or from a day `since` on; `sets` and `raises` are about one field, `lifts`
    about a measure, `works` about the hours of the newest month. `limit` is a number and of what. A length is a
    number of months and of days. Of `most` units as many as are wanted are made: each `takes` so long, after
    what the change takes `once`, and costs so much. Where `later` says so, it lifts by another amount from a day
    on."""

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
    once: Length = (0, 0)
    most: int = 1
    since: datetime.date | None = None
    later: tuple[datetime.date, int] | None = None

    def length(self, units: int) -> Length:
        """How long so many units take."""
        return self.once[0] + self.takes[0] * units, self.once[1] + self.takes[1] * units


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
    order: tuple[Literal["cost", "changes", "time"], ...]

    @property
    def instances(self) -> list[tuple[Change, str]]:
        return [(each, holder) for each in self.changes for holder in (HOLDERS if each.each else ("ann",))]


COUNTING = ("aged", "aged", "spans", "in month", "before month", "since", "gap")


def case(seed: int, kind: str = "") -> Case:
    """A case that needs a plan, of several drafts, where one is found soon: a `counting` one reckons with how many days
    or months have passed, with months of the calendar and with days that come again each year; one in `units` has a
    change that takes longer the more units are made; a `fixed` one has changes that write days of their own, or lift by
    another amount from a day on."""
    for attempt in range(60):
        draft = _draft(Random(f"{seed}/{attempt}/{kind}"), kind)
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
            {
                i: (rng.randint(0, days), rng.randrange(_moments(draft)), rng.randint(1, draft.instances[i][0].most))
                for i in range(number)
                if rng.random() < 0.8
            },
        )
        is not None
        for _ in range(60)
    )


def _draft(rng: Random, kind_of_case: str) -> Case:
    fixed, in_units = kind_of_case == "fixed", kind_of_case == "units"
    counting = fixed or kind_of_case == "counting"
    monthly = rng.random() < (0.6 if counting else 0.2)
    on = datetime.date(2024, 1, 24) + rng.randint(5 if monthly else 0, 7) * DAY
    shape = rng.choice([(False,), (True,), (False, False), (False, False), (True, False), (False, False, False)])
    if monthly:
        shape = rng.choice([(False,), (False,), (False,), (False, False)])
    if in_units:
        monthly, shape = False, rng.choice([(False, False), (False, False), (False,), (True,)])
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
            case "aged":
                months = rng.random() < 0.5
                return ("aged", kind, months, rng.randint(1, 3) if months else rng.randint(3, 40))
            case "spans":
                return ("spans", rng.choice(["at least", "at most"]), rng.randint(1, 12))
            case "gap":
                return ("gap", rng.choice(["at least", "at most"]), rng.randint(1, 30))
            case "in month" | "before month" as which:
                return (which, kind)
            case "since":
                day = on + rng.randint(-9, horizon) * DAY
                return ("since", kind, day.month, 28 if (day.month, day.day) == (2, 29) else day.day)
            case _:
                return ("lifted", rng.randint(1, 4))

    more = COUNTING if counting else ()

    def change(index: int, each: bool) -> Change:
        effect = rng.choice(["adds"] * 5 + ["sets", "raises", "lifts", "both", "works"]) if not each else "adds"
        kinds = ("count", "count", "none", "held", "window", "field", "worked", "seen", *more)
        most = rng.randint(2, 3) if in_units and (index == 0 or rng.random() < 0.3) else 1
        return Change(
            name=f"c{index}",
            each=each,
            takes=length(3, 0 if most == 1 else 1),
            cost=rng.randint(0, 5),
            needs=tuple(condition(*kinds) for _ in range(rng.choice([0, 0, 1, 1, 2]))),
            adds=(rng.choice("ab"), rng.choice([None, length(6)])) if effect == "adds" else None,
            sets=rng.randint(0, 6) if effect in ("sets", "both") else None,
            raises=rng.randint(1, 4) if effect in ("raises", "both") else None,
            lifts=rng.randint(1, 3) if effect == "lifts" else None,
            works=rng.randint(1, 4) if effect == "works" else None,
            limit=rng.choice([None, (most, "each month"), (rng.randint(1, most), "at a time")]) if each else None,
            once=rng.choice([(0, 0), (0, 1), (0, 2)]) if most > 1 else (0, 0),
            most=most,
            since=on + rng.randint(-40, horizon) * DAY if fixed and rng.random() < 0.7 else None,
            later=(on + rng.randint(1, horizon) * DAY, rng.randint(0, 4)) if fixed and effect == "lifts" else None,
        )

    rows = tuple(
        (
            rng.choice("ab"),
            rng.choice(HOLDERS),
            on - rng.randint(0, 50 if counting else 6) * DAY,
            rng.choice([FOREVER, on + rng.randint(-1, horizon) * DAY, on + rng.randint(1, 5) * DAY]),
        )
        for _ in range(rng.randint(1, 3))
    )
    goals = ("count", "count", "count", "none", "held", "window", "field", "lifted", "worked", "seen", *more, *more)
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


_Row: TypeAlias = tuple[str, str, datetime.date, datetime.date]
"""Kind, holder, and from when to when it counts."""


@dataclass
class _State:
    """`worked` has the hours of each month that there is a row of, by its number."""

    rows: list[_Row]
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


def _months_passed(first: datetime.date, last: datetime.date) -> int:
    """How many whole months lie between two dates: the most by which the first can be moved and be no later."""
    number = 0
    while _later(first, (number + 1, 0)) <= last:
        number += 1
    return number


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
        case ("aged", kind, months, least):
            ages = [_months_passed(row[2], day) if months else (day - row[2]).days for row in alive if row[0] == kind]
            return bool(sum(ages) >= least)
        case ("spans", how, limit):
            spans = sum((min(row[3], day) - row[2]).days for row in state.rows if row[2] <= day)
            return bool(spans >= limit if how == "at least" else spans <= limit)
        case ("gap", how, limit):
            days = [row[2] for row in state.rows]
            gap = (max(days) - min(days)).days if days else 0
            return bool(gap >= limit if how == "at least" else gap <= limit)
        case ("in month", kind):
            return any(row[0] == kind and _month(row[2]) == _month(day) - 1 for row in alive)
        case ("before month", kind):
            return any(row[0] == kind and row[2] < day.replace(day=1) for row in alive)
        case ("since", kind, month, number):
            begin = datetime.date(day.year, month, number)
            begin = begin if begin <= day else datetime.date(day.year - 1, month, number)
            return any(row[0] == kind and row[2] >= begin for row in alive)
        case ("lifted", least):
            return bool(state.lifted >= least)
        case _:
            raise TypeError(condition)


def _moments(case: Case) -> int:
    return 1 + sum(change.takes == (0, 0) for change, _ in case.instances)


Plan = Mapping[int, tuple[int, int, int]]
"""For each instance that is made, by its place, after how many days it starts, at which moment of that day, and how
many units of it are made."""


def lived(case: Case, plan: Plan) -> datetime.date | None:
    """The day on which a plan is ready. None where it never is, or a step may not start then, whatever the doubtful
    rows are."""
    starts = {i: (case.on + days * DAY, moment) for i, (days, moment, _) in plan.items()}
    units = {i: number for i, (_, _, number) in plan.items()}
    ends = _ends(case, plan)
    if any(end[0] > case.end or end[1] >= _moments(case) for end in ends.values()):
        return None
    if not all(_within(case, change, starts, ends, units) for change in case.changes if change.limit):
        return None
    good = dict.fromkeys(_days(case.on, case.end), True)
    for size in range(len(case.doubtful) + 1):
        for missing in itertools.combinations(sorted(case.doubtful), size):
            rows = [row for place, row in enumerate(case.rows) if place not in missing]
            if not _live(case, starts, ends, units, rows, good):
                return None
    last = max((day for day, _ in ends.values()), default=case.on)
    for day in good:
        if case.until is not None and day > case.until:
            break
        stop = max(day, case.until or day)
        if last <= stop <= case.end and all(good[each] for each in _days(day, stop)):
            return day
    return None


def _ends(case: Case, plan: Plan) -> dict[int, tuple[datetime.date, int]]:
    """The day on which each step ends, and the moment of that day."""
    found: dict[int, tuple[datetime.date, int]] = {}
    for i, (days, moment, units) in plan.items():
        day, takes = case.on + days * DAY, case.instances[i][0].length(units)
        found[i] = (_later(day, takes), 0) if takes != (0, 0) else (day, moment + 1)
    return found


def _states(
    case: Case,
    ends: Mapping[int, tuple[datetime.date, int]],
    units: Mapping[int, int],
    rows: list[_Row],
    last: datetime.date,
) -> Iterator[tuple[datetime.date, int, _State | None]]:
    """How things stand at each moment of each day up to a last one; nothing more after two values for one field."""
    state = _State(rows, case.field, 0, {_month(case.on) - 1: case.hours})
    for day in _days(case.on, last):
        state.worked.setdefault(_month(day) - 1, state.worked[max(state.worked)])
        for moment in range(_moments(case)):
            now = [i for i in ends if ends[i] == (day, moment)]
            if not _done([(*case.instances[i], units[i]) for i in now], day, state):
                yield day, moment, None
                return
            yield day, moment, state


def _live(
    case: Case,
    starts: Mapping[int, tuple[datetime.date, int]],
    ends: Mapping[int, tuple[datetime.date, int]],
    units: Mapping[int, int],
    rows: list[_Row],
    good: dict[datetime.date, bool],
) -> bool:
    """Whether each step may start when it does, if these are the rows; on the days that are not `good` it is said."""
    for day, moment, state in _states(case, ends, units, rows, case.end):
        if state is None:
            return False
        for i in starts:
            if starts[i] == (day, moment):
                needs = case.instances[i][0].needs
                if not all(_holds(each, day, state, case) for each in needs):
                    return False
        if moment == _moments(case) - 1:
            good[day] &= all(any(_holds(each, day, state, case) for each in clause) for clause in case.goal)
    return True


def _within(
    case: Case, change: Change, starts: Mapping[int, Any], ends: Mapping[int, Any], units: Mapping[int, int]
) -> bool:
    assert change.limit is not None
    most, what = change.limit
    mine = [i for i in starts if case.instances[i][0] is change]
    if what == "each month":
        months = [starts[i][0].month for i in mine for _ in range(units[i])]
        return all(months.count(month) <= most for month in months)
    return all(sum(units[i] for i in mine if starts[i] <= starts[j] < ends[i]) <= most for j in mine)


def _done(steps: list[tuple[Change, str, int]], day: datetime.date, state: _State) -> bool:
    for change, holder, units in steps:
        if change.adds is not None:
            kind, length = change.adds
            row = (kind, holder, change.since or day, FOREVER if length is None else _later(day, length))
            state.rows += [row] * units
        state.worked[max(state.worked)] += (change.works or 0) * units
        lifts = change.later[1] if change.later is not None and change.later[0] <= day else change.lifts
        state.lifted += (lifts or 0) * units
    values = {change.sets for change, _, _ in steps if change.sets is not None}
    if len(values) > 1:
        return False
    state.field = values.pop() if values else state.field
    state.field += sum((change.raises or 0) * units for change, _, units in steps)
    return True


def _days(first: datetime.date, last: datetime.date) -> Iterator[datetime.date]:
    while first <= last:
        yield first
        first += DAY


def best(case: Case) -> dict[str, Any] | None:
    """Cost, changes and time (the ready day) of the best schedule, or None where there is none."""
    instances = case.instances
    days, moments = range((case.end - case.on).days + 1), range(_moments(case))
    slots = [list(itertools.product(days, moments, range(1, each.most + 1))) for each, _ in instances]
    found: dict[str, Any] | None = None

    def rank(totals: Mapping[str, Any]) -> tuple[Any, ...]:
        return tuple(totals[each] for each in case.order)

    for size in range(len(instances) + 1):
        for chosen in itertools.combinations(range(len(instances)), size):
            for times in itertools.product(*(slots[i] for i in chosen)):
                plan = dict(zip(chosen, times, strict=True))
                cost = sum(instances[i][0].cost * units for i, (_, _, units) in plan.items())
                totals: dict[str, Any] = {"cost": cost, "changes": size}
                if case.budget is not None and cost > case.budget:
                    continue
                if found is not None and rank({**totals, "time": case.on}) >= rank(found):
                    continue
                day = lived(case, plan)
                if day is not None and (found is None or rank({**totals, "time": day}) < rank(found)):
                    found = {**totals, "time": day}
    return found


# ---------------------------------------------------------------- its facts, for the engine


def facts(case: Case) -> dict[str, Any]:
    """The case's facts, as JSON."""
    return facts_after(case, {}, case.on)


def facts_after(case: Case, plan: Plan, day: datetime.date) -> dict[str, Any]:
    """The facts of a day with the steps of a plan done that are done by then, as JSON. A measure is given where it was
    raised."""
    units = {i: number for i, (_, _, number) in plan.items()}
    *_, (_, _, state) = _states(case, _ends(case, plan), units, list(case.rows), day)
    assert state is not None
    lifted = any(case.instances[i][0].lifts for i, end in _ends(case, plan).items() if end[0] <= day)
    return {
        "organisation": "small",
        "as_of": day.isoformat(),
        "facts": {
            "Holder": [{"person": each} for each in HOLDERS],
            "Row": [
                {
                    "kind": kind,
                    "holder": holder,
                    "since": since.isoformat(),
                    "to_day": "never" if to_day == FOREVER else to_day.isoformat(),
                    **({} if place in case.doubtful else {"counts": True}),
                }
                for place, (kind, holder, since, to_day) in enumerate(state.rows)
            ],
            "Work": [
                {"month": f"{(month - 1) // 12}-{(month - 1) % 12 + 1:02}", "hours": hours}
                for month, hours in state.worked.items()
            ],
            "Seen": [{"on_day": (day - case.seen * DAY).isoformat()}],
            "Box": {"field": state.field, "nothing": 0},
        },
        **({"given": {"lifted": state.lifted}} if lifted else {}),
    }
