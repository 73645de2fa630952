"""Policies broken in one place: what `attain test --mutate` tries, to see whether an example notices.

A number is one more or one less, a date or month the next or the one before, `at least` becomes `more than`, `and`
becomes `or`, `all of` becomes `any of`, `is` becomes `is not`, or a line within a declaration is left out. Examples,
claims, imports, comments and texts are left alone: they decide nothing. So is what only says which facts may be asked
about, and when: the days a policy is in force, `unique`, and a bound of a field or measure made wider. More facts would
be let in, and those that are let in now be answered as they are.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from pathlib import PurePath

from attain_compiler.source import SourceFile, Span

_SWAPS: Mapping[str, tuple[str, ...]] = {
    "at least": ("more than", "at most"),
    "more than": ("at least", "at most"),
    "at most": ("less than", "at least"),
    "less than": ("at most", "at least"),
    "earlier than": ("on or before", "on or after"),
    "later than": ("on or after", "on or before"),
    "on or before": ("earlier than", "later than"),
    "on or after": ("later than", "earlier than"),
    "is not": ("is",),
    "is": ("is not",),
    "not in": ("in",),
    "in": ("not in",),
    "all of": ("any of",),
    "any of": ("all of",),
    "and": ("or",),
    "or": ("and",),
    "some": ("no",),
    "no": ("some",),
    "before": ("after",),
    "after": ("before",),
}
"""What each word of the language is replaced by. `or never`, `on or before` and the like are words of their own."""

_TOKENS = re.compile(
    r"""
      (?P<skip>   \#[^\n]* | "(?:[^"\\]|\\.)*" | \bor\ never\b | \bin\ force\ from\b | \bin\ proportion\ to\b )
    | (?P<date>   \b\d{4}-\d{2}-\d{2}\b )
    | (?P<month>  \b\d{4}-\d{2}\b )
    | (?P<number> (?<![\w-])-?\d[\d_]*(?:\.\d+)? )
    | (?P<source> \b[A-Z]+\d+-\d+\b )
    | (?P<word>   \b(?:at\ least|more\ than|at\ most|less\ than|earlier\ than|later\ than|on\ or\ before|on\ or\ after
                  |is\ not|is|not\ in|in|all\ of|any\ of|and|or|some|no|before|after)\b (?!\s*:) )
    | (?P<name>   [A-Za-z][\w-]* )
    """,
    re.VERBOSE,
)
_BINDER = re.compile(r"(?:\bfor|\bno|\bsome|\bevery|\bamong|\bcount of|\bhas)\s+[A-Za-z][\w-]*\s+$")
"""Before an `in` that says what a variable runs over."""

_BOUNDS = re.compile(r"(-?\d[\d_]*(?:\.\d+)?)(?:%|[ ]+[A-Za-z]\w*)?[ ]+to[ ]+(-?\d)")
"""The bounds of a field or measure."""

_NOTES = ("#", "source ", "recovered from ", "because ", "advice ", "unique ")
"""What a line begins with that decides nothing of facts that are not refused."""

_LEFT_ALONE = ("policy ", "example ", "claim ", "import ")
"""Declarations that say what the others should give, where they are, or when they may be asked."""


@dataclass(frozen=True, slots=True)  # goes from one process to another
class Mutant:
    """One change at one place of the file at `path`: `found` at `offset` becomes `instead`.

    `declaration` is what it stands in (`parameter seats`), `line` the whole line without its indent.
    """

    path: str
    declaration: str
    offset: int
    found: str
    instead: str
    line: str

    @property
    def policy(self) -> str:
        """The name of the policy that is broken."""
        return PurePath(self.path).stem

    @property
    def change(self) -> str:
        """What is changed, as files of survivors say it."""
        return f"{self.found} -> {self.instead}" if self.instead else "left out"

    @property
    def span(self) -> Span:
        """The text that is changed, of a line that is left out without its indent."""
        start = self.offset + len(self.found) - len(self.found.lstrip())
        return Span(self.path, start, start + len(self.found.strip()))

    def applied_to(self, text: str) -> str:
        """The text with the change made."""
        return text[: self.offset] + self.instead + text[self.offset + len(self.found) :]


def mutants(source: SourceFile) -> tuple[Mutant, ...]:
    """Every way to break a policy in one place."""
    return (*_changed(source), *_left_out(source))


def _changed(source: SourceFile) -> Iterator[Mutant]:
    text, declaration = source.text, ""
    for match in _TOKENS.finditer(text):
        start = text.rfind("\n", 0, match.start()) + 1
        end = text.find("\n", match.start())
        line = text[start : end if end >= 0 else len(text)].strip()
        if match.start() == start and match.lastgroup != "skip":
            declaration = " ".join(re.findall(r"[\w-]+", line)[:2])
        if declaration.startswith(_LEFT_ALONE):
            continue
        before = text[start : match.start()]
        bounds = _BOUNDS.search(line) if declaration.startswith("record ") or line.startswith("measure ") else None
        for step, instead in enumerate(_replacements(match, before)):
            if bounds is not None and before.lstrip() == line[: bounds.start(2 - step)]:
                continue  # wider
            yield Mutant(source.path, declaration, match.start(), match.group(), instead, line)


def _left_out(source: SourceFile) -> Iterator[Mutant]:
    """The policy without one line, for each line within a declaration that is no note and no comment."""
    declaration, offset = "", 0
    for whole in source.text.splitlines(keepends=True):
        line = whole.strip()
        if line and not whole.startswith((" ", "#")):
            declaration = " ".join(re.findall(r"[\w-]+", line)[:2])
        elif line and not line.startswith(_NOTES) and not declaration.startswith(_LEFT_ALONE):
            yield Mutant(source.path, declaration, offset, whole, "", line)
        offset += len(whole)


def _replacements(match: re.Match[str], before: str) -> tuple[str, ...]:
    found = match.group()
    match match.lastgroup:
        case "date":
            day = date.fromisoformat(found)
            return tuple((day + timedelta(days=step)).isoformat() for step in (1, -1))
        case "month":
            month = int(found[:4]) * 12 + int(found[5:]) - 1
            return tuple(f"{each // 12:04}-{each % 12 + 1:02}" for each in (month + 1, month - 1))
        case "number":
            value = Decimal(found.replace("_", ""))
            return tuple(str(value + step) for step in (1, -1))
        case "word":
            if found == "in" and _BINDER.search(before):
                return ()
            return _SWAPS[found]
        case _:
            return ()
