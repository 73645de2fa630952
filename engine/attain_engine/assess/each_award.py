"""The awards of a designation that has one for each identifier."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from attain_compiler.model.named import named_identifiers
from attain_compiler.model.program import Designation, Program
from attain_compiler.model.reaching import is_award_of_each, on_track
from attain_compiler.model.types import EntityType, EnumType, Type, Value
from attain_engine.evaluate.world import world_of
from attain_engine.facts import Facts

MOST_AWARDS: Final = 30
"""Where a plan is looked for to each, there are no more awards of one designation than so many."""


def with_each_award(program: Program, facts: Facts, designations: Iterable[Designation]) -> list[Designation]:
    """The designations and, of one with an award for each identifier (`any for s in Site`), that of each as well: of no
    more than MOST_AWARDS of them, and after all others."""
    given = list(designations)
    found = list(given)
    for each in filter(is_award_of_each, given):
        assert each.tracks is not None
        known = known_members(program, facts, each.tracks.binder.type)
        if 1 < len(known) <= MOST_AWARDS and each.tracks.binder.domain is None:
            found += [on_track(each, value) for value in known.values()]
    return found


def known_members(program: Program, facts: Facts, type_: Type) -> dict[str, Value]:
    """The values of an enum, or the identifiers of an entity, by their names."""
    if isinstance(type_, EnumType):
        return {str(each.constant): each.constant for each in program.enums[type_.id].members}
    if isinstance(type_, EntityType):
        held = [each for each, _ in world_of(program, facts).identifiers[type_.id]]
        return {each: each for each in (*held, *named_identifiers(program)[type_.id])}
    return {}
