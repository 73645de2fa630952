"""Enums and readings: the facts of their values, and of the alternative that is chosen."""

from __future__ import annotations

from fractions import Fraction
from math import lcm

from attain_compiler.asp.compiler import Compiler
from attain_compiler.asp.rules import (
    Atom,
    Number,
    Rule,
    Symbol,
)
from attain_compiler.asp.shapes import Shape
from attain_compiler.asp.units import NoRuleForm, exact
from attain_compiler.model import program as model
from attain_compiler.model.types import BandType, EnumValue, Quantity, SetType


def members(c: Compiler, enum: str) -> list[EnumValue]:
    """The values of an enum, or the alternatives of a reading without values."""
    declared = c.program.enums.get(enum)
    if declared is not None:
        return [each.constant for each in declared.members]
    return [each.value for each in c.program.readings[enum].alternatives if isinstance(each.value, EnumValue)]


def enum(c: Compiler, identifier: str) -> str:
    """The predicate of an enum's values."""
    name = c.names.predicate(identifier, "_value" if identifier in c.program.readings else "")
    if c.known(("enum", identifier)) is None:
        c.remember(("enum", identifier), name)
        declared = c.program.enums.get(identifier) or c.program.readings[identifier]
        c.spans[identifier] = declared.span
        for each in members(c, identifier):
            c.rule(Rule(Atom(name, (Symbol(c.names.constant(each.enum, each.name)),))), identifier)
    return name


def reading(c: Compiler, identifier: str) -> Shape:
    """The predicate of a reading, whose one fact (the chosen alternative) comes with the facts."""
    key = ("reading", identifier)
    known: Shape | None = c.known(key)
    if known is None:
        declared = c.program.readings[identifier]
        name = c.names.predicate(identifier)
        c.spans[identifier] = declared.span
        c.note("its fact, the alternative that is chosen, comes with the facts", identifier)
        c.statements.setdefault(identifier, {})
        if isinstance(declared.type, Quantity):
            unit = reading_unit(declared)
            ends = [int(Fraction(each.value) * unit) for each in declared.alternatives]  # type: ignore[arg-type]
            exact(Number(0), unit, min(ends), max(ends))
            known = Shape(name, "exact", unit, ((min(ends), max(ends)),))
        elif isinstance(declared.type, SetType | BandType):
            raise NoRuleForm("a reading whose alternatives are sets")
        else:
            known = Shape(name, "term")
        c.remember(key, known)
    return known


def reading_unit(declared: model.Reading) -> int:
    """The unit of a reading's alternatives."""
    if not isinstance(declared.type, Quantity):
        return 1
    return lcm(1, *(Fraction(each.value).denominator for each in declared.alternatives))  # type: ignore[arg-type]
