"""Line breaks with a meaning: the tokens `_INDENT`, `_NEWLINE` and `_DEDENT`, put between those of one declaration.

A line that is indented deeper opens a block where the grammar has one, else it continues the line above. Inside
parentheses and braces lines are free. `_NEWLINE` stands between the lines of a block, not after the last.
"""

from __future__ import annotations

from collections.abc import Iterable

from attain_compiler.syntax.tokens import Token

OPENING = frozenset({"LPAR", "LBRACE"})
CLOSING = frozenset({"RPAR", "RBRACE"})
LAYOUT = frozenset({"_INDENT", "_NEWLINE", "_DEDENT"})
_CONTINUED = frozenset({"import", "amends", "claim"})
"""The declarations that may say all they have to say in a line that goes on; what is below another is its block."""


class Layout:
    """Follows the lines of one declaration, from its first token on; that stands in column 0."""

    def __init__(self, head: Token) -> None:
        self._is_continued = head.text in _CONTINUED
        self._levels = [0]  # the columns of the open blocks
        self._brackets = 0  # how many are open
        self._column = 0  # where the present line begins

    @property
    def blocks(self) -> int:
        """How many are open."""
        return len(self._levels) - 1

    def before(self, token: Token, *, may_open: bool) -> list[Token]:
        """The layout before a token; `may_open` says whether the grammar has a block there."""
        place = token.start
        if token.kind == "$END":
            return [Token("_DEDENT", "", place, place)] * self.blocks
        column = token.indent
        if column < 0 or self._brackets:
            return []
        is_deeper = column > self._column and column > self._levels[-1]
        self._column = column
        if is_deeper and (self._is_below_head() or may_open):
            self._levels.append(column)
            return [Token("_INDENT", "", place, place)]
        result = []
        while column < self._levels[-1]:
            self._levels.pop()
            result.append(Token("_DEDENT", "", place, place))
        if column == self._levels[-1] and self.blocks:
            result.append(Token("_NEWLINE", "", place, place))
        return result

    def take(self, tokens: Iterable[Token]) -> None:
        """Go on past tokens that have been read."""
        for token in tokens:
            if token.indent >= 0 and not self._brackets:
                self._column = token.indent
            if token.kind in OPENING:
                self._brackets += 1
            elif token.kind in CLOSING:
                self._brackets = max(0, self._brackets - 1)

    def goes_on(self, token: Token) -> bool:
        """Whether a token may belong to the present line, as what stands before it does."""
        if token.indent < 0 or self._brackets:
            return True
        return token.indent > self._levels[-1] and not self._is_below_head()

    def _is_below_head(self) -> bool:
        return not self.blocks and not self._is_continued
