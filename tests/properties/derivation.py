"""Random policies: derivations of the grammar, written out with their layout."""

from __future__ import annotations

import random
from functools import cache
from typing import Any

from lark import Lark

from attain_compiler.syntax.parser import made, parser

NAMES = ("alpha", "beta_2", "MB-210", "Track", "level", "points", "total", "date", "x")
WORDS = {
    "STRING": ('"a text"', '"with \\" and \\\\"', '"{n} seats # no comment"', '""'),
    "DATE": ("2022-10-03", "0001-01-01", "2024-02-29"),
    "MONTH": ("2022-10", "1999-12"),
    "NUMBER": ("0", "1_000", "0.5", "70"),
    "PERCENT": ("40%", "12.5 %"),
    "POINTS": ("4 points", "1 point"),
    "MONEY": ("12_000 USD", "0.50  EUR"),
    "DURATION": ("90 days", "1 month", "2 years", "6   weeks"),
}
MOST_TOKENS = 400
SIMPLER = {
    "_body": ("_INDENT", "body", "_DEDENT"),
    "_block{_precedence_line}": ("_INDENT", "order", "_DEDENT"),
    "_block{_claim_line}": ("_INDENT", "_statement", "_DEDENT"),
    "note": ("source",),
}
"""Where the grammar allows more than the parser does in the end: a second body, a second `because`."""


class TooLong(Exception):
    """The derivation does not end soon enough, or has a block where no line can open one."""


def prepare() -> None:
    """Have the grammar and its parser ready; Lark takes a while over them."""
    parser()
    _heights()
    _patterns()


@cache
def _grammar() -> Lark:
    return made()


@cache
def _rules() -> dict[str, list[Any]]:
    rules: dict[str, list[Any]] = {}
    for rule in sorted(_grammar().rules, key=lambda rule: (rule.origin.name, [each.name for each in rule.expansion])):
        rules.setdefault(rule.origin.name, []).append(rule)
    return rules


@cache
def _heights() -> dict[str, int]:
    """How deep the lowest derivation of each thing is."""
    heights: dict[str, int] = {}
    changed = True
    while changed:
        changed = False
        for name, rules in _rules().items():
            found = [_height(rule, heights) for rule in rules]
            height = min([each for each in found if each is not None], default=None)
            if height is not None and heights.get(name, height + 1) > height:
                heights[name] = height
                changed = True
    return heights


def _height(rule: Any, heights: dict[str, int]) -> int | None:
    parts = [0 if symbol.is_term else heights.get(symbol.name) for symbol in rule.expansion]
    return None if None in parts else 1 + max([part for part in parts if part is not None], default=0)


@cache
def _patterns() -> dict[str, str]:
    return {terminal.name: terminal.pattern.value for terminal in _grammar().terminals}


def tokens(chance: random.Random, deepest: int) -> list[str]:
    """A declaration as words and the names of its layout tokens."""
    result: list[str] = []
    pending = [("declaration", deepest)]
    while pending:
        name, budget = pending.pop()
        if name in SIMPLER:
            pending += [(part, budget - 1) for part in reversed(SIMPLER[name])]
        elif name in _rules():
            rules = _rules()[name]
            fitting = [rule for rule in rules if (_height(rule, _heights()) or 0) <= budget]
            lowest = min(rules, key=lambda rule: _height(rule, _heights()) or 0)
            rule = chance.choice(fitting or [lowest])
            pending += [(symbol.name, budget - 1) for symbol in reversed(rule.expansion)]
        else:
            result.append(_word(name, chance))
        if len(result) > MOST_TOKENS:
            raise TooLong
    return result


def _word(terminal: str, chance: random.Random) -> str:
    if terminal == "NAME":
        return chance.choice(NAMES)
    if terminal in WORDS:
        return chance.choice(WORDS[terminal])
    return terminal if terminal in ("_INDENT", "_NEWLINE", "_DEDENT") else _patterns()[terminal]


def text(chance: random.Random, deepest: int) -> str:
    """A declaration as a text, spaced loosely and with comments."""
    lines: list[str] = []
    line = ""
    indents = [0]
    brackets = 0
    after_block = False
    for token in tokens(chance, deepest):
        if token.startswith("_"):
            if brackets or (token == "_INDENT" and after_block):
                raise TooLong
            if token == "_INDENT":
                indents.append(indents[-1] + 2 * chance.randint(2, 3))
            elif token == "_DEDENT":
                indents.pop()
            after_block = token == "_DEDENT"
            if token != "_DEDENT":
                lines += [line + _comment(chance), *_between(chance)]
                line = " " * indents[-1]
            continue
        if after_block:  # the line that the block belongs to goes on
            lines.append(line)
            line = " " * (indents[-1] + 2)
            after_block = False
        brackets += (token in "({") - (token in ")}")
        line += token + " " * chance.randint(1, 3)
    return "\n".join([*lines, line]) + "\n"


def _comment(chance: random.Random) -> str:
    return "# (a comment" if chance.random() < 0.1 else ""


def _between(chance: random.Random) -> list[str]:
    return chance.choice([[], [], [], [], [""], ["", ""], ["    # alone"], ["# in the first column", ""]])
