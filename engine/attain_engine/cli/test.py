"""`attain test`: the examples in the policies."""

from __future__ import annotations

import click

from attain_compiler.diagnostics.model import Diagnostic
from attain_compiler.diagnostics.render import Findings, in_order
from attain_compiler.source import SourceFile
from attain_engine.cli.console import color_option
from attain_engine.cli.exit_codes import BAD_INPUT
from attain_engine.cli.findings import format_options, policy_given, refuse, report
from attain_engine.cli.output import write_output
from attain_engine.cli.paths import paths_argument, policies_given
from attain_engine.cli.summary import add_summary, summary_option


@click.command("test")
@paths_argument
@format_options
@summary_option
@color_option
def command(paths: tuple[str, ...], output_format: str, output_file: str | None, summary: str | None) -> int:
    """Run the examples of the policies, and say of each that fails what was found instead.

    Exit codes: 0 every example passed; 1 one failed; 2 a policy has mistakes.
    """
    from attain_engine.check.tested import tested, without_examples

    policies = [tested(policy_given(path)) for path in policies_given(paths)]
    files: dict[str, SourceFile] = {}
    for each in policies:
        files |= each.policy.files
    mistakes = tuple(each for policy in policies for each in policy.mistakes)
    failures: list[Diagnostic] = [each for policy in policies for each in policy.failures]
    remarks = without_examples(policies)
    everything = Findings(in_order((*mistakes, *failures, *remarks)), files)
    if output_format == "junit":
        from attain_engine.report.examples_junit import examples_junit

        write_output(examples_junit(policies, everything), output_file)
    else:
        shown = Findings((*failures, *remarks), files) if output_format == "full" else everything
        report(shown, output_format, output_file)
    ran = sum(len(each.results) for each in policies)
    passed = sum(one.passed for each in policies for one in each.results)
    counted = f"{len(policies)} {'policy' if len(policies) == 1 else 'policies'}"
    outcome = f"{passed} of {ran} examples passed in {counted}"
    add_summary(summary, "attain test", outcome, everything)
    if mistakes and output_format == "full":
        refuse(mistakes, files)
    click.echo(outcome, err=True)
    return BAD_INPUT if mistakes else int(passed < ran)
