"""`attain check`: every mistake and every doubt in the policies."""

from __future__ import annotations

import click

from attain_compiler.diagnostics.model import Diagnostic, Severity
from attain_compiler.diagnostics.render import Findings, in_order
from attain_compiler.source import SourceFile
from attain_engine.cli.console import color_option
from attain_engine.cli.exit_codes import BAD_INPUT
from attain_engine.cli.findings import format_options, policy_given, report
from attain_engine.cli.paths import paths_argument, policies_given
from attain_engine.cli.summary import add_summary, summary_option
from attain_engine.policies import without_used

_NOT_A_POLICY = frozenset({"unreadable-file", "not-text", "file-too-large"})


@click.command("check")
@paths_argument
@format_options
@click.option("--strict", is_flag=True, help="Warnings count as findings.")
@click.option("--fix", is_flag=True, help="First make the fixes that are certain, in the files given.")
@summary_option
@color_option
def command(
    paths: tuple[str, ...], output_format: str, output_file: str | None, strict: bool, fix: bool, summary: str | None
) -> int:
    """Report every mistake and every doubt in the policies.

    PATHS are policy files, folders of them, or - for standard input; without any, the folder `policies`, or else the
    current folder.

    Exit codes: 0 no mistakes; 1 mistakes (with --strict also warnings); 2 a file cannot be read as a policy.
    """
    diagnostics: list[Diagnostic] = []
    files: dict[str, SourceFile] = {}
    found = policies_given(paths)
    made = _fixed(found) if fix else 0
    for policy in without_used([policy_given(path) for path in found]):
        diagnostics += policy.diagnostics
        files |= policy.files
        if policy.program is not None and policy.program.claims:
            from attain_engine.check.claims import claim_diagnostics

            diagnostics += claim_diagnostics(policy.program)
    findings = Findings(in_order(tuple(diagnostics)), files)
    report(findings, output_format, output_file)
    outcome = _summary(findings, len(found))
    add_summary(summary, "attain check", outcome, findings)
    click.echo((f"{_counted(made, 'fix', 'fixes')} made; " if made else "") + outcome, err=True)
    return _exit_code(findings, strict)


def _fixed(paths: tuple[str, ...]) -> int:
    from attain_engine.cli.fixing import fix_files  # few runs fix

    return fix_files(paths)


def _summary(findings: Findings, policies: int) -> str:
    counts = [_counted(findings.count(severity), severity.value) for severity in Severity]
    found = ", ".join(text for text in counts if text) or "no mistakes"
    return f"{found} in {_counted(policies, 'policy', 'policies')}"


def _counted(number: int, one: str, many: str = "") -> str:
    return f"{number} {one if number == 1 else many or one + 's'}" if number else ""


def _exit_code(findings: Findings, strict: bool) -> int:
    if any(each.code in _NOT_A_POLICY for each in findings.diagnostics):
        return BAD_INPUT
    return int(findings.count(Severity.ERROR) > 0 or (strict and findings.count(Severity.WARNING) > 0))
