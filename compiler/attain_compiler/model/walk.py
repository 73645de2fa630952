"""Going through the model: the parts of a node, and every node below it."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from functools import lru_cache
from typing import Any

from attain_compiler.model import program as model

_LEAVES = frozenset({"span", "type"})


@lru_cache(maxsize=256)
def _fields(kind: Any) -> tuple[str, ...]:
    return tuple(each.name for each in dataclasses.fields(kind) if each.name not in _LEAVES)


def children(node: model.Node) -> Iterator[model.Node]:
    """The nodes that a node is made of, in order."""
    kind: Any = type(node)
    for name in _fields(kind):
        part = getattr(node, name)
        if isinstance(part, model.Node):
            yield part
        elif isinstance(part, tuple):
            yield from (each for each in part if isinstance(each, model.Node))


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
