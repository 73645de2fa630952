"""Whether disjoint people can be found for several roles."""

from __future__ import annotations

from itertools import combinations
from typing import Any

from attain_compiler.model import program as model
from attain_engine.evaluate.aggregates import not_given
from attain_engine.evaluate.problems import CannotStayOpen, NotGiven
from attain_engine.evaluate.selection import selection
from attain_engine.evaluate.state import Closure, Compile, Context, Frame
from attain_engine.open import quantities
from attain_engine.open.conditions import Condition, conjunction, disjunction

MOST_ROLES = 8
"""An allocation to more roles than this is refused: every set of roles gives a condition."""


def allocation(program: model.Program, compile: Compile, expression: model.Allocation) -> Closure:
    """Hall's condition: disjoint people can be found for all roles exactly when, for every set of roles, at least as
    many people as the roles need together meet the condition of one of them."""
    if len(expression.roles) > MOST_ROLES:
        raise CannotStayOpen(f"more than {MOST_ROLES} roles are allocated at once", expression)
    select = selection(program, compile, expression.binder, None)
    roles = [(compile(role.needed), compile(role.condition)) for role in expression.roles]
    indexes = range(len(roles))
    subsets = [chosen for size in range(1, len(roles) + 1) for chosen in combinations(indexes, size)]

    def allocation(frame: Frame, context: Context) -> Any:
        try:
            needed = [need(frame, context) for need, _ in roles]
            able = [
                [conjunction((present, condition(frame, context))) for _, condition in roles]
                for _, present in select(frame, context)
            ]
        except NotGiven as missing:
            return not_given(missing, expression, frame, context)
        truth: Condition = conjunction(
            quantities.compare(
                ">=",
                quantities.weighted((disjunction(person[role] for role in chosen), 1) for person in able),
                quantities.total(needed[role] for role in chosen),
            )
            for chosen in subsets
        )
        return truth

    return allocation
