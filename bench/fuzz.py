"""Random policies and facts until the time is up: every reading of them must say the same.

    python bench/fuzz.py --minutes 30 [--jobs 2] [--seed 1] [--keep build/fuzz]

Each seed is a policy that is tried in turn: what the oracle (tests/oracle, written a second time) says against the
evaluator and the verdicts, on complete facts, with unknown fields and figures, and with tables that were not given;
the compiled rules against the evaluator; the planner against all plans there are; the policy laid out and read again.
A case that fails is made smaller, declaration by declaration and row by row, and kept as a file in the folder `--keep`.
Ends with 1 where any failed. Without `--seed` the seeds are new each time; a kept file says its own.
"""

from __future__ import annotations

import argparse
import multiprocessing
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from random import Random, SystemRandom

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))

from tests.asp.agreement import disagreements as rules_disagreements
from tests.oracle.comparison import disagreements
from tests.oracle.compiled import compiled
from tests.oracle.facts_generator import Size, random_facts
from tests.oracle.planning_generator import random_planning_policy
from tests.oracle.policy_generator import random_policy
from tests.oracle.test_plans_against_engine import ON, plan_disagreements

from attain_compiler.model import program as model
from attain_compiler.source import SourceFile
from attain_compiler.syntax.format import format_source
from attain_compiler.syntax.parse import parse
from attain_engine.evaluate import EvaluationProblem
from attain_engine.facts.as_example import example_lines
from attain_engine.facts.model import Facts

Judge = Callable[[model.Program, Facts], list[str]]


@dataclass(frozen=True)
class Case:
    """A policy with facts, and who judges them: what is wrong, in lines."""

    kind: str
    seed: int
    policy: str
    facts: Facts


def of_oracle(program: model.Program, facts: Facts) -> list[str]:
    return disagreements(program, facts, ON, {})


def of_rules(program: model.Program, facts: Facts) -> list[str]:
    try:
        return rules_disagreements(program, facts, ON)
    except EvaluationProblem:
        return []


def of_plans(program: model.Program, facts: Facts) -> list[str]:
    tiers = program.designations["random.goal"].tiers
    return [
        line for tier in ([each.name for each in tiers] or [None]) for line in plan_disagreements(program, facts, tier)
    ]


def of_layout(program: model.Program, _: Facts) -> list[str]:
    (text,) = (each.text for each in program.files.values())
    laid_out = format_source(SourceFile("a.attain", text))
    before, after = (parse(SourceFile("a.attain", each))[0] for each in (text, laid_out))
    return [] if before == after else ["laid out, the policy reads otherwise"]


KINDS: dict[str, tuple[Judge, Size, bool]] = {
    "oracle": (of_oracle, Size(), False),
    "oracle, unknown": (of_oracle, Size(unknown=0.5), True),
    "oracle, not given": (of_oracle, Size(absent=0.3, given=0.5), False),
    "rules": (of_rules, Size(given=0.2), False),
    "rules, unknown": (of_rules, Size(unknown=0.5), True),
    "plans": (of_plans, Size(rows=3), False),
    "layout": (of_layout, Size(), False),
}


def case_of(kind: str, seed: int) -> Case:
    rng = Random(seed)
    _, size, unpublished = KINDS[kind]
    policy = random_planning_policy(rng) if kind == "plans" else random_policy(rng, unpublished=unpublished)
    return Case(kind, seed, policy, random_facts(compiled(policy), ON, rng, size))


def wrong(case: Case) -> list[str]:
    """What is wrong with a case; what none foresaw is wrong as well."""
    try:
        return KINDS[case.kind][0](compiled(case.policy), case.facts)
    except Exception as error:  # whatever it is, it is a finding
        return [f"{type(error).__name__}: {error}"]


def smaller(case: Case, found: list[str]) -> Case:
    """The case without what it fails without as well: declarations, then rows. It goes on failing in the same way."""
    sort = found[0].split(":")[0]

    def still(other: Case) -> bool:
        try:
            other = fitted(other)
        except AssertionError:
            return False
        return any(line.split(":")[0] == sort for line in wrong(other))

    shrunk = True
    while shrunk:
        shrunk = False
        for other in _less(case):
            if still(other):
                case, shrunk = fitted(other), True
                break
    return case


def fitted(case: Case) -> Case:
    """The case with the facts that its policy still has words for. Raises AssertionError where it has mistakes."""
    program = compiled(case.policy)
    tables = {record: rows for record, rows in case.facts.tables.items() if record in program.records}
    declared = {*program.measures, *program.defines}
    values = {key: value for key, value in case.facts.values.items() if key[0] in declared}
    return replace(case, facts=replace(case.facts, tables=tables, values=values))


def _less(case: Case) -> Iterator[Case]:
    blocks = case.policy.split("\n\n")
    for place in range(len(blocks) - 1, 0, -1):
        yield replace(case, policy="\n\n".join((*blocks[:place], *blocks[place + 1 :])))
    for record, rows in case.facts.tables.items():
        for place in range(len(rows)):
            tables = {**case.facts.tables, record: (*rows[:place], *rows[place + 1 :])}
            yield replace(case, facts=replace(case.facts, tables=tables))


def kept(case: Case, found: list[str]) -> str:
    """A failing case as a file: the policy, and its facts as an example."""
    lines = "\n".join(f"  {line}" for line in example_lines(compiled(case.policy), case.facts))
    said = "\n".join(f"# {line}" for line in found)
    return f'# {case.kind}, seed {case.seed}, on {ON}\n{said}\n{case.policy}\n\nexample "it"\n  on {ON}\n{lines}\n'


def tried(task: tuple[str, int]) -> tuple[str, int, list[str], str]:
    kind, seed = task
    case = case_of(kind, seed)
    found = wrong(case)
    if not found:
        return kind, seed, [], ""
    case = smaller(case, found)
    found = wrong(case)
    try:
        return kind, seed, found, kept(case, found)
    except Exception as error:  # facts that no example can say
        return kind, seed, found, f"# {case.kind}, seed {seed}: {error}\n{case.policy}\n# {case.facts}\n"


def main() -> int:
    """Try seeds until the time is up; say how many of each kind, and what failed."""
    ask = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ask.add_argument("--minutes", type=float, default=30)
    ask.add_argument("--jobs", type=int, default=multiprocessing.cpu_count())
    ask.add_argument("--seed", type=int, help="the first of the seeds")
    ask.add_argument("--keep", type=Path, default=ROOT / "build" / "fuzz")
    given = ask.parse_args()
    first = SystemRandom().randrange(10**9) if given.seed is None else given.seed
    began, number, failed = time.monotonic(), Counter[str](), 0
    tasks = ((kind, seed) for seed in range(first, first + 10**9) for kind in KINDS)
    print(f"seeds from {first}, with {given.jobs} processes, for {given.minutes:g} minutes")
    with multiprocessing.Pool(given.jobs) as pool:
        waiting = [pool.apply_async(tried, (next(tasks),)) for _ in range(2 * given.jobs)]
        while time.monotonic() - began < given.minutes * 60:
            kind, seed, found, text = waiting.pop(0).get()
            waiting.append(pool.apply_async(tried, (next(tasks),)))
            number[kind] += 1
            if found:
                failed += 1
                given.keep.mkdir(parents=True, exist_ok=True)
                path = given.keep / f"{kind.replace(', ', '-').replace(' ', '-')}-{seed}.attain"
                path.write_text(text, encoding="utf-8")
                print(f"{kind}, seed {seed}: {found[0]}\n  kept as {path}", flush=True)
        pool.terminate()
    for kind, count in number.items():
        print(f"{kind:20} {count:8,}")
    print(f"{sum(number.values()):,} cases in {time.monotonic() - began:.0f} s, {failed:,} failed")
    return int(failed > 0)


if __name__ == "__main__":
    sys.exit(main())
