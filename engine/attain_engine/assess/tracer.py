"""What the lines of a worksheet are made with, and the lines below what runs over many: rows, identifiers, values."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterator, Sequence
from itertools import islice
from typing import Any, Final

from attain_compiler.model import program as model
from attain_compiler.model.types import FLAG, RecordType, Type
from attain_engine import show
from attain_engine.assess.behind import Clauses, Run
from attain_engine.assess.clauses import Settle, parts_of_every, quotation, row_name, text_of
from attain_engine.assess.exact import exact
from attain_engine.assess.lines import Kind, Line
from attain_engine.assess.models import Quotation, RowGroup, Verdict
from attain_engine.assess.rows import sorted_rows
from attain_engine.assess.titles import with_titles
from attain_engine.assess.turning import share
from attain_engine.assess.undecided import undecided
from attain_engine.evaluate import Evaluator
from attain_engine.evaluate.problems import NoAnswer, NotGiven
from attain_engine.evaluate.state import Context
from attain_engine.facts.model import UNKNOWN, Row
from attain_engine.open.conditions import Formula

MOST_ROWS: Final = 10
"""So many rows are named below a sum or a quantifier, unless all are asked for."""
MOST_FIELDS: Final = 4
"""So many fields of a row are shown, to know it by."""
LONGEST: Final = 160
"""So many characters of a rule's words are shown at the most."""


class Tracer(ABC):
    """Lines for one evaluation: of values, and of what runs over many."""

    def __init__(self, evaluator: Evaluator, settle: Settle, *, every: bool = False) -> None:
        self.evaluator = evaluator
        self.program = evaluator.program
        self.settle = settle
        self.made = 0
        """So many lines were made so far."""
        self.within: tuple[model.Part, tuple[Any, ...]] | None = None
        """The part of a score whose lines are being made, and what it is made for."""
        self._most_rows = MOST_ROWS * 100 if every else MOST_ROWS

    @abstractmethod
    def line(self, node: model.Expression, frame: Sequence[Any], context: Context) -> Line:
        """The line of an expression whose variables are those of the frame."""

    @abstractmethod
    def below(self, node: model.Node, frame: Sequence[Any], context: Context) -> Iterator[Line]:
        """The lines of an expression, where it says more than its words."""

    # ------------------------------------------------------------ values

    def value(self, node: model.Expression, frame: Sequence[Any], context: Context) -> Any:
        """The value of an expression; None where it rests on what was not given, or cannot be worked out."""
        try:
            return self.evaluator.run(node, tuple(frame), context)
        except (NotGiven, NoAnswer):
            return None

    def verdict(self, truth: Any) -> Verdict:
        """The verdict of a truth that may be open, or not known."""
        return self.settle(truth) if isinstance(truth, bool | Formula) else "undetermined"

    def words(self, node: model.Node) -> str:
        """The words of the rule, shortened where they are many."""
        text = text_of(self.program, node)
        if self.within is not None:
            text = with_titles(self.evaluator, *self.within, text)
        return text if len(text) <= LONGEST else f"{text[: LONGEST - 1].rstrip()}…"

    def make(self, kind: Kind, text: str, value: Any, type_: Type, **more: Any) -> Line:
        """A line with a value."""
        self.made += 1
        if type_ == FLAG:
            return Line(kind=kind, text=text, **({"verdict": self.verdict(value)} | more))
        shown = "unknown" if value is None else show.value(value, type_, self.program)
        return Line(kind=kind, text=text, **({"value": shown, "value_exact": exact(value, type_)} | more))

    def quoted(self, declared: Any) -> Quotation | None:
        """The sources of a declaration; None where it has none."""
        found = quotation(self.evaluator, declared)
        return found if any((found.sources, found.because, found.recovered, found.amended, found.advice)) else None

    def decided_by(self, truth: Any) -> str:
        """What is not known that an open truth rests on."""
        if not isinstance(truth, Formula) or self.settle(truth) != "undetermined":
            return ""
        facts = undecided(self.program, truth)
        more = f" and {len(facts) - 3} more" if len(facts) > 3 else ""
        return f"decided by what is not known: {'; '.join(facts[:3])}{more}" if facts else ""

    # ------------------------------------------------------------ what runs over many

    def aggregate(self, node: model.Aggregate, frame: Sequence[Any], context: Context) -> Line:
        value = self.value(node, frame, context)
        if _runs_over_rows(node.binder):
            note, lines = self._rows(node, value, frame, context)
        else:
            note, lines = self._elements(node, value, frame, context)
        return self.make("value", self.words(node), value, node.type, note=note, lines=tuple(lines))

    def _rows(
        self, node: model.Selecting, value: Any, frame: Sequence[Any], context: Context
    ) -> tuple[str, list[Line]]:
        """The rows that count, each with its value and its share; then the others by reason."""
        run = Run(node, tuple(frame), context)
        if run.record not in self.evaluator.world.tables:
            return f"no `{run.record.rpartition('.')[2]}` rows were given", []
        counted, others = sorted_rows(self.evaluator, [run])
        shown = islice(counted.items(), self._most_rows)
        lines = [self._row(run, row, value, len(counted), certain) for row, certain in shown]
        if len(counted) > self._most_rows:
            lines.append(Line(kind="row", text=f"{len(counted) - self._most_rows:,} more rows"))
        lines += [_left_out(group) for group in others]
        return f"{len(counted):,} row{'s' if len(counted) != 1 else ''}", lines

    def _row(self, run: Run, row: Row, whole: Any, count: int, certain: bool) -> Line:
        """A row that counts, or may: with its value, where one is counted of it."""
        slots, over = run.bound(row), run.over
        note = "" if certain else "may count: what is not known decides"
        inner = over.value if isinstance(over, model.Aggregate) else None
        if inner is None or not isinstance(over, model.Aggregate):
            return Line(kind="row", text=row_name(row), title=self._in_row(row), note=note)
        found = self.value(inner, slots, run.context)
        weight = share(over.kind, found, whole, count)
        return self.make("row", row_name(row), found, inner.type, title=self._in_row(row), share=weight, note=note)

    def _in_row(self, row: Row) -> str:
        """The first values of a row, to know it by."""
        record = self.program.records[row.record]
        values = ((row.values[each.name], each.type) for each in record.fields[:MOST_FIELDS])
        return ", ".join(
            "unknown" if each is UNKNOWN else show.value(each, type_, self.program) for each, type_ in values
        )

    def _elements(
        self, node: model.Selecting, value: Any, frame: Sequence[Any], context: Context
    ) -> tuple[str, list[Line]]:
        """The elements that are gone through, each with its value; those that the condition leaves out, why."""
        inner = node.value if isinstance(node, model.Aggregate) else None
        kind = node.kind if isinstance(node, model.Aggregate) else ""
        best = {"max": "the greatest", "min": "the least"}.get(kind, "")
        lines: list[Line] = []
        out: dict[str, list[str]] = {}
        counted = 0
        for element, there in self.evaluator.selected(node.binder, None, frame, context):
            if there is False:
                continue
            slots = _with(frame, node.binder, element)
            name = row_name(element) if isinstance(element, Row) else show.value(element, node.binder.type)
            if node.condition is not None and self.value(node.condition, slots, context) is False:
                failing = list(Clauses(self.evaluator, node.condition).failing(slots, context))
                out.setdefault(failing[0] if failing else f"not: {self.words(node.condition)}", []).append(name)
                continue
            counted += 1
            if len(lines) >= self._most_rows:
                continue
            found = None if inner is None else self.value(inner, slots, context)
            if inner is None or isinstance(inner, model.Variable):
                lines.append(Line(kind="element", text=name))
                continue
            note = best if best and found is not None and found == value else ""
            weight = share(kind, found, value, counted)
            under = tuple(self.below(inner, slots, context))
            lines.append(self.make("element", name, found, inner.type, note=note, share=weight, lines=under))
        if counted > self._most_rows:
            lines.append(Line(kind="element", text=f"{counted - self._most_rows:,} more"))
        for reason, names in out.items():
            more = len(names) - self._most_rows
            named = ", ".join(names[: self._most_rows]) + (f" and {more:,} more" if more > 0 else "")
            lines.append(Line(kind="left out", text=reason, title=named, value=f"{len(names):,}", counts=False))
        return "", lines

    def presence(self, node: model.Exists, frame: Sequence[Any], context: Context) -> Line:
        truth = self.value(node, frame, context)
        many = self._rows if _runs_over_rows(node.binder) else self._elements
        note, lines = many(node, truth, frame, context)
        turn = self.decided_by(truth) or ("one that meets all of it" if truth is False else "")
        return self.make("condition", self.words(node), truth, FLAG, note=note, turn=turn, lines=tuple(lines))

    def absence(self, node: model.Not, exists: model.Exists, frame: Sequence[Any], context: Context) -> Line:
        """`every` and `no`: those that speak against it, each with what it lacks."""
        kept, lacking = parts_of_every(exists)
        where = model.And(kept, type=FLAG, span=exists.span) if kept else None
        culprits: list[Line] = []
        against = perhaps = looked = 0
        for element, there in self.evaluator.selected(exists.binder, where, frame, context):
            looked += 1
            slots = _with(frame, exists.binder, element)
            truth = True if lacking is None else self.value(lacking, slots, context)
            held = lacking is not None and truth is True
            if held or there is False:
                continue
            sure = there is True and isinstance(truth, bool)
            against += sure
            perhaps += not sure
            if len(culprits) < self._most_rows:
                is_row = isinstance(element, Row)
                culprits.append(
                    Line(
                        kind="row" if is_row else "element",
                        text=row_name(element) if is_row else show.value(element, exists.binder.type),
                        title=self._in_row(element) if is_row else "",
                        verdict="failed" if sure else "undetermined",
                        note="speaks against it" if sure else "may speak against it",
                        lines=() if lacking is None else (self.line(lacking, slots, context),),
                    )
                )
        truth = self.value(node, frame, context)
        turn = self.decided_by(truth)
        if truth is False:
            what = "it lacks" if against == 1 else "they lack"
            turn = f"{against:,} must not be there" if lacking is None else f"{against:,} must have what {what}"
        note = "" if lacking is None else _against(against, perhaps, looked)
        return self.make("condition", self.words(node), truth, FLAG, note=note, turn=turn, lines=tuple(culprits))


def _against(sure: int, perhaps: int, looked: int) -> str:
    """How many of those that an `every` looks at speak against it."""
    if not looked:
        return "there is none"
    if not sure and perhaps:
        return f"perhaps {perhaps:,} of {looked:,} against it"
    return f"{sure:,} of {looked:,} against it" if sure else f"none of {looked:,} against it"


def _with(frame: Sequence[Any], binder: model.Binder, element: Any) -> tuple[Any, ...]:
    slots = [*frame, *[None] * (binder.number + 1 - len(frame))]
    slots[binder.number] = element
    return tuple(slots)


def _runs_over_rows(binder: model.Binder) -> bool:
    return binder.domain is None and isinstance(binder.type, RecordType)


def _left_out(group: RowGroup) -> Line:
    more = group.count - len(group.rows)
    named = ", ".join(group.rows) + (f" and {more:,} more" if more else "")
    return Line(
        kind="left out",
        text=group.reason,
        title="" if group.elsewhere else named,
        value=f"{group.count:,}",
        note="left out by an exclusion" if group.excluded else "",
        counts=False,
    )


def title_of(declared: model.Declared) -> str:
    """The title of a declaration, where it says more than its name."""
    return declared.title if declared.title != declared.name else ""
