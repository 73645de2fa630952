"""`attain explain`: the page of a diagnostic."""

from __future__ import annotations

from difflib import get_close_matches

import click

from attain_compiler.diagnostics.catalogue import CATALOGUE
from attain_compiler.diagnostics.render.page import render_page
from attain_engine.cli.console import color_option
from attain_engine.cli.output import write_output


@click.command("explain")
@click.argument("code", required=False)
@color_option
def command(code: str | None) -> int:
    """Say what the diagnostic CODE means and what to do about it. Without CODE, list all codes."""
    if code is None:
        width = max(map(len, CATALOGUE))
        write_output("".join(f"{each:<{width}}  {CATALOGUE[each].summary}\n" for each in sorted(CATALOGUE)))
        return 0
    entry = CATALOGUE.get(code.strip("[]"))
    if entry is None:
        close = get_close_matches(code, CATALOGUE, n=1)
        hint = f"did you mean `{close[0]}`?" if close else "`attain explain` lists them"
        raise click.UsageError(f"there is no diagnostic `{code}`; {hint}")
    write_output(render_page(entry))
    return 0
