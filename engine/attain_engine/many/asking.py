"""Asking each organisation in turn, several at once in processes of their own. What one fails with is its own row."""

from __future__ import annotations

import datetime
import multiprocessing
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeAlias

from attain_compiler.asp import TooLarge
from attain_compiler.model.calendar import OutsideTheCalendar
from attain_compiler.model.program import Program, name_on
from attain_compiler.model.reaching import is_award_of_each
from attain_compiler.pipeline import understand_policy
from attain_compiler.source import SourceFile
from attain_compiler.syntax.again import Memory
from attain_engine.assess import assess, designations_of
from attain_engine.assess.models import Designation, Track
from attain_engine.evaluate import EvaluationProblem
from attain_engine.facts import Facts, FactsProblem, TablesOfMany, load_facts
from attain_engine.facts.from_text import UNPRINTABLE
from attain_engine.many.rows import Planned, Row, Standing
from attain_engine.open.quantities import TooFine
from attain_engine.plan import PlanProblem, Wishes, plan

Whom: TypeAlias = Path | str
"""An organisation: its file or folder, or its name in the tables of many."""

Named: TypeAlias = tuple[str, str]
"""The file or folder of an organisation, and what it is called there; in tables of many its name, twice."""


@dataclass(frozen=True, slots=True)  # goes from one process to another
class Tables:
    """Tables that hold many organisations: the folder, workbook or database, and the `column` that says whom a row is
    about."""

    path: Path
    column: str


@dataclass(frozen=True, slots=True)  # goes from one process to another
class Edition:
    """A policy as the files of all its modules, by their names."""

    path: str
    modules: Mapping[str, SourceFile]

    @staticmethod
    def of(program: Program) -> Edition:
        """The files of a program that was compiled."""
        modules = {name: program.files[each.span.path] for name, each in program.policies.items()}
        return Edition(program.policies[program.main].span.path, modules)

    def compiled(self, memory: Memory) -> Program:
        """The program again."""
        main = next(each for each in self.modules.values() if each.path == self.path)
        return understand_policy(main, lambda _, module: self.modules.get(module), memory.parse).program


@dataclass(frozen=True, slots=True)  # goes from one process to another
class Asked:
    """What is asked of each organisation: how it stands in each edition or, with `seconds`, the cheapest plan that is
    found there in that time. `on` is the assessment date (None: that of the facts). With `tables`, organisations are
    names in these."""

    editions: tuple[Edition, ...]
    on: datetime.date | None = None
    readings: Mapping[str, str] = field(default_factory=dict)
    seconds: int | None = None
    tables: Tables | None = None


def each_organisation(asked: Asked, whom: Sequence[Whom], processes: int) -> Iterator[tuple[tuple[Row, ...], ...]]:
    """For each organisation, in order, its rows in each edition."""
    if processes == 1 or len(whom) < 2 * processes:
        worker = _Worker(asked)
        yield from (worker(each) for each in whom)
        return
    with multiprocessing.get_context("spawn").Pool(min(processes, len(whom)), _prepare, (asked,)) as pool:
        yield from pool.imap(_ask, whom, chunksize=1 if asked.seconds is not None else 4)


_worker: _Worker | None = None


def _prepare(asked: Asked) -> None:
    global _worker
    _worker = _Worker(asked)


def _ask(whom: Whom) -> tuple[tuple[Row, ...], ...]:
    assert _worker is not None
    return _worker(whom)


class _Worker:
    """Asks organisations in one process; the policies are compiled once."""

    def __init__(self, asked: Asked) -> None:
        self.asked = asked
        memory = Memory()
        self.programs = tuple(each.compiled(memory) for each in asked.editions)
        tables = asked.tables
        self.sorted = tuple(TablesOfMany(each, tables.path, tables.column) for each in self.programs) if tables else ()

    def __call__(self, whom: Whom) -> tuple[tuple[Row, ...], ...]:
        return tuple(self._rows(number, whom) for number in range(len(self.programs)))

    def _loaded(self, number: int, whom: Whom) -> tuple[Facts | None, tuple[FactsProblem, ...]]:
        if isinstance(whom, Path):
            return load_facts(self.programs[number], whom)
        tables = self.sorted[number]
        return (None, tables.problems) if tables.problems else tables.facts(whom)

    def _rows(self, number: int, whom: Whom) -> tuple[Row, ...]:
        kind = Standing if self.asked.seconds is None else Planned
        program = self.programs[number]
        named = (UNPRINTABLE.sub("\ufffd", whom.name), "") if isinstance(whom, Path) else (whom, whom)
        try:
            facts, problems = self._loaded(number, whom)
        except OSError as problem:
            return (_without(kind, named, problem.strerror or str(problem)),)
        if facts is None or problems:
            more = f" (and {len(problems) - 1} more)" if len(problems) > 1 else ""
            return (_without(kind, named, f"{problems[0].message}{more}"),)
        named = named[0], facts.organisation
        on = self.asked.on or facts.as_of
        if on is None:
            return (_without(kind, named, "no assessment date: give `--as-of DATE`, or `as_of` in the facts"),)
        try:
            if self.asked.seconds is None:
                return _standings(program, facts, on, self.asked.readings, named)
            return (_planned(program, facts, on, self.asked.readings, named, self.asked.seconds),)
        except (EvaluationProblem, PlanProblem) as refused:
            return (_without(kind, named, refused.message),)
        except OutsideTheCalendar:
            return (_without(kind, named, "what is asked for leads to a date outside the years 1 to 9998"),)
        except (TooLarge, TooFine):
            return (_without(kind, named, "a change has more possible amounts, or costs, than can be searched"),)


def _without(kind: type[Standing] | type[Planned], named: Named, problem: str) -> Row:
    """The row of an organisation without an answer."""
    return kind(facts=named[0], organisation=named[1], problem=problem)


def _standings(
    program: Program, facts: Facts, on: datetime.date, readings: Mapping[str, str], named: Named
) -> tuple[Standing, ...]:
    answer = assess(program, facts, on, dict(readings), rows=False)
    found = []
    for each, declared in zip(answer.designations, designations_of(program), strict=True):
        found.append(_standing(named, each.name, each, each.track))
        if is_award_of_each(declared):
            found += [_standing(named, name_on(each.name, track.name), track, track) for track in each.tracks]
    return tuple(found)


def _standing(named: Named, name: str, decided: Designation | Track, track: Track) -> Standing:
    """The row of a designation, or of one track of it, with the total of a track."""
    first = track.scores[0] if track.scores else None
    return Standing(
        facts=named[0],
        organisation=named[1],
        designation=name,
        verdict=decided.verdict,
        award=decided.award,
        total=track.total or (first.total if first is not None else ""),
        total_exact=track.total_exact if track.total or first is None else first.total_exact,
    )


def _planned(
    program: Program,
    facts: Facts,
    on: datetime.date,
    readings: Mapping[str, str],
    named: Named,
    seconds: int,
) -> Planned:
    answer = plan(program, facts, on, dict(readings), wishes=Wishes(time_limit=seconds))
    if not answer.plans:
        return Planned(facts=named[0], organisation=named[1], status=answer.status)
    best = answer.plans[0]
    return Planned(
        facts=named[0],
        organisation=named[1],
        status=answer.status,
        cost=best.cost,
        cost_exact=best.cost_exact,
        changes=best.changes,
        ready=best.ready,
        steps="; ".join(each.text for each in best.steps),
    )
