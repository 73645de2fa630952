"""`attain test`: the examples in the policies, and what they decide."""

from __future__ import annotations

import json
import os
from typing import TYPE_CHECKING

import click

from attain_compiler.diagnostics.model import Diagnostic
from attain_compiler.diagnostics.render import Findings, in_order, render
from attain_compiler.source import SourceFile
from attain_engine.cli.console import color_option, console
from attain_engine.cli.exit_codes import BAD_INPUT, INCOMPLETE
from attain_engine.cli.findings import format_options, policy_given, refuse, report
from attain_engine.cli.limits import begun
from attain_engine.cli.output import write_output
from attain_engine.cli.paths import paths_argument, policies_given
from attain_engine.cli.summary import add_summary, summary_option

if TYPE_CHECKING:
    from attain_engine.check.coverage import Covered
    from attain_engine.check.tested import TestedPolicy


@click.command("test")
@paths_argument
@format_options
@click.option("--coverage", is_flag=True, help="Show what of the policies no example decides both ways.")
@click.option(
    "--fail-under",
    type=click.FloatRange(0, 100),
    metavar="PERCENT",
    help="Exit with 1 if the coverage is less (takes --coverage with it).",
)
@click.option("--suggest", is_flag=True, help="Write the examples that are missing, with what the policies answer now.")
@click.option("--mutate", is_flag=True, help="Show which changes to the policies no example would notice.")
@click.option(
    "--survivors",
    type=click.Path(exists=True, dir_okay=False),
    help="Which changes may go unnoticed, and why (default: survivors.toml beside the policies).",
)
@click.option("--processes", type=click.IntRange(1, 64), help="How many try changes at once (default: one a core).")
@click.option("--time-limit", type=click.IntRange(min=1), default=600, show_default=True, help="Seconds.")
@click.option("--watch", is_flag=True, help="Run the examples again whenever a policy is saved, until Ctrl-C.")
@summary_option
@color_option
def command(
    paths: tuple[str, ...],
    output_format: str,
    output_file: str | None,
    coverage: bool,
    fail_under: float | None,
    suggest: bool,
    mutate: bool,
    survivors: str | None,
    processes: int | None,
    time_limit: int,
    watch: bool,
    summary: str | None,
) -> int:
    """Run the examples of the policies, and say of each that fails what was found instead.

    Exit codes: 0 every example passed; 1 one failed, or the coverage is less than --fail-under, or a change goes
    unnoticed with no reason given; 2 a policy has mistakes; 3 not all changes, or examples for --suggest, were
    tried in the time.
    """
    if watch:
        if coverage or suggest or mutate or fail_under is not None or summary or output_file or output_format != "full":
            raise click.UsageError("`--watch` shows the examples only: leave the other options out")
        from attain_engine.cli.watching import watch as watch_policies

        return watch_policies(paths)
    until = begun() + time_limit
    from attain_engine.check.tested import tested, without_examples

    policies = [tested(policy_given(path)) for path in policies_given(paths)]
    if suggest and not any(each.mistakes for each in policies):
        if coverage or mutate or fail_under is not None or summary or output_format != "full":
            raise click.UsageError("`--suggest` writes examples: leave the other options out, but for --output-file")
        from attain_engine.cli.suggesting import suggest_examples

        return suggest_examples(policies, until, output_file)
    files: dict[str, SourceFile] = {}
    for each in policies:
        files |= each.policy.files
    mistakes = tuple(each for policy in policies for each in policy.mistakes)
    failures: list[Diagnostic] = [each for policy in policies for each in policy.failures]
    remarks = without_examples(policies)
    places = _places(policies) if coverage or fail_under is not None else None
    mutated = None
    if mutate and not mistakes and not failures:  # what fails as it is notices every change
        from attain_engine.cli.mutating import mutate as try_mutants

        mutated = try_mutants(policies, survivors, processes or os.cpu_count() or 1, until)
        remarks = (*remarks, *mutated.remarks)
    everything = Findings(in_order((*mistakes, *failures, *remarks)), files)
    if output_format == "junit":
        from attain_engine.report.examples_junit import examples_junit

        write_output(examples_junit(policies, everything), output_file)
    elif output_format == "full":
        report(Findings((*failures, *remarks), files), output_format, output_file)
    else:
        _for_programs(everything, places, output_format, output_file)
    ran = sum(len(each.results) for each in policies)
    passed = sum(one.passed for each in policies for one in each.results)
    counted = f"{len(policies)} {'policy' if len(policies) == 1 else 'policies'}"
    outcome = f"{passed} of {ran} examples passed in {counted}"
    short, told, table = False, "", ""
    if places is not None:
        from attain_engine.check.coverage import per_mille
        from attain_engine.report.coverage_text import coverage_lines, coverage_markdown, share

        short = fail_under is not None and per_mille(places) < fail_under * 10
        least = f", less than {fail_under:g} %" if short else ""
        told = f"{share(places)} % of what the policies decide is decided both ways by examples{least}"
        table = coverage_markdown(places)
        if output_format == "full" and output_file is None:
            write_output(coverage_lines(places, files, console().columns))
    add_summary(summary, "attain test", outcome, everything, told, table, mutated.outcome if mutated else "")
    if mistakes and output_format == "full":
        refuse(mistakes, files)
    click.echo(outcome, err=True)
    if told:
        click.echo(told, err=True)
    if mutated is None:
        return BAD_INPUT if mistakes else int(passed < ran or short)
    for reason in mutated.idle:
        told_of = f"{reason.policy}: {reason.declaration}: {reason.line}: {reason.change}"
        click.echo(f"explains nothing: {told_of}", err=True)
    click.echo(mutated.outcome, err=True)
    if mutated.unexplained or mutated.idle or short:
        return 1
    return INCOMPLETE if mutated.tried < mutated.mutants else 0


def _places(policies: list[TestedPolicy]) -> tuple[Covered, ...]:
    from attain_engine.check.coverage import coverage

    programs = (each.policy.program for each in policies if not each.mistakes)
    return coverage(each for each in programs if each is not None)


def _for_programs(
    findings: Findings, places: tuple[Covered, ...] | None, output_format: str, output_file: str | None
) -> None:
    """Findings in a format that programs read, with a remark on every place that is not decided."""
    if places is None:
        report(findings, output_format, output_file)
        return
    from attain_engine.report.coverage_text import coverage_json, coverage_remarks

    if output_format == "json":
        document = json.loads(render(findings, "json"))
        document["coverage"] = coverage_json(places, findings.files)
        write_output(json.dumps(document, indent=2) + "\n", output_file)
    else:
        remarked = in_order((*findings.diagnostics, *coverage_remarks(places)))
        report(Findings(remarked, findings.files), output_format, output_file)
