"""`attain test`: the examples in the policies."""

from __future__ import annotations

import click

from attain_compiler.diagnostics.model import Diagnostic
from attain_compiler.diagnostics.render import Findings
from attain_compiler.source import SourceFile
from attain_engine.cli.console import color_option
from attain_engine.cli.findings import format_options, program_given, report
from attain_engine.cli.paths import paths_argument, policies_given


@click.command("test")
@paths_argument
@format_options
@color_option
def command(paths: tuple[str, ...], output_format: str, output_file: str | None) -> int:
    """Run the examples of the policies, and say of each that fails what was found instead.

    Exit codes: 0 every example passed; 1 one failed; 2 a policy has mistakes.
    """
    from attain_engine.examples import run_example

    diagnostics: list[Diagnostic] = []
    files: dict[str, SourceFile] = {}
    ran = policies = 0
    for path in policies_given(paths):
        program = program_given(path)
        files |= program.files
        policies += 1
        for example in program.examples.values():
            if example.id.partition(".")[0] != program.main:
                continue  # those of imported policies run when their own file is tested
            ran += 1
            diagnostics += (
                Diagnostic("example-failed", f"example `{example.title}`: {failure.message}", failure.span)
                for failure in run_example(program, example).failures
            )
    report(Findings(tuple(diagnostics), files), output_format, output_file)
    failed = len({each.message.partition("`: ")[0] for each in diagnostics})
    click.echo(
        f"{ran - failed} of {ran} examples passed in {policies} {'policy' if policies == 1 else 'policies'}", err=True
    )
    return int(bool(diagnostics))
