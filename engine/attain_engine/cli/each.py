"""Questions about many organisations: `assess --each`, `plan --each` and `diff --facts`."""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import click

from attain_compiler.model.program import Program
from attain_engine.cli.day import day_given
from attain_engine.cli.exit_codes import BAD_INPUT
from attain_engine.cli.output import write_output
from attain_engine.many import Asked, Edition, Effect, each_organisation, effects, organisations_in
from attain_engine.many.rows import Row
from attain_engine.report.many_text import counted, many_csv, many_json, many_text

STANDING = ("facts", "organisation", "designation", "verdict", "award", "total")
PLANNED = ("facts", "organisation", "status", "cost", "changes", "ready", "steps")
EFFECT = ("facts", "organisation", "designation", "effect", "base", "head", "points")


def each_given(
    program: Program,
    folder: str,
    as_of: str | None,
    readings: Mapping[str, str],
    processes: int | None,
    seconds: int | None = None,
) -> list[Row]:
    """The rows of every organisation of a folder, for one policy; with `seconds`, the cheapest plan of each."""
    asked = Asked((Edition.of(program),), None if as_of is None else day_given(as_of), dict(readings), seconds)
    return [row for found in _progress(asked, _paths(folder), processes) for row in found[0]]


def effects_given(base: Program, head: Program, folder: str, as_of: str | None, processes: int | None) -> list[Effect]:
    """What another edition of a policy means for the organisations of a folder."""
    asked = Asked((Edition.of(base), Edition.of(head)), None if as_of is None else day_given(as_of))
    tiers = {each.name: [tier.name for tier in each.tiers] for each in head.designations.values()}
    found: list[Effect] = []
    for before, after in _progress(asked, _paths(folder), processes):
        found += effects(before, after, tiers)
    return found


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


def _paths(folder: str) -> list[Path]:
    found = organisations_in(Path(folder))
    if not found:
        raise click.UsageError(f"there are no facts in `{folder}`: each file or folder in it is one")
    return found


def _progress(asked: Asked, paths: Sequence[Path], processes: int | None) -> Any:
    """The rows of each organisation; on a terminal, how many are done."""
    shown = sys.stderr.isatty()
    for done, rows in enumerate(each_organisation(asked, paths, processes or os.cpu_count() or 1), start=1):
        if shown:
            click.echo(f"\r{done:,} of {len(paths):,} organisations", nl=done == len(paths), err=True)
        yield rows
