"""People who are given to roles, each to one: as many as can be, along augmenting paths."""

from __future__ import annotations

from collections import deque
from collections.abc import Sequence
from itertools import pairwise
from math import ceil
from typing import Any

from attain_engine.open.conditions import Condition


def placing(needed: Sequence[Any], people: Sequence[Sequence[Condition]]) -> list[tuple[list[int], int]]:
    """For each role the people (by their places) that it is given, and how many it still misses. As many roles as can
    be are filled; of several ways to do so, one that fills the earlier roles first.

    People who can have the same roles stand in one group, so that the search is over groups and roles only.
    """
    groups: dict[tuple[Condition, ...], list[int]] = {}
    for place, able in enumerate(people):
        groups.setdefault(tuple(able), []).append(place)
    abilities = list(groups)
    left = [len(members) for members in groups.values()]
    given: list[dict[int, int]] = [{} for _ in needed]  # for each role, how many it has of each group
    missing: list[int] = []
    for role, need in enumerate(needed):
        lacking = max(ceil(need), 0)
        while lacking:
            way = _augmenting(role, abilities, left, given)
            if way is None:
                break
            lacking -= _shift(way, lacking, left, given)
        missing.append(lacking)
    taken = [iter(members) for members in groups.values()]
    return [
        ([next(taken[group]) for group, number in given[role].items() for _ in range(number)], missing[role])
        for role in range(len(needed))
    ]


def _augmenting(
    role: int, abilities: Sequence[tuple[Condition, ...]], left: Sequence[int], given: Sequence[dict[int, int]]
) -> list[tuple[int, int]] | None:
    """The shortest way from a role to a group that has somebody left: pairs of a role and the group it takes from, each
    group (but the last) giving up one whom the next role had."""
    ways: dict[int, list[tuple[int, int]]] = {role: []}
    todo = deque([role])
    seen: set[int] = set()
    while todo:
        taking = todo.popleft()
        for group, able in enumerate(abilities):
            if able[taking] is not True or group in seen:
                continue
            seen.add(group)
            way = [*ways[taking], (taking, group)]
            if left[group]:
                return way
            for other, has in enumerate(given):
                if other not in ways and has.get(group):
                    ways[other] = way
                    todo.append(other)
    return None


def _shift(way: list[tuple[int, int]], most: int, left: list[int], given: Sequence[dict[int, int]]) -> int:
    """Move as many people as can be along a way; how many were."""
    number = min(most, left[way[-1][1]], *(given[role][group] for (_, group), (role, _) in pairwise(way)))
    left[way[-1][1]] -= number
    for role, group in way:
        given[role][group] = given[role].get(group, 0) + number
    for (_, group), (other, _) in pairwise(way):
        given[other][group] -= number
    return number
