"""`attain test`: the examples in the policies."""

from __future__ import annotations

import click

from attain_compiler.diagnostics.model import Diagnostic, Severity
from attain_compiler.diagnostics.render import Findings, in_order
from attain_compiler.source import SourceFile
from attain_engine.cli.console import color_option
from attain_engine.cli.exit_codes import BAD_INPUT
from attain_engine.cli.findings import format_options, policy_given, refuse, report
from attain_engine.cli.paths import paths_argument, policies_given


@click.command("test")
@paths_argument
@format_options
@color_option
def command(paths: tuple[str, ...], output_format: str, output_file: str | None) -> int:
    """Run the examples of the policies, and say of each that fails what was found instead.

    Exit codes: 0 every example passed; 1 one failed; 2 a policy has mistakes.
    """
    from attain_engine.check.examples import run_example

    failures: list[Diagnostic] = []
    mistakes: list[Diagnostic] = []
    files: dict[str, SourceFile] = {}
    ran = failed = policies = 0
    for path in policies_given(paths):
        policy = policy_given(path)
        files |= policy.files
        policies += 1
        errors = [each for each in policy.diagnostics if each.severity is Severity.ERROR]
        mistakes += errors
        if policy.program is None or errors:
            continue
        for example in policy.program.examples.values():
            if example.id.partition(".")[0] != policy.program.main:
                continue  # those of imported policies run when their own file is tested
            found = run_example(policy.program, example).failures
            ran += 1
            failed += bool(found)
            failures += (
                Diagnostic("example-failed", f"example `{example.title}`: {failure.message}", failure.span)
                for failure in found
            )
    shown = failures if output_format == "full" else in_order((*mistakes, *failures))
    report(Findings(tuple(shown), files), output_format, output_file)
    if mistakes and output_format == "full":
        refuse(tuple(mistakes), files)
    click.echo(
        f"{ran - failed} of {ran} examples passed in {policies} {'policy' if policies == 1 else 'policies'}", err=True
    )
    return BAD_INPUT if mistakes else int(failed > 0)
