"""What authors write who do not know the language yet, and what to write instead."""

from __future__ import annotations

from attain_compiler.diagnostics.model import Diagnostic
from attain_compiler.source import SourceFile, Span
from attain_compiler.syntax.phrases import ADVICE, ONLY_WHERE
from attain_compiler.syntax.terminals import terminals
from attain_compiler.syntax.tokens import LITERALS, Token

_BY_PLACE = {
    "OUT_OF": {"max": "write `out of 100`", "maximum": "write `out of 100`", "up to": "write `out of 100`"},
    "UP_TO": {
        "part _ #": "say first what it is worth at most: write `part x up to 20 4 points for each sales`",
        "part _ worth": "say first what it is worth at most: write `part x up to 20 worth 4 points`",
    },
    "AT_A_TIME": {
        "# per": "write `at most 3 each month`, `each year`, or `at a time`",
        "# a": "write `at most 3 each month`, `each year`, or `at a time`",
        "# times": "write `at most 3`, without `times`",
    },
    "FOR_EACH": {
        "# per": "write `4 points for each sales`",
        "# if": "points that are given or not are those after `up to`: write `all or nothing when a`",
        "# when": "points that are given or not are those after `up to`: write `all or nothing when a`",
    },
    "IN_PROPORTION_TO": {
        "proportional": "write `in proportion to sales full at 100`",
        "if >": "write `all or nothing when a`",
        "when >": "write `all or nothing when a`",
    },
    "WHEN": {"if": "write `when` instead", ":": "the value comes first: write `b when a`"},
    "COST": {"takes a >": "say how many: write `takes 1 months`"},
    "IMPLIES": {"claim _ >": "a claim has no name: write `claim a`, or a title in quotes and the condition below it"},
    "EACH": {"# per": "write `cost 5 USD each`: for each unit", "# for each": "write `cost 5 USD each`: for each unit"},
    "RAISES": {
        "increases": "write `raises sales by 1`",
        "reduces": "write `lowers sales by 1`",
        "decreases": "write `lowers sales by 1`",
        "deletes": "write `removes s`",
        "creates": "write `adds Sale { customer: p }`",
        "changes": "write `sets s.paid to yes`",
        "duration": "write `takes 2 months`",
        "lasts": "write `takes 2 months`",
        "maximum": "write `at most 3`",
        "limit": "write `at most 3`",
    },
    "TAKES": {"# and #": "put it into one: write `takes 63 days`"},
    "A_MONTH": {"per month": "write `money USD a month`", "per year": "write `money USD a year`"},
    "BY": {"up to": "write `by 1 to 5`", "_ # to #": "write `by 1 to 5`"},
    "EXPECT": {
        "then": "write `expect` before what must come out",
        "when": "write `on 2020-01-01` before what is given",
        "as of": "write `on 2020-01-01` before what is given",
        "_ =": "write `given sales = 5`",
    },
    "EQUAL": {
        "given _ is": "write `given sales = 5`",
        "given _ #": "write `given sales = 5`",
        "given no _": "write `given nothing else` after what is given: there are no other rows",
    },
    "BY_DEFAULT": {
        "at least #": "bounds are two numbers: write `count 0 to 100`",
        "at most #": "bounds are two numbers: write `count 0 to 100`",
        "from # to #": "bounds are two numbers, without `from`: write `count 0 to 100`",
        "between # and #": "bounds are two numbers: write `count 0 to 100`",
        "optional": "write `count?`: the value may be missing",
        "or nothing": "write `?` for what may be missing; a field of an enum may be `or none`",
        "or null": "write `?` for what may be missing; a field of an enum may be `or none`",
        "or unknown": "write `?` for what may be missing; a field of an enum may be `or none`",
        "or empty": "write `?` for what may be missing; a field of an enum may be `or none`",
        "or _": "a field has one type: name the values in an `enum`, as in `enum Kind { basic, expert }`",
        "list of": "a field has one value: what there are several of are rows of a record of their own",
    },
    "AKA": {
        "_ _": "put a comma between two values: write `enum Kind { basic, expert }`",
        "_ ,": "write each value on a line of its own, or all of them in braces: `enum Kind { basic, expert }`",
    },
    "_INDENT": {
        "designation _ for": "write `designation status(k Kind)`: one for each value of the enum `Kind`",
        "report _ for": "write `report fee(k Kind)`: one for each value of the enum `Kind`",
        "define _ for": "write `define large(s Sale)`",
        "entity _ ,": "declare each by itself: `entity Person`",
        "measure _ in >": "write the type: `measure sold money USD`",
    },
    "FOR": {"parameter _ (": "write `parameter needed for Kind count`"},
}
"""By a terminal that could stand where reading stopped: what the words mean in that place only."""

_BY_DECLARATION = {
    "parameter": {
        **dict.fromkeys(
            ("} without", "} without {"),
            "write `without { a } with { b }`, in this order: the former set but for these",
        ),
        "from @": "the date comes first: write `from 2020-01-01 basic 5`",
        "until @": "the date comes first: write `from 2020-01-01 to 2020-12-31 basic 5`",
        "- > #": "the value stands beside its keys: write `basic 5`",
    },
    "change": {
        **dict.fromkeys(
            ("at most once every", "at most once", "once every", "once >", "once", "# every"),
            "write `at most 1`, or `at most 1 each month`, or `each year`",
        ),
        **{
            f"{effect} the >": "give the change the row: write `change move(o Firm)`, and `sets o.paid to yes`"
            for effect in ("sets", "raises", "lowers", "removes")
        },
        **dict.fromkeys(("takes # to", "takes up to", "takes about"), "say one time: write `takes 6 months`"),
        **dict.fromkeys(("_ times", "# times"), "write `at most 3`, without `times`"),
    },
    "record": {
        **dict.fromkeys(
            ("min #", "max #", "minimum #", "maximum #", "min # max"),
            "bounds are two numbers: write `count 0 to 100`",
        ),
        **dict.fromkeys(("required", "mandatory", "not null"), "without `?` a field must be there: write `count`"),
        "unique": "on a line of its own: write `unique customer`, with all fields that tell rows apart",
        "one": "write `record Firm one row`",
    },
    "designation": {
        **dict.fromkeys(
            ("any of", "all of", "one of", "at least # of"),
            "write `option first`, `option second`, each with its requirements, or `require one any of (a, b)`",
        ),
        **dict.fromkeys(
            ("optional", "optionally"), "what need not hold is left out; one of several ways is an `option`"
        ),
        **dict.fromkeys(("level _", "grade _", "class _", "rank _"), "write `tier gold`"),
    },
    "report": {
        "report _ for": "write `report fee(k Kind)`: one for each value of the enum (identifier of the entity) `Kind`"
    },
    "score": {
        "for each _ _": "count them: write `4 points for each (count of Customer c where c.active)`",
        **{f"score _ {word}": "write `score points(k Kind) out of 100`" for word in ("for", "of", "per")},
        **dict.fromkeys(
            ("step # >", "step _ >", "then # >", "then _ >", "step #", "first >"),
            "write `step by step`, and below it lines such as `gate first a`, and `4 points for each sales`",
        ),
    },
    "claim": {
        **dict.fromkeys(("if", "claim if >", "when", "claim when >"), "write `claim a implies b`"),
        "always": "a claim must hold always: write `claim a`",
        **dict.fromkeys(("never", "claim never >"), "write `claim not (a)`"),
    },
    "example": {
        "on _": "an example has one date: write `on 2020-01-01`; of other days ask `expect (sales as of day) is 5`",
        **dict.fromkeys(("with", "assume", "assuming", "let", "suppose"), "write `given sales = 5`"),
        **dict.fromkeys(("met", "passes", "holds"), "write `expect d is met`"),
        **dict.fromkeys(("fails", "failed", "not met"), "write `expect d is not met`"),
        "given a _": 'write `given Sale { customer: "a" }`',
        "given _ ( _ :": 'a row stands in braces: write `given Sale { customer: "a" }`',
    },
    "excluded": {
        "where": "write `when` instead",
    },
}
"""By the word that a declaration begins with: what the words mean in it only."""

_PHRASES = sorted(ADVICE, key=lambda phrase: -len(phrase.split()))
_SMALL = frozenset({"of", "than", "the"})


def explain_phrase(source: SourceFile, chunk: list[Token], place: int, possible: frozenset[str]) -> Diagnostic | None:
    """The answer to a phrase that is not the language's in a declaration of these tokens, if reading stopped in one, at
    `place` in the text; `possible` are the terminals that could stand there."""
    index = next((number for number, token in enumerate(chunk) if token.start >= place), len(chunk))
    here = [advice for terminal, advice in _BY_PLACE.items() if terminal in possible]
    here.insert(0, _BY_DECLARATION.get(chunk[0].text, {}) if chunk else {})
    for advice, phrases in [*((each, sorted(each, key=_length)) for each in here), (ADVICE, _PHRASES)]:
        for phrase in phrases:
            if index < len(chunk) and chunk[index].text == ":" and phrase.endswith(" >"):
                continue  # the colon is wrong, not what stands before it
            if advice is ADVICE and phrase in ONLY_WHERE and not possible & ONLY_WHERE[phrase]:
                continue
            found = _found(phrase, chunk, index)
            if found:
                span = Span(source.path, found[0].start, found[-1].end)
                written = " ".join(source.slice(span).split())
                return Diagnostic("unexpected-text", f"`{written}` cannot stand here", span, help=advice[phrase])
    return None


def _length(phrase: str) -> int:
    """Longer phrases come first."""
    return -len(phrase.split())


def _found(phrase: str, chunk: list[Token], index: int) -> list[Token]:
    """The tokens of the phrase, if it stands where reading stopped."""
    follows = phrase.endswith(" >")
    words = phrase.removesuffix(" >").split()
    for start in range(max(0, index - len(words) + (not follows)), min(index, len(chunk) - len(words)) + 1):
        found = chunk[start : start + len(words)]
        # The head of a declaration ends with its line: `measure sold count`, and below it `total ...`.
        if all(map(_is, words, found)) and not any(each.indent >= 0 for each in found[1:]):
            return found
    return []


def _is(word: str, token: Token) -> bool:
    if word == "#":
        return token.kind in LITERALS and token.kind not in ("PERCENT", "DATE")
    if word == "@":
        return token.kind == "DATE"
    if word == "$":
        return token.kind == "MONEY"
    if word == "%":
        return token.kind == "PERCENT"
    if word == "_":
        begins = len(token.text) > 1 and token.text in terminals().phrases  # `a month` begins with a name
        return token.kind == "NAME" and token.text not in _SMALL and not begins
    return word == token.text.lower()
