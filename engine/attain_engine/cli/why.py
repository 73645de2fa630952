"""`attain why`: why a row counts, or the reason it does not."""

from __future__ import annotations

import click

from attain_engine.cli.console import color_option, console
from attain_engine.cli.output import write_output
from attain_engine.cli.question import answering, question, question_options


@click.command("why")
@click.argument("policy", type=click.Path(allow_dash=True))
@click.argument("facts", type=click.Path(allow_dash=True))
@click.argument("row", metavar="ROW")
@question_options
@click.option("--all", "every", is_flag=True, help="Every clause that fails, not only the first.")
@click.option("--output-format", type=click.Choice(["full", "json"]), default="full", show_default=True)
@color_option
def command(
    policy: str,
    facts: str,
    row: str,
    as_of: str | None,
    sets: tuple[str, ...],
    readings: tuple[str, ...],
    every: bool,
    output_format: str,
) -> int:
    """Say for one row in which measures, parts and requirements it counts and in which it does not, and why.

    ROW is the record and the number of the row, from 1 (`Usage:12`), or the record and values of its fields
    (`Usage:tenant=contoso,month=2024-05`); several rows may match.
    """
    asked = question(policy, facts, as_of, sets, readings)
    from attain_engine.assess.why import RowProblem, explain_rows
    from attain_engine.report.why_text import why_text

    try:
        answer = answering(
            lambda: explain_rows(asked.program, asked.facts, asked.on, asked.readings, row, every=every), asked.program
        )
    except RowProblem as problem:
        raise click.UsageError(str(problem)) from None
    if output_format == "json":
        write_output(answer.model_dump_json(indent=2) + "\n")
    else:
        write_output(why_text(answer, console()))
    return 0
