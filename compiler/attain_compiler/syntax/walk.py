"""Read a declaration with Lark's parser, token by token, and go on at the next line after a mistake."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

from lark import UnexpectedToken
from lark.parsers.lalr_interactive_parser import InteractiveParser

from attain_compiler.diagnostics.model import Diagnostic
from attain_compiler.syntax.grammar import accepts, begin, states_of
from attain_compiler.syntax.layout import Layout
from attain_compiler.syntax.making import Callbacks, Deep, Made, Make
from attain_compiler.syntax.tokens import Token, for_lark
from attain_compiler.syntax.words import read

MOST_OPEN = 2_000
"""How much may be begun and not yet ended; a text within the other limits stays far below."""

MOST_TROUBLES = 100
"""How many lines of one declaration are reported."""


class Unexpected(NamedTuple):
    """A token that may not stand where it does: `states` are what has been read so far, the last of them says what
    might follow; `previous` is the token before it."""

    token: Token
    states: tuple[int, ...]
    previous: Token | None = None


class TooDeep(NamedTuple):
    token: Token


Trouble = Unexpected | TooDeep


class Kept(NamedTuple):
    """A parser to go on with after a mistake: as it was, and how long the lists were then that it fills. What is read
    after it, and with a mistake, fills the same lists."""

    parser: InteractiveParser
    lists: tuple[tuple[list[Any], int], ...]

    def again(self) -> InteractiveParser:
        """The parser as it was."""
        for values, length in self.lists:
            del values[length:]
        parser: InteractiveParser = self.parser.copy(deepcopy_values=False)
        return parser


def _kept(parser: InteractiveParser) -> Kept:
    values = (each.value for each in parser.parser_state.value_stack if isinstance(each, Made))
    lists = tuple((each, len(each)) for each in values if isinstance(each, list))
    return Kept(parser.copy(deepcopy_values=False), lists)


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
    layout = Layout(tokens[0])
    end = tokens[-1].end
    tokens = [*tokens, Token("$END", "", end, end)]
    resume: Kept | None = None  # before the last line of the outermost block
    index = 0
    pending: list[Token] = []  # the layout before the token at `index`, as far as it is still to be read
    previous: Token | None = None
    while True:
        states = states_of(parser)
        token, following = (pending[0], index) if pending else read(tokens, index, previous, states, layout)
        before = _kept(parser) if token.kind == "_NEWLINE" and layout.blocks == 1 else None
        trouble: Trouble | None = None
        try:
            if len(states) > MOST_OPEN:
                raise Deep
            made = parser.feed_token(for_lark(token))
        except UnexpectedToken:
            trouble = Unexpected(token, states, previous)
        except Deep:
            trouble = TooDeep(token)
        if trouble is None:
            if token.kind == "$END":
                return Walk(None if troubles else made.value, tuple(troubles), tuple(taken))
            taken.append(token)
            if before is not None:
                resume = before
            elif token.kind == "_INDENT" and layout.blocks == 1 and resume is None:
                resume = _kept(parser)
            previous = token
            if pending:
                del pending[0]
            else:
                layout.take(tokens[index:following])
                index = following
                may_open = tokens[index].indent > 0 and accepts(states_of(parser), "_INDENT")
                pending = layout.before(tokens[index], may_open=may_open)
            continue
        troubles.append(trouble)
        if resume is None or len(troubles) == MOST_TROUBLES:
            return Walk(None, tuple(troubles), tuple(taken))
        index, pending = _next_line(tokens, index, pending, layout)
        if tokens[index].kind == "$END":
            return Walk(None, tuple(troubles), tuple(taken))
        parser = resume.again()
        if "_NEWLINE" not in parser.choices():
            pending = []  # no line of the block could be read yet
        previous = None


def _next_line(tokens: list[Token], index: int, pending: list[Token], layout: Layout) -> tuple[int, list[Token]]:
    """The next line of the outermost block, or the end: the index of its first token, and the layout before it.

    What the lines in between have below them does not matter, so none of them needs to open a block.
    """
    while tokens[index].kind != "$END":
        if layout.blocks == 1 and pending and pending[-1].kind == "_NEWLINE":
            return index, pending[-1:]
        layout.take(tokens[index : index + 1])
        index += 1
        pending = layout.before(tokens[index], may_open=False)
    return index, pending
