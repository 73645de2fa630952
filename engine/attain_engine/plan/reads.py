"""What the goal of a plan and the `when` of its changes look at: the assessment date, by which shifts, and which
fields, records and measures; found by reading the policy, whatever the facts are."""

from __future__ import annotations

import datetime
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field, replace
from fractions import Fraction
from typing import Any

from attain_compiler.frozen import frozen
from attain_compiler.model import program as model
from attain_compiler.model.types import DATE, MONTH, NEVER, Band, Duration, EntityType, EnumType, RecordType
from attain_compiler.model.walk import children, nodes
from attain_engine.evaluate import Evaluator
from attain_engine.evaluate.designations import requirements_of
from attain_engine.plan.counts import DAY, Count
from attain_engine.plan.days import Shift
from attain_engine.plan.sources import Owner, Sources

_UNITS: dict[str, Shift] = {"days": DAY, "months": (1, 0), "years": (12, 0)}


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
    policy names, its tables' included. `months`: months are looked at, `month_ends`: their first or last day. `counts`
    are the counts of days, months and years of which more than a comparison with a number that the policy names is
    made, and the dates that are moved by a length many times. `irregular`: dates are moved in a way that this cannot
    follow, so that any day may matter. `meetings` are the comparisons of dates of rows with one another, `by_month` the
    fields of which the month is taken, `quantifiers` what goes through rows and rests on nothing but each row."""

    date: bool = False
    irregular: bool = False
    months: bool = False
    month_ends: bool = False
    shifts: set[Shift] = field(default_factory=set)
    counts: set[Count] = field(default_factory=set)
    dates: set[datetime.date] = field(default_factory=set)
    fields: set[tuple[str, str]] = field(default_factory=set)
    records: set[str] = field(default_factory=set)
    measures: set[str] = field(default_factory=set)
    tables: set[str] = field(default_factory=set)
    meetings: set[Meeting] = field(default_factory=set)
    by_month: set[frozenset[tuple[str, str]] | None] = field(default_factory=set)
    quantifiers: list[model.Selecting] = field(default_factory=list)

    def add(self, other: Reads) -> None:
        """Take in what another reads, but for its quantifiers."""
        self.date |= other.date
        self.irregular |= other.irregular
        self.months |= other.months
        self.month_ends |= other.month_ends
        for mine, theirs in (
            (self.shifts, other.shifts),
            (self.counts, other.counts),
            (self.dates, other.dates),
            (self.fields, other.fields),
            (self.records, other.records),
            (self.measures, other.measures),
            (self.tables, other.tables),
            (self.meetings, other.meetings),
            (self.by_month, other.by_month),
        ):
            mine |= theirs  # type: ignore[operator]

    def steps(self, fields: Collection[tuple[str, str]]) -> frozenset[Shift]:
        """What is counted by from or to a date in one of some fields."""
        return frozenset(each.step for each in self.counts if each.of(fields))


def all_of(parts: Iterable[Reads]) -> Reads:
    """What several look at together, but for their quantifiers."""
    found = Reads()
    for each in parts:
        found.add(each)
    return found


def reads(evaluator: Evaluator, roots: Iterable[model.Node]) -> Reads:
    """What these expressions (or designations) look at, definitions and all. Measures that are given for every argument
    are not looked into."""
    return _Reading(evaluator).run(roots)


class _Reading:
    def __init__(self, evaluator: Evaluator) -> None:
        self.evaluator = evaluator
        self.program = evaluator.program
        self.found = Reads()
        self.seen: set[tuple[str, bool]] = set()
        self.todo: list[tuple[model.Node, Owner, bool]] = []
        """What is still to be looked at, where it stands, and whether it is compared with numbers that are named."""
        self.sources = Sources(self.program)
        self.elapsed: list[tuple[model.Elapsed, Owner]] = []
        self.judged_elsewhere: list[tuple[model.Expression, Owner]] = []

    def run(self, roots: Iterable[model.Node]) -> Reads:
        self._look(roots)
        while self.todo:
            self._visit(*self.todo.pop())
        self.found.counts.update(self._count(*each) for each in self.elapsed)
        if any(self.sources.of(each).fields != frozenset() for each in self.judged_elsewhere):
            # There the assessment date is a date of a row.
            self.found.meetings.add(Meeting(None, None, False))
            self.found.counts = {replace(each, fields=None, rows=False) for each in self.found.counts}
        return self.found

    def _look(self, nodes: Iterable[model.Node], owner: Owner = None, compared: bool = False) -> None:
        self.todo.extend((each, owner, compared) for each in nodes)

    def _once(self, identifier: str, nodes: Iterable[model.Node], owner: Owner = None, compared: bool = False) -> None:
        if (identifier, compared) not in self.seen:
            self.seen.add((identifier, compared))
            self._look(nodes, owner, compared)

    def _visit(self, node: model.Node, owner: Owner, compared: bool) -> None:
        below = list(children(node))
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
            case model.DefineCall(define=define, arguments=arguments):
                self.sources.called(define, arguments, owner)
                self._once(define, (self.program.defines[define].body,), define, compared)
            case model.SelfCall(define=define, arguments=arguments):
                self.sources.called(define, arguments, owner)
                # Each step moves a date once more; months are looked at month by month.
                self.found.irregular |= any(each.type == DATE for each in arguments)
                self.found.months |= any(each.type == MONTH for each in arguments)
            case model.MeasureCall(measure=measure, arguments=arguments):
                self.found.measures.add(measure)
                self.sources.called(measure, arguments, owner)
                if not self._given(self.program.measures[measure]):
                    self._once(measure, (self.program.measures[measure].body,), measure, compared)
            case model.ScoreCall(score=score) | model.MaximumOf(score=score):
                parts = self.program.scores[score].parts
                self._once(score, [each for part in parts for each in (part.points, part.maximum)], score)
            case model.StatusIs(designation=designation):
                self._once(designation, (self.program.designations[designation],))
            case model.Binder(type=type_):
                self._binder(type_)
            case model.AsOf(when=when):
                self.judged_elsewhere.append((when, owner))
            case model.Shift(type=type_) if type_ == MONTH:
                self.found.months = True
            case model.Shift(length=length):
                self._shift(length)
            case model.Range(first=first) if first.type == DATE:
                self.found.irregular = True  # what is asked of each day may change on any
            case model.DatePart() | model.Range():
                self.found.months = True
                self.found.month_ends |= isinstance(node, model.DatePart) and node.part != "month"
                if isinstance(node, model.DatePart) and node.part == "month":
                    taken = self._fields_of(node.subject)
                    if taken != frozenset():
                        self.found.by_month.add(taken)
            case model.Elapsed(first=one, last=other):
                self._meeting(one, other, plain=False)
                if one.type == MONTH:
                    self.found.months = True
                elif not compared:
                    self.elapsed.append((node, owner))
            case model.Compare(operator=operator, left=left, right=right):
                if left.type in (DATE, MONTH):
                    self._meeting(left, right, plain=operator in ("<=", ">=") and left.type == DATE)
                for side, that in ((left, right), (right, left)):
                    self._look((side,), owner, self._counted(side, that))
                return
            case model.Aggregate(value=value) if value is not None and value.type in (DATE, MONTH):
                these = self._fields_of(value)
                self.found.meetings.add(Meeting(these, these, False, value.type == MONTH))
            case model.Contains(element=element, container=container):
                if element.type == DATE:
                    self.found.meetings.add(Meeting(None, None, False))
                self._look((element,), owner, self._band(element, container))
                below = [container]
            case model.Constant(value=value):
                self._constant(value)
            case _:
                pass
        if isinstance(node, model.Selecting) and _by_itself(node):
            self.found.quantifiers.append(node)
        self._look(below, owner)

    def _designation(self, node: model.Designation) -> None:
        self.seen.add((node.id, False))
        self._look(each.condition for each in requirements_of(node))
        if node.tracks is not None:
            self._look((node.tracks.binder,))
            if node.tracks.by is not None:
                self._look((node.tracks.by,))

    def _record(self, record: str) -> None:
        if record not in self.found.records:
            self.found.records.add(record)
            self._look(each.condition for each in self.program.exclusions.values() if each.record == record)

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
        if (table.id, False) in self.seen:
            return
        self.seen.add((table.id, False))
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
        often = length.length if isinstance(length, model.Repeated) else None
        values = self._named(length if often is None else often)
        if not values or not all(isinstance(each, Duration) for each in values):
            self.found.irregular = True
            return
        for value in values:
            if often is not None:
                self.found.counts.add(Count((value.months, value.days), None, True, False))
            else:
                self.found.shifts.update(((value.months, value.days), (-value.months, -value.days)))

    def _named(self, expression: model.Expression) -> list[Any]:
        """What an expression may be that the policy names; nothing where it is worked out."""
        match expression:
            case model.Constant(value=value):
                return [value]
            case model.Negative(operand=model.Constant(value=value)) if isinstance(value, (int, Fraction)):
                return [-value]
            case model.Lookup(table=table):
                return [each.value for each in self.program.tables[table].entries]
            case model.ReadingValue(reading=reading):
                return [each.value for each in self.program.readings[reading].alternatives]
            case _:
                return []

    def _count(self, node: model.Elapsed, owner: Owner) -> Count:
        """A count of which more than a comparison is made: between two dates that both follow the assessment date it
        is another on any day."""
        ends = [self.sources.of((each, owner)) for each in (node.first, node.last)]
        fields = [each.fields for each in ends]
        every = None if None in fields else frozenset().union(*(each for each in fields if each is not None))
        both = all(each.day for each in ends)
        rows = bool(every) and not both and not any(each.named for each in ends)
        return Count(DAY if both else _UNITS[node.unit], every, any(each.day for each in ends), rows)

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
        while isinstance(side, (model.DefineCall, model.MeasureCall)):
            if isinstance(side, model.DefineCall):
                side = self.program.defines[side.define].body
            else:
                side = self.program.measures[side.measure].body
        return side if isinstance(side, model.Elapsed) else None

    def _counted(self, side: model.Expression, other: model.Expression) -> bool:
        """Whether a side is a count of days, months or years that is compared with numbers that the policy names: each
        number is a shift."""
        count = self._counts(side)
        values = [] if count is None else self._named(other)
        if count is None or not values or not all(isinstance(each, (int, Fraction)) for each in values):
            return False
        unit = _UNITS[count.unit]
        for value in values:
            for number in (int(value) - 1, int(value), int(value) + 1):
                self.found.shifts.update(((unit[0] * number, unit[1] * number), (-unit[0] * number, -unit[1] * number)))
        self.found.shifts.discard((0, 0))
        return True

    def _band(self, element: model.Expression, container: model.Expression) -> bool:
        """The same of a count that lies in a band."""
        if not isinstance(container, model.Constant) or not isinstance(container.value, Band):
            return False
        ends = [each for each in (container.value.low, container.value.high) if each is not None]
        counted = [self._counted(element, replace(container, value=each)) for each in ends]
        return bool(ends) and all(counted)


def _by_itself(node: model.Selecting) -> bool:
    """Whether the condition on a row rests on no other variable."""
    if node.condition is None or node.binder.domain is not None:
        return False
    bound = {each.number for each in nodes(node) if isinstance(each, model.Binder)}
    return all(each.number in bound for each in nodes(node.condition) if isinstance(each, model.Variable))
