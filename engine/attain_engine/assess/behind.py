"""The counts, sums and quantifiers over rows that stand behind a value, wherever in it they are written.

In definitions, in caps and best-of, in the branches of cases, in conditions, within one another."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import Any

from attain_compiler.frozen import frozen
from attain_compiler.model import program as model
from attain_compiler.model.types import FLAG, EntityType, EnumType, RecordType
from attain_compiler.model.walk import children, nodes
from attain_engine import show
from attain_engine.assess.clauses import parts_of_every, row_name, text_of
from attain_engine.evaluate import Evaluator
from attain_engine.evaluate.problems import NoAnswer, NotGiven
from attain_engine.evaluate.state import Context
from attain_engine.evaluate.values import NO_VALUE
from attain_engine.facts.model import Row


@frozen
class Run:
    """A count, sum or quantifier over the rows of a record, as it was reached.

    `frame` holds its variables, `context` date and measures under which it is worked out. `barred` says why nothing
    that it finds counts (a case that was not taken, an outer row that is left out; empty where it does count),
    `certain` whether that can be told, and `denied` that what it finds must not be there: `no`, or `every` with what a
    row lacks.
    """

    over: model.Selecting
    frame: tuple[Any, ...]
    context: Context
    barred: tuple[str, ...] = ()
    denied: bool = False
    certain: bool = True

    @property
    def record(self) -> str:
        type_ = self.over.binder.type
        assert isinstance(type_, RecordType)
        return type_.id

    def bound(self, row: Row) -> list[Any]:
        """The variables with the row in its place."""
        return _bound(self.frame, self.over.binder, row)


@frozen
class _Around:
    """Why nothing counts that is found at a place in an expression, and whether that can be told."""

    barred: tuple[str, ...] = ()
    certain: bool = True

    def and_not(self, *said: str) -> _Around:
        """The same, with more that bars what is found."""
        return _Around((*self.barred, *said), self.certain)

    def if_(self, truth: Any) -> _Around:
        """The same, where a condition holds that is not known, if it is not."""
        return _Around(self.barred, self.certain and isinstance(truth, bool))


class Behind:
    """What stands behind expressions. For one `row`, all that may look at it, however deep; without, what runs over
    rows for the value itself, not what is asked of each of these rows again."""

    def __init__(self, evaluator: Evaluator, row: Row | None = None) -> None:
        self._evaluator = evaluator
        self._row = row
        self._over_rows: dict[int, tuple[bool, model.Node]] = {}
        self._again: set[tuple[str, tuple[Any, ...], Context]] = set()

    def runs(self, expression: model.Node, frame: tuple[Any, ...], context: Context) -> Iterator[Run]:
        """Every run over rows in the expression, whose free variables are those of the frame."""
        yield from self._walk(expression, frame, context, _Around())

    def _walk(self, node: model.Node, frame: tuple[Any, ...], context: Context, around: _Around) -> Iterator[Run]:
        if not self._looks_at_rows(node):
            return
        match node:
            case model.Aggregate() | model.Exists():
                yield from self._over(node, frame, context, around)
            case model.Not(operand=model.Exists() as exists):
                yield from self._over(exists, frame, context, around, denied=True)
            case model.Binding(binder=binder):
                wanted = node.where() or model.Constant(True, type=FLAG, span=node.span)
                yield from self._over(model.Exists(binder, wanted, type=FLAG, span=node.span), frame, context, around)
            case model.Case():
                yield from self._case(node, frame, context, around)
            case model.AsOf(value=value, when=when):
                yield from self._walk(when, frame, context, around)
                day = self.value(when, frame, context)
                if isinstance(day, datetime.date):
                    yield from self._walk(value, frame, context.at(day), around)
            case model.Fallback(value=value, fallback=fallback):
                yield from self._walk(value, frame, context, around)
                lacks = self.value(value, frame, context) is NO_VALUE
                said = around if lacks else around.and_not(f"`{text_of(self._evaluator.program, value)}` has a value")
                yield from self._walk(fallback, frame, context, said)
            case model.SelfCall(define=identifier, arguments=given):
                values = tuple(self.value(each, frame, context) for each in given)
                define = self._evaluator.program.defines[identifier]
                before = define.back is not None and self.value(node, frame, context) is NO_VALUE
                if not before and (identifier, values, context) not in self._again:
                    self._again.add((identifier, values, context))
                    yield from self._walk(define.body, values, context, around)
            case model.DefineCall(define=identifier, arguments=given):
                for each in given:
                    yield from self._walk(each, frame, context, around)
                values = tuple(self.value(each, frame, context) for each in given)
                if identifier not in self._evaluator.fixed:
                    yield from self._walk(self._evaluator.program.defines[identifier].body, values, context, around)
            case _:
                for child in children(node):
                    yield from self._walk(child, frame, context, around)

    def _over(
        self, node: model.Selecting, frame: tuple[Any, ...], context: Context, around: _Around, *, denied: bool = False
    ) -> Iterator[Run]:
        binder = node.binder
        if binder.domain is not None:
            yield from self._walk(binder.domain, frame, context, around)
        elif isinstance(binder.type, RecordType):
            yield Run(node, frame, context, around.barred, denied, around.certain)
            if self._row is None:
                return
        condition = node.condition
        value = node.value if isinstance(node, model.Aggregate) else None
        items = condition.items if isinstance(condition, model.And) else (condition,) if condition is not None else ()
        if not any(self._looks_at_rows(each) for each in (*items, value) if each is not None):
            return
        for element in self._elements(binder, frame, context):
            slots = tuple(_bound(frame, binder, element))
            name = row_name(element) if isinstance(element, Row) else show.value(element, binder.type)
            failing = [
                (each, f"not: {text_of(self._evaluator.program, each)} (for {name})")
                for each in items
                if self.value(each, slots, context) is False
            ]
            for item in items:
                others = tuple(said for each, said in failing if each is not item)
                yield from self._walk(item, slots, context, around.and_not(*others))
            if value is not None:
                said = around.and_not(*(said for _, said in failing))
                truth = True if condition is None else self.value(condition, slots, context)
                yield from self._walk(value, slots, context, said.if_(truth))

    def _case(self, case: model.Case, frame: tuple[Any, ...], context: Context, around: _Around) -> Iterator[Run]:
        program = self._evaluator.program
        before = around
        for branch in case.branches:
            yield from self._walk(branch.condition, frame, context, before)
            truth = self.value(branch.condition, frame, context)
            text = text_of(program, branch.condition)
            taken = before if truth is not False else before.and_not(f"not: {text}")
            yield from self._walk(branch.value, frame, context, taken.if_(truth))
            before = before.and_not(f"`{text}` comes first") if truth is True else before.if_(truth)
        yield from self._walk(case.otherwise, frame, context, before)

    def _elements(self, binder: model.Binder, frame: tuple[Any, ...], context: Context) -> Iterator[Any]:
        """What a binder runs over. Of identifiers, only those that the row has can look at it; without a row there are
        too many of them to go through."""
        mine = () if self._row is None else tuple(self._row.values.values())
        if isinstance(binder.type, EntityType) and binder.domain is None:
            yield from (each for each in dict.fromkeys(each for each in mine if isinstance(each, str)))
            return
        if self._row is None and not isinstance(binder.type, EnumType) and binder.domain is None:
            return
        yield from [element for element, _ in self._evaluator.selected(binder, None, frame, context)]

    def value(self, expression: model.Expression, frame: tuple[Any, ...], context: Context) -> Any:
        """The value of an expression, or None where it has none that can be told."""
        try:
            return self._evaluator.run(expression, frame, context)
        except (NotGiven, NoAnswer):
            return None

    def _looks_at_rows(self, node: model.Node) -> bool:
        known = self._over_rows.get(id(node))
        if known is None:
            found = any(self._opens_rows(each) for each in nodes(node))
            known = self._over_rows[id(node)] = (found, node)
        return known[0]

    def _opens_rows(self, node: model.Node) -> bool:
        match node:
            case model.Binder(type=RecordType(), domain=None):
                return True
            case model.SelfCall():
                return True
            case model.DefineCall(define=identifier):
                return self._looks_at_rows(self._evaluator.program.defines[identifier].body)
            case _:
                return False


def _bound(frame: tuple[Any, ...], binder: model.Binder, element: Any) -> list[Any]:
    slots: list[Any] = [*frame]
    slots += [None] * (binder.number + 1 - len(slots))
    slots[binder.number] = element
    return slots


@frozen
class Place:
    """How a row stands in a run: left out by an `exclusion`, or for `reasons` (none where it counts). `certain` is
    whether that can be told; `against` says what it breaks, where it must not be there, or must have what it lacks."""

    exclusion: model.Exclusion | None
    reasons: tuple[str, ...]
    certain: bool
    against: tuple[str, ...] = ()

    @property
    def counts(self) -> bool:
        return self.exclusion is None and not self.reasons


class Clauses:
    """The clauses of a condition, as they are asked of many rows: each with its closure."""

    __slots__ = ("_evaluator", "_parts", "_said", "_size", "condition")

    def __init__(self, evaluator: Evaluator, condition: model.Expression) -> None:
        self.condition = condition
        self._evaluator = evaluator
        parts = condition.items if isinstance(condition, model.And) else (condition,)
        made = [evaluator.bodies.closure_of(each) for each in parts]
        self._parts = [(closure, part) for (closure, _), part in zip(made, parts, strict=True)]
        self._size = max(size for _, size in made)
        self._said: dict[int, Clauses | tuple[str]] = {}

    def _frame(self, slots: Sequence[Any]) -> list[Any]:
        return [*slots, *[None] * (self._size - len(slots))]

    def truth(self, slots: Sequence[Any], context: Context) -> Any:
        """The truth of the condition, or None where it cannot be told."""
        try:
            return self._evaluator.run(self.condition, tuple(slots), context)
        except (NotGiven, NoAnswer):
            return None

    def judged(self, slots: Sequence[Any], context: Context, most: int | None) -> tuple[Any, tuple[str, ...]]:
        """The truth of the condition and the first so many of its clauses that fail; those after the last of them are
        not worked out. Where some fail, the truth is only said not to be that it holds."""
        failing: list[str] = []
        all_hold, frame = True, self._frame(slots)
        for closure, part in self._parts:
            try:
                truth = closure(frame, context)
            except NotGiven as missing:
                truth = None
                failing.append(_not_given(missing))
            except NoAnswer:
                truth = None
            if truth is True:
                continue
            all_hold = False
            if truth is False:
                failing += self._failing_of(part, slots, context)
            if most is not None and len(failing) >= most:
                return False, tuple(failing[:most])
        if failing or all_hold:
            return all_hold, tuple(failing)
        return self.truth(slots, context), ()

    def failing(self, slots: Sequence[Any], context: Context) -> Iterator[str]:
        """The clauses that fail, as written; a definition that fails is opened."""
        frame = self._frame(slots)
        for closure, part in self._parts:
            try:
                truth = closure(frame, context)
            except NotGiven as missing:
                yield _not_given(missing)
                continue
            except NoAnswer:
                continue
            if truth is False:
                yield from self._failing_of(part, slots, context)

    def _failing_of(self, part: model.Expression, slots: Sequence[Any], context: Context) -> Iterable[str]:
        """The clauses that fail of a part that does."""
        known = self._said.get(id(part))
        if known is None:
            known = self._said[id(part)] = self._opened(part)
        if isinstance(known, tuple):
            return known
        if not isinstance(part, model.DefineCall):
            return known.failing(slots, context)
        return known.failing([self._evaluator.run(each, tuple(slots), context) for each in part.arguments], context)

    def _opened(self, part: model.Expression) -> Clauses | tuple[str]:
        """The clauses of a part, or what is said of one that has none where it fails."""
        if isinstance(part, model.And):
            return Clauses(self._evaluator, part)
        define = self._evaluator.program.defines[part.define] if isinstance(part, model.DefineCall) else None
        if define is not None and isinstance(define.body, model.And | model.DefineCall):
            return Clauses(self._evaluator, define.body)
        titled = define is not None and define.title != define.name
        return (f"not: {define.title if define is not None and titled else text_of(self._evaluator.program, part)}",)


def _not_given(missing: NotGiven) -> str:
    return f"no `{missing.record.rpartition('.')[2]}` rows were given"


class Placing:
    """Tells of the rows of a record how each stands in one run over it; with the first so many reasons, or all that
    there are."""

    __slots__ = ("_clauses", "_demand", "_evaluator", "_most_reasons", "_run")

    def __init__(self, evaluator: Evaluator, run: Run, most_reasons: int | None = None) -> None:
        self._evaluator = evaluator
        self._run = run
        self._most_reasons = most_reasons
        condition, lacking = run.over.condition, None
        if run.denied and isinstance(run.over, model.Exists):
            kept, lacking = parts_of_every(run.over)
            condition = model.And(kept, type=FLAG, span=run.over.span) if kept else None
        self._clauses = Clauses(evaluator, condition) if condition is not None else None
        self._demand = Clauses(evaluator, lacking) if lacking is not None else None

    def place(self, row: Row) -> Place:
        """How a row stands in the run."""
        run = self._run
        exclusion, certain = exclusion_of(self._evaluator, row, run.context)
        slots = run.bound(row)
        reasons = run.barred
        if self._clauses is not None:
            truth, failing = self._clauses.judged(slots, run.context, self._most_reasons)
            certain = certain and isinstance(truth, bool)
            reasons += failing
            if truth is False and not reasons:
                reasons = (f"not: {text_of(self._evaluator.program, self._clauses.condition)}",)
        if exclusion is not None or reasons:
            return Place(exclusion, reasons, True)
        certain = certain and run.certain
        against: tuple[str, ...] = ()
        if run.denied and self._demand is None and certain:
            against = (f"not: {text_of(self._evaluator.program, run.over)}",)
        elif self._demand is not None and self._demand.truth(slots, run.context) is False:
            against = tuple(self._demand.failing(slots, run.context))
        return Place(None, (), certain, against)


def exclusion_of(evaluator: Evaluator, row: Row, context: Context) -> tuple[model.Exclusion | None, bool]:
    """The first named exclusion that leaves the row out: everywhere, or of the measures that are worked out here; and,
    where none does, whether it is certain that none does."""
    known = context.left_out.get(row)
    if known is None:
        known = context.left_out[row] = _exclusion_of(evaluator, row, context)
    return known


def _exclusion_of(evaluator: Evaluator, row: Row, context: Context) -> tuple[model.Exclusion | None, bool]:
    certain = True
    for exclusion in evaluator.program.exclusions.values():
        here = not exclusion.measures or not context.inside.isdisjoint(exclusion.measures)
        if exclusion.record == row.record and here:
            truth = evaluator.excludes(exclusion, row, context)
            if truth is True:
                return exclusion, True
            certain = certain and truth is False
    return None, certain


def measure_runs(
    evaluator: Evaluator, behind: Behind, measure: model.Measure, arguments: tuple[Any, ...], context: Context
) -> Iterator[Run]:
    """The runs over rows behind a measure that was asked for in a context. With a value that was given, none counts."""
    inner = context
    if measure.id in evaluator.bodies.limited:
        inner = evaluator.context_for(context.date, context.inside | {measure.id}, context.unfiltered)
    given = (measure.id, arguments) in evaluator.world.values
    for run in behind.runs(measure.body, arguments, inner):
        yield replace(run, barred=("its value was given, not counted",)) if given else run
