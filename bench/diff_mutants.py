"""Mutants of the shipped policies, each compared with its policy: how many can be told, and how long that takes.

    python bench/diff_mutants.py                     1,000 mutants of all shipped policies
    python bench/diff_mutants.py --number 100 policies/modern_work.attain

The mutants are those of `attain test --mutate`. A mutant that does not compile is left out. Of each other one every
rule that is told apart has a witness that the comparison itself has asked again on both sides; it prints how many
mutants are equivalent, different, or have a rule that cannot be told, and the median of the seconds. One that takes
longer than the limit counts as one that cannot be told.
"""

from __future__ import annotations

import argparse
import random
import signal
import statistics
import sys
import time
from collections import Counter
from pathlib import Path
from types import FrameType

from attain_compiler.source import SourceFile
from attain_engine.check.mutate import Mutant, mutants
from attain_engine.compare import compare
from attain_engine.policies import read_policy

POLICIES = Path(__file__).parents[1] / "policies"


class TooLate(Exception):
    """A comparison took longer than the limit."""


def stop(_: int, __: FrameType | None) -> None:
    raise TooLate


def told(path: Path, text: str, mutant: Mutant, limit: int) -> tuple[str, float] | None:
    """What a comparison says of a mutant, and the seconds that it took; None where it does not compile."""
    base, head = read_policy(str(path), text).program, read_policy(str(path), mutant.applied_to(text)).program
    if base is None or head is None:
        return None
    began = time.monotonic()
    signal.alarm(limit)
    try:
        relations = {each.relation for each in compare(base, head).findings}
    except TooLate:
        return "cannot be told", time.monotonic() - began
    finally:
        signal.alarm(0)
    seconds = time.monotonic() - began
    if "cannot be told" in relations:
        return "cannot be told", seconds
    return ("equivalent" if relations <= {"equivalent"} else "different"), seconds


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("policies", nargs="*", type=Path)
    parser.add_argument("--number", type=int, default=1_000)
    parser.add_argument("--limit", type=int, default=60, help="seconds for one comparison")
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    signal.signal(signal.SIGALRM, stop)
    paths: list[Path] = given.policies or sorted(POLICIES.glob("*.attain"))
    texts = {path: path.read_text("utf-8") for path in paths}
    every = [(path, each) for path, text in texts.items() for each in mutants(SourceFile(str(path), text))]
    random.Random(given.seed).shuffle(every)
    found: Counter[str] = Counter()
    times: list[float] = []
    for path, mutant in every[: given.number]:
        answer = told(path, texts[path], mutant, given.limit)
        if answer is None:
            found["does not compile"] += 1
            continue
        found[answer[0]] += 1
        times.append(answer[1])
        if answer[0] == "cannot be told":
            print(f"cannot be told: {path.stem}: {mutant.change}    in: {mutant.line}", flush=True)
    print(", ".join(f"{count} {kind}" for kind, count in sorted(found.items())))
    if times:
        print(f"cannot be told: {found['cannot be told'] / len(times):.1%}; median {statistics.median(times):.2f} s")
    return 0


if __name__ == "__main__":
    sys.exit(main())
