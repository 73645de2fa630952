"""The oldest versions that are tested are those that the package says it can do with."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

HOME = Path(__file__).parents[1]
TESTED_EXTRAS = ("sheets", "tables", "report", "lsp", "serve")


def version(text: str) -> tuple[int, ...]:
    """`3.1` and `3.1.0` are one version."""
    parts = [int(part) for part in text.split(".")]
    while parts and parts[-1] == 0:
        parts.pop()
    return tuple(parts)


def test_the_lower_ends_are_those_that_are_tested() -> None:
    project = tomllib.loads((HOME / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    ranges = [
        *project["dependencies"],
        *(each for name in TESTED_EXTRAS for each in project["optional-dependencies"][name]),
    ]
    allowed = {found[1]: version(found[2]) for each in ranges if (found := re.match(r"([\w-]+)>=([\d.]+),<", each))}
    pinned = re.findall(r"^([\w-]+)==([\d.]+)$", (HOME / "lowest.txt").read_text(encoding="utf-8"), re.MULTILINE)
    assert len(allowed) == len({re.split(">=", each)[0] for each in ranges})
    assert {name: version(number) for name, number in pinned} == allowed
