"""`attain assess`: which requirements are met, which fail, and why."""

from __future__ import annotations

import click

from attain_engine.cli.console import color_option, console
from attain_engine.cli.output import write_output
from attain_engine.cli.question import answering, question, question_options

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
@click.option("--output-format", type=click.Choice(["full", "json"]), default="full", show_default=True)
@click.option("--output-file", type=click.Path(dir_okay=False), help="Write to this file instead of standard output.")
@color_option
def command(
    policy: str,
    facts: str | None,
    as_of: str | None,
    sets: tuple[str, ...],
    readings: tuple[str, ...],
    rows: str,
    output_format: str,
    output_file: str | None,
) -> int:
    """Say whether an organisation qualifies: every requirement, every part of every score, and the rows behind them.

    POLICY is a policy file; FACTS a JSON file, a folder of tables, a workbook or a database. Without FACTS, only what
    `--set` gives is known.

    Exit codes: 0 qualified; 1 not qualified; 2 wrong usage or bad input; 3 undetermined.
    """
    asked = question(policy, facts, as_of, sets, readings)
    from attain_engine.assess import assess
    from attain_engine.report.assessment_text import assessment_text

    answer = answering(
        lambda: assess(asked.program, asked.facts, asked.on, asked.readings, rows=rows != "none"), asked.program
    )
    if output_format == "json":
        write_output(answer.model_dump_json(indent=2) + "\n", output_file)
    else:
        write_output(assessment_text(answer, console(), everything=rows == "all"), output_file)
    return EXIT[answer.verdict]
