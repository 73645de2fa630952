"""What authors write who do not know the language yet, and what to write instead."""

from __future__ import annotations

from attain_compiler.diagnostics.model import Diagnostic
from attain_compiler.source import SourceFile, Span
from attain_compiler.syntax.operators import COMPARISONS
from attain_compiler.syntax.terminals import terminals
from attain_compiler.syntax.tokens import LITERALS, Token

_NO_IS = "a comparison stands without `is`: "
_SOME = "write `some Customer c where c.active`"
_EVERY = "write `every Customer c has c.active`, or `every Customer c where c.large has c.active`"
_NONE = "write `not any of (a, b)`"
_PER = "give the measure a parameter, as in `measure sold(m month) count`, and compare with it: `where s.month is m`"
_CASES = "write `by case`, and below it a line for each case: `b when a`, and `c otherwise` as the last"
_HAVE = "a condition says what must hold, without `must`: write `sales at least 5`"
_PERIOD = "write `within the 30 days before assessment date`, or `after` or `to` instead of `before`"
_PERCENT = "multiply: write `revenue * 10%`, as in `sales at least revenue * 10%`"
_ROUND = "say which way and to what: write `a rounded down to 5`, `rounded up to` or `rounded half up to`"
_GREATEST = "write `greatest of (a, b)`"
_LEAST = "write `least of (a, b)`"
_EXACTLY = "write `at least 2 of (a, b, c) and not at least 3 of (a, b, c)`"
_AGAIN = "say again what is compared: write `sales at least 5 and sales at most 10`, or `sales from 5 to 10`"
_DISTINCT = "count what differs: write `(distinct s.customer among Sale s) at least 3`"

_ADVICE = {
    "is over >": f"{_NO_IS}write `more than 5`, or `at least 5` to take the number itself in",
    "is above >": f"{_NO_IS}write `more than 5`, or `at least 5` to take the number itself in",
    "is greater than >": f"{_NO_IS}write `more than 5`",
    "is more than": f"{_NO_IS}write `more than 5`",
    "is under >": f"{_NO_IS}write `less than 5`, or `at most 5` to take the number itself in",
    "is below >": f"{_NO_IS}write `less than 5`, or `at most 5` to take the number itself in",
    "is less than": f"{_NO_IS}write `less than 5`",
    "is fewer than": f"{_NO_IS}write `less than 5`",
    "is at least # >": f"{_NO_IS}write `at least 5`",
    "is at most": f"{_NO_IS}write `at most 5`",
    "is after": f"{_NO_IS}write `later than 2020-01-01`",
    "is before": f"{_NO_IS}write `earlier than 2020-01-01`",
    "is between >": f"{_NO_IS}write `from 5 to 10`, which takes both ends in",
    "is in": f"{_NO_IS}write `in {{ x, y }}`",
    "is not in": f"{_NO_IS}write `not in {{ x, y }}`",
    "is one of": "write `in { x, y }`",
    "in ( _ ,": "a set stands in braces: write `in { x, y }`",
    "is equal to": "write `is 3`",
    "equal to": "write `is 3`",
    "isn ' t": "write `is not x`",
    "no more than": "write `at most 5`",
    "not more than": "write `at most 5`",
    "no less than": "write `at least 5`",
    "not less than": "write `at least 5`",
    "no fewer than": "write `at least 5`",
    "no later than": "write `on or before 2020-01-01`",
    "not later than": "write `on or before 2020-01-01`",
    "no earlier than": "write `on or after 2020-01-01`",
    "older than": "write `earlier than 2 years before assessment date`",
    "up to": "write `at most 5`",
    "exactly # of": _EXACTLY,
    "exactly >": "write `is 3`",
    "min": "write `at least 5`",
    "max": "write `at most 5`",
    "and at most": _AGAIN,
    "and at least": _AGAIN,
    "unless": "write `and not suspended`, or `when not suspended` where `when` may stand",
    "except": "write `and not suspended`; rows that count nowhere are left out with `excluded`",
    "but not": "write `and not b`",
    "but": "write `and`",
    "xor": "write `(a and not b) or (b and not a)`",
    "either >": "write `a or b`, or `any of (a, b)`",
    "neither >": _NONE,
    "none of": _NONE,
    "one of": "write `any of (a, b)`, or `at least 1 of (a, b)`",
    "any # of": "write `at least 2 of (a, b, c)`",
    "at most one of": "write `not at least 2 of (a, b)`",
    "if _ then >": _CASES,
    "?": _CASES,
    "otherwise": "write `a else b` where `a` may be without a value, or choose `by case`",
    "or else": "write `a else b` where `a` may be without a value, or `a or b`",
    "exists >": _SOME,
    "there is a >": _SOME,
    "there is >": _SOME,
    "any _ _ where": _SOME,
    "some _ _ with": _SOME,
    "some _ _ such that": _SOME,
    "some _ where >": "give the row a name: write `some Customer c where c.active`",
    "no _ _ has": "write `no Customer c where c.active`",
    "all _ _ where": _EVERY,
    "all _ _": _EVERY,
    "for all": _EVERY,
    "each _ _ has": _EVERY,
    "every _ _ is": _EVERY,
    "for each _ _": _EVERY,
    "for each": _PER,
    "per": _PER,
    "at least # different": _DISTINCT,
    "at least # _ _ where": "count them: write `(count of Customer c where c.active) at least 3`",
    "at least # _": "count them: write `(count of Customer c where c.active) at least 3`",
    "number of": "write `count of Customer c where c.active`",
    "count _ _": "write `count of Customer c where c.active`",
    "total of": "write `sum of s.amount among Sale s`",
    "sum of _ . _ where": "say of which rows: write `sum of s.amount among Sale s where s.paid`",
    "sum of _ and": "write `a + b`",
    "sum of _ _ .": "write `sum of s.amount among Sale s`",
    "highest >": "write `greatest of s.amount among Sale s`",
    "lowest >": "write `least of s.amount among Sale s`",
    "latest _ _": "write `latest of s.date among Sale s`",
    "first _ _": "write `earliest of s.date among Sale s`",
    "whichever is greater >": _GREATEST,
    "whichever is higher >": _GREATEST,
    "whichever is less >": _LEAST,
    "whichever is lower >": _LEAST,
    "greater of": _GREATEST,
    "larger of": _GREATEST,
    "higher of": _GREATEST,
    "maximum of _ and": _GREATEST,
    "lesser of": _LEAST,
    "smaller of": _LEAST,
    "lower of": _LEAST,
    "minimum of": _LEAST,
    "difference between": "write `a - b`",
    "divided by": "write `a / b`",
    "multiplied by": "write `a * b`",
    "twice >": "write `2 * sales`",
    "% of": _PERCENT,
    "# percent of": _PERCENT,
    "at least # of _": "list them in parentheses, `at least 2 of (a, b, c)`, or on lines of their own below",
    "all of _": "list them in parentheses, `all of (a, b)`, or on lines of their own below",
    "any of _": "list them in parentheses, `any of (a, b)`, or on lines of their own below",
    "two of": "write `at least 2 of (a, b, c)`",
    "three of": "write `at least 3 of (a, b, c)`",
    "more than half of": "multiply: write `sales more than revenue * 50%`",
    "doubled": "write `sales * 2`",
    "to nearest >": "write `a rounded down to 5`, without `nearest`",
    "top #": "the language ranks nothing: count those that are larger, or take the largest with `greatest of`",
    "count of distinct _ >": "write `distinct s.customer among Sale s`",
    "half of >": "multiply: write `revenue * 50%`, as in `sales at least revenue * 50%`",
    "days between": "write `number of days from a to b`",
    "months between": "write `number of months from a to b`",
    "years between": "write `number of years from a to b`",
    "days since": "write `number of days from a to assessment date`",
    "months since": "write `number of months from a to assessment date`",
    "years since": "write `number of years from a to assessment date`",
    "# ago": "write `2 years before assessment date`",
    "within # of": _PERIOD,
    "by @": "write `on or before 2020-01-01`",
    "on @": "write `is 2020-01-01`",
    "rounded to": _ROUND,
    "rounded": _ROUND,
    "must have >": _HAVE,
    "must be": _HAVE,
    "should be": _HAVE,
    "must": _HAVE,
}
"""By the words: `_` stands for a name, `%` for a percentage, `@` for a date, `#` for another number or a time;
with `>` reading may also have stopped at what follows. What the advice is about is made up."""

_PHRASES = sorted(_ADVICE, key=lambda phrase: -len(phrase.split()))
_SMALL = frozenset({"of", "than", "the"})
_ONLY_WHERE = {
    **dict.fromkeys(["up to", "by @", "on @", "for each", "for each _ _", "otherwise", "?"], COMPARISONS),
    **dict.fromkeys(["first _ _", "latest _ _", "count _ _", "all _ _"], COMPARISONS),
    **dict.fromkeys(["at least # _", "at least # _ _ where", "at least # different"], frozenset({"OF"})),
}
"""Where one of these could stand, the words are meant otherwise than the language means them."""


def explain_phrase(source: SourceFile, chunk: list[Token], place: int, possible: frozenset[str]) -> Diagnostic | None:
    """The answer to a phrase that is not the language's in a declaration of these tokens, if reading stopped in one, at
    `place` in the text; `possible` are the terminals that could stand there."""
    index = next((number for number, token in enumerate(chunk) if token.start >= place), len(chunk))
    for phrase in _PHRASES:
        if phrase in _ONLY_WHERE and not possible & _ONLY_WHERE[phrase]:
            continue
        follows = phrase.endswith(" >")
        words = phrase.removesuffix(" >").split()
        for start in range(max(0, index - len(words) + (not follows)), min(index, len(chunk) - len(words)) + 1):
            found = chunk[start : start + len(words)]
            if all(map(_is, words, found)):
                span = Span(source.path, found[0].start, found[-1].end)
                written = " ".join(source.slice(span).split())
                return Diagnostic("unexpected-text", f"`{written}` cannot stand here", span, help=_ADVICE[phrase])
    return None


def _is(word: str, token: Token) -> bool:
    if word == "#":
        return token.kind in LITERALS and token.kind not in ("PERCENT", "DATE")
    if word == "@":
        return token.kind == "DATE"
    if word == "%":
        return token.kind == "PERCENT"
    if word == "_":
        return token.kind == "NAME" and token.text not in _SMALL and token.text not in terminals().phrases
    return word == token.text.lower()
