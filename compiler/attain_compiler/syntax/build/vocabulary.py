"""The header, imports, and what facts are made of: enums, entities, records, types."""

from __future__ import annotations

from dataclasses import replace

from attain_compiler.syntax import ast
from attain_compiler.syntax.build.clauses import Bounds, Default, InForce, notes, own_name
from attain_compiler.syntax.build.parts import Written, all_of, at_most_one, first_of, words
from attain_compiler.syntax.making import Make
from attain_compiler.syntax.tokens import Token

PERIODS = ("day", "week", "month", "year")


class Unique(tuple[ast.Name, ...]):
    """`unique holder, earned`."""

    __slots__ = ()


class Also(tuple[ast.Text, ...]):
    """`aka "Teams calling", "Teams Phone"`."""

    __slots__ = ()


class Modifier(ast.Node):
    """`or never`, `or none`, or the `?` of a type."""


class OrNever(Modifier):
    pass


class OrNone(Modifier):
    pass


class Optional(Modifier):
    pass


def policy(it: Written) -> ast.Policy:
    dates = at_most_one(it.parts, InForce, "`in force`", it.report)
    return ast.Policy(
        own_name(it.parts),
        first_of(it.parts, ast.Text),
        bool(words(it.parts, "LIBRARY")),
        dates.start if dates else None,
        dates.end if dates else None,
        notes(it),
        span=it.span,
    )


def import_file(it: Written) -> ast.Import:
    module, *called = all_of(it.parts, ast.Name)
    amends = any(isinstance(each, Token) for each in it.parts)
    return ast.Import(module, called[0] if called else None, amends, span=it.span)


def enum(it: Written) -> ast.Enum:
    title = first_of(it.parts, ast.Text)
    return ast.Enum(own_name(it.parts), title, all_of(it.parts, ast.EnumValue), notes(it), span=it.span)


def enum_value(it: Written) -> ast.EnumValue:
    return ast.EnumValue(
        own_name(it.parts),
        first_of(it.parts, ast.Text),
        tuple([synonym for also in all_of(it.parts, Also) for synonym in also]),
        notes(it),
        span=it.span,
    )


def also(it: Written) -> Also:
    return Also(it.parts)


def entity(it: Written) -> ast.Entity:
    return ast.Entity(own_name(it.parts), first_of(it.parts, ast.Text), notes(it), span=it.span)


def record(it: Written) -> ast.Record:
    return ast.Record(
        own_name(it.parts),
        first_of(it.parts, ast.Text),
        bool(words(it.parts, "ONE_ROW")),
        all_of(it.parts, ast.Field),
        all_of(it.parts, Unique),
        at_most_one(it.parts, ast.Continues, "`continues`", it.report),
        notes(it),
        span=it.span,
    )


def unique(it: Written) -> Unique:
    return Unique(it.parts)


def continues(it: Written) -> ast.Continues:
    every = next(each for each in ("day", "month", "year") if words(it.parts, f"EACH_{each.upper()}"))
    return ast.Continues(every, span=it.span)


def field(it: Written) -> ast.Field:
    bounds = first_of(it.parts, Bounds)
    default = first_of(it.parts, Default)
    return ast.Field(
        it.parts[0],
        it.parts[1],
        bounds.low if bounds else None,
        bounds.high if bounds else None,
        default.value if default else None,
        first_of(it.parts, ast.Text),
        notes(it),
        span=it.span,
    )


def written_type(it: Written) -> ast.TypeName:
    plain: ast.TypeName = it.parts[0]
    return replace(
        plain,
        or_never=first_of(it.parts, OrNever) is not None,
        optional=first_of(it.parts, Optional) is not None,
        or_none=first_of(it.parts, OrNone) is not None,
        span=it.span,
    )


def named_type(it: Written) -> ast.TypeName:
    return ast.TypeName(it.parts[0], span=it.span)


def money_type(it: Written) -> ast.TypeName:
    period = next((each for each in PERIODS if words(it.parts, f"A_{each.upper()}")), "")
    return ast.TypeName(_word(it, "money"), it.parts[0], period=period, span=it.span)


def set_type(it: Written) -> ast.TypeName:
    return ast.TypeName(_word(it, "set"), element=it.parts[0], span=it.span)


def band_type(it: Written) -> ast.TypeName:
    return ast.TypeName(_word(it, "band"), element=it.parts[0], span=it.span)


def _word(it: Written, text: str) -> ast.Name:
    """The word that a type begins with, as its name."""
    return ast.Name(text, span=replace(it.span, end=it.span.start + len(text)))


def or_never(it: Written) -> OrNever:
    return OrNever(span=it.span)


def or_none(it: Written) -> OrNone:
    return OrNone(span=it.span)


def optional(it: Written) -> Optional:
    return Optional(span=it.span)


MAKERS: dict[str, Make] = {
    "policy": policy,
    "import_file": import_file,
    "enum": enum,
    "enum_value": enum_value,
    "also": also,
    "entity": entity,
    "record": record,
    "unique": unique,
    "continues": continues,
    "field": field,
    "type": written_type,
    "named_type": named_type,
    "money_type": money_type,
    "set_type": set_type,
    "band_type": band_type,
    "or_never": or_never,
    "or_none": or_none,
    "optional": optional,
}
