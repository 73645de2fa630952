"""Mutants that may survive, and why: the file `survivors.toml` beside policies."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Sequence

from attain_compiler.frozen import frozen
from attain_engine.check.mutate import Mutant

_PATTERNS = ("policy", "declaration", "line", "change")
_KEYS = frozenset({*_PATTERNS, "lines", "because"})


@frozen
class Explanation:
    """Why mutants survive: those whose policy, declaration, line and change match these patterns, as a whole, and whose
    line is one of `lines`, if there are any; how many blanks stand between its words does not matter."""

    policy: str
    declaration: str
    line: str
    change: str
    because: str
    lines: frozenset[str] = frozenset()

    def explains(self, mutant: Mutant) -> bool:
        """Whether it is about this mutant."""
        return (not self.lines or _words(mutant.line) in self.lines) and all(
            re.fullmatch(pattern, text)
            for pattern, text in (
                (self.policy, mutant.policy),
                (self.declaration, mutant.declaration),
                (self.line, mutant.line),
                (self.change, mutant.change),
            )
        )


def explanations(text: str) -> tuple[Explanation, ...]:
    """The explanations in a file of survivors. Raises ValueError where it is none, saying what is wrong."""
    entries = tomllib.loads(text).get("survivor", [])
    if not isinstance(entries, list):
        raise ValueError("entries are written `[[survivor]]`")
    return tuple(_explanation(number, each) for number, each in enumerate(entries, start=1))


def _explanation(number: int, entry: object) -> Explanation:
    if not isinstance(entry, dict) or not entry.keys() <= _KEYS or not {"policy", "because"} <= entry.keys():
        raise ValueError(
            f"survivor {number} needs `policy` and `because`, and may have `declaration`, `line`, `lines`, `change`"
        )
    lines = entry.get("lines", [])
    if not isinstance(lines, list):
        raise ValueError(f"survivor {number}: `lines` is a list of lines, in brackets")
    texts = {key: str(entry.get(key, ".*")) for key in (*_PATTERNS, "because")}
    for key in _PATTERNS:
        try:
            re.compile(texts[key])
        except re.error as error:
            raise ValueError(f"survivor {number}: `{key}` is no pattern: {error}") from None
    return Explanation(**texts, lines=frozenset(_words(str(each)) for each in lines))


def _words(line: str) -> str:
    return " ".join(line.split())


def idle(
    known: Sequence[Explanation], survivors: Sequence[Mutant], tried: frozenset[str], everywhere: frozenset[str]
) -> tuple[Explanation, ...]:
    """The explanations that explain nothing although every policy was tried that they are for. `tried` and `everywhere`
    are names of policies."""

    def meant(each: Explanation) -> frozenset[str]:
        return frozenset(policy for policy in everywhere if re.fullmatch(each.policy, policy))

    return tuple(
        each
        for each in known
        if meant(each) and meant(each) <= tried and not any(each.explains(one) for one in survivors)
    )
