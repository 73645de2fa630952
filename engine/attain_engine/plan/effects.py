"""What changes touch, and which of them a `when` waits for: found by reading the policy."""

from __future__ import annotations

import datetime
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence

from attain_compiler.frozen import frozen
from attain_compiler.model import program as model
from attain_compiler.model.calendar import first_day, last_day
from attain_compiler.model.types import DATE, MONTH, NEVER, RecordType
from attain_compiler.model.walk import children, nodes
from attain_engine.evaluate import Evaluator
from attain_engine.plan.continued import Continued
from attain_engine.plan.reads import Reads, reads


@frozen
class Touches:
    """The records of which rows are added or removed, the fields that are set or raised (those of added rows are not
    among them), the measures that are raised, the fields that get a date, or a value which depends on the plan date,
    and the dates that added rows have by default."""

    records: frozenset[str]
    fields: frozenset[tuple[str, str]]
    measures: frozenset[str]
    dated: frozenset[tuple[str, str]]
    defaults: frozenset[datetime.date]


def touches(evaluator: Evaluator, change: model.Change) -> Touches:
    """What a change touches."""
    records: set[str] = set()
    fields: set[tuple[str, str]] = set()
    measures: set[str] = set()
    dated: set[tuple[str, str]] = set()
    defaults: set[datetime.date] = set()
    for effect in change.effects:
        match effect:
            case model.Adds(record=record, values=values):
                records.add(record)
                dated.update((record, name) for name, value in values if _differs(evaluator, value))
                for name, day in _default_dates(evaluator.program.records[record], dict(values)):
                    dated.add((record, name))
                    defaults.add(day)
            case model.Removes(row=row):
                assert isinstance(row.type, RecordType)
                records.add(row.type.id)
            case model.Sets(row=row, field=field, value=value):
                assert isinstance(row.type, RecordType)
                fields.add((row.type.id, field))
                if _differs(evaluator, value):
                    dated.add((row.type.id, field))
            case model.RaisesField(row=row, field=field):
                assert isinstance(row.type, RecordType)
                fields.add((row.type.id, field))
            case model.RaisesMeasure(measure=measure):
                measures.add(measure)
    return Touches(frozenset(records), frozenset(fields), frozenset(measures), frozenset(dated), frozenset(defaults))


def _default_dates(record: model.Record, given: Container[str]) -> Iterator[tuple[str, datetime.date]]:
    """The dates, and the ends of months, that a row has in the fields that are not given, each with its field."""
    for each in record.fields:
        value = each.default
        if each.name in given:
            continue
        if isinstance(value, datetime.date) and value != NEVER:
            yield each.name, value
        elif each.type == MONTH and isinstance(value, int):
            yield from ((each.name, end) for end in (first_day(value), last_day(value)))


def of_months_only(program: model.Program, change: model.Change, fields: Iterable[tuple[str, str]]) -> bool:
    """Whether what a change writes into these fields is the same whichever day of a month it is done on: the assessment
    date is asked for nothing but its month."""
    wanted = frozenset(fields)
    written: list[model.Node] = []
    for effect in change.effects:
        match effect:
            case model.Adds(record=record, values=values):
                written += [value for name, value in values if (record, name) in wanted]
            case model.Sets(row=row, field=field, value=value) if isinstance(row.type, RecordType):
                written += [value] if (row.type.id, field) in wanted else []
            case _:
                pass
    return months_only(program, written)


def months_only(program: model.Program, written: list[model.Node]) -> bool:
    """Whether the assessment date is asked for nothing but its month."""
    written = list(written)
    seen: set[str] = set()
    while written:
        node = written.pop()
        match node:
            case model.AssessmentDate() | model.AsOf() | model.MeasureCall() | model.ScoreCall() | model.StatusIs():
                return False
            case model.DatePart(part="month", subject=model.AssessmentDate()):
                continue
            case model.DefineCall(define=define) if define not in seen:
                seen.add(define)
                written.append(program.defines[define].body)
            case _:
                pass
        written.extend(children(node))
    return True


def varies(on: datetime.date, found: Reads) -> bool:
    """Whether what is read may be otherwise on a day after one, whatever the facts are."""
    return found.date or any(day > on for day in found.dates)


def _differs(evaluator: Evaluator, value: model.Expression) -> bool:
    """Whether a value may be another on another day, or, as a date does, comes to be seen otherwise: of one that is
    worked out as of a date, whether that date is such."""
    while isinstance(value, model.AsOf):
        value = value.when
    if value.type in (DATE, MONTH) and not (isinstance(value, model.Constant) and value.value == NEVER):
        return True
    return varies(evaluator.date, reads(evaluator, (value,)))


def written_by_month(
    program: model.Program, continued: Continued, changes: Sequence[model.Change], touched: Mapping[str, Touches]
) -> tuple[frozenset[tuple[str, str]], bool]:
    """The fields of records that go on into which changes write what is decided by the month they are done in; and
    whether the months of all added rows are among them."""
    going_on = {each.id: each for each in continued.records}
    dated = {field for change in changes for field in touched[change.id].dated if field[0] in going_on}
    found = frozenset(
        field
        for field in dated
        if all(of_months_only(program, each, (field,)) for each in changes if field in touched[each.id].dated)
    )
    return found, all(field in found for field in dated if going_on[field[0]].month.name == field[1])


def unsteady(evaluator: Evaluator, continued: Continued, change: model.Change) -> bool:
    """Whether how long a change takes, or what it raises, depends on the day on which that is (the month is no harm),
    or whether what it does rests on rows that go on by themselves."""
    roots: list[model.Node] = [each.duration for each in change.takes]
    roots += [change.low] if change.low is not None else []
    if not months_only(evaluator.program, raised := raised_at(change)):
        roots += raised
    values = reads(evaluator, values_of(change))
    return varies(evaluator.date, reads(evaluator, roots)) or any(
        each in values.records for each in (*continued.daily, *(record.id for record in continued.records))
    )


def raised_at(change: model.Change) -> list[model.Node]:
    """The arguments for which a change raises measures."""
    return [each for effect in change.effects if isinstance(effect, model.RaisesMeasure) for each in effect.arguments]


def values_of(change: model.Change) -> Iterator[model.Expression]:
    """The expressions of what a change does."""
    for effect in change.effects:
        match effect:
            case model.Adds(values=values):
                yield from (value for _, value in values)
            case model.Sets(value=value):
                yield value
            case model.RaisesField(by=by):
                yield by
            case model.RaisesMeasure(arguments=arguments, by=by):
                yield from (*arguments, by)
            case model.Removes():
                pass


def read_of(touched: Touches, found: Reads) -> bool:
    """Whether what is touched is read."""
    return bool(touched.records & found.records or touched.fields & found.fields or touched.measures & found.measures)


def only_its_own(program: model.Program, change: model.Change) -> bool:
    """Whether of what a change adds its own `when` sees only the rows that the same arguments add: every quantifier of
    the `when` over such a record asks for the values that the change gives it, and these tell the arguments apart."""
    if change.condition is None:
        return True
    added = {effect.record: dict(effect.values) for effect in change.effects if isinstance(effect, model.Adds)}
    if any(not isinstance(effect, model.Adds) for effect in change.effects):
        return False
    for node in nodes(change.condition):
        if isinstance(node, (model.DefineCall, model.MeasureCall, model.ScoreCall, model.StatusIs)):
            if _reaches(program, node, added):
                return False
        elif isinstance(node, model.Selecting) and isinstance(node.binder.type, RecordType):
            record = node.binder.type.id
            if record in added and not _asks_for(program, change, node, added[record]):
                return False
        elif isinstance(node, model.SingleRow):
            return False
    return True


def _reaches(program: model.Program, node: model.Node, records: Iterable[str]) -> bool:
    """Whether a call goes through the rows of one of the records (looking at one row that it is given is no harm)."""
    wanted = set(records)
    todo, seen = [node], set()
    while todo:
        for each in nodes(todo.pop()):
            if isinstance(each, model.Binder) and not (
                isinstance(each.type, RecordType) and each.type.id not in wanted
            ):
                return True
            name, body = "", None
            if isinstance(each, model.DefineCall):
                name, body = each.define, program.defines[each.define].body
            elif isinstance(each, model.MeasureCall):
                name, body = each.measure, program.measures[each.measure].body
            elif isinstance(each, (model.ScoreCall, model.StatusIs)):
                return True
            if body is not None and name not in seen:
                seen.add(name)
                todo.append(body)
    return False


def _asks_for(
    program: model.Program,
    change: model.Change,
    node: model.Selecting,
    values: dict[str, model.Expression],
) -> bool:
    condition = node.condition
    items = condition.items if isinstance(condition, model.And) else (condition,)
    asked: set[int] = set()
    for item in items:
        if not isinstance(item, model.Compare) or item.operator != "==":
            continue
        for this, other in ((item.left, item.right), (item.right, item.left)):
            if (
                isinstance(this, model.FieldOf)
                and isinstance(this.row, model.Variable)
                and this.row.number == node.binder.number
                and values.get(this.field) == other
            ):
                asked.update(_told_apart(program, other))
    return {each.number for each in change.parameters} <= asked


def _told_apart(program: model.Program, value: model.Expression) -> Iterable[int]:
    """The parameters that a value tells apart: itself, or a row by the field that identifies it."""
    match value:
        case model.Variable(number=number):
            yield number
        case model.FieldOf(row=model.Variable(number=number, type=RecordType(id=record)), field=field):
            if (field,) in program.records[record].unique:
                yield number
        case _:
            pass
