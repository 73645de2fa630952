"""Diagnostics as Markdown, for the summary of a CI job."""

from __future__ import annotations

import re

from attain_compiler.diagnostics.model import Severity
from attain_compiler.diagnostics.render.columns import printable
from attain_compiler.diagnostics.render.findings import Findings

MOST_ROWS = 200
"""So many findings are listed: a summary is read by people, and GitHub takes no more than a megabyte."""


def markdown_table(findings: Findings) -> str:
    """A table with a row for each diagnostic; nothing where there is none."""
    if not findings.diagnostics:
        return ""
    lines = ["| | place | what | what to do |", "|---|---|---|---|"]
    for each in findings.diagnostics[:MOST_ROWS]:
        place = findings.place(each.span)
        where = f"{each.span.path}:{place.line}" if place else each.span.path
        marked = f"**{each.severity.value}**" if each.severity is Severity.ERROR else each.severity.value
        todo = "; ".join(text for text in (each.label, each.help) if text)
        lines.append(f"| {marked} | {cell(f'`{where}`')} | {cell(each.message)} ({each.code}) | {cell(todo)} |")
    more = len(findings.diagnostics) - MOST_ROWS
    if more > 0:
        lines.append(f"\n{more:,} more are not listed here.")
    return "\n".join(lines) + "\n"


def cell(text: str) -> str:
    """The text as a cell of a table, without what would end the cell or be taken for a tag. Within backticks a user's
    text stands as it is."""
    parts = re.split("(`[^`]*`)", printable(" ".join(text.split())))
    plain = [part if part.startswith("`") else re.sub(r"([\\*_<>\[\]])", r"\\\1", part) for part in parts]
    return "".join(plain).replace("|", "\\|")
