"""How many mutants of the shipped policies their examples notice, and how many of the others are explained.

    python bench/mutants.py --kept build/mutants.json            every shipped policy; a table is printed
    python bench/mutants.py --kept build/mutants.json --write    the table goes into docs/ci.md
    python bench/mutants.py --kept build/mutants.json --survivors policies/life_project.attain

The mutants of `attain test --mutate` are tried, in one process: hours for all of them. `--most` chooses so many of each
policy evenly. What came out is written to `--kept` as it goes, and what stands there of a policy whose text is the same
is not tried again; with `--survivors` those that no example noticed are, which is enough after examples were added.
`--seconds` ends the run in time; what was not tried then is left for the next. `--show` lists the survivors that
nothing explains.

What examples expect of plans is looked at with `--plans` only, which takes long: without it mutants of what only plans
read are left aside (changes, what they cost, whether figures continue), and a mutant of a rule that only a plan notices
counts as one that survives.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import sys
import time
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parents[1]))

from bench.tables import written_between

from attain_compiler.model.program import Program
from attain_engine.check.examples import PLAN_SECONDS
from attain_engine.check.mutate import Mutant, mutants
from attain_engine.check.noticing import Trial, suites
from attain_engine.check.survivors import Explanation, explanations
from attain_engine.check.tested import decides
from attain_engine.compare.editions import mentioned
from attain_engine.policies import find_policies, read_policy

ROOT = Path(__file__).parents[1]
PAGE = ROOT / "docs" / "ci.md"
SURVIVORS = ROOT / "policies" / "survivors.toml"

Kept = dict[str, dict[str, Any]]
"""By the path of a policy the hash of its `text`, and by mutant whether it was `noticed`."""


def broken(program: Program, planned: frozenset[str] = frozenset()) -> tuple[Mutant, ...]:
    """The mutants of a policy's own file but for those of what is only `planned`; none of a file that decides nothing
    and has no tables."""
    path = program.policies[program.main].span.path
    if not decides(program) or "_examples" in path:
        return ()

    def left_aside(mutant: Mutant) -> bool:
        kind, _, name = mutant.declaration.partition(" ")
        continues = kind == "record" and mutant.line.startswith("continues ")
        return continues or f"{program.main}.{name}" in planned

    return tuple(each for each in mutants(program.files[path]) if not (planned and left_aside(each)))


def only_planned(programs: Iterable[Program]) -> frozenset[str]:
    """The ids of changes, and of what nothing else rests on that these programs decide, claim, report or expect."""
    below: dict[str, set[str]] = {}
    changes, others = set[str](), set[str]()
    for each in programs:
        changes |= each.changes.keys()
        for deciding in (each.scores, each.designations, each.exclusions, each.claims, each.reports, each.examples):
            others |= deciding.keys()
        whole = (each.defines, each.measures, each.tables, each.scores, each.designations, each.exclusions)
        for declared in (*whole, each.claims, each.reports, each.examples, each.changes):
            for name, one in declared.items():
                below[name] = {found.removesuffix(" rows") for found in mentioned(one)}
    return frozenset(_reached(changes, below) - _reached(others, below))


def _reached(names: Iterable[str], below: Mapping[str, set[str]]) -> set[str]:
    found, left = set[str](), list(names)
    while left:
        name = left.pop()
        if name not in found:
            found.add(name)
            left += below.get(name, ())
    return found


def evenly(listed: Sequence[Mutant], most: int | None) -> Sequence[Mutant]:
    """So many of the mutants, chosen evenly."""
    if most is None or len(listed) <= most:
        return listed
    return [listed[place * len(listed) // most] for place in range(most)]


def name_of(mutant: Mutant) -> str:
    """What a mutant is kept under: its place and what it does."""
    return f"{mutant.offset} {mutant.change if mutant.instead else 'left out'}"


def try_them(
    path: str, listed: Sequence[Mutant], trial: Trial, kept: Kept, again: bool, until: float, file: Path | None
) -> None:
    """Try the mutants that nothing is known of (and `again` those that survived), and keep what came out."""
    text = hashlib.sha256((ROOT / path).read_bytes()).hexdigest()
    here = kept.get(path)
    if here is None or here["text"] != text:
        here = kept[path] = {"text": text, "noticed": {}}
    noticed: dict[str, bool] = here["noticed"]
    for number, each in enumerate(listed):
        known = noticed.get(name_of(each))
        if known or (known is False and not again) or time.monotonic() > until:
            continue
        noticed[name_of(each)] = trial.notices(each)
        if file is not None and (number % 20 == 0):
            _save(file, kept)


def _save(file: Path, kept: Kept) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    beside = file.with_suffix(".new")
    beside.write_text(json.dumps(kept, indent=1), "utf-8")
    beside.replace(file)


def survivors(listed: Sequence[Mutant], noticed: Mapping[str, bool]) -> list[Mutant]:
    return [each for each in listed if noticed.get(name_of(each)) is False]


def row(path: str, listed: Sequence[Mutant], noticed: Mapping[str, bool], known: Sequence[Explanation]) -> str:
    """A line of the table."""
    tried = sum(name_of(each) in noticed for each in listed)
    if not tried:
        return f"| `{path}` | {len(listed)} (none tried) | | | |\n"
    alive = survivors(listed, noticed)
    explained = sum(any(one.explains(each) for one in known) for each in alive)
    share = (tried - len(alive)) * 1000 // tried
    missing = f" (of {tried} tried)" if tried < len(listed) else ""
    told = f"{share // 10}.{share % 10} %"
    return f"| `{path}` | {len(listed)}{missing} | {told} | {explained} | {len(alive) - explained} |\n"


HEAD = "| policy | mutants | noticed | survive, explained | survive, not explained |\n|---|--:|--:|--:|--:|\n"


def main() -> int:
    parser = argparse.ArgumentParser(description="How many mutants of the shipped policies are noticed.")
    parser.add_argument("paths", nargs="*", help="policies (default: all that are shipped)")
    parser.add_argument("--kept", type=Path, help="where what came out is kept")
    parser.add_argument("--survivors", action="store_true", help="try again those that no example noticed")
    parser.add_argument("--seconds", type=float, default=float("inf"), help="the run ends after so long")
    parser.add_argument("--most", type=int, help="so many mutants of each policy, chosen evenly")
    parser.add_argument("--plans", action="store_true", help="also mutants of changes, and what is expected of plans")
    parser.add_argument("--show", action="store_true", help="list the survivors that nothing explains")
    parser.add_argument("--write", action="store_true", help="write the table into docs/ci.md")
    given = parser.parse_args()
    os.chdir(ROOT)
    file = given.kept.resolve() if given.kept is not None else None
    kept: Kept = json.loads(file.read_text("utf-8")) if file is not None and file.is_file() else {}
    until = time.monotonic() + given.seconds
    found = {path: read_policy(path).program for path in find_policies(["policies"])}
    programs = {path: each for path, each in found.items() if each is not None}
    known = explanations(SURVIVORS.read_text("utf-8"))
    trial = Trial(suites(programs.values()), PLAN_SECONDS if given.plans else 0)
    planned = frozenset[str]() if given.plans else only_planned(programs.values())
    lines = []
    for path in [str(Path(each)) for each in given.paths] or sorted(programs):
        listed = broken(programs[path], planned)
        if not listed:
            continue
        try_them(path, evenly(listed, given.most), trial, kept, given.survivors, until, file)
        noticed = kept[path]["noticed"]
        lines.append(row(path, listed, noticed, known))
        print(lines[-1], end="", flush=True)
        if given.show:
            text = programs[path].files[path]
            for each in survivors(listed, noticed):
                if not any(one.explains(each) for one in known):
                    line, _ = text.line_and_column(each.span.start)
                    print(f"  {line}: {each.declaration}: {each.change if each.instead else 'left out'}: {each.line}")
        if file is not None:
            _save(file, kept)
    if given.write:
        written_between(PAGE, "mutants", HEAD + "".join(lines))
    return 0


if __name__ == "__main__":
    sys.exit(main())
