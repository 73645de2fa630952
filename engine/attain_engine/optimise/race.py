"""Two provers on one ground program: clasp at once, HiGHS beside it if that takes a while; the first proof wins.

Whatever either finds is added up exactly and checked against the condition before it counts.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from fractions import Fraction
from typing import Any

from attain_engine.optimise.encode import Lowered
from attain_engine.optimise.incumbent import Known, Totals
from attain_engine.optimise.problem import Exact, Progress, Solution
from attain_engine.solve.answer_sets import CLASP, Grounded, Search, Shown
from attain_engine.solve.highs import Highs

HEAD_START = 0.3
"""Seconds that clasp has for itself: most plans are proved by then, and HiGHS takes 0.2 s to load."""

PAUSE = 0.02
"""Seconds between two looks at the provers and at the clock."""


class Race:
    """The search for a best plan of one lowered problem."""

    def __init__(
        self,
        lowered: Lowered,
        plan: Callable[[Mapping[Any, int]], Solution],
        *,
        deadline: float | None,
        interrupted: Callable[[], bool] | None,
        progress: Progress | None,
        provers: tuple[str, ...] = ("clasp", "highs"),
    ) -> None:
        """`plan` makes a checked solution of how much is used of each choice; it raises if what must hold does not.
        `deadline` is on the clock of `time.monotonic`."""
        self.known = Known(len(lowered.objectives))
        self.statistics: dict[str, Any] = {"facts": len(lowered.program.facts)}
        self._lowered = lowered
        self._plan = plan
        self._deadline = deadline
        self._interrupted = interrupted or (lambda: False)
        self._progress = progress
        self._provers = provers
        self._reported: tuple[Solution | None, tuple[int, ...]] = (None, self.known.snapshot()[1])
        self._clasp_totals: Totals | None = None

    def offer(self, solution: Solution) -> Totals:
        """Take note of a plan that is known to hold. Its totals."""
        totals = []
        for objective in self._lowered.objectives:
            total = Fraction(solution.total(objective)) / self._lowered.units[objective]
            assert total.denominator == 1, "a unit divides every total"
            totals.append(int(total))
        self.known.offer(solution, tuple(totals))
        return tuple(totals)

    def exact(self, objective: int, total: int) -> Exact:
        """A total of the solver's, in the units of the problem."""
        return total * self._lowered.units[self._lowered.objectives[objective]]

    def run(self) -> None:
        """Search until there is a proof, the time is up or the user ends it (by `interrupted`, or by Ctrl-C)."""
        began = time.monotonic()
        grounded = Grounded(self._lowered.program, CLASP, record=True)
        self.statistics["seconds to ground"] = round(time.monotonic() - began, 3)
        highs = Highs(grounded.program, self.known, self._take) if "highs" in self._provers else None
        alone = HEAD_START if "clasp" in self._provers else 0.0
        try:
            if "clasp" in self._provers:
                with grounded.start(self._on_model, self._on_bounds) as search:
                    self._watch(search, highs, began + alone)
                self.statistics["clasp"] = grounded.statistics()
            else:
                self._watch(None, highs, began)
        except KeyboardInterrupt:
            self.statistics["interrupted"] = True
        finally:
            if highs is not None:
                highs.end()
                self.statistics["highs"] = highs.statistics

    def _watch(self, search: Search | None, highs: Highs | None, start_highs: float) -> None:
        """Look after the provers until one is done or the time is up."""
        while not self.known.settled():
            if search is None:
                if highs is None or highs.wait(PAUSE):
                    return
            elif search.wait(PAUSE):
                break
            if self._deadline is not None and time.monotonic() > self._deadline:
                return
            if self._interrupted():
                return
            if highs is not None and not highs.started and time.monotonic() >= start_highs:
                highs.start()
            self._report()
        if search is not None and search.wait(0) and search.exhausted:
            self.known.exhausted(self._clasp_totals, "clasp")

    def _report(self) -> None:
        now = self.known.snapshot()
        if self._progress is not None and now != self._reported:
            self._reported = now
            best, bounds = now
            self._progress(best, self.exact(0, bounds[0]) if bounds else None)

    def _take(self, atoms: frozenset[Shown]) -> Totals:
        """A plan as an answer set says it."""
        taken = [(int(lever), int(step)) for _, (lever, step) in atoms]
        return self.offer(self._plan(self._lowered.read(taken)))

    def _on_model(self, atoms: frozenset[Shown]) -> None:
        self._clasp_totals = self._take(atoms)

    def _on_bounds(self, bounds: tuple[int, ...]) -> None:
        if self._clasp_totals is not None:  # without an answer set they do not say which objective they are about
            self.known.raise_after(bounds[:-1], bounds[-1], "clasp")
