"""What the calendar says of the dates that can occur: the facts `shifted`, `month_of`, `first_day`,
`last_day`, `months_between`, `years_between`.

Which dates can occur is found by going through the policy with the *sets* of dates, months and durations that each
expression can have: from the fields of the facts, the day of the assessment, and the parameters. So no date that a rule
asks about is without its fact, however many steps it is away.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any

from attain_compiler.asp.depends import Depends, of_calendar
from attain_compiler.asp.rules import Atom, Function, Number, Term
from attain_compiler.model import calendar
from attain_compiler.model import program as model
from attain_compiler.model.types import (
    DATE,
    MONTH,
    NEVER,
    NEVER_MONTH,
    Duration,
    RecordType,
    Value,
)
from attain_compiler.model.walk import children

Values = frozenset[Any]
NONE: Values = frozenset()
Columns = Callable[[str, str], Values]
"""The values of a field of a record (by its id) in the facts."""


class Calendar:
    """Goes through what is asked and gathers the facts that the calendar has to give."""

    def __init__(
        self,
        depends: Depends,
        on: date,
        columns: Columns,
        given: Mapping[str, Values],
        moves_months: bool,
    ) -> None:
        self.program = depends.program
        self.depends = depends
        self.columns = columns
        self.given = given
        self.moves_months = moves_months
        self.facts: dict[Atom, None] = {}
        self._on = frozenset((on,))
        self._seen: dict[Any, Values] = {}

    def designation(self, designation: model.Designation) -> None:
        """Go through a designation asked for on the day of the assessment."""
        self._declared(designation, {}, self._on)

    def condition(self, expression: model.Expression) -> None:
        """Go through a condition asked for on the day of the assessment."""
        self._visit(expression, {}, self._on)

    # ------------------------------------------------------------ declarations

    def _declared(self, declared: model.Declared, env: Mapping[int, Values], now: Values) -> Values:
        typed = isinstance(declared, model.Define | model.Measure) and of_calendar(declared.body.type)
        if not typed and not self.depends.moves(declared):
            return NONE
        key = (declared.id, tuple(sorted(env.items(), key=lambda each: each[0])), now)
        known = self._seen.get(key)
        if known is None:
            self._seen[key] = NONE
            match declared:
                case model.Define(body=body) | model.Measure(body=body):
                    known = self._visit(body, env, now) | self.given.get(declared.id, NONE)
                case model.Exclusion(condition=condition):
                    known = self._visit(condition, env, now)
                case _:
                    known = self._below(declared, env, now)
            self._seen[key] = known
        return known

    def _call(
        self, declared: model.Define | model.Measure | model.Score, arguments: Sequence[model.Expression],
        env: Mapping[int, Values], now: Values,
    ) -> Values:  # fmt: skip
        inner: dict[int, Values] = {}
        for formal, argument in zip(declared.parameters, arguments, strict=False):  # MaximumOf may have none
            found = self._visit(argument, env, now)
            if of_calendar(formal.type):
                inner[formal.number] = found
        return self._declared(declared, inner, now)

    # ------------------------------------------------------------ expressions

    def _visit(self, node: model.Node, env: Mapping[int, Values], now: Values) -> Values:
        program = self.program
        if not self.depends.of_calendar(node):
            return NONE
        match node:
            case model.Constant(value=value):
                return _elements(value)
            case model.Variable(number=number):
                return env.get(number, NONE)
            case model.AssessmentDate():
                return now
            case model.FieldOf(row=row, field=field) if isinstance(row.type, RecordType):
                self._visit(row, env, now)
                return self.columns(row.type.id, field) if of_calendar(node.type) else NONE
            case model.SingleRow(type=RecordType() as record):
                self._exclusions(record, now)
                return NONE
            case model.Lookup(table=table, keys=keys):
                for each in keys:
                    self._visit(each, env, now)
                if not of_calendar(node.type):
                    return NONE
                return frozenset(each for entry in program.tables[table].entries for each in _elements(entry.value))
            case model.ReadingValue(reading=reading) if of_calendar(node.type):
                return frozenset(
                    each for one in program.readings[reading].alternatives for each in _elements(one.value)
                )
            case model.DefineCall(define=define, arguments=arguments):
                return self._call(program.defines[define], arguments, env, now)
            case model.MeasureCall(measure=measure, arguments=arguments):
                return self._call(program.measures[measure], arguments, env, now)
            case model.ScoreCall(score=score, arguments=arguments) | model.MaximumOf(score=score, arguments=arguments):
                return self._call(program.scores[score], arguments, env, now)
            case model.StatusIs(designation=designation):
                self._below(node, env, now)
                return self._declared(program.designations[designation], {}, now)
            case model.AsOf(value=inner, when=when):
                return self._visit(inner, env, self._visit(when, env, now))
            case model.Shift():
                return self._shift(node, env, now)
            case model.DatePart():
                return self._part(node, env, now)
            case model.Elapsed():
                return self._elapsed(node, env, now)
            case model.Range(first=first, last=last):
                starts, ends = self._visit(first, env, now), self._visit(last, env, now)
                if node.first.type == DATE:
                    return _days(starts, ends)
                near = [each for each in starts | ends if each != NEVER_MONTH]
                if not near or max(near) - min(near) > 12_000:
                    return NONE
                return frozenset(range(min(near), max(near) + 1))
            case model.Binding(binder=binder):
                there = self._bound(binder, env, now)
                found = [self._visit(each, there, now) for each in children(node) if each is not binder]
                return frozenset().union(*found) if of_calendar(node.type) else NONE
            case model.Tracks(binder=binder, by=by):
                there = self._bound(binder, env, now)
                return NONE if by is None else self._visit(by, there, now)
            case _:
                return self._below(node, env, now)

    def _below(self, node: model.Node, env: Mapping[int, Values], now: Values) -> Values:
        """What the parts of a node can be: its value is one of them (an extreme, a case), or no date."""
        if isinstance(node, model.Designation) and node.tracks is not None:
            env = self._bound(node.tracks.binder, env, now)
        found = [self._visit(each, env, now) for each in children(node)]
        if isinstance(node, model.Typed) and not of_calendar(node.type):
            return NONE
        return frozenset().union(*found)

    def _bound(self, binder: model.Binder, env: Mapping[int, Values], now: Values) -> Mapping[int, Values]:
        if binder.domain is not None:
            found = self._visit(binder.domain, env, now)
            return {**env, binder.number: found} if of_calendar(binder.type) else env
        if isinstance(binder.type, RecordType):
            self._exclusions(binder.type, now)
        return env

    def _exclusions(self, record: RecordType, now: Values) -> None:
        for each in self.program.exclusions_of(record):
            self._declared(each, {}, now)

    # ------------------------------------------------------------ the calendar

    def _shift(self, node: model.Shift, env: Mapping[int, Values], now: Values) -> Values:
        anchors, lengths = self._visit(node.anchor, env, now), self._visit(node.length, env, now)
        months = node.type == MONTH
        write = not months or self.moves_months or not isinstance(node.length, model.Constant)
        name = "shifted_month" if months else "shifted"
        found = set()
        for anchor in anchors:
            for length in lengths:
                by = Function("duration", (Number(length.months), Number(length.days)))
                try:
                    if months:
                        moved: Any = calendar.shifted_month(anchor, length, node.direction)
                    else:
                        moved = calendar.shifted(anchor, length, node.direction)
                except calendar.OutsideTheCalendar:
                    self._fact(f"{name}_outside", _term(anchor), by, Number(node.direction))
                    continue
                found.add(moved)
                if write:
                    self._fact(name, _term(anchor), by, Number(node.direction), _term(moved))
        return frozenset(found)

    def _part(self, node: model.DatePart, env: Mapping[int, Values], now: Values) -> Values:
        name, function = _PARTS[node.part]
        found = set()
        for each in self._visit(node.subject, env, now):
            try:
                result = function(each)
            except calendar.OutsideTheCalendar:
                self._fact(f"{name}_outside", _term(each))
                continue
            found.add(result)
            self._fact(name, _term(each), _term(result))
        return frozenset(found)

    def _elapsed(self, node: model.Elapsed, env: Mapping[int, Values], now: Values) -> Values:
        firsts, lasts = self._visit(node.first, env, now), self._visit(node.last, env, now)
        if node.unit != "days" and node.first.type == DATE and from_one_day(node, today=len(now) == 1):
            for first in firsts - {NEVER}:
                for last in lasts - {NEVER}:
                    number = calendar.elapsed(node.unit, first, last)
                    self._fact(ELAPSED[node.unit], _term(first), _term(last), Number(number))
        return NONE

    def _fact(self, predicate: str, *arguments: Term) -> None:
        self.facts[Atom(predicate, arguments)] = None


ELAPSED: Mapping[str, str] = {"months": "months_between", "years": "years_between"}
"""The predicates of how many whole months or years lie between two days."""


def from_one_day(expression: model.Elapsed, *, today: bool) -> bool:
    """Whether one end of what is counted is the same day for all rows: else there would be a fact for every two dates.
    `today` says that the assessment date is one day here."""
    return any(_one_day(each, today) for each in (expression.first, expression.last))


def _one_day(expression: model.Expression, today: bool) -> bool:
    match expression:
        case model.Constant() | model.FieldOf(row=model.SingleRow()) | model.Lookup(keys=()):
            return True
        case model.AssessmentDate():
            return today
        case model.Shift(anchor=anchor, length=model.Constant()):
            return _one_day(anchor, today)
        case _:
            return False


_PARTS: Mapping[str, tuple[str, Callable[[Any], Any]]] = {
    "month": ("month_of", calendar.month_of),
    "first day": ("first_day", calendar.first_day),
    "last day": ("last_day", calendar.last_day),
}


MOST_DAYS = 80_000
"""Days between which the calendar is asked for are these at the most: of 200 years."""


def _days(starts: Values, ends: Values) -> Values:
    """All days from the first to the last."""
    near = [each.toordinal() for each in starts | ends if each != NEVER]
    if not near or max(near) - min(near) > MOST_DAYS:
        return NONE
    return frozenset(map(date.fromordinal, range(min(near), max(near) + 1)))


def _elements(value: Value | model.Unpublished) -> Values:
    match value:
        case frozenset():
            return value
        case date() | Duration():
            return frozenset((value,))
        case int() if not isinstance(value, bool):
            return frozenset((value,))
        case _:
            return NONE


def _term(value: Any) -> Term:
    return Number(value.toordinal() if isinstance(value, date) else value)
