"""Every expression of the model, by its docstring."""

from __future__ import annotations

import datetime
from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from fractions import Fraction
from functools import partial
from typing import Any, assert_never

from attain_compiler.model import program as model
from attain_compiler.model.types import (
    MONTH,
    NEVER,
    NEVER_MONTH,
    Band,
    Duration,
    EntityType,
    EnumType,
    RecordType,
    Type,
)
from tests.oracle import arithmetic
from tests.oracle.world import NotAllowedError, NoValueError, OutsideBoundsError, RowId, UnknownReachedError, World


@dataclass(frozen=True, slots=True)
class Scope:
    """What an expression is evaluated in.

    `inside`: the measures that are being evaluated, of those that an exclusion is limited to; `judging`: an exclusion's
    own condition is being evaluated, where no exclusion applies; `fresh`: what `new` stands for.
    """

    on: datetime.date
    variables: Mapping[int, Any] = field(default_factory=dict)
    inside: frozenset[str] = frozenset()
    judging: bool = False
    fresh: str | None = None

    def bind(self, number: int, value: object) -> Scope:
        return replace(self, variables={**self.variables, number: value})

    def called(self, arguments: Iterable[object]) -> Scope:
        return replace(self, variables=dict(enumerate(arguments)))


class Expressions(ABC):
    """Evaluates expressions; what a designation or score is, the other half knows."""

    program: model.Program
    world: World
    readings: Mapping[str, str]
    raises: Mapping[tuple[str, tuple[Any, ...]], int | Fraction]
    remembered: dict[Any, Any]
    steps: int = 0
    asked: frozenset[tuple[Any, ...]] = frozenset()

    @abstractmethod
    def points(self, score: str, part: str | None, scope: Scope) -> int | Fraction: ...

    @abstractmethod
    def maximum(self, score: str, scope: Scope) -> int | Fraction: ...

    @abstractmethod
    def has_status(self, asked: model.StatusIs, track: object, scope: Scope) -> bool: ...

    @abstractmethod
    def on_facts_as_they_are(self) -> Expressions: ...

    def evaluate(self, expression: model.Expression, scope: Scope) -> Any:
        def value(part: model.Expression) -> Any:
            return self.evaluate(part, scope)

        match expression:
            case model.Constant(value=constant):
                return constant
            case model.Variable(number=number):
                return scope.variables[number]
            case model.AssessmentDate():
                return scope.on
            case model.FieldOf(row=row, field=name):
                return self.world.value(value(row), name)
            case model.SingleRow(type=RecordType(id=record)):
                rows = self.world.rows(record)
                if len(rows) != 1:
                    raise NoValueError(f"{record} has {len(rows)} rows")
                return rows[0]
            case model.SingleRow():
                raise AssertionError(expression)
            case model.NewEntity():
                assert scope.fresh is not None
                return f"{scope.fresh} {expression.called or expression.span.start}"
            case model.Lookup(table=table, keys=keys):
                return self.look_up(self.program.tables[table], tuple(map(value, keys)), scope.on)
            case model.ReadingValue(reading=reading):
                declared = self.program.readings[reading]
                chosen = self.readings.get(reading, declared.default)
                return next(each.value for each in declared.alternatives if each.name == chosen)
            case model.DefineCall(define=define, arguments=arguments):
                return self.define(define, tuple(map(value, arguments)), scope)
            case model.SelfCall(define=define, arguments=arguments):
                if self.program.defines[define].back is not None:
                    return self.earlier(define, tuple(map(value, arguments)), scope)
                return self.in_fewer_steps(define, tuple(map(value, arguments)), scope)
            case model.MeasureCall(measure=measure, arguments=arguments):
                return self.measure(measure, tuple(map(value, arguments)), scope)
            case model.ScoreCall(score=score, arguments=arguments, part=part):
                return self.points(score, part, scope.called(map(value, arguments)))
            case model.MaximumOf(score=score, arguments=arguments):
                return self.maximum(score, scope.called(map(value, arguments)))
            case model.StatusIs(track=track):
                return self.has_status(expression, None if track is None else value(track), scope)
            case model.Negative(operand=operand):
                return -value(operand)
            case model.Arithmetic(operator=operator, left=left, right=right):
                return _arithmetic(operator, value(left), value(right))
            case model.Shift(direction=direction, length=length, anchor=anchor):
                return _shift(value(anchor), value(length), direction)
            case model.Repeated(times=times, length=length):
                count, one = value(times), value(length)
                return Duration(int(one.months * count), int(one.days * count))  # a count is whole, as a fraction too
            case model.Compare(operator=operator, left=left, right=right):
                return _compare(operator, value(left), value(right))
            case model.Contains(element=element, container=container):
                return _contains(value(container), value(element))
            case model.Not(operand=operand):
                return not value(operand)
            case model.And(items=items):
                return at_least(len(items), [partial(value, each) for each in items])
            case model.Or(items=items):
                return at_least(1, [partial(value, each) for each in items])
            case model.AtLeast(least=least, items=items):
                return at_least(value(least), [partial(value, each) for each in items])
            case model.SetOf(items=items):
                return frozenset(map(value, items))
            case model.Range(first=first, last=last) if first.type == MONTH:
                return frozenset(range(value(first), value(last) + 1))
            case model.Range(first=first, last=last):
                days, day = set(), value(first)
                while day <= value(last):
                    days.add(day)
                    day += datetime.timedelta(days=1)
                return frozenset(days)
            case model.Exists(binder=binder, condition=condition):
                scopes = self.bindings(binder, scope)
                return at_least(1, [partial(self.evaluate, condition, inner) for inner in scopes])
            case model.Aggregate():
                return self.aggregate(expression, scope)
            case model.Extreme(kind=kind, items=items):
                return (min if kind == "min" else max)(map(value, items))
            case model.Case(branches=branches, otherwise=otherwise):
                for branch in branches:
                    if value(branch.condition):
                        return value(branch.value)
                return value(otherwise)
            case model.Fallback(value=wanted, fallback=fallback):
                try:
                    return value(wanted)
                except NotAllowedError:
                    raise
                except NoValueError:
                    return value(fallback)
            case model.AsOf(value=wanted, when=when):
                return self.evaluate(wanted, replace(scope, on=value(when)))
            case model.IsKnown(operand=operand):
                return self.is_known(operand, scope)
            case model.Rounded(value=wanted, mode=mode, step=step):
                return arithmetic.rounded(value(wanted), mode, value(step))
            case model.DatePart(part=part, subject=subject):
                match part:
                    case "month":
                        return arithmetic.month_of(value(subject))
                    case "first day":
                        return arithmetic.first_day(value(subject))
                    case "last day":
                        return arithmetic.last_day(value(subject))
                    case _:
                        raise AssertionError(part)
            case model.Elapsed(unit=unit, first=first, last=last):
                ends = (value(first), value(last))
                if NEVER in ends or NEVER_MONTH in ends:
                    raise NoValueError("the time to or from never")
                return arithmetic.elapsed(unit, *ends)
            case model.Allocation():
                return self.allocation(expression, scope)
            case model.Clamped(value=wanted, maximum=maximum):
                return max(0, min(value(wanted), value(maximum)))
            case model.InProportion(value=wanted, full=full, maximum=maximum):
                if value(full) <= 0:
                    raise NotAllowedError("in proportion to a part of nothing")
                return max(0, min(value(maximum), Fraction(value(maximum)) * value(wanted) / value(full)))
            case _:
                assert_never(expression)

    # ------------------------------------------------------------ calls

    def remember(self, what: object, scope: Scope, value: Callable[[], Any]) -> Any:
        """The value, found once for all scopes that differ in their variables only."""
        key = (what, *circumstances(scope))
        if key not in self.remembered:
            self.remembered[key] = value()
        return self.remembered[key]

    def define(self, id_: str, arguments: tuple[Any, ...], scope: Scope) -> Any:
        given = self.world.fixed(id_, arguments)
        if given is not None:
            return given
        declared = self.program.defines[id_]
        if declared.back is not None and arguments[declared.back.number] < declared.back.low:
            raise NotAllowedError(f"{id_} goes back to {declared.back.low}")
        if declared.recursive and declared.back is None:
            return self.in_some_steps(id_, arguments, scope)
        return self.remember((id_, arguments), scope, lambda: self.evaluate(declared.body, scope.called(arguments)))

    def earlier(self, id_: str, arguments: tuple[Any, ...], scope: Scope) -> Any:
        """What a definition asks itself for; before the first there is nothing."""
        try:
            return self.define(id_, arguments, scope)
        except NotAllowedError as trouble:
            back = self.program.defines[id_].back
            if back is not None and arguments[back.number] < back.low:
                raise NoValueError(*trouble.args) from None
            raise

    # What grows is what follows in so many steps, asking itself for what follows in fewer; in none, nothing does.

    def in_some_steps(self, id_: str, arguments: tuple[Any, ...], scope: Scope) -> bool:
        outer, self.steps = self.steps, 0
        try:
            while self.steps <= len(self.asked) + 1:
                self.steps += 1
                found = self.in_steps(id_, arguments, scope)
                if found:
                    return True
            return False
        finally:
            self.steps = outer

    def in_steps(self, id_: str, arguments: tuple[Any, ...], scope: Scope) -> bool:
        body = self.program.defines[id_].body
        return bool(
            self.remember((id_, arguments, self.steps), scope, lambda: self.evaluate(body, scope.called(arguments)))
        )

    def in_fewer_steps(self, id_: str, arguments: tuple[Any, ...], scope: Scope) -> bool:
        given = self.world.fixed(id_, arguments)
        if given is not None:
            return bool(given)
        self.asked |= {arguments}
        if self.steps <= 1:
            return False
        self.steps -= 1
        try:
            return self.in_steps(id_, arguments, scope)
        finally:
            self.steps += 1

    def measure(self, id_: str, arguments: tuple[Any, ...], scope: Scope) -> Any:
        return self.remember((id_, arguments), scope, lambda: self._measure(id_, arguments, scope))

    def _measure(self, id_: str, arguments: tuple[Any, ...], scope: Scope) -> Any:
        declared = self.program.measures[id_]
        call = (id_, arguments, *circumstances(scope))

        def worked_out() -> Any:
            value = self.world.fixed(id_, arguments)
            if value is None:
                limited = any(id_ in each.measures for each in self.program.exclusions.values())
                inner = replace(scope.called(arguments), inside=scope.inside | ({id_} if limited else set()))
                value = self.evaluate(declared.body, inner)
            value = value + self.raises.get((id_, arguments), 0)  # type: ignore[operator]
            self.check_bounds(declared, call, value)
            return value

        return self.told(call, worked_out, declared.type, declared.low, declared.high)

    def told(self, asked: object, value: Callable[[], Any], type_: Type, low: Any = None, high: Any = None) -> Any:
        """The value, or what the chooser puts in its place where the facts do not allow one."""
        try:
            return value()
        except OutsideBoundsError as trouble:
            return self.world.chooser.instead(trouble, asked, type_)
        except NotAllowedError as trouble:
            return self.world.chooser.instead(trouble, asked, type_, low, high)

    def check_bounds(self, measure: model.Measure, call: object, value: Any) -> None:
        """Called with every value of a measure, and with what was called."""
        if is_outside(measure, value):
            raise OutsideBoundsError(f"{measure.id} is {value}, outside its bounds")

    def look_up(self, table: model.Table, keys: tuple[Any, ...], on: datetime.date) -> Any:
        matching = [
            number
            for number, entry in enumerate(table.entries)
            if (entry.force_from is None or entry.force_from <= on)
            and (entry.force_to is None or on <= entry.force_to)
            and all(_key_matches(written, key) for written, key in zip(entry.keys, keys, strict=True))
        ]
        if not matching:
            raise NotAllowedError(f"{table.id} has no entry for {keys}")

        def order(number: int) -> tuple[datetime.date, int]:
            entry = table.entries[number]
            return entry.force_from or datetime.date.min, -sum(each is None for each in entry.keys)

        best = max(matching, key=order)
        value = table.entries[best].value
        return self.world.chooser.entry(table, best) if isinstance(value, model.Unpublished) else value

    def is_known(self, operand: model.Expression, scope: Scope) -> bool:
        if isinstance(operand, model.FieldOf):
            return self.world.given(self.evaluate(operand.row, scope), operand.field) is not None
        try:
            self.on_facts_as_they_are().evaluate(operand, scope)
        except UnknownReachedError:
            return False
        return True

    # ------------------------------------------------------------ what binders run over

    def bindings(self, binder: model.Binder, scope: Scope) -> Iterator[Scope]:
        for value in self.domain(binder, scope):
            yield scope.bind(binder.number, value)

    def domain(self, binder: model.Binder, scope: Scope) -> list[Any]:
        if binder.domain is not None:
            return sorted(self.evaluate(binder.domain, scope))
        match binder.type:
            case RecordType(id=record):
                return [row for row in self.world.rows(record) if not self.is_excluded(row, scope)]
            case other:
                return self.values_of(other)

    def values_of(self, type_: object) -> list[Any]:
        """All rows of a record (also excluded ones), all known identifiers of an entity, all values of an enum."""
        match type_:
            case RecordType(id=record):
                return list(self.world.rows(record))
            case EntityType(id=entity):
                return list(self.world.identifiers(entity))
            case EnumType(id=enum):
                return [each.constant for each in self.program.enums[enum].members]
            case _:
                raise AssertionError(f"nothing runs over {type_}")

    def is_excluded(self, row: RowId, scope: Scope) -> bool:
        exclusions = self.program.exclusions_of(RecordType(row.record))
        return bool(self.remember(row, scope, lambda: any(self.excludes(each, row, scope) for each in exclusions)))

    def excludes(self, exclusion: model.Exclusion, row: RowId, scope: Scope) -> bool:
        if scope.judging or (exclusion.measures and not scope.inside & set(exclusion.measures)):
            return False
        inner = replace(scope, variables={exclusion.row.number: row}, judging=True)
        return bool(self.by_itself(exclusion.condition, inner))

    # ------------------------------------------------------------ over rows

    def by_itself(self, expression: model.Expression, scope: Scope) -> Any:
        """What is asked of each row: where the facts do not allow it of one, it is unknown for that row by itself."""
        asked = (expression.span, tuple(sorted(scope.variables.items(), key=str)), *circumstances(scope))
        return self.told(asked, partial(self.evaluate, expression, scope), expression.type)

    def aggregate(self, aggregate: model.Aggregate, scope: Scope) -> Any:
        scopes = [
            inner
            for inner in self.bindings(aggregate.binder, scope)
            if aggregate.condition is None or self.by_itself(aggregate.condition, inner)
        ]
        if aggregate.kind == "count":
            return len(scopes)
        assert aggregate.value is not None
        values = [self.by_itself(aggregate.value, inner) for inner in scopes]
        if aggregate.kind == "distinct":
            return len(set(values))
        if aggregate.kind == "sum":
            return sum(values)
        if not values:
            raise NoValueError(f"the {aggregate.kind} of nothing")
        match aggregate.kind:
            case "min":
                return min(values)
            case "max":
                return max(values)
            case "average":
                return Fraction(sum(values)) / len(values)
            case "median":
                ordered, middle = sorted(values), len(values) // 2
                if len(values) % 2 == 1:
                    return ordered[middle]
                return Fraction(ordered[middle - 1] + ordered[middle]) / 2
            case _:
                raise AssertionError(aggregate.kind)

    def allocation(self, allocation: model.Allocation, scope: Scope) -> bool:
        """Every way to give the places to different candidates is tried, place by place."""
        domain = self.domain(allocation.binder, scope)
        if allocation.value is not None or allocation.shares:
            return self.units_allocated(allocation, domain, scope)
        places: list[list[Any]] = []
        for role in allocation.roles:
            fit = [
                each for each in domain if self.by_itself(role.condition, scope.bind(allocation.binder.number, each))
            ]
            needed = self.evaluate(role.needed, scope)
            while needed > 0:
                places.append(fit)
                needed -= 1
        places.sort(key=len)

        def can_fill(rest: list[list[Any]], taken: frozenset[Any]) -> bool:
            return not rest or any(can_fill(rest[1:], taken | {each}) for each in rest[0] if each not in taken)

        return can_fill(places, frozenset())

    def units_allocated(self, allocation: model.Allocation, domain: list[Any], scope: Scope) -> bool:
        """Every way to give each element to a line, to two that share, or to none, is tried."""
        number = allocation.binder.number
        scopes = [scope.bind(number, each) for each in domain]
        worth = [1 if allocation.value is None else self.by_itself(allocation.value, each) for each in scopes]
        fits = [
            {each for each, role in enumerate(allocation.roles) if self.by_itself(role.condition, one)}
            for one in scopes
        ]
        needed = [self.evaluate(role.needed, scope) for role in allocation.roles]
        shares = [({each.first, each.second}, self.evaluate(each.most, scope)) for each in allocation.shares]

        def enough(place: int, got: list[Any], shared: list[int]) -> bool:
            if place == len(domain):
                return all(have >= need for have, need in zip(got, needed, strict=True))
            ways: list[tuple[set[int], int | None]] = [(set(), None), *(({each}, None) for each in fits[place])]
            ways += [(pair, n) for n, (pair, most) in enumerate(shares) if pair <= fits[place] and shared[n] < most]
            return any(
                enough(
                    place + 1,
                    [have + worth[place] * (n in lines) for n, have in enumerate(got)],
                    [used + (n == share) for n, used in enumerate(shared)],
                )
                for lines, share in ways
            )

        return enough(0, [0] * len(needed), [0] * len(shares))


def is_outside(measure: model.Measure, value: Any) -> bool:
    """Whether the value is not within the declared bounds."""
    return bool(
        (measure.low is not None and value < measure.low) or (measure.high is not None and value > measure.high)
    )


def circumstances(scope: Scope) -> tuple[Any, ...]:
    """What the value of a call depends on beside its arguments."""
    return (scope.on, scope.inside, scope.judging)


def at_least(least: int | Fraction, conditions: Iterable[Callable[[], bool]]) -> bool:
    """Whether so many of the conditions hold, whatever those without a value and the unknown ones would be; raises what
    one of them raises where that matters."""
    hold, troubles = 0, []
    for condition in conditions:
        if hold >= least:
            return True
        try:
            hold += bool(condition())
        except (NoValueError, UnknownReachedError) as trouble:
            troubles.append(trouble)
    if hold < least <= hold + len(troubles):
        raise troubles[0]
    return hold >= least


def _key_matches(written: Any, key: Any) -> bool:
    return written is None or (_contains(written, key) if isinstance(written, Band) else bool(written == key))


def _contains(container: Any, element: Any) -> bool:
    if not isinstance(container, Band):
        return element in container
    low, high = container.low, container.high
    above = low is None or (element >= low if container.low_included else element > low)
    below = high is None or (element <= high if container.high_included else element < high)
    return above and below


def _arithmetic(operator: str, left: Any, right: Any) -> Any:
    match operator:
        case "+":
            return left + right
        case "-":
            return left - right
        case "*":
            return left * right
        case "/":
            if right == 0:
                raise NoValueError("a division by 0")
            return Fraction(left) / right
        case _:
            raise AssertionError(operator)


def _together(lengths: list[Duration]) -> Duration:
    return Duration(sum(each.months for each in lengths), sum(each.days for each in lengths))


def _shift(anchor: Any, length: Duration, direction: int) -> Any:
    if isinstance(anchor, datetime.date):
        return NEVER if anchor == NEVER else arithmetic.shift_date(anchor, length, direction)
    return arithmetic.shift_month(anchor, length, direction)


def _compare(operator: str, left: Any, right: Any) -> bool:
    match operator:
        case "==":
            return bool(left == right)
        case "!=":
            return bool(left != right)
        case "<":
            return bool(left < right)
        case "<=":
            return bool(left <= right)
        case ">":
            return bool(left > right)
        case ">=":
            return bool(left >= right)
        case _:
            raise AssertionError(operator)
