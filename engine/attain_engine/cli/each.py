"""Questions about many organisations: `assess --each`, `plan --each` and `diff --facts`."""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import click

from attain_compiler.model.program import Program
from attain_engine.cli.console import console
from attain_engine.cli.day import day_given
from attain_engine.cli.exit_codes import BAD_INPUT
from attain_engine.cli.limits import allow_for_each
from attain_engine.cli.output import write_output
from attain_engine.facts import TablesOfMany
from attain_engine.many import (
    Asked,
    Edition,
    Effect,
    Tables,
    Whom,
    each_organisation,
    effects,
    organisations_in,
    plan_effect,
)
from attain_engine.many.rows import Row
from attain_engine.report.facts_text import problems_text
from attain_engine.report.many_text import counted, many_csv, many_json, many_text

STANDING = ("facts", "organisation", "designation", "verdict", "award", "total")
PLANNED = ("facts", "organisation", "status", "cost", "changes", "ready", "steps")
EFFECT = ("facts", "organisation", "designation", "effect", "base", "head", "points", "cost")


def each_given(
    program: Program,
    facts: str,
    as_of: str | None,
    readings: Mapping[str, str],
    processes: int | None,
    seconds: int | None = None,
    column: str | None = None,
) -> list[Row]:
    """The rows of every organisation of a folder, or of tables where a `column` says whom a row is about, for one
    policy; with `seconds`, the cheapest plan of each."""
    asked = _asked((Edition.of(program),), facts, as_of, column, readings=dict(readings), seconds=seconds)
    return [row for found in _progress(asked, _whom(program, facts, column), processes) for row in found[0]]


def effects_given(
    base: Program,
    head: Program,
    facts: str,
    as_of: str | None,
    processes: int | None,
    column: str | None = None,
    seconds: int | None = None,
) -> list[Effect]:
    """What another edition of a policy means for organisations; with `seconds`, also for the cheapest plan of each,
    which is looked for so long in either edition."""
    asked = _asked((Edition.of(base), Edition.of(head)), facts, as_of, column)
    tiers = {each.name: [tier.name for tier in each.tiers] for each in head.designations.values()}
    whom = _whom(head, facts, column)
    found = [effects(before, after, tiers) for before, after in _progress(asked, whom, processes)]
    if seconds is not None:
        plans = _progress(replace(asked, seconds=seconds), whom, processes)
        for rows, ((before,), (after,)) in zip(found, plans, strict=True):
            rows.append(plan_effect(before, after))
    return [row for rows in found for row in rows]


def _asked(editions: tuple[Edition, ...], facts: str, as_of: str | None, column: str | None, **more: Any) -> Asked:
    on = None if as_of is None else day_given(as_of)
    return Asked(editions, on, tables=None if column is None else Tables(Path(facts), column), **more)


def write_rows(
    rows: Sequence[Row], kind: str, columns: Sequence[str], by: str, output_format: str, output_file: str | None
) -> None:
    """Write the rows in a format, and say how many there are of each kind."""
    summary = counted(rows, by)
    match output_format:
        case "json":
            write_output(many_json(rows, kind, summary), output_file)
        case "csv":
            write_output(many_csv(rows, columns), output_file)
        case _:
            write_output(many_text(rows, columns), output_file)
    told = ", ".join(f"{number:,} {each}" for each, number in summary.items())
    organisations = len({each.facts for each in rows})
    click.echo(f"{organisations:,} organisation{'' if organisations == 1 else 's'}: {told}", err=True)


def exit_code(rows: Sequence[Row]) -> int:
    """0 where each organisation has an answer, else that of bad input."""
    return BAD_INPUT if any(each.problem for each in rows) else 0


def _whom(program: Program, facts: str, column: str | None) -> list[Whom]:
    """The organisations of a folder or, with a `column`, of tables; mistakes in the tables as a whole are reported, and
    end the command."""
    path = Path(facts)
    if column is None:
        if not path.is_dir():
            raise click.UsageError(f"`{facts}` is no folder: tables of many organisations need `--organisation-column`")
        found = organisations_in(path)
        if not found:
            raise click.UsageError(
                f"there are no facts in `{facts}`: each file or folder in it is one; of tables that hold many, name "
                "the column that says whom a row is about: `--organisation-column COLUMN`"
            )
        return list(found)
    tables = TablesOfMany(program, path, column)
    sys.stderr.write(problems_text((*tables.problems, *tables.remarks), console(sys.stderr)))
    if tables.problems:
        raise click.exceptions.Exit(BAD_INPUT)
    if not tables.names:
        raise click.UsageError(f"the tables of `{facts}` have no rows")
    return list(tables.names)


def _progress(asked: Asked, whom: Sequence[Whom], processes: int | None) -> Any:
    """The rows of each organisation; on a terminal, how far it is."""
    allow_for_each(len(whom) * len(asked.editions))
    found = each_organisation(asked, whom, processes or os.cpu_count() or 1)
    if not sys.stderr.isatty():
        yield from found
        return
    with click.progressbar(
        found, length=len(whom), label="organisations", show_pos=True, show_percent=False, file=sys.stderr
    ) as shown:
        yield from shown
