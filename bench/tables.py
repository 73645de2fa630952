"""Tables that are measured, written into the documents between two marks."""

from __future__ import annotations

from pathlib import Path


def written_between(page: Path, mark: str, table: str) -> None:
    """Put a table between `<!-- mark -->` and the next `<!-- end -->` of a page, in the place of what is there."""
    begin, end = f"<!-- {mark} -->\n", "<!-- end -->"
    text = page.read_text("utf-8")
    start = text.index(begin) + len(begin)
    stop = text.index(end, start)
    page.write_text(text[:start] + table + text[stop:], "utf-8", newline="\n")
