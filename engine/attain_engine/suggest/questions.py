"""What an example can ask of a policy, from what rests on little to what rests on much."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping
from itertools import product
from typing import Any

from attain_compiler.frozen import frozen
from attain_compiler.model import program as model
from attain_compiler.model.types import FLAG, EntityType, EnumType, RecordType, SetType, Simple, Type
from attain_compiler.model.walk import nodes
from attain_engine.check.coverage import decides_where
from attain_engine.evaluate.designations import requirements_of
from attain_engine.facts.as_example import written
from attain_engine.suggest.narrowed import soonest

MOST_ARGUMENTS = 200
"""A declaration is asked for so many combinations of its arguments at the most."""


@frozen
class Question:
    """`asked` is what an example asks, `body` what decides it, for these arguments; `owner` is its id,
    `text` how a policy writes what is asked."""

    owner: str
    asked: model.Expression
    body: model.Expression
    arguments: tuple[Any, ...]
    text: str

    def expectation(self, value: Any) -> str | None:
        """The line of an example that says what came out; None where the language has none for it."""
        if isinstance(self.asked, model.StatusIs):
            return f"expect {self.text} is {'met' if value else 'not met'}"
        if self.asked.type == FLAG:
            return f"expect {self.text}" if value else f"expect not {self.text}"
        if isinstance(self.asked.type, RecordType | SetType):
            return None
        try:
            return f"expect {self.text} is {written(value, self.asked.type)}"
        except TypeError:
            return None


def questions(program: model.Program, on: datetime.date) -> Iterator[Question]:
    """Everything that an example on a date can ask of the definitions, measures, scores and designations."""
    for define in program.defines.values():
        yield from _called(program, define, define.body, on)
        yield from _of_rows(program, define, on)
    for measure in program.measures.values():
        yield from _called(program, measure, measure.body, on)
    for score in program.scores.values():
        for arguments in _arguments(program, score, tuple(each.type for each in score.parameters), on):
            for part in score.parts:
                asked = model.ScoreCall(
                    score.id, _constants(score.parameters, arguments), part.name, type=part.points.type, span=part.span
                )
                text = f"{_call(program, score, score.parameters, arguments)}.{part.name}"
                yield Question(score.id, asked, part.points, arguments, text)
    for designation in program.designations.values():
        yield from _requirements(program, designation, on)


def _called(
    program: model.Program, declared: model.Define | model.Measure, body: model.Expression, on: datetime.date
) -> Iterator[Question]:
    for arguments in _arguments(program, declared, tuple(each.type for each in declared.parameters), on):
        constants = _constants(declared.parameters, arguments)
        if isinstance(declared, model.Define):
            asked: model.Expression = model.DefineCall(declared.id, constants, type=declared.type, span=declared.span)
        else:
            asked = model.MeasureCall(declared.id, constants, type=declared.type, span=declared.span)
        yield Question(declared.id, asked, body, arguments, _call(program, declared, declared.parameters, arguments))


def _of_rows(program: model.Program, define: model.Define, on: datetime.date) -> Iterator[Question]:
    """Whether a definition about rows holds of some."""
    formals = define.parameters
    rows = [each for each in formals if isinstance(each.type, RecordType)]
    others = [each for each in formals if each not in rows]
    if not rows or define.type != FLAG or any(isinstance(each.type, EntityType) for each in others):
        return
    for arguments in _arguments(program, define, tuple(each.type for each in others), on):
        told = iter(zip(_constants(tuple(others), arguments), arguments, strict=True))
        names: list[str] = []
        values: list[model.Expression] = []
        for formal in formals:
            if formal in rows:
                names.append(formal.name)
                values.append(model.Variable(rows.index(formal), formal.name, type=formal.type, span=define.span))
            else:
                constant, value = next(told)
                names.append(written(value, formal.type))
                values.append(constant)
        asked: model.Expression = model.DefineCall(define.id, tuple(values), type=FLAG, span=define.span)
        text = f"{program.called(define)}({', '.join(names)})"
        for number, formal in reversed([*enumerate(rows)]):
            assert isinstance(formal.type, RecordType)
            binder = model.Binder(number, formal.name, formal.type, None, span=formal.span)
            asked = model.Exists(binder, asked, type=FLAG, span=define.span)
            text = f"some {program.called(program.records[formal.type.id])} {formal.name} where {text}"
        yield Question(define.id, asked, asked, (), f"({text})")


def _requirements(program: model.Program, designation: model.Designation, on: datetime.date) -> Iterator[Question]:
    tracks: list[tuple[Any, ...]] = [()]
    type_: Type | None = None
    if designation.tracks is not None:
        type_ = designation.tracks.binder.type
        tracks = list(_arguments(program, designation, (type_,), on))
    for requirement in requirements_of(designation):
        for track in tracks:
            constant = None if type_ is None else model.Constant(track[0], type=type_, span=designation.span)
            asked = model.StatusIs(
                designation.id, "met", None, requirement.path, constant, type=FLAG, span=requirement.span
            )
            called = program.called(designation)
            name = called if type_ is None else model.name_on(called, written(track[0], type_))
            yield Question(designation.id, asked, requirement.condition, track, f"{name}.{requirement.path}")
    if designation.tracks is not None and designation.tracks.by is not None:
        asked = model.StatusIs(designation.id, "met", None, None, None, type=FLAG, span=designation.span)
        yield Question(designation.id, asked, asked, (), program.called(designation))


def _call(
    program: model.Program, declared: model.Declared, formals: tuple[model.Formal, ...], arguments: tuple[Any, ...]
) -> str:
    given = ", ".join(written(each, formal.type) for each, formal in zip(arguments, formals, strict=True))
    return f"{program.called(declared)}({given})" if given else program.called(declared)


def _constants(formals: tuple[model.Formal, ...], arguments: tuple[Any, ...]) -> tuple[model.Constant, ...]:
    pairs = zip(arguments, formals, strict=True)
    return tuple(model.Constant(each, type=formal.type, span=formal.span) for each, formal in pairs)


def _arguments(
    program: model.Program, declared: model.Declared, types: tuple[Type, ...], on: datetime.date
) -> Iterator[tuple[Any, ...]]:
    """Combinations of arguments, those first that the declaration names; none where one of them is a row, or a
    number."""
    columns: list[list[Any]] = []
    soon = set(soonest(program).values())
    named = {each.value for each in nodes(declared) if isinstance(each, model.Constant)}
    for each in types:
        match each:
            case EnumType(id=enum) if enum in program.enums:
                members = [member.constant for member in program.enums[enum].members]
                columns.append(sorted(members, key=lambda each: (each not in named, each not in soon)))
            case Simple(kind="flag"):
                columns.append([False, True])
            case Simple(kind="date"):
                columns.append([on])
            case Simple(kind="month"):
                columns.append([on.year * 12 + on.month - 1])
            case EntityType(id=entity):
                columns.append([f"{entity.rpartition('.')[2].lower()} 1"])
            case SetType(element=EnumType(id=enum)) if enum in program.enums:
                members = [member.constant for member in program.enums[enum].members]
                first = sorted(members, key=lambda each: each not in soon)[:2]
                columns.append([frozenset({each}) for each in first])
            case _:
                return
    yield from [each for _, each in zip(range(MOST_ARGUMENTS), product(*columns), strict=False)]


def places(program: model.Program) -> Mapping[str, tuple[str, int, int]]:
    """Where each declaration stands that decides something, by its id: path, beginning and end."""
    return {each.id: (each.span.path, each.span.start, each.span.end) for each in decides_where(program)}
