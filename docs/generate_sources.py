"""Writes `docs/sources.md`: for each item of the source documents, the policy and line that carries it, or why not.

Run it from the folder of the project: `python docs/generate_sources.py`. It reads the `source` and `recovered from`
notes of the policies, `policies/inventory_ids.txt` (the items) and `policies/not_carried.toml` (the reasons).
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
POLICIES = ROOT / "policies"
PAGE = ROOT / "docs" / "sources.md"

DOCUMENTS = {
    "S0": "Performance data in Partner Center",
    "S1": "MPN 101: The four steps to attain a cloud competency",
    "S2": "Partner contribution indicators",
    "S3": "Prepare for your competency renewal",
    "S4": "Solutions Partner for Modern Work",
    "S5": "Fachanwaltsordnung (rules on specialist lawyers), employment law",
    "S6": "LEED v4 for Building Design and Construction, new construction",
    "S7": "Immigration and Refugee Protection Regulations, federal skilled workers",
    "S8": "LIFE 2014 to 2020: Regulation (EU) No 1293/2013 and guidelines for applicants",
}
KINDS = {
    "R": "rule",
    "D": "definition",
    "N": "number",
    "X": "exclusion",
    "E": "example",
    "A": "ambiguity",
    "C": "contradiction",
    "L": "lost in the copy",
    "O": "no decision",
}
MUST_BE_ACCOUNTED_FOR = frozenset("RDNXEAC")
SHOWN_PLACES = 4

_QUOTED = re.compile(r'"(?:[^"\\]|\\.)*"')
_NOTE = re.compile(r"\bsource\s+(.*)")
_ID = re.compile(r"\bS\d-\d\d\b")
_RECOVERED = re.compile(r'\brecovered from\s+("(?:[^"\\]|\\.)*"(?:\s*,\s*"(?:[^"\\]|\\.)*")*)')
_TEXT_OR_COMMENT = re.compile(r'"(?:[^"\\]|\\.)*"|#.*')


@dataclass(frozen=True, slots=True)
class Item:
    """An item of a source document; `kinds` are the letters of `KINDS` that apply."""

    id: str
    kinds: tuple[str, ...]
    text: str


@dataclass(frozen=True, slots=True, order=True)
class Place:
    """A line of a policy, counted from 1."""

    file: str
    line: int


def items() -> tuple[Item, ...]:
    """The items of the source documents, in order."""
    lines = (POLICIES / "inventory_ids.txt").read_text(encoding="utf-8").splitlines()
    found = (line.split(" ", 2) for line in lines if line and not line.startswith("#"))
    return tuple(Item(item, tuple(kinds.split("/")), text) for item, kinds, text in found)


def cited_in(text: str) -> Iterator[tuple[int, str]]:
    """The line and the id of every citation in the `source` notes of a policy."""
    for number, line in enumerate(text.splitlines(), start=1):
        plain = _QUOTED.sub('""', line).partition("#")[0]
        note = _NOTE.search(plain)
        if note:
            for cited in _ID.findall(note.group(1)):
                yield number, cited


def recovered_in(text: str) -> Iterator[tuple[int, str]]:
    """The line and the origin of every figure that a policy has from elsewhere than its source."""
    for number, line in enumerate(text.splitlines(), start=1):
        code = _TEXT_OR_COMMENT.sub(lambda found: found.group() if found.group().startswith('"') else "", line)
        within = [found.span() for found in _QUOTED.finditer(code)]
        for note in _RECOVERED.finditer(code):
            if not any(start < note.start() < end for start, end in within):
                for origin in _QUOTED.findall(note.group(1)):
                    yield number, origin[1:-1]


def places(found_in: Callable[[str], Iterator[tuple[int, str]]] = cited_in) -> dict[str, list[Place]]:
    """For each id that a policy cites (with `recovered_in`: each origin), where."""
    found: dict[str, list[Place]] = {}
    for path in sorted(POLICIES.rglob("*.attain")):
        for line, cited in found_in(path.read_text(encoding="utf-8")):
            found.setdefault(cited, []).append(Place(path.relative_to(POLICIES).as_posix(), line))
    return found


def reasons() -> dict[str, str]:
    """For each id that no policy carries, why it decides nothing."""
    data = tomllib.loads((POLICIES / "not_carried.toml").read_text(encoding="utf-8"))
    return {item: reason for reason_table in data.values() for item, reason in reason_table.items()}


def page() -> str:
    """The whole page."""
    cited, why = places(), reasons()
    lines = [
        "# Where each paragraph of the sources went",
        "",
        "Written by `docs/generate_sources.py` from the notes of the policies; do not edit it by hand.",
    ]
    document = ""
    for item in items():
        if item.id[:2] != document:
            document = item.id[:2]
            lines += [
                "",
                f"## {document}: {DOCUMENTS[document]}",
                "",
                "| item | kind | what | carried by |",
                "|---|---|---|---|",
            ]
        kinds = ", ".join(KINDS[each] for each in item.kinds)
        lines.append(
            f"| {item.id} | {kinds} | {_cell(item.text)} | {_carried(cited.get(item.id, []), why.get(item.id))} |"
        )
    lines += [
        "",
        "## Figures that their source has lost",
        "",
        "The source speaks of them, and the copy of it no longer has them. A policy says with `recovered from` where",
        "each was found, and a report names it with every requirement and part of a score that looks the figure up.",
        "",
        "| recovered from | figures |",
        "|---|---|",
    ]
    lines += [
        f"| {_cell(origin)} | {_links(found, len(found))} |" for origin, found in sorted(places(recovered_in).items())
    ]
    return "\n".join(lines) + "\n"


def _links(found: list[Place], most: int) -> str:
    shown = [f"[{each.file}:{each.line}](../policies/{each.file}#L{each.line})" for each in found[:most]]
    more = len(found) - len(shown)
    return ", ".join(shown) + (f" and {more} more" if more else "")


def _carried(found: list[Place], reason: str | None) -> str:
    text = _links(found, SHOWN_PLACES)
    return "; ".join(each for each in (text, _cell(reason or "")) if each)


def _cell(text: str) -> str:
    return text.replace("|", "\\|")


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
