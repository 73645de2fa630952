"""How long the evaluation of northwind takes, warm, beside that of an earlier revision, in one run.

    python bench/evaluation.py [--against 357b75f] [--rounds 15]

Two processes, one with this tree and one with the earlier one (taken from git into a temporary folder), evaluate every
designation of the earlier revision's Modern Work on northwind in turn, so that whatever else the machine does meets
both alike. Given are the medians of the processor time, and the ratio.
"""

from __future__ import annotations

import argparse
import io
import os
import statistics
import subprocess
import sys
import tarfile
import tempfile
from pathlib import Path

ROOT = Path(__file__).parent.parent

EVALUATE = """
import sys, time
from attain_engine.api import load_facts, load_policy
from attain_engine.evaluate import Evaluator, world_of
from attain_engine.evaluate.designations import designate
policy = load_policy(sys.argv[1])
facts = load_facts(policy, sys.argv[2])
def evaluate():
    evaluator = Evaluator(policy, world_of(policy, facts), facts.as_of)
    return [designate(evaluator, each, evaluator.context) for each in policy.designations.values()]
evaluate()
for _ in sys.stdin:
    began = time.process_time()
    evaluate()
    print(time.process_time() - began, flush=True)
"""


class Tree:
    """A process that evaluates northwind with the program of one tree, as often as it is told to."""

    def __init__(self, tree: Path, policies: Path) -> None:
        paths = os.pathsep.join(str(tree / each) for each in ("compiler", "engine"))
        arguments = (str(policies / "modern_work.attain"), str(policies / "facts" / "northwind"))
        self._process = subprocess.Popen(
            (sys.executable, "-c", EVALUATE, *arguments),
            env=os.environ | {"PYTHONPATH": paths},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        self.seconds: list[float] = []

    def once(self) -> None:
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.write("\n")
        self._process.stdin.flush()
        self.seconds.append(float(self._process.stdout.readline()))

    def end(self) -> None:
        self._process.communicate()


def main() -> None:
    parser = argparse.ArgumentParser(description="Evaluation beside that of an earlier revision.")
    parser.add_argument("--against", default="357b75f")
    parser.add_argument("--rounds", type=int, default=15)
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        archive = subprocess.run(
            ("git", "archive", arguments.against, "compiler", "engine", "policies"),
            cwd=ROOT,
            check=True,
            capture_output=True,
        )
        with tarfile.open(fileobj=io.BytesIO(archive.stdout)) as files:
            files.extractall(folder, filter="data")
        now, before = Tree(ROOT, Path(folder) / "policies"), Tree(Path(folder), Path(folder) / "policies")
        for _ in range(arguments.rounds):
            before.once()
            now.once()
        now.end()
        before.end()
    then, today = statistics.median(before.seconds), statistics.median(now.seconds)
    print(f"northwind, evaluated warm: {then * 1000:.1f} ms at {arguments.against}, {today * 1000:.1f} ms now")
    print(f"{today / then:.2f} times as long")


if __name__ == "__main__":
    main()
