"""The documents that are generated: `python -m attain_engine.cli.documents docs/diagnostics`."""

from __future__ import annotations

import sys
from pathlib import Path

from attain_compiler.diagnostics.catalogue import ENTRIES
from attain_compiler.diagnostics.render.page import render_index, render_page

INDEX = "README.md"


def diagnostic_pages() -> dict[str, str]:
    """The pages of `docs/diagnostics`, by file name: one for each code, and the list of them."""
    return {INDEX: render_index(ENTRIES), **{f"{entry.code}.md": render_page(entry) for entry in ENTRIES}}


def write_pages(folder: Path) -> None:
    """Make the folder hold exactly the pages; those of codes that are gone are removed."""
    pages = diagnostic_pages()
    folder.mkdir(parents=True, exist_ok=True)
    for stale in {path.name for path in folder.glob("*.md")} - pages.keys():
        (folder / stale).unlink()
    for name, text in pages.items():
        (folder / name).write_text(text, encoding="utf-8", newline="\n")


if __name__ == "__main__":
    write_pages(Path(sys.argv[1]))
