"""The argument `[PATHS]`: policy files, folders of them, or standard input."""

from __future__ import annotations

import os
from collections.abc import Callable
from typing import Any

import click

from attain_engine.policies import find_policies


def paths_argument(command: Callable[..., Any]) -> Callable[..., Any]:
    """The argument `paths`: files or folders, `-` for standard input."""
    return click.argument("paths", nargs=-1, type=click.Path(allow_dash=True))(command)


def policies_given(paths: tuple[str, ...]) -> tuple[str, ...]:
    """The policy files that the arguments stand for; without arguments, those in `policies` if there is such a folder,
    else those below the current one. Ends with a usage error where there is none."""
    given = paths or (("policies",) if os.path.isdir("policies") else (os.curdir,))
    found = find_policies(given)
    if not found:
        raise click.UsageError(f"there is no policy (*.attain) in {', '.join(f'`{path}`' for path in given)}")
    return found
