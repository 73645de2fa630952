"""What a comparison asks for, in words."""

from __future__ import annotations

import re

_DATE = re.compile(r"never|\d{4}-\d\d(-\d\d)?")
_WORDS = {">": "more than {} needed", "<=": "at most {}", "<": "less than {} needed", "!=": "not {}"}
_DATED = {
    ">=": "{} or later needed",
    ">": "later than {} needed",
    "<=": "{} or earlier needed",
    "<": "earlier than {} needed",
    "!=": "not {} needed",
}


def threshold(operator: str, needed: str) -> str:
    """What a comparison asks for, in words that leave no doubt whether its end counts: `70 needed`, `more than 70
    needed`, `at most 70`, `later than 2024-06-30 needed`."""
    words = _DATED if _DATE.fullmatch(needed) else _WORDS
    return words.get(operator, "{} needed").format(needed)
