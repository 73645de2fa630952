"""What the goal of a plan and the `when` of its changes look at: the assessment date, by which shifts, and which
fields, records and measures; found by reading the policy, whatever the facts are."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from fractions import Fraction
from typing import Any

from attain_compiler.frozen import frozen
from attain_compiler.model import program as model
from attain_compiler.model.types import DATE, MONTH, NEVER, Band, Duration, EntityType, EnumType, Quantity, RecordType
from attain_compiler.model.walk import children, nodes
from attain_engine.evaluate import Evaluator
from attain_engine.evaluate.designations import requirements_of

Shift = tuple[int, int]
"""Months and days, both of one sign: how far a date is moved."""

_NUMERIC = (model.Arithmetic, model.Rounded, model.Extreme, model.Clamped, model.InProportion, model.Negative)


@frozen
class Meeting:
    """Dates of rows that are compared: the fields on either side (None: it may be any). `plain`: neither is moved, and
    equal dates will do. `months`: their months are compared."""

    left: frozenset[tuple[str, str]] | None
    right: frozenset[tuple[str, str]] | None
    plain: bool
    months: bool = False


@dataclass(slots=True)
class Reads:
    """`date`: the assessment date is read. `shifts` are those by which dates are moved, `dates` the dates that the
    policy names, its tables' included. `months`: months are looked at. `irregular`: dates are reckoned with in a way
    that this cannot follow, so that any day may matter. `meetings` are the comparisons of dates of rows with one
    another, `by_month` the fields of which the month is taken, `quantifiers` what goes through rows and rests on
    nothing but each row."""

    date: bool = False
    irregular: bool = False
    months: bool = False
    shifts: set[Shift] = field(default_factory=set)
    dates: set[datetime.date] = field(default_factory=set)
    fields: set[tuple[str, str]] = field(default_factory=set)
    records: set[str] = field(default_factory=set)
    measures: set[str] = field(default_factory=set)
    tables: set[str] = field(default_factory=set)
    meetings: set[Meeting] = field(default_factory=set)
    by_month: set[frozenset[tuple[str, str]] | None] = field(default_factory=set)
    quantifiers: list[model.Aggregate | model.Exists] = field(default_factory=list)

    def add(self, other: Reads) -> None:
        """Take in what another reads."""
        self.date |= other.date
        self.irregular |= other.irregular
        self.months |= other.months
        for mine, theirs in (
            (self.shifts, other.shifts),
            (self.dates, other.dates),
            (self.fields, other.fields),
            (self.records, other.records),
            (self.measures, other.measures),
            (self.tables, other.tables),
            (self.meetings, other.meetings),
            (self.by_month, other.by_month),
        ):
            mine |= theirs  # type: ignore[operator]


def reads(evaluator: Evaluator, roots: Iterable[model.Node]) -> Reads:
    """What these expressions (or designations) look at, definitions and all. Measures that are given for every argument
    are not looked into."""
    return _Reading(evaluator).run(roots)


class _Reading:
    def __init__(self, evaluator: Evaluator) -> None:
        self.evaluator = evaluator
        self.program = evaluator.program
        self.found = Reads()
        self.seen: set[str] = set()
        self.todo: list[model.Node] = []

    def run(self, roots: Iterable[model.Node]) -> Reads:
        self.todo.extend(roots)
        while self.todo:
            self._visit(self.todo.pop())
        return self.found

    def _once(self, identifier: str, nodes: Iterable[model.Node]) -> None:
        if identifier not in self.seen:
            self.seen.add(identifier)
            self.todo.extend(nodes)

    def _visit(self, node: model.Node) -> None:
        match node:
            case model.Designation():
                self._designation(node)
                return
            case model.AssessmentDate():
                self.found.date = True
            case model.FieldOf(row=row, field=name) if isinstance(row.type, RecordType):
                self.found.fields.add((row.type.id, name))
                self._record(row.type.id)
            case model.SingleRow(type=RecordType(id=record)):
                self._record(record)
            case model.Lookup(table=table):
                self._table(self.program.tables[table])
            case model.ReadingValue(reading=reading):
                for each in self.program.readings[reading].alternatives:
                    self._constant(each.value)
            case model.DefineCall(define=define):
                self._once(define, (self.program.defines[define].body,))
            case model.SelfCall(arguments=arguments):
                # Each step moves a date once more; months are looked at month by month.
                self.found.irregular |= any(each.type == DATE for each in arguments)
                self.found.months |= any(each.type == MONTH for each in arguments)
            case model.MeasureCall(measure=measure):
                self.found.measures.add(measure)
                if not self._given(self.program.measures[measure]):
                    self._once(measure, (self.program.measures[measure].body,))
            case model.ScoreCall(score=score) | model.MaximumOf(score=score):
                parts = self.program.scores[score].parts
                self._once(score, [each for part in parts for each in (part.points, part.maximum)])
            case model.StatusIs(designation=designation):
                self._once(designation, (self.program.designations[designation],))
            case model.Binder(type=type_):
                self._binder(type_)
            case model.Shift(type=type_) if type_ == MONTH:
                self.found.months = True
            case model.Shift(length=length):
                self._shift(length)
            case model.Range(first=first) if first.type == DATE:
                self.found.irregular = True  # what is asked of each day may change on any
            case model.DatePart() | model.Range():
                self.found.months = True
                if isinstance(node, model.DatePart) and node.part == "month":
                    taken = self._fields_of(node.subject)
                    if taken != frozenset():
                        self.found.by_month.add(taken)
            case model.Elapsed(first=one, last=other):
                self._meeting(one, other, plain=False)
            case model.Compare(operator=operator, left=left, right=right):
                if left.type in (DATE, MONTH):
                    self._meeting(left, right, plain=operator in ("<=", ">=") and left.type == DATE)
                self._counted(left, right)
                self._counted(right, left)
            case model.Aggregate(value=value) if value is not None and value.type in (DATE, MONTH):
                these = self._fields_of(value)
                self.found.meetings.add(Meeting(these, these, False, value.type == MONTH))
            case model.Contains(element=element, container=container):
                if element.type == DATE:
                    self.found.meetings.add(Meeting(None, None, False))
                if self._counts(element) is not None:
                    self._band(element, container)
            case model.Constant(value=value):
                self._constant(value)
            case _:
                pass
        if isinstance(node, (model.Aggregate, model.Exists)) and _by_itself(node):
            self.found.quantifiers.append(node)
        if isinstance(node, (*_NUMERIC, model.Aggregate)) and self._counts_days(node):
            self.found.irregular = True
        self.todo.extend(children(node))

    def _designation(self, node: model.Designation) -> None:
        self.seen.add(node.id)
        self.todo.extend(each.condition for each in requirements_of(node))
        if node.tracks is not None:
            self.todo.append(node.tracks.binder)
            if node.tracks.by is not None:
                self.todo.append(node.tracks.by)

    def _record(self, record: str) -> None:
        if record not in self.found.records:
            self.found.records.add(record)
            self.todo.extend(each.condition for each in self.program.exclusions.values() if each.record == record)

    def _binder(self, type_: Any) -> None:
        if isinstance(type_, RecordType):
            self._record(type_.id)
        elif isinstance(type_, EntityType):
            for record in self.program.records.values():
                for each in record.fields:
                    if each.type == type_:
                        self._record(record.id)
                        self.found.fields.add((record.id, each.name))

    def _given(self, measure: model.Measure) -> bool:
        """Whether the facts give the measure for all that it can be asked for."""
        number = 1
        for formal in measure.parameters:
            if not isinstance(formal.type, EnumType):
                return False
            number *= len(self.evaluator.members(formal.type))
        return sum(1 for identifier, _ in self.evaluator.world.values if identifier == measure.id) == number

    def _table(self, table: model.Table) -> None:
        if table.id in self.seen:
            return
        self.seen.add(table.id)
        self.found.tables.add(table.id)
        for entry in table.entries:
            for end, more in ((entry.force_from, 0), (entry.force_to, 1)):
                if end is not None:
                    self.found.dates.add(end + datetime.timedelta(days=more))
            if not isinstance(entry.value, model.Unpublished):
                self._constant(entry.value)

    def _constant(self, value: Any) -> None:
        if isinstance(value, datetime.date) and value != NEVER:
            self.found.dates.add(value)

    def _shift(self, length: model.Expression) -> None:
        values: list[Any] = []
        match length:
            case model.Constant(value=value):
                values = [value]
            case model.Lookup(table=table):
                values = [each.value for each in self.program.tables[table].entries]
            case model.ReadingValue(reading=reading):
                values = [each.value for each in self.program.readings[reading].alternatives]
            case _:
                pass
        if not values:
            self.found.irregular = True
        for value in values:
            if isinstance(value, Duration):
                self.found.shifts.update(((value.months, value.days), (-value.months, -value.days)))

    def _meeting(self, left: model.Expression, right: model.Expression, *, plain: bool) -> None:
        """Take note of a comparison of dates, if both come from rows."""
        these, those = self._fields_of(left), self._fields_of(right)
        if these == frozenset() or those == frozenset():
            return
        plain = plain and isinstance(left, model.FieldOf) and isinstance(right, model.FieldOf)
        self.found.meetings.add(Meeting(these, those, plain, left.type == MONTH))

    def _fields_of(self, side: model.Expression) -> frozenset[tuple[str, str]] | None:
        """The fields that a date comes from, through definitions; none where it comes from the assessment date and what
        the policy names; None where that cannot be told."""
        found: set[tuple[str, str]] = set()
        seen: set[str] = set()
        todo: list[model.Node] = [side]
        outermost = True
        while todo:
            for each in nodes(todo.pop()):
                match each:
                    case model.FieldOf(row=row, field=name):
                        if not isinstance(row.type, RecordType):
                            return None
                        found.add((row.type.id, name))
                    # What a definition is given stands in its call, which was gone through.
                    case model.Variable(type=type_) if outermost and type_ in (DATE, MONTH):
                        return None
                    case model.MeasureCall() | model.ScoreCall() | model.StatusIs():
                        return None
                    case model.DefineCall(define=define) if define not in seen:
                        seen.add(define)
                        todo.append(self.program.defines[define].body)
                    case _:
                        pass
            outermost = False
        return frozenset(found)

    def _counts(self, side: model.Expression) -> model.Elapsed | None:
        """The count of days, months or years that an expression is."""
        while isinstance(side, model.DefineCall):
            side = self.program.defines[side.define].body
        return side if isinstance(side, model.Elapsed) else None

    def _counted(self, side: model.Expression, other: model.Expression) -> None:
        """A count of days, months or years that is compared with a number: each number is a shift."""
        count = self._counts(side)
        if count is None:
            return
        values: list[Any] = []
        match other:
            case model.Constant(value=value):
                values = [value]
            case model.Negative(operand=model.Constant(value=value)) if isinstance(value, (int, Fraction)):
                values = [-value]
            case model.Lookup(table=table):
                values = [each.value for each in self.program.tables[table].entries]
            case _:
                pass
        if not values or not all(isinstance(each, (int, Fraction)) for each in values):
            self.found.irregular = True
            return
        for value in values:
            for number in (int(value) - 1, int(value), int(value) + 1):
                months = number * {"days": 0, "months": 1, "years": 12}[count.unit]
                days = number if count.unit == "days" else 0
                self.found.shifts.update(((months, days), (-months, -days)))
        self.found.shifts.discard((0, 0))

    def _counts_days(self, node: model.Node) -> bool:
        """Whether a number that is reckoned with further is a count of days, months or years."""
        stack: list[model.Node] = list(children(node))
        while stack:
            each = stack.pop()
            if isinstance(each, model.Elapsed):
                return True
            if isinstance(each, model.DefineCall):
                body = self.program.defines[each.define].body
                if isinstance(body.type, Quantity) and self._below(body):
                    return True
            if not isinstance(each, (model.Compare, model.Contains, model.Aggregate)):
                stack.extend(children(each))
        return False

    def _below(self, body: model.Node) -> bool:
        return isinstance(body, model.Elapsed) or any(self._below(each) for each in children(body))

    def _band(self, element: model.Expression, container: model.Expression) -> None:
        if isinstance(container, model.Constant) and isinstance(container.value, Band):
            for end in (container.value.low, container.value.high):
                if end is not None:
                    self._counted(element, replace(container, value=end))
        else:
            self.found.irregular = True


def _by_itself(node: model.Aggregate | model.Exists) -> bool:
    """Whether the condition on a row rests on no other variable."""
    if node.condition is None or node.binder.domain is not None:
        return False
    bound = {each.number for each in nodes(node) if isinstance(each, model.Binder)}
    return all(each.number in bound for each in nodes(node.condition) if isinstance(each, model.Variable))
