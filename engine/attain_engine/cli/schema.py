"""`attain schema`: the JSON Schema of the facts that a policy asks for."""

from __future__ import annotations

import click

from attain_engine.cli.console import color_option
from attain_engine.cli.findings import program_given
from attain_engine.cli.output import write_output


@click.command("schema")
@click.argument("policy", type=click.Path(allow_dash=True))
@click.option("--output-file", type=click.Path(dir_okay=False), help="Write to this file instead of standard output.")
@color_option
def command(policy: str, output_file: str | None) -> int:
    """Print the JSON Schema (2020-12) of the facts that POLICY asks for.

    Name the file in `"$schema"` at the head of your facts, and an editor checks and completes them.

    Exit codes: 0 done; 2 the policy has mistakes.
    """
    program = program_given(policy)
    from attain_engine.facts.schema import schema_text  # after the policy: its mistakes need nothing of this

    write_output(schema_text(program), output_file)
    return 0
