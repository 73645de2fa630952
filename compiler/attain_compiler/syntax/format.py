"""Lay out a policy in the one way: what it says, its lines and its comments stay, spaces and columns change.

Blocks are indented by two spaces, lines that go on by two more. Fields, values of an enum, rows of a parameter,
alternatives of a reading and rows of an example stand in columns; so do the comments at the ends of neighbouring lines.
"""

from __future__ import annotations

from dataclasses import dataclass

from attain_compiler.source import SourceFile
from attain_compiler.syntax.align import place_of, texts_of
from attain_compiler.syntax.lines import lines_of
from attain_compiler.syntax.parse import Reading, parse, read

_COMMENT_GAP = 2


def format_source(source: SourceFile) -> str:
    """The text of `source`, laid out; unchanged where it has errors of syntax."""
    written = read(source)
    if written.diagnostics:
        return source.text
    text = lay_out(source, written)
    return text if _says_the_same(source, SourceFile(source.path, text)) else source.text


def _says_the_same(source: SourceFile, other: SourceFile) -> bool:
    """Checked each time, so that no mistake of this module can ever change a policy."""
    tree, _ = parse(source)
    again, troubles = parse(other)
    comments = [comment.text for comment in tree.comments], [comment.text for comment in again.comments]
    return not troubles and tree == again and comments[0] == comments[1]


@dataclass(slots=True)
class _Line:
    """A line of the result. `number` is where it stood; `code` is empty where it is a comment alone."""

    number: int
    indent: int
    code: str
    comment: str = ""

    @property
    def width(self) -> int:
        return self.indent + len(self.code)


def lay_out(source: SourceFile, written: Reading) -> str:
    """The text of a file that was read without errors, laid out."""
    found: dict[int, _Line] = {}
    for declared in written.declared:
        places = {token.start: source.line_and_column(token.start) for token in declared.tokens}
        lines = lines_of(
            declared.tokens,
            {start: line for start, (line, _) in places.items()},
            {start: column - 1 for start, (_, column) in places.items()},
        )
        texts = texts_of(lines)
        for line, text in zip(lines, texts, strict=True):
            if line.below is not None:
                above, index = line.below
                line.indent = above.indent + place_of(above, texts[lines.index(above)], index)
            found[line.number] = _Line(line.number, line.indent, text)
    result = _with_comments(source, found, written)
    _align_comments(result)
    return _text(source, result)


def _with_comments(source: SourceFile, found: dict[int, _Line], written: Reading) -> list[_Line]:
    """The lines with their comments, those on lines of their own among them, in order."""
    alone: dict[int, tuple[str, int]] = {}
    for comment in written.comments:
        number, column = source.line_and_column(comment.start)
        if number in found:
            found[number].comment = comment.text
        else:
            alone[number] = comment.text, column - 1
    result: list[_Line] = []
    following = 0  # the indentation of the next line of code
    for number in sorted([*found, *alone], reverse=True):
        if number in found:
            result.append(found[number])
            following = found[number].indent
        else:
            text, column = alone[number]
            result.append(_Line(number, following if column else 0, "", text))
    result.reverse()
    _indent_last_comments(result, {number for number, (_, column) in alone.items() if column})
    return result


def _indent_last_comments(lines: list[_Line], indented: set[int]) -> None:
    """A comment that is indented, with nothing but a new declaration below it, belongs to the block above."""
    above = 0
    for line in lines:
        if line.code:
            above = line.indent
        elif line.indent == 0 and line.number in indented and above:
            line.indent = above


def _align_comments(lines: list[_Line]) -> None:
    """Comments at the ends of neighbouring lines stand below each other."""
    run: list[_Line] = []
    for line in [*lines, _Line(0, 0, "")]:
        ending = bool(line.code and line.comment)
        if run and not (ending and line.number == run[-1].number + 1):
            start = max([each.width for each in run]) + _COMMENT_GAP
            for each in run:
                each.code += " " * (start - each.width)
            run = []
        if ending:
            run.append(line)


def _text(source: SourceFile, lines: list[_Line]) -> str:
    """The lines as a text, with a blank line where there were any between two."""
    result: list[str] = []
    previous: _Line | None = None
    for line in lines:
        if previous is not None and _blank_between(source, previous.number, line.number):
            result.append("")
        result.append(" " * line.indent + line.code + line.comment)
        previous = line
    return "\n".join(result) + "\n"


def _blank_between(source: SourceFile, first: int, second: int) -> bool:
    return any(not source.line_text(number).strip() for number in range(first + 1, second))
