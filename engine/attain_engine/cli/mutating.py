"""`attain test --mutate`: would an example notice if the policies were broken?"""

from __future__ import annotations

import multiprocessing
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

import click

from attain_compiler.diagnostics.model import Diagnostic, Severity
from attain_compiler.frozen import frozen
from attain_engine.check.mutate import Mutant, mutants
from attain_engine.check.noticing import Suite, Trial, suites
from attain_engine.check.survivors import Explanation, explanations, idle
from attain_engine.check.tested import TestedPolicy, decides
from attain_engine.policies import find_policies, read_policy

SURVIVORS = "survivors.toml"


@frozen
class Mutated:
    """How mutants fared: how many there are and were tried, and which survived without and with an explanation.
    `idle` explanations explain nothing."""

    mutants: int
    tried: int
    unexplained: tuple[Mutant, ...]
    explained: int
    idle: tuple[Explanation, ...]

    @property
    def survived(self) -> int:
        """How many no example notices."""
        return len(self.unexplained) + self.explained

    @property
    def outcome(self) -> str:
        """All of it in a line."""
        share = f" ({(self.tried - self.survived) * 1000 // self.tried / 10} %)" if self.tried else ""
        untried = f", {self.mutants - self.tried:,} not tried in the time" if self.tried < self.mutants else ""
        return (
            f"{self.tried - self.survived:,} of {self.tried:,} mutants noticed{share}, {self.survived:,} survive, "
            f"{self.explained:,} of them explained{untried}"
        )

    @property
    def remarks(self) -> tuple[Diagnostic, ...]:
        """A warning for each mutant that survives unexplained."""
        return tuple(
            Diagnostic(
                "mutant-survives",
                f"no example notices if `{each.found}` becomes `{each.instead}`"
                if each.instead
                else "no example notices if this line is left out",
                each.span,
                severity=Severity.WARNING,
            )
            for each in self.unexplained
        )


def mutate(policies: Sequence[TestedPolicy], survivors: str | None, processes: int, until: float) -> Mutated:
    """Break the policies in every way, as long as the clock (`time.monotonic`) has not come to `until`. Examples of the
    policies in the same folders look on."""
    known = _explanations(policies, survivors)
    programs = [each.policy.program for each in policies if each.policy.program is not None]
    folders = {str(Path(each.policy.path).parent) for each in policies if Path(each.policy.path).is_file()}
    beside = [read_policy(path).program for path in find_policies(sorted(folders))]
    compiled = [*programs, *(each for each in beside if each is not None)]
    looking = suites(compiled)
    broken = [
        mutant
        for program in programs
        if decides(program) or program.tables
        for mutant in mutants(program.files[program.policies[program.main].span.path])
    ]
    tried, alive = 0, list[Mutant]()
    for mutant, noticed in _tried(broken, looking, processes, until):
        tried += 1
        if not noticed:
            alive.append(mutant)
    alive.sort(key=lambda each: (each.path, each.offset, each.instead))
    unexplained = tuple(each for each in alive if not any(one.explains(each) for one in known))
    everywhere = frozenset(module for program in compiled for module in program.policies)
    all_tried = frozenset(each.policy for each in broken) if tried == len(broken) else frozenset()
    return Mutated(
        len(broken), tried, unexplained, len(alive) - len(unexplained), idle(known, alive, all_tried, everywhere)
    )


def _explanations(policies: Sequence[TestedPolicy], given: str | None) -> tuple[Explanation, ...]:
    """The explanations in the file that is given, or else in those beside the policies."""
    beside = sorted({Path(each.policy.path).parent / SURVIVORS for each in policies})
    paths = [Path(given)] if given is not None else [each for each in beside if each.is_file()]
    found: list[Explanation] = []
    for path in paths:
        try:
            found += explanations(path.read_text(encoding="utf-8"))
        except ValueError as problem:  # of TOML and of UTF-8 too
            raise click.UsageError(f"`{path}` is no file of survivors: {problem}") from None
    return tuple(found)


_trial: Trial | None = None


def _prepare(looking: tuple[Suite, ...]) -> None:
    global _trial
    _trial = Trial(looking)


def _try(mutant: Mutant) -> tuple[Mutant, bool]:
    assert _trial is not None
    return mutant, _trial.notices(mutant)


def _tried(
    broken: Sequence[Mutant], looking: tuple[Suite, ...], processes: int, until: float
) -> Iterator[tuple[Mutant, bool]]:
    """Each mutant that could be tried in the time, and whether it was noticed."""
    if processes == 1 or len(broken) < 2 * processes:
        _prepare(looking)
        for mutant in broken:
            if time.monotonic() > until:
                return
            yield _try(mutant)
        return
    with multiprocessing.get_context("spawn").Pool(processes, _prepare, (looking,)) as pool:
        results = pool.imap_unordered(_try, broken)
        for _ in broken:
            try:
                yield results.next(timeout=max(0.0, until - time.monotonic()))
            except multiprocessing.TimeoutError:
                return
