"""Plans of real sizes and of hard shapes, beside the same problem written by hand for HiGHS and CP-SAT.

    python bench/plan.py [--limit 60] [--by-hand 60] [--write] [--short] [--cpsat PYTHON] [CASE ...]

Each runs in a process of its own: the whole command `attain plan`, from the files to the answer, and the solvers from
the model to its cost (CP-SAT where `ortools` is installed, or by a Python that has it). A case is
`PEOPLE/CUSTOMERS/DESIGNATIONS/SEED`, or a shape of `bench/plan_shapes.py`; `--short` leaves out the largest. `--write`
puts the table into docs/benchmarks.md, and a plot beside it.

What is proved here is the cost; `attain plan` goes on to the fewest changes and the shortest time at that cost, and the
solvers do not. Costs that differ where both are proved end it with code 1.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import subprocess
import sys
import tempfile
import time
from dataclasses import asdict, dataclass
from datetime import date
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from plan_cases import SIZES, cases
from plan_model import Case
from plan_plot import Mark, Row, plot
from plan_shapes import SHAPES

PAGE = Path(__file__).parent.parent / "docs" / "benchmarks.md"
PLOT = PAGE.with_name("benchmarks-of-plans.svg")
BEGIN, END = "<!-- begin plans -->", "<!-- end plans -->"


@dataclass
class Run:
    """How one went: `cost` in dollars, None if nothing was found, and whether it is proved to be the least; elapsed and
    processor seconds, memory in MB."""

    cost: int | None
    proved: bool
    bound: float | None
    elapsed: float
    processor: float
    memory: int
    said: str = ""

    @property
    def text(self) -> str:
        """In a cell of the table."""
        if self.cost is None:
            return f"nothing in {self.elapsed:.1f} s"
        gap = "" if self.proved or not self.bound else f", gap {(self.cost - self.bound) / self.cost:.1%}"
        return f"{self.elapsed:.1f} s ({self.processor:.1f}){'' if self.proved else ', not proved' + gap}"


def measured(command: list[str], given: str = "") -> tuple[str, str, float, float, int]:
    """What a process says, and what it takes."""
    with (
        tempfile.TemporaryFile("w+") as out,
        tempfile.TemporaryFile("w+") as errors,
        tempfile.TemporaryFile("w+") as to,
    ):
        to.write(given)
        to.seek(0)
        began = time.perf_counter()
        process = subprocess.Popen(command, stdin=to, stdout=out, stderr=errors)
        _, _, used = os.wait4(process.pid, 0)
        elapsed = time.perf_counter() - began
        out.seek(0)
        errors.seek(0)
        memory = used.ru_maxrss // (1024 * 1024 if sys.platform == "darwin" else 1024)
        return out.read(), errors.read(), elapsed, used.ru_utime + used.ru_stime, memory


def attain(case: Case, folder: Path, limit: int) -> Run:
    policy, facts = folder / "policy.attain", folder / "facts.json"
    policy.write_text(case.policy, encoding="utf-8")
    organisation: dict[str, Any] = {"organisation": "o", "as_of": "2024-06-30", "closed": True, "facts": case.facts}
    facts.write_text(json.dumps(organisation), encoding="utf-8")
    command = [sys.executable, "-m", "attain_engine", "plan", str(policy), str(facts), "--output-format", "json"]
    out, errors, elapsed, processor, memory = measured([*command, "--time-limit", str(limit)])
    try:
        answer = json.loads(out)
    except ValueError:
        return Run(None, False, None, elapsed, processor, memory, errors.strip()[-200:])
    plans = answer["plans"]
    cost = int(plans[0]["cost_exact"]["number"]) if plans else None
    amount, _, unit = answer["bound"].partition(" ")
    bound = float(amount.replace(",", "")) if unit == "USD" else None
    # Where the bound is on the changes or the days, the cost is proved.
    proved = answer["status"] == "proved" or (answer["status"] == "best found" and unit in ("changes", "days"))
    return Run(cost, proved, bound, elapsed, processor, memory, answer["status"])


def by_hand(case: Case, solver: str, python: str, limit: int) -> Run:
    command = [python, str(Path(__file__).with_name("plan_by_hand.py")), solver, str(limit)]
    out, errors, elapsed, processor, memory = measured(command, json.dumps(asdict(case.model)))
    try:
        answer = json.loads(out.strip().splitlines()[-1])
    except (ValueError, IndexError):
        return Run(None, False, None, elapsed, processor, memory, errors.strip()[-200:])
    return Run(answer["cost"], answer["proved"], answer["bound"], elapsed, processor, memory)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("cases", nargs="*", default=[*SHAPES, *SIZES])
    parser.add_argument("--limit", type=int, default=60, help="seconds for each")
    parser.add_argument("--by-hand", type=int, help="seconds for each solver by itself, if not as many")
    parser.add_argument("--short", action="store_true", help="leave out 2,000 people")
    parser.add_argument("--write", action="store_true", help="put the table into docs/benchmarks.md")
    parser.add_argument("--cpsat", metavar="PYTHON", help="a Python that has ortools")
    arguments = parser.parse_args()
    solvers = {"highs": sys.executable}
    if arguments.cpsat or find_spec("ortools"):
        solvers["cpsat"] = arguments.cpsat or sys.executable
    most_by_hand = arguments.by_hand or arguments.limit
    names = [each for each in arguments.cases if not (arguments.short and each.startswith("2000/"))]
    head = f"| | `attain plan` | memory | {' | '.join(f'by hand, {each}' for each in solvers)} | cost |"
    lines = [head, "|---|--:|--:|" + "--:|" * len(solvers) + "--:|"]
    print("\n".join(lines), flush=True)
    wrong: list[str] = []
    drawn: list[Row] = []
    for name in names:
        # Made when its turn comes: what this process holds shows in the memory of those that it starts.
        (case,) = cases([name])
        with tempfile.TemporaryDirectory() as folder:
            ours = attain(case, Path(folder), arguments.limit)
        hands = [by_hand(case, each, python, most_by_hand) for each, python in solvers.items()]
        proved = {each.cost for each in (ours, *hands) if each.proved}
        if len(proved) > 1 and case.name != "magnitudes":  # there HiGHS by itself is right to a share of 1e-9
            wrong.append(case.name)
        drawn.append(Row(case.name, [Mark(each.processor, each.proved) for each in (ours, *hands)]))
        cost = "–" if ours.cost is None else f"{ours.cost:,}"
        lines.append(
            f"| {case.name} | {ours.text} | {ours.memory} MB | {' | '.join(each.text for each in hands)} | {cost} |"
        )
        print(lines[-1], flush=True)
    load = f"{os.getloadavg()[0]:.1f}"
    note = f"{date.today():%-d %B %Y}. Elapsed seconds (processor seconds). "
    note += f"Python {platform.python_version()}, {os.cpu_count()} processors, "
    limits = f"at most {arguments.limit} s each, {most_by_hand} for a solver by itself"
    lines += ["", f"{note}{limits}; {load} programs ran on them in the end."]
    if arguments.write:
        page = PAGE.read_text(encoding="utf-8")
        before, _, rest = page.partition(BEGIN)
        table = "\n".join(lines)
        PLOT.write_text(plot(["attain plan", *(f"by hand, {each}" for each in solvers)], drawn), encoding="utf-8")
        PAGE.write_text(f"{before}{BEGIN}\n{table}\n{END}{rest.partition(END)[2]}", encoding="utf-8")
    if wrong:
        print(f"proved costs differ: {', '.join(wrong)}", file=sys.stderr)
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
