"""What commands that report findings share: `--output-format`, `--output-file`, and reading policies for an answer."""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping
from typing import Any, NoReturn

import click

from attain_compiler.diagnostics.model import Diagnostic, Severity
from attain_compiler.diagnostics.render import FORMATS, Findings, in_order, render
from attain_compiler.model.program import Program
from attain_compiler.source import SourceFile
from attain_engine import __version__
from attain_engine.cli.console import console
from attain_engine.cli.exit_codes import BAD_INPUT
from attain_engine.cli.output import write_output
from attain_engine.policies import (
    LARGEST,
    STANDARD_INPUT,
    ReadPolicy,
    locate_policy,
    read_policies,
    read_policy,
    source_of,
)

STANDARD_INPUT_NAME = "<stdin>"


def format_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """The options `--output-format` and `--output-file`."""
    for option in (
        click.option(
            "--output-file", type=click.Path(dir_okay=False), help="Write to this file instead of standard output."
        ),
        click.option(
            "--output-format", type=click.Choice(FORMATS), default="full", show_default=True, help="How to report."
        ),
    ):
        command = option(command)
    return command


def report(findings: Findings, output_format: str, output_file: str | None = None) -> None:
    """Write findings in a format, to a file or standard output."""
    shown = console()
    color = shown.color and output_file is None
    write_output(render(findings, output_format, color=color, columns=shown.columns, version=__version__), output_file)


def policy_given(path: str) -> ReadPolicy:
    """The policy that an argument means: a path, the name of a shipped policy, or `-` for standard input."""
    if path != STANDARD_INPUT:
        return read_policy(locate_policy(path))
    source = standard_input()
    if isinstance(source, Diagnostic):
        return ReadPolicy(source.span.path, None, (source,), {})
    return read_policy(source.path, source.text)


def standard_input() -> SourceFile | Diagnostic:
    """The policy that stands on standard input, or what is wrong with it."""
    if sys.stdin is None:
        raise click.UsageError("standard input is closed")
    return source_of(STANDARD_INPUT_NAME, sys.stdin.buffer.read(LARGEST + 1))


def program_given(path: str) -> Program:
    """The compiled policy that an argument means. If it has mistakes they are reported on standard error, and the
    command ends with exit code 2."""
    policy = policy_given(path)
    errors = tuple(each for each in policy.diagnostics if each.severity is Severity.ERROR)
    if policy.program is None or errors:
        refuse(errors, policy.files)
    return policy.program


def programs_given(paths: tuple[str, ...]) -> Program:
    """Several policies compiled into one program, the first of them the main one; mistakes as in `program_given`."""
    policy = read_policies([locate_policy(path) for path in paths])
    errors = tuple(each for each in policy.diagnostics if each.severity is Severity.ERROR)
    if policy.program is None or errors:
        refuse(errors, policy.files)
    return policy.program


def refuse(
    diagnostics: tuple[Diagnostic, ...], files: Mapping[str, SourceFile], exit_code: int = BAD_INPUT
) -> NoReturn:
    """Report why the input cannot be used, on standard error, and end the command (with exit code 2)."""
    shown = console(sys.stderr)
    text = render(Findings(in_order(diagnostics), files), "full", color=shown.color, columns=shown.columns)
    sys.stderr.write(text)
    raise click.exceptions.Exit(exit_code)
