"""What would turn a comparison, and which share of a whole a number is."""

from __future__ import annotations

import datetime
from fractions import Fraction
from typing import Any

from attain_compiler.model import program as model
from attain_compiler.model.types import Simple
from attain_engine import show


def turn_of(node: model.Compare, left: Any, right: Any) -> str:
    """What would turn a comparison: how much is lacking, or how much is to spare."""
    if isinstance(left, datetime.date) and isinstance(right, datetime.date):
        days = (right - left).days
        if node.operator in (">=", "<=") and days and (left < right) is (node.operator == ">="):
            return f"{abs(days):,} day{'s' if abs(days) != 1 else ''} {'later' if days > 0 else 'earlier'}"
        return ""
    if not (is_number(left) and is_number(right)) or isinstance(node.left.type, Simple):
        return ""
    away = Fraction(right) - Fraction(left)
    shown = show.value(abs(away), node.left.type)
    match node.operator:
        case ">=":
            return f"{shown} more" if away > 0 else f"{shown} to spare" if away < 0 else "nothing to spare"
        case "<=":
            return f"{shown} less" if away < 0 else f"{shown} to spare" if away > 0 else "nothing to spare"
        case ">":
            return f"more than {shown} more" if away > 0 else "any more" if away == 0 else f"less than {shown} to spare"
        case "<":
            return f"more than {shown} less" if away < 0 else "any less" if away == 0 else f"less than {shown} to spare"
        case "==":
            return f"{shown} {'more' if away > 0 else 'less'}" if away else ""
        case _:
            return ""


def is_number(value: Any) -> bool:
    return isinstance(value, int | Fraction) and not isinstance(value, bool)


def share(kind: str, value: Any, whole: Any, count: int) -> str:
    """Which share of a sum a value is, or of an average."""
    if kind == "average" and count:
        return f"1 of {count:,}"
    if kind != "sum" or not is_number(value) or not is_number(whole) or whole <= 0 or value < 0:
        return ""
    return f"{show.number(round(Fraction(value) / Fraction(whole) * 100, 1))}%"
