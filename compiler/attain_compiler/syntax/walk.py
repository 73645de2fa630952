"""Read a declaration with Lark's parser, token by token, and go on at the next line after a mistake."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

from lark import UnexpectedToken
from lark.parsers.lalr_interactive_parser import InteractiveParser

from attain_compiler.diagnostics.model import Diagnostic
from attain_compiler.syntax.grammar import begin, states_of
from attain_compiler.syntax.making import Callbacks, Deep, Make
from attain_compiler.syntax.tokens import Token, for_lark
from attain_compiler.syntax.words import read

MOST_OPEN = 2_000
"""How much may be begun and not yet ended; a text within the other limits stays far below."""

MOST_TROUBLES = 100
"""How many lines of one declaration are reported."""


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


def walk(tokens: list[Token], path: str, makers: Mapping[str, Make], report: list[Diagnostic]) -> Walk:
    """Read one declaration. There is at most one trouble for each line of its block."""
    troubles: list[Trouble] = []
    taken: list[Token] = []
    parser = begin(Callbacks(path, makers, report))
    end = tokens[-1].end
    tokens = [*tokens, Token("$END", "", end, end)]
    block = 0  # how many blocks are open
    resume: InteractiveParser | None = None  # before the last line of the outermost block
    index = 0
    previous: Token | None = None
    while True:
        states = states_of(parser)
        token, following = read(tokens, index, states)
        if token.kind == "_INDENT":
            block += 1
        elif token.kind == "_DEDENT":
            block -= 1
        before = parser.copy(deepcopy_values=False) if block == 1 and token.kind == "_NEWLINE" else None
        trouble: Trouble | None = None
        try:
            if len(states) > MOST_OPEN:
                raise Deep
            made = parser.feed_token(for_lark(token))
        except UnexpectedToken:
            after = tokens[following] if following < len(tokens) else None
            trouble = Unexpected(token, states, previous, after)
        except Deep:
            trouble = TooDeep(token)
        if trouble is None:
            if token.kind == "$END":
                return Walk(None if troubles else made.value, tuple(troubles), tuple(taken))
            taken.append(token)
            if before is not None:
                resume = before
            elif block == 1 and token.kind == "_INDENT" and resume is None:
                resume = parser.copy(deepcopy_values=False)
            previous = token
            index = following
            continue
        troubles.append(trouble)
        if resume is None or len(troubles) == MOST_TROUBLES:
            return Walk(None, tuple(troubles), tuple(taken))
        block -= (token.kind == "_INDENT") - (token.kind == "_DEDENT")  # they are still to be passed
        index, block = _next_line(tokens, index if token.kind in _BREAKS else following, block)
        if index >= len(tokens) - 1:
            return Walk(None, tuple(troubles), tuple(taken))
        parser = resume.copy(deepcopy_values=False)
        if "_NEWLINE" not in parser.choices():
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
