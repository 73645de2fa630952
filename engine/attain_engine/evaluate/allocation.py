"""Whether disjoint people can be found for several roles.

Where everything is settled, people are given to roles, one after the other along augmenting paths: as many as can be.
Where something is open, Hall's condition says it: disjoint people can be found for all roles exactly when, for every
set of roles, at least as many people as the roles need together meet the condition of one of them. In a plan for many
roles it is a number how many places can be filled, which the integer program has a flow for (`optimise.numbers`).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import combinations
from math import ceil
from typing import Any, TypeAlias

from attain_compiler.model import program as model
from attain_compiler.model.types import COUNT
from attain_engine.evaluate import units
from attain_engine.evaluate.aggregates import ends, not_given, worked_out
from attain_engine.evaluate.filled import Filled, Filling
from attain_engine.evaluate.problems import NotGiven
from attain_engine.evaluate.selection import Selection, by_itself, selection
from attain_engine.evaluate.state import Closure, Compile, Context, Frame
from attain_engine.evaluate.values import OPEN, Found
from attain_engine.open import quantities
from attain_engine.open.conditions import Condition, conjunction, disjunction
from attain_engine.open.derived import placed
from attain_engine.open.placing import placing
from attain_engine.open.unknowns import rests_on_unknowns

FEW_ROLES = 6
"""In a plan for no more roles than these every set of them gives a condition; with more, it is a number how many places
are filled."""

MOST_OPEN_ROLES = 12
"""With something unknown, every set of roles gives a condition: so many roles at the most."""

Line: TypeAlias = "tuple[Closure, Closure]"


def allocation(program: model.Program, closure_of: Compile, expression: model.Allocation) -> Filling:
    """The closure of an allocation."""
    select = selection(program, closure_of, expression.binder, None)
    if expression.value is not None or expression.shares:
        return _OfUnits(expression, select, units.Lines(closure_of, expression))
    roles = [
        (closure_of(role.needed), by_itself(closure_of(role.condition), role.condition)) for role in expression.roles
    ]
    return _OfHeads(expression, select, roles)


class _OfHeads(Filling):
    """Whether each role finds as many as it needs."""

    __slots__ = ("_expression", "_roles", "_select")

    def __init__(self, expression: model.Allocation, select: Selection, roles: Sequence[Line]) -> None:
        self._expression = expression
        self._select = select
        self._roles = roles

    def __call__(self, frame: Frame, context: Context) -> Any:
        try:
            needed, people = _asked(self._select, self._roles, frame, context)
        except NotGiven as missing:
            return not_given(missing, self._expression, frame, context)
        if _is_settled(needed, people):
            return not any(missing for _, missing in placing(needed, [able for _, able in people]))
        if len(self._roles) > FEW_ROLES and not _rests_on_unknowns(needed, people):
            least = [ceil(max(each, 0)) for each in needed]
            return quantities.at_least(placed(least, [able for _, able in people]), sum(least))
        if len(self._roles) > MOST_OPEN_ROLES:
            return worked_out(
                self._expression,
                [*needed, *(each for _, able in people for each in able)],
                f"more than {MOST_OPEN_ROLES} roles are allocated at once, and who can have them is not settled",
            )
        return conjunction(_hall(needed, [able for _, able in people]))

    def filled(self, frame: Frame, context: Context) -> tuple[Filled, ...]:
        """Where it is open who can have a role, everybody is taken who may: nothing is told then, unless even so a role
        cannot be filled."""
        needed, people = _asked(self._select, self._roles, frame, context)
        if any(isinstance(each, OPEN) for each in needed):
            return ()
        settled = _is_settled(needed, people)
        found = placing(needed, [[each is not False for each in able] for _, able in people])
        if not settled and not any(missing for _, missing in found):
            return ()
        return tuple(
            Filled(
                role,
                COUNT,
                self._expression.binder.type,
                ceil(need),
                tuple(people[place][0] for place in sorted(places)),
                len(places),
                missing,
                tuple(people[place][0] for place in sorted(places) if people[place][1][number] is not True),
            )
            for number, (role, need, (places, missing)) in enumerate(
                zip(self._expression.roles, needed, found, strict=True)
            )
        )


class _OfUnits(Filling):
    """Whether each line has what it needs, of units or with lines that share."""

    __slots__ = ("_expression", "_holds", "_lines", "_select")

    def __init__(self, expression: model.Allocation, select: Selection, lines: units.Lines) -> None:
        self._expression = expression
        self._select = select
        self._lines = lines
        self._holds = units.by_units(expression, select, lines)

    def __call__(self, frame: Frame, context: Context) -> Any:
        return self._holds(frame, context)

    def filled(self, frame: Frame, context: Context) -> tuple[Filled, ...]:
        expression = self._expression
        put = units.asked(self._select, self._lines, frame, context)
        most = [ends(each)[1] for each in put.values]
        if any(each is None for each in most) or any(isinstance(each, OPEN) for each in (*put.needed, *put.shared)):
            return ()
        settled = _is_settled(put.needed, put.elements) and not any(isinstance(each, OPEN) for each in put.values)
        able = [[each is not False for each in able] for _, able in put.elements]
        places = units.shared_out(expression, put, list(zip(most, able, strict=True)))
        found = [sum(most[place] for place in each) for each in places]
        if not settled and all(have >= need for have, need in zip(found, put.needed, strict=True)):
            return ()
        return tuple(
            Filled(
                role,
                COUNT if expression.value is None else expression.value.type,
                expression.binder.type,
                put.needed[number],
                tuple(put.elements[place][0] for place in places[number]),
                found[number],
                max(put.needed[number] - found[number], 0),
                tuple(put.elements[place][0] for place in places[number] if put.elements[place][1][number] is not True),
            )
            for number, role in enumerate(expression.roles)
        )


def _asked(
    select: Selection, roles: Sequence[Line], frame: Frame, context: Context
) -> tuple[list[Any], list[tuple[Any, list[Condition]]]]:
    """How many each role needs, and who is there, with the condition on which each can have each role."""
    needed = [need(frame, context) for need, _ in roles]
    people = [
        (person, [conjunction((present, condition(frame, context))) for _, condition in roles])
        for person, present in select(frame, context)
    ]
    return needed, people


def _rests_on_unknowns(needed: Sequence[Found], people: Sequence[tuple[Any, list[Condition]]]) -> bool:
    return any(isinstance(each, OPEN) for each in needed) or any(
        rests_on_unknowns(each) for _, able in people for each in able
    )


def _is_settled(needed: Sequence[Found], people: Sequence[tuple[Any, list[Condition]]]) -> bool:
    return not any(isinstance(each, OPEN) for each in needed) and all(
        isinstance(each, bool) for _, able in people for each in able
    )


# ---------------------------------------------------------------- everything open


def _hall(needed: Sequence[Any], people: Sequence[Sequence[Condition]]) -> Iterator[Condition]:
    indexes = range(len(needed))
    for size in range(1, len(needed) + 1):
        for chosen in combinations(indexes, size):
            able = quantities.weighted((disjunction(person[role] for role in chosen), 1) for person in people)
            yield quantities.compare(">=", able, quantities.total(needed[role] for role in chosen))
