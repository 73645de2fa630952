"""What is known of two values that rest on rows and that the editions work out otherwise: that they are the same, or
that one is never more than the other. It is proved of any one row, or of whatever else a variable runs over.

Rows that nobody gave leave values unknown, each of which has a name in each edition. What stands in both at the places
of such a pair is compared: below a variable that runs over something, with that something open.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterator
from dataclasses import replace
from fractions import Fraction
from functools import cached_property
from typing import Any, Final

from attain_compiler.frozen import frozen
from attain_compiler.model import program as model
from attain_compiler.model.types import COUNT, FLAG, NUMBER, EntityType, EnumType, RecordType
from attain_compiler.model.walk import nodes
from attain_compiler.source import Span
from attain_engine.compare.editions import mentioned, rows_of
from attain_engine.compare.opening import Opening, only_shared_values, opened
from attain_engine.compare.patience import PATIENCE, REFUSED
from attain_engine.compare.sides import SIDES, Side, Sides, plain
from attain_engine.compare.unknown_pairs import Relation, frame_of, pairs, put, said, unknowns
from attain_engine.evaluate import Evaluator
from attain_engine.evaluate.known import asks_what_is_known
from attain_engine.evaluate.missing import MeasureNotGiven, Place, RowsNotGiven
from attain_engine.evaluate.problems import NotGiven
from attain_engine.evaluate.state import Context
from attain_engine.evaluate.values import compare, unknown_of
from attain_engine.evaluate.variables import free_variables
from attain_engine.open.conditions import Condition, conjunction, negation
from attain_engine.open.linear import range_of
from attain_engine.open.quantities import Linear, Stairs
from attain_engine.solve.certain import completion

APART: Final[Relation] = (False, False)
SAME: Final[Relation] = (True, True)

MOST_DEEP = 6
"""So many variables within each other are opened."""

MOST_PAIRS = 60
"""So many pairs are looked at in one question."""


@frozen
class AnyOne:
    """Whatever a variable that is not of rows runs over, so many variables deep."""

    depth: int


class Lemmas:
    """Of one day: what was proved of pairs of unknown values so far."""

    def __init__(
        self,
        sides: Sides,
        on: datetime.date,
        evaluator: Callable[..., Evaluator],
        nothing: Callable[[], Opening],
    ) -> None:
        """`evaluator` gives a side over an opening, with measures that are worked out; `nothing` is the opening of no
        rows but the one of each single record."""
        self.sides = sides
        self.on = on
        self.evaluator = evaluator
        self._nothing = nothing
        self._known: dict[Any, Relation] = {}

    def about(
        self, values: tuple[Any, Any], computed: frozenset[str], opening: Opening | None = None, deep: int = 0
    ) -> Iterator[Condition]:
        """What is known of the unknowns in the values of both sides. `opening` says of rows in variables what they may
        be."""
        parts, names = zip(*map(unknowns, values), strict=True)
        own = [[each for each in names[place] if each not in names[1 - place]] for place in (0, 1)]
        if not all(own) or len(own[0]) * len(own[1]) > MOST_PAIRS or self._asks_what_is_known:
            return
        opening = opening or self._nothing()
        every = [each for some in parts for each in some]
        for base, head in pairs(*own):
            yield from said(every, base, head, self._of_pair(base, head, computed, opening, deep))

    @cached_property
    def _asks_what_is_known(self) -> bool:
        bare = (each for edition in self.sides.editions.both for each in edition.bare.values())
        return asks_what_is_known(each for each in bare if isinstance(each, model.Node))

    @cached_property
    def _expressions(self) -> dict[Span, model.Typed]:
        """What stands at each place: at one that both sides have the same."""
        return {
            node.span: node
            for program in self.sides.programs.values()
            for kind in ("defines", "measures", "scores", "designations", "reports", "exclusions")
            for declared in getattr(program, kind).values()
            for node in nodes(declared)
            if isinstance(node, model.Typed)
        }

    def _at(self, side: Side, name: RowsNotGiven | MeasureNotGiven) -> model.Expression | None:
        """What a value is worked out from."""
        program = self.sides.programs[side]
        if isinstance(name, MeasureNotGiven):
            limited = {each for one in program.exclusions.values() for each in one.measures}
            measure = program.measures.get(name.measure)
            return None if measure is None or measure.id in limited else measure.body
        if isinstance(name.asked, Place):
            return self._expressions.get(name.asked.span)  # type: ignore[return-value]
        define = program.defines.get(name.asked)
        return None if define is None else define.body

    def _of_pair(self, base: Any, head: Any, computed: frozenset[str], opening: Opening, deep: int) -> Relation:
        key = (base, head, computed)
        if key not in self._known:
            self._known[key] = APART  # where it comes back to the same, nothing is proved
            one, other = self._at("base", base), self._at("head", head)
            if one is not None and other is not None:
                frames = frame_of(one, base), frame_of(other, head)
                if None not in frames:
                    whole = _Pair(self, computed, opening, frames, base.mark, deep)  # type: ignore[arg-type]
                    self._known[key] = whole.within(one, other)
        return self._known[key]


@frozen
class _Pair:
    """What two expressions are compared in, one of each side: `frames` are the values of their variables."""

    lemmas: Lemmas
    computed: frozenset[str]
    opening: Opening
    frames: tuple[tuple[Any, ...], tuple[Any, ...]]
    mark: Any
    deep: int
    there: tuple[Condition, Condition] = (True, True)
    """On which conditions the row in the innermost variable is not left out."""

    @property
    def _sides(self) -> Sides:
        return self.lemmas.sides

    def within(self, one: model.Expression, other: model.Expression) -> Relation:
        """How the values of two expressions stand, by what they are made of."""
        if isinstance(one, model.Binding) and isinstance(other, model.Binding):
            inner = self._with(one.binder, other.binder)
            if inner is None:
                return APART
            match one, other:
                case model.Exists(), model.Exists():
                    return inner.condition(one.condition, other.condition)
                case model.Aggregate(), model.Aggregate() if one.kind == other.kind:
                    return inner.aggregate(one, other)
                case model.Allocation(), model.Allocation():
                    return self._allocation(one, other, inner)
                case _:
                    return APART
        return self.of(one, other)

    def of(self, one: model.Expression, other: model.Expression) -> Relation:
        """How the values of two expressions stand, by what they come to."""
        return self._told(one, other, (True, True))

    def condition(self, one: model.Expression, other: model.Expression) -> Relation:
        """Below a variable: how it stands that a condition holds of what the variable is, and that is not left out."""
        return self._told(one, other, self.there)

    def _told(self, one: model.Expression, other: model.Expression, there: tuple[Condition, Condition]) -> Relation:
        alike = one == other and self.frames[0] == self.frames[1] and there[0] == there[1]
        if alike and self._sides.affected.isdisjoint(map(plain, mentioned(one))):
            return SAME
        try:
            values = self._value("base", one), self._value("head", other)
            if there != (True, True):
                values = conjunction((there[0], values[0])), conjunction((there[1], values[1]))
            lawful = conjunction(
                (
                    self.opening.lawful,
                    *self.lemmas.about(values, self.computed, self.opening, self.deep),
                )
            )
            return self._stand(one, other, values, lawful)
        except REFUSED:
            return APART

    def _stand(
        self, one: model.Expression, other: model.Expression, values: tuple[Any, ...], lawful: Condition
    ) -> Relation:
        base, head = values

        def never(condition: Condition) -> bool:
            return completion(conjunction((lawful, condition)), patience=PATIENCE) is None

        if one.type != other.type and {one.type, other.type} != {COUNT, NUMBER}:
            return APART
        if one.type == FLAG:
            return never(conjunction((base, negation(head)))), never(conjunction((head, negation(base))))
        if all(isinstance(each, int | Fraction | Linear | Stairs) for each in values):
            return never(compare(">", base, head)), never(compare("<", base, head))
        same = never(compare("!=", base, head))
        return same, same

    def aggregate(self, one: model.Aggregate, other: model.Aggregate) -> Relation:
        """Below the variable: how what is made of the elements stands."""
        truth = model.Constant(True, type=FLAG, span=one.span)
        less, more = self.condition(one.condition or truth, other.condition or truth)
        if one.value is None or other.value is None:
            return (less, more) if one.value is other.value else APART
        if self.of(one.value, other.value) != SAME:
            return APART
        if one.kind == "sum" and not (less and more):
            value = self._value("base", one.value)
            low = range_of(value)[0] if isinstance(value, int | Fraction | Linear | Stairs) else None
            return (less, more) if low is not None and low >= 0 else APART
        return (less, more) if one.kind == "distinct" or (less and more) else APART

    def _allocation(self, one: model.Allocation, other: model.Allocation, inner: _Pair) -> Relation:
        if len(one.roles) != len(other.roles) or len(one.shares) != len(other.shares):
            return APART
        same = [(each.needed, their.needed) for each, their in zip(one.roles, other.roles, strict=True)]
        for each, their in zip(one.shares, other.shares, strict=True):
            if (each.first, each.second) != (their.first, their.second):
                return APART
            same.append((each.most, their.most))
        if any(self.of(*pair) != SAME for pair in same):
            return APART
        if (one.value is None) != (other.value is None):
            return APART
        if one.value is not None and other.value is not None and inner.of(one.value, other.value) != SAME:
            return APART
        stands = [
            inner.condition(each.condition, their.condition) for each, their in zip(one.roles, other.roles, strict=True)
        ]
        less, more = all(each for each, _ in stands), all(each for _, each in stands)
        return (less, more) if one.value is None or (less and more) else APART

    def _with(self, one: model.Binder, other: model.Binder) -> _Pair | None:
        """The same below a variable that runs over the same on both sides; None where it may be something else."""
        if replace(one, number=other.number) != other or self.deep >= MOST_DEEP:
            return None
        asks = set(map(plain, mentioned(one))) if one.domain is None else set(map(plain, mentioned(one.domain)))
        if isinstance(one.type, RecordType) and one.domain is None:
            asks.discard(rows_of(one.type.id))
        if not self._sides.affected.isdisjoint(asks) or not self._same_domain(one, other):
            return None
        opening, element = self.opening, None
        match one.type:
            case RecordType(id=record) if one.domain is None:
                opening, element = self._with_row(record)
            case EntityType() | EnumType():
                members = self._members(one.type)
                if isinstance(one.type, EntityType) or members:
                    element = unknown_of(one.type, AnyOne(self.deep), members=members)
            case _ if one.domain is not None:
                element = unknown_of(one.type, AnyOne(self.deep))
            case _:
                pass
        if element is None:
            return None
        base, head = (put(frame, each.number, element) for frame, each in zip(self.frames, (one, other), strict=True))
        inner = replace(self, opening=opening, frames=(base, head), deep=self.deep + 1, there=(True, True))
        if isinstance(one.type, RecordType) and rows_of(one.type.id) in self._sides.affected:
            there = [inner._kept(side, one.type, element) for side in SIDES]
            return None if None in there else replace(inner, there=tuple(there))  # type: ignore[arg-type]
        return inner

    def _same_domain(self, one: model.Binder, other: model.Binder) -> bool:
        """Whether what a variable runs over rests on the same variables outside, with the same values on both sides."""
        if one.domain is None or other.domain is None:
            return one.domain is other.domain
        both = zip(self.frames, (one.domain, other.domain), strict=True)
        base, head = ([frame[each] for each in free_variables(domain)] for frame, domain in both)
        return base == head

    def _kept(self, side: Side, record: RecordType, row: Any) -> Condition | None:
        """On which condition a row is not left out; None where that cannot be told."""
        evaluator, context = self._asked(side)
        found: list[Condition] = []
        for each in evaluator.program.exclusions_of(record):
            if each.measures:
                return None
            try:
                found.append(negation(evaluator.excludes(each, row, context)))
            except (NotGiven, *REFUSED):
                return None
        return conjunction(found)

    def _with_row(self, record: str) -> tuple[Opening, Any]:
        """One row more, open in all its fields, that no rule finds by itself."""
        own = opened(self._sides, self.lemmas.on, {record: 1}, {})
        [(row, _)] = own.tables[record]
        outer = self.opening
        lawful = conjunction((outer.lawful, own.lawful, only_shared_values(self._sides, own)))
        known = {**outer.known, **own.known}
        return replace(outer, known=known, lawful=lawful), row

    def _members(self, type_: Any) -> list[Any]:
        if not isinstance(type_, EnumType):
            return []
        enums = [self._sides.programs[side].enums.get(type_.id) for side in SIDES]
        both = [{each.constant for each in enum.members} for enum in enums if enum is not None]
        return sorted(both[0], key=lambda each: each.name) if len(both) == 2 and both[0] == both[1] else []

    def _asked(self, side: Side) -> tuple[Evaluator, Context]:
        """A side, and the context in which it is asked."""
        evaluator = self.lemmas.evaluator(side, self.opening, self.computed)
        return evaluator, evaluator.context_of(self.mark)

    def _value(self, side: Side, expression: model.Expression) -> Any:
        evaluator, context = self._asked(side)
        return evaluator.run(expression, self.frames[SIDES.index(side)], context)
