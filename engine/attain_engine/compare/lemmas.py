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
from typing import Any, Final, TypeAlias

from attain_compiler.frozen import frozen
from attain_compiler.model import program as model
from attain_compiler.model.types import FLAG, EntityType, EnumType, RecordType
from attain_compiler.model.walk import nodes
from attain_compiler.source import Span
from attain_engine.compare.editions import mentioned, rows_of
from attain_engine.compare.opening import Opening, only_shared_values, opened
from attain_engine.compare.patience import PATIENCE, REFUSED
from attain_engine.compare.sides import SIDES, Side, Sides, plain
from attain_engine.evaluate import Evaluator
from attain_engine.evaluate.missing import IsValue, MeasureNotGiven, RowsNotGiven
from attain_engine.evaluate.state import free_variables
from attain_engine.evaluate.values import Cases, compare, unknown_of
from attain_engine.open.conditions import Amount, Atom, Condition, Formula, conjunction, disjunction, negation
from attain_engine.open.linear import of_amount, range_of
from attain_engine.open.quantities import Linear, Quantity, Stairs
from attain_engine.open.unknowns import open_parts
from attain_engine.solve.certain import completion

Relation: TypeAlias = tuple[bool, bool]
"""Whether a value is never more, and never less, in BASE than in HEAD; of two truths, whether one is so only if the
other is."""

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
        parts, names = zip(*map(_unknown, values), strict=True)
        own = [[each for each in names[place] if each not in names[1 - place]] for place in (0, 1)]
        if not all(own) or len(own[0]) * len(own[1]) > MOST_PAIRS or self._asks_what_is_known:
            return
        opening = opening or self._nothing()
        every = [each for some in parts for each in some]
        for base, head in _pairs(*own):
            yield from _said(every, base, head, self._of_pair(base, head, computed, opening, deep))

    @cached_property
    def _asks_what_is_known(self) -> bool:
        """Whether a rule asks if something is known that is no field: what is open here would be taken for unknown."""
        return any(
            isinstance(node, model.IsKnown) and not isinstance(node.operand, model.FieldOf)
            for edition in self.sides.editions.both
            for name in self.sides.affected
            if isinstance(edition.bare.get(name), model.Node)
            for node in nodes(edition.bare[name])
        )

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
        if isinstance(name.asked, Span):
            return self._expressions.get(name.asked)  # type: ignore[return-value]
        define = program.defines.get(name.asked)
        return None if define is None else define.body

    def _of_pair(self, base: Any, head: Any, computed: frozenset[str], opening: Opening, deep: int) -> Relation:
        key = (base, head, computed)
        if key not in self._known:
            self._known[key] = APART  # where it comes back to the same, nothing is proved
            one, other = self._at("base", base), self._at("head", head)
            if one is not None and other is not None:
                frames = _frame(one, base), _frame(other, head)
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
                    return inner.of(one.condition, other.condition)
                case model.Aggregate(), model.Aggregate() if one.kind == other.kind:
                    return inner.aggregate(one, other)
                case model.Allocation(), model.Allocation():
                    return self._allocation(one, other, inner)
                case _:
                    return APART
        return self.of(one, other)

    def of(self, one: model.Expression, other: model.Expression) -> Relation:
        """How the values of two expressions stand, by what they come to."""
        if (
            one == other
            and self.frames[0] == self.frames[1]
            and self._sides.affected.isdisjoint(map(plain, mentioned(one)))
        ):
            return SAME
        try:
            values = self._value("base", one), self._value("head", other)
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

        if one.type != other.type:
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
        less, more = self.of(one.condition or truth, other.condition or truth)
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
        stands = [inner.of(each.condition, their.condition) for each, their in zip(one.roles, other.roles, strict=True)]
        less, more = all(each for each, _ in stands), all(each for _, each in stands)
        return (less, more) if one.value is None or (less and more) else APART

    def _with(self, one: model.Binder, other: model.Binder) -> _Pair | None:
        """The same below a variable that runs over the same on both sides; None where it may be something else."""
        if replace(one, number=other.number) != other or self.deep >= MOST_DEEP:
            return None
        asks = set(map(plain, mentioned(one))) if one.domain is None else set(map(plain, mentioned(one.domain)))
        if not self._sides.affected.isdisjoint(asks):
            return None
        opening, element = self.opening, None
        match one.type:
            case RecordType(id=record) if rows_of(record) not in self._sides.affected:
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
        base, head = (_put(frame, each.number, element) for frame, each in zip(self.frames, (one, other), strict=True))
        return replace(self, opening=opening, frames=(base, head), deep=self.deep + 1)

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

    def _value(self, side: Side, expression: model.Expression) -> Any:
        evaluator: Evaluator = self.lemmas.evaluator(side, self.opening, self.computed)
        context = evaluator.context_for(*self.mark[0]) if self.mark else evaluator.context
        return evaluator.run(expression, self.frames[SIDES.index(side)], context)


def _frame(expression: model.Expression, name: RowsNotGiven | MeasureNotGiven) -> tuple[Any, ...] | None:
    """The variables that what is unknown was asked for; None where it cannot be told which."""
    values: tuple[Any, ...] = name.arguments
    if not (isinstance(name, RowsNotGiven) and isinstance(name.asked, Span)):
        return values
    if not isinstance(expression, model.Binding):
        return None
    free = free_variables(expression)
    if len(free) != len(values):
        return None
    frame: tuple[Any, ...] = ()
    for number, value in zip(free, values, strict=True):
        frame = _put(frame, number, value)
    return frame


def _put(frame: tuple[Any, ...], number: int, value: Any) -> tuple[Any, ...]:
    """A frame up to a variable, with its value."""
    return (*frame[:number], *[None] * (number - len(frame)), value)


def _whose(part: Atom | Amount) -> Any:
    """What is unknown in an open part."""
    return part.name.of if isinstance(part.name, IsValue) else part.name


def _pairs(base: list[Any], head: list[Any]) -> Iterator[tuple[Any, Any]]:
    """Each name with those of the other side that are asked for the same, or with all where there is none."""
    for one in base:
        fitting = [each for each in head if type(each) is type(one) and each.mark == one.mark]
        same = [each for each in fitting if each.arguments == one.arguments]
        yield from ((one, each) for each in same or fitting)


def _unknown(value: Any) -> tuple[list[Atom | Amount], dict[Any, None]]:
    """The open parts of a value, and the names in them of what is worked out from rows."""
    parts = list(open_parts(_roots(value)))
    return parts, {_whose(each): None for each in parts if _is_of_rows(_whose(each))}


def _roots(value: Any) -> Iterator[Condition | Quantity]:
    if isinstance(value, Formula | Linear | Stairs):
        yield value
    elif isinstance(value, Cases):
        for condition, each in value.alternatives:
            yield condition
            yield from _roots(each)


def _is_of_rows(name: Any) -> bool:
    """Whether something is worked out from rows by an edition, and not given straight."""
    match name:
        case RowsNotGiven(asked=Span()):
            return True
        case RowsNotGiven(asked=str() as identifier) | MeasureNotGiven(measure=identifier):
            return "@" in identifier
        case _:
            return False


def _said(parts: list[Atom | Amount], base: Any, head: Any, relation: Relation) -> Iterator[Condition]:
    """A relation, said of the parts in which the two unknowns stand."""
    less, more = relation
    if not (less or more):
        return
    theirs = {
        (each.name.value if isinstance(each.name, IsValue) else None): each for each in parts if _whose(each) == head
    }
    for each in parts:
        if _whose(each) != base:
            continue
        of_value = each.name.value if isinstance(each.name, IsValue) else None
        other = theirs.get(of_value)
        if other is None or type(other) is not type(each) or (of_value is not None and not (less and more)):
            continue
        if isinstance(each, Amount) and isinstance(other, Amount):
            if less:
                yield compare("<=", of_amount(each), of_amount(other))
            if more:
                yield compare(">=", of_amount(each), of_amount(other))
        elif isinstance(each, Atom) and isinstance(other, Atom):
            if less:
                yield disjunction((negation(each), other))
            if more:
                yield disjunction((negation(other), each))
