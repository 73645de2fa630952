"""Random policies and facts: the compiled rules against the evaluator and the oracle's interpreter.

    python bench/rules_against_evaluator.py N [FIRST]

tries N cases (a case is a small random policy on random facts, complete or with gaps), beginning with the policy of the
seed FIRST (1,000, past those of the test run), on all processors. It prints every disagreement and every exception,
then how many cases there were, and fails if there was one. ATTAIN_PROCESSES sets how many processes it takes.
"""

from __future__ import annotations

import os
import sys
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path
from time import monotonic

sys.path.insert(0, str(Path(__file__).parents[1]))

from tests.asp.many_cases import FACTS_OF_A_POLICY, cases

PAST_THE_TESTS = 1_000


def tried(seed: int) -> tuple[int, list[str]]:
    """How many cases there were of a seed, and what was found."""
    every: list[tuple[str, list[str]]] = []
    try:
        every.extend(cases(seed))
    except Exception as problem:  # whatever it is, the others are tried all the same
        every.append((f"seed {seed}, after {len(every)} organisations", [repr(problem)]))
    return len(every), [f"{name}: {'; '.join(found)}" for name, found in every if found]


def main() -> int:
    """Try the cases and say what was found."""
    wanted = int(sys.argv[1])
    seed = int(sys.argv[2]) if len(sys.argv) > 2 else PAST_THE_TESTS
    processes = int(os.environ.get("ATTAIN_PROCESSES", os.cpu_count() or 1))
    began, count, wrong, policies = monotonic(), 0, 0, 0
    with ProcessPoolExecutor(processes) as pool:
        while count < wanted:
            # Some policies have no answer for some facts: those are no cases, so there may be more to try.
            more = max(1, -(-(wanted - count) // FACTS_OF_A_POLICY))
            for number, found in pool.map(tried, range(seed, seed + more), chunksize=5):
                if (count + number) // 5_000 > count // 5_000:
                    print(f"{count + number:,} so far", file=sys.stderr, flush=True)
                count, wrong, policies = count + number, wrong + len(found), policies + 1
                for line in found:
                    print(line, flush=True)
            seed += more
    print(f"{count:,} cases of {policies:,} policies, {wrong} with a disagreement, {monotonic() - began:.0f} s")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
