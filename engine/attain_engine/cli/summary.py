"""The option `--summary`: what a command found as Markdown, for the page that a CI service shows of a job."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import click

from attain_compiler.diagnostics.render import Findings


def summary_option(command: Callable[..., Any]) -> Callable[..., Any]:
    """The option `--summary`."""
    text = "Add a summary in Markdown to this file, such as $GITHUB_STEP_SUMMARY."
    return click.option("--summary", type=click.Path(dir_okay=False), help=text)(command)


def add_summary(path: str | None, title: str, outcome: str, findings: Findings, *more: str) -> None:
    """Add a section to the file at `path`, if one is asked for. What other commands wrote into it stays, so that one
    file holds what all steps of a job have to say."""
    if path is None:
        return
    from attain_compiler.diagnostics.render.markdown import cell, markdown_table

    parts = [f"## {title}", cell(outcome), markdown_table(findings), *more]
    text = "\n\n".join(part.strip("\n") for part in parts if part) + "\n\n"
    with Path(path).open("a", encoding="utf-8", errors="backslashreplace", newline="\n") as stream:
        stream.write(text)
