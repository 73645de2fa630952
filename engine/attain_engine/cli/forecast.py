"""`attain forecast`: what is lost and gained in time if nothing is done."""

from __future__ import annotations

import datetime

import click

from attain_engine.cli.console import answer_console, color_option
from attain_engine.cli.output import write_output
from attain_engine.cli.planning import Progress, allowance_of, asked_of, day_given
from attain_engine.cli.question import question, question_options
from attain_engine.cli.targets import targets_of


@click.command("forecast")
@click.argument("policy", type=click.Path(allow_dash=True))
@click.argument("facts", required=False, type=click.Path(allow_dash=True))
@question_options
@click.option("--with", "others", multiple=True, metavar="POLICY", help="Look at another policy too; may be repeated.")
@click.option("--for", "targets", multiple=True, metavar="DESIGNATION", help="Look at this one only; may be repeated.")
@click.option("--to", metavar="DATE", help="The last day to look at (default: twelve months on).")
@click.option("--no-prevention", is_flag=True, help="Do not plan how a loss could be prevented: that may take long.")
@click.option("--time-limit", type=click.IntRange(min=1), default=60, show_default=True, help="Seconds.")
@click.option("--output-format", type=click.Choice(["full", "json"]), default="full", show_default=True)
@click.option(
    "--output-file", "-o", type=click.Path(dir_okay=False), help="Write to this file instead of standard output."
)
@color_option
def command(
    policy: str,
    facts: str | None,
    as_of: str | None,
    sets: tuple[str, ...],
    readings: tuple[str, ...],
    others: tuple[str, ...],
    targets: tuple[str, ...],
    to: str | None,
    no_prevention: bool,
    time_limit: int,
    output_format: str,
    output_file: str | None,
) -> int:
    """List the days on which a designation, tier, track or requirement is lost or gained if nothing is done, each with
    its cause and the cheapest prevention; and what is critical now: rows without which a status of today were lost.

    Rows stay as they are and age by their dates; records that `continue` go on.

    Exit codes: 0 nothing that holds is lost; 1 something is; 2 wrong usage or bad input; 3 the time was too short; 130
    interrupted.
    """
    asked = question(policy, facts, as_of, sets, readings, others)
    from attain_engine.forecast import forecast
    from attain_engine.report.forecast_text import forecast_text

    asked, wanted = targets_of(asked, targets, others)
    designations = [each.designation for each in wanted]
    last: datetime.date | None = day_given(to, asked.on, "--to")
    allowance = allowance_of(time_limit)
    answer = asked_of(
        asked,
        lambda: forecast(
            asked.program,
            asked.facts,
            asked.on,
            asked.readings,
            designations=designations,
            to=last,
            time_limit=time_limit,
            prevent=not no_prevention,
        ),
        allowance,
        Progress(),
    )
    if output_format == "json":
        write_output(answer.model_dump_json(indent=2) + "\n", output_file)
    else:
        write_output(forecast_text(answer, answer_console()), output_file)
    if answer.to < answer.asked_to:
        return 3
    return int(any(turn.lost and turn.what in ("verdict", "award") for day in answer.days for turn in day.turns))
