"""How a value or a verdict comes about: each form of the language as a line, with the lines that it rests on below."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any, Final

from attain_compiler.model import program as model
from attain_compiler.model.types import FLAG, POINTS
from attain_compiler.model.walk import children, nodes
from attain_engine import show
from attain_engine.assess.clauses import Settle, line_verdict, names_of
from attain_engine.assess.exact import exact
from attain_engine.assess.lines import Kind, Line
from attain_engine.assess.titles import title_for, title_of_one, waits_for
from attain_engine.assess.tracer import Tracer, title_of
from attain_engine.assess.turning import is_number, turn_of
from attain_engine.evaluate import Evaluator, calls
from attain_engine.evaluate.filled import Filled
from attain_engine.evaluate.problems import NoAnswer, NotGiven
from attain_engine.evaluate.state import Context
from attain_engine.evaluate.values import NO_VALUE

MOST_LINES: Final = 3000
"""So many lines a worksheet has at the most, about: what would stand below is then left out, and said to be."""

_TELLING = (
    model.MeasureCall, model.DefineCall, model.SelfCall, model.ScoreCall, model.StatusIs, model.Lookup,
    model.ReadingValue, model.SingleRow, model.Binding, model.Case, model.Extreme,
    model.Clamped, model.InProportion, model.Fallback,
)  # fmt: skip
"""What is worth a line of its own inside an expression; the rest is said by the words of the rule."""


class Tracing(Tracer):
    """Makes the lines of one evaluation. What was shown once is not opened again."""

    def __init__(self, evaluator: Evaluator, settle: Settle, *, every: bool = False) -> None:
        super().__init__(evaluator, settle, every=every)
        self._opened: set[Any] = set()

    def apart(self, make: Callable[[], Line]) -> Line:
        """A line of a worksheet of its own: nothing was shown before."""
        self._opened.clear()
        self.made = 0
        return make()

    # ------------------------------------------------------------ expressions

    def below(self, node: model.Node, frame: Sequence[Any], context: Context) -> Iterator[Line]:
        """The lines of an expression, where it says more than its words: its own, or those of what it is made of."""
        if self.made > MOST_LINES or not any(isinstance(each, _TELLING) for each in nodes(node)):
            return
        if isinstance(node, model.Typed):
            yield self.line(node, frame, context)  # type: ignore[arg-type]
        else:
            for child in children(node):
                yield from self.below(child, frame, context)

    def line(self, node: model.Expression, frame: Sequence[Any], context: Context) -> Line:
        """The line of an expression whose variables are those of the frame."""
        match node:
            case model.Compare():
                return self._compare(node, frame, context)
            case model.MeasureCall() | model.DefineCall() | model.SelfCall() | model.ScoreCall():
                values = self._values(node.arguments, frame, context)
                if any(each is None for each in values):
                    return self.make("value", self.words(node), None, node.type)
                return self._call(node, values, context, self._all_below(node.arguments, frame, context))
            case model.Not(operand=model.Exists() as exists):
                return self.absence(node, exists, frame, context)
            case model.Exists():
                return self.presence(node, frame, context)
            case model.Aggregate():
                return self.aggregate(node, frame, context)
            case model.Lookup():
                return self._lookup(node, frame, context)
            case _:
                value = self.value(node, frame, context)
                note, lines = self._inside(node, value, frame, context)
                kind: Kind = "condition" if node.type == FLAG else "value"
                turn = self.decided_by(value) if node.type == FLAG else ""
                words = self.words(node)
                made = self.make(kind, words, value, node.type, note=note, turn=turn, lines=tuple(lines))
                if len(lines) == 1 and _alike(lines[0], made):
                    return lines[0]  # a form that only wraps another: `best for` over what may be empty
                return made.model_copy(update={"text": "by case"}) if words.startswith("by case ") else made

    def _call(
        self,
        node: model.MeasureCall | model.DefineCall | model.SelfCall | model.ScoreCall,
        values: tuple[Any, ...],
        context: Context,
        before: Sequence[Line],
    ) -> Line:
        match node:
            case model.MeasureCall(measure=identifier):
                return self.measure(self.program.measures[identifier], values, context, before)
            case model.DefineCall(define=identifier) | model.SelfCall(define=identifier):
                return self.define(self.program.defines[identifier], values, context, before)
            case model.ScoreCall(score=identifier, part=name):
                score = self.program.scores[identifier]
                part = next((each for each in score.parts if each.name == name), None)
                return self.score(score, values, context) if part is None else self.part(score, part, values, context)

    def _inside(
        self, node: model.Expression, value: Any, frame: Sequence[Any], context: Context
    ) -> tuple[str, list[Line]]:
        """How an expression comes to its value, in words, and the lines of its parts."""
        match node:
            case model.And(items=items) | model.Or(items=items):
                return "", [self.line(each, frame, context) for each in items]
            case model.AtLeast(least=least, items=items):
                lines = [self.line(each, frame, context) for each in items]
                holding = sum(each.verdict == "met" for each in lines)
                needed = show.value(self.value(least, frame, context), least.type)
                return f"{holding} of {len(items)} hold, {needed} needed", lines
            case model.Extreme(kind=kind, items=items):
                best = "the least" if kind == "min" else "the greatest"
                return "", [self._marked(each, value, best, frame, context) for each in items]
            case model.Clamped(value=inner, maximum=most):
                found, limit = self.value(inner, frame, context), self.value(most, frame, context)
                cut = is_number(found) and is_number(limit) and found > limit
                note = f"cut off at {show.value(limit, POINTS)}" if cut else ""
                return note, list(self.below(inner, frame, context))
            case model.InProportion(value=inner, full=full, maximum=most):
                numbers = [self.value(each, frame, context) for each in (most, inner, full)]
                shown = [show.value(each, kind.type) for each, kind in zip(numbers, (most, inner, full), strict=True)]
                whole = " (no more)" if all(map(is_number, numbers)) and numbers[1] > numbers[2] else ""
                lines = [*self.below(inner, frame, context), *self.below(full, frame, context)]
                return f"{shown[0]} × {shown[1]} / {shown[2]}{whole}", lines
            case model.Case():
                return "", list(self._case(node, frame, context))
            case model.Fallback(value=inner, fallback=other):
                lacks = self.value(inner, frame, context) is NO_VALUE
                note = f"`{self.words(inner)}` has no value" if lacks else ""
                return note, list(self.below(other if lacks else inner, frame, context))
            case model.AsOf(value=inner, when=when):
                day = self.value(when, frame, context)
                lines = list(self.below(when, frame, context))
                if isinstance(day, datetime.date):
                    lines += self.below(inner, frame, context.at(day))
                return f"as of {show.value(day, when.type)}" if day is not None else "on a day that is not known", lines
            case model.StatusIs(designation=identifier):
                return self.program.designations[identifier].title, []
            case model.ReadingValue(reading=identifier):
                reading = self.program.readings[identifier]
                chosen = self.evaluator.readings[identifier]
                return next((f"reading {each.name}" for each in reading.alternatives if each.value == chosen), ""), []
            case model.FieldOf(row=model.SingleRow(), field=field):
                record = node.row.type.id  # type: ignore[union-attr]
                return f"{field} of {record.rpartition('.')[2]}:1", []
            case _:
                here = context is self.evaluator.context
                filled = self.evaluator.filled(node, tuple(frame)) if here else None
                if filled is not None:
                    return "", [self._filled(each) for each in filled]
                return "", [line for each in children(node) for line in self.below(each, frame, context)]

    def _values(self, given: Sequence[model.Expression], frame: Sequence[Any], context: Context) -> tuple[Any, ...]:
        return tuple(self.value(each, frame, context) for each in given)

    def _all_below(self, given: Sequence[model.Expression], frame: Sequence[Any], context: Context) -> list[Line]:
        return [line for each in given for line in self.below(each, frame, context)]

    def _marked(self, item: model.Expression, result: Any, best: str, frame: Sequence[Any], context: Context) -> Line:
        line = self.line(item, frame, context)
        decides = result is not None and self.value(item, frame, context) == result
        return line.model_copy(update={"note": "; ".join(filter(None, (line.note, best if decides else "")))})

    def _filled(self, filled: Filled) -> Line:
        return Line(
            kind="condition",
            text=self.words(filled.written),
            verdict=line_verdict(filled),
            value=f"{'at most ' if filled.maybe else ''}{show.value(filled.found, filled.type)}",
            needed=show.value(filled.needed, filled.type),
            operator=">=",
            turn=f"{show.value(filled.missing, filled.type)} more" if filled.missing else "",
            lines=tuple(Line(kind="element", text=each) for each in names_of(filled)),
        )

    def _compare(self, node: model.Compare, frame: Sequence[Any], context: Context) -> Line:
        left, right = self.value(node.left, frame, context), self.value(node.right, frame, context)
        known = left is not None and right is not None
        found, needed = show.apart(left, right, node.left.type, node.right.type) if known else ("unknown", "unknown")
        if not known:
            found = found if left is None else show.value(left, node.left.type)
            needed = needed if right is None else show.value(right, node.right.type)
        truth = self.value(node, frame, context)
        self.made += 1
        return Line(
            kind="condition",
            text=self.words(node),
            verdict=self.verdict(truth),
            value=found,
            value_exact=exact(left, node.left.type),
            operator=node.operator,
            needed=needed,
            needed_exact=exact(right, node.right.type),
            turn=self.decided_by(truth) or turn_of(node, left, right),
            lines=(*self.below(node.left, frame, context), *self.below(node.right, frame, context)),
        )

    def _case(self, case: model.Case, frame: Sequence[Any], context: Context) -> Iterator[Line]:
        """The conditions up to the one that holds, and the value that is taken."""
        taken: model.Expression | None = case.otherwise
        for branch in case.branches:
            truth = self.value(branch.condition, frame, context)
            line = self.line(branch.condition, frame, context)
            settled = isinstance(truth, bool)
            note = ("taken" if truth else "not taken") if settled else "may be taken"
            yield line.model_copy(update={"kind": "case", "note": "; ".join(filter(None, (line.note, note)))})
            if truth is True:
                taken = branch.value
                break
            if not settled:
                taken = None
        # What stands for a condition that fails, where nobody wrote it, has no words of its own.
        unwritten = {case.span, *(each.span for each in case.branches)}
        if taken is not None and not (isinstance(taken, model.Constant) and taken.span in unwritten):
            yield self.line(taken, frame, context)

    # ------------------------------------------------------------ calls

    def _once(self, key: Any, lines: Callable[[], Iterable[Line]]) -> tuple[str, tuple[Line, ...]]:
        """The lines below a call, the first time that it is shown."""
        if self.made > MOST_LINES:
            return "not opened here: the worksheet is long", ()
        if key in self._opened:
            return "as above", ()
        self._opened.add(key)
        return "", tuple(lines())

    def measure(
        self, measure: model.Measure, arguments: tuple[Any, ...], context: Context, before: Sequence[Line] = ()
    ) -> Line:
        """A measure for these arguments."""
        inner = context
        if measure.id in self.evaluator.bodies.limited:
            inner = self.evaluator.context_for(context.date, context.inside | {measure.id}, context.unfiltered)
        note = "given, not counted"
        lines: tuple[Line, ...] = ()
        if (measure.id, arguments) not in self.evaluator.world.values:
            key = (measure.id, arguments, context.date, context.inside)
            note, lines = self._once(key, lambda: self._body(measure.body, arguments, inner))
        return self.make(
            "measure",
            show.call(measure, arguments),
            _told(lambda: calls.measure_value(measure, arguments, context)),
            measure.type,
            title=title_of(measure),
            note=note,
            quotation=self.quoted(measure),
            lines=(*before, *lines),
        )

    def define(
        self, define: model.Define, arguments: tuple[Any, ...], context: Context, before: Sequence[Line] = ()
    ) -> Line:
        """A definition for these arguments."""
        value = _told(lambda: calls.define_value(define, arguments, context))
        note = "given"
        lines: tuple[Line, ...] = ()
        if (define.id, arguments) not in self.evaluator.world.values:
            key = (define.id, arguments, context.date, context.inside)
            note, lines = self._once(key, lambda: self._body(define.body, arguments, context))
        return self.make(
            "definition",
            show.call(define, arguments),
            value,
            define.type,
            title=title_of_one(self.program, define, arguments) if title_of(define) else "",
            note=note,
            turn=self.decided_by(value) if define.type == FLAG else "",
            quotation=self.quoted(define),
            lines=(*before, *lines),
        )

    def _body(self, body: model.Expression, arguments: tuple[Any, ...], context: Context) -> Iterator[Line]:
        """The lines of what is declared: of an `and`, those of its items."""
        if isinstance(body, model.And):
            for each in body.items:
                yield self.line(each, arguments, context)
        else:
            yield self.line(body, arguments, context)

    def score(self, score: model.Score, arguments: tuple[Any, ...], context: Context) -> Line:
        """A score with its parts."""
        note, lines = self._once(
            (score.id, arguments, context.date, context.inside),
            lambda: [self.part(score, each, arguments, context) for each in score.parts],
        )
        total, out_of = self.evaluator.score(score, arguments, context), self.value(score.out_of, arguments, context)
        return self.make(
            "score",
            show.call(score, arguments),
            total,
            POINTS,
            title=title_of(score),
            out_of=show.value(out_of, POINTS) if out_of is not None else "",
            out_of_exact=exact(out_of, POINTS),
            note=note,
            quotation=self.quoted(score),
            lines=lines,
        )

    def _points(self, part: model.Part, arguments: tuple[Any, ...], context: Context) -> Line:
        around, self.within = self.within, (part, arguments)
        try:
            return self.line(part.points, arguments, context)
        finally:
            self.within = around

    def part(self, score: model.Score, part: model.Part, arguments: tuple[Any, ...], context: Context) -> Line:
        """A part of a score."""
        points = self.evaluator.part(score, part, arguments, context)
        most = self.value(part.maximum, arguments, context)
        note, lines = self._once(
            (score.id, part.name, arguments, context.date, context.inside),
            lambda: [self._points(part, arguments, context)],
        )
        gate = waits_for(self.evaluator, part, arguments)
        lacking = is_number(points) and is_number(most) and points < most
        return self.make(
            "part",
            f"{show.call(score, arguments)}.{part.name}",
            points,
            POINTS,
            title=title_for(self.evaluator, part, arguments) if part.title != part.name else "",
            out_of=show.value(most, POINTS) if most is not None else "",
            out_of_exact=exact(most, POINTS),
            note=" ".join(filter(None, (note, f"waits for: {gate}" if gate else ""))),
            turn=f"{show.value(most - points, POINTS)} more points can be had here" if lacking else "",
            quotation=self.quoted(part),
            lines=lines,
        )

    def _lookup(self, node: model.Lookup, frame: Sequence[Any], context: Context) -> Line:
        table = self.program.tables[node.table]
        keys = self._values(node.keys, frame, context)
        shown = ", ".join(show.argument(key, type_) for key, type_ in zip(keys, table.keys, strict=True))
        entry = next((each for each in calls.in_force(table, context) if _is_for(each, keys)), None)
        quoted = self.quoted(entry if entry is not None and entry.notes.sources else table)
        note = ""
        if entry is not None and isinstance(entry.value, model.Unpublished):
            note = f"not published: {entry.value.reason}"
        elif entry is not None and entry.force_from is not None:
            note = f"since {entry.force_from}"
        return self.make(
            "parameter",
            f"{table.name}({shown})" if keys else table.name,
            self.value(node, frame, context),
            node.type,
            title=title_of(table),
            note=note,
            quotation=quoted,
            lines=tuple(self._all_below(node.keys, frame, context)),
        )


def _is_for(entry: model.Entry, keys: tuple[Any, ...]) -> bool:
    return all(
        wanted is None or (key is not None and calls.matches_key(wanted, key) is True)
        for wanted, key in zip(entry.keys, keys, strict=True)
    )


def _told(value: Callable[[], Any]) -> Any:
    """A value; None where it rests on what was not given, or cannot be worked out."""
    try:
        return value()
    except (NotGiven, NoAnswer):
        return None


def _alike(one: Line, other: Line) -> bool:
    """Whether two lines say the same."""
    return (one.text, one.value, one.verdict) == (other.text, other.value, other.verdict)
