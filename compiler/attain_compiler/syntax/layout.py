"""Line breaks with a meaning: the tokens `_INDENT`, `_NEWLINE` and `_DEDENT`, put between those of one declaration.

A line that is indented deeper continues the one above it, except after a line that opens a block. Inside parentheses
and braces lines are free. `_NEWLINE` stands between the lines of a block, not after the last.
"""

from __future__ import annotations

from attain_compiler.syntax.tokens import Token

OPENING = frozenset({"LPAR", "LBRACE"})
CLOSING = frozenset({"RPAR", "RBRACE"})
BLOCK_ENDINGS = (("all", "of"), ("any", "of"), ("best", "of"), ("by", "case"), ("once", "for"))
_CONTINUED_BY_ONE_LINE = frozenset({"import", "claim"})


def with_layout(tokens: list[Token]) -> list[Token]:
    """The tokens of one declaration with the layout tokens between them. The first token starts in column 0."""
    result: list[Token] = []
    levels = [0]
    depth = 0
    head = tokens[0].text
    line: list[Token] = []
    line_indent = 0
    item = head
    for token in tokens:
        if token.indent >= 0 and line:
            if depth == 0:
                column = token.indent
                opens = _opens_block(line, head, item, first=levels == [0])
                place = token.start
                if opens and column > line_indent and column > levels[-1]:
                    levels.append(column)
                    result.append(Token("_INDENT", "", place, place))
                    item = token.text
                else:
                    while column < levels[-1]:
                        levels.pop()
                        result.append(Token("_DEDENT", "", place, place))
                    if column == levels[-1] and len(levels) > 1:
                        result.append(Token("_NEWLINE", "", place, place))
                        item = token.text
                line_indent = column
            line = []
        if token.kind in OPENING:
            depth += 1
        elif token.kind in CLOSING:
            depth = max(0, depth - 1)
        result.append(token)
        line.append(token)
    end = tokens[-1].end
    result += [Token("_DEDENT", "", end, end)] * (len(levels) - 1)
    return result


def _opens_block(line: list[Token], head: str, item: str, *, first: bool) -> bool:
    """Whether lines indented deeper than `line` are a block of it; `head` is the keyword of the declaration, `item` the
    first word of the block line that `line` belongs to, `first` says that no block has begun yet."""
    last = line[-1].text
    before = line[-2].text if len(line) > 1 else ""
    if (before, last) in BLOCK_ENDINGS:
        return True
    if last == "of" and _ends_in_at_least_of(line):
        return True
    if first:
        return head not in _CONTINUED_BY_ONE_LINE or (head == "claim" and _only_titled(line))
    if head == "designation":
        return item in ("tier", "option") and line[0].text == item
    return head == "example" and len(line) == 2 and line[0].text == "given"


def _ends_in_at_least_of(line: list[Token]) -> bool:
    """`at least 2 of`, `at least needed(t) of`: an `at least` whose amount runs to the end of the line."""
    words = [token.text for token in line]
    if len(words) < 4 or (words[-2] in _OTHER_OF and words[-3] != "."):
        return False
    return any(words[start : start + 2] == ["at", "least"] for start in range(len(words) - 3))


_OTHER_OF = frozenset({"greatest", "least", "latest", "earliest", "sum", "average", "median", "count", "day", "month"})


def _only_titled(line: list[Token]) -> bool:
    return line[0].indent == 0 and all(token.kind == "STRING" for token in line[1:])
