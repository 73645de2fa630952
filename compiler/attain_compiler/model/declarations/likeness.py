"""Examples that are like others: which one each builds on, and what it takes from it."""

from __future__ import annotations

import dataclasses
from collections.abc import Collection, Iterator, Mapping, Sequence

from attain_compiler.diagnostics.model import Label
from attain_compiler.model import program as model
from attain_compiler.model.env import Env
from attain_compiler.syntax import ast


def likes_of(env: Env, nodes: Sequence[ast.Example]) -> dict[int, ast.Example]:
    """By the identity of each example that is like another of the same file: that other one."""
    found: dict[int, ast.Example] = {}
    for node in nodes:
        if node.like is None:
            continue
        named = [each for each in nodes if each.title.value == node.like.value]
        if not named:
            titles = [each.title.value for each in nodes if each is not node]
            meant = env.findings.nearest(node.like.value, titles)
            env.findings.error(
                "unknown-name",
                f"no example of this file is called `{node.like.value}`",
                node.like.span,
                f"did you mean `{meant}`?" if meant else "",
                help="" if meant else "write the title of the other example as it stands there",
            )
        elif len(named) > 1:
            env.findings.error(
                "duplicate-name",
                f"{len(named)} examples are called `{node.like.value}`",
                node.like.span,
                secondary=tuple(Label(each.title.span, "one of them") for each in named[:3]),
                help="give the one that is meant a title of its own",
            )
        elif named[0].columns:
            env.findings.error(
                "duplicate-name",
                f"`{node.like.value}` is several examples, one for each case",
                node.like.span,
                secondary=(Label(named[0].title.span, "it has `for each`"),),
                help="build on an example without `for each`",
            )
        else:
            found[id(node)] = named[0]
    return found


def in_order(env: Env, nodes: Sequence[ast.Example], likes: Mapping[int, ast.Example]) -> Iterator[ast.Example]:
    """The examples, each after the one it is like. One that in the end is like itself is reported."""
    done: set[int] = set()
    for node in nodes:
        chain: list[ast.Example] = []
        current: ast.Example | None = node
        while current is not None and id(current) not in done:
            if any(each is current for each in chain):
                env.findings.error(
                    "cyclic-definition",
                    f"`{current.title.value}` is in the end like itself",
                    current.title.span,
                    help="say in one of the examples what it gives, and let it be like no other",
                )
                break
            chain.append(current)
            current = likes.get(id(current))
        for each in reversed(chain):
            done.add(id(each))
            yield each


def on_base(example: model.Example, base: model.Example, beside: Collection[str]) -> model.Example:
    """The example with what `base` gives and it does not give itself: its date, readings, values, and the rows of
    records of which it has none of its own, or only rows that stand `beside` them."""
    own_values = {(each.target, each.arguments) for each in example.values}
    own_readings = {reading for reading, _ in example.readings}
    own_records = {each.record for each in example.rows} - set(beside)
    kept = tuple(each for each in base.values if (each.target, each.arguments) not in own_values)
    return dataclasses.replace(
        example,
        on=example.on or base.on,
        readings=(*(each for each in base.readings if each[0] not in own_readings), *example.readings),
        values=(*kept, *example.values),
        rows=(*(each for each in base.rows if each.record not in own_records), *example.rows),
        closed=example.closed or base.closed,
    )
