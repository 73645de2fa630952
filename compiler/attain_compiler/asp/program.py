"""An answer set program as data: facts with the place each comes from, and the names of the rules that read them.

Facts carry numbers and words only. The rules are the hand-written encodings of the engine, named here and never pasted
together; so nothing that a policy or its facts contain can become part of a program's text.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field
from typing import TypeAlias

from attain_compiler.frozen import frozen
from attain_compiler.source import Span

Argument: TypeAlias = int | str
"""A whole number, or a word of an encoding's own vocabulary (`pos`, `cost`)."""

LARGEST = 2**31 - 1
"""clingo's whole numbers have 32 bits and wrap without a word; `-LARGEST - 1` is left out, as its negation wraps."""

_WORD = re.compile(r"[a-z][a-z0-9_]*\Z")


class TooLarge(Exception):
    """A number, or a sum of numbers, does not fit the solver's 32 bits. The message says which, for the user."""


@frozen
class Origin:
    """Where a fact comes from: what it says to a person, and the place in the policy if there is one."""

    text: str
    span: Span | None = None


@dataclass(frozen=True, slots=True)
class Fact:
    """`predicate(arguments).` Raises ValueError for a name that is no plain word, TooLarge for a number past 32
    bits."""

    predicate: str
    arguments: tuple[Argument, ...]
    origin: Origin | None = field(default=None, compare=False)

    def __post_init__(self) -> None:
        for argument in (self.predicate, *self.arguments):
            if isinstance(argument, str):
                if not _WORD.match(argument):
                    raise ValueError(f"not a word of an encoding: {argument!r}")
            elif abs(argument) > LARGEST:
                raise TooLarge(f"`{argument}` is past the {LARGEST} that the solver can count to")


@frozen
class Program:
    """The facts, in order, and the encodings that read them (`truth` is `encodings/truth.lp` of the engine)."""

    facts: tuple[Fact, ...]
    encodings: tuple[str, ...]

    def sizes(self) -> dict[str, int]:
        """How many facts each predicate has."""
        return dict(Counter(fact.predicate for fact in self.facts))
