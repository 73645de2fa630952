"""Mutants of the shipped policies, each compared with its policy: how many can be told, and how long that takes.

    python bench/diff_mutants.py                     1,000 mutants of all shipped policies
    python bench/diff_mutants.py --number 100 policies/modern_work.attain

The mutants are those of `attain test --mutate`, those of shared files compared in a policy that imports them. A mutant
that does not compile is left out. Of each other one every rule that is told apart has a witness that the comparison
itself has asked again on both sides; on what it says is equivalent both sides are evaluated on random facts
(`--facts`), and any that differ are printed and make the exit code 1. It prints each mutant with a rule that cannot be
told, and a table of how many are equivalent, different, or have such a rule, with the processor time of a comparison.
One that takes longer than the limit counts as one that cannot be told.
"""

from __future__ import annotations

import argparse
import random
import signal
import statistics
import sys
import time
from collections import defaultdict
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from types import FrameType

sys.path.insert(0, str(Path(__file__).parents[1]))

from tests.compare.agreement import disagreements

from attain_compiler.model.program import Program
from attain_compiler.pipeline import understand_policy
from attain_compiler.source import SourceFile
from attain_compiler.syntax.again import Memory
from attain_engine.check.mutate import Mutant, mutants
from attain_engine.compare import compare
from attain_engine.open.conditions import forget
from attain_engine.policies import read_policy

POLICIES = Path(__file__).parents[1] / "policies"


class TooLate(Exception):
    """A comparison took longer than the limit."""


def stop(_: int, __: FrameType | None) -> None:
    raise TooLate


@dataclass(frozen=True)
class Trial:
    """A mutant of the file at `changed`, as the policy at `path` has it."""

    path: str
    changed: str
    mutant: Mutant
    facts: int
    limit: int


@dataclass(frozen=True)
class Told:
    """What a comparison says of a mutant, the seconds of processor time that it took, and what it says wrongly."""

    relation: str
    seconds: float
    wrong: tuple[str, ...] = ()
    why: str = ""


def trials(paths: list[Path], facts: int, limit: int) -> Iterator[Trial]:
    """Every mutant of some policies, and of the shared files that they import."""
    seen: set[str] = set()
    for path in paths:
        base = read_policy(str(path)).program
        if base is None or not any(each.partition(".")[0] == base.main for each in (*base.designations, *base.scores)):
            continue
        own = base.policies[base.main].span.path
        files = [each.span.path for each in base.policies.values()]
        for changed in sorted({own, *(each for each in files if "/shared/" in each)} - seen):
            seen.add(changed)
            for mutant in mutants(base.files[changed]):
                yield Trial(str(path), changed, mutant, facts, limit)


def mutated(trial: Trial, base: Program) -> Program | None:
    """The policy with one file broken; None where it does not compile."""
    files = {name: base.files[each.span.path] for name, each in base.policies.items()}

    def file(source: SourceFile) -> SourceFile:
        if source.path != trial.changed:
            return source
        return SourceFile(source.path, trial.mutant.applied_to(source.text))

    main = file(base.files[base.policies[base.main].span.path])
    understood = understand_policy(main, lambda _, name: file(files[name]) if name in files else None, Memory().parse)
    return understood.program if understood.complete else None


def told(trial: Trial) -> Told | None:
    """What a comparison says of a mutant; None where it does not compile."""
    base = read_policy(trial.path).program
    assert base is not None
    head = mutated(trial, base)
    if head is None:
        return None
    signal.signal(signal.SIGPROF, stop)
    began = time.process_time()
    signal.setitimer(signal.ITIMER_PROF, trial.limit)
    try:
        comparison = compare(base, head)
    except TooLate:
        return Told("cannot be told", time.process_time() - began, why="too late")
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
    seconds = time.process_time() - began
    wrong = tuple(disagreements(base, head, comparison, trial.facts, trial.mutant.offset))
    forget()
    relations = {each.relation for each in comparison.findings}
    if "cannot be told" in relations:
        why = "; ".join({each.bound for each in comparison.findings if each.relation == "cannot be told"})
        return Told("cannot be told", seconds, wrong, why)
    return Told("equivalent" if relations <= {"equivalent"} else "different", seconds, wrong)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("policies", nargs="*", type=Path)
    parser.add_argument("--number", type=int, default=1_000)
    parser.add_argument("--facts", type=int, default=500, help="random facts for what is equivalent")
    parser.add_argument("--limit", type=int, default=60, help="seconds of processor time for one comparison")
    parser.add_argument("--processes", type=int, default=2)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--time-limit", type=int, default=86_400, help="seconds, after which no more are begun")
    given = parser.parse_args()
    until = time.monotonic() + given.time_limit
    every = list(trials(given.policies or sorted(POLICIES.glob("*.attain")), given.facts, given.limit))
    random.Random(given.seed).shuffle(every)
    chosen = every[: given.number]
    found: dict[str, list[Told]] = defaultdict(list)
    left_out = 0
    with ProcessPoolExecutor(given.processes) as pool:
        for trial, answer in zip(chosen, pool.map(told, chosen), strict=False):
            name = Path(trial.changed).stem
            if answer is None:
                left_out += 1
                continue
            found[name].append(answer)
            if answer.relation == "cannot be told":
                print(f"cannot be told: {name}: {trial.mutant.change}    in: {trial.mutant.line}    {answer.why}")
            for each in answer.wrong:
                print(f"WRONG: {name}: {trial.mutant.change}    in: {trial.mutant.line}    {each}")
            print(f"{sum(map(len, found.values()))} of {len(chosen) - left_out}", file=sys.stderr, flush=True)
            sys.stdout.flush()
            if time.monotonic() >= until:
                pool.shutdown(cancel_futures=True)
                break
    print("| file | mutants | equivalent | different | cannot be told | median |\n|---|--:|--:|--:|--:|--:|")
    for name, answers in (*sorted(found.items()), ("all", [each for some in found.values() for each in some])):
        kinds = [each.relation for each in answers]
        counts = [kinds.count(each) for each in ("equivalent", "different", "cannot be told")]
        median = statistics.median(each.seconds for each in answers)
        print(f"| `{name}` | {len(answers)} | {counts[0]} | {counts[1]} | {counts[2]} | {median:.2f} s |")
    wrong = sum(bool(each.wrong) for some in found.values() for each in some)
    print(f"{left_out} do not compile; {wrong} with facts that differ where the comparison says equivalent")
    return int(wrong > 0)


if __name__ == "__main__":
    sys.exit(main())
