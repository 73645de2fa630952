"""What `assess`, `why` and `plan` share: a policy, facts, a date and readings, read from the command line."""

from __future__ import annotations

import datetime
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import click

from attain_compiler.frozen import frozen
from attain_compiler.model.program import Program
from attain_engine.asked import AskedWrongly, chosen_readings
from attain_engine.cli.console import console
from attain_engine.cli.day import day_given, in_calendar
from attain_engine.cli.exit_codes import BAD_INPUT, INCOMPLETE
from attain_engine.cli.findings import program_given, programs_given, refuse
from attain_engine.evaluate.problems import TooMuchWork
from attain_engine.facts import Facts, load_facts
from attain_engine.refusals import REFUSALS, refusal


@frozen
class Question:
    """A policy, facts, a date and readings, all checked."""

    program: Program
    facts: Facts
    on: datetime.date
    readings: dict[str, str]


def question_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """The options of every question: `--as-of`, `--set`, `--reading`."""
    for option in (
        click.option(
            "--reading",
            "readings",
            multiple=True,
            metavar="NAME=ALTERNATIVE",
            help="Choose a reading; may be repeated.",
        ),
        click.option(
            "--set",
            "sets",
            multiple=True,
            metavar="MEASURE.KEY=VALUE",
            help="Give a measure its value; may be repeated.",
        ),
        click.option("--as-of", metavar="DATE", help="The assessment date (default: that of the facts)."),
    ):
        command = option(command)
    return command


column_option = click.option(
    "--organisation-column",
    metavar="COLUMN",
    help="FOLDER is tables (also a workbook or a database) that hold many organisations: the column that says which.",
)


def each_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """The options of what can be asked of many organisations: `--each`, `--organisation-column`, `--processes`."""
    for option in (
        click.option(
            "--processes", type=click.IntRange(1, 64), help="How many organisations at once (default: one a core)."
        ),
        click.option(
            "--each",
            type=click.Path(exists=True),
            metavar="FOLDER",
            help="Ask each organisation of a folder: every file of facts and folder of tables in it.",
        ),
        column_option,
    ):
        command = option(command)
    return command


def question(
    policy: str,
    facts: str | None,
    as_of: str | None,
    sets: tuple[str, ...],
    readings: tuple[str, ...],
    others: tuple[str, ...] = (),
) -> Question:
    """Read everything that was asked for; `others` are further policies, taken together with the first. Mistakes are
    reported on standard error and end the command with code 2."""
    from attain_engine.report.facts_text import problems_text

    program = programs_given((policy, *others)) if others else program_given(policy)
    chosen = question_readings(program, readings)
    known, problems = load_facts(program, None if facts is None else Path(facts), sets=sets)
    if known is None or problems:
        sys.stderr.write(problems_text(problems, console(sys.stderr)))
        raise click.exceptions.Exit(BAD_INPUT)
    sys.stderr.write(problems_text(known.remarks, console(sys.stderr)))
    if known.unused:
        click.echo(f"not of this policy, and left aside: {', '.join(known.unused)}", err=True)
    return Question(program, known, _date(program, as_of, known), chosen)


def _date(program: Program, as_of: str | None, facts: Facts) -> datetime.date:
    if as_of is not None:
        return day_given(as_of)
    if facts.as_of is not None:
        return in_calendar(facts.as_of)
    from attain_engine.assess import check_designations

    answering(lambda: check_designations(program), program)  # without one no date would do
    raise click.UsageError("no assessment date: give `--as-of DATE`, or `as_of` in the facts")


def question_readings(program: Program, given: tuple[str, ...]) -> dict[str, str]:
    try:
        return chosen_readings(program, (_pair(each) for each in given))
    except AskedWrongly as wrong:
        raise click.UsageError(str(wrong)) from None


def _pair(given: str) -> tuple[str, str]:
    name, equals, alternative = given.partition("=")
    return (name, alternative) if equals else (given, "")


def answering(function: Callable[[], Any], program: Program) -> Any:
    """What the function returns; a policy that cannot be evaluated on these facts is reported, and ends with code 2
    (3 where the work was too much)."""
    try:
        return function()
    except REFUSALS as problem:
        too_much = isinstance(problem, TooMuchWork)
        refuse((refusal(problem, program),), program.files, INCOMPLETE if too_much else BAD_INPUT)
