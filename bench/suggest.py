"""What `attain test --suggest` finds for the shipped policies without their examples, and what it is worth.

    python bench/suggest.py                          every shipped policy; the table is printed
    python bench/suggest.py --write                  the table goes into docs/ci.md
    python bench/suggest.py --keep build policies/hosting.attain

Of each policy that decides something, the examples are left out; those that are suggested within `--seconds` of
processor time (as the table says it too: a busy machine tells the same) are compiled and run, and it is measured how
much of the policy's own file, and of this and all that it rests on in other files, they decide both ways, and how many
of `--mutants` mutants, chosen evenly from those of the policy's own file, they notice. Mutants of what only plans read
are left aside, for no example that is suggested asks for a plan. `--keep FOLDER` keeps the suggested examples, what
stays undecided and the mutants that survive.
"""

from __future__ import annotations

import argparse
import sys
import time
from dataclasses import dataclass, replace
from pathlib import Path
from types import SimpleNamespace

sys.path.insert(0, str(Path(__file__).parents[1]))

from bench.mutants import broken, evenly, only_planned
from bench.tables import written_between

from attain_compiler.model.program import Program
from attain_compiler.source import SourceFile
from attain_engine.check.coverage import coverage, per_mille
from attain_engine.check.mutate import Mutant
from attain_engine.check.noticing import Suite, Trial
from attain_engine.check.tested import decides, own_examples
from attain_engine.policies import find_policies, read_policy
from attain_engine.report.coverage_text import said
from attain_engine.solve import deadline
from attain_engine.suggest import suggest
from attain_engine.suggest.written import policy as written

ROOT = Path(__file__).parents[1]
PAGE = ROOT / "docs" / "ci.md"


@dataclass(frozen=True)
class Figures:
    """What the suggestions for one policy are worth: tenths of a percent of the places in its own file (`own`) and of
    these and all that it rests on (`covered`), and so many mutants."""

    policy: str
    examples: int
    own: int
    covered: int
    noticed: int
    tried: int
    seconds: float
    complete: bool


def without_examples(program: Program) -> Program:
    """The policy as it is, but for its own examples."""
    own = {each.id for each in own_examples(program)}
    return replace(program, examples={name: each for name, each in program.examples.items() if name not in own})


def figures(program: Program, seconds: int, most: int, keep: Path | None) -> Figures:
    """Suggest examples for a policy, and see what they decide and notice."""
    began = time.process_time()
    found = suggest(program, (), began + seconds)
    took = time.process_time() - began
    read = written(program, found.found).read
    assert read.program is not None, read.diagnostics
    asked = {(each.kind, each.span) for each in found.places}
    places = [each for each in coverage([read.program]) if (each.kind, each.span) in asked]
    own = program.files[program.policies[program.main].span.path]
    chosen = evenly(broken(program, only_planned([program])), most)
    modules = {name: read.program.files[each.span.path] for name, each in read.program.policies.items()}
    trial = Trial((Suite(read.path, modules),))
    alive = [each for each in chosen if not trial.notices(each)]
    if keep is not None:
        _keep(keep, program.main, read.files[read.path], alive, own)
        lines = []
        for place in places:
            if place.missing:
                source = program.files[place.span.path]
                line, _ = source.line_and_column(place.span.start)
                text = " ".join(source.slice(place.span).split())
                lines.append(f"{place.span.path}:{line}: {place.kind}: {text[:100]}: {said(place)}\n")
        (keep / f"{program.main}.undecided").write_text("".join(lines), "utf-8")
    examples = len(own_examples(read.program))
    noticed = len(chosen) - len(alive)
    inside = per_mille(each for each in places if each.span.path == own.path)
    return Figures(program.main, examples, inside, per_mille(places), noticed, len(chosen), took, found.complete)


def _keep(folder: Path, name: str, examples: SourceFile, alive: list[Mutant], own: SourceFile) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    (folder / f"{name}_suggested_examples.attain").write_text(examples.text, "utf-8")
    told = (f"{own.line_and_column(each.offset)[0]}: {each.change}: {each.line}\n" for each in alive)
    (folder / f"{name}.survivors").write_text("".join(told), "utf-8")


def table(found: list[Figures]) -> str:
    """The figures as Markdown."""
    lines = [
        "| policy | examples | decided both ways | and of what it rests on | mutants noticed | seconds |\n",
        "|---|--:|--:|--:|--:|--:|\n",
    ]

    def percent(share: int) -> str:
        return f"{share // 10}.{share % 10} %"

    for each in found:
        noticed = each.noticed * 1000 // each.tried if each.tried else 1000
        ended = "" if each.complete else ", ended by the limit"
        lines.append(
            f"| `{each.policy}` | {each.examples} | {percent(each.own)} | {percent(each.covered)} | "
            f"{percent(noticed)} of {each.tried} | {each.seconds:.0f}{ended} |\n"
        )
    return "".join(lines)


def main() -> int:
    deadline.time = SimpleNamespace(monotonic=time.process_time)  # type: ignore[attr-defined,assignment]
    parser = argparse.ArgumentParser(description="What `attain test --suggest` is worth on the shipped policies.")
    parser.add_argument("paths", nargs="*", help="policies (default: all that are shipped)")
    parser.add_argument("--seconds", type=int, default=120, help="for the suggestions of each policy")
    parser.add_argument("--mutants", type=int, default=100, help="so many of each policy, chosen evenly")
    parser.add_argument("--keep", type=Path, help="a folder to keep what was found in")
    parser.add_argument("--write", action="store_true", help="write the table into docs/ci.md")
    given = parser.parse_args()
    found = []
    for path in given.paths or find_policies([str(ROOT / "policies")]):
        program = read_policy(path).program
        if program is None or not decides(program) or program.policies[program.main].is_library:
            continue
        found.append(figures(without_examples(program), given.seconds, given.mutants, given.keep))
        print(table(found[-1:]).splitlines()[-1], flush=True)
    if given.write:
        written_between(PAGE, "suggested", table(found))
    return 0


if __name__ == "__main__":
    sys.exit(main())
