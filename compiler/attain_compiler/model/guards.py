"""Guards on `none`: `x is not none` beside `and`, `x is none` beside `or`. What is joined with one is asked only where
there is a value.

Where a policy is compiled, what stands beside a guard is told to have a value (`expressions.none`); where it is judged,
a guard that decides is all that was asked.
"""

from __future__ import annotations

from typing import Final, Literal

from attain_compiler.model import program as model
from attain_compiler.model.types import EnumType

GUARDS: Final[dict[str, Literal["is not", "is"]]] = {"and": "is not", "or": "is"}
"""The word between a field and `none` in a guard, by what joins the conditions."""

_OPERATORS: Final = {"is not": "!=", "is": "=="}


def is_guard(condition: model.Expression, junction: model.And | model.Or) -> bool:
    """Whether a condition is a guard for the others of a junction."""
    word = GUARDS["and" if isinstance(junction, model.And) else "or"]
    return isinstance(condition, model.Compare) and condition.operator == _OPERATORS[word] and asks_for_none(condition)


def asks_for_none(condition: model.Compare) -> bool:
    """Whether something is compared with `none`."""
    type_ = condition.right.type
    if not isinstance(condition.right, model.Constant) or not isinstance(type_, EnumType) or not type_.or_none:
        return False
    return bool(condition.right.value == type_.none)
