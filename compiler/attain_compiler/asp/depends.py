"""What a declaration rests on: dates, records and exclusions; in how many variants it is needed.

A declaration is needed once for each set of exclusions in force that its records could see, and with the date as an
argument where it depends on the date and is asked under `as of`.
"""

from __future__ import annotations

from collections.abc import Iterator

from attain_compiler.frozen import frozen
from attain_compiler.model import program as model
from attain_compiler.model.types import DATE, DURATION, MONTH, BandType, RecordType, SetType, Type
from attain_compiler.model.walk import children, nodes


@frozen
class Variant:
    """Which exclusions are in force: those limited to measures `inside`, or (`raw`) none at all."""

    inside: frozenset[str] = frozenset()
    raw: bool = False


class Depends:
    """The dependencies of one program; `asked` are expressions that are compiled beside its declarations."""

    def __init__(self, program: model.Program, asked: tuple[model.Expression, ...]) -> None:
        self.program = program
        self.limited = frozenset(name for each in program.exclusions.values() for name in each.measures)
        self._nodes: dict[int, tuple[model.Node, ...]] = {}
        self._dated: dict[int, bool] = {}
        self._moves: dict[int, bool] = {}
        self._of_calendar: dict[int, bool] = {}
        self._records: dict[int, frozenset[str]] = {}
        self._kept: list[object] = []
        self._under_as_of = self._asked_under_as_of(asked)

    def nodes(self, node: model.Node) -> tuple[model.Node, ...]:
        """The node and all below it, remembered."""
        known = self._nodes.get(id(node))
        if known is None:
            known = self._nodes[id(node)] = tuple(nodes(node))
            self._kept.append(node)
        return known

    def callees(self, node: model.Node) -> Iterator[model.Declared]:
        """What the node or anything below it calls."""
        for each in self.nodes(node):
            yield from self._called(each)

    def called(self, node: model.Node) -> list[model.Declared]:
        """What the node calls, and what that calls, and so on."""
        found: dict[int, model.Declared] = {}
        todo = [node]
        while todo:
            for each in self.callees(todo.pop()):
                if id(each) not in found:
                    found[id(each)] = each
                    todo.append(each)
        return list(found.values())

    def _called(self, node: model.Node) -> Iterator[model.Declared]:
        program = self.program
        match node:
            case model.DefineCall():
                yield program.defines[node.define]
            case model.MeasureCall():
                yield program.measures[node.measure]
            case model.ScoreCall() | model.MaximumOf():
                yield program.scores[node.score]
            case model.StatusIs():
                yield program.designations[node.designation]
            case model.Binder(type=RecordType() as record, domain=None):
                yield from program.exclusions_of(record)
            case model.SingleRow(type=RecordType() as record):
                yield from program.exclusions_of(record)
            case _:
                pass

    def dated(self, node: model.Node) -> bool:
        """Whether it may be something else on another assessment date."""
        known = self._dated.get(id(node))
        if known is None:
            self._dated[id(node)] = False
            own = any(
                isinstance(each, model.AssessmentDate)
                or (isinstance(each, model.Lookup) and self.table_dated(self.program.tables[each.table]))
                for each in self.nodes(node)
            )
            known = self._dated[id(node)] = own or any(self.dated(each) for each in self.callees(node))
        return known

    def moves(self, node: model.Node) -> bool:
        """Whether it, or what it calls, moves a date, takes a part of one or counts between two: then it needs the
        calendar."""
        known = self._moves.get(id(node))
        if known is None:
            self._moves[id(node)] = False
            known = self._moves[id(node)] = (
                isinstance(node, model.Shift | model.DatePart | model.Elapsed)
                or any(self.moves(each) for each in children(node))
                or any(self.moves(each) for each in self._called(node))
            )
        return known

    def of_calendar(self, node: model.Node) -> bool:
        """Whether it needs the calendar, or is a date, a month, a duration, or several of them."""
        known = self._of_calendar.get(id(node))
        if known is None:
            if isinstance(node, model.Typed):
                known = of_calendar(node.type) or self.moves(node)
            else:  # a branch of a case: what its parts are
                known = self.moves(node) or any(self.of_calendar(each) for each in children(node))
            self._of_calendar[id(node)] = known
        return known

    @staticmethod
    def table_dated(table: model.Table) -> bool:
        return any(each.force_from or each.force_to for each in table.entries)

    def records(self, node: model.Node) -> frozenset[str]:
        """The records over whose rows it runs, by itself or through what it calls."""
        known = self._records.get(id(node))
        if known is None:
            self._records[id(node)] = frozenset()
            own = {
                each.type.id
                for each in self.nodes(node)
                if isinstance(each, model.Binder | model.SingleRow) and isinstance(each.type, RecordType)
            }
            known = self._records[id(node)] = frozenset(own.union(*(self.records(each) for each in self.callees(node))))
        return known

    def takes_date(self, declared: model.Node) -> bool:
        """Whether it has the date as its first argument."""
        return id(declared) in self._under_as_of and self.dated(declared)

    def variant(self, node: model.Node, inside: frozenset[str], raw: bool) -> Variant:
        """The variant of a declaration (or expression) that is needed in a context."""
        records = self.records(node)
        exclusions = [each for each in self.program.exclusions.values() if each.record in records]
        if raw:
            return Variant(frozenset(), bool(exclusions))
        return Variant(inside & {name for each in exclusions for name in each.measures})

    def _asked_under_as_of(self, asked: tuple[model.Expression, ...]) -> dict[int, model.Declared]:
        program = self.program
        every: list[model.Node] = [
            *program.defines.values(),
            *program.measures.values(),
            *program.scores.values(),
            *program.designations.values(),
            *program.exclusions.values(),
            *program.reports.values(),
            *program.claims.values(),
            *program.changes.values(),
            *asked,
        ]
        todo: list[model.Node] = [
            node.value for each in every for node in self.nodes(each) if isinstance(node, model.AsOf)
        ]
        found: dict[int, model.Declared] = {}
        while todo:
            for each in self.callees(todo.pop()):
                if id(each) not in found:
                    found[id(each)] = each
                    todo.append(each)
        return found


def of_calendar(type_: Type) -> bool:
    """Whether a value of a type is a date, a month, a duration, or several of them."""
    if isinstance(type_, SetType | BandType):
        return of_calendar(type_.element)
    return type_ in (DATE, MONTH, DURATION)
