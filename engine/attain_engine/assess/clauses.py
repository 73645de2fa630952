"""A condition taken apart: each clause with its verdict and, where it compares, what was found and what is needed."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterator
from typing import Any, Final, Literal

from attain_compiler.model import program as model
from attain_compiler.model.guards import is_guard
from attain_compiler.model.program.expressions import Comparison
from attain_compiler.model.types import DATE, FLAG, EnumType
from attain_compiler.source import Span
from attain_engine import show
from attain_engine.assess.amended import amended_in
from attain_engine.assess.exact import exact
from attain_engine.assess.models import Clause, Quotation, Verdict
from attain_engine.evaluate import Evaluator
from attain_engine.evaluate.filled import Filled
from attain_engine.facts.model import Row
from attain_engine.open.conditions import Condition, negation

MOST_NAMED = 50
"""So many rows or identifiers that fail are named at the most."""

Settle = Callable[[Condition], Verdict]
"""Turns a condition into a verdict: an open one may still be certain, whatever its unknowns are."""


def quotation(evaluator: Evaluator, declared: Any) -> Quotation:
    """The notes of a declaration, requirement or part, and its place."""
    notes: model.Notes = declared.notes
    return Quotation(
        sources=notes.sources,
        recovered=tuple(dict.fromkeys(_recovered(evaluator, declared))),
        amended=amended_in(evaluator.program, declared) if evaluator.program.amended else (),
        because=notes.because,
        advice=notes.advice,
        place=place_of(evaluator.program, declared.span),
    )


def _recovered(evaluator: Evaluator, declared: Any) -> Iterator[str]:
    """Where the figures were found that a declaration states, or looks up: itself, or through definitions."""
    yield from declared.notes.recovered
    for read in evaluator.bodies.read_by(declared):
        yield from read.notes.recovered
        if isinstance(read, model.Table):
            for entry in _in_force(read, evaluator.date):
                yield from entry.notes.recovered


def _in_force(table: model.Table, day: datetime.date) -> Iterator[model.Entry]:
    """The entries that count on the day: of those for the same keys, the one that has begun last."""
    latest: dict[object, model.Entry] = {}
    for entry in table.entries:
        if (entry.force_from or day) <= day <= (entry.force_to or day):
            before = latest.get(entry.keys)
            if before is None or (before.force_from or datetime.date.min) < (entry.force_from or datetime.date.min):
                latest[entry.keys] = entry
    yield from latest.values()


def place_of(program: model.Program, span: Span) -> str:
    """File and line: `policies/grant.attain:41`."""
    file = program.files.get(span.path)
    return f"{file.path}:{file.line_and_column(span.start)[0]}" if file else ""


def text_of(program: model.Program, node: model.Node) -> str:
    """The text of a node as written, on one line; where it ends in parentheses, with the last of them."""
    file = program.files.get(node.span.path)
    if file is None:
        return ""
    text, end = file.slice(node.span), node.span.end
    while text.count("(") > text.count(")") and file.text[end : end + 1] == ")":
        text, end = text + ")", end + 1
    return " ".join(text.split())


def row_name(row: Row) -> str:
    """A row for people, in a list of rows of one record: its number, as `attain why` takes it."""
    return f"{row.record.rpartition('.')[2]}:{row.origin.row}" if row.origin is not None else row.record


_OTHERWISE: Final[dict[Comparison, Comparison]] = {
    "==": "!=", "!=": "==", "<": ">=", "<=": ">", ">": "<=", ">=": "<",
}  # fmt: skip


def clause(
    evaluator: Evaluator,
    condition: model.Expression,
    arguments: tuple[Any, ...],
    settle: Settle,
    depth: int = 0,
    *,
    denied: bool = False,
) -> Clause:
    """The clause of a condition whose free variables are 0, 1, ... with these arguments; `denied`, of its opposite."""
    program = evaluator.program
    truth = evaluator.condition(condition, arguments)
    verdict = settle(negation(truth) if denied else truth)
    text = text_of(program, condition)
    if isinstance(condition, model.Not) and not isinstance(condition.operand, model.Exists):
        found_otherwise = clause(evaluator, condition.operand, arguments, settle, depth, denied=not denied)
        return found_otherwise.model_copy(update={"text": text})
    found = needed = label = ""
    operator: Comparison | Literal[""] = ""
    found_exact = needed_exact = None
    inner: tuple[Clause, ...] = ()
    match condition:
        case model.And(items=items) | model.Or(items=items) | model.AtLeast(items=items):
            asked = _asked(evaluator, condition, items, arguments)
            inner = tuple(clause(evaluator, each, arguments, settle, depth + 1, denied=denied) for each in asked)
        case model.Compare(operator=operator, left=left, right=right):
            this, other = evaluator.found(left, arguments), evaluator.found(right, arguments)
            found, needed = show.apart(this, other, left.type, right.type)
            found_exact, needed_exact = exact(this, left.type), exact(other, right.type)
            operator = _OTHERWISE[operator] if denied else operator
            part = left.part if isinstance(left, model.ScoreCall) else None
            label = part or text_of(program, left)
        case model.Contains(element=element, container=container):
            found = show.value(evaluator.found(element, arguments), element.type)
            needed = show.value(evaluator.found(container, arguments), container.type)
        case model.DefineCall(define=define_id, arguments=given) if depth < 4:
            values = tuple(evaluator.found(each, arguments) for each in given)
            body = program.defines[define_id].body
            within = clause(evaluator, body, values, settle, depth + 1, denied=denied)
            inner = within.clauses or ((within,) if within.found else ())
        case model.Not(operand=model.Exists() as exists) if not denied:
            inner = tuple(_for_each(evaluator, exists, arguments, settle, depth))
        case model.Exists() if denied:
            inner = tuple(_for_each(evaluator, condition, arguments, settle, depth))
        case _ if denied:
            pass
        case _:
            inner = tuple(_line(evaluator, each) for each in evaluator.filled(condition, arguments) or ())
    return Clause(
        text=f"not ({text})" if denied else text,
        verdict=verdict,
        label=label,
        operator=operator,
        found=found,
        found_exact=found_exact,
        needed=needed,
        needed_exact=needed_exact,
        clauses=inner,
    )


def _asked(
    evaluator: Evaluator,
    junction: model.Expression,
    items: tuple[model.Expression, ...],
    arguments: tuple[Any, ...],
) -> tuple[model.Expression, ...]:
    """Of conditions that are joined, those that are asked: where `x is not none and ...` fails, or `x is none or ...`
    holds, nothing that is asked of x has a value."""
    if not isinstance(junction, model.And | model.Or):
        return items
    decides = isinstance(junction, model.Or)
    deciding = tuple(
        each for each in items if is_guard(each, junction) and evaluator.condition(each, arguments) is decides
    )
    return deciding or items


def line_verdict(line: Filled) -> Verdict:
    """Whether a line could have what it needs."""
    return "failed" if line.missing else "undetermined" if line.maybe else "met"


def names_of(line: Filled) -> tuple[str, ...]:
    """What was given to a line; of what it is not known whether it can be, that is said."""
    return tuple(
        (row_name(each) if isinstance(each, Row) else show.value(each, line.element))
        + (" (not known)" if each in line.maybe else "")
        for each in line.given
    )


def _line(evaluator: Evaluator, line: Filled) -> Clause:
    """A line of a condition, with what was given to it."""
    return Clause(
        text=text_of(evaluator.program, line.written),
        verdict=line_verdict(line),
        found=f"{'at most ' if line.maybe else ''}{show.value(line.found, line.type)}",
        found_exact=None if line.maybe else exact(line.found, line.type),
        needed=show.value(line.needed, line.type),
        needed_exact=exact(line.needed, line.type),
        given=names_of(line),
    )


def _for_each(
    evaluator: Evaluator, exists: model.Exists, arguments: tuple[Any, ...], settle: Settle, depth: int
) -> Iterator[Clause]:
    """A clause for each element that `every Area a where C has D` asks about, labelled with it, or that `no Area a
    where C` finds; of rows, identifiers and days, which may be many, those that fail only."""
    few = (exists.binder.domain is not None and exists.binder.type != DATE) or isinstance(exists.binder.type, EnumType)
    kept, lacking = parts_of_every(exists)
    slots: list[Any] = [*arguments]
    slots += [None] * (exists.binder.number + 1 - len(slots))
    where = model.And(kept, type=FLAG, span=exists.span) if kept else None
    named = 0
    for element, present in evaluator.selected(exists.binder, where, arguments):
        slots[exists.binder.number] = element
        label = row_name(element) if isinstance(element, Row) else show.value(element, exists.binder.type)
        if lacking is None:
            found = Clause(text=text_of(evaluator.program, exists.condition), verdict=settle(negation(present)))
        else:
            found = clause(evaluator, lacking, tuple(slots), settle, depth + 1)
            if found.verdict == "failed" and present is not True:
                found = found.model_copy(update={"verdict": "undetermined"})
        if few or found.verdict != "met":
            yield _labelled(found, label)
            named += 1
            if named == MOST_NAMED:
                return


def parts_of_every(exists: model.Exists) -> tuple[tuple[model.Expression, ...], model.Expression | None]:
    """Of the absence of something: what it is about, and what each has to have (`every R r where C has D` is the
    absence of an `r` with C that lacks D). What must not be there by itself (`no R r where C`) has to have nothing."""
    items = exists.condition.items if isinstance(exists.condition, model.And) else (exists.condition,)
    last = items[-1]
    # What `every` makes stands where D is written; a `not` that is written stands before it.
    if isinstance(last, model.Not) and last.span == last.operand.span:
        return items[:-1], last.operand
    return items, None


def _labelled(found: Clause, label: str) -> Clause:
    return found.model_copy(
        update={
            "label": f"{label}: {found.label}" if found.label else label,
            "clauses": tuple(_labelled(each, label) for each in found.clauses),
        }
    )
