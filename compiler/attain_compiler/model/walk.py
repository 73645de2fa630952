"""Going through the model: the parts of a node, every node below it, and a node with other parts."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterator
from functools import lru_cache
from typing import Any

from attain_compiler.model import program as model

_LEAVES = frozenset({"span", "type"})


@lru_cache(maxsize=256)
def _parts(kind: Any) -> tuple[Callable[[Any], Any], ...]:
    """What reads each field of a class of nodes in which a node may be."""
    return tuple([getattr(kind, each.name).__get__ for each in dataclasses.fields(kind) if each.name not in _LEAVES])


@lru_cache(maxsize=256)
def _is_node(kind: Any) -> bool:
    return issubclass(kind, model.Node)


def children(node: model.Node) -> list[model.Node]:
    """The nodes that a node is made of, in order."""
    found: list[model.Node] = []
    kind: Any = type(node)
    for part_of in _parts(kind):
        part = part_of(node)
        if isinstance(part, tuple):
            found += [each for each in part if _is_node(each.__class__)]
        elif _is_node(part.__class__):
            found.append(part)
    return found


def nodes(node: model.Node) -> Iterator[model.Node]:
    """The node and everything below it, each once (the subject of a range stands in both its halves)."""
    todo, seen = [node], {id(node)}
    while todo:
        current = todo.pop()
        yield current
        for each in children(current):
            if id(each) not in seen:
                seen.add(id(each))
                todo.append(each)


@lru_cache(maxsize=256)
def _names(kind: Any) -> tuple[str, ...]:
    return tuple(each.name for each in dataclasses.fields(kind) if each.name not in _LEAVES)


def with_parts(whole: Any, put: Callable[[Any], Any]) -> Any:
    """A node, or a tuple, with what `put` makes of each of its parts; the same one where they all stay as they are.
    What is neither has no parts."""
    if isinstance(whole, tuple):
        parts = tuple(put(each) for each in whole)
        return whole if all(new is old for new, old in zip(parts, whole, strict=True)) else parts
    if not isinstance(whole, model.Node):
        return whole
    kind: Any = type(whole)
    changed: dict[str, Any] = {}
    for name in _names(kind):
        part = getattr(whole, name)
        new = put(part)
        if new is not part:
            changed[name] = new
    return dataclasses.replace(whole, **changed) if changed else whole
