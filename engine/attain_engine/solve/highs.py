"""The second prover: HiGHS on an integer program, objective after objective, or two that are sums at once.

Its arithmetic is floating, so nothing it says is taken on trust: its plans are rounded and added up exactly by the
caller, and its proof is the bound it gives on an objective, which has to reach the exact total of a plan that is
checked. It is asked only where coefficients are small against its tolerances.
"""

from __future__ import annotations

import atexit
import threading
from collections.abc import Callable
from math import ceil
from typing import Any
from weakref import WeakSet

from attain_engine.optimise.incumbent import Known, Totals, WrongPlan
from attain_engine.solve.rows import LARGEST_COEFFICIENT, Rows

LARGEST_COST = 10**10
"""Of an objective in all: a bound, which has some 15 digits, is then good to well below one unit."""

LARGEST_SUM = 10**10
"""What the terms of a row may add up to: a float is then good to a small part of HiGHS's tolerances."""

LARGEST_TOGETHER = 10**8
"""What two objectives may come to that are minimised at once."""

SMALL = 1_000
"""With a larger coefficient, whole numbers are asked for more exactly: by the tolerance that HiGHS begins with it was
seen to call a program infeasible that is not."""

PATIENCE = 1.0
"""So many seconds it may take to hear that it is to end; then it is left alone."""

LAST_PATIENCE = 10.0
"""So many seconds a program waits at its end for one that was left alone, which would abort it if it still ran then."""

_left: WeakSet[threading.Thread] = WeakSet()
"""What was left alone."""

_TOLERANCE = 1e-3
"""By how much a bound may lie above a whole number and still be taken for it."""


@atexit.register
def wait_for_those_left() -> None:
    """Wait for the searches that were left alone, at the end of the program."""
    for each in list(_left):
        each.join(LAST_PATIENCE)


def suits(rows: Rows) -> bool:
    """Whether the numbers of a program are small enough for HiGHS to prove anything about it."""
    return (
        rows.largest() <= LARGEST_COEFFICIENT
        and rows.largest_sum() <= LARGEST_SUM
        and rows.largest_cost() <= LARGEST_COST
    )


class Highs:
    """A search by HiGHS in a thread of its own."""

    def __init__(self, rows: Rows, known: Known, take: Callable[[Any], Totals], *, small: bool) -> None:
        """`take` is given each solution of the program: it checks it and makes it known. With `small` objectives each
        search begins with the solution of the one before, which saves much time: of large numbers, HiGHS was then seen
        to take a solution for the best that is not."""
        self._rows = rows
        self._small = small and rows.largest() <= SMALL
        self._known = known
        self._take = take
        self._stop = threading.Event()
        self._error: BaseException | None = None
        self._thread = threading.Thread(target=self._run, name="highs", daemon=True)
        self._place = 0
        """The objective that is minimised."""
        self._scale: int | None = None
        """Where the next one is minimised at once: what a unit of the first is worth in units of the next."""
        self._narrowed = False
        """Whether the model keeps to what was proved of an objective before."""
        self._values: list[float] | None = None
        """A solution that is best in the objectives before, to begin with."""
        self.started = False
        self.statistics: dict[str, int] = {}

    def start(self) -> None:
        """Begin."""
        self.started = True
        self._thread.start()

    def wait(self, seconds: float) -> bool:
        """Wait for the end, at most so long; whether it has come. It has not if the search was never begun."""
        if self.started:
            self._thread.join(seconds)
        return self.started and not self._thread.is_alive()

    def end(self) -> None:
        """End the search; where it does not hear of it within `PATIENCE`, let it be. Raises what went wrong in it."""
        self._stop.set()
        if self.started:
            self._thread.join(PATIENCE)
            if self._thread.is_alive():
                _left.add(self._thread)
        if self._error is not None:
            raise self._error

    def _run(self) -> None:
        try:
            rows = self._rows
            self.statistics = {"columns": rows.columns, "rows": len(rows.rows), "nodes": 0}
            if suits(rows) and not self._stop.is_set():
                self._solve(rows)
        except BaseException as error:
            self._error = error

    def _solve(self, rows: Rows) -> None:
        """One objective after the other, or two at once, each among the plans that are as good as can be in those
        before it."""
        kept: list[tuple[dict[int, int], int]] = []
        while len(kept) < len(rows.objectives):
            self._place, self._narrowed = len(kept), bool(kept)
            self._scale = self._scale_of_two(rows)
            model = self._ran(rows, kept)
            if _is_infeasible(model) and rows.largest() > SMALL and not self._stop.is_set():
                # Of large coefficients this was seen to be said wrongly: it has to be said twice.
                model = self._ran(rows, kept, again=True)
            if self._stop.is_set() or self._known.settled() or not self._proved(model):
                return
            for place in range(len(kept), self._after):
                terms, constant = rows.objectives[place]
                kept.append((terms, self._known.bounds[place] - constant))

    @property
    def _after(self) -> int:
        """The place after the objectives that are minimised at once."""
        return self._place + (1 if self._scale is None else 2)

    def _scale_of_two(self, rows: Rows) -> int | None:
        """What a unit of this objective is worth in units of the next one, where both are minimised at once: more than
        the next one can come to. None if they are not: where it would be too much, or where one is a single column,
        such as the longest duration, of which the relaxation says little."""
        two = rows.objectives[self._place : self._place + 2]
        if len(two) < 2 or any(len(terms) == 1 for terms, _ in two):
            return None
        scale = rows.most(*two[1]) + 1
        known = self._known.totals
        most = rows.most(*two[0]) if known is None else min(rows.most(*two[0]), known[self._place])
        return scale if (most + 1) * scale <= LARGEST_TOGETHER else None

    def _objective(self, rows: Rows) -> tuple[dict[int, int], int]:
        terms, constant = rows.objectives[self._place]
        if self._scale is None:
            return terms, constant
        more, further = rows.objectives[self._place + 1]
        both = {column: weight * self._scale for column, weight in terms.items()}
        for column, weight in more.items():
            both[column] = both.get(column, 0) + weight
        return both, constant * self._scale + further

    def _ran(self, rows: Rows, kept: list[tuple[dict[int, int], int]], *, again: bool = False) -> Any:
        """A model that was run for an objective, with what was proved of those before it; `again` in another way."""
        model = _model(rows)
        if again:
            model.setOptionValue("presolve", "on")
            model.setOptionValue("random_seed", 1)
        self._listen(model)
        for terms, most in kept:
            _keep(model, terms, most)
        _minimize(model, *self._objective(rows))
        if self._values is not None and self._small:
            _begin_with(model, self._values)
        model.run()
        return model

    def _listen(self, model: Any) -> None:
        """Take in plans and bounds as they are found, and end the search when asked to."""

        def interrupt(event: Any) -> None:
            if self._stop.is_set():
                event.interrupt()

        def look(event: Any) -> None:
            interrupt(event)
            self._bound(event.data_out.mip_dual_bound)

        def improve(event: Any) -> None:
            self._plan(event.data_out.mip_solution)

        model.cbSimplexInterrupt += interrupt
        model.cbMipInterrupt += look
        model.cbMipImprovingSolution += improve

    def _plan(self, values: Any) -> None:
        """Take in a solution, rounded, if it holds exactly."""
        try:
            self._take(values)
        except WrongPlan:
            self.statistics["plans refused"] = self.statistics.get("plans refused", 0) + 1

    def _bound(self, bound: float) -> None:
        """Take in a bound on the objective."""
        if not 0 < bound <= LARGEST_COST:
            return
        least = ceil(bound - _TOLERANCE)
        if self._scale is None:
            self._known.raise_bound(self._place, least, "highs")
        # The next objective is below the scale, so the first is no less than this; and if it is just this, then the
        # next one is no less than what remains.
        elif self._known.raise_bound(self._place, least // self._scale, "highs"):
            remains = least - self._known.bounds[self._place] * self._scale
            self._known.raise_bound(self._place + 1, max(0, remains), "highs")

    def _proved(self, model: Any) -> bool:
        """Take in how the search for the least of an objective ended; whether that is proved."""
        import highspy

        status = model.getModelStatus()
        info = model.getInfo()
        self.statistics["nodes"] += max(0, int(info.mip_node_count))
        if status == highspy.HighsModelStatus.kInfeasible:
            if not self._narrowed:  # with what was kept of an objective before, it may be wrong by its rounding
                self._known.exhausted(None, "highs")
            return False
        if status != highspy.HighsModelStatus.kOptimal:
            return False
        self._values = list(model.getSolution().col_value)
        self._plan(self._values)
        self._bound(info.mip_dual_bound)
        return self._known.proved() >= self._after


def _is_infeasible(model: Any) -> bool:
    import highspy

    return bool(model.getModelStatus() == highspy.HighsModelStatus.kInfeasible)


def _model(rows: Rows) -> Any:
    """The program as HiGHS takes it."""
    import highspy
    import numpy as np

    class Quiet(highspy.Highs):
        """It greets on standard output when callbacks are enabled, unless it is told before not to."""

        def enableCallbacks(self) -> None:  # noqa: N802 - its own name
            self.setOptionValue("output_flag", False)
            super().enableCallbacks()  # type: ignore[no-untyped-call]

    model = Quiet()  # type: ignore[no-untyped-call]
    for option, value in (
        ("mip_rel_gap", 0.0),
        ("mip_abs_gap", 0.9),  # objectives are whole: a gap below 1 is none
        ("threads", 1),
        # What is given here is reduced already; and it was presolving by which HiGHS 1.12 to 1.15 proved what is not
        # so, of two in 2,000 programs with rows in digits (others were reported to it).
        ("presolve", "off"),
        *((("mip_feasibility_tolerance", 1e-9),) if rows.largest() > SMALL else ()),
    ):
        model.setOptionValue(option, value)
    low = np.zeros(rows.columns)
    high = np.ones(rows.columns)
    for column, (least, most) in rows.ends.items():
        low[column], high[column] = least, most
    model.addVars(rows.columns, low, high)
    numbers = np.arange(rows.columns, dtype=np.int32)
    model.changeColsIntegrality(
        rows.columns, numbers, np.full(rows.columns, int(highspy.HighsVarType.kInteger), dtype=np.uint8)
    )
    starts: list[int] = []
    indices: list[int] = []
    values: list[int] = []
    for terms, _, _ in rows.rows:
        starts.append(len(indices))
        indices.extend(terms)
        values.extend(terms.values())
    model.addRows(
        len(rows.rows),
        np.array([-highspy.kHighsInf if low_end is None else low_end for _, low_end, _ in rows.rows], dtype=np.float64),
        np.array(
            [highspy.kHighsInf if high_end is None else high_end for _, _, high_end in rows.rows], dtype=np.float64
        ),
        len(indices),
        np.array(starts, dtype=np.int32),
        np.array(indices, dtype=np.int32),
        np.array(values, dtype=np.float64),
    )
    return model


def _minimize(model: Any, terms: dict[int, int], constant: int) -> None:
    import numpy as np

    costs = np.zeros(model.getNumCol())
    for column, cost in terms.items():
        costs[column] = cost
    model.changeColsCost(len(costs), np.arange(len(costs), dtype=np.int32), costs)
    model.changeObjectiveOffset(float(constant))


def _begin_with(model: Any, values: list[float]) -> None:
    import highspy

    solution = highspy.HighsSolution()
    solution.col_value = values
    model.setSolution(solution)


def _keep(model: Any, terms: dict[int, int], most: int) -> None:
    import highspy
    import numpy as np

    model.addRow(
        -highspy.kHighsInf,
        float(most),
        len(terms),
        np.array(list(terms), dtype=np.int32),
        np.array(list(terms.values()), dtype=np.float64),
    )
