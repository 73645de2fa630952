"""Both editions ready to be asked the same questions: what is not known has one name for both where it means the same.

Measures are open numbers within the bounds of both editions. What differs (definitions, measures and scores that are
affected) has a name of its own on each side, so that nothing is taken to be the same that may not be.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from fractions import Fraction
from functools import cached_property
from typing import Any, Final, Literal, TypeAlias

from attain_compiler.model import program as model
from attain_compiler.model.types import COUNT, FLAG, NUMBER, EnumType, EnumValue, Quantity, RecordType, Type
from attain_compiler.model.walk import children, nodes
from attain_compiler.source import Span
from attain_engine.compare.editions import Editions, mentioned_by_itself
from attain_engine.compare.items import Item, rests_on
from attain_engine.compare.rewriting import Rewriting
from attain_engine.evaluate import Evaluator
from attain_engine.evaluate.missing import MeasureNotGiven, RowsNotGiven
from attain_engine.evaluate.values import OPEN, Named, unknown_of
from attain_engine.evaluate.world import World, identifiers_in
from attain_engine.facts.model import Row
from attain_engine.open.conditions import Condition

Side: TypeAlias = Literal["base", "head"]
SIDES: Final[tuple[Side, Side]] = ("base", "head")
_APART: Final = ("defines", "measures", "scores")
_KINDS: Final = (
    "enums", "entities", "records", "tables", "readings", "defines", "exclusions", "measures", "scores",
    "designations", "changes", "reports",
)  # fmt: skip


def plain(identifier: str) -> str:
    """The name that both sides share."""
    return identifier.partition("@")[0]


class Sides:
    """The two programs under shared names, for one set of what is affected."""

    def __init__(self, editions: Editions, affected: frozenset[str]) -> None:
        self.editions = editions
        self.affected = affected
        self._places: dict[Any, int] = {}
        self._apart: dict[int, tuple[bool, model.Node]] = {}
        self.programs: dict[Side, model.Program] = {side: self._aligned(side) for side in SIDES}
        self._open_defines = self._opened()

    @cached_property
    def texts(self) -> Mapping[Fraction, str]:
        """The texts and identifiers that the editions name, and what stands for any other of these, by the numbers that
        stand for them."""
        texts = [
            node.value
            for edition in self.editions.both
            for each in edition.bare.values()
            for node in nodes(each)
            if isinstance(node, model.Constant) and isinstance(node.value, str)
        ]
        texts += [each for known in self.editions.identifiers.values() for each in known]
        return {Fraction(Named.of(each).order): each for each in texts}

    @property
    def measures(self) -> frozenset[str]:
        """The measures that are affected."""
        return frozenset(
            each for edition in self.editions.both for each in self.affected if edition.kinds.get(each) == "measures"
        )

    @property
    def every_measure(self) -> frozenset[str]:
        """All measures: where all are worked out, what is not known has a name for each date that it is asked on."""
        return frozenset(plain(each) for program in self.programs.values() for each in program.measures)

    @property
    def open_values(self) -> frozenset[str]:
        """The measures that are not affected, and the open definitions: an example can give each of them."""
        measures = (
            each for edition in self.editions.both for each, kind in edition.kinds.items() if kind == "measures"
        )
        return self.open_defines | (frozenset(measures) - self.affected)

    def is_asked_in_several_ways(self, item: Item) -> bool:
        """Whether a measure may be another number on another date, or with other rows left out, within the question
        about an item: where what the item is made of, up to the open values, looks at another date, at rows, or at a
        measure that is affected."""
        return self.asked_in_several_ways and _looks_aside(self.editions, item, self.open_values)

    @cached_property
    def asked_in_several_ways(self) -> bool:
        """The same of the whole policy."""
        limited = any(each.measures for program in self.programs.values() for each in program.exclusions.values())
        excluding = any(
            isinstance(node, model.MeasureCall | model.DefineCall)
            for program in self.programs.values()
            for each in program.exclusions.values()
            for node in nodes(each.condition)
        )
        return self.editions.looks_at_other_dates or limited or excluding

    @property
    def open_defines(self) -> frozenset[str]:
        """The definitions that both sides have alike, that rest on rows, and that an example can give."""
        return self._open_defines

    def _opened(self) -> frozenset[str]:
        single = {each.id for program in self.programs.values() for each in program.records.values() if each.single}
        found: set[str] = set()
        for name, each in self.programs["head"].defines.items():
            givable = isinstance(each.type, Quantity | EnumType) or each.type == FLAG
            plain_arguments = not any(isinstance(formal.type, RecordType) for formal in each.parameters)
            if "@" not in name and givable and plain_arguments:
                rows = {one.removesuffix(" rows") for one in self.editions.reached({name}) if one.endswith(" rows")}
                if rows - single:
                    found.add(name)
        return frozenset(found)

    def _aligned(self, side: Side) -> model.Program:
        edition = self.editions.base if side == "base" else self.editions.head
        other = self.editions.head if side == "base" else self.editions.base
        apart = {
            each: f"{each}@{side}" for each, kind in edition.kinds.items() if kind in _APART and each in self.affected
        }
        rewrite = Rewriting(apart, place=lambda each: self._place(each, side))
        by_kind: dict[str, dict[str, Any]] = {kind: {} for kind in _KINDS}
        for identifier, kind in edition.kinds.items():
            made = rewrite(_narrowed(edition.bare[identifier], other.bare.get(identifier)))
            by_kind[kind][made.id] = made
        program = edition.program
        policies = {edition.names.get(each.id, each.id): each for each in program.policies.values()}
        main = edition.names.get(program.main, program.main)
        kinds: Any = by_kind
        return replace(program, main=main, policies=policies, examples={}, claims={}, **kinds)

    def _place(self, expression: model.Typed, side: Side) -> Span:
        """The same place for what is the same expression, and means the same on both sides."""
        number = self._places.setdefault(expression, len(self._places))
        return Span(side if self._is_apart(expression) else "both", number, number)

    def _is_apart(self, node: model.Node) -> bool:
        """Whether a tree rests straight on what is affected: asked of each node after those below it."""
        if id(node) not in self._apart:  # the node is kept, so that no other can come to have its identity
            own = not self.affected.isdisjoint(mentioned_by_itself(node))
            self._apart[id(node)] = own or any(map(self._is_apart, children(node))), node
        return self._apart[id(node)][0]

    def evaluator(
        self,
        side: Side,
        on: datetime.date,
        tables: Mapping[str, Sequence[tuple[Row, Condition]]],
        *,
        computed: frozenset[str],
        known: Mapping[tuple[Row, str], Condition] | None = None,
        values: Mapping[Any, Any] | None = None,
    ) -> Evaluator:
        """One side on a date, with these rows. Every measure is an open number, but for those that are `computed`
        from what they rest on."""
        program = self.programs[side]
        defines = frozenset[str]() if computed == self.every_measure else self.open_defines
        numbers = OpenValues(program, computed, defines, values or {})
        world = World(tables, numbers, identifiers_in(program, tables, values or {}), {}, known or {})
        return Evaluator(program, world, on)


def _looks_aside(editions: Editions, item: Item, ends: frozenset[str]) -> bool:
    """Whether what an item is made of, up to these ends, looks at another date, or at rows."""
    above = before(editions, item, ends)
    kinds = editions.base.kinds, editions.head.kinds
    if any(each.endswith(" rows") or "measures" in {kind.get(each) for kind in kinds} for each in above):
        return True
    trees = [tree for tree, _ in (rests_on(each, item) for each in editions.both) if tree is not None]
    trees += [each.bare[name] for each in editions.both for name in above if name in each.bare]
    return any(isinstance(node, model.AsOf) for tree in trees for node in nodes(tree))


def before(editions: Editions, item: Item, ends: frozenset[str]) -> set[str]:
    """What an item rests on before what is given: these ends."""
    roots = {name for each in editions.both for name in rests_on(each, item)[1]}
    return editions.reached_before(roots, ends) - ends


class OpenValues(dict[tuple[str, tuple[Any, ...]], Any]):
    """The given values of a world in which every measure, and every definition that rests on rows and is the same on
    both sides, is given as a value that nobody knows."""

    def __init__(
        self, program: model.Program, computed: frozenset[str], defines: frozenset[str], values: Mapping[Any, Any]
    ) -> None:
        super().__init__(values)
        self._defines = defines
        self._program = program
        self._computed = computed

    def get(self, key: tuple[str, tuple[Any, ...]], default: Any = None) -> Any:
        """The value of a measure for its arguments; None for what is to be worked out."""
        identifier, arguments = key
        given = super().get((plain(identifier), arguments))
        if given is not None:
            return given
        if any(isinstance(each, OPEN) for each in arguments):
            return default
        if identifier in self._defines:
            define = self._program.defines[identifier]
            rows = RowsNotGiven("", identifier, arguments)
            return unknown_of(define.type, rows, members=self._members(define.type))
        measure = self._program.measures.get(identifier)
        if measure is None or plain(identifier) in self._computed:
            return default
        name = MeasureNotGiven(plain(identifier), arguments, "")
        return unknown_of(measure.type, name, measure.low, measure.high, self._members(measure.type))

    def __iter__(self) -> Iterator[tuple[str, tuple[Any, ...]]]:
        """The keys, by which an evaluation knows which definitions have values that are given."""
        yield from super().__iter__()
        yield from ((each, ()) for each in self._defines)

    def _members(self, type_: Type) -> list[EnumValue]:
        enum = self._program.enums.get(type_.id) if isinstance(type_, EnumType) else None
        return [] if enum is None else [each.constant for each in enum.members]


def _narrowed(one: Any, other: Any) -> Any:
    """A declaration within the bounds of both (a whole number, where one side wants one); the values of an enum that
    both have stand last."""
    if type(one) is not type(other):
        return one
    match one:
        case model.Measure():
            type_ = COUNT if {one.type, other.type} == {COUNT, NUMBER} else one.type
            low, high = _end(max, one.low, other.low), _end(min, one.high, other.high)
            return replace(one, type=type_, low=low, high=high)
        case model.Record():
            others = {each.name: each for each in other.fields}
            return replace(one, fields=tuple(_field(each, others.get(each.name)) for each in one.fields))
        case model.Enum():
            shared = {each.constant for each in other.members}
            own = [each for each in one.members if each.constant not in shared]
            both = [each for each in one.members if each.constant in shared]
            return replace(one, members=(*own, *sorted(both, key=lambda each: each.constant.name)))
        case _:
            return one


def _field(one: model.Field, other: model.Field | None) -> model.Field:
    if other is None or (other.type != one.type and {one.type, other.type} != {COUNT, NUMBER}):
        return one
    type_ = one.type if one.type == other.type else COUNT
    return replace(one, type=type_, low=_end(max, one.low, other.low), high=_end(min, one.high, other.high))


def _end(choose: Any, one: Any, other: Any) -> Any:
    if one is None or other is None:
        return other if one is None else one
    return choose(one, other)
