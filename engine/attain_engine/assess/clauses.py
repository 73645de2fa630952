"""A condition taken apart: each clause with its verdict and, where it compares, what was found and what is needed."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterator
from typing import Any

from attain_compiler.model import program as model
from attain_compiler.model.types import EnumType
from attain_compiler.model.walk import nodes
from attain_engine import show
from attain_engine.assess.models import Clause, Quotation, Verdict
from attain_engine.evaluate import Evaluator
from attain_engine.facts.model import Row
from attain_engine.open.conditions import Condition

Settle = Callable[[Condition], Verdict]
"""Turns a condition into a verdict: an open one may still be certain, whatever its unknowns are."""


def quotation(evaluator: Evaluator, declared: Any) -> Quotation:
    """The notes of a declaration, requirement or part, and its place."""
    notes: model.Notes = declared.notes
    file = evaluator.program.files.get(declared.span.path)
    place = f"{file.path}:{file.line_and_column(declared.span.start)[0]}" if file else ""
    return Quotation(
        sources=notes.sources,
        recovered=tuple(dict.fromkeys(_recovered(evaluator, declared))),
        because=notes.because,
        advice=notes.advice,
        place=place,
    )


def _recovered(evaluator: Evaluator, declared: Any) -> Iterator[str]:
    """Where the figures were found that a declaration states, or looks up: itself, or through definitions."""
    yield from declared.notes.recovered
    seen: set[str] = set()
    waiting: list[object] = [declared]
    while waiting:
        for node in nodes(waiting.pop()):
            match node:
                case model.Lookup(table=identifier) if identifier not in seen:
                    seen.add(identifier)
                    table = evaluator.program.tables[identifier]
                    yield from table.notes.recovered
                    for entry in _in_force(table, evaluator.date):
                        yield from entry.notes.recovered
                case model.DefineCall(define=identifier) if identifier not in seen:
                    seen.add(identifier)
                    define = evaluator.program.defines[identifier]
                    yield from define.notes.recovered
                    waiting.append(define.body)
                case _:
                    pass


def _in_force(table: model.Table, day: datetime.date) -> Iterator[model.Entry]:
    """The entries that count on the day: of those for the same keys, the one that has begun last."""
    latest: dict[object, model.Entry] = {}
    for entry in table.entries:
        if (entry.force_from or day) <= day <= (entry.force_to or day):
            before = latest.get(entry.keys)
            if before is None or (before.force_from or datetime.date.min) < (entry.force_from or datetime.date.min):
                latest[entry.keys] = entry
    yield from latest.values()


def text_of(program: model.Program, node: model.Node) -> str:
    """The text of a node as written, on one line."""
    file = program.files.get(node.span.path)
    return " ".join(file.slice(node.span).split()) if file else ""


def row_name(row: Row) -> str:
    """A row for people, in a list of rows of one record: its number, as `attain why` takes it."""
    return f"{row.record.rpartition('.')[2]}:{row.origin.row}" if row.origin is not None else row.record


def clause(
    evaluator: Evaluator, condition: model.Expression, arguments: tuple[Any, ...], settle: Settle, depth: int = 0
) -> Clause:
    """The clause of a condition whose free variables are 0, 1, ... with these arguments."""
    program = evaluator.program
    verdict = settle(evaluator.condition(condition, arguments))
    text = text_of(program, condition)
    found = needed = label = ""
    inner: tuple[Clause, ...] = ()
    match condition:
        case model.And(items=items) | model.Or(items=items) | model.AtLeast(items=items):
            inner = tuple(clause(evaluator, each, arguments, settle, depth + 1) for each in items)
        case model.Compare(left=left, right=right):
            found = show.value(evaluator.found(left, arguments), left.type)
            needed = show.value(evaluator.found(right, arguments), right.type)
            part = left.part if isinstance(left, model.ScoreCall) else None
            label = part or text_of(program, left)
        case model.Contains(element=element, container=container):
            found = show.value(evaluator.found(element, arguments), element.type)
            needed = show.value(evaluator.found(container, arguments), container.type)
        case model.DefineCall(define=define_id, arguments=given) if depth < 4:
            define = program.defines[define_id]
            if isinstance(define.body, (model.And, model.Or, model.AtLeast)):
                values = tuple(evaluator.found(each, arguments) for each in given)
                inner = clause(evaluator, define.body, values, settle, depth + 1).clauses
        case model.Allocation():
            inner = tuple(_lines(evaluator, condition, arguments))
        case model.Not(operand=model.Exists() as exists) if exists.binder.domain is not None or isinstance(
            exists.binder.type, EnumType
        ):
            inner = tuple(_for_each(evaluator, exists, arguments, settle, depth))
        case _:
            pass
    return Clause(text=text, verdict=verdict, label=label, found=found, needed=needed, clauses=inner)


def _lines(evaluator: Evaluator, allocation: model.Allocation, arguments: tuple[Any, ...]) -> Iterator[Clause]:
    """`each Person p once for`: a clause for each line, with those who were given to it."""
    for each in evaluator.filled(allocation, arguments):
        yield Clause(
            text=text_of(evaluator.program, each.role),
            verdict="failed" if each.missing else "met",
            found=show.number(len(each.given)),
            needed=show.number(each.needed),
            given=tuple(
                row_name(person) if isinstance(person, Row) else show.value(person, allocation.binder.type)
                for person in each.given
            ),
        )


def _for_each(
    evaluator: Evaluator, exists: model.Exists, arguments: tuple[Any, ...], settle: Settle, depth: int
) -> Iterator[Clause]:
    """`every Area a has C` (the absence of one that lacks it): a clause for each area, labelled with it."""
    binder, condition = exists.binder, exists.condition
    kept = condition.items if isinstance(condition, model.And) else (condition,)
    lacking = [each.operand for each in kept if isinstance(each, model.Not)]
    slots: list[Any] = [*arguments]
    slots += [None] * (binder.number + 1 - len(slots))
    for element, _ in list(evaluator.selected(binder, None, slots)):
        slots[binder.number] = element
        for each in lacking:
            found = clause(evaluator, each, tuple(slots), settle, depth + 1)
            label = show.value(element, binder.type)
            named = f"{label}: {found.label}" if found.label else label
            yield found.model_copy(update={"label": named})
