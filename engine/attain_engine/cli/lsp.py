"""`attain lsp`: the language server for editors."""

from __future__ import annotations

import importlib.util

import click

from attain_engine.cli import collect_sooner


@click.command("lsp")
def command() -> int:
    """Speak the language server protocol with an editor, over standard input and output.

    It needs packages that the others do not: pip install "attain[lsp]". How editors are set up: docs/editors.md.

    Exit codes: 0 the editor ended it; 2 the packages are not installed.
    """
    if importlib.util.find_spec("pygls") is None:
        raise click.UsageError('the language server is not installed: pip install "attain[lsp]"')
    from attain_engine.lsp.server import server

    collect_sooner()
    server.start_io()
    return 0
