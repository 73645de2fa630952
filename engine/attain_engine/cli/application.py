"""The table of commands, and how one of them is run.

A command is a click command in a module of its own, called `command`, whose function returns its exit code. To add one:
write the module and its line in `COMMANDS`.
"""

from __future__ import annotations

import importlib
import os
from dataclasses import dataclass
from difflib import get_close_matches

import click
from click.shell_completion import shell_complete

from attain_engine import __version__
from attain_engine.cli.console import color_option
from attain_engine.cli.group import Group
from attain_engine.cli.limits import Watch, add_limits

PROGRAM = "attain"
_COMPLETION = "_ATTAIN_COMPLETE"  # set by the shell's completion script


@dataclass(frozen=True, slots=True)
class Listed:
    """A command as it is listed: the module of this package that has it, and what it does in a few words."""

    module: str
    summary: str
    lasting: bool = False
    """Whether it goes on until it is told to stop, so that it has no limits."""


COMMANDS = {
    "new": Listed("new", "Start a policy: a small one that works, to change."),
    "check": Listed("check", "Every mistake and every doubt in the policies."),
    "fmt": Listed("fmt", "Lay the policies out in the one standard way."),
    "test": Listed("test", "The examples in the policies."),
    "assess": Listed("assess", "Which requirements are met, which fail, and why."),
    "why": Listed("why", "How a verdict or number comes about; why a row counts, or not."),
    "plan": Listed("plan", "The least that must change to qualify."),
    "nearest": Listed("nearest", "Which designation is the nearest, and what each would cost."),
    "what-if": Listed("what_if", "What changes that you have in mind would bring."),
    "show": Listed("show", "A plan that was saved, if it is still one."),
    "forecast": Listed("forecast", "What is lost and gained in time if nothing is done, and why."),
    "report": Listed("report", "The whole answer as a page, a workbook, a calendar or Markdown."),
    "diff": Listed("diff", "What another edition of a policy decides otherwise, and for whom."),
    "explain": Listed("explain", "What a diagnostic means and what to do about it."),
    "facts": Listed("facts", "A workbook to fill in, the mistakes in facts, a mapping of headers."),
    "list": Listed("list", "The designations, measures, readings and changes of a policy."),
    "schema": Listed("schema", "The JSON Schema of the facts that a policy asks for."),
    "lsp": Listed("lsp", "The language server for editors.", lasting=True),
    "serve": Listed("serve", "A page on this machine: move a lever, see the verdict move.", lasting=True),
    "asp": Listed("asp", "The answer set program that a policy compiles to."),
    "man": Listed("man", "The manual page of all commands."),
}


class Commands(Group):
    """The commands, each loaded when it is called."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        listed = COMMANDS.get(cmd_name)
        if listed is None:
            return None
        command: click.Command = importlib.import_module(f"attain_engine.cli.{listed.module}").command
        if not listed.lasting:
            add_limits(command)
            watch = ctx.find_object(Watch)
            if watch is not None:
                watch.start()
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Commands"):
            formatter.write_dl([(name, listed.summary) for name, listed in COMMANDS.items()])

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        if args[0] not in COMMANDS and not args[0].startswith("-"):
            close = get_close_matches(args[0], COMMANDS, n=1)
            hint = f"did you mean `{close[0]}`?" if close else "`attain --help` lists them"
            ctx.fail(f"there is no command `{args[0]}`; {hint}")
        return super().resolve_command(ctx, args)


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(__version__, message="attain %(version)s")
@color_option
def application() -> None:
    """Do we qualify, what is missing, and what is the least we must change?

    Exit codes: 0 yes or clean; 1 the answer is no; 2 wrong usage or bad input; 3 incomplete; 130 interrupted.
    """


def run(arguments: list[str], *, watched: bool = False) -> int:
    """Run the command that the arguments name, and return its exit code.

    This is what click's own `main` does, but for interrupts and closed pipes, which are left to the caller. With
    `watched`, the process is ended when the limits of the command are used up (see `limits`): it must be the command's
    own.
    """
    if _COMPLETION in os.environ:
        return shell_complete(application, {}, PROGRAM, _COMPLETION, os.environ[_COMPLETION])
    watch = Watch(active=watched)
    try:
        with application.make_context(PROGRAM, arguments, obj=watch) as context:
            code: int = application.invoke(context)
            return code
    except click.exceptions.Exit as end:
        return end.exit_code
    except click.ClickException as error:
        error.show()
        return error.exit_code
    finally:
        watch.stop()
