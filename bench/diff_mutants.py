"""Mutants of the shipped policies, each compared with its policy: how many can be told, and how long that takes.

    python bench/diff_mutants.py                     1,000 mutants of all shipped policies
    python bench/diff_mutants.py --each 20           at most so many of each file, all files in turn
    python bench/diff_mutants.py --number 20 --facts 50 policies/modern_work.attain
    python bench/diff_mutants.py --keep told.jsonl   goes on where a run with the same file was ended

The mutants are those of `attain test --mutate`, those of shared files compared in a policy that imports them. A mutant
that does not compile is left out. Of each other one the examples that show a difference are put into both policies and
run: they pass in the mutant and fail in the policy it was made of. On what the comparison says is equivalent both are
evaluated on random facts (`--facts`, a fifth of them where something else differs). Whatever is otherwise is printed
and makes the exit code 1.

A comparison ends after `--limit` seconds, as that of `attain diff --time-limit` does: what was told until then counts,
and what was not compared is a rule that cannot be told.

It prints each mutant with a rule that cannot be told when it is done, and in the end a table: how many are equivalent,
stricter, looser, incomparable or different otherwise, in how many of these a rule cannot be told beside one that is, of
how many nothing can be told, and the processor time of a comparison, without reading the policies; then those of which
nothing can be told, by cause.
"""

from __future__ import annotations

import argparse
import json
import random
import signal
import statistics
import sys
import time
from collections import defaultdict
from collections.abc import Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor, as_completed
from dataclasses import asdict, dataclass
from functools import lru_cache, partial
from pathlib import Path
from types import FrameType
from typing import Any

sys.path.insert(0, str(Path(__file__).parents[1]))

from tests.compare.agreement import disagreements

from attain_compiler.model.program import Program
from attain_compiler.pipeline import understand_policy
from attain_compiler.source import SourceFile
from attain_compiler.syntax.again import Memory
from attain_engine.check.examples import run_example
from attain_engine.check.mutate import Mutant, mutants
from attain_engine.compare import Comparison, compare
from attain_engine.open.conditions import forget
from attain_engine.policies import policies_beside, read_policy

NOTHING = "cannot be told"
UNTOLD = (NOTHING, "not compared")
RELATIONS = ("equivalent", "stricter", "looser", "incomparable", "different", NOTHING)

MEMORY = Memory()
"""Declarations that are the same in the next mutant are read once."""

POLICIES = Path(__file__).parents[1] / "policies"


PATIENCE = 3
"""After so many times the limit a comparison is stopped from outside: it looks at the time between its questions."""


LESS = 5
"""Where something differs, what is equivalent beside it is asked about on so many times fewer random facts."""


class TooLate(Exception):
    """A comparison did not end in time by itself."""


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

    @property
    def key(self) -> list[Any]:
        """What tells it from all others of the same policies."""
        return [
            Path(self.path).name,
            Path(self.changed).name,
            self.mutant.offset,
            self.mutant.found,
            self.mutant.instead,
        ]

    def __str__(self) -> str:
        return f"{Path(self.changed).stem}: {self.mutant.change}    in: {self.mutant.line}"


@dataclass(frozen=True)
class Told:
    """What a comparison says of a mutant, the seconds of processor time that it took, what it says wrongly, and why a
    rule cannot be told."""

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


def chosen_from(every: list[Trial], each: int | None, seed: int) -> list[Trial]:
    """The trials in random order; with `each` at most so many of each file, of all files in turn: a run that ends
    before all are tried has tried about as many of each."""
    random.Random(seed).shuffle(every)
    if each is None:
        return every
    turns: dict[str, int] = defaultdict(int)
    ordered: list[tuple[int, int]] = []
    for number, trial in enumerate(every):
        turns[trial.changed] += 1
        ordered.append((turns[trial.changed], number))
    return [every[number] for turn, number in sorted(ordered) if turn <= each]


def mutated(trial: Trial, base: Program, *, examples: str = "", broken: bool = True) -> Program | None:
    """The policy with one file broken, or as it is, and with more examples; None where it does not compile."""
    files = {name: base.files[each.span.path] for name, each in base.policies.items()}
    own = base.policies[base.main].span.path

    def file(source: SourceFile) -> SourceFile:
        text = source.text
        if broken and source.path == trial.changed:
            text = trial.mutant.applied_to(text)
        return SourceFile(source.path, f"{text}\n\n{examples}\n" if source.path == own and examples else text)

    main = file(base.files[own])
    understood = understand_policy(main, lambda _, name: file(files[name]) if name in files else None, MEMORY.parse)
    return understood.program if understood.complete else None


@lru_cache(maxsize=8)
def beside(path: str) -> tuple[Program, ...]:
    """The policies that import one, read once."""
    return tuple(policies_beside(path))


def unconfirmed(trial: Trial, base: Program, comparison: Comparison) -> Iterator[str]:
    """The examples of a comparison that do not fail in the policy and pass in the mutant."""
    shown = [one for each in comparison.findings for one in each.witnesses if "\n  expect " in one.example]
    text = "\n\n".join(
        one.example.replace('example "', f'example "{number} of those shown: ', 1) for number, one in enumerate(shown)
    )
    if not shown:
        return
    for broken in (False, True):
        program = mutated(trial, base, examples=text, broken=broken)
        if program is None:
            yield "its examples do not compile"
            return
        for each in program.examples.values():
            if " of those shown: " in each.title and run_example(program, each).passed is not broken:
                yield f"does not {'pass in the mutant' if broken else 'fail in the policy'}: {each.title}"


def told(trial: Trial) -> Told | None:
    """What a comparison says of a mutant; None where it does not compile."""
    base = read_policy(trial.path).program
    assert base is not None
    head = mutated(trial, base)
    if head is None:
        return None
    beside(trial.path)
    signal.signal(signal.SIGPROF, stop)
    began = time.process_time()
    signal.setitimer(signal.ITIMER_PROF, trial.limit * PATIENCE)
    try:
        until = time.monotonic() + trial.limit
        comparison = compare(base, head, beside=partial(beside, trial.path), until=until)
    except TooLate:
        return Told(NOTHING, time.process_time() - began, why="it does not end in time")
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
    seconds = time.process_time() - began
    relation = relation_of(comparison)
    facts = trial.facts if relation == "equivalent" else trial.facts // LESS
    wrong = (
        *disagreements(base, head, comparison, facts, trial.mutant.offset),
        *unconfirmed(trial, base, comparison),
    )
    forget()
    open_ones = [each.bound for each in comparison.findings if each.relation in UNTOLD]
    return Told(relation, seconds, wrong, "; ".join(dict.fromkeys(map(cause, open_ones))))


def relation_of(comparison: Comparison) -> str:
    """How a mutant stands: as its designations do if they are told, else as whatever is told of it."""
    for kinds in (("designation",), None):
        found = {each.relation for each in comparison.findings if kinds is None or each.kind in kinds}
        if not found <= {"equivalent", *UNTOLD}:
            for relation in ("incomparable", "stricter", "looser"):
                if relation in found:
                    both = relation != "incomparable" and {"stricter", "looser"} <= found
                    return "incomparable" if both else relation
            return "different"
    return "equivalent" if found.isdisjoint(UNTOLD) else NOTHING


def cause(bound: str) -> str:
    """What kind of bound a rule that cannot be told has."""
    if bound.startswith("none found"):
        return "no rows were found that show a difference, and none is not proved"
    return "time" if bound == "time" else bound.partition(":")[0]


def row(name: str, answers: list[Told]) -> str:
    """A line of the table."""
    counts = [sum(each.relation == relation for each in answers) for relation in RELATIONS]
    partly = sum(bool(each.why) and each.relation != NOTHING for each in answers)
    seconds = sorted(each.seconds for each in answers)
    median, late = statistics.median(seconds), seconds[min(len(seconds) - 1, len(seconds) * 95 // 100)]
    numbers = " | ".join(map(str, (len(answers), *counts, partly)))
    return f"| `{name}` | {numbers} | {median:.2f} s | {late:.2f} s |"


def kept(path: Path | None) -> dict[str, Told | None]:
    """What earlier runs with the same file told, by the key of the mutant."""
    found: dict[str, Told | None] = {}
    for line in path.read_text("utf-8").splitlines() if path is not None and path.exists() else ():
        key, answer = json.loads(line)
        found[json.dumps(key)] = None if answer is None else Told(**{**answer, "wrong": tuple(answer["wrong"])})
    return found


def all_told(chosen: list[Trial], given: argparse.Namespace) -> Iterator[tuple[Trial, Told | None]]:
    """Each trial with what is told of it, as soon as it is, until enough compile; what an earlier run told is not asked
    again."""
    known = kept(given.keep)
    asked = [each for each in chosen if json.dumps(each.key) not in known]
    left = given.number
    for each in chosen:
        if json.dumps(each.key) in known and left > 0:
            left -= known[json.dumps(each.key)] is not None
            yield each, known[json.dumps(each.key)]
    until = time.monotonic() + given.time_limit
    with ProcessPoolExecutor(given.processes) as pool:
        running = {pool.submit(told, each): each for each in asked} if left > 0 else {}
        for done in as_completed(running):
            if done.cancelled():
                continue
            trial, answer = running[done], done.result()
            if given.keep is not None:
                with given.keep.open("a", encoding="utf-8") as file:
                    file.write(json.dumps([trial.key, None if answer is None else asdict(answer)]) + "\n")
            yield trial, answer
            left -= answer is not None
            if left <= 0 or time.monotonic() >= until:  # those that are begun are waited for
                for waiting in running:
                    waiting.cancel()


def by_cause(untold: Iterable[tuple[Trial, Told]]) -> Iterator[str]:
    """The mutants of which nothing can be told, by cause."""
    causes: dict[str, list[Trial]] = defaultdict(list)
    for trial, answer in untold:
        causes[answer.why].append(trial)
    for why, some in sorted(causes.items(), key=lambda counted: -len(counted[1])):
        yield f"nothing told of {len(some)}: {why}"
        yield from (f"    {each}" for each in sorted(map(str, some)))


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("policies", nargs="*", type=Path)
    parser.add_argument("--number", type=int, default=1_000, help="so many that compile")
    parser.add_argument("--each", type=int, help="of each file so many at the most")
    parser.add_argument("--facts", type=int, default=500, help="random facts for what is equivalent")
    parser.add_argument("--limit", type=int, default=20, help="seconds for one comparison")
    parser.add_argument("--processes", "--jobs", type=int, default=2)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--time-limit", type=int, default=86_400, help="seconds, after which no more are waited for")
    parser.add_argument("--keep", type=Path, help="a file of what is told, which another run goes on with")
    given = parser.parse_args()
    every = list(trials(given.policies or sorted(POLICIES.glob("*.attain")), given.facts, given.limit))
    chosen = chosen_from(every, given.each, given.seed)
    found: list[tuple[Trial, Told]] = []
    left_out = 0
    for trial, answer in all_told(chosen, given):
        if answer is None:
            left_out += 1
            continue
        found.append((trial, answer))
        if answer.why:
            print(f"{answer.relation}: {trial}    {answer.why}")
        for each in answer.wrong:
            print(f"WRONG: {trial}    {each}")
        untold = sum(each.relation == NOTHING for _, each in found)
        most = min(given.number, len(chosen) - left_out)
        print(f"{len(found)} of {most}, nothing told of {untold}", file=sys.stderr, flush=True)
        sys.stdout.flush()
    files: dict[str, list[Told]] = defaultdict(list)
    for trial, answer in found:
        files[Path(trial.changed).stem].append(answer)
    print(f"| file | mutants | {' | '.join(RELATIONS)} | of those told, partly | median | 95th percentile |")
    print(f"|---|{'--:|' * (len(RELATIONS) + 4)}")
    for name, answers in (*sorted(files.items()), ("all", [answer for _, answer in found])):
        print(row(name, answers))
    print("\n".join(by_cause((trial, answer) for trial, answer in found if answer.relation == NOTHING)))
    wrong = sum(bool(answer.wrong) for _, answer in found)
    print(f"{left_out} do not compile; {wrong} of which something is told wrongly")
    return int(wrong > 0)


if __name__ == "__main__":
    sys.exit(main())
