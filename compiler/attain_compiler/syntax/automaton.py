"""The loop that walks the LALR table over the tokens of a declaration, and goes on at the next line after an error."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple

from attain_compiler.diagnostics.model import Diagnostic
from attain_compiler.source import Span
from attain_compiler.syntax.tables import Tables
from attain_compiler.syntax.tokens import Token
from attain_compiler.syntax.words import read


class Written(NamedTuple):
    """What the grammar read for one rule: the values of its parts, its place, and where to report what is wrong."""

    parts: list[Any]
    span: Span
    report: list[Diagnostic]


Make = Callable[[Written], Any]
"""Makes the node for a rule."""

DEEPEST = 100
"""How deep expressions and blocks may be nested; later stages may rely on it."""


MOST_OPEN = 2_000
"""How much may be begun and not yet ended; a text within the other limits stays far below."""

MOST_TROUBLES = 100
"""How many lines of one declaration are reported."""

FLAT = frozenset({"connective"})
"""Rules that add to a list and so do not nest."""


class Spread(list[Any]):
    """Values that belong to the rule around, not to a node of their own."""


class Unexpected(NamedTuple):
    """A token that may not stand where it does: `states` are what has been read so far, the last of them says what
    might follow; `previous` and `following` are the tokens around it."""

    token: Token
    states: tuple[int, ...]
    previous: Token | None = None
    following: Token | None = None


class TooDeep(NamedTuple):
    token: Token


Trouble = Unexpected | TooDeep


class Walk(NamedTuple):
    """`node` is None where anything could not be read; `tokens` are those that were, with their layout, as the grammar
    saw them: a word of the language has its own kind, and is one token even if it is several words."""

    node: Any
    troubles: tuple[Trouble, ...]
    tokens: tuple[Token, ...]


@dataclass(slots=True)
class _Stack:
    """`places` are the ends of each value's text, None where it has none; `depths` how deep it is nested."""

    states: list[int]
    values: list[Any]
    places: list[tuple[int, int] | None]
    depths: list[int]

    def copy(self) -> _Stack:
        return _Stack(self.states[:], self.values[:], self.places[:], self.depths[:])


def walk(tables: Tables, tokens: list[Token], path: str, makers: Mapping[str, Make], report: list[Diagnostic]) -> Walk:
    """Read one declaration. There is at most one trouble for each line of its block."""
    troubles: list[Trouble] = []
    taken: list[Token] = []
    stack = _Stack([tables.start], [], [], [])
    end = tokens[-1].end
    tokens = [*tokens, Token("$END", "", end, end)]
    block = 0  # how many blocks are open
    resume: _Stack | None = None  # before the last line of the outermost block
    index = 0
    previous: Token | None = None
    while True:
        token, following = read(tables, tokens, index, stack.states)
        if token.kind == "_INDENT":
            block += 1
        elif token.kind == "_DEDENT":
            block -= 1
        before = stack.copy() if block == 1 and token.kind == "_NEWLINE" else None
        states = tuple(stack.states)
        trouble = TooDeep(token) if len(states) > MOST_OPEN else _feed(tables, stack, token, path, makers, report)
        if trouble is None:
            if token.kind == "$END":
                return Walk(None if troubles else stack.values[-1], tuple(troubles), tuple(taken))
            taken.append(token)
            if before is not None:
                resume = before
            elif block == 1 and token.kind == "_INDENT" and resume is None:
                resume = stack.copy()
            previous = token
            index = following
            continue
        if isinstance(trouble, Unexpected):
            after = tokens[following] if following < len(tokens) else None
            trouble = Unexpected(token, states, previous, after)
        troubles.append(trouble)
        if resume is None or len(troubles) == MOST_TROUBLES:
            return Walk(None, tuple(troubles), tuple(taken))
        block -= (token.kind == "_INDENT") - (token.kind == "_DEDENT")  # they are still to be passed
        index, block = _next_line(tokens, index if token.kind in _BREAKS else following, block)
        if index >= len(tokens) - 1:
            return Walk(None, tuple(troubles), tuple(taken))
        stack = resume.copy()
        if "_NEWLINE" not in tables.actions[stack.states[-1]]:
            index += 1  # no line of the block could be read yet
        previous = None


_BREAKS = frozenset({"_INDENT", "_NEWLINE", "_DEDENT", "$END"})


def _next_line(tokens: list[Token], index: int, block: int) -> tuple[int, int]:
    """The index of the next `_NEWLINE` of the outermost block from `index` on, or that of the end."""
    while index < len(tokens):
        kind = tokens[index].kind
        if kind == "_INDENT":
            block += 1
        elif kind == "_DEDENT":
            block -= 1
        elif kind == "_NEWLINE" and block == 1:
            return index, block
        index += 1
    return index, block


def _feed(
    tables: Tables, stack: _Stack, token: Token, path: str, makers: Mapping[str, Make], report: list[Diagnostic]
) -> Trouble | None:
    """Take one token, first ending all rules that end before it."""
    states, values, places, depths = stack.states, stack.values, stack.places, stack.depths
    kind = token.kind
    while True:
        action = tables.actions[states[-1]].get(kind)
        if action is None:
            return Unexpected(token, ())
        if action >= 0:
            states.append(action)
            values.append(token)
            places.append((token.start, token.end) if kind[0] != "_" else None)
            depths.append(0)
            return None
        head, length, name, kept = tables.rules[-1 - action]
        if length == 1 and name == "=":
            states[-1] = tables.gotos[states[-2]][head]
            if kind == "$END" and states[-1] == tables.end:
                return None
            continue
        base = len(values) - length
        if name == "=":
            value = values[base + kept[0]]
        else:
            if not name and kept and kept[0] < 0:
                parts = values[base - 1 - kept[0]]  # a list that grows: it belongs to nobody else
                kept = kept[1:]
            else:
                parts = Spread() if not name else []
            for position in kept:
                if position >= 0:
                    parts.append(values[base + position])
                else:
                    parts.extend(values[base - 1 - position])
            value = parts
        if length == 1:
            depth, place = depths[-1], places[-1]
        else:
            depth, place = max(depths[base:], default=0), _place(places, base)
        if name and length > 1 and name not in FLAT:
            depth += 1
            if depth > DEEPEST:
                return TooDeep(token)
        if name and name != "=":
            first, last = place or (token.start, token.start)
            value = makers[name](Written(value, Span(path, first, last), report))
        del states[base + 1 :], values[base:], places[base:], depths[base:]
        states.append(tables.gotos[states[-1]][head])
        values.append(value)
        places.append(place)
        depths.append(depth)
        if kind == "$END" and states[-1] == tables.end:
            return None


def _place(places: list[tuple[int, int] | None], base: int) -> tuple[int, int] | None:
    placed = [place for place in places[base:] if place is not None]
    return (placed[0][0], placed[-1][1]) if placed else None
