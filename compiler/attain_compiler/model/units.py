"""Which types go together: what is like what, and the unit of a sum, a product, a quotient.

The rules are those of the reference, "Vocabulary". Where a construct was wrong its type is `UNTYPED`, which goes with
everything, so that one mistake is reported once; no program leaves the compiler with it.
"""

from __future__ import annotations

from typing import assert_never

from attain_compiler.model.types import (
    COUNT,
    NUMBER,
    PERCENT,
    YEAR,
    BandType,
    EntityType,
    EnumType,
    Quantity,
    RecordType,
    SetType,
    Simple,
    Type,
)

UNTYPED = Simple("untyped")


def described(type_: Type) -> str:
    """The type in words, with its article: `a count`, `money in USD`, `a row of `Usage``."""
    match type_:
        case Quantity(kind="points"):
            return "points"
        case Quantity(kind="money", currency=currency):
            return f"money in {currency}"
        case Quantity(kind=kind):
            return f"a {kind}"
        case Simple(kind="flag"):
            return "a condition (yes or no)"
        case Simple(kind="untyped"):
            return "a value"
        case Simple(kind=kind):
            return f"a {kind}"
        case EnumType() | EntityType():
            return f"{'an' if str(type_)[:1] in 'AEIOaeio' else 'a'} `{type_}`"
        case RecordType():
            return f"a row of `{type_}`"
        case SetType() | BandType():
            return f"a `{type_}`"
        case _:
            assert_never(type_)


def rates_apart(left: Type, right: Type) -> str:
    """How two amounts are brought together of which at least one is a rate, in one currency; empty for others."""
    if not isinstance(left, Quantity) or not isinstance(right, Quantity) or not (left.period or right.period):
        return ""
    if left.paid != right.paid:
        return ""
    period = left.period or right.period
    return (
        f"a rate comes to an amount in a time: multiply it by how long, as in `... * 12 months`, or `... * 1 {period}`"
    )


def is_broken(type_: Type) -> bool:
    """Whether the type comes from something already reported."""
    if isinstance(type_, Simple):
        return type_.kind == UNTYPED.kind
    return isinstance(type_, SetType | BandType) and is_broken(type_.element)


def plain(type_: Type) -> bool:
    """Whether it is a count or a number."""
    return type_ in (COUNT, NUMBER)


def ordered(type_: Type) -> bool:
    """Whether its values have an order."""
    return isinstance(type_, Quantity) or type_ in (Simple("date"), Simple("month"), Simple("duration"), UNTYPED)


def dated(type_: Type) -> bool:
    return type_ in (Simple("date"), Simple("month"))


def alike(left: Type, right: Type) -> bool:
    """Whether values of the two may be added and compared."""
    if left is right or is_broken(left) or is_broken(right):
        return True
    match left, right:
        case SetType(element=a), SetType(element=b):
            return alike(a, b)
        case BandType(element=a), BandType(element=b):
            return alike(a, b)
        case EnumType() as one, EnumType() as other:
            return one.base == other.base
        case _:
            return left == right or (plain(left) and plain(right))


def fits(found: Type, wanted: Type) -> bool:
    """Whether a value of type `found` may stand where `wanted` is expected: a count is a number, not the reverse; a
    value of an enum may stand where there may be `none`."""
    if found is wanted or is_broken(found) or is_broken(wanted):
        return True
    match found, wanted:
        case (SetType(element=a), SetType(element=b)) | (BandType(element=a), BandType(element=b)):
            return fits(a, b)
        case _:
            if isinstance(wanted, EnumType) and wanted.or_none and found == wanted.base:
                return True
            return found == wanted or (found == COUNT and wanted == NUMBER)


def joined(left: Type, right: Type) -> Type:
    """The type that holds values of both of two alike types."""
    if is_broken(left) or is_broken(right):
        return UNTYPED
    if isinstance(right, EnumType) and right.or_none:
        return right
    if left == right == COUNT:
        return right if is_year(right) else left
    return NUMBER if plain(left) and plain(right) else left


def is_year(type_: Type) -> bool:
    """Whether it is a count that is a year."""
    return isinstance(type_, Quantity) and type_.shown == YEAR.shown


def summed(sign: str, left: Type, right: Type) -> Type:
    """The type of a sum or a difference of two alike types: so many years after or before a year is a year, and what is
    between two years is none."""
    found = joined(left, right)
    if found != COUNT:
        return found
    one = is_year(left) != is_year(right)
    return YEAR if one and (sign == "+" or is_year(left)) else COUNT


def product(left: Type, right: Type) -> Type | None:
    """The type of a product, None where it has none. A percent of a count is a number."""
    if is_broken(left) or is_broken(right):
        return UNTYPED
    match left, right:
        case (Quantity(kind="count"), Simple(kind="duration") as length) | (
            Simple(kind="duration") as length,
            Quantity(kind="count"),
        ):
            return length
        case Quantity(), Quantity() if plain(left) and plain(right):
            return COUNT if left == right == COUNT else joined(left, right)
        case Quantity(), Quantity() if PERCENT in (left, right) and (plain(left) or plain(right)):
            return NUMBER
        case Quantity(), Quantity() if plain(left) or left == PERCENT:
            return right
        case Quantity(), Quantity() if plain(right) or right == PERCENT:
            return left
        case _:
            return None


def quotient(left: Type, right: Type) -> Type | None:
    """The type of a quotient, None where it has none. Like by like is a percent; by a count, the unit stays."""
    if is_broken(left) or is_broken(right):
        return UNTYPED
    match left, right:
        case Quantity(), Quantity() if alike(left, right):
            return PERCENT
        case Quantity(), Quantity() if plain(right):
            return left
        case _:
            return None
