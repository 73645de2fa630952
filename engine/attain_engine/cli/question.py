"""What `assess`, `why` and `plan` share: a policy, facts, a date and readings, read from the command line."""

from __future__ import annotations

import datetime
import sys
from collections.abc import Callable
from difflib import get_close_matches
from pathlib import Path
from typing import Any, NoReturn

import click

from attain_compiler.asp import TooLarge
from attain_compiler.diagnostics.model import Diagnostic
from attain_compiler.frozen import frozen
from attain_compiler.model.calendar import OutsideTheCalendar
from attain_compiler.model.program import Program
from attain_engine.cli.console import console
from attain_engine.cli.exit_codes import BAD_INPUT, INCOMPLETE
from attain_engine.cli.findings import program_given, programs_given, refuse
from attain_engine.evaluate import EvaluationProblem
from attain_engine.evaluate.problems import TooMuchWork
from attain_engine.facts import Facts, load_facts
from attain_engine.open.quantities import TooFine


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


def each_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """The options of what can be asked of many organisations: `--each`, `--processes`."""
    for option in (
        click.option(
            "--processes", type=click.IntRange(1, 64), help="How many organisations at once (default: one a core)."
        ),
        click.option(
            "--each",
            type=click.Path(exists=True, file_okay=False),
            metavar="FOLDER",
            help="Ask each organisation of a folder: every file of facts and folder of tables in it.",
        ),
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
    return Question(program, known, _date(as_of, known), chosen)


def _date(as_of: str | None, facts: Facts) -> datetime.date:
    if as_of is None:
        if facts.as_of is not None:
            return facts.as_of
        raise click.UsageError("no assessment date: give `--as-of DATE`, or `as_of` in the facts")
    try:
        return datetime.date.fromisoformat(as_of)
    except ValueError:
        raise click.UsageError(f"`{as_of}` is not a date: write it as 2024-06-30") from None


def question_readings(program: Program, given: tuple[str, ...]) -> dict[str, str]:
    chosen: dict[str, str] = {}
    by_name = {each.name: each for each in program.readings.values()}
    for each in given:
        name, equals, alternative = each.partition("=")
        reading = by_name.get(name)
        if reading is None or not equals:
            raise click.UsageError(f"there is no reading `{name}`{_hint(name, list(by_name))}")
        names = [one.name for one in reading.alternatives]
        if alternative not in names:
            raise click.UsageError(
                f"`{name}` has no alternative `{alternative}`: it has {', '.join(f'`{one}`' for one in names)}"
            )
        chosen[reading.id] = alternative
    return chosen


def _hint(name: str, names: list[str]) -> str:
    close = get_close_matches(name, names, n=1)
    if close:
        return f"; did you mean `{close[0]}`?"
    return f": the policy has {', '.join(f'`{each}`' for each in names)}" if names else ": the policy has none"


def answering(function: Callable[[], Any], program: Program) -> Any:
    """What the function returns; a policy that cannot be evaluated on these facts is reported, and ends with code 2
    (3 where the work was too much)."""
    try:
        return function()
    except EvaluationProblem as problem:
        place = problem.span or program.policies[program.main].span
        diagnostic = Diagnostic(problem.code, problem.message, place, help=problem.help)
        refuse((diagnostic,), program.files, INCOMPLETE if isinstance(problem, TooMuchWork) else BAD_INPUT)
    except OutsideTheCalendar:
        _refuse(
            program,
            Diagnostic(
                "outside-the-calendar",
                "what is asked for leads to a date outside the years 1 to 9998",
                program.policies[program.main].span,
                help="ask for another date",
            ),
        )
    except TooLarge as problem:
        _refuse(
            program,
            Diagnostic(
                "too-fine",
                str(problem),
                program.policies[program.main].span,
                help="round the costs (to whole dollars, say), or forbid changes that do not matter (`--forbid`)",
            ),
        )
    except TooFine:
        policy = program.policies[program.main]
        _refuse(
            program,
            Diagnostic(
                "too-fine",
                "a change has more possible amounts than can be searched",
                policy.span,
                help="let the change come in larger units (`by 1 to 500` of 1_000 each)",
            ),
        )


def _refuse(program: Program, diagnostic: Diagnostic) -> NoReturn:
    refuse((diagnostic,), program.files)
