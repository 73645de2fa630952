"""Enums, entities and records, and what a type's name stands for."""

from __future__ import annotations

import datetime
from dataclasses import replace

from attain_compiler.diagnostics.model import Label
from attain_compiler.model import program as model
from attain_compiler.model.constants import as_type, bounds, constant, reversed_ends
from attain_compiler.model.declarations.notes import notes, title
from attain_compiler.model.env import Env
from attain_compiler.model.expressions.none import NONE
from attain_compiler.model.expressions.said import type_said
from attain_compiler.model.types import (
    COUNT,
    DATE,
    MONTH,
    OR_NONE,
    BandType,
    EntityType,
    EnumType,
    EnumValue,
    Quantity,
    RecordType,
    SetType,
    Simple,
    Type,
    Value,
)
from attain_compiler.model.units import UNTYPED, described, is_broken, ordered
from attain_compiler.syntax import ast

_QUANTITIES = ("count", "number", "points", "percent")
_SIMPLE = ("date", "month", "duration", "flag", "text")


def type_of(env: Env, node: ast.TypeName, in_record: bool = False, may_be_none: bool = False) -> Type:
    """The type that is written; only fields of records may be missing or never, and only they and what has a value by
    itself (`may_be_none`) may be none."""
    type_ = _named_type(env, node)
    if not in_record and (node.optional or node.or_never or (node.or_none and not may_be_none)):
        env.findings.error(
            "field-only",
            "only a field may be missing or `never`; only it and a value of a parameter, definition or report may be "
            "`none`",
            node.span,
            help="leave `?`, `or never` and `or none` out"
            + ("; `never` is a date like any other" if node.or_never else ""),
        )
    elif node.or_none:
        return _or_none(env, node, type_, in_record)
    elif node.or_never and type_ != DATE:
        env.findings.error(
            "type-mismatch",
            f"only a date may be `never`, and this is {described(type_)}",
            node.span,
            help="leave `or never` out",
        )
    return type_


def _or_none(env: Env, node: ast.TypeName, type_: Type, in_record: bool) -> Type:
    """The type of an enum's values and of `none`."""
    enum = env.heads.enums.get(type_.id) if isinstance(type_, EnumType) else None
    if enum is None:
        if not is_broken(type_):
            env.findings.error(
                "type-mismatch",
                f"only a value of an enum may be `none`, and this is {described(type_)}",
                node.span,
                help=("write `or never`" if in_record else "write `never`") + ", which is later than every date"
                if type_ == DATE
                else "say what a missing one means with `default`, or give those that have one a record of their own"
                if in_record
                else "say with a set which have one: `k in limited and a at most most(k)`",
            )
        return type_
    clash = next((each for each in enum.members if each.constant.name.casefold() == NONE), None)
    if clash is not None:
        env.findings.error(
            "duplicate-name",
            f"`{type_}` has a value `{clash.constant.name}` of its own",
            node.span,
            secondary=(Label(clash.span, "declared here"),),
            help="leave `or none` out, or rename the value",
        )
    either = EnumType(enum.id + OR_NONE)
    if either.id not in env.heads.enums:
        none = model.EnumMember(either.none, NONE, (), model.Notes(), span=node.span)
        env.heads.enums[either.id] = replace(enum, id=either.id, members=(*enum.members, none))
        env.heads.places[either.id] = env.heads.places[enum.id]
    return either


def _named_type(env: Env, node: ast.TypeName) -> Type:
    name = node.name.text
    if name in ("set", "band") and node.element is not None:
        element = type_of(env, node.element)
        if name == "band" and not ordered(element):
            env.findings.error(
                "type-mismatch",
                f"there is no band of {described(element)}: it has no order",
                node.span,
                help="write `set of ...`",
            )
            return UNTYPED
        return SetType(element) if name == "set" else BandType(element)
    if name == "money":
        rate = f" a {node.period}" if node.period else ""
        return Quantity("money", node.currency.text + rate) if node.currency else UNTYPED
    if name in _QUANTITIES:
        return Quantity(name)
    if name in _SIMPLE:
        return Simple(name)
    declared = env.visible.declarations.get(name)
    if declared is not None:
        env.use(declared.id, node.name.span)
    match declared.written if declared else None:
        case ast.Enum() if declared:
            return EnumType(declared.id)
        case ast.Reading(alternatives=alternatives) if declared and all(each.value is None for each in alternatives):
            return EnumType(declared.id)
        case ast.Entity() if declared:
            return EntityType(declared.id)
        case ast.Record() if declared:
            return RecordType(declared.id)
    if name not in env.visible.broken:
        known = [*_QUANTITIES, "money", *_SIMPLE, *env.visible.of_kind(ast.Enum, ast.Entity, ast.Record)]
        secondary = (Label(declared.span, f"`{name}` is a {declared.kind}"),) if declared else ()
        if not declared and type_said(name):
            env.findings.error(
                "unknown-name", f"no type is called `{name}`", node.name.span, f"write {type_said(name)}"
            )
            return UNTYPED
        env.findings.unknown(f"no type is called `{name}`", node.name.span, name, known, secondary)
    return UNTYPED


def must_be_new(env: Env, name: ast.Name) -> None:
    """Report a type that is called as one of the language's own."""
    if name.text in (*_QUANTITIES, *_SIMPLE, "money", "set", "band"):
        env.findings.error(
            "shadowed-name",
            f"`{name.text}` is a type of the language",
            name.span,
            help="give it another name",
        )


def enum(env: Env, id_: str, node: ast.Enum) -> model.Enum:
    """The enum; names, titles and synonyms are unique in it, since facts may use any of them."""
    members: list[model.EnumMember] = []
    called: dict[str, ast.Name | ast.Text] = {}
    for each in node.values:
        words: list[tuple[str, ast.Name | ast.Text]] = [(each.name.text, each.name)]
        words += [(text.value, text) for text in (each.title, *each.synonyms) if text is not None]
        own: set[str] = set()
        for word, place in words:
            key = word.casefold()
            if key in own:
                continue
            own.add(key)
            first = called.setdefault(key, place)
            if first is not place:
                env.findings.error(
                    "duplicate-name",
                    f"two values of `{node.name.text}` are called `{word}`",
                    place.span,
                    secondary=(Label(first.span, "the first one"),),
                    help="facts could mean either: rename one of them",
                )
        members.append(
            model.EnumMember(
                EnumValue(id_, each.name.text),
                title(each.title, each.name),
                tuple(text.value for text in each.synonyms),
                notes(each.notes),
                span=each.span,
            )
        )
    return model.Enum(id_, title(node.title, node.name), notes(node.notes), tuple(members), span=node.span)


def entity(id_: str, node: ast.Entity) -> model.Entity:
    return model.Entity(id_, title(node.title, node.name), notes(node.notes), span=node.span)


def record(env: Env, id_: str, node: ast.Record) -> model.Record:
    fields: dict[str, model.Field] = {}
    places: dict[str, ast.Name] = {}
    for each in node.fields:
        first = places.setdefault(each.name.text, each.name)
        if first is not each.name:
            env.findings.error(
                "duplicate-name",
                f"`{node.name.text}` has two fields `{each.name.text}`",
                each.name.span,
                secondary=(Label(first.span, "the first one"),),
                help="rename one of them",
            )
            continue
        fields[each.name.text] = _field(env, each)
    unique: list[tuple[str, ...]] = []
    for line in node.unique:
        for name in line:
            if name.text not in fields:
                env.findings.unknown(
                    f"no field `{name.text}` on `{node.name.text}`",
                    name.span,
                    name.text,
                    fields,
                    (Label(node.name.span, "its fields are declared here"),),
                )
        unique.append(tuple(each.text for each in line))
    return model.Record(
        id_,
        title(node.title, node.name),
        notes(node.notes),
        node.single,
        tuple(fields.values()),
        tuple(unique),
        _continues(env, node, fields),
        node.continues is not None and node.continues.every == "day",
        span=node.span,
    )


def _continues(env: Env, node: ast.Record, fields: dict[str, model.Field]) -> int | None:
    """After how many months a row is repeated, where a record continues each month or year; it has what it goes on
    by."""
    if node.continues is None:
        return None
    kind = "date" if node.continues.every == "day" else "month"
    these = [each for each in fields.values() if each.type == (DATE if kind == "date" else MONTH)]
    if len(these) != 1 or these[0].optional:
        env.findings.error(
            "no-day-to-continue" if kind == "date" else "no-month-to-continue",
            f"`{node.name.text}` cannot continue: it has {_number_of(these, kind)}",
            node.continues.span,
            help="what continues is a row for each month: give the record one field of type `month`"
            if kind == "month"
            else "each row keeps the same age: give the record one field of type `date`",
        )
        return None
    return {"day": None, "month": 1, "year": 12}[node.continues.every]


def _number_of(these: list[model.Field], kind: str) -> str:
    if len(these) > 1:
        return f"{len(these)} fields of type `{kind}`"
    return f"a {kind} that may be unknown" if these else f"no field of type `{kind}`"


def _field(env: Env, node: ast.Field) -> model.Field:
    type_ = type_of(env, node.type, in_record=True)
    if isinstance(type_, RecordType | BandType):
        env.findings.error(
            "type-mismatch",
            f"a field cannot hold {described(type_)}",
            node.type.span,
            help="let both rows hold the same identifier of an entity, and join them by it",
        )
        type_ = UNTYPED
    low, high = bounds(env, node.low, node.high, type_)
    if type_ == COUNT and low is None:
        low = 0
    default: Value | None = None
    if node.default is not None:
        default = constant(env, node.default, type_)
        if node.type.optional:
            env.findings.error(
                "optional-default",
                "a field that has a default is never unknown",
                node.default.span,
                secondary=(Label(node.type.span, "`?` says it may be unknown"),),
                help="leave out the `?` or the default",
            )
        _within_bounds(env, node, default, low, high)
    elif node.type.or_never:
        default = datetime.date.max
    elif isinstance(type_, EnumType) and type_.or_none and not node.type.optional:
        default = type_.none
    return model.Field(
        node.name.text,
        type_,
        title(node.title, node.name),
        node.type.optional,
        node.type.or_never,
        as_type(default, type_),
        low,
        high,
        span=node.span,
    )


def _within_bounds(env: Env, node: ast.Field, default: Value | None, low: Value | None, high: Value | None) -> None:
    assert node.default is not None
    if default is None:
        return
    outside = (low is not None and reversed_ends(low, default)) or (high is not None and reversed_ends(default, high))
    if outside:
        env.findings.error(
            "out-of-bounds",
            "the default is outside the field's bounds",
            node.default.span,
            secondary=tuple(Label(each.span, "a bound") for each in (node.low, node.high) if each),
            help="change the default or the bounds",
        )


def is_key(type_: Type) -> bool:
    """Whether values of the type can be keys of a parameter."""
    return is_broken(type_) or not isinstance(type_, RecordType | SetType | BandType)
