"""`attain list`: what a policy has that can be asked for."""

from __future__ import annotations

import click

from attain_engine.cli.console import answer_console, color_option
from attain_engine.cli.findings import program_given
from attain_engine.cli.output import write_output


@click.command("list")
@click.argument("policy", type=click.Path(allow_dash=True))
@click.option("--output-format", type=click.Choice(["full", "json"]), default="full", show_default=True)
@click.option("--output-file", type=click.Path(dir_okay=False), help="Write to this file instead of standard output.")
@color_option
def command(policy: str, output_format: str, output_file: str | None) -> int:
    """List what POLICY has: designations with their requirements, scores, measures, readings, changes and records.

    Exit codes: 0 done; 2 the policy has mistakes.
    """
    program = program_given(policy)
    from attain_engine.assess.listed import contents
    from attain_engine.report.contents_text import contents_text

    answer = contents(program)
    if output_format == "json":
        write_output(answer.model_dump_json(indent=2) + "\n", output_file)
    else:
        write_output(contents_text(answer, answer_console()), output_file)
    return 0
