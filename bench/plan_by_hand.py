"""A plan as a model written by hand, for a solver by itself, in a process of its own.

    python bench/plan_by_hand.py highs|cpsat SECONDS < model.json

Prints its cost (null: none found), whether that is proved, the bound, and how many seconds the search took, as JSON.
"""

from __future__ import annotations

import json
import sys
import time
from typing import Any


def highs(model: dict[str, Any], seconds: float) -> tuple[float | None, bool, float]:
    import highspy
    import numpy as np

    solver = highspy.Highs()  # type: ignore[no-untyped-call]
    for option, value in (("output_flag", False), ("time_limit", seconds), ("mip_rel_gap", 0.0), ("mip_abs_gap", 0.9)):
        solver.setOptionValue(option, value)
    count = len(model["high"])
    solver.addVars(count, np.zeros(count), np.array(model["high"], float))
    numbers = np.arange(count, dtype=np.int32)
    solver.changeColsIntegrality(count, numbers, np.full(count, int(highspy.HighsVarType.kInteger), dtype=np.uint8))
    solver.changeColsCost(count, numbers, np.array(model["cost"], float))
    for terms, least in model["rows"]:
        columns = np.array([column for column, _ in terms], np.int32)
        weights = np.array([weight for _, weight in terms], float)
        solver.addRow(float(least), highspy.kHighsInf, len(terms), columns, weights)
    solver.run()
    info = solver.getInfo()
    found = info.primal_solution_status == 2
    proved = solver.getModelStatus() == highspy.HighsModelStatus.kOptimal
    return (info.objective_function_value if found else None), proved, info.mip_dual_bound


def cpsat(model: dict[str, Any], seconds: float) -> tuple[float | None, bool, float]:
    from ortools.sat.python import cp_model

    program = cp_model.CpModel()
    columns = [program.new_int_var(0, high, "") for high in model["high"]]
    weighted = cp_model.LinearExpr.weighted_sum
    for terms, least in model["rows"]:
        program.add(weighted([columns[column] for column, _ in terms], [weight for _, weight in terms]) >= least)
    program.minimize(weighted(columns, model["cost"]))
    solver = cp_model.CpSolver()
    solver.parameters.max_time_in_seconds = seconds
    solver.parameters.num_workers = 2
    status = solver.solve(program)
    found = status in (cp_model.OPTIMAL, cp_model.FEASIBLE)
    return (solver.objective_value if found else None), status == cp_model.OPTIMAL, solver.best_objective_bound


def main() -> None:
    model = json.load(sys.stdin)
    began = time.perf_counter()
    cost, proved, bound = {"highs": highs, "cpsat": cpsat}[sys.argv[1]](model, float(sys.argv[2]))
    seconds = time.perf_counter() - began
    paid = model["paid"]
    answer = {
        "cost": None if cost is None else round(cost) + paid,
        "proved": proved,
        "bound": bound + paid if abs(bound) < 1e300 else None,
        "seconds": seconds,
    }
    print("\n" + json.dumps(answer))


if __name__ == "__main__":
    main()
