"""Errors of syntax in the author's words: what stands where it cannot, what might stand there, and what to do."""

from __future__ import annotations

import difflib
import re

from attain_compiler.diagnostics.model import Diagnostic, Fix
from attain_compiler.source import SourceFile, Span
from attain_compiler.syntax.chunks import keywords
from attain_compiler.syntax.expected import expected, listed
from attain_compiler.syntax.grammar import acceptable
from attain_compiler.syntax.making import DEEPEST
from attain_compiler.syntax.operators import OPERATORS
from attain_compiler.syntax.phrases import ADVICE
from attain_compiler.syntax.phrasings import explain_phrase
from attain_compiler.syntax.prose import DAYS
from attain_compiler.syntax.signs import explain_sign
from attain_compiler.syntax.terminals import terminals
from attain_compiler.syntax.tokens import Token
from attain_compiler.syntax.usable import declared_above
from attain_compiler.syntax.walk import TooDeep, Trouble, Unexpected

_INEXPLICIT = {
    "over": "`more than` leaves the number itself out, `at least` takes it in",
    "above": "`more than` leaves the number itself out, `at least` takes it in",
    "exceeds": "`more than` leaves the number itself out, `at least` takes it in",
    "under": "`less than` leaves the number itself out, `at most` takes it in",
    "below": "`less than` leaves the number itself out, `at most` takes it in",
    "between": "write `from A to B`, which takes both ends in, or `more than A` and `less than B`",
    "until": "write `on or before`, or `earlier than`",
    "since": "write `on or after`, or `later than`",
}
_OTHERWISE_SAID = {
    "greater": "more than",
    "bigger": "more than",
    "fewer": "less than",
    "smaller": "less than",
    "equals": "is",
    "equal": "is",
    "isnt": "is not",
    "if": "when",
    "unless": "when not",
    "minimum": "at least",
    "maximum": "at most",
    "plus": "+",
    "minus": "-",
    "times": "*",
}
_UNITS = {"euro": "EUR", "euros": "EUR", "dollar": "USD", "dollars": "USD", "percent": "%", "point": "points"}
"""Units as they are said, and how they are written."""
_COMPARING = ("<", "<=", "=", ">")
"""Signs that may be a part of a phrase."""
_BEGUN_OTHERWISE = {
    **dict.fromkeys(("requirement", "criterion"), "a `designation` has it, as `require` and a name"),
    **dict.fromkeys(("rule", "condition", "let", "function", "formula", "variable"), "write `define`"),
    **dict.fromkeys(("const", "constant", "threshold", "table", "set"), "write `parameter`"),
    **dict.fromkeys(("use", "include", "from", "using"), "write `import` and the name of the file"),
    **dict.fromkeys(("type", "category", "choice", "list"), "write `enum`"),
    **dict.fromkeys(("class", "struct", "object", "facts", "input"), "write `record`"),
    **dict.fromkeys(("award", "certificate", "status", "level", "tier"), "write `designation`"),
    **dict.fromkeys(("action", "step", "improvement"), "write `change`"),
    **dict.fromkeys(("count", "number", "metric", "amount", "total", "sum"), "write `measure`"),
    **dict.fromkeys(("test", "case", "scenario"), "write `example`"),
    **dict.fromkeys(("output", "show", "print", "result"), "write `report`"),
    **dict.fromkeys(("exclude", "ignore", "except"), "write `excluded`"),
    **dict.fromkeys(("assert", "check", "ensure", "always"), "write `claim`"),
    **dict.fromkeys(("valid", "effective", "in", "source"), "it belongs to `policy`: indent it below that line"),
    **dict.fromkeys(("/", "-", "*", ";", "%"), "a comment begins with `#`"),
}
"""What begins a line in the first column elsewhere, and what to do here."""
_SHOWN = {
    ("a type",): "types are `count`, `number`, `points`, `percent`, `money USD`, `date`, `month`, `duration`, `flag`, "
    "`text`, and enums, entities and records by their names",
    ("a way of scoring",): "write `worth a` for an amount of points, `4 points for each a` for what is counted, "
    "`in proportion to a full at b`, or `all or nothing when a`",
    ("`option`",): "a condition stands after `require` and a name, as in `require enough sales at least 5`; a level is "
    "`tier gold`, with lines of its own",
    ("`as` or indented",): "what it is stands below it, indented; a type stands after `as`: `define paid as count`",
    ("a text in quotes or `as`", "`as`"): 'say of what type it is: write `report paid "Paid" as money USD`',
    ("`among`",): "say of which rows: write `sum of s.amount among Sale s`; of two values `greatest of (a, b)`",
    ("a name or `in`",): "give the row a name: write `some Sale s where s.paid`",
    ("`{`",): "write what is in the row: `adds Sale { customer: p }`",
    ("what the change does",): "write `adds`, `removes`, `sets`, `raises` or `lowers`, or `cost`, `takes`, `at most`",
}
"""By what is expected, as it is listed: how it is written."""
_ENDS_OF_HEAD = {"the end of the line", "indented lines below"}
_OF_DAYS = re.compile(r"\b(some|no|every|each|any|count of) (day|month)s?\b")
_CURRENCY = re.compile("[A-Z]{3}")
_ENDS = frozenset({"_NEWLINE", "_DEDENT", "$END"})
_OPERAND_ENDS = frozenset(
    {"NAME", "RPAR", "RBRACE", "NUMBER", "PERCENT", "POINTS", "MONEY", "DATE", "MONTH", "DURATION"}
)


def explain(source: SourceFile, trouble: Trouble, chunk: list[Token]) -> Diagnostic:
    """The diagnostic of one trouble in the declaration of these tokens."""
    if isinstance(trouble, TooDeep):
        return _too_deep(source, trouble.token)
    token = trouble.token
    possible = acceptable(trouble.states)
    if token.kind == "CALENDAR_DAY":
        advice = "a date is `2022-10-03`; that of a year `last 1 March on or before D`, `first 1 March on or after D`"
        return Diagnostic("unexpected-text", f"`{token.text}` is no date by itself", _span(source, token), help=advice)
    if token.kind in ("BAD_NUMBER", "BAD_TEXT", "BAD_SIGN", "EQUAL") or token.text in ("<", ">", "="):
        said = explain_phrase(source, chunk, token.start, possible) if token.text in _COMPARING else None
        return said or explain_sign(source, token, possible)
    if token.kind == "_INDENT" or token.kind in _ENDS:
        line = [each for each in chunk if each.start < token.start]
        return explain_phrase(source, line, token.start, possible) or _unfinished(source, trouble)
    return (
        declared_above(source, token, chunk)
        or explain_phrase(source, chunk, token.start, possible)
        or _known_mistake(source, trouble)
        or _misspelt(source, trouble, chunk)
        or _unexpected(source, trouble)
    )


def _span(source: SourceFile, token: Token) -> Span:
    return Span(source.path, token.start, token.end)


def _too_deep(source: SourceFile, token: Token) -> Diagnostic:
    return Diagnostic(
        "too-deep",
        f"nested more than {DEEPEST} deep",
        _span(source, token),
        help="give parts of it names with `define`, and use the names",
    )


def no_declaration(source: SourceFile, token: Token) -> Diagnostic:
    """What is wrong with the first token of a declaration: it begins none, or it is indented."""
    span = _span(source, token)
    if token.text in keywords():
        return _not_in_first_column(source, token)
    if token.kind in ("BAD_NUMBER", "BAD_TEXT", "BAD_SIGN"):
        return explain_sign(source, token)
    close = (
        difflib.get_close_matches(token.text.lower(), sorted(keywords()), 1, cutoff=0.7) if len(token.text) < 40 else []
    )
    if close and token.text not in _BEGUN_OTHERWISE:
        return Diagnostic(
            "unknown-declaration",
            f"`{token.text}` begins no declaration",
            span,
            label=f"did you mean `{close[0]}`?",
            fix=Fix(span, close[0], f"write `{close[0]}`", certain=False),
        )
    advice = _BEGUN_OTHERWISE.get(
        token.text,
        "a line in the first column begins a declaration, such as `measure`; indent what belongs to the one above",
    )
    return Diagnostic("unknown-declaration", f"`{_short(token.text)}` begins no declaration", span, help=advice)


def _not_in_first_column(source: SourceFile, token: Token) -> Diagnostic:
    return Diagnostic(
        "not-in-first-column",
        f"`{token.text}` begins a declaration, and so starts in the first column",
        _span(source, token),
        help="take the spaces before it away, or finish the line above if it goes on here",
    )


def _unfinished(source: SourceFile, trouble: Unexpected) -> Diagnostic:
    """The line, or the declaration, ends too early."""
    before = trouble.previous
    place = Span(source.path, before.start, before.end) if before else _span(source, trouble.token)
    if before is not None and before.kind == "IN_MONEY":
        return Diagnostic("unfinished", "the currency is missing", place, help="write `money USD`, for example")
    things = expected(trouble.states)
    if "indented lines below" in things:
        advice = "write its lines below, each on a line of its own, indented deeper than this one"
        return Diagnostic("unfinished", f"nothing is indented below `{_line_end(source, place)}`", place, help=advice)
    wanted = listed(things) if things else "more"
    return Diagnostic(
        "unfinished",
        f"the line ends where {wanted} should follow",
        place,
        label=f"expected {wanted} after this",
        help=_how(wanted) or "finish the line, or go on below it on a line that is indented deeper",
    )


def _how(wanted: str) -> str:
    """How something that is expected is written, where that is worth saying."""
    return next((advice for marks, advice in _SHOWN.items() if any(mark in wanted for mark in marks)), "")


def _line_end(source: SourceFile, place: Span) -> str:
    """The last words of the line that ends at a place: `all of`, or from `at least` on."""
    line, column = source.line_and_column(place.end)
    text = source.line_text(line)[: column - 1]
    _, found, amount = text.rpartition("at least ")
    return _short(found + amount if found and amount.endswith(" of") else " ".join(text.split()[-2:]))


def _known_mistake(source: SourceFile, trouble: Unexpected) -> Diagnostic | None:
    """Mistakes that are common enough for words of their own."""
    token, before = trouble.token, trouble.previous
    span = _span(source, token)
    text = token.text
    after_operand = before is not None and before.kind in _OPERAND_ENDS
    if after_operand and text in _INEXPLICIT:
        return Diagnostic(
            "inexplicit-end",
            f"`{text}` does not say whether the end itself counts",
            span,
            help=_INEXPLICIT[text],
        )
    misplaced = _where_rows_are_named(source, trouble)
    if misplaced is not None:
        return misplaced
    if text == "when" and "WHEN" not in acceptable(trouble.states) and "AND" in acceptable(trouble.states):
        advice = "join conditions with `and`; a choice is written `by case`, with lines `b when a`"
        return Diagnostic("unexpected-text", "there is no choice here that `when` could be about", span, help=advice)
    said = _OTHERWISE_SAID.get(text)
    if text == "if" and "WHEN" not in acceptable(trouble.states) and after_operand:
        advice = "say it with `or`: write `b or not a`; a choice is written `by case`, with lines `b when a`"
        return Diagnostic("unexpected-text", "`if` is no word of the language", span, help=advice)
    if said is not None and token.kind == "NAME" and (after_operand or text in ("if", "unless")):
        return Diagnostic("unexpected-text", f"`{text}` is no word of the language", span, label=f"write `{said}`")
    if text == "within" and token.kind == "NAME" and after_operand:
        return Diagnostic("unexpected-text", "`within` has no `the` after it", span, label="write `within the`")
    if token.kind == "NUMBER" and before is not None and before.kind == "NAME" and _CURRENCY.fullmatch(before.text):
        advice = f"the currency stands behind the amount: write `{text} {before.text}`"
        return Diagnostic("unexpected-text", f"`{text}` cannot stand here", span, help=advice)
    if before is not None and before.kind == "NAME" and before.text.isupper() and len(before.text) > 1:
        word = before.text.lower()
        if word in terminals().phrases:
            return _meant(source, _span(source, before), word)
    if text in ("when", "otherwise", "else") and token.indent >= 0 and "NAME" in acceptable(trouble.states):
        advice = "the value comes first: write `b when a`, and as the last line `c otherwise`"
        return Diagnostic("unexpected-text", f"a line of `by case` does not begin with `{text}`", span, help=advice)
    if token.kind == "DURATION" and before is not None and before.text in ("last", "past", "previous"):
        advice = f"write `within the {text} before assessment date`, or `{text} to assessment date`"
        return Diagnostic(
            "unexpected-text", f"`{before.text}` does not say until when", _span(source, before), help=advice
        )
    if before is not None and before.kind == "NUMBER" and token.kind == "NAME":
        unit = _UNITS.get(text.lower())
        if unit is not None:
            advice = f"write `{before.text} {unit}`"
            return Diagnostic("unexpected-text", f"`{text}` is no unit of the language", span, help=advice)
        if "WITH" in acceptable(trouble.states):
            advice = f"write `{before.text} with ...`; where {text} add up, `each R r by r.{text} once for` says so"
            said = f"`each ... once for` counts no `{text}` unless it says what adds up"
            return Diagnostic("unexpected-text", said, span, help=advice)
    for suspect in (token, before):
        if suspect is not None and suspect.indent > 0 and suspect.text in keywords():
            return _not_in_first_column(source, suspect)
    if before is not None and before.text in ("if", "unless") and before.kind == "NAME":
        advice = "a condition stands by itself, and in `by case` after `when`"
        line, _ = source.line_and_column(before.start)
        if "then" in source.line_text(line).split():
            advice = ADVICE["if _ then >"]
        return Diagnostic(
            "unexpected-text", f"`{before.text}` is no word of the language", _span(source, before), help=advice
        )
    if token.kind in ("AND", "OR") and (before is None or before.kind.startswith("_")):
        return Diagnostic(
            "unexpected-text",
            f"a line cannot begin with `{text}` here",
            span,
            help="indent it deeper, so that it continues the line above",
        )
    if token.kind in OPERATORS and after_operand:
        return _needs_parentheses(source, trouble)
    return None


def _where_rows_are_named(source: SourceFile, trouble: Unexpected) -> Diagnostic | None:
    """Slips around `among` and `where`: another word stands for one of them, or there are no rows to choose among."""
    text, possible = trouble.token.text, acceptable(trouble.states)
    span = _span(source, trouble.token)
    if text in ("in", "of", "from", "for", "over") and "AMONG" in possible:
        return Diagnostic("unexpected-text", f"`{text}` does not say among which rows", span, label="write `among`")
    if text in ("when", "if", "with", "having", "such", "which", "whose") and "WHERE" in possible:
        return Diagnostic("unexpected-text", f"`{text}` does not choose rows", span, label="write `where`")
    if text == "where":
        advice = (
            "join conditions with `and`; rows are chosen in `some R r where ...`, `count of R r where ...` and the like"
        )
        line, _ = source.line_and_column(trouble.token.start)
        if _OF_DAYS.search(source.line_text(line)):
            advice = DAYS
        return Diagnostic("unexpected-text", "there are no rows here that `where` could choose", span, help=advice)
    return None


def _needs_parentheses(source: SourceFile, trouble: Unexpected) -> Diagnostic:
    text = trouble.token.text
    possible = acceptable(trouble.states)
    if not possible & (OPERATORS | {"RPAR"}):
        return _unexpected(source, trouble)
    advice = f"put what belongs together in parentheses, so that it is clear what `{text}` is about"
    if text == "else" or trouble.token.kind.startswith("ROUNDED"):
        advice = f"put `(... {text} ...)` in parentheses when it is a part of a comparison or a condition"
    return Diagnostic("needs-parentheses", f"`{text}` cannot follow here", _span(source, trouble.token), help=advice)


def _unexpected(source: SourceFile, trouble: Unexpected) -> Diagnostic:
    token = trouble.token
    things = expected(trouble.states)
    possible = acceptable(trouble.states)
    span = _span(source, token)
    shown = f"`{_short(token.text)}`"
    advice = ""
    if trouble.previous is not None and trouble.previous.kind == "NAME" and "-" in trouble.previous.text:
        advice = f"`{trouble.previous.text}` is read as one name; to subtract, put spaces around `-`"
    if token.text == "," and things == ("a name", "the end of the line"):
        advice = "the columns of a table have spaces between them, no commas"
    if token.text == ":":
        advice = "write no colon: what it is stands beside it, as in `paid flag`, or below it, indented"
    if token.kind == "STRING" and things == ("a name",):
        advice = _unnamed(trouble)
    if things == ("a text in quotes",):
        advice = 'write the text in quotes, as in `example "a small shop"`, or in `excluded Sale s "not paid"`'
    advice = advice or (_how(listed(things)) if things else "")
    if not advice and set(things) & _ENDS_OF_HEAD and possible & {"_INDENT", "_NEWLINE"} and not _below(source, token):
        advice = "what it is stands below it, on a line that is indented"
    if not things:
        return Diagnostic("unexpected-text", f"{shown} cannot stand here", span, help=advice)
    return Diagnostic(
        "unexpected-text",
        f"expected {listed(things)}, found {shown}",
        span,
        label=f"expected {listed(things)}",
        help=advice,
    )


def _below(source: SourceFile, token: Token) -> bool:
    """Whether the token stands on a line below the head of its declaration."""
    line, _ = source.line_and_column(token.start)
    return source.line_text(line)[:1] in (" ", "\t")


def _unnamed(trouble: Unexpected) -> str:
    """What to write where a title stands without the name before it, or a name in quotes."""
    text, before = trouble.token.text, trouble.previous
    if before is not None and before.text in ("import", "amends"):
        return f"write the name of the file without quotes: `{before.text} {text.strip(chr(34))}`"
    keyword = before.text if before is not None else "require"
    return f"a name comes first, by which answers and other rules call it: write `{keyword} enough {text}`"


def _misspelt(source: SourceFile, trouble: Unexpected, chunk: list[Token]) -> Diagnostic | None:
    """A word of the language with a slip of the pen in it, which is seldom in its first letter: `at leats`."""
    places = [place for place, token in enumerate(chunk) if token.start == trouble.token.start]
    if not places or not trouble.token.text[:1].isalpha():
        return None
    possible = acceptable(trouble.states)
    words = terminals().words
    phrases = sorted([words[kind] for kind in possible if words.get(kind, "+")[0].isalpha()])
    longest = max([len(phrase.split()) for phrase in phrases], default=0)
    for length in range(longest, 0, -1):
        following = chunk[places[0] : places[0] + length]
        written = " ".join([token.text for token in following])
        alike = [phrase for phrase in phrases if len(phrase.split()) == length]
        close = difflib.get_close_matches(written.lower(), alike, 1, cutoff=0.75) if len(written) < 40 else []
        if close and close[0] != written and close[0][0] == written[0].lower():
            return _meant(source, Span(source.path, following[0].start, following[-1].end), close[0])
    return None


def _meant(source: SourceFile, span: Span, word: str) -> Diagnostic:
    return Diagnostic(
        "unexpected-text",
        f"`{_short(source.slice(span))}` cannot stand here",
        span,
        label=f"did you mean `{word}`?",
        fix=Fix(span, word, f"write `{word}`", certain=False),
    )


def _short(text: str) -> str:
    return text if len(text) <= 40 else f"{text[:37]}..."
