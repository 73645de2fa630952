"""What might have stood where something else stands, in the author's words."""

from __future__ import annotations

from attain_compiler.syntax.grammar import States, acceptable, beginnings, may_stand, settled
from attain_compiler.syntax.operators import ARITHMETIC, AROUND, COMPARISONS
from attain_compiler.syntax.terminals import terminals

_KINDS: tuple[tuple[str, str], ...] = (
    ("_scoring", "a way of scoring such as `in proportion to`"),
    ("_effect", "what the change does"),
    ("_statement", "a condition"),
    ("value", "a value"),
    ("condition", "a condition"),
    ("closed_condition", "a condition"),
    ("closed_item", "a condition"),
    ("closed_sum", "a value"),
    ("open_sum", "a value"),
    ("dated", "a value"),
    ("postfix", "a value"),
    ("entry", "a key or a value"),
    ("_atom", "a value"),
    ("signed", "a number"),
    ("quantity", "a number"),
    ("date", "a date such as `2022-10-03`"),
    ("type", "a type"),
    ("_plain_type", "a type"),
    ("named_type", "a type"),
    ("case_values", "values in parentheses"),
    ("binder", "what to look at and a name for it, such as `Usage u`"),
    ("field", "a field"),
    ("part", "`part`"),
    ("name", "a name"),
    ("text", "a text in quotes"),
)
"""What is said for the things of the grammar, the larger first: where one may stand its beginnings are not named."""

_ENDS = frozenset({"_NEWLINE", "_DEDENT", "$END"})
_NOTES = frozenset({"SOURCE", "RECOVERED_FROM", "BECAUSE", "ADVICE"})
_SIGNS = {
    "NAME": "a name",
    "STRING": "a text in quotes",
    "DATE": "a date such as `2022-10-03`",
    "MONTH": "a month such as `2022-10`",
    "NUMBER": "a number",
    "PERCENT": "a number",
    "MONEY": "a number",
    "POINTS": "a number",
    "DURATION": "a number",
    "CALENDAR_DAY": "a day such as `1 March`",
    "_INDENT": "indented lines below",
}
MOST = 4
"""How many things are named at once."""


def expected(states: States) -> tuple[str, ...]:
    """What may come next, at most `MOST` things, the likely ones first; empty where that says nothing."""
    states = settled(states)
    possible = set(acceptable(states))
    found: list[str] = []
    for kind, words in _KINDS:
        first = beginnings(kind)
        if (may_stand(states, kind) and first & possible) or (kind == "_scoring" and first <= possible):
            possible -= first
            found.append(words)
    if len(possible & COMPARISONS) > len(COMPARISONS) // 2:
        found.append("a comparison such as `at least`")
        possible -= COMPARISONS | AROUND
    if possible & _ENDS:
        found.append("the end of the line")
    if possible - _NOTES - _ENDS or found:
        possible -= _NOTES
    found += [_SIGNS.get(kind) or f"`{terminals().words[kind]}`" for kind in sorted(possible - _ENDS - ARITHMETIC)]
    return tuple(dict.fromkeys(found)) if len(set(found)) <= MOST else tuple(dict.fromkeys(found))[: MOST - 1]


def listed(things: tuple[str, ...]) -> str:
    """`a`, `a or b`, `a, b or c`."""
    return things[0] if len(things) == 1 else f"{', '.join(things[:-1])} or {things[-1]}"
