"""The second prover: HiGHS on the 0/1 program of the ground program, objective after objective.

Its arithmetic is floating, so nothing it says is taken on trust: its plans are rounded and added up exactly by the
caller, and its proof is the bound it gives on an objective, which has to reach the exact total of a plan that is
checked. It is asked only where coefficients are small against its tolerances.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from math import ceil
from typing import Any

from attain_engine.planning.known import Known, Totals, WrongPlan
from attain_engine.planning.rows import Rows, completion
from attain_engine.solver import GroundProgram, Shown

LARGEST_COEFFICIENT = 100_000
"""Its tolerance for whole numbers is 1e-6: with this a row is wrong by 0.1 at most, and rows here are whole."""

LARGEST_COST = 100_000_000
"""Of an objective in all: the bound is then good to well below one unit."""

_TOLERANCE = 1e-4
"""By how much a bound may lie above a whole number and still be taken for it."""


def suits(rows: Rows) -> bool:
    """Whether the numbers of a 0/1 program are small enough for HiGHS to prove anything about it."""
    return rows.largest() <= LARGEST_COEFFICIENT and rows.largest_cost() <= LARGEST_COST


class Highs:
    """A search by HiGHS in a thread of its own."""

    def __init__(self, program: GroundProgram, known: Known, take: Callable[[frozenset[Shown]], Totals]) -> None:
        """`take` is given the atoms of each solution; it checks it and makes it known."""
        self._program = program
        self._known = known
        self._take = take
        self._stop = threading.Event()
        self._error: BaseException | None = None
        self._thread = threading.Thread(target=self._run, name="highs", daemon=True)
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
        """End the search, within a fraction of a second. Raises what went wrong in it."""
        self._stop.set()
        if self.started:
            self._thread.join()
        if self._error is not None:
            raise self._error

    def _run(self) -> None:
        try:
            rows = completion(self._program)
            self.statistics = {"columns": rows.columns, "rows": len(rows.rows), "nodes": 0}
            if suits(rows) and not self._stop.is_set():
                self._solve(rows)
        except BaseException as error:
            self._error = error

    def _solve(self, rows: Rows) -> None:
        model = _model(rows)
        objective = 0
        self._listen(model, rows, lambda: objective)
        for objective, (terms, constant) in enumerate(rows.objectives):
            _minimize(model, terms, constant)
            model.run()
            if self._stop.is_set() or not self._proved(model, rows, objective):
                return
            _keep(model, terms, self._known.bounds[objective] - constant)

    def _listen(self, model: Any, rows: Rows, objective: Callable[[], int]) -> None:
        """Take in plans and bounds as they are found, and end the search when asked to."""

        def interrupt(event: Any) -> None:
            if self._stop.is_set():
                event.interrupt()

        def look(event: Any) -> None:
            interrupt(event)
            self._bound(objective(), event.data_out.mip_dual_bound)

        def improve(event: Any) -> None:
            self._plan(rows, event.data_out.mip_solution)

        model.cbSimplexInterrupt += interrupt
        model.cbMipInterrupt += look
        model.cbMipImprovingSolution += improve

    def _plan(self, rows: Rows, values: Any) -> None:
        """Take in a solution, rounded, if it holds exactly."""
        try:
            self._take(_atoms(rows, values))
        except WrongPlan:
            self.statistics["plans refused"] = self.statistics.get("plans refused", 0) + 1

    def _bound(self, objective: int, bound: float) -> bool:
        """Take in a bound; whether the objective is proved."""
        if not 0 < bound <= LARGEST_COST:  # no bound yet
            bound = 0.0
        return self._known.raise_bound(objective, ceil(bound - _TOLERANCE), "highs")

    def _proved(self, model: Any, rows: Rows, objective: int) -> bool:
        """Take in the end of the search for the least of an objective; whether it is proved."""
        import highspy

        status = model.getModelStatus()
        info = model.getInfo()
        self.statistics["nodes"] += max(0, int(info.mip_node_count))
        if status == highspy.HighsModelStatus.kInfeasible and objective == 0:
            self._known.exhausted(None, "highs")
            return False
        if status != highspy.HighsModelStatus.kOptimal:
            return False
        self._plan(rows, model.getSolution().col_value)
        return self._bound(objective, info.mip_dual_bound)


def _atoms(rows: Rows, values: Any) -> frozenset[Shown]:
    """The shown atoms of a solution."""
    return frozenset(shown for shown, (column, sign) in rows.shown.items() if bool(values[column] > 0.5) is sign)


def _model(rows: Rows) -> Any:
    """The 0/1 program as HiGHS takes it."""
    import highspy
    import numpy as np

    model = highspy.Highs()  # type: ignore[no-untyped-call]
    for option, value in (
        ("output_flag", False),
        ("mip_rel_gap", 0.0),
        ("mip_abs_gap", 0.9),  # objectives are whole: a gap below 1 is none
        ("threads", 1),
    ):
        model.setOptionValue(option, value)
    low = np.zeros(rows.columns)
    high = np.ones(rows.columns)
    for column, value in rows.fixed.items():
        low[column] = high[column] = value
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
