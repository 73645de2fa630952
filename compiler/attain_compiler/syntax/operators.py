"""The terminals that stand between two operands, or after one."""

from __future__ import annotations

COMPARISONS = frozenset(
    {
        *("IS", "IS_NOT", "IN", "NOT_IN", "AT_LEAST", "MORE_THAN", "AT_MOST", "LESS_THAN", "WITHIN_THE"),
        *("EARLIER_THAN", "LATER_THAN", "ON_OR_BEFORE", "ON_OR_AFTER", "IS_KNOWN", "IS_NOT_KNOWN"),
        *("IS_MET", "IS_FAILED", "IS_UNDETERMINED", "IS_NOT_MET", "IS_NOT_FAILED", "IS_NOT_UNDETERMINED"),
    }
)
ARITHMETIC = frozenset({"PLUS", "MINUS", "TIMES", "DIVIDED", "BEFORE", "AFTER", "AS_OF", "DOT", "LPAR"})
AROUND = frozenset({"FROM", "AND", "OR", "ELSE", "ROUNDED_DOWN", "ROUNDED_UP", "ROUNDED_HALF_UP", "ROUNDED_HALF_EVEN"})
"""What may follow a whole value or condition."""

OPERATORS = (COMPARISONS | ARITHMETIC | AROUND) - {"DOT", "LPAR", "BEFORE", "AFTER"}
