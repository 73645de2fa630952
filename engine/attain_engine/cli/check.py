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

_NOT_A_POLICY = frozenset({"unreadable-file", "not-text", "file-too-large"})


@click.command("check")
@paths_argument
@format_options
@click.option("--strict", is_flag=True, help="Warnings count as findings.")
@color_option
def command(paths: tuple[str, ...], output_format: str, output_file: str | None, strict: bool) -> int:
    """Report every mistake and every doubt in the policies.

    PATHS are policy files, folders of them, or - for standard input; without any, the folder `policies`, or else the
    current folder.

    Exit codes: 0 no mistakes; 1 mistakes (with --strict also warnings); 2 a file cannot be read as a policy.
    """
    diagnostics: list[Diagnostic] = []
    files: dict[str, SourceFile] = {}
    found = policies_given(paths)
    for path in found:
        policy = policy_given(path)
        diagnostics += policy.diagnostics
        files |= policy.files
        if policy.program is not None and policy.program.claims:
            from attain_engine.check.claims import claim_diagnostics

            diagnostics += claim_diagnostics(policy.program)
    findings = Findings(in_order(tuple(diagnostics)), files)
    report(findings, output_format, output_file)
    click.echo(_summary(findings, len(found)), err=True)
    return _exit_code(findings, strict)


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
