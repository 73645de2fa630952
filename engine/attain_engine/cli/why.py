"""`attain why`: how a verdict or a number comes about; why a row counts, or the reason it does not."""

from __future__ import annotations

import click

from attain_engine.cli.console import answer_console, color_option
from attain_engine.cli.output import write_output
from attain_engine.cli.question import answering, question, question_options


@click.command("why")
@click.argument("policy", type=click.Path(allow_dash=True))
@click.argument("facts", type=click.Path(allow_dash=True))
@click.argument("wanted", metavar="NAME")
@question_options
@click.option("--all", "every", is_flag=True, help="Every clause that fails and every row, not only the first.")
@click.option("--output-format", type=click.Choice(["full", "json"]), default="full", show_default=True)
@color_option
def command(
    policy: str,
    facts: str,
    wanted: str,
    as_of: str | None,
    sets: tuple[str, ...],
    readings: tuple[str, ...],
    every: bool,
    output_format: str,
) -> int:
    """Say how a verdict or a number comes about, or why a row counts and why not.

    NAME is a designation, a tier of one (`cloud:gold`), a requirement, score, part, measure, definition or report
    (`total`, `capability(smb).advanced`, `net_adds(smb)`): its worksheet, down to the rows. Or it is a record with the
    number of a row, from 1 (`Usage:12`), or with values of its fields (`Usage:tenant=contoso,month=2024-05`; several
    rows may match): where the row counts.
    """
    asked = question(policy, facts, as_of, sets, readings)
    from attain_engine.assess.explain import explain
    from attain_engine.assess.lines import Worksheet
    from attain_engine.assess.named import NameProblem
    from attain_engine.assess.why import RowProblem
    from attain_engine.report.why_text import why_text, worksheet_text

    given = asked.program, asked.facts, asked.on, asked.readings, wanted
    try:
        answer = answering(lambda: explain(*given, every=every), asked.program)
    except (RowProblem, NameProblem) as problem:
        raise click.UsageError(str(problem)) from None
    if output_format == "json":
        write_output(answer.model_dump_json(indent=2) + "\n")
    elif isinstance(answer, Worksheet):
        write_output(worksheet_text(answer, answer_console()))
    else:
        write_output(why_text(answer, answer_console()))
    return 0
