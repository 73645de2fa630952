"""Where a date comes from: fields of rows, the assessment date, or what the policy names."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeAlias

from attain_compiler.frozen import frozen
from attain_compiler.model import program as model
from attain_compiler.model.types import DATE, MONTH, RecordType
from attain_compiler.model.walk import children

Fields: TypeAlias = frozenset[tuple[str, str]]

Owner: TypeAlias = str | None
"""The definition or measure that an expression stands in."""


@frozen
class Origin:
    """Where dates come from: the `fields` of rows (None: it may be any), the assessment date (`day`), or what the
    policy names (`named`)."""

    fields: Fields | None
    day: bool
    named: bool


class Sources:
    """The calls that were seen, with their arguments, and what dates come from through them."""

    def __init__(self, program: model.Program) -> None:
        self.program = program
        self._calls: dict[str, list[tuple[tuple[model.Expression, ...], Owner]]] = {}

    def called(self, name: str, arguments: tuple[model.Expression, ...], owner: Owner) -> None:
        """Take note of a call of a definition or measure that stands in another, or in none."""
        self._calls.setdefault(name, []).append((arguments, owner))

    def of(self, *sides: tuple[model.Expression, Owner]) -> Origin:
        """Where dates may come from."""
        fields: set[tuple[str, str]] = set()
        anywhere = day = named = False
        seen: set[tuple[str, int | None]] = set()
        todo: list[tuple[model.Node, Owner]] = list(sides)
        while todo:
            node, owner = todo.pop()
            match node:
                case model.AssessmentDate():
                    day = True
                case model.Constant(type=type_) | model.Lookup(type=type_) | model.ReadingValue(type=type_):
                    named = named or type_ in (DATE, MONTH)
                case model.AsOf() | model.ScoreCall() | model.StatusIs():
                    anywhere = day = True
                case model.FieldOf(row=row, field=name) if isinstance(row.type, RecordType):
                    fields.add((row.type.id, name))
                case model.Variable(type=type_, number=number) if type_ in (DATE, MONTH):
                    given = self._given(owner, number)
                    if given is None:
                        anywhere = day = True
                    elif owner is not None and (owner, number) not in seen:
                        seen.add((owner, number))
                        todo += given
                case model.DefineCall(define=define):
                    if (define, None) not in seen:
                        seen.add((define, None))
                        todo.append((self.program.defines[define].body, define))
                case model.MeasureCall(measure=measure):
                    if (measure, None) not in seen:
                        seen.add((measure, None))
                        todo.append((self.program.measures[measure].body, measure))
                case _:
                    pass
            todo += [(each, owner) for each in children(node)]
        return Origin(None if anywhere else frozenset(fields), day, named or anywhere)

    def _given(self, owner: Owner, number: int) -> Sequence[tuple[model.Expression, Owner]] | None:
        """What a parameter stands for in every call; None where it is no parameter of a call that was seen."""
        if owner is None or owner not in self._calls:
            return None
        declared = self.program.defines.get(owner) or self.program.measures[owner]
        places = [place for place, each in enumerate(declared.parameters) if each.number == number]
        if len(places) != 1:
            return None
        return [(arguments[places[0]], of) for arguments, of in self._calls[owner]]
