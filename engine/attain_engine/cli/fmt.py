"""`attain fmt`: policies in the one standard layout."""

from __future__ import annotations

import sys
from difflib import unified_diff
from pathlib import Path

import click

from attain_compiler.diagnostics.model import Diagnostic, Severity
from attain_compiler.diagnostics.render import Findings, in_order, render
from attain_compiler.frozen import frozen
from attain_compiler.source import SourceFile
from attain_engine.cli.console import color_option, console
from attain_engine.cli.exit_codes import BAD_INPUT
from attain_engine.cli.findings import standard_input
from attain_engine.cli.output import replace_file, write_output
from attain_engine.cli.paths import paths_argument, policies_given
from attain_engine.policies import STANDARD_INPUT, read_source


@frozen
class Layout:
    """A policy as it stands and as it should; the same text twice where nothing needs to change."""

    source: SourceFile
    formatted: str

    @property
    def changes(self) -> bool:
        return self.source.text != self.formatted


@click.command("fmt")
@paths_argument
@click.option("--check", is_flag=True, help="Change nothing; list the files that would change, exit with 1 if any.")
@click.option("--diff", is_flag=True, help="Change nothing; show the differences, exit with 1 if any.")
@color_option
def command(paths: tuple[str, ...], check: bool, diff: bool) -> int:
    """Lay the policies out in the one standard way. What they say and their comments stay as they are.

    PATHS are policy files, folders of them, or - to lay out standard input onto standard output.

    Exit codes: 0 done; 1 with --check or --diff, a file would change; 2 a file cannot be read as a policy.
    """
    found = policies_given(paths)
    results = [_laid_out(path) for path in found]
    for result in results:
        if isinstance(result, Layout):
            _apply(result, check, diff)
        else:
            shown = console(sys.stderr)
            sys.stderr.write(render(result, "full", color=shown.color, columns=shown.columns))
    layouts = [each for each in results if isinstance(each, Layout)]
    changed = sum(each.changes for each in layouts)
    if found != (STANDARD_INPUT,):
        verb = "to change" if check or diff else "changed"
        refused = f", {len(results) - len(layouts)} with mistakes" if len(layouts) < len(results) else ""
        click.echo(f"{changed} {verb}, {len(layouts) - changed} as they should be{refused}", err=True)
    if len(layouts) < len(results):
        return BAD_INPUT
    return int((check or diff) and changed > 0)


def _laid_out(path: str) -> Layout | Findings:
    """The layout of one policy, or the mistakes that prevent it."""
    from attain_compiler.syntax.format import format_source  # the grammar takes a while to load
    from attain_compiler.syntax.parse import parse

    source = standard_input() if path == STANDARD_INPUT else read_source(path)
    if isinstance(source, Diagnostic):
        return Findings((source,), {})
    _, diagnostics = parse(source)
    errors = tuple(each for each in diagnostics if each.severity is Severity.ERROR)
    if errors:
        return Findings(in_order(errors), {source.path: source})
    return Layout(source, format_source(source))


def _apply(layout: Layout, check: bool, diff: bool) -> None:
    path = layout.source.path
    if diff:
        write_output("".join(_difference(layout)))
    elif check:
        write_output(f"{path}\n" if layout.changes else "")
    elif path.startswith("<"):
        write_output(layout.formatted)
    elif layout.changes:
        replace_file(Path(path), layout.formatted)


def _difference(layout: Layout) -> list[str]:
    path = layout.source.path
    before, after = (text.splitlines(keepends=True) for text in (layout.source.text, layout.formatted))
    lines = unified_diff(before, after, path, path)
    return [line if line.endswith("\n") else f"{line}\n\\ No newline at end of file\n" for line in lines]
