"""A page of the documents, taken apart into its blocks of code and the text between them."""

from __future__ import annotations

import re
from dataclasses import dataclass

_FENCED = re.compile(
    r"^(?:<!-- (?P<mark>file|from): (?P<name>\S+) -->\n)?^```(?P<language>[a-z]+)\n(?P<text>.*?)^```$",
    re.DOTALL | re.MULTILINE,
)


@dataclass(frozen=True, slots=True)
class Block:
    """A block of code. A comment before it may say that it is the `file` of that name, or that it is taken `from` the
    file at that path. `start` and `end` are where its text stands in the page; `follows` that nothing but an empty line
    stands between it and the block before."""

    language: str
    text: str
    start: int
    end: int
    file: str = ""
    taken_from: str = ""
    follows: bool = False


def blocks(page: str) -> list[Block]:
    """The blocks of a page, in order."""
    found: list[Block] = []
    last = 0
    for match in _FENCED.finditer(page):
        marked = {match["mark"]: match["name"]}
        between = page[last : match.start()]
        found.append(
            Block(
                match["language"],
                match["text"],
                match.start("text"),
                match.end("text"),
                marked.get("file", ""),
                marked.get("from", ""),
                bool(found) and not between.strip(),
            )
        )
        last = match.end()
    return found
