"""`attain new`: a small policy that works, to change into one's own."""

from __future__ import annotations

import re
from pathlib import Path

import click

from attain_compiler.source import SourceFile
from attain_compiler.syntax.format import format_source
from attain_engine.cli.output import replace_file
from attain_engine.policies import SUFFIX

_NAME = re.compile(r"[a-z][a-z0-9_]*")
_TEMPLATE = Path(__file__).with_name("starter.attain")


@click.command("new")
@click.argument("name")
@click.option("--folder", type=click.Path(file_okay=False), default=".", help="Where to put it (default: here).")
def command(name: str, folder: str) -> int:
    """Start the policy NAME: a small grant with records, a score, requirements, changes and examples.

    It passes `attain check` and `attain test`; change it piece by piece and run them as you go.
    """
    if not _NAME.fullmatch(name):
        raise click.UsageError(f"`{name}` cannot name a policy: use small letters, digits and `_`, a letter first")
    path = Path(folder) / f"{name}{SUFFIX}"
    if path.exists():
        raise click.UsageError(f"`{path}` is there already")
    path.parent.mkdir(parents=True, exist_ok=True)
    title = name.replace("_", " ").capitalize()
    text = _TEMPLATE.read_text(encoding="utf-8").replace("small_grant", name).replace("Small project grant", title)
    replace_file(path, format_source(SourceFile(str(path), text)))  # a name of another length moves what follows it
    click.echo(f"{path}\n\nNow:\n  attain check {path}\n  attain test {path}", err=True)
    return 0
