"""`attain facts`: a workbook to fill in, every mistake in facts, and a proposal of a mapping."""

from __future__ import annotations

import shlex
import sys
from pathlib import Path
from typing import NoReturn

import click

from attain_engine.cli.console import color_option, console
from attain_engine.cli.exit_codes import BAD_INPUT
from attain_engine.cli.findings import program_given
from attain_engine.cli.group import Group
from attain_engine.cli.output import replace_file, write_output

_FOR_A_MAPPING = frozenset(
    {"facts-unknown-record", "facts-unknown-field", "facts-missing-column", "facts-unknown-value", "facts-bad-value"}
)
_NOT_FACTS = frozenset({"facts-unreadable", "facts-missing-extra", "facts-bad-file", "facts-too-large"})


@click.group("facts", cls=Group)
@color_option
def command() -> None:
    """Facts in spreadsheets and tables: a workbook to fill in, every mistake with its place, and a mapping for headers
    and formats of your own."""


@command.command("template")
@click.argument("policy", type=click.Path(allow_dash=True))
@click.option("-o", "--output-file", required=True, type=click.Path(dir_okay=False), help="The workbook to write.")
@click.option("--force", is_flag=True, help="Replace a file that is there.")
@color_option
def template_command(policy: str, output_file: str, force: bool) -> int:
    """Write an empty workbook with a sheet for each record of POLICY.

    Each column says in a note what it is; allowed values are drop-downs, and bounds are checked as you type.

    Exit codes: 0 done; 2 the policy has mistakes, or the file is there.
    """
    program = program_given(policy)
    from attain_engine.facts.cells import CannotRead
    from attain_engine.facts.template import template

    path = Path(output_file)
    if path.suffix.lower() != ".xlsx":
        raise click.UsageError(f"`{output_file}` is no workbook: its name ends with `.xlsx`")
    if path.exists() and not force:
        raise click.UsageError(f"`{output_file}` is there: remove it, choose another name, or give `--force`")
    if not program.records:
        raise click.UsageError("the policy has no records: give its measures with `--set`")
    try:
        content = template(program)
    except CannotRead as reason:
        _refuse(reason)
    replace_file(path, content)
    click.echo(f"wrote {output_file} with {len(program.records)} sheet{'' if len(program.records) == 1 else 's'}")
    return 0


@command.command("check")
@click.argument("policy", type=click.Path(allow_dash=True))
@click.argument("facts", type=click.Path(allow_dash=True))
@click.option("--mark", metavar="FILE", type=click.Path(dir_okay=False), help="Write a copy of the workbook, marked.")
@click.option("--strict", is_flag=True, help="Doubts count as mistakes.")
@click.option("--output-format", type=click.Choice(["full", "concise", "json"]), default="full", show_default=True)
@click.option("--output-file", type=click.Path(dir_okay=False), help="Write to this file instead of standard output.")
@color_option
def check_command(
    policy: str, facts: str, mark: str | None, strict: bool, output_format: str, output_file: str | None
) -> int:
    """List every mistake and every doubt in FACTS, with file, sheet, row and column.

    FACTS is a workbook, a folder of tables, a database or a JSON file. With --mark, the cells are marked in a copy of
    the workbook, each with a note.

    Exit codes: 0 no mistakes; 1 mistakes (with --strict also doubts); 2 the facts cannot be read at all.
    """
    program = program_given(policy)
    from attain_engine.facts import render_problems
    from attain_engine.facts.load import read_draft
    from attain_engine.report.facts_text import counted

    draft = read_draft(program, Path(facts))
    found = (*draft.problems, *draft.remarks)
    color = console().color and output_file is None
    write_output(render_problems(found, output_format, color=color, most=None), output_file)
    if draft.unused:
        click.echo(f"not of this policy, and left aside: {', '.join(draft.unused)}", err=True)
    if mark is not None and not any(each.code in _NOT_FACTS for each in draft.problems):
        _mark(Path(facts), Path(mark), found)
    rows = sum(len(rows) for rows in draft.tables.values())
    tables = len(draft.tables)
    read = f"{rows:,} row{'' if rows == 1 else 's'} in {tables} table{'' if tables == 1 else 's'}"
    click.echo(f"{counted(found) or 'no mistakes'}; {read} can be used", err=True)
    if any(each.code in _FOR_A_MAPPING for each in draft.problems):
        _advise(policy, Path(facts))
    if any(each.code in _NOT_FACTS for each in draft.problems):
        return BAD_INPUT
    return int(bool(draft.problems) or (strict and bool(draft.remarks)))


@command.command("map")
@click.argument("policy", type=click.Path(allow_dash=True))
@click.argument("facts", type=click.Path())
@click.option("-o", "--output-file", type=click.Path(dir_okay=False), help="Write it here (`attain-facts.toml`).")
@click.option("--force", is_flag=True, help="Replace a file that is there.")
@color_option
def map_command(policy: str, facts: str, output_file: str | None, force: bool) -> int:
    """Propose a mapping for FACTS whose sheets, headers or formats are not those of POLICY.

    What is certain or likely is written out; what is to be decided stands in it as a comment with a question, whose
    first answer fits best by what stands in the cells.
    Save it as `attain-facts.toml` beside the workbook or database, or in the folder of the tables. One that is there
    already is built on: what it says is so, and stands in the proposal again, without its comments.

    Exit codes: 0 everything was found; 1 something is to be decided; 2 the facts cannot be read.
    """
    program = program_given(policy)
    from attain_engine.facts.cells import CannotRead
    from attain_engine.facts.propose import propose

    if output_file is not None and Path(output_file).exists() and not force:
        raise click.UsageError(f"`{output_file}` is there: remove it, choose another name, or give `--force`")
    try:
        text, open_questions = propose(program, Path(facts))
    except CannotRead as reason:
        _refuse(reason)
    write_output(text, output_file)
    if open_questions:
        click.echo(f"{open_questions} thing{'' if open_questions == 1 else 's'} to decide: look for `?`", err=True)
    return int(open_questions > 0)


def _advise(policy: str, facts: Path) -> None:
    """Say where other names and formats can be declared, unless facts of this kind have no mapping."""
    from attain_engine.facts.load import kind_of
    from attain_engine.facts.mapping import MAPPING_FILE

    if str(facts) == "-" or kind_of(facts) not in ("workbook", "folder", "sqlite", "duckdb"):
        return
    mapping = (facts if facts.is_dir() else facts.parent) / MAPPING_FILE
    where = f" in {mapping}" if mapping.exists() else ""
    command = shlex.join(["attain", "facts", "map", policy, str(facts)])
    click.echo(f"other names and formats can be declared{where}: `{command}` proposes how", err=True)


def _mark(facts: Path, mark: Path, found: tuple[object, ...]) -> None:
    from attain_engine.facts import FactsProblem
    from attain_engine.facts.cells import CannotRead
    from attain_engine.facts.load import kind_of
    from attain_engine.facts.marked import marked_copy

    if kind_of(facts) != "workbook":
        raise click.UsageError("only a workbook can be marked")
    if mark.suffix.lower() != facts.suffix.lower():
        raise click.UsageError(f"`{mark}` is no such workbook: its name ends with `{facts.suffix}`")
    if mark.exists() and mark.resolve() == facts.resolve():
        raise click.UsageError("the copy is another file than the facts")
    try:
        content = marked_copy(facts, [each for each in found if isinstance(each, FactsProblem)])
    except CannotRead as reason:
        _refuse(reason)
    replace_file(mark, content)
    click.echo(f"wrote {mark}", err=True)


def _refuse(reason: object) -> NoReturn:
    from attain_engine.facts.cells import CannotRead
    from attain_engine.report.facts_text import problems_text

    assert isinstance(reason, CannotRead)
    sys.stderr.write(problems_text((reason.problem,), console(sys.stderr)))
    raise click.exceptions.Exit(BAD_INPUT)
