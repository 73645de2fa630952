"""The page of one entry of the catalogue, and the list of all pages, as Markdown that also reads well as it is."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import groupby

from attain_compiler.diagnostics.catalogue.entry import Entry


def render_page(entry: Entry) -> str:
    """What a diagnostic means, why it is reported, what to avoid and what to write instead."""
    language = "text" if entry.code.startswith("facts-") else "attain"
    parts = [f"# {entry.code}", f"{entry.severity.value}: {entry.summary}", "## Why", entry.why.strip()]
    for title, example in (("## Avoid", entry.avoid), ("## Prefer", entry.prefer)):
        if example.strip():
            parts += [title, f"```{language}\n" + example.strip("\n") + "\n```"]
    return "\n\n".join(parts) + "\n"


def render_index(entries: Iterable[Entry]) -> str:
    """The list of all pages, by severity and code."""
    ordered = sorted(entries, key=lambda entry: (entry.severity.value, entry.code))
    parts = ["# Diagnostics", "Every code that Attain reports. `attain explain CODE` prints its page."]
    for severity, group in groupby(ordered, key=lambda entry: entry.severity):
        rows = "\n".join(f"| [{each.code}]({each.code}.md) | {each.summary} |" for each in group)
        parts.append(f"## {severity.value.capitalize()}s\n\n| code | |\n|---|---|\n{rows}")
    return "\n\n".join(parts) + "\n"
