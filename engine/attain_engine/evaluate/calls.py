"""Calls of definitions, measures, parameters and scores: each worked out once for its arguments, in each context."""

from __future__ import annotations

import datetime
from typing import Any

from attain_compiler.model import program as model
from attain_compiler.model.types import Band, Quantity
from attain_compiler.source import Span
from attain_engine.evaluate import numbers
from attain_engine.evaluate.bounds import is_outside, kept_within, out_of_bounds
from attain_engine.evaluate.missing import (
    Asked,
    MeasureNotGiven,
    NoEntry,
    OfUnknownArguments,
    PartNotGiven,
    RowsNotGiven,
    Unpublished,
)
from attain_engine.evaluate.problems import NoAnswer, NotGiven, TooMuchWork
from attain_engine.evaluate.state import Context
from attain_engine.evaluate.values import OPEN, SETTLED, Cases, Found, compare, contains, lifted, merged, unknown_of
from attain_engine.open import quantities
from attain_engine.open.conditions import Condition, conjunction, negation
from attain_engine.solve.certain import is_possible

# ---------------------------------------------------------------- definitions and measures


def define_value(define: model.Define, arguments: tuple[Any, ...], context: Context) -> Any:
    """The value of a definition, worked out; what rests on rows that were not given is unknown, outside a measure."""
    state = context.state
    work = state.work
    work.left -= 1
    if work.left < 0:
        raise TooMuchWork(define)
    if define.id in state.fixed:
        fixed = state.world.values.get((define.id, arguments))
        if fixed is not None:
            return fixed
    if not SETTLED.issuperset(map(type, arguments)):
        if any(isinstance(each, Cases) for each in arguments):
            return lifted(lambda *each: define_value(define, each, context), arguments)
        again = define.id in state.fixed or (define.recursive and define.back is not None)
        if again and any(map(numbers.is_decided, arguments)):
            return numbers.for_each_decided(lambda *each: define_value(define, each, context), arguments, define.body)
        if define.id in state.fixed and any(isinstance(each, OPEN) for each in arguments):
            asked = OfUnknownArguments(define.id, arguments, context.mark)
            return unknown_of(define.type, asked, members=state.members(define.type))
    if define.recursive and (back := define.back) is not None:
        first = arguments[back.number]
        if isinstance(first, OPEN):
            asked = OfUnknownArguments(define.id, arguments, context.mark)
            return unknown_of(define.type, asked, members=state.members(define.type))
        if first < back.low:
            raise NoAnswer(
                "no-entry",
                f"`{define.name}` goes back to {back.low}, and is asked for {first}",
                back.span,
                "let it go back further, or ask for a later one",
            )
    body, size = state.bodies.closure_of(define.body)
    try:
        return body([*arguments, *[None] * (size - len(arguments))], context)
    except NotGiven as missing:
        if context.measuring:
            raise
        name: Asked = RowsNotGiven(missing.record, define.id, arguments, context.mark)
    except NoAnswer as problem:
        if define.id not in state.open_without_answer:
            raise
        name = state.without_answer(problem, define.id, arguments, context)
    return unknown_of(define.type, name, members=state.members(define.type))


def measure_value(measure: model.Measure, arguments: tuple[Any, ...], context: Context) -> Any:
    """The value of a measure."""
    key = (measure.id, arguments)
    try:
        return context.calls[key]
    except KeyError:
        pass
    state = context.state
    state.work.step(measure)
    if any(isinstance(each, Cases) for each in arguments):
        return lifted(lambda *each: measure_value(measure, each, context), arguments)
    if measure.id in state.fixed and any(map(numbers.is_decided, arguments)):
        return numbers.for_each_decided(lambda *each: measure_value(measure, each, context), arguments, measure.body)
    if measure.id in state.fixed and any(isinstance(each, OPEN) for each in arguments):
        # The arguments may be those for which a value was given.
        asked = OfUnknownArguments(measure.id, arguments, context.mark)
        return unknown_of(measure.type, asked, measure.low, measure.high)
    result: Any = state.world.values.get(key)
    raised = state.world.raised.get(key)
    given = result is not None and raised is None
    if result is None:
        inner = context
        if measure.id in state.bodies.limited and measure.id not in context.inside:
            inner = state.context_for(context.date, context.inside | {measure.id}, context.unfiltered)
        inner.measuring += 1
        try:
            result = state.run(measure.body, arguments, inner)
        except NotGiven as missing:
            unknown_as: Asked = MeasureNotGiven(measure.id, arguments, missing.record, context.mark)
            result = unknown_of(measure.type, unknown_as, measure.low, measure.high)
        except NoAnswer as problem:
            unknown_as = state.without_answer(problem, measure.id, arguments, context)
            result = unknown_of(measure.type, unknown_as, measure.low, measure.high)
        finally:
            inner.measuring -= 1
    if raised is not None:
        result = quantities.add(result, raised)
    if not given and is_outside(measure, result):
        # Either the facts are wrong or the bounds are: it may be anything, also what it came to.
        unknown_as = state.without_answer(out_of_bounds(measure, arguments, result), measure.id, arguments, context)
        result = unknown_of(measure.type, unknown_as)
    elif (within := kept_within(measure, result)) is not result:
        context.beyond[key] = result
        result = within
    context.calls[key] = result
    return result


# ---------------------------------------------------------------- parameters


def table_value(table: model.Table, keys: tuple[Found, ...], context: Context, span: Span) -> Any:
    """The value of a parameter for these keys on the context's date, worked out."""
    if any(isinstance(key, Cases) for key in keys):
        return lifted(lambda *each: _entry(table, each, context, span, maybe=True), keys)
    return _entry(table, keys, context, span)


def in_force(table: model.Table, context: Context) -> list[model.Entry]:
    """The entries in force on the context's date, those that count first before the others."""
    memory = context.memos["entries in force"]
    known: list[model.Entry] | None = memory.get(table.id)
    if known is None:
        known = [
            entry
            for entry in table.entries
            if (entry.force_from is None or entry.force_from <= context.date)
            and (entry.force_to is None or context.date <= entry.force_to)
        ]
        known.sort(
            key=lambda entry: (
                -(entry.force_from or datetime.date.min).toordinal(),
                sum(key is None for key in entry.keys),
            )
        )
        memory[table.id] = known
    return known


def _entry(table: model.Table, keys: tuple[Found, ...], context: Context, span: Span, *, maybe: bool = False) -> Any:
    """The value for these keys. With `maybe` they are only some that unknown ones could be: where there is no entry
    for those, the value is unknown; where there is none for what the keys are, that is a mistake."""
    state = context.state
    rest: Condition = True
    found: list[tuple[Condition, Found]] = []
    for entry in in_force(table, context):
        matches = conjunction(
            matches_key(wanted, key) for wanted, key in zip(entry.keys, keys, strict=True) if wanted is not None
        )
        if matches is False:
            continue
        found.append((conjunction((rest, matches)), _entry_value(table, entry, keys, context)))
        rest = conjunction((rest, negation(matches)))
        if rest is False:
            break
    if maybe or any(isinstance(key, OPEN) for key in keys):
        if is_possible(rest):
            name = NoEntry(table.id, keys, context.date)
            found.append((rest, unknown_of(table.type, name, members=state.members(table.type))))
    elif rest is not False:
        shown = ", ".join(str(key) for key in keys)
        raise NoAnswer(
            "no-entry",
            f"`{table.name}` has no entry for ({shown}) on {context.date.isoformat()}"
            if keys
            else f"`{table.name}` has no value on {context.date.isoformat()}",
            span,
            "add the entry, or an `otherwise`, or assess on a date for which there is one",
        )
    return merged(found)


def _entry_value(table: model.Table, entry: model.Entry, keys: tuple[Found, ...], context: Context) -> Any:
    if isinstance(entry.value, model.Unpublished):
        name = Unpublished(table.id, keys, entry.value.reason, entry.force_from)
        return unknown_of(table.type, name, members=context.state.members(table.type))
    return entry.value


def matches_key(wanted: Found, key: Found) -> Condition:
    """Whether a key is what an entry wants: the same value, or in its band."""
    return contains(key, wanted) if isinstance(wanted, Band) else compare("==", key, wanted)


# ---------------------------------------------------------------- scores


def part_points(score: model.Score, part: model.Part, arguments: tuple[Found, ...], context: Context) -> Any:
    """The points of one part of a score."""
    key = ("part", score.id, part.name, arguments)
    try:
        return context.calls[key]
    except KeyError:
        pass
    state = context.state
    try:
        result = state.run(part.points, arguments, context)
    except NotGiven as missing:
        unknown_as: Asked = PartNotGiven(score.id, part.name, arguments, missing.record, context.mark)
        result = unknown_of(Quantity("points"), unknown_as, 0, part_maximum(part, arguments, context))
    except NoAnswer as problem:
        unknown_as = state.without_answer(problem, f"{score.id}.{part.name}", arguments, context)
        result = unknown_of(Quantity("points"), unknown_as, 0, _most(part, arguments, context))
    context.calls[key] = result
    return result


def _most(part: model.Part, arguments: tuple[Found, ...], context: Context) -> Any:
    try:
        return part_maximum(part, arguments, context)
    except NoAnswer:
        return None


def part_maximum(part: model.Part, arguments: tuple[Found, ...], context: Context) -> Any:
    """The most points that one part of a score can give."""
    return context.state.run(part.maximum, arguments, context)


def score_total(score: model.Score, arguments: tuple[Found, ...], context: Context) -> Any:
    """The points of a whole score."""
    if any(isinstance(each, Cases) for each in arguments):
        return lifted(lambda *each: score_total(score, each, context), arguments)
    key = ("total", score.id, arguments)
    known = context.calls.get(key)
    if known is None:
        parts = (part_points(score, part, arguments, context) for part in score.parts)
        known = context.calls[key] = quantities.total(parts)
    return known
