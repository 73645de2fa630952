"""The heads of declarations: what there is to know of them before their bodies are read."""

from __future__ import annotations

import dataclasses
import itertools
import math
from collections.abc import Iterator

from attain_compiler.diagnostics.model import Label
from attain_compiler.model import program as model
from attain_compiler.model.constants import as_type, folded, inferred
from attain_compiler.model.declarations.notes import notes, title
from attain_compiler.model.declarations.vocabulary import is_key, type_of
from attain_compiler.model.declarations.years import shown_as
from attain_compiler.model.env import Env
from attain_compiler.model.expressions.rows import bound
from attain_compiler.model.heads import DesignationHead, Head
from attain_compiler.model.types import (
    COUNT,
    DATE,
    FLAG,
    MONTH,
    POINTS,
    EntityType,
    EnumType,
    EnumValue,
    Quantity,
    Type,
    Value,
)
from attain_compiler.model.units import UNTYPED, alike, described, is_broken, joined
from attain_compiler.syntax import ast


def formals(env: Env, parameters: tuple[ast.Parameter, ...], *, back: bool = False) -> tuple[model.Formal, ...]:
    """The formal parameters, numbered from 0. With `back`, one of them may say how far back it goes."""
    found: list[model.Formal] = []
    for number, each in enumerate(parameters):
        type_ = type_of(env, each.type)
        low = _earliest(env, each, type_, back and all(one.low is None for one in found))
        found.append(model.Formal(number, each.name.text, type_, low, span=each.span))
    return tuple(found)


def _earliest(env: Env, node: ast.Parameter, type_: Type, may: bool) -> Value | None:
    """The value from which on a definition that goes back along this parameter has values."""
    if node.low is None:
        return None
    if not may or type_ not in (COUNT, MONTH, DATE):
        env.findings.error(
            "cyclic-definition",
            f"`{node.name.text}` is no parameter along which a definition goes back",
            node.low.span,
            help="one count, month or date of a `define` may say from when there are values: `y count from 2015`",
        )
        return None
    return folded(env.wanted(node.low, type_, Label(node.type.span, "its type is declared here")))


def inside(env: Env, formals_: tuple[model.Formal, ...], names: tuple[ast.Name, ...]) -> Env:
    """The place of a body: its parameters are variables 0, 1, ...; a second one of a name is reported."""
    env = dataclasses.replace(env, numbers=itertools.count(), locals={})
    for formal, name in zip(formals_, names, strict=True):
        env, _ = env.bind(name, formal.type)
    return env


def parameter(env: Env, id_: str, node: ast.Table) -> Head:
    """A table; without a written type its first value says what it holds."""
    keys: list[model.Formal] = []
    for number, each in enumerate(node.keys):
        type_ = type_of(env, each)
        if not is_key(type_):
            env.findings.error(
                "type-mismatch",
                f"{described(type_)} cannot be a key",
                each.span,
                help="keys are quantities, dates, months, flags, enums, entities",
            )
            type_ = UNTYPED
        keys.append(model.Formal(number, each.name.text.lower(), type_, span=each.span))
    type_ = _first_value_type(env, node) if node.type is None else type_of(env, node.type, may_be_none=True)
    return Head(id_, "parameter", tuple(keys), type_, node.name.span)


def _first_value_type(env: Env, node: ast.Table) -> Type:
    result: Type | None = None
    for row in node.rows:
        for entry in row.entries:
            value = entry.items[-1] if entry.items else None
            if value is None or isinstance(value, ast.Unpublished | ast.AsBefore):
                continue
            type_ = env.typed(value).type
            if result is None:
                result = type_
            elif alike(result, type_):
                result = joined(result, type_)
    if result is None:
        env.findings.error(
            "missing-type",
            f"what kind of value does `{node.name.text}` hold?",
            node.name.span,
            help="write its type at the end of the line, as in `parameter seats for Track count`",
        )
    return result or UNTYPED


def reading(env: Env, id_: str, node: ast.Reading) -> tuple[Head, model.Reading]:
    """A reading: its alternatives have values of one type, or are values themselves."""
    valued = [each for each in node.alternatives if each.value is not None]
    type_: Type = EnumType(id_)
    values: dict[str, Value] = {}
    if valued:
        found = [inferred(env, each.value) for each in valued if each.value is not None]
        type_ = found[0][1]
        for each, (_, other) in zip(valued, found, strict=True):
            assert each.value is not None
            if alike(type_, other):
                type_ = joined(type_, other)
            else:
                env.mismatch(each.value, other, type_, Label(valued[0].span, "the first alternative"))
        for each, (value, _) in zip(valued, found, strict=True):
            values[each.name.text] = as_type(value, type_) if value is not None else 0  # type: ignore[assignment]
    alternatives: list[model.Alternative] = []
    places: dict[str, ast.Name] = {}
    for each in node.alternatives:
        if valued and each.value is None:
            env.findings.error(
                "missing-value",
                f"`{each.name.text}` has no value, and other alternatives have one",
                each.name.span,
                secondary=(Label(valued[0].span, "this one has a value"),),
                help="give every alternative a value, or none",
            )
        first = places.setdefault(each.name.text, each.name)
        if first is not each.name:
            env.findings.error(
                "duplicate-name",
                f"two alternatives are called `{each.name.text}`",
                each.name.span,
                secondary=(Label(first.span, "the first one"),),
                help="rename one of them",
            )
        value = values.get(each.name.text, EnumValue(id_, each.name.text))
        alternatives.append(
            model.Alternative(each.name.text, title(each.title, each.name), value, notes(each.notes), span=each.span)
        )
    default = _default(env, node)
    head = Head(id_, "reading", (), type_, node.name.span)
    return head, model.Reading(
        id_,
        title(node.title, node.name),
        notes(node.notes),
        type_,
        tuple(alternatives),
        default,
        span=node.span,
    )


def _default(env: Env, node: ast.Reading) -> str:
    defaults = [each for each in node.alternatives if each.default]
    if len(defaults) != 1:
        env.findings.error(
            "one-default",
            f"`{node.name.text}` has {'no' if not defaults else 'more than one'} default",
            node.name.span,
            secondary=tuple(Label(each.span, "a default") for each in defaults),
            help="mark exactly one alternative with `default`",
        )
    return defaults[0].name.text if defaults else ""


def define(env: Env, id_: str, node: ast.Define) -> Head:
    type_ = shown_as(env, type_of(env, node.type, may_be_none=True), node.body) if node.type is not None else FLAG
    return Head(id_, "define", formals(env, node.parameters, back=True), type_, node.name.span)


def report(env: Env, id_: str, node: ast.Report) -> Head:
    """A report has a value like a definition, and can be named like one."""
    return Head(
        id_,
        "define",
        awarded_for(env, node.name, node.parameters, shown=True),
        shown_as(env, type_of(env, node.type, may_be_none=True), node.body),
        node.name.span,
    )


def measure(env: Env, id_: str, node: ast.Measure) -> Head:
    type_ = shown_as(env, type_of(env, node.type), node.body)
    if not isinstance(type_, Quantity) and not is_broken(type_):
        env.findings.error(
            "type-mismatch",
            f"a measure is a quantity, not {described(type_)}",
            node.type.span,
            help=f"write `define {node.name.text} ... as {type_}`",
        )
        type_ = UNTYPED
    return Head(id_, "measure", formals(env, node.parameters), type_, node.name.span)


def score(env: Env, id_: str, node: ast.Score) -> Head:
    names = {each.name.text for each in node.parameters}
    varies = any(name in names for each in node.parts for name in _names_in(each.maximum))
    parts = tuple(dict.fromkeys(each.name.text for each in node.parts))
    return Head(id_, "score", formals(env, node.parameters), POINTS, node.name.span, parts, varies)


def _names_in(node: object) -> Iterator[str]:
    """Every name that occurs in a written expression."""
    if isinstance(node, ast.Name):
        yield node.text
    elif isinstance(node, ast.Node):
        for each in dataclasses.fields(node):
            if each.name != "span":
                yield from _names_in(getattr(node, each.name))
    elif isinstance(node, tuple):
        for each in node:
            yield from _names_in(each)


def designation(env: Env, id_: str, node: ast.Designation) -> DesignationHead:
    """Its tracks' type, its tiers and the paths of its requirements; names are unique among those beside them."""
    track: Type | None = None
    each_of = awarded_for(env, node.name, node.parameters)
    if node.tracks is not None:
        _, binder = bound(inside(env, each_of, tuple(each.name for each in node.parameters)), node.tracks.binder)
        track = binder.type
    paths: list[str] = []

    def take(prefix: str, requirements: tuple[ast.Require, ...], options: tuple[ast.Option, ...]) -> None:
        _unique(env, [*(each.name for each in requirements), *(each.name for each in options)])
        paths.extend(prefix + each.name.text for each in requirements)
        for option in options:
            _unique(env, [each.name for each in option.requirements])
            paths.extend(f"{prefix}{option.name.text}.{each.name.text}" for each in option.requirements)

    take("", node.requirements, node.options)
    _unique(env, [*(each.name for each in node.options), *(each.name for each in node.tiers)])
    for tier in node.tiers:
        take(f"{tier.name.text}.", tier.requirements, tier.options)
    tiers = tuple(each.name.text for each in node.tiers)
    return DesignationHead(id_, track, tiers, tuple(paths), node.name.span, each_of)


MOST_AWARDS = 200
"""So many awards one designation or report may stand for, by the values of its enums."""


def awarded_for(
    env: Env, name: ast.Name, parameters: tuple[ast.Parameter, ...], *, shown: bool = False
) -> tuple[model.Formal, ...]:
    """The parameters of a designation or report (`shown`), of which there is one for each of their values."""
    found = formals(env, parameters)
    entities = [each for each in found if isinstance(each.type, EntityType)]
    for each, written in zip(found, parameters, strict=True):
        if isinstance(each.type, EnumType) or is_broken(each.type) or (shown and each in entities[:1]):
            continue
        what = "the second entity" if shown and each in entities else "no enum or entity" if shown else "no enum"
        env.findings.error(
            "type-mismatch",
            f"`{name.text}` is awarded for each value of `{each.name}`, and {described(each.type)} is {what}",
            written.type.span,
            help=_of_each(name, parameters, each, shown),
        )
    enums = [env.heads.enums[each.type.id] for each in found if isinstance(each.type, EnumType)]
    number = math.prod(len(each.members) for each in enums)
    if number > MOST_AWARDS:
        env.findings.error(
            "too-long",
            f"`{name.text}` stands for {number:_} awards, more than {MOST_AWARDS}",
            name.span,
            help="let it be awarded for fewer things",
        )
    return found


def _of_each(name: ast.Name, parameters: tuple[ast.Parameter, ...], formal: model.Formal, shown: bool) -> str:
    """What to write where there cannot be one of each."""
    if not isinstance(formal.type, EntityType):
        return "name an enum, or an entity" if shown else "name an enum"
    if shown:
        return "of all pairs that facts may name there are too many: let the report be for one entity"
    others = ", ".join(
        f"{each.name.text} {each.type.name.text}" for each in parameters if each.name.text != formal.name
    )
    names = ", ".join([*(each.name.text for each in parameters if each.name.text != formal.name), formal.name])
    return (
        f'write `designation {name.text}{f"({others})" if others else ""} "..."` and below it '
        f"`any for {formal.name} in {formal.type}`: each is a track, with a verdict and tier of its own; "
        f"`{name.text}({names}) is met` asks of one, and `--for` with such a call plans for one"
    )


def _unique(env: Env, names: list[ast.Name]) -> None:
    places: dict[str, ast.Name] = {}
    for each in names:
        first = places.setdefault(each.text, each)
        if first is not each:
            env.findings.error(
                "duplicate-name",
                f"`{each.text}` is used twice here",
                each.span,
                secondary=(Label(first.span, "the first time"),),
                help="rename one of them: reports and plans name them",
            )
