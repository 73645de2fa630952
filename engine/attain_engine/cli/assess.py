"""`attain assess`: which requirements are met, which fail, and why."""

from __future__ import annotations

from typing import Literal

import click

from attain_engine.cli.console import answer_console, color_option
from attain_engine.cli.findings import program_given
from attain_engine.cli.output import write_output
from attain_engine.cli.question import answering, each_options, question, question_options, question_readings

EXIT = {"met": 0, "failed": 1, "undetermined": 3}


@click.command("assess")
@click.argument("policy", type=click.Path(allow_dash=True))
@click.argument("facts", required=False, type=click.Path(allow_dash=True))
@question_options
@click.option(
    "--rows",
    type=click.Choice(["chosen", "all", "none"]),
    default="chosen",
    show_default=True,
    help="Which rows counted and which did not, by reason: on the track that counts, on all, or not at all.",
)
@each_options
@click.option("--output-format", type=click.Choice(["full", "json", "csv"]), default="full", show_default=True)
@click.option("--output-file", type=click.Path(dir_okay=False), help="Write to this file instead of standard output.")
@color_option
def command(
    policy: str,
    facts: str | None,
    as_of: str | None,
    sets: tuple[str, ...],
    readings: tuple[str, ...],
    rows: str,
    each: str | None,
    organisation_column: str | None,
    processes: int | None,
    output_format: str,
    output_file: str | None,
) -> int:
    """Say whether an organisation qualifies: every requirement, every part of every score, and the rows behind them.

    POLICY is a policy file; FACTS a JSON file, a folder of tables, a workbook or a database. Without FACTS, only what
    `--set` gives is known.

    With --each, each organisation and designation is a row, and so is what cannot be answered.

    Exit codes: 0 qualified; 1 not qualified; 2 wrong usage or bad input; 3 undetermined. With --each: 0 all have an
    answer; 2 one has none.
    """
    if each is not None:
        return _each(
            policy, facts, each, organisation_column, as_of, sets, readings, processes, output_format, output_file
        )
    if organisation_column is not None:
        raise click.UsageError("`--organisation-column` is for many organisations: give `--each TABLES`")
    if output_format == "csv":
        raise click.UsageError("CSV is for many organisations: give `--each FOLDER`")
    asked = question(policy, facts, as_of, sets, readings)
    from attain_engine.assess import assess
    from attain_engine.report.assessment_text import assessment_text

    wanted: bool | Literal["shown"] = "shown" if rows == "chosen" and output_format == "full" else rows != "none"
    answer = answering(lambda: assess(asked.program, asked.facts, asked.on, asked.readings, rows=wanted), asked.program)
    if output_format == "json":
        write_output(answer.model_dump_json(indent=2) + "\n", output_file)
    else:
        write_output(assessment_text(answer, answer_console(), everything=rows == "all"), output_file)
    return EXIT[answer.verdict]


def _each(
    policy: str,
    facts: str | None,
    folder: str,
    column: str | None,
    as_of: str | None,
    sets: tuple[str, ...],
    readings: tuple[str, ...],
    processes: int | None,
    output_format: str,
    output_file: str | None,
) -> int:
    """Assess every organisation of a folder."""
    if facts is not None or sets:
        raise click.UsageError("`--each` gives the facts of all: leave FACTS and `--set` out")
    program = program_given(policy)
    from attain_engine.cli.each import STANDING, each_given, exit_code, write_rows

    rows = each_given(program, folder, as_of, question_readings(program, readings), processes, column=column)
    write_rows(rows, "assessments", STANDING, "verdict", output_format, output_file)
    return exit_code(rows)
