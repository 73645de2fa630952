"""Random policies and facts: the compiled rules against the evaluator.

    python bench/rules_against_evaluator.py FIRST LAST

tries the seeds from FIRST up to LAST, on complete facts and on facts with gaps, and prints every disagreement, then how
many cases there were. Run several at once on several processors.
"""

from __future__ import annotations

import sys
from pathlib import Path
from time import monotonic

sys.path.insert(0, str(Path(__file__).parents[1]))

from tests.asp.test_rules_agree import random_disagreements
from tests.oracle.facts_generator import Size


def main() -> None:
    """Try the seeds and say what was found."""
    first, last = int(sys.argv[1]), int(sys.argv[2])
    began, cases, wrong = monotonic(), 0, 0
    for seed in range(first, last):
        for size, unpublished in (
            (Size(given=0.2), False),
            (Size(unknown=0.5), True),
            (Size(absent=0.3, given=0.5), False),
        ):
            found = random_disagreements(seed, size, unpublished=unpublished)
            cases += 1
            wrong += bool(found)
            if found:
                print(f"seed {seed}, {size}: {'; '.join(found)}", flush=True)
    print(f"{cases} cases, {wrong} with a disagreement, {monotonic() - began:.0f} s")


if __name__ == "__main__":
    main()
