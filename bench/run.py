"""How long things take, side by side in one run.

    python bench/run.py [--rounds 9] [--write]

Commands are started as a user starts them, in turn, so that whatever else the machine does meets all of them alike;
what stays in one process is measured warm. Of each the median is given: elapsed seconds, and processor seconds (user
and system, all threads), which say more on a machine that is busy. Starting Python and doing nothing is measured too,
and every figure is also given as so many of that. `--write` puts the table into docs/benchmarks.md.
"""

from __future__ import annotations

import argparse
import csv
import os
import platform
import re
import resource
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from attain_engine import optimise
from attain_engine.api import assess, load_facts, load_policy, plan
from attain_engine.rules.decide import decide

ROOT = Path(__file__).parent.parent
PAGE = ROOT / "docs" / "benchmarks.md"
POLICY = ROOT / "policies" / "modern_work.attain"
NORTHWIND = ROOT / "policies" / "facts" / "northwind"
DASHBOARD = ROOT / "policies" / "facts" / "dashboard.json"
ATTAIN = Path(sys.executable).with_name("attain")
BARE = "python -c pass"


@dataclass(slots=True)
class Measured:
    """The times of one thing, in seconds; `aim` is what it should stay below, if anything is aimed at."""

    name: str
    run: Callable[[], object]
    aim: float | None = None
    elapsed: list[float] = field(default_factory=list)
    processor: list[float] = field(default_factory=list)

    def once(self) -> None:
        began, used = time.perf_counter(), processor_time()
        self.run()
        self.elapsed.append(time.perf_counter() - began)
        self.processor.append(processor_time() - used)


def processor_time() -> float:
    """What this process and the commands that it has run have used of processors."""
    used = (resource.getrusage(resource.RUSAGE_SELF), resource.getrusage(resource.RUSAGE_CHILDREN))
    return sum(each.ru_utime + each.ru_stime for each in used)


def command(*arguments: str) -> Callable[[], object]:
    """Something to be started; it may answer no, but not fail."""
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}

    def run() -> None:
        done = subprocess.run(arguments, cwd=ROOT, env=environment, capture_output=True, check=False)
        assert done.returncode in (0, 1), done.stderr.decode()

    return run


def tables() -> object:
    """The tables of northwind as Python's own reader gives them: every cell a text, nothing checked."""
    return [list(csv.DictReader(path.open(encoding="utf-8"))) for path in sorted(NORTHWIND.glob("*.csv"))]


class Solver:
    """The time that plans spend in the search for them and in their proofs."""

    def __init__(self) -> None:
        self.seconds: list[float] = []
        self._solve: Any = optimise.solve
        optimise.solve = self.solve  # what `plan` calls

    def solve(self, *arguments: Any, **named: Any) -> Any:
        began = time.perf_counter()
        try:
            return self._solve(*arguments, **named)
        finally:
            self.seconds.append(time.perf_counter() - began)


def measured(rounds: int) -> tuple[list[list[Measured]], dict[str, list[float]]]:
    """Everything, by groups; and for each plan the time in the solver."""
    policy = load_policy(POLICY)
    northwind = load_facts(policy, NORTHWIND)
    dashboard = load_facts(policy, DASHBOARD)
    assert northwind.as_of is not None
    assert dashboard.as_of is not None
    on, then = northwind.as_of, dashboard.as_of
    started = [
        Measured(f"`{BARE}`", command(sys.executable, "-c", "pass")),
        Measured("`attain --version`", command(str(ATTAIN), "--version"), 0.1),
        Measured("`attain check policies/modern_work.attain`", command(str(ATTAIN), "check", str(POLICY)), 0.35),
        Measured("`attain check policies`", command(str(ATTAIN), "check", str(ROOT / "policies"))),
        Measured("`attain assess` northwind", command(str(ATTAIN), "assess", str(POLICY), str(NORTHWIND))),
        Measured("`attain plan` northwind", command(str(ATTAIN), "plan", str(POLICY), str(NORTHWIND))),
    ]
    warm = [
        Measured("the tables of northwind, read by Python's `csv`", tables),
        Measured("the facts of northwind, read and checked", lambda: load_facts(policy, NORTHWIND)),
        Measured(
            "northwind decided by clingo: its facts written, the rules grounded and solved",
            lambda: decide(policy, northwind, on),
            0.15,
        ),
        Measured("assess northwind", lambda: assess(policy, northwind, on, rows=False), 0.15),
        Measured("assess northwind, with every row explained", lambda: assess(policy, northwind, on)),
    ]
    plans = [
        Measured("plan the dashboard", lambda: plan(policy, dashboard, then)),
        Measured("plan northwind", lambda: plan(policy, northwind, on), 2.0),
    ]
    solver = Solver()
    spent: dict[str, list[float]] = {each.name: [] for each in plans}
    for each in (*warm, *plans):
        each.run()
    for _ in range(rounds):
        for each in (*started, *warm):
            each.once()
        for each in plans:
            solver.seconds.clear()
            each.once()
            spent[each.name].append(sum(solver.seconds))
    return [started, warm, plans], spent


def page(groups: list[list[Measured]], spent: dict[str, list[float]], rounds: int) -> str:
    """The table, with what it was measured on."""
    bare = next(each for group in groups for each in group if BARE in each.name)
    unit = statistics.median(bare.processor)
    rows = ["| | elapsed | processor | in bare starts | aim |", "|---|--:|--:|--:|--:|"]
    for title, group in zip(("started anew", "in one process, warm", "plans, in one process"), groups, strict=True):
        rows.append(f"| **{title}** | | | | |")
        for each in group:
            elapsed, processor = statistics.median(each.elapsed), statistics.median(each.processor)
            aim = f"{shown(each.aim)}" if each.aim else ""
            rows.append(f"| {each.name} | {shown(elapsed)} | {shown(processor)} | {processor / unit:.1f} | {aim} |")
            if each.name in spent:
                rows.append(f"| … of this in the solver | {shown(statistics.median(spent[each.name]))} | | | |")
    load = os.getloadavg()[0]
    machine = (
        f"Medians of {rounds} rounds. Python {platform.python_version()}, {os.cpu_count()} processors "
        f"({processor_name()}), {load:.1f} programs running on them meanwhile."
    )
    return "\n".join([*rows, "", machine])


def shown(seconds: float) -> str:
    return f"{seconds * 1000:.0f} ms" if seconds < 1 else f"{seconds:.2f} s"


def processor_name() -> str:
    information = Path("/proc/cpuinfo")
    found = re.search(r"model name\s*: (.+)", information.read_text()) if information.exists() else None
    return found[1] if found else platform.processor() or platform.machine()


def main() -> None:
    parser = argparse.ArgumentParser(description="How long things take, side by side.")
    parser.add_argument("--rounds", type=int, default=9)
    parser.add_argument("--write", action="store_true", help="put the table into docs/benchmarks.md")
    arguments = parser.parse_args()
    groups, spent = measured(arguments.rounds)
    table = page(groups, spent, arguments.rounds)
    print(table)
    if arguments.write:
        before, begin, rest = PAGE.read_text(encoding="utf-8").partition("<!-- begin -->\n")
        _, end, after = rest.partition("<!-- end -->")
        PAGE.write_text(f"{before}{begin}{table}\n{end}{after}", encoding="utf-8")


if __name__ == "__main__":
    main()
