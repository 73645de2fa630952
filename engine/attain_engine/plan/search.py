"""The best plan over the days up to a horizon on which it may be ready, and what of it is proved.

The days are searched by branch and bound: of a period, a simpler problem says what a plan that is ready in it costs at
the least; the period with the least bound is parted, until it is one day, whose problem is solved. What is left in the
end cannot be better than the plan that was found.
"""

from __future__ import annotations

import datetime
import heapq
import time
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from itertools import count, pairwise
from typing import Any, Literal

from attain_compiler.asp import TooLarge
from attain_engine import optimise
from attain_engine.open.conditions import Condition
from attain_engine.open.linear import TooFine
from attain_engine.optimise.problem import Objective
from attain_engine.plan import robust
from attain_engine.plan.bound import Bounds
from attain_engine.plan.counts import counted
from attain_engine.plan.days import every_day, flips
from attain_engine.plan.ready import Asked, Ready, holds_on, may_begin, ready_on, solved, steps_of
from attain_engine.plan.ready_days import natural_days, ready_days
from attain_engine.plan.simpler import simpler
from attain_engine.plan.timeline import Timeline
from attain_engine.plan.versions import too_many
from attain_engine.solve.deadline import OutOfTime, ending_by

MOST_TRIED_FIRST = 8
"""So many of the days on which steps begun at once are done are tried first."""

SHARE_OF_A_BOUND = 4
"""A single bound takes one in so many parts of the time that is left for the search: without a plan it says little."""

SHORT = 45
"""Of a period of so many days at the most the last day may be tried out of turn, while no plan is found."""

SHARE_OF_A_TRIAL = 8
"""Such a trial takes one in so many parts of the time that is left,"""

LONGEST_TRIAL = 2
"""and no more seconds than these."""

Rank = tuple[Any, ...]
"""What the objectives come to, in their order of importance; the time is the ready day's number."""


class InOrder(Exception):
    """A step takes away what another waits for: they must be looked at in their order."""


@dataclass(slots=True)
class Found:
    """The best plan, if any, with the problem of its ready day. `horizon` is the last day looked at. Where the plan is
    not proved, `bound` is what no plan that is ready by then is below. `undecided` are the goals of the days on which
    no plan was found, each once."""

    status: Literal["proved", "best found", "impossible", "nothing found"] = "impossible"
    ready: Ready | None = None
    robust: robust.Robust | None = None
    horizon: datetime.date = datetime.date.min
    bound: Rank | None = None
    undecided: frozenset[Condition] = frozenset()
    last: Ready | None = None
    """The problem of the last day that was looked at by itself."""
    untold: bool = False
    """Whether some day could not be judged, for want of rows of earlier months."""
    choices: int = 0


@dataclass(slots=True)
class Search:
    """The search up to a horizon, over the days that were not `tried` before: of those it is proved that no plan is
    ready on them."""

    line: Timeline
    asked: Asked
    deadline: float | None
    tried: set[datetime.date]
    out_of_reach: Callable[[datetime.date], bool]
    first: datetime.date | None
    best: Rank | None = None
    found: Found = field(default_factory=Found)
    seen: dict[Any, tuple[datetime.date, bool]] = field(default_factory=dict)
    """Of the problems that were solved: of which day, and whether no better plan can come of them."""
    solved: set[tuple[datetime.date, bool]] = field(default_factory=set)
    open: dict[datetime.date, bool] = field(default_factory=dict)
    """Of the days that were solved: whether a better plan may be ready on them than was found."""
    bounded: dict[Any, optimise.Outcome] = field(default_factory=dict)
    """What was told of the simpler problems: many periods have the same one."""
    short: int = 0
    """How many short periods were bounded while no plan was found."""
    trials: int = 0
    """Of how many of these a day was tried out of turn."""

    def run(self) -> Found:
        line, asked = self.line, self.asked
        self.found.horizon = line.horizon
        days: list[datetime.date] = []
        left: Rank | None = self._rank(0, 0, line.on)  # of days that there is no time to look at
        with suppress(OutOfTime):
            if asked.minimize[0] != "time":
                self._begin(self._worth_while(self._first_days()))
            days = self._worth_while(ready_days(line, asked.until))
            left = self._parted(days)
        if left is not None and (self.best is None or left < self.best):
            self.found.bound = left
            self.found.status = "nothing found" if self.best is None else "best found"
        else:
            self.found.status = "impossible" if self.best is None else "proved"
        self.tried.update(days)
        return self.found

    def _worth_while(self, days: Sequence[datetime.date]) -> list[datetime.date]:
        return [day for day in days if day not in self.tried and not self.out_of_reach(day)]

    def _first_days(self) -> list[datetime.date]:
        """Days that are worth while to be tried first: what is found on them spares the others."""
        if self.first is not None and self.line.on <= self.first <= self.line.horizon:
            return [self.first]
        return natural_days(self.line)[:MOST_TRIED_FIRST]

    def _begin(self, days: Sequence[datetime.date]) -> None:
        """Try some days, and those up to the horizon by which the steps of what is found are done."""
        for day in days:
            while day not in self.open and day <= self.line.horizon and not self._late():
                before = self.best
                self._solve(day, few=self.line.large)
                if self.best == before or self.found.ready is None or self.found.robust is None:
                    break
                best = self.found.robust.outcome.solution
                assert best is not None
                ends = (each.candidate.moment[0] for each in steps_of(self.found.ready, best))
                day = max(ends, default=self.line.on)

    def _try(self, day: datetime.date) -> None:
        """Try a day out of turn, if none was found before and few were tried: with some plan, whatever is dearer need
        not be looked at."""
        self.short += 1
        if self.short < 2**self.trials:
            return
        self.trials += 1
        solved, seen, deadline = set(self.solved), dict(self.seen), self.deadline
        if deadline is not None:
            now = time.monotonic()
            self.deadline = now + min(LONGEST_TRIAL, max(0, deadline - now) / SHARE_OF_A_TRIAL)
        try:
            with ending_by(self.deadline):
                self._begin([day])
                if self._late():
                    self.solved, self.seen = solved, seen  # it was not finished, and has its turn
        finally:
            self.deadline = deadline

    def _budget(self) -> Any:
        """What a better plan may cost at the most."""
        if self.best is None or self.asked.minimize[0] != "cost":
            return self.asked.budget
        best = self.best[0]
        return best if self.asked.budget is None else min(best, self.asked.budget)

    def _late(self) -> bool:
        if self.asked.interrupted is not None and self.asked.interrupted():
            return True
        return self.deadline is not None and time.monotonic() > self.deadline

    def _parted(self, days: Sequence[datetime.date]) -> Rank | None:
        """Go through the days by parting; the least that a plan may come to that was not found, if there may be one."""
        bounds = Bounds(self.line, self.asked)
        starts = bounds.periods()
        # First by what changes seldom of the goal, of long periods; then by all of it.
        seldom = simpler(self.line, self.asked, len(starts))
        queue: list[tuple[Rank, int, list[datetime.date], bool]] = []
        number = count()
        left: list[Rank] = []

        def put(some: list[datetime.date], least: Rank, whole: bool) -> None:
            if not some:
                return
            rank = self._from(least, some[0])
            if self.best is None or rank < self.best:
                by = bounds if whole or seldom is None else seldom
                bound = None if self._late() else self._bound(by, some, rank)
                if bound is not None:
                    heapq.heappush(queue, (bound, next(number), some, whole))
                    if whole and len(some) <= SHORT and self.best is None:
                        self._try(some[-1])
                elif self._late():
                    left.append(rank)

        begins = starts if seldom is None else seldom.periods()
        for first, last in pairwise([*(bisect_left(days, begin) for begin in begins), len(days)]):
            put(list(days[first:last]), self._rank(0, 0, self.line.on), seldom is None)
        while queue:
            bound, _, some, whole = heapq.heappop(queue)
            if self.best is not None and bound >= self.best:
                break
            if self._late():
                left.append(bound)
                break
            parts = self._parts(some)
            if not whole and (len(parts) == 2 or len(some) == 1):
                place = bisect_right(starts, some[0])
                end = bisect_left(some, starts[place]) if place < len(starts) else len(some)
                put(some[:end], bound, True)
                if some[end:]:
                    heapq.heappush(queue, (self._from(bound, some[end]), next(number), some[end:], False))
                continue
            if len(some) == 1:
                for few in (True, False) if self.line.large else (False,):
                    if self.best is None or bound < self.best:
                        self._solve(some[0], few)
                if self.open[some[0]]:
                    left.append(bound)
                continue
            for part in parts:
                put(part, bound, whole)
        return min(left, default=None)

    def _parts(self, days: list[datetime.date]) -> list[list[datetime.date]]:
        """A period in parts: what is before and after the day of the best plan, else its halves."""
        best = None if self.found.ready is None else self.found.ready.day
        if best is None or best not in days:
            half = len(days) // 2
            return [days[:half], days[half:]]
        place = days.index(best)
        return [days[:place], [best], days[place + 1 :]]

    def _from(self, least: Rank, day: datetime.date) -> Rank:
        """What a plan comes to at the least that is ready on a day or later."""
        if self.asked.minimize[-1] == "time":
            return (*least[:-1], max(least[-1], day.toordinal()))
        return max(least, self._rank(0, 0, day))

    def _rank(self, cost: Any, changes: int, day: datetime.date) -> Rank:
        totals: dict[str, Any] = {"cost": cost, "changes": changes, "time": day.toordinal()}
        return tuple(totals[each] for each in self.asked.minimize)

    def _bound(self, bounds: Bounds, days: Sequence[datetime.date], least: Rank) -> Rank | None:
        """What a plan that is ready on one of some days comes to at the least; None where there is no such plan."""
        if len(days) == 1 and self.open.get(days[0]) is False:
            return None
        try:
            problem = bounds.problem(days[0], days[-1])
            outcome = None if problem is None else self._told_of(problem)
        except OutOfTime:
            outcome = None
        if outcome is None:
            return least
        if outcome.status == "impossible":
            return None
        if outcome.status in ("best found", "nothing found") and self.best is None:
            self._begin(days[-1:])  # what comes after all that is open there is better than no plan at all
        return self._from(max(least, self._least(outcome, days[0])), days[0])

    def _least(self, outcome: optimise.Outcome, day: datetime.date) -> Rank:
        """What is proved of the plans of a problem that are ready on a day or later, by what was found of it."""
        totals: dict[Objective, Any] = {"cost": 0, "changes": 0, "time": day.toordinal()}
        if outcome.solution is not None:
            for each in self._order:
                if outcome.status == "best found" and each == outcome.open_objective:
                    totals[each] = outcome.bound or 0
                    break
                totals[each] = outcome.solution.total(each)
        return tuple(totals[each] for each in self.asked.minimize)

    @property
    def _order(self) -> list[Objective]:
        """The objectives by which the problem of a period is solved."""
        return [each for each in self.asked.minimize if each != "time"] or ["cost"]

    def _told_of(self, problem: optimise.Problem) -> optimise.Outcome | None:
        """What is told of a simpler problem; nothing of one that cannot be searched. What was told of it with a larger
        budget holds with a smaller one."""
        key = problem.required(), problem.choices
        known = self.bounded.get(key)
        if known is not None:
            return known
        limit = None if self.deadline is None else max(0, self.deadline - time.monotonic()) / SHARE_OF_A_BOUND
        try:
            outcome = optimise.solve(
                replace(problem, budget=self._budget()),
                minimize=self._order,
                time_limit=limit,
                interrupted=self.asked.interrupted,
            )
        except (TooFine, TooLarge):
            return None  # as it is simpler in time, more of it may be open
        if outcome.status in ("proved", "impossible"):
            self.bounded[key] = outcome
        return outcome

    def _solve(self, day: datetime.date, few: bool) -> None:
        """The best plan that is ready on a day; at first of those that begin on a few days."""
        if (day, few) in self.solved:
            return
        self.solved.add((day, few))
        self.open[day] = True
        with suppress(OutOfTime):
            self._look_into(day, few)

    def _look_into(self, day: datetime.date, few: bool) -> None:
        if self.line.large and not few and too_many(self.line, day):
            return
        ready, found, known = self._solved(day, few)
        self.found.untold |= ready.untold
        if self.found.last is None or self.found.last.day < day:
            self.found.last = ready
        self.found.choices = max(self.found.choices, len({each.instance for each in ready.options}))
        if found is None:
            self.open[day] = not known
            return
        outcome = found.outcome
        sure = ready.exact and found.exact and outcome.status in ("proved", "impossible")
        if outcome.solution is None:
            if ready.goal is not False:
                self.found.undecided |= {ready.goal}
        elif not self.line.ordered and not may_begin(self.line, steps_of(ready, outcome.solution)):
            raise InOrder
        else:
            rank = self._rank(outcome.solution.cost, outcome.solution.changes, day)
            if self.best is None or rank < self.best:
                self.best = rank
                self.found.ready, self.found.robust = ready, found
        self.open[day] = not sure
        self.seen[_key(ready)] = day, sure

    def _solved(self, day: datetime.date, few: bool) -> tuple[Ready, robust.Robust | None, bool]:
        """The problem of a ready day, and what was found of it; nothing where another day has the same problem, then
        whether that one was solved. A plan that must hold until a later day is judged on more days, until it holds on
        all on which its own steps change something."""
        line, asked = self.line, self.asked
        more: tuple[datetime.date, ...] = ()
        while True:
            ready = ready_on(line, asked, day, more, few)
            before, sure = self.seen.get(_key(ready), (day, False))
            if before < day:
                return ready, None, sure
            found = solved(ready, asked, self.deadline, budget=self._budget())
            if found.outcome.solution is None or asked.until is None or asked.until <= day:
                return ready, found, True
            steps = steps_of(ready, found.outcome.solution)
            ends = {each.candidate.timing.end for each in steps if each.candidate.timing is not None}
            own = set(every_day(day, asked.until))
            if not line.unfollowed:
                own = ends | flips(ends, line.all_shifts, day, asked.until)
                own |= counted(ends, line.all_shifts, line.all_steps, day, asked.until)
            later = sorted(each for each in own if day < each <= asked.until)
            fails = [each for each in later if not holds_on(line, asked.goal, steps, each)]
            if not fails:
                return ready, found, True
            more = (*more, *fails)


def _key(ready: Ready) -> Any:
    """What tells the problems of two days apart."""
    problem = ready.problem
    return problem.required(), frozenset((each.name, each.cost_once, each.cost_each) for each in problem.choices)
