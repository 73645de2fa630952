"""`attain man`: the manual page, made of the commands themselves."""

from __future__ import annotations

import click

from attain_engine import __version__
from attain_engine.cli.output import write_output


@click.command("man")
@click.option("--output-file", type=click.Path(dir_okay=False), help="Write to this file instead of standard output.")
@click.pass_context
def command(context: click.Context, output_file: str | None) -> int:
    """Print a manual page of all commands, for `man`: `attain man > ~/.local/share/man/man1/attain.1`.

    Exit code: 0.
    """
    parent = context.parent
    assert parent is not None
    group = parent.command
    assert isinstance(group, click.Group)
    lines = [f'.TH ATTAIN 1 "" "attain {__version__}" "User Commands"', ".SH NAME"]
    lines += ["attain \\- do we qualify, what is missing, and what is the least we must change"]
    lines += [".SH SYNOPSIS", ".B attain", "COMMAND [OPTIONS] ...", ".SH DESCRIPTION", *_paragraphs(group.help or "")]
    lines.append(".SH COMMANDS")
    for name in group.list_commands(parent):
        found = group.get_command(parent, name)
        if found is not None:
            lines += _command(found, f"attain {name}", parent)
    write_output("\n".join(lines) + "\n", output_file)
    return 0


def _command(command: click.Command, path: str, parent: click.Context) -> list[str]:
    context = click.Context(command, info_name=path.rpartition(" ")[2], parent=parent)
    lines = [f".SS {_text(f'{path} {chr(32).join(command.collect_usage_pieces(context))}')}"]
    lines += _paragraphs(command.help or "")
    for parameter in command.get_params(context):
        record = parameter.get_help_record(context)
        if record is not None:
            lines += [".TP", f".B {_text(record[0])}", _text(record[1])]
    if isinstance(command, click.Group):
        for name in command.list_commands(context):
            inner = command.get_command(context, name)
            if inner is not None:
                lines += _command(inner, f"{path} {name}", context)
    return lines


def _paragraphs(text: str) -> list[str]:
    lines: list[str] = []
    for paragraph in text.strip().split("\n\n"):
        lines += [".PP", _text(" ".join(paragraph.replace("\b", "").split()))]
    return lines


def _text(text: str) -> str:
    """A text as it is: `man` reads a backslash, a hyphen, and a dot or quote at the head of a line, as its own."""
    safe = text.replace("\\", "\\e").replace("-", "\\-")
    return f"\\&{safe}" if safe.startswith((".", "'")) else safe
