"""Limits on a text, so that no input can exhaust the machine, and characters that have no place in a policy."""

from __future__ import annotations

import re
from collections.abc import Iterator

from attain_compiler.diagnostics.model import Diagnostic
from attain_compiler.source import SourceFile, Span
from attain_compiler.syntax.layout import CLOSING, OPENING
from attain_compiler.syntax.making import DEEPEST
from attain_compiler.syntax.signs import strange
from attain_compiler.syntax.tokens import LITERALS, Scan, Token

LONGEST_LINE = 10_000
LONGEST_TEXT = 2_000_000

_INVISIBLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\u202a-\u202e\u2066-\u2069]")
"""Control characters, halves of characters, and those that show text in another order than it is written."""


def check_text(source: SourceFile) -> Iterator[Diagnostic]:
    """What keeps a text from being read at all."""
    text = source.text
    if len(text) > LONGEST_TEXT:
        place = Span(source.path, 0, 0)
        advice = "a policy is far smaller; give facts in a file of their own"
        yield Diagnostic("too-long", f"the file has more than {LONGEST_TEXT:_} characters", place, help=advice)
        return
    start = 0
    while len(text) - start > LONGEST_LINE:
        end = text.find("\n", start)
        end = len(text) if end < 0 else end
        if end - start > LONGEST_LINE:
            message = f"a line of more than {LONGEST_LINE:_} characters"
            yield Diagnostic("too-long", message, Span(source.path, start, start + 1), help="break it into several")
            return
        start = end + 1


def check_tokens(source: SourceFile, scan: Scan) -> Iterator[Diagnostic]:
    """What is wrong with the file as a whole."""
    if not scan.tokens:
        advice = 'begin with `policy name "title"`; `attain new` writes a first policy'
        yield Diagnostic("empty-file", "the file declares nothing", Span(source.path, 0, 0), help=advice)
    for token in (*scan.tokens, *scan.comments):  # elsewhere such a character is a sign of its own, and refused as such
        if token.kind in ("STRING", "COMMENT", "BAD_TEXT"):
            for found in _INVISIBLE.finditer(token.text):
                start = token.start + found.start()
                yield strange(found.group(), Span(source.path, start, start + 1))
    for place in scan.tabs[:1]:
        advice = "indent with spaces; most editors can replace the tabs of a file"
        yield Diagnostic("tab", "a line is indented with a tab", Span(source.path, place, place + 1), help=advice)


def check_brackets(source: SourceFile, tokens: list[Token]) -> Diagnostic | None:
    """What is wrong with the parentheses and braces of one declaration."""
    opened: list[Token] = []
    for token in tokens:
        if token.kind in OPENING:
            opened.append(token)
            if len(opened) > DEEPEST:
                return Diagnostic(
                    "too-deep",
                    f"nested more than {DEEPEST} deep",
                    Span(source.path, token.start, token.end),
                    help="give parts of it names with `define`, and use the names",
                )
        elif token.kind in CLOSING:
            if opened and opened[-1].kind[1:] == token.kind[1:]:
                opened.pop()
            elif opened:
                return _unclosed(source, opened[-1])
            else:
                return Diagnostic(
                    "unclosed-parenthesis",
                    f"`{token.text}` closes nothing",
                    Span(source.path, token.start, token.end),
                    help="take it away, or open it before",
                )
    return _unclosed(source, opened[-1]) if opened else None


def check_numbers(source: SourceFile, tokens: list[Token]) -> Diagnostic | None:
    """`1,000` would be two numbers and `2022-1003` a subtraction, and in a table nobody would notice."""
    for first, sign, second in zip(tokens, tokens[1:], tokens[2:], strict=False):
        if first.kind not in LITERALS or first.end != sign.start or sign.end != second.start:
            continue
        span = Span(source.path, first.start, second.end)
        if sign.kind == "COMMA" and second.text[:1].isdigit():
            thousands = len(second.text.split(maxsplit=1)[0]) == len("000")
            meant = "thousands with `_`, as in `12_000`, or without any sign" if thousands else "a fraction as in `0.5`"
            return Diagnostic(
                "malformed-number",
                "a comma stands between two things, not inside a number",
                span,
                help=f"write {meant}; put a space after a comma",
            )
        if sign.kind == "MINUS":
            return Diagnostic(
                "malformed-number",
                f"`{source.slice(span)}` is neither a number nor a date",
                span,
                help="to subtract, put spaces around `-`; a range is `from 5 to 10`, a date `2022-10-03`",
            )
    return None


def _unclosed(source: SourceFile, token: Token) -> Diagnostic:
    closing = ")" if token.kind == "LPAR" else "}"
    return Diagnostic(
        "unclosed-parenthesis",
        f"`{token.text}` is never closed",
        Span(source.path, token.start, token.end),
        help=f"close it with `{closing}` in the same declaration",
    )
