"""How output may look: colours, marks and width, decided by the stream, the environment and `--color`."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Callable
from typing import Any, TextIO

import click

from attain_engine.report.console import Console

_CHOICE = "attain.color"
_MARKS = "✓✗→≥…─·"
_WIDEST = 120
_UNSEEN = 80
"""So wide are answers that do not go to a terminal."""


def _remember(context: click.Context, _: click.Parameter, choice: str | None) -> None:
    if choice is not None:
        context.meta[_CHOICE] = choice


def color_option(command: Callable[..., Any]) -> Callable[..., Any]:
    """The option `--color`, for any command; `console` takes it into account."""
    option = click.option(
        "--color",
        type=click.Choice(["auto", "always", "never"]),
        expose_value=False,
        callback=_remember,
        help="Colours: auto (the default) looks at the terminal, NO_COLOR and FORCE_COLOR.",
    )
    return option(command)


def console(stream: TextIO | None = None) -> Console:
    """What `stream` (default: standard output) can show."""
    stream = stream or sys.stdout
    columns = min(shutil.get_terminal_size((_WIDEST, 24)).columns, _WIDEST) if stream.isatty() else _WIDEST
    return Console(_colored(stream), _encodes_marks(stream), columns)


def answer_console() -> Console:
    """What standard output can show of an answer: it is wrapped at the terminal's width, or at 80 columns."""
    shown = console()
    return shown if sys.stdout.isatty() else Console(shown.color, shown.unicode, _UNSEEN)


def _colored(stream: TextIO) -> bool:
    """The command line decides first, then NO_COLOR, then FORCE_COLOR, then whether a terminal is there."""
    context = click.get_current_context(silent=True)
    choice = context.meta.get(_CHOICE, "auto") if context else "auto"
    if choice != "auto":
        return bool(choice == "always")
    if os.environ.get("NO_COLOR"):
        return False
    if os.environ.get("FORCE_COLOR"):
        return True
    return stream.isatty() and os.environ.get("TERM") != "dumb"


def _encodes_marks(stream: TextIO) -> bool:
    try:
        _MARKS.encode(stream.encoding or "ascii")
    except (UnicodeEncodeError, LookupError):
        return False
    return True
