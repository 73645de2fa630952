"""`attain serve`: a page and an HTTP API on this machine."""

from __future__ import annotations

import contextlib
import importlib.util
import sys
import webbrowser
from pathlib import Path

import click

from attain_engine.cli import collect_sooner

NEEDED = ("fastapi", "uvicorn", "jinja2")


@click.command("serve")
@click.argument("folder", default=".", type=click.Path(exists=True, file_okay=False))
@click.option("--host", default="127.0.0.1", show_default=True, help="The address to listen on.")
@click.option("--port", type=click.IntRange(0, 65_535), default=8_000, show_default=True, help="0 takes a free one.")
@click.option("--allow-host", "names", multiple=True, metavar="NAME", help="Another name of this machine; repeatable.")
@click.option("--open", "opened", is_flag=True, help="Open the page in the browser.")
@click.option("--processes", type=click.IntRange(1, 64), default=2, show_default=True, help="Questions at once.")
@click.option("--time-limit", type=click.IntRange(1, 3_600), default=60, show_default=True, help="Seconds a question.")
@click.option("--memory-limit", type=click.IntRange(min=50), default=2_000, show_default=True, help="Megabytes each.")
def command(
    folder: str,
    host: str,
    port: int,
    names: tuple[str, ...],
    opened: bool,
    processes: int,
    time_limit: int,
    memory_limit: int,
) -> int:
    """Serve a page on this machine: choose a policy and facts, move a lever, see points and verdict move.

    The policies and facts are those in FOLDER (the current one where none is given) and below it. An HTTP API stands
    beside the page, described at /openapi.json: docs/serve.md. Only this machine can reach it, unless `--host` says
    otherwise; there is no password.

    It needs packages that other commands do not: pip install "attain[serve]".

    Exit codes: 0 ended by Ctrl-C; 2 wrong usage, or the packages are not installed.
    """
    if any(importlib.util.find_spec(each) is None for each in NEEDED):
        raise click.UsageError('the server is not installed: pip install "attain[serve]"')
    from attain_engine.serve.pool import Limits
    from attain_engine.serve.server import address_of, is_loopback, listening, serve

    try:
        listener = listening(host, port)
    except OSError as error:
        reason = (error.strerror or str(error)).lower()
        raise click.UsageError(f"cannot listen on {host}, port {port}: {reason}; give another `--port`") from None
    address, port = address_of(listener)
    page = f"http://{f'[{address}]' if ':' in address else address}:{port}/"
    if not is_loopback(address):
        warning = f"warning: {address} can be reached from other machines, and whoever reaches it can read the facts"
        click.echo(warning, err=True)
    click.echo(f"{Path(folder).resolve()} is served at {page}\nCtrl-C ends it.")
    sys.stdout.flush()
    if opened:
        webbrowser.open(page)
    collect_sooner()
    with contextlib.suppress(KeyboardInterrupt):
        serve(listener, Path(folder), Limits(time_limit, memory_limit, processes), (host, *names))
    return 0
