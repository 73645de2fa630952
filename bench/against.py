"""Processor times beside those of an earlier revision, in one run.

    python bench/against.py [--against 357b75f] [--rounds 15]

Both programs, this tree's and that of the earlier revision (taken from git into a temporary folder), do the same in
turn, so that whatever else the machine does meets both alike: the earlier revision's Modern Work, evaluated and
assessed on northwind in a process that is warm; and `attain check` of it and `attain assess` of northwind, each started
anew.
Given are the medians of the processor time (user and system) and of their ratio, beside the ratio that is aimed at.
"""

from __future__ import annotations

import argparse
import io
import os
import resource
import statistics
import subprocess
import sys
import tarfile
import tempfile
from collections.abc import Sequence
from pathlib import Path

ROOT = Path(__file__).parent.parent

WARM = """
import sys, time
from attain_engine.api import assess, load_facts, load_policy
from attain_engine.evaluate import Evaluator, world_of
from attain_engine.evaluate.designations import designate
policy = load_policy(sys.argv[1])
facts = load_facts(policy, sys.argv[2])
def evaluated():
    evaluator = Evaluator(policy, world_of(policy, facts), facts.as_of)
    return [designate(evaluator, each, evaluator.context) for each in policy.designations.values()]
def assessed():
    return assess(policy, facts, facts.as_of, rows=False)
def assessed_with_rows():
    return assess(policy, facts, facts.as_of)
evaluated(); assessed(); assessed_with_rows()
for line in sys.stdin:
    began = time.process_time()
    globals()[line.strip()]()
    print(time.process_time() - began, flush=True)
"""

START = "import sys; sys.argv[0] = 'attain'; from {module} import main; sys.exit(main())"
ENTRIES = ("attain_engine/__main__.py", "attain_engine/cli/__init__.py")
"""Where the program has begun: in the first of these files that a tree has."""

WORK = (
    ("northwind evaluated, warm", "evaluated", 0.5),
    ("northwind assessed, warm", "assessed", 1.5),
    ("northwind assessed with its rows, warm", "assessed_with_rows", None),
    ("`attain check` of Modern Work", "check", 1.5),
    ("`attain assess` of northwind", "assess", 1.0),
)


class Tree:
    """The program of one tree, which does things as often as it is told to, and says what processor time they took."""

    def __init__(self, tree: Path, policies: Path) -> None:
        paths = os.pathsep.join(str(tree / each) for each in ("compiler", "engine"))
        inherited = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
        self._environment = inherited | {"PYTHONPATH": paths}
        self._policy, self._facts = str(policies / "modern_work.attain"), str(policies / "facts" / "northwind")
        entry = next(each for each in ENTRIES if (tree / "engine" / each).is_file())
        module = entry.removesuffix(".py").removesuffix("/__init__").replace("/", ".")
        self._start = START.format(module=module)
        self._warm = subprocess.Popen(
            (sys.executable, "-c", WARM, self._policy, self._facts),
            env=self._environment,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        for each in ("check", "assess"):  # once for what is kept in files
            self.seconds(each)

    def seconds(self, work: str) -> float:
        """Do something; what it took."""
        if work in ("check", "assess"):
            return self._started(work, self._policy, *((self._facts,) if work == "assess" else ()))
        assert self._warm.stdin is not None
        assert self._warm.stdout is not None
        self._warm.stdin.write(f"{work}\n")
        self._warm.stdin.flush()
        return float(self._warm.stdout.readline())

    def _started(self, *arguments: str) -> float:
        before = _of_children()
        done = subprocess.run(
            (sys.executable, "-c", self._start, *arguments), env=self._environment, capture_output=True, check=False
        )
        assert done.returncode in (0, 1), done.stderr.decode()
        return _of_children() - before

    def end(self) -> None:
        self._warm.communicate()


def _of_children() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def _taken(revision: str, folder: Path) -> None:
    archive = subprocess.run(
        ("git", "archive", revision, "compiler", "engine", "policies"), cwd=ROOT, check=True, capture_output=True
    )
    with tarfile.open(fileobj=io.BytesIO(archive.stdout)) as files:
        files.extractall(folder, filter="data")


def _line(name: str, then: Sequence[float], now: Sequence[float], aim: float | None) -> str:
    ratio = statistics.median(one / other for one, other in zip(now, then, strict=True))
    before, after = (f"{statistics.median(each) * 1000:.0f} ms" for each in (then, now))
    return f"| {name} | {before} | {after} | {ratio:.2f} | {aim or ''} |"


def main() -> None:
    parser = argparse.ArgumentParser(description="Processor times beside those of an earlier revision.")
    parser.add_argument("--against", default="357b75f")
    parser.add_argument("--rounds", type=int, default=15)
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        _taken(arguments.against, Path(folder))
        policies = Path(folder) / "policies"
        before, after = Tree(Path(folder), policies), Tree(ROOT, policies)
        print(f"| | {arguments.against} | now | ratio | aim |", "|---|--:|--:|--:|--:|", sep="\n")
        for name, work, aim in WORK:
            taken = [(before.seconds(work), after.seconds(work)) for _ in range(arguments.rounds)]
            print(_line(name, [one for one, _ in taken], [other for _, other in taken], aim), flush=True)
        before.end()
        after.end()


if __name__ == "__main__":
    main()
