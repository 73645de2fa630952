"""Two provers of one problem: clasp on its ground program and HiGHS on its integer program. The one that is likely to
be the quicker begins, the other joins it if that takes a while; the first proof wins.

Whatever either finds is added up exactly and checked against the condition before it counts.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from fractions import Fraction
from typing import Any

from attain_engine.optimise.digits import Digits, written
from attain_engine.optimise.encode import Lowered
from attain_engine.optimise.incumbent import Known, Totals
from attain_engine.optimise.integer_program import IntegerProgram
from attain_engine.optimise.problem import Exact, Objective, Progress, Solution
from attain_engine.solve.answer_sets import CLASP, Grounded, Search, Shown
from attain_engine.solve.deadline import OutOfTime
from attain_engine.solve.highs import Highs
from attain_engine.solve.rows import LARGEST_IN_ONE

HEAD_START = 0.3
"""Seconds that clasp has for itself: most plans are proved by then, and HiGHS takes 0.2 s to load."""

HEAD_START_ONCE_LOADED = 0.1
"""The same where HiGHS was loaded for a problem before."""

MANY_FACTS = 3_000
"""With more, HiGHS begins: it is mostly done before clasp has grounded them and proved anything."""

HEAD_START_OF_HIGHS = 0.5
"""Seconds that HiGHS then has for itself, to load it included: what clasp does meanwhile is mostly for nothing."""

MOST_GROUNDED = 100_000
"""With more facts HiGHS is alone: to ground them takes long, much memory, and cannot be ended."""

PAUSE = 0.02
"""Seconds between two looks at the provers and at the clock."""


class Race:
    """The search for a best plan of one problem."""

    def __init__(
        self,
        objectives: Sequence[Objective],
        units: Mapping[Objective, Fraction],
        plan: Callable[[Mapping[Any, int]], Solution],
        *,
        digits: Mapping[Objective, Digits] | None = None,
        deadline: float | None,
        interrupted: Callable[[], bool] | None,
        progress: Progress | None,
    ) -> None:
        """`units` is what one unit of the provers is worth in each objective, `digits` those in which its totals are
        written where they are too large; `plan` makes a checked solution of how much is used of each choice: it raises
        if what must hold does not. `deadline` is on the clock of `time.monotonic`."""
        self._objectives = objectives
        self._units = units
        self._digits = digits or {}
        self._places = [(each, worth) for each in objectives for worth in self._digits.get(each, (1,))]
        self.known = Known(len(self._places))
        self.statistics: dict[str, Any] = {}
        self._plan = plan
        self._deadline = deadline
        self._interrupted = interrupted or (lambda: False)
        self._progress = progress
        self._reported: tuple[Solution | None, tuple[int, ...]] = (None, self.known.snapshot()[1])
        self._clasp_totals: Totals | None = None

    def weighs(self, solution: Solution) -> bool:
        """Whether the totals of a plan are whole numbers of the solver's units."""
        return all((Fraction(solution.total(each)) / self._units[each]).denominator == 1 for each in self._objectives)

    def offer(self, solution: Solution) -> Totals:
        """Take note of a plan that is known to hold. Its totals."""
        totals: list[int] = []
        for objective in self._objectives:
            total = Fraction(solution.total(objective)) / self._units[objective]
            assert total.denominator == 1, "a unit divides every total"
            totals += written(int(total), self._digits.get(objective, (1,)))
        self.known.offer(solution, tuple(totals))
        return tuple(totals)

    def bound(self, place: int) -> tuple[Objective, Exact]:
        """What is proved of the total at a place, all before it being proved: of which objective it is, and the least
        that this can be."""
        objective, _ = self._places[place]
        first = next(index for index, (each, _) in enumerate(self._places) if each == objective)
        bounds = self.known.bounds
        total = sum(bounds[each] * self._places[each][1] for each in range(first, place + 1))
        return objective, total * self._units[objective]

    def run(
        self, lowered: Lowered, program: IntegerProgram | None, provers: tuple[str, ...] = ("clasp", "highs")
    ) -> None:
        """Search until there is a proof, the time is up or the user ends it (by `interrupted`, or by Ctrl-C). Without
        an integer program clasp is alone, and HiGHS where there would be very much to ground."""
        self.statistics["facts"] = len(lowered.program.facts)
        if program is not None and "highs" in provers and len(lowered.program.facts) > MOST_GROUNDED:
            self.run_whole(program)
            return

        def on_model(atoms: frozenset[Shown]) -> None:
            taken = [(int(lever), int(step)) for _, (lever, step) in atoms]
            self._clasp_totals = self.offer(self._plan(lowered.read(taken)))

        highs = self._highs(program) if program is not None and "highs" in provers else None
        with self._ending(highs):
            if highs is not None and ("clasp" not in provers or len(lowered.program.facts) > MANY_FACTS):
                highs.start()
                self._watch(None, highs, seconds=HEAD_START_OF_HIGHS if "clasp" in provers else None)
            if "clasp" in provers and not self._over():
                began = time.monotonic()
                grounded = Grounded(lowered.program, CLASP)
                self.statistics["seconds to ground"] = round(time.monotonic() - began, 3)
                with grounded.start(on_model, lambda bounds: self._on_bounds(bounds, lowered)) as search:
                    self._watch(search, highs, start_highs=began + _head_start())
                self.statistics["clasp"] = grounded.statistics()

    def run_whole(self, program: IntegerProgram) -> None:
        """The same by HiGHS alone, on an integer program."""
        highs = self._highs(program)
        with self._ending(highs):
            highs.start()
            self._watch(None, highs)

    def _highs(self, program: IntegerProgram) -> Highs:
        largest = max((weight for terms, _ in program.rows.objectives for weight in terms.values()), default=0)
        small = all(len(each) == 1 for each in program.digits.values()) and largest <= LARGEST_IN_ONE
        return Highs(program.rows, self.known, lambda values: self.offer(self._plan(program.read(values))), small=small)

    @contextmanager
    def _ending(self, highs: Highs | None) -> Iterator[None]:
        try:
            yield
        except KeyboardInterrupt:
            self.statistics["interrupted"] = True
        except OutOfTime:
            pass  # of what this search is a part of: what was found by then is found
        finally:
            if highs is not None:
                highs.end()
                self.statistics["highs"] = highs.statistics

    def _over(self) -> bool:
        """Whether there is nothing left to find out, or no time for it."""
        late = self._deadline is not None and time.monotonic() > self._deadline
        return self.known.settled() or late or self._interrupted()

    def _watch(
        self, search: Search | None, highs: Highs | None, *, start_highs: float = 0, seconds: float | None = None
    ) -> None:
        """Look after the provers until one is done or the time is up, so many seconds at most."""
        until = None if seconds is None else time.monotonic() + seconds
        while not self.known.settled():
            if highs is not None and not highs.started and time.monotonic() >= start_highs:
                highs.start()
            if search is None:
                if highs is None or highs.wait(PAUSE):
                    return
            elif search.wait(PAUSE):
                break
            self._report()
            if self._over() or (until is not None and time.monotonic() > until):
                return
        if search is not None and search.wait(0) and search.exhausted:
            self.known.exhausted(self._clasp_totals, "clasp")

    def _report(self) -> None:
        now = self.known.snapshot()
        if self._progress is not None and now != self._reported:
            self._reported = now
            best, bounds = now
            self._progress(best, self.bound(0)[1] if bounds else None)

    def _on_bounds(self, bounds: tuple[int, ...], lowered: Lowered) -> None:
        """Take in bounds of clasp, which are in the units of its program: the first objectives and the next one."""
        if self._clasp_totals is None:  # without an answer set they do not say which objective they are about
            return
        if len(self._places) == len(self._objectives):  # those that are written in digits are proved by the end alone
            units = [lowered.units[each] / self._units[each] for each in self._objectives]
            found = tuple(int(bound * unit) for bound, unit in zip(bounds, units, strict=False))
            self.known.raise_after(found[:-1], found[-1], "clasp")


def _head_start() -> float:
    return HEAD_START_ONCE_LOADED if "highspy" in sys.modules else HEAD_START
