"""The lines of a file for the formatter: what stands on each, and how far it is to be indented."""

from __future__ import annotations

from dataclasses import dataclass, field

from attain_compiler.syntax.layout import CLOSING, OPENING
from attain_compiler.syntax.tokens import Token

STEP = 2
"""How far a block is indented, and a line that goes on."""


@dataclass(slots=True, eq=False)
class Line:
    """A line of a declaration. `number` is where its first token stood; `previous` is the token before that one.

    `begins` says that it begins a line of a block (or the declaration) and does not continue one; `depth` counts the
    blocks around it, `opener` is the line that the innermost of them stands below. A line within brackets that were
    opened on an earlier line, with something after them, is to stand below that: `below` says which line and which of
    its tokens.
    """

    number: int
    tokens: list[Token]
    previous: Token | None
    begins: bool
    depth: int
    opener: Line | None
    indent: int = 0
    below: tuple[Line, int] | None = None
    is_continued: bool = False


@dataclass(slots=True)
class _Level:
    """An open block: the indentation of its lines, the line that opened it, and the lines that continue the present
    one, with the column where each began and the indentation it was given. `limit` bounds the next of these, where it
    follows a block."""

    indent: int
    opener: Line | None = None
    continued: list[tuple[int, int]] = field(default_factory=list)
    limit: int | None = None


def lines_of(tokens: tuple[Token, ...], line_numbers: dict[int, int], columns: dict[int, int]) -> list[Line]:
    """The lines of one declaration, indented. `line_numbers` and `columns` place each token by its start."""
    result: list[Line] = []
    levels = [_Level(0)]
    brackets: list[tuple[Line, int]] = []  # the line of each open bracket, and its index there
    previous: Token | None = None
    begins = True
    for index, token in enumerate(tokens):
        if token.kind == "_INDENT":
            opener = result[-1]
            roomy = opener.indent == levels[-1].indent and _is_continued_after(tokens, index)
            levels.append(_Level(opener.indent + (2 * STEP if roomy else STEP), opener))
            begins = True
            continue
        if token.kind == "_DEDENT":
            closed = levels.pop()
            levels[-1].limit = max(closed.indent - STEP, levels[-1].indent + STEP)
            continue
        if token.kind == "_NEWLINE":
            begins = True
            continue
        number = line_numbers[token.start]
        if not result or result[-1].number != number or begins:
            line = Line(number, [], previous, begins, len(levels) - 1, levels[-1].opener)
            if not begins:
                result[-1].is_continued = True
            if not brackets:
                line.indent = _indent(levels[-1], begins, columns[token.start])
            elif token.kind in CLOSING:
                line.indent = brackets[-1][0].indent
            else:
                line.indent = brackets[-1][0].indent + STEP
                line.below = _what_follows(*brackets[-1])
            result.append(line)
            begins = False
        result[-1].tokens.append(token)
        previous = token
        if token.kind in OPENING:
            brackets.append((result[-1], len(result[-1].tokens) - 1))
        elif token.kind in CLOSING:
            brackets.pop()
    return result


def _what_follows(line: Line, bracket: int) -> tuple[Line, int] | None:
    return (line, bracket + 1) if bracket + 1 < len(line.tokens) else None


def _indent(level: _Level, begins: bool, column: int) -> int:
    if begins:
        level.continued = []
        level.limit = None
        return level.indent
    while level.continued and level.continued[-1][0] >= column:
        level.continued.pop()
    indent = (level.continued[-1][1] if level.continued else level.indent) + STEP
    if level.limit is not None:
        indent = min(indent, level.limit)
        level.limit = None
    level.continued.append((column, indent))
    return indent


def _is_continued_after(tokens: tuple[Token, ...], index: int) -> bool:
    """Whether the line that the block at `index` belongs to goes on after the block."""
    depth = 0
    for place in range(index, len(tokens)):
        kind = tokens[place].kind
        depth += (kind == "_INDENT") - (kind == "_DEDENT")
        if depth == 0:
            return place + 1 < len(tokens) and not tokens[place + 1].kind.startswith("_")
    return False
