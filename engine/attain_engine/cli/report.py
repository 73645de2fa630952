"""`attain report`: the whole answer as a file for those who were not there."""

from __future__ import annotations

import time
from pathlib import Path

import click

from attain_engine.cli.assess import EXIT
from attain_engine.cli.console import color_option
from attain_engine.cli.limits import begun
from attain_engine.cli.output import replace_file
from attain_engine.cli.question import answering, question, question_options

LONGEST_FORECAST = 20.0
"""So many seconds are spent on a forecast at the most."""

SHARE_OF_PLAN, SHARE_OF_FORECAST = 0.6, 0.25
"""By this share of the time allowed the plan has been looked for, and so much of it the forecast may take; the rest is
for writing."""

FORMS = (".html", ".xlsx", ".ics", ".md", ".json")


@click.command("report")
@click.argument("policy", type=click.Path(allow_dash=True))
@click.argument("facts", required=False, type=click.Path(allow_dash=True))
@question_options
@click.option(
    "--output-file",
    "-o",
    required=True,
    type=click.Path(dir_okay=False),
    help="The file to write: .html, .xlsx, .ics, .md or .json.",
)
@click.option("--no-plan", is_flag=True, help="Leave the plan out: finding it may take long.")
@click.option("--no-forecast", is_flag=True, help="Leave out what is lost and gained if nothing is done.")
@click.option("--time-limit", type=click.IntRange(min=1), default=60, show_default=True, help="Seconds for the plan.")
@color_option
def command(
    policy: str,
    facts: str | None,
    as_of: str | None,
    sets: tuple[str, ...],
    readings: tuple[str, ...],
    output_file: str,
    no_plan: bool,
    no_forecast: bool,
    time_limit: int,
) -> int:
    """Write the whole answer into a file: verdict, requirements, worksheet, rows by reason, plan, dates, sources.

    The ending of its name says what it becomes: .html one page that needs nothing else and prints well; .xlsx a
    workbook with live sums; .ics a calendar of what lapses, what begins and the steps of the plan; .md Markdown; .json
    everything for programs.

    Exit codes: 0 qualified; 1 not qualified; 2 wrong usage or bad input; 3 undetermined.
    """
    suffix = Path(output_file).suffix.lower()
    if suffix not in FORMS:
        raise click.UsageError(f"`{output_file}` says no form of report: its name ends with {', '.join(FORMS)}")
    asked = question(policy, facts, as_of, sets, readings)
    from attain_engine.plan import PlanProblem, Wishes
    from attain_engine.report.forms import written
    from attain_engine.report.full import full_report
    from attain_engine.report.optional import MissingLibrary

    ahead = None if no_forecast else min(LONGEST_FORECAST, time_limit * SHARE_OF_FORECAST)
    seconds = max(0.0, begun() + time_limit * SHARE_OF_PLAN - time.monotonic())
    wishes = None if no_plan or not asked.program.changes else Wishes(time_limit=seconds)
    try:
        answer = answering(
            lambda: full_report(asked.program, asked.facts, asked.on, asked.readings, wishes=wishes, ahead=ahead),
            asked.program,
        )
        content = written(answer, suffix)
    except PlanProblem as problem:
        raise click.UsageError(f"{problem.message}; {problem.help}" if problem.help else problem.message) from None
    except MissingLibrary as missing:
        raise click.UsageError(str(missing)) from None
    replace_file(Path(output_file), content)
    click.echo(f"wrote {output_file}")
    return EXIT[answer.assessment.verdict]
