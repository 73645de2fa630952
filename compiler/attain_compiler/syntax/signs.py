"""Diagnostics about single signs: texts and numbers that are not well formed, signs that the language does not have."""

from __future__ import annotations

import re
import unicodedata

from attain_compiler.diagnostics.model import Diagnostic, Fix
from attain_compiler.source import SourceFile, Span
from attain_compiler.syntax.tokens import Token

_WORDS = {
    ">=": "at least",
    "<=": "at most",
    ">": "more than",
    "<": "less than",
    "=": "is",
    "==": "is",
    "!=": "is not",
    "<>": "is not",
    "&&": "and",
    "&": "and",
    "||": "or",
    "|": "or",
    "!": "not",
    "≥": "at least",
    "≤": "at most",
    "≠": "is not",
    "×": "*",
    "÷": "/",
    "–": "-",
    "—": "-",
    "−": "-",
    "%": "%",
}
"""What the language writes instead."""

_ELSEWHERE = {"TO": "to", "COLON": ":", "BY_DEFAULT": "default"}
"""What stands, by its terminal, where another language has `=` and `is` cannot stand."""

_ADVICE = {
    "$": "an amount is written `100 USD`, or with another currency of three capital letters",
    "€": "an amount is written `100 EUR`, or with another currency of three capital letters",
    "£": "an amount is written `100 GBP`, or with another currency of three capital letters",
    "[": "a set stands in braces: `{ a, b }`",
    "]": "a set stands in braces: `{ a, b }`",
    "=>": "write `at least` if so much or more is meant; in a `claim`, `a implies b` for what follows",
    "=<": "write `at most`",
    "^": "write `a * a`",
    "%": "a share is written `40%`, without a space; what is left over is `a - (a rounded down to 2)`",
    ";": "nothing stands at the end of a line; conditions are joined with `and`",
}
"""What to write instead of a sign that stands for more than itself."""

_QUOTES = frozenset("“”„‟«»‘’‚'`")


def explain_sign(source: SourceFile, token: Token, possible: frozenset[str] = frozenset()) -> Diagnostic:
    """The diagnostic for a `BAD_` token, or for a sign that another language would have; `possible` are the terminals
    that could stand there."""
    span = Span(source.path, token.start, token.end)
    if token.kind == "BAD_TEXT":
        return Diagnostic(
            "unclosed-text",
            "the text has no closing quote on its line",
            Span(source.path, token.start, token.start + len(token.text.rstrip())),
            help='end it with `"`; a quote inside a text is written `\\"`, and a long text stays on one line',
        )
    if token.kind == "BAD_NUMBER" and re.fullmatch(r"\d{1,2}\.\d{1,2}\.\d{2,4}", token.text):
        advice = "dates are written `2022-10-03`: the year, the month, the day"
        return Diagnostic("malformed-number", f"`{token.text}` is not a date as the language has it", span, help=advice)
    if token.kind == "BAD_NUMBER":
        return Diagnostic(
            "malformed-number",
            f"`{_shown(token.text)}` is neither a number nor a name",
            span,
            help="write numbers in full, as `1_000` or `0.5`, units with a space, as in `20 USD`; "
            "names begin with a letter",
        )
    if token.text in _QUOTES:
        advice = 'texts stand between straight quotes: `"`; a field of a row is written with a dot: `the Firm.staff`'
        return Diagnostic("strange-character", f"`{token.text}` is not a quote of the language", span, help=advice)
    if token.text in _WORDS and token.text != "%":
        word = _WORDS[token.text]
        if word == "is" and not possible & {"IS"}:
            word = next((said for terminal, said in _ELSEWHERE.items() if terminal in possible), "")
        if not word:
            line, _ = source.line_and_column(token.start)
            head = source.line_text(line)[:1] not in (" ", "\t", "=")
            advice = "what it is stands below it, on a line that is indented" if head else "write the value without it"
            return Diagnostic("sign-for-word", f"`{token.text}` is no sign of the language", span, help=advice)
        fix = Fix(span, word, f"write `{word}`")
        return Diagnostic(
            "sign-for-word", f"`{token.text}` is no sign of the language", span, f"write `{word}`", fix=fix
        )
    if token.text in _ADVICE:
        return Diagnostic("strange-character", f"`{token.text}` cannot stand here", span, help=_ADVICE[token.text])
    return strange(token.text[0], span)


def strange(sign: str, span: Span) -> Diagnostic:
    """A character that does not belong where it stands."""
    if sign.isprintable() and not sign.isspace():
        advice = "names have the letters a to z, digits, `_` and `-`; anything else stands in quotes"
        return Diagnostic("strange-character", f"`{sign}` cannot stand here", span, help=advice)
    name = unicodedata.name(sign, "control character").lower()
    return Diagnostic(
        "strange-character",
        f"an invisible character (U+{ord(sign):04X}, {name})",
        span,
        help="delete it; it often comes along when text is copied",
    )


def _shown(text: str) -> str:
    return text if len(text) <= 40 else f"{text[:37]}..."
