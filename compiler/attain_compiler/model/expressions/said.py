"""Names that have no meaning here and one elsewhere, and what to write for it."""

from __future__ import annotations

from attain_compiler.syntax import ast

_MISSING = "`is not known`; where a field may be `or none`, `is none`"
_BEST = "`greatest of (a, b)`; over rows, `greatest of s.amount among Sale s else 0`"
_WORST = "`least of (a, b)`; over rows, `least of s.amount among Sale s else 0`"
_COUNT = "`count of Sale s where s.paid`"
_SUM = "`sum of s.amount among Sale s`"
_NUMBERS = ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")
_MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)

SAID = {
    "true": "`yes`",
    "false": "`no`",
    "today": "`assessment date`, or in a change `plan date`",
    "now": "`assessment date`, or in a change `plan date`",
    "yesterday": "`1 days before assessment date`",
    "tomorrow": "`1 days after assessment date`",
    **dict.fromkeys(("empty", "missing", "blank", "null", "nothing", "undefined"), _MISSING),
    "none": "`is not known` of a field that may be missing, `never` for a date; only a value of an enum may be `none`",
    **dict.fromkeys(("present", "given", "set", "filled", "available", "entered"), "`is known`"),
    "unknown": "`is not known`; in a row of an example it stands for what is missing, where the field has `?`",
    "future": "`later than assessment date`",
    "past": "`earlier than assessment date`",
    **{f"Q{each}": f"`month number of D from {3 * each - 2} to {3 * each}`" for each in range(1, 5)},
    **dict.fromkeys(("once", "twice", "thrice"), "a number: `(count of Sale s where s.paid) at least 2`"),
    **dict.fromkeys(("age", "ages"), "`number of years from p.born to assessment date`"),
    **dict.fromkeys(("day", "days_after"), "`1 days after D`, `1 days before D`; `first day of M`, `last day of M`"),
    **dict.fromkeys(("length", "len"), "`count of Sale s`: texts are compared as a whole, with `is`"),
    "more": "`at least 5`, which takes 5 itself in, without `or more`",
    **dict.fromkeys(("less", "fewer"), "`at most 5`, which takes 5 itself in, without `or less`"),
    "higher": "`at least 5`, without `or higher`",
    **{name: f"`{number}`" for number, name in enumerate(_NUMBERS)},
    **dict.fromkeys(("max", "greatest", "maximum"), _BEST),
    **dict.fromkeys(("min", "least", "minimum"), _WORST),
    "count": _COUNT,
    "sum": _SUM,
    "total": _SUM,
    **{kind: f"`{kind} of s.amount among Sale s else 0`" for kind in ast.AVERAGES},
    **dict.fromkeys(("avg", "mean"), "`average of s.amount among Sale s else 0`"),
    "round": "`a rounded down to 1`, `rounded up to 1` or `rounded half up to 1`",
    "floor": "`a rounded down to 1`",
    "ceil": "`a rounded up to 1`",
    "abs": "`greatest of (a, 0 - a)`",
    "year": "`year of assessment date`",
    **dict.fromkeys(("thousands", "millions"), "numbers in full: `1_000`"),
    "days": "`number of days from a to b`",
    "datediff": "`number of days from a to b`",
    "exists": "`some Sale s where s.paid`",
    **{month: f"`month number of D is {number}`" for number, month in enumerate(_MONTHS, 1)},
    "if": "`by case`, and below it a line for each case: `b when a`, and `c otherwise` as the last",
}
"""By a bare name, or one that is called: what to write."""

TYPES = {
    **dict.fromkeys(("int", "integer", "whole"), "`count` for a whole number of 0 or more, else `number`"),
    **dict.fromkeys(("decimal", "float", "double", "real", "numeric"), "`number`: all numbers are exact"),
    **dict.fromkeys(
        ("string", "str", "char", "name"),
        "`text`; what rows meet in, such as a customer, is an `entity`",
    ),
    **dict.fromkeys(("bool", "boolean", "yesno", "logical"), "`flag`"),
    **dict.fromkeys(("currency", "amount", "price"), "`money USD`, with three capital letters for the currency"),
    **dict.fromkeys(("percentage", "rate", "ratio", "share"), "`percent`"),
    **dict.fromkeys(("day", "datetime", "time", "timestamp"), "`date`"),
    "year": "`count 1_900 to 2_100`; `year of D` is the year of a date",
    **dict.fromkeys(("period", "interval", "days", "months", "years"), "`duration`"),
    **dict.fromkeys(("point", "score"), "`points`"),
    **dict.fromkeys(("list", "array"), "`set of ...`; what rows there are several of is a record of its own"),
    **dict.fromkeys(("range",), "`band of count`"),
    **dict.fromkeys(("condition",), "nothing: without `as` a definition is a condition"),
}
"""By the name of a type elsewhere: what to write."""


def type_said(name: str) -> str:
    """What to write for a type that is called so elsewhere; empty where nothing is known of it."""
    if len(name) == 3 and name.isupper():
        return f"`money {name}`"
    return TYPES.get(name.lower(), "")
