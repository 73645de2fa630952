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

from attain_compiler.frozen import frozen
from attain_compiler.model import program as model
from attain_engine.evaluate import units
from attain_engine.evaluate.aggregates import ends, not_given, worked_out
from attain_engine.evaluate.problems import NotGiven
from attain_engine.evaluate.selection import Selection, selection
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


def allocation(program: model.Program, closure_of: Compile, expression: model.Allocation) -> Closure:
    """The closure of an allocation."""
    select = selection(program, closure_of, expression.binder, None)
    roles = [(closure_of(role.needed), closure_of(role.condition)) for role in expression.roles]
    if expression.value is not None or expression.shares:
        return units.by_units(expression, select, units.Lines(closure_of, expression))

    def allocation(frame: Frame, context: Context) -> Any:
        try:
            needed, people = _asked(select, roles, frame, context)
        except NotGiven as missing:
            return not_given(missing, expression, frame, context)
        if _is_settled(needed, people):
            return not any(missing for _, missing in placing(needed, [able for _, able in people]))
        if len(roles) > FEW_ROLES and not _rests_on_unknowns(needed, people):
            least = [ceil(max(each, 0)) for each in needed]
            return quantities.at_least(placed(least, [able for _, able in people]), sum(least))
        if len(roles) > MOST_OPEN_ROLES:
            return worked_out(
                expression,
                [*needed, *(each for _, able in people for each in able)],
                f"more than {MOST_OPEN_ROLES} roles are allocated at once, and who can have them is not settled",
            )
        return conjunction(_hall(needed, [able for _, able in people]))

    return allocation


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


# ---------------------------------------------------------------- for reports


@frozen
class Filled:
    """A role of an allocation as it was filled: how many (or how much) it needs, who was given to it, how many that is,
    and how many it misses. Of `maybe`, who are among those given, it is not known whether they can have it."""

    role: model.Role
    needed: Any
    given: tuple[Any, ...]
    found: Any
    missing: Any
    maybe: tuple[Any, ...] = ()


def filled(
    program: model.Program,
    closure_of: Compile,
    expression: model.Allocation,
    frame: Frame,
    context: Context,
) -> tuple[Filled, ...]:
    """Who was given to which role. Where it is open who can have one, everybody is taken who may: nothing is told then,
    unless even so a role cannot be filled. Raises NotGiven and NoAnswer."""
    select = selection(program, closure_of, expression.binder, None)
    roles = [(closure_of(role.needed), closure_of(role.condition)) for role in expression.roles]
    if expression.value is not None or expression.shares:
        return _filled_by_units(expression, units.asked(select, units.Lines(closure_of, expression), frame, context))
    needed, people = _asked(select, roles, frame, context)
    if any(isinstance(each, OPEN) for each in needed):
        return ()
    settled = _is_settled(needed, people)
    found = placing(needed, [[each is not False for each in able] for _, able in people])
    if not settled and not any(missing for _, missing in found):
        return ()
    return tuple(
        Filled(
            role,
            ceil(need),
            tuple(people[place][0] for place in sorted(places)),
            len(places),
            missing,
            tuple(people[place][0] for place in sorted(places) if people[place][1][number] is not True),
        )
        for number, (role, need, (places, missing)) in enumerate(zip(expression.roles, needed, found, strict=True))
    )


def _filled_by_units(expression: model.Allocation, put: units.Put) -> tuple[Filled, ...]:
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
            put.needed[number],
            tuple(put.elements[place][0] for place in places[number]),
            found[number],
            max(put.needed[number] - found[number], 0),
            tuple(put.elements[place][0] for place in places[number] if put.elements[place][1][number] is not True),
        )
        for number, role in enumerate(expression.roles)
    )
