"""What is made when a rule of the grammar has been read in full: the node of the rule, with its place."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cache, partial
from operator import itemgetter
from typing import Any, NamedTuple

from lark.grammar import Rule, Terminal

from attain_compiler.diagnostics.model import Diagnostic
from attain_compiler.source import Span
from attain_compiler.syntax.parser import parser
from attain_compiler.syntax.tokens import Token

DEEPEST = 100
"""How deep expressions and blocks may be nested; later stages may rely on it."""

FLAT = frozenset({"connective"})
"""Rules that add to a list and so do not nest."""


class Written(NamedTuple):
    """What the grammar read for one rule: the values of its parts, its place, and where to report what is wrong."""

    parts: list[Any]
    span: Span
    report: list[Diagnostic]


Make = Callable[[Written], Any]
"""Makes the node for a rule."""


class Deep(Exception):
    """Something is nested deeper than `DEEPEST`."""


class Made(NamedTuple):
    """On the parser's stack: a value, the ends of its text (-1 where it has none), and how deep it is nested."""

    value: Any
    start: int
    end: int
    depth: int


class Shape(NamedTuple):
    """What becomes of the parts of a rule.

    `kept` are the positions whose values are handed on, -1 - position where that value is a list to be spread. The
    `action` is the name of the function that makes the node, `=` to pass the one value on, or empty to make a list.
    """

    action: str
    kept: tuple[int, ...]
    nests: bool


@cache
def shapes() -> Mapping[Rule, Shape]:
    """For each rule of the grammar."""
    rules = {action[1] for row in parser().table.states.values() for action in row.values()}
    return {rule: _shape(rule) for rule in rules if isinstance(rule, Rule)}


def _shape(rule: Rule) -> Shape:
    """As Lark shapes its trees: signs and words that stand in the rule as texts are left out, what a rule that begins
    with `_` has is spread, and a rule that begins with `?` passes its only part on."""
    kept = []
    for position, symbol in enumerate(rule.expansion):
        if not isinstance(symbol, Terminal):
            kept.append(-1 - position if symbol.name.startswith("_") else position)
        elif not symbol.filter_out and not symbol.name.startswith("_"):
            kept.append(position)
    name = rule.origin.name
    if name.startswith("_"):
        action = ""
    elif rule.alias or not rule.options.expand1:
        action = rule.alias or name
    else:
        assert len(kept) == 1, f"`?{name}` must pass on exactly one value"
        action = "="
    return Shape(action, tuple(kept), bool(action) and len(rule.expansion) > 1 and action not in FLAT)


class Callbacks(dict[Any, Callable[..., Any]]):
    """What Lark calls when a rule has been read, with what its parts were made into."""

    def __init__(self, path: str, makers: Mapping[str, Make], report: list[Diagnostic]) -> None:
        super().__init__({"": _kept})  # so that it is not empty: Lark would then ask it for nothing
        self._path = path
        self._makers = makers
        self._report = report

    def __missing__(self, rule: Rule) -> Callable[[list[Any]], Any]:
        shape = shapes()[rule]
        if shape.action == "=" and len(rule.expansion) == 1:
            self[rule] = itemgetter(0)
        else:
            self[rule] = partial(self._made, shape, self._makers.get(shape.action))
        return self[rule]

    def _made(self, shape: Shape, make: Make | None, children: list[Token | Made]) -> Made:
        start, end, depth = -1, -1, 0
        for child in children:
            if isinstance(child, Made):
                if child.depth > depth:
                    depth = child.depth
            elif child.kind[0] == "_":
                continue
            if child.start >= 0:
                start = child.start if start < 0 else start
                end = child.end
        if shape.nests:
            depth += 1
            if depth > DEEPEST:
                raise Deep
        value: Any = _kept(shape.kept, children)
        if shape.action == "=":
            value = value[0]
        elif make is not None:
            value = make(Written(value, Span(self._path, start, end), self._report))
        return Made(value, start, end, depth)


def _kept(kept: tuple[int, ...], children: list[Token | Made]) -> list[Any]:
    """The values at these positions."""
    parts: list[Any] = []
    for position in kept:
        child = children[position if position >= 0 else -1 - position]
        value: Any = child.value if isinstance(child, Made) else child
        if position >= 0:
            parts.append(value)
        elif parts:
            parts += value
        else:
            parts = value  # a list that grows; where the parser goes back, `walk` makes it as short again
    return parts
