"""Draws what a feature says of a file under its lines."""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path

from attain_compiler.diagnostics.render.columns import text_width
from attain_compiler.source import SourceFile, Span
from attain_engine.lsp.workspace import Workspace

FOLDER = Path(__file__).parent
HOME = FOLDER / "workspace"
GRANT = str(HOME / "grant.attain")
PEOPLE = str(HOME / "shared" / "people.attain")
CURSOR = "‸"


def workspace(**texts: str) -> Workspace:
    """The workspace of the tests; `grant=...` opens that policy with another text."""
    paths = {"grant": GRANT, "people": PEOPLE}
    return Workspace((str(HOME),), {paths[name]: text for name, text in texts.items()})


def place(path: str, before: str, after: str = "") -> int:
    """The offset in a file between two texts that stand in it side by side."""
    text = Path(path).read_text(encoding="utf-8")
    assert text.count(before + after) == 1, f"{before + after!r} stands {text.count(before + after)} times in {path}"
    return text.index(before + after) + len(before)


def cut(text: str) -> tuple[str, int]:
    """A text without its cursor, and where that stood."""
    return text.replace(CURSOR, ""), text.index(CURSOR)


def where(source: SourceFile | None, span: Span) -> str:
    """`grant.attain:3:5 name`."""
    assert source is not None
    line, column = source.line_and_column(span.start)
    return f"{Path(span.path).name}:{line}:{column} {source.slice(span)}".rstrip()


def draw(source: SourceFile, marks: Iterable[tuple[Span, str]]) -> str:
    """The lines of a file that have marks, each with its marks below; further lines of a mark's text below that."""
    by_line: dict[int, list[tuple[int, int, str]]] = {}
    for span, text in marks:
        line, column = source.line_and_column(span.start)
        end_line, end_column = source.line_and_column(span.end)
        last = end_column - 1 if end_line == line else len(source.line_text(line))
        by_line.setdefault(line, []).append((column - 1, last, text))
    drawn: list[str] = []
    for line, found in sorted(by_line.items()):
        written = source.line_text(line)
        drawn.append(f"{line:>3} | {written}")
        for first, last, text in sorted(found):
            before = text_width(written[:first])
            sign = "^" * max(1, text_width(written[first:last])) if last > first else "▸"
            head, *rest = text.split("\n")
            drawn.append(f"    | {' ' * before}{sign} {head}".rstrip())
            drawn += [f"    | {' ' * before}  {each}".rstrip() for each in rest]
    return "\n".join(drawn) + "\n"


def must_be(name: str, text: str) -> None:
    """Compare with a snapshot; `make golden` writes it anew."""
    golden = FOLDER / "snapshots" / f"{name}.txt"
    if os.environ.get("ATTAIN_GOLDEN") == "write":
        golden.write_text(text, encoding="utf-8", newline="\n")
    assert golden.read_text(encoding="utf-8") == text
