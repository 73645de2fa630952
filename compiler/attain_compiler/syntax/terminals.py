"""The words, signs and literals of the language, as the grammar has them."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import NamedTuple

from attain_compiler.syntax.parser import parser


class Terminals(NamedTuple):
    """`words` has the text of each word or words of the language and of each sign, by its terminal; `phrases` lists the
    words by the first of them, longest first; `symbols` has the terminals of the signs; `patterns` the regular
    expressions of the literals."""

    words: Mapping[str, str]
    phrases: Mapping[str, tuple[tuple[tuple[str, ...], str], ...]]
    symbols: Mapping[str, str]
    patterns: Mapping[str, str]


@cache
def terminals() -> Terminals:
    """Those of the grammar."""
    defined = parser().terminals
    words = {each.name: each.pattern.value for each in defined if each.pattern.type == "str"}
    return Terminals(
        words=words,
        phrases=_phrases(words),
        symbols={text: name for name, text in words.items() if not text[0].isalpha()},
        patterns={each.name: each.pattern.value for each in defined if each.pattern.type == "re"},
    )


def _phrases(words: Mapping[str, str]) -> dict[str, tuple[tuple[tuple[str, ...], str], ...]]:
    by_first: dict[str, list[tuple[tuple[str, ...], str]]] = {}
    for terminal, text in words.items():
        if text[0].isalpha():
            phrase = tuple(text.split())
            by_first.setdefault(phrase[0], []).append((phrase, terminal))
    return {first: tuple(sorted(found, key=lambda each: -len(each[0]))) for first, found in by_first.items()}
