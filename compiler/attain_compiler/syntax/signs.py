"""Diagnostics about single signs: texts and numbers that are not well formed, signs that the language does not have."""

from __future__ import annotations

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

_QUOTES = frozenset("“”„‟«»‘’‚'`")


def explain_sign(source: SourceFile, token: Token) -> Diagnostic:
    """The diagnostic for a `BAD_` token, or for a sign that another language would have."""
    span = Span(source.path, token.start, token.end)
    if token.kind == "BAD_TEXT":
        return Diagnostic(
            "unclosed-text",
            "the text has no closing quote on its line",
            Span(source.path, token.start, token.start + len(token.text.rstrip())),
            help='end it with `"`; a quote inside a text is written `\\"`, and a long text stays on one line',
        )
    if token.kind == "BAD_NUMBER":
        return Diagnostic(
            "malformed-number",
            f"`{_shown(token.text)}` is neither a number nor a name",
            span,
            help="write numbers as `1_000` or `0.5`, units with a space as in `20 USD`; names begin with a letter",
        )
    if token.text in _QUOTES:
        advice = 'texts stand between straight quotes: `"`'
        return Diagnostic("strange-character", f"`{token.text}` is not a quote of the language", span, help=advice)
    if token.text in _WORDS and token.text != "%":
        word = _WORDS[token.text]
        fix = Fix(span, word, f"write `{word}`")
        return Diagnostic(
            "sign-for-word", f"`{token.text}` is no sign of the language", span, f"write `{word}`", fix=fix
        )
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
